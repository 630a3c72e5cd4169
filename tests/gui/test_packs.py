"""Content packs in the window: opened or dropped, shown text by text, used, refused, put away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from shiboken6 import isValid
from support.packs import (
    NEW_TEXT,
    OLD_TEXT,
    PUBLISHER,
    newer_files,
    other_key,
    pack,
    pack_file,
    public_file,
)
from support.vaults import QUICK, new_session

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.gui.main_window import MainWindow
from tsguard.gui.opening import Opener
from tsguard.gui.packs.settings_part import PackPart
from tsguard.gui.settings_store import SettingsStore
from tsguard.services import content
from tsguard.services.content import came_with_program, shipped
from tsguard.services.packs import Packs


@pytest.fixture
def packs(tmp_path):
    made = Packs(tmp_path / "packs", public_file(tmp_path))
    before = content.take_from(made)
    yield made
    content.take_from(before)


@pytest.fixture
def part(qtbot, theme, packs, tasks, window_like):
    made = PackPart(theme, window_like, packs, tasks)
    made.setParent(window_like)
    window_like.show()
    made.refresh()
    return made


@pytest.fixture
def window_like(qtbot, theme):
    made = QWidget()
    made.resize(1166, 720)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def file(tmp_path):
    return pack_file(tmp_path / "U盘 上")


@pytest.fixture
def window(qtbot, theme, tmp_path, packs):
    """The whole window, trusting the tests' key, on its start page; another start of the program."""
    content.take_from(None)
    store = SettingsStore(tmp_path / "settings.json", packs=packs)
    made = MainWindow(theme, store, Opener(tmp_path / "samples", {"profiles": QUICK}))
    made.resize(1366, 720)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.tasks.close()
    if made.shell is not None:
        made.shell.model.lock()


def opened(qtbot, desk, path):
    """The panel of a file, when it has been checked."""
    desk.open(path)
    assert not desk.panel.use.isVisible(), "nothing can be used before it was checked"
    qtbot.waitUntil(lambda: "正在核对" not in said(desk.panel), timeout=20_000)
    return desk.panel


def said(panel):
    return panel.note.accessibleName()


def dropped(widget, path):
    """A file let go over a widget; whether anybody took it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place, act = QPointF(600, 300), Qt.DropAction.CopyAction
    none = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(place.toPoint(), act, data, *none)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(place, act, data, *none))
    return enter.isAccepted()


def test_a_pack_is_opened_shown_used_and_put_away(qtbot, part, packs, file):
    assert part.used.text() == "用的是随程序发布的清单。"
    assert part.drop.isHidden()
    panel = opened(qtbot, part.desk, file)
    values = {key: text.text() for key, text in panel.facts.values.items()}
    assert (values["number"], values["day"], values["publisher"]) == ("第3号", "2027-01-05", PUBLISHER)
    given = packs.look(file)
    assert "".join(values["key"].split()) == given.fingerprint
    assert "".join(values["sha256"].split()) == given.sha256
    assert set(panel.changes.shown) == {"XIC-13", "XIC-01", "XIC-12"}
    panel.changes.search.setText(OLD_TEXT)
    assert panel.changes.shown == ("XIC-01",)
    assert shipped() is came_with_program(), "looking uses nothing"
    with qtbot.waitSignal(part.changed):
        panel.use.click()
    assert "已使用" in said(panel)
    assert panel.use.isHidden()
    assert next(shipped().modules["XIC"].items()).text == NEW_TEXT
    assert part.used.text() == f"用的是清单更新第3号，2027-01-05，{PUBLISHER}。"
    again = opened(qtbot, part.desk, file)
    assert "正在使用" in said(again)
    assert again.use.isHidden()
    with qtbot.waitSignal(part.changed):
        part.drop.click()
    assert shipped() is came_with_program()
    assert part.used.text() == "用的是随程序发布的清单。"


def test_leaving_uses_nothing(qtbot, part, packs, file):
    panel = opened(qtbot, part.desk, file)
    assert panel.leave.text() == "不用"
    panel.leave.click()
    assert not panel.isVisible()
    assert shipped() is came_with_program()
    assert not packs.path.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "不是清单更新文件"),
        (pack().data[:-1], "签名对不上"),
        (pack(key=other_key()).data, "不是由本程序的发布者签名的"),
        (pack(files=newer_files("2026.10")).data, "比随程序发布的旧"),
    ],
    ids=["empty", "cut", "another key", "older"],
)
def test_what_is_refused_can_not_be_used(qtbot, part, packs, tmp_path, data, words):
    panel = opened(qtbot, part.desk, pack_file(tmp_path, data))
    assert words in said(panel)
    assert panel.use.isHidden()
    assert panel.facts.isHidden(), "nothing of an unsigned file is shown as a fact"
    assert panel.leave.text() == "关闭"
    assert not packs.path.exists()


def test_a_file_that_is_gone_is_said(qtbot, part, tmp_path):
    panel = opened(qtbot, part.desk, tmp_path / "没有.tsgpack")
    assert panel.use.isHidden()
    assert "没有.tsgpack" in said(panel)


def test_a_disk_that_says_no_is_said_and_uses_nothing(qtbot, part, packs, file):
    panel = opened(qtbot, part.desk, file)
    packs.path.parent.write_bytes(b"a file where the folder would be")
    panel.use.click()
    assert "已使用" not in said(panel)
    assert shipped() is came_with_program()


def test_a_second_file_takes_the_place_of_the_first(qtbot, part, tmp_path, file):
    first = opened(qtbot, part.desk, file)
    second = opened(qtbot, part.desk, pack_file(tmp_path, pack(4, newer_files("2027.02")).data, "4.tsgpack"))
    assert not isValid(first)
    second.use.click()
    assert shipped().modules["XIC"].pack == 4


def test_a_file_is_asked_for(qtbot, part, file, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(file), ""))
    part.open.click()
    qtbot.waitUntil(lambda: part.desk.panel is not None and part.desk.panel.use.isVisible(), timeout=20_000)


def test_a_spoilt_pack_is_said_in_the_settings(part, packs, file):
    packs.use(packs.look(file))
    packs.path.write_bytes(b"tsgpack 1\n")
    content.take_from(packs)
    part.refresh()
    assert part.used.text() == "用的是随程序发布的清单。"
    assert part.note.isVisibleTo(part)
    assert "不完整" in said(part)


class TestWindow:
    def test_a_pack_dropped_on_the_start_page(self, qtbot, window, file, packs):
        assert dropped(window, file)
        desk = window.packs.desk
        qtbot.waitUntil(desk.panel.use.isVisible, timeout=20_000)
        desk.panel.use.click()
        assert packs.used().number == 3

    def test_the_vaults_question_stays_as_it_was(self, window, tmp_path):
        other = tmp_path / "x.tsgpacked"
        other.write_bytes(b"")
        assert not dropped(window, other)

    def test_a_vault_made_before_is_offered_the_newer_texts_at_once(self, qtbot, window, tmp_path, file):
        session = new_session(tmp_path / "库", "XIC")
        session.put_answer(Answer("XIC-01", verdict=Verdict.MET))
        window.start.opened.emit(session)
        shell = window.shell
        shell.go("profile")
        page = shell.page("profile")
        assert page.scope.renewal.note.question is None
        assert dropped(page, file), "the page leaves it to the window"
        assert not page._veil.isVisible()
        desk = window.packs.desk
        qtbot.waitUntil(desk.panel.use.isVisible, timeout=20_000)
        desk.panel.use.click()
        question = page.scope.renewal.note.question
        assert "新增1条、改动1条、取消1条" in question.title
        page.scope.renewal.note.buttons["换到新版"].click()
        module = session.checklist.modules[1]
        assert (module.version, module.pack) == ("2027.01", 3)
        assert session.answer("XIC-01").verdict is Verdict.MET
        assert page.scope.renewal.note.question is None

    def test_a_spoilt_pack_is_said_when_a_vault_is_opened(self, qtbot, window, tmp_path, packs, file):
        last_week = Packs(packs.path.parent, public_file(tmp_path))
        last_week.use(last_week.look(file))
        data = packs.path.read_bytes()
        packs.path.write_bytes(data[:-1])
        window.start.opened.emit(new_session(tmp_path / "库", "XIC"))
        messages = window.shell.messages
        qtbot.waitUntil(lambda: any(each.key == "pack" for each in messages.messages))
        assert shipped() is came_with_program()
        assert [each.read_bytes() for each in packs.aside()] == [data[:-1]]
