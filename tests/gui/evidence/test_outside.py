"""Opened elsewhere: asked once, read-only, private, and wiped as soon as it may."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget
from support.windows import ON_WINDOWS

from tsguard.domain.evidence import Evidence
from tsguard.gui.evidence.outside import OutsideCopies
from tsguard.gui.evidence.remains import Remains
from tsguard.gui.private_folder import PrivateFolder
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.dialogs import Dialog
from tsguard.gui.widgets.layout import column
from tsguard.gui.widgets.messages import MessageBar
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.services.cabinet import filed


class Desktop:
    """What the system would be asked to open."""

    def __init__(self) -> None:
        self.asked: list[Path] = []
        self.has_program = True

    def open(self, url: QUrl) -> bool:
        self.asked.append(Path(url.toLocalFile()))
        return self.has_program


@pytest.fixture
def desktop() -> Desktop:
    return Desktop()


@pytest.fixture
def host(qtbot, theme: Theme) -> QWidget:
    made = QWidget()
    made.resize(900, 600)
    made.bar, made.strip = MessageBar(theme), ProgressStrip(theme)
    made.setLayout(column(made.bar, made.strip))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def outside(
    theme: Theme, model: SessionModel, tasks: Tasks, host, desktop: Desktop, tmp_path: Path
) -> OutsideCopies:
    root = tmp_path / "private"
    made = OutsideCopies(theme, model, tasks, host.strip, host.bar, host, root=root, launch=desktop.open)
    model.closing.connect(made.close)
    return made


@pytest.fixture
def piece(model: SessionModel, tmp_path: Path) -> Evidence:
    return stored(model, tmp_path, "某客户-协议.pdf", b"%PDF plain content")


def stored(model: SessionModel, folder: Path, name: str, content: bytes) -> Evidence:
    path = folder / name
    path.write_bytes(content)
    made = model.session.cabinet.add(
        filed(Evidence(title="一件"), path, model.session.cabinet.store_file(path))
    )
    path.unlink()
    return made


def agree(qtbot, outside: OutsideCopies, piece: Evidence) -> None:
    outside.open(piece)
    outside.dialog.button("open").click()
    qtbot.waitUntil(lambda: outside._writing is None, timeout=10_000)


def plain_files(folder: Path) -> list[Path]:
    return [each for each in (folder / "private").rglob("*") if each.is_file() and each.name != "lock"]


def titles(host) -> list[str]:
    return [message.title for message in host.bar.messages]


def test_the_copy_is_private_read_only_and_keeps_its_name(qtbot, outside, piece, desktop, host):
    agree(qtbot, outside, piece)
    (place,) = desktop.asked
    assert place.name == "某客户-协议.pdf"
    assert place.read_bytes() == b"%PDF plain content"
    # Windows knows nobody but the owner here, and one right less: whether it may be written.
    if ON_WINDOWS:
        assert not place.stat().st_mode & 0o222
    else:
        assert place.stat().st_mode & 0o777 == 0o400
        assert place.parent.stat().st_mode & 0o777 == 0o700
    assert titles(host) == ["E-01的副本已交给其他程序"]


def test_it_asks_once_and_writes_once(qtbot, outside, piece, desktop, model, tmp_path):
    agree(qtbot, outside, piece)
    outside.open(piece)
    assert outside.dialog is None
    assert desktop.asked[0] == desktop.asked[1]
    second = stored(model, tmp_path, "某客户-协议.pdf", b"another")
    outside.open(second)
    qtbot.waitUntil(lambda: len(desktop.asked) == 3, timeout=10_000)
    assert desktop.asked[2].read_bytes() == b"another"
    assert desktop.asked[0].read_bytes() == b"%PDF plain content"


def test_who_says_no_gets_no_copy_and_is_asked_again(qtbot, outside, piece, desktop, tmp_path):
    outside.open(piece)
    assert "其他程序自己留下的内容" in outside.dialog.accessibleDescription()
    outside.dialog.reject()
    assert outside.dialog is None
    assert not desktop.asked
    assert not plain_files(tmp_path)
    outside.open(piece)
    assert outside.dialog is not None
    outside.dialog.reject()


@pytest.mark.parametrize("name", ["工具.exe", "表.xlsm", "页.html", "快捷方式.lnk", "没有"])
def test_what_could_run_is_only_saved(qtbot, outside, desktop, model, host, tmp_path, name):
    outside.open(stored(model, tmp_path, name, b"MZ"))
    assert outside.dialog is None
    assert not desktop.asked
    assert "不直接打开" in titles(host)[0]
    with qtbot.waitSignal(outside.saving_wanted) as wanted:
        host.bar.messages[0].actions[0].run()
    assert wanted.args == ["E-01"]


def test_without_a_program_nothing_stays(qtbot, outside, piece, desktop, host, tmp_path):
    desktop.has_program = False
    agree(qtbot, outside, piece)
    assert "没有能打开" in titles(host)[0]
    assert not plain_files(tmp_path)


def test_wiping_on_demand_and_at_lock(qtbot, outside, piece, desktop, model, host, tmp_path):
    agree(qtbot, outside, piece)
    assert len(plain_files(tmp_path)) == 1
    host.bar.messages[0].actions[0].run()
    assert not plain_files(tmp_path)
    assert titles(host) == ["副本已清除"]
    outside.open(piece)
    qtbot.waitUntil(lambda: len(desktop.asked) == 2, timeout=10_000)
    assert len(plain_files(tmp_path)) == 1
    model.lock()
    assert list((tmp_path / "private").iterdir()) == []


def test_locking_while_a_copy_is_written(qtbot, outside, model, tasks, tmp_path, desktop):
    large = stored(model, tmp_path, "a.pdf", bytes(40 << 20))
    outside.open(large)
    outside.dialog.button("open").click()
    model.lock()
    qtbot.waitUntil(lambda: not tasks.busy, timeout=20_000)
    qtbot.wait(50)
    assert not desktop.asked
    assert not plain_files(tmp_path)


def test_locking_closes_the_question(outside, piece, model, desktop):
    outside.open(piece)
    model.lock()
    assert outside.dialog is None
    assert not desktop.asked


def test_a_copy_that_is_held_is_told_and_tried_again(
    qtbot, outside, piece, desktop, model, host, tmp_path, monkeypatch
):
    """As on Windows, where a file that another program has open can't be removed."""
    agree(qtbot, outside, piece)
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".pdf":
            raise PermissionError(13, "in use", str(path))
        unlink(path, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        model.lock()
        qtbot.waitUntil(lambda: host.findChild(Dialog) is not None)
        dialog = host.findChild(Dialog)
        assert "1份没有加密的副本" in dialog.accessibleName()
        assert piece.id not in dialog.accessibleName() + dialog.accessibleDescription()
        dialog.button("known").click()
        remains = host.findChild(Remains)
        remains.try_again()
        assert remains.count == 1
    remains.try_again()
    assert not plain_files(tmp_path)


def test_a_folder_that_can_not_be_made_is_explained(qtbot, outside, piece, host, tmp_path):
    (tmp_path / "private").write_text("a file where the folder should be")
    agree(qtbot, outside, piece)
    assert "写不了文件" in titles(host)[0]


def test_damaged_content_is_not_handed_over(qtbot, outside, piece, desktop, model, host, tmp_path):
    with model.session._vault._access() as database, database.transaction():
        database.execute("UPDATE file_chunks SET content = x'00'")
    agree(qtbot, outside, piece)
    assert not desktop.asked
    assert "有损坏" in titles(host)[0]
    assert not plain_files(tmp_path)
    assert outside.count == 0


def test_remains_say_nothing_where_all_is_gone(qtbot, theme, host, tmp_path):
    folder = PrivateFolder(tmp_path)
    Remains(theme, host, [folder], say=True)
    qtbot.waitUntil(lambda: not folder.path.exists())
    qtbot.wait(20)
    assert host.findChild(Dialog) is None
