"""Evidence in the open card: files, paper, links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from support.vaults import reopened

from tsguard.domain.evidence import Evidence
from tsguard.gui.pages.checklist import ChecklistPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.widgets.tags import FileChip
from tsguard.services.session import Session

RARE = "𬭎㵘䶮𠮷"
OFFSCREEN_MENU = (r"This plugin does not support (propagateSizeHints|raise|grabbing)",)


def press(page: ChecklistPage, key: Qt.Key | str) -> None:
    """A key where the keyboard is."""
    QTest.keyClick(page.window().focusWidget() or page, key)


def chips(page: ChecklistPage) -> list[str]:
    found = page.items.card.evidence._chips
    return [chip.accessibleName() for chip in found if isinstance(chip, FileChip) and not chip.isHidden()]


def test_files_are_taken_in_by_the_worker(
    page: ChecklistPage,
    session: Session,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = [tmp_path / f"签订统计{RARE}.csv", tmp_path / "b.pdf"]
    for file in files:
        file.write_bytes(b"content" * 1000)
    monkeypatch.setattr(
        QFileDialog, "getOpenFileNames", lambda *_args, **_kw: ([str(file) for file in files], "")
    )
    part = page.items.card.evidence
    part.choose_files()
    form = part._form
    assert form.isVisible()
    assert [field.label for field in form._fields] == [f"“签订统计{RARE}.csv”的名称", "“b.pdf”的名称"]
    # Not the files' own names: those often tell a customer or a project, and the submission prints titles.
    assert [field.text() for field in form._fields] == ["待命名佐证", "待命名佐证"]
    form._fields[0].line.setText(f"签订统计{RARE}")
    assert "报送版" in form._fields[-1].line.accessibleDescription()
    form._fields[1].line.setText("原件抽查")
    form._dated.set_text("2026年6月30日")
    form._expires.set_text("2026-01-01")
    form._redacted.setChecked(True)
    form._keep.click()
    page.step(1)  # the person goes on; the files still belong to HRM-05
    qtbot.waitUntil(lambda: len(session.cabinet) == 2)
    one, other = session.cabinet
    assert (one.title, one.items, one.file_name) == (f"签订统计{RARE}", ("HRM-05",), files[0].name)
    assert (one.media_type, one.size, len(one.sha256), len(one.sm3)) == ("text/csv", 7000, 64, 64)
    assert (other.title, other.dated, other.redacted) == ("原件抽查", date(2026, 6, 30), True)
    assert b"".join(session.cabinet.read(one.id)) == b"content" * 1000
    page.step(-1)
    assert chips(page) == [f"佐证签订统计{RARE}，已过期", "佐证原件抽查，已过期"]
    assert not part.busy


def test_a_form_says_what_is_missing(page: ChecklistPage, session: Session, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    form = page.items.card.evidence._form
    page.items.card.evidence.offer_files([file])
    form._fields[0].line.setText("")
    form._keep.click()
    assert form.isVisible()
    assert form._fields[0].error == "这一项不能为空。"
    form._fields[0].line.setText("好")
    form._dated.set_text("昨天")
    form._keep.click()
    assert form.isVisible()
    form._drop.click()
    assert not form.isVisible()
    assert not len(session.cabinet)


def test_an_empty_file_is_refused_in_words(
    page: ChecklistPage, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    empty, good = tmp_path / "空.txt", tmp_path / "好.txt"
    empty.write_bytes(b"")
    good.write_bytes(b"x")
    part = page.items.card.evidence
    part.offer_files([empty, good])
    part._form._keep.click()
    qtbot.waitUntil(lambda: len(session.cabinet) == 1)
    assert part._trouble.isVisible()
    assert "“空.txt”是空文件" in part._trouble.accessibleName()
    part._trouble.acted.emit()
    assert not part._trouble.isVisible()


def test_too_large_says_so(page: ChecklistPage, session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    session.cabinet.set_limit(10)
    file = tmp_path / "大.bin"
    file.write_bytes(b"x" * 11)
    part = page.items.card.evidence
    part.offer_files([file])
    part._form._keep.click()
    qtbot.waitUntil(part._trouble.isVisible)
    assert "超过佐证上限" in part._trouble.accessibleName()
    assert not len(session.cabinet)


def test_a_stopped_import_leaves_nothing(
    page: ChecklistPage, session: Session, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain: Callable[..., object] = session.cabinet.store_file
    part = page.items.card.evidence

    def slow(path: Path, progress: Callable[..., None], cancelled: Callable[[], bool]) -> object:
        qtbot_wait_for(cancelled)
        return plain(path, progress, cancelled)

    monkeypatch.setattr(session.cabinet, "store_file", slow)
    file = tmp_path / "a.bin"
    file.write_bytes(b"x")
    part.offer_files([file])
    part._form._keep.click()
    assert part.busy
    qtbot.waitUntil(part._strip.isVisible, timeout=2000)
    part._strip._stop.click()
    qtbot.waitUntil(lambda: not part.busy)
    assert not part._strip.isVisible()
    assert not part._trouble.isVisible()
    assert not len(session.cabinet)


def qtbot_wait_for(true: Callable[[], bool]) -> None:
    """Wait in the worker's thread, where no event loop runs."""
    for _each in range(500):
        if true():
            return
        QTest.qSleep(10)


def test_paper_is_registered_with_its_place(page: ChecklistPage, session: Session) -> None:
    part = page.items.card.evidence
    part.register_paper()
    assert part._form._paper_at.isVisible()
    part._form._fields[0].line.setText("协议原件")
    part._form._keep.click()
    assert part._form._paper_at.error == "这一项不能为空。"
    part._form._paper_at.line.setText("档案室3号柜")
    part._form._keep.click()
    assert [piece.paper_at for piece in session.cabinet] == ["档案室3号柜"]
    assert chips(page) == ["佐证协议原件"]


def test_linking_and_unlinking(page: ChecklistPage, session: Session, model: SessionModel) -> None:
    part = page.items.card.evidence
    part.offer_links()
    assert part._links._nothing.isVisible()
    for title in ("门禁名单", "培训签到"):
        model.add_evidence(Evidence(id="", enterprise="", title=title, items=("PHY-01",), paper_at="柜"))
    part.offer_links()
    part._links._search.setText("培训")
    assert part._links._list.count() == 1
    part._links._keep.click()
    assert session.cabinet.get("E-02").items == ("PHY-01", "HRM-05")
    assert chips(page) == ["佐证培训签到"]
    assert page._standings["HRM-05"].pieces == 1
    part.unlink("E-02")
    assert session.cabinet.get("E-02").items == ("PHY-01",)
    assert chips(page) == []
    model.undo()
    assert chips(page) == ["佐证培训签到"]


@pytest.mark.qt_log_ignore(*OFFSCREEN_MENU)
def test_menus_say_what_can_be_done(page: ChecklistPage, session: Session) -> None:
    def words() -> list[str]:
        menu = QApplication.activePopupWidget()
        assert menu is not None
        found = [action.text() for action in menu.actions()]
        menu.close()
        return found

    page.items.card.evidence._add.click()
    assert words() == ["选文件存进保险库…", "登记纸质佐证", "关联已有的佐证"]
    press(page, "1")
    page.items.card._more.click()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.actions()[0].trigger()
    assert words() == ["清除作答", "复制编号和条文"]
    assert session.answer("HRM-05").blank


def test_locking_stops_an_import(
    page: ChecklistPage, session: Session, tmp_path: Path, qtbot: QtBot, tasks: Tasks
) -> None:
    file = tmp_path / "large.bin"
    file.write_bytes(b"x" * 30_000_000)
    part = page.items.card.evidence
    part.offer_files([file])
    part._form._keep.click()
    page.model.lock()
    qtbot.waitUntil(lambda: not tasks.busy, timeout=10_000)
    again = reopened(session)
    assert not len(again.cabinet)
    again.close()


@pytest.mark.qt_log_ignore(*OFFSCREEN_MENU)
def test_a_chip_leads_to_its_evidence(page: ChecklistPage, model: SessionModel, qtbot: QtBot) -> None:
    model.add_evidence(Evidence(id="", enterprise="", title="门禁", items=("HRM-05",), paper_at="柜"))
    part = page.items.card.evidence
    part._chips[0].click()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["打开", "取消与HRM-05的关联"]
    with qtbot.waitSignal(page.go, check_params_cb=lambda target: target == "evidence:E-01"):
        menu.actions()[0].trigger()
    menu.close()


def test_files_can_be_dropped_on_the_card(page: ChecklistPage, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)), QUrl.fromLocalFile(str(tmp_path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.items.card.dropEvent(event)
    part = page.items.card.evidence
    assert part._form.isVisible()
    assert part._form.item == "HRM-05"
    assert "文件夹" in part._trouble.accessibleName()
    page.step(1)
    assert not part._form.isVisible()
    assert not part._trouble.isVisible()
