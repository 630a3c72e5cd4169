"""The window: unlocking to locking, routing, the message bar, leaving with work or unsaved text, bugs."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout
from support.vaults import PASSPHRASE, QUICK

from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.scales import Verdict
from tsguard.errors import DiskFull, UnknownItem
from tsguard.gui.frame import shell as shell_module
from tsguard.gui.frame.company_name import short_name
from tsguard.gui.frame.page_table import PAGES, PageEntry
from tsguard.gui.main_window import MainWindow
from tsguard.gui.opening import Opener
from tsguard.gui.page import Page
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.theme import Mode
from tsguard.gui.widgets.fields import SearchField
from tsguard.services.content import choose_modules
from tsguard.services.session import Session
from tsguard.services.settings import load_settings


class Plain(Page):
    """A page that notes what is asked of it."""

    def __init__(self, name, theme, model) -> None:
        super().__init__(theme, model)
        self.name, self.opened, self.width_told = name, [], 0
        layout = QVBoxLayout(self)
        self.search = SearchField(theme, "搜")
        self.line = QLineEdit()
        layout.addWidget(self.search)
        layout.addWidget(self.line)

    def open_at(self, detail: str) -> None:
        self.opened.append(detail)

    def place(self) -> str:
        return self.opened[-1] if self.opened else ""

    def fold(self, width: int) -> None:
        self.width_told = width


def plain(entry: PageEntry) -> PageEntry:
    return PageEntry(
        entry.target,
        entry.title,
        entry.icon,
        entry.group,
        lambda needs: Plain(entry.target, needs.theme, needs.model),
        entry.assessed,
    )


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "示芯.tsg"
    session = Session.create(path, PASSPHRASE, Enterprise(name="珠海示芯微电子有限公司"), profiles=QUICK)
    choose_modules(session, ["XIC"])
    session.close()
    return path


@pytest.fixture
def window(qtbot, theme, tmp_path, monkeypatch):
    monkeypatch.setattr(shell_module.Shell.__init__, "__kwdefaults__", {"pages": tuple(map(plain, PAGES))})
    store = SettingsStore(tmp_path / "settings.json")
    store.put(replace(store.value, backup_automatic=False))
    window = MainWindow(theme, store, Opener(tmp_path / "samples", {"profiles": QUICK}))
    window.resize(1366, 720)
    qtbot.addWidget(window)
    window.show()
    yield window
    if window.leaving.dialog is not None:
        window.leaving.dialog.button("stop").click()
    window.tasks.close()
    if window.shell is not None and not window.shell.model.session.closed:
        window.shell.model.session.close()


@pytest.fixture
def shell(window, vault):
    window._opened(Session.open(vault, PASSPHRASE, profiles=QUICK))
    return window.shell


def fail_writes(monkeypatch, session) -> None:
    def write(*_args):
        raise DiskFull(session.path)

    monkeypatch.setattr(session._vault, "write", write)


# --- unlocking and locking --------------------------------------------------------------------------


def test_unlocking_through_the_start_page(qtbot, window, vault, popups):
    assert window.windowTitle() == "商业秘密保护自评"
    window.open_path(vault)
    window.start.card.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(window.unlocked):
        qtbot.keyClick(window.start.card.passphrase.line, Qt.Key.Key_Return)
    assert window.windowTitle() == "示芯.tsg — 商业秘密保护自评"
    assert window.start.card.passphrase.text() == ""
    assert [each.path for each in window._store.value.recent] == [str(vault)]
    assert popups.seen == []


def test_a_new_vault_begins_with_the_profile_and_pages_wait_for_modules(qtbot, window, tmp_path):
    company = Enterprise(name="甲公司")
    window._opened(Session.create(tmp_path / "n.tsg", PASSPHRASE, company, profiles=QUICK))
    shell = window.shell
    assert shell.current == "profile"
    shell.go("checklist")
    assert "checklist" not in shell._built
    assert shell.stack.currentWidget() is shell._empty["checklist"]
    shell.model.choose_modules(["XIC"])
    assert shell.stack.currentWidget() is shell._built["checklist"], "the page comes as soon as it can"


def test_locking_takes_the_person_back_and_the_place_is_remembered(qtbot, window, shell, vault):
    assert shell.current == "checklist"
    shell.go("checklist:HRM-05")
    shell.go("points:SP-0001")
    shell.navigation.chosen.emit("lock")
    assert window.shell is None
    assert window.windowTitle() == "商业秘密保护自评"
    again = Session.open(vault, PASSPHRASE, profiles=QUICK)
    assert again.place == "points:SP-0001"
    window._opened(again)
    assert window.shell.current == "points"
    assert window.shell.page("points").opened == ["SP-0001"]


def test_the_start_page_says_why_a_page_asked_for_locking(window, shell):
    page = shell.page("backups")
    page.lock_wanted.emit("已用备份换下。")
    assert window.shell is None
    assert window.start.notice.text() == "已用备份换下。"
    assert window.start.notice.isVisible()


def test_a_place_whose_detail_is_gone_still_opens_its_page(qtbot, window, shell, vault, monkeypatch):
    def gone(self, detail: str) -> None:
        if detail:
            raise UnknownItem(detail)
        self.opened.append(detail)

    shell.go("checklist:HRM-05")
    window.lock()
    monkeypatch.setattr(Plain, "open_at", gone)
    window._opened(Session.open(vault, PASSPHRASE, profiles=QUICK))
    assert window.shell.current == "checklist"


def test_a_bug_in_a_page_leaves_no_vault_open(qtbot, window, vault, monkeypatch):
    def broken(_needs) -> Page:
        raise ZeroDivisionError

    pages = (PageEntry("checklist", lambda: "x", "home", 0, broken),)
    monkeypatch.setattr(shell_module.Shell.__init__, "__kwdefaults__", {"pages": pages})
    session = Session.open(vault, PASSPHRASE, profiles=QUICK)
    with pytest.raises(ZeroDivisionError):
        window._opened(session)
    assert session.closed
    assert window.shell is None


def test_the_sample_is_marked_never_listed_and_wiped_at_lock(window, tmp_path):
    window._opened(window._opener.sample(lambda _done, _total: None))
    assert window.shell.navigation._tag.text() == "示例"
    assert window._store.value.recent == ()
    window.lock()
    assert list((tmp_path / "samples").iterdir()) == []


def test_every_page_opens_over_the_sample_and_survives_a_change_of_theme(qtbot, each_theme, tmp_path, popups):
    """The real pages: built, folded, redrawn, written out, and gone at lock."""
    theme = each_theme
    store = SettingsStore(tmp_path / "settings.json")
    window = MainWindow(theme, store, Opener(tmp_path / "samples", {"profiles": QUICK}))
    qtbot.addWidget(window)
    window.show()
    window._opened(window._opener.sample(lambda _done, _total: None))
    shell = window.shell
    for entry in PAGES:
        shell.go(entry.target)
        for width in (1920, 1366, 1200, 1000, 700):
            window.resize(width, 720)
            qtbot.wait(5)
            assert window.width() == width, f"{entry.target} needs more room"
    shell.go("quick:picture")
    theme.set_mode(Mode.LIGHT if theme.dark else Mode.DARK)
    qtbot.wait(5)
    window.lock()
    qtbot.wait(5)
    assert popups.seen == ["MainWindow"]
    assert window.close()


# --- going places -----------------------------------------------------------------------------------


def test_pages_are_built_at_the_first_visit_and_kept(shell):
    assert set(shell._built) == {"checklist"}
    shell.page("checklist").go.emit("evidence:E-01")
    assert shell.current == "evidence"
    assert shell.navigation.selected() == "evidence"
    page = shell.page("evidence")
    assert page.opened == ["E-01"]
    shell.go("checklist")
    shell.go("evidence")
    assert shell.page("evidence") is page


def test_keys(qtbot, window, shell):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    shell.page("checklist").line.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shell.page("checklist").search.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    assert shell.current == "points"
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert shell._sheet.isVisible()
    qtbot.keyClick(shell._sheet, Qt.Key.Key_Escape)
    assert not shell._sheet.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.shell is None


def test_undo_belongs_to_a_text_field_while_one_has_the_keyboard(qtbot, window, shell):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    shell.model.answer("ORG-01", Verdict.MET)
    line = shell.page("checklist").line
    line.setFocus()
    qtbot.keyClicks(line, "abc")
    qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == ""
    assert shell.model.session.answer("ORG-01").verdict is Verdict.MET
    shell.navigation._rows[0].setFocus()
    qtbot.keyClick(shell.navigation._rows[0], Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert shell.model.session.answer("ORG-01").verdict is None
    assert shell.navigation._state.text() == "已撤销：ORG-01的作答"
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(shell.navigation._rows[0], Qt.Key.Key_Z, both)
    assert shell.model.session.answer("ORG-01").verdict is Verdict.MET
    assert shell.navigation._state.text() == "已重做：ORG-01的作答"


@pytest.mark.parametrize(("width", "rail"), [(1366, False), (1365, True), (911, True)])
def test_a_narrow_window_folds_the_navigation_and_tells_the_pages(qtbot, window, shell, width, rail):
    window.resize(width, 700)
    qtbot.waitUntil(lambda: window.width() == width)
    assert shell.navigation.collapsed is rail
    assert shell.page("checklist").width_told == width
    assert shell.page("points").width_told == width, "also where it is built later"


# --- what was stored and what was not ---------------------------------------------------------------


def test_counts_and_the_state_of_the_last_save(shell):
    assert shell.navigation._state.text() == "还没有改动"
    everything = len(list(shell.model.session.checklist.items()))
    row = next(row for row in shell.navigation._rows if row.entry.key == "checklist")
    assert row._count == everything
    shell.model.answer("ORG-01", Verdict.MET)
    assert row._count == everything - 1
    assert shell.navigation._state.text().endswith("已存入保险库")


def test_a_failed_change_is_explained_and_can_be_made_again(shell, monkeypatch):
    session = shell.model.session
    with monkeypatch.context() as broken:
        fail_writes(broken, session)
        shell.model.answer("ORG-01", Verdict.MET)
    (message,) = shell.messages.messages
    assert "磁盘已满" in message.text
    assert "没有存上" in shell.navigation._state.text()
    assert session.answer("ORG-01").verdict is None
    (again,) = message.actions
    again.run()
    assert session.answer("ORG-01").verdict is Verdict.MET
    assert shell.messages.messages == ()
    assert shell._bar.isHidden()
    shell.model.undo()
    assert session.answer("ORG-01").verdict is None, "made again, it can be undone like any other"


def test_what_can_not_help_is_not_offered(shell, monkeypatch):
    """Undoing is not made again by itself: its place on the stack is the person's to move."""
    shell.model.answer("ORG-01", Verdict.MET)
    fail_writes(monkeypatch, shell.model.session)
    shell.model.undo()
    assert shell.messages.messages[0].actions == ()
    shell.model.put_answer(Answer("NO-99"))
    assert shell.messages.messages[0].actions == ()


# --- leaving ----------------------------------------------------------------------------------------


def test_closing_locks_saves_the_place_of_the_window_and_asks_nothing(window, shell, vault):
    assert window.close()
    assert window.leaving.dialog is None
    assert load_settings(window._store.file).window
    Session.open(vault, PASSPHRASE, profiles=QUICK).close()


def test_text_that_could_not_be_stored_is_asked_about(qtbot, window, shell, monkeypatch):
    """Staying is the default; giving it up is the person's own word."""
    fail_writes(monkeypatch, shell.model.session)
    shell.model.closing.connect(shell._undo)  # stands for a field that writes
    shell.model.closing.connect(lambda: shell.model.answer("ORG-01", Verdict.MET))
    window.lock()
    window.leaving.dialog.reject()
    qtbot.waitUntil(lambda: window.leaving.dialog is None)
    qtbot.wait(20)
    assert window.shell is shell
    window.lock()
    with qtbot.waitSignal(window.locked):
        window.leaving.dialog.button("stop").click()


def test_work_that_runs_is_waited_for_or_stopped(qtbot, window, shell):
    go = threading.Event()
    window.tasks.run(lambda _progress: go.wait(10), lambda _result: None)
    assert not window.close()
    window.leaving.dialog.button("stay").click()
    qtbot.wait(20)
    assert window.isVisible()
    assert not window.close()
    window.leaving.dialog.button("wait").click()
    qtbot.wait(20)
    assert window.isVisible()
    go.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert shell.model.session.closed


def test_a_session_that_nobody_took_is_closed(window, vault):
    session = window._opener.open(vault, PASSPHRASE)
    window.close()
    assert session.closed


# --- files from outside -----------------------------------------------------------------------------


def drop(window, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, none))


def test_a_dropped_vault_is_asked_for_its_passphrase(window, vault, tmp_path):
    drop(window, tmp_path / "x.pdf")
    drop(window, vault, vault)
    assert window.start.card.isHidden()
    drop(window, vault)
    assert window.start.card.path == vault


def test_over_an_open_vault_it_is_locked_first(window, shell, tmp_path):
    other = tmp_path / "other.tsg"
    drop(window, other)
    (message,) = shell.messages.messages
    message.actions[0].run()
    assert window.shell is None
    assert window.start.card.path == other


# --- small things -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("珠海示芯微电子有限公司（示例）", "示芯微电子"),
        ("珠海横琴示例生物科技股份有限公司", "示例生物科技"),
        ("珠海市𬭎公司", "珠海市𬭎"),
        ("甲公司", "甲公司"),
        ("Beispiel GmbH", "Beispiel GmbH"),
        ("", ""),
    ],
)
def test_short_names(name, short):
    assert short_name(name) == short


def test_the_start_page_imports_nothing_that_only_an_open_vault_needs():
    code = "import sys, tsguard.gui.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    modules = done.stdout.split()
    late = {"yaml", "reportlab", "pikepdf", "sqlite_utils", "sqlcipher3", "platformdirs", "msgspec", "click"}
    assert not late & set(modules)
    pages = {name for name in modules if name.startswith("tsguard.gui.pages.")}
    assert pages == {"tsguard.gui.pages.start"}
    unlocked = ("tsguard.services.session", "tsguard.content", "tsguard.store", "tsguard.report")
    assert not [name for name in modules if name.startswith(unlocked)]
