"""Locking without a question: what is typed is stored, what can't be is named, work is let finish."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from support.clocks import Clock
from support.vaults import PASSPHRASE, QUICK, new_session, reopened

from tsguard.gui.frame.shell import Shell
from tsguard.gui.keys.section import KeysSection
from tsguard.gui.locking.auto_lock import Reason
from tsguard.gui.main_window import MainWindow
from tsguard.gui.opening import Opener
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Progress
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.panels import Sheet
from tsguard.services import recovery
from tsguard.services.session import Session


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(
    qtbot: QtBot, theme: Theme, store: SettingsStore, tmp_path: Path, clock: Clock
) -> Iterator[MainWindow]:
    made = MainWindow(theme, store, Opener(tmp_path / "samples", {"profiles": QUICK}), clock)
    made.resize(1366, 720)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.tasks.close()
    if made.shell is not None:
        made.shell.model.lock()


@pytest.fixture
def shell(window: MainWindow, session: Session) -> Shell:
    window.start.opened.emit(session)
    assert window.shell is not None
    return window.shell


def idle(window: MainWindow, clock: Clock, seconds: float = 600) -> None:
    clock.passes(seconds)
    window.auto_lock.idle.tick()


def titles(shell: Shell) -> list[str]:
    return [message.title for message in shell.messages.messages]


# --- idle ---------------------------------------------------------------------------------------------


def test_idle_minutes_are_announced_and_then_it_locks(window, shell, session, clock):
    idle(window, clock, 540)
    assert titles(shell) == ["1分钟后自动锁定"]
    assert shell.messages.isVisible()
    idle(window, clock, 60)
    assert window.shell is None
    assert session.closed
    assert "没有操作" in window.start.notice.text()
    assert not window.auto_lock.idle.running


def test_going_on_takes_the_announcement_back(window, shell, clock):
    idle(window, clock, 550)
    next(each for each in shell.messages.messages).actions[0].run()
    assert titles(shell) == []
    assert not shell.messages.isVisible()
    idle(window, clock, 539)
    assert window.shell is shell
    assert titles(shell) == []


@pytest.mark.parametrize(("minutes", "locked"), [(5, True), (15, False), (0, False)])
def test_the_minutes_are_the_persons(window, shell, store, clock, minutes, locked):
    store.put(replace(store.value, lock_after_minutes=minutes))
    idle(window, clock)
    assert (window.shell is None) is locked


def test_another_setting_does_not_count_anew_what_has_nothing_to_do_with_it(window, shell, store, clock):
    clock.passes(500)
    store.put(replace(store.value, appearance="dark"))
    idle(window, clock, 100)
    assert window.shell is None


def test_what_is_being_typed_is_stored_first(window, shell, session, clock):
    shell.go("checklist:HRM-05")
    shell.page("checklist").items.card._note.area.setPlainText("打到一半")
    idle(window, clock)
    assert window.shell is None
    again = reopened(session)
    assert again.answer("HRM-05").note == "打到一半"
    again.close()


def a_note(shell: Shell) -> None:
    shell.go("checklist:HRM-05")
    shell.page("checklist").items.card._note.area.setPlainText("长" * 4001)


def a_draft(shell: Shell) -> None:
    shell.go("points")
    shell.page("points").add_draft()
    shell.page("points").form.binding("location").field.line.setText("保密柜")


def half_a_date(shell: Shell) -> None:
    shell.go("profile")
    line = shell.page("profile").form.entries["founded_on"].field.line
    line.setText("2026-02-30")
    line.textEdited.emit("2026-02-30")


@pytest.mark.parametrize(
    ("typed", "place", "words"),
    [
        (a_note, "自评清单HRM-05的“", "长长"),
        (a_draft, "秘点台账", "保密柜"),
        (half_a_date, "企业档案的“成立日期”", "02-30"),
    ],
)
def test_what_can_not_be_stored_is_named_and_does_not_keep_it_open(
    window, shell, clock, typed: Callable[[Shell], None], place: str, words: str
):
    typed(shell)
    idle(window, clock)
    assert window.shell is None
    assert window.leaving.dialog is None
    said = window.start.notice.text()
    assert place in said
    assert words not in said


# --- work ---------------------------------------------------------------------------------------------


class Work:
    """Work that runs until it is let go."""

    def __init__(self, window: MainWindow) -> None:
        self.gate = threading.Event()
        self.done: list[bool] = []
        window.tasks.run(self._run, self.done.append)

    def _run(self, _progress: Progress) -> bool:
        return self.gate.wait(10)


@pytest.fixture
def running(window, shell) -> Iterator[Work]:
    made = Work(window)
    yield made
    made.gate.set()


def test_work_is_let_finish_and_then_nothing_is_asked(qtbot, window, shell, clock, running):
    idle(window, clock, 5000)
    assert window.shell is shell
    assert titles(shell) == ["正在做的事完成后自动锁定"]
    running.gate.set()
    qtbot.waitUntil(lambda: window.shell is None)
    assert running.done == [True]
    assert window.leaving.dialog is None


def test_a_key_while_the_lock_is_due_does_not_call_it_off(qtbot, window, shell, clock, running):
    idle(window, clock, 5000)
    window.auto_lock.idle.touch()
    running.gate.set()
    qtbot.waitUntil(lambda: window.shell is None)


def test_a_vault_that_opens_behind_a_locked_screen_is_locked_at_once(qtbot, window, tmp_path):
    session = new_session(tmp_path / "二")
    session.close()
    window.open_path(session.path)
    window.start.card.passphrase.line.setText(PASSPHRASE)
    window.start.card.unlock.click()
    window.auto_lock.system.away.emit()
    with qtbot.waitSignals([window.unlocked, window.locked]):
        pass
    assert window.shell is None


# --- the system, the window -----------------------------------------------------------------------------


def test_the_system_locks_where_it_may(window, shell, store):
    store.put(replace(store.value, lock_with_system=False))
    window.auto_lock.system.away.emit()
    assert window.shell is shell
    assert not window.auto_lock.system.listening
    store.put(replace(store.value, lock_with_system=True))
    window.auto_lock.system.away.emit()
    assert window.shell is None
    assert "锁屏" in window.start.notice.text()


def test_with_no_vault_open_the_system_changes_nothing(window):
    window.auto_lock.system.away.emit()
    assert window.start.notice.text() == ""


@pytest.mark.parametrize("wanted", [False, True])
def test_minimising_locks_where_it_is_wished(window, shell, store, wanted):
    store.put(replace(store.value, lock_when_minimised=wanted))
    window.showMinimized()
    assert (window.shell is None) is wanted


# --- what stands over the window --------------------------------------------------------------------------


def test_a_file_dialog_is_closed_first(qtbot, window, shell, monkeypatch):
    # Qt's own dialog; a desktop's native one is told the same way.
    seen: list[object] = []
    real = QFileDialog.getOpenFileName

    def lock() -> None:
        seen.append(type(QApplication.activeModalWidget()))
        window.lock_unasked(Reason.AWAY)

    QTimer.singleShot(300, lock)
    chosen = real(shell, "x", "", "", "", QFileDialog.Option.DontUseNativeDialog)
    assert seen == [QFileDialog]
    assert chosen[0] == ""
    qtbot.waitUntil(lambda: window.shell is None)


def test_a_question_is_answered_by_its_safe_way_out(qtbot, window, shell):
    a_note(shell)
    window.lock()
    assert window.leaving.dialog is not None
    window.lock_unasked(Reason.IDLE)
    qtbot.waitUntil(lambda: window.shell is None)
    assert window.leaving.dialog is None


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
def test_a_menu_is_closed_first(qtbot, window, shell):
    menu = QMenu(shell)
    menu.addAction("甲")
    QTimer.singleShot(200, lambda: window.lock_unasked(Reason.AWAY))
    assert menu.exec() is None
    qtbot.waitUntil(lambda: window.shell is None)


def test_a_page_with_a_bug_does_not_keep_it_open(window, shell, session, monkeypatch):
    def fail() -> bool:
        raise ValueError

    monkeypatch.setattr(shell, "flush", fail)
    with pytest.raises(ValueError):  # noqa: PT011 - our own
        window.lock_unasked(Reason.IDLE)
    assert window.shell is None
    assert session.closed


@pytest.mark.parametrize("asked", [False, True])
def test_a_look_that_does_not_end_keeps_nothing_open(
    window: MainWindow, shell: Shell, clock: Clock, asked: bool
) -> None:
    door = threading.Event()
    window.tasks.run(lambda _progress: door.wait(30), lambda _it: None, looks=True)
    try:
        window.lock() if asked else idle(window, clock)
        assert window.shell is None
        assert shell.model.session.closed
    finally:
        door.set()


@pytest.mark.parametrize("asked", [False, True])
def test_a_recovery_code_on_a_sheet_goes_with_the_vault(
    qtbot: QtBot, window: MainWindow, shell: Shell, session: Session, asked: bool
) -> None:
    code = recovery.groups(session)
    shell.go("settings")
    keys = shell.page("settings").findChild(KeysSection)
    keys.show_code()
    keys.recovery.proof.passphrase.line.setText(PASSPHRASE)
    keys.recovery.show_code.click()
    qtbot.waitUntil(lambda: bool(set(code) & set(words(window))))
    window.lock() if asked else window.lock_unasked(Reason.IDLE)
    assert window.shell is None
    assert not any(sheet.isVisible() for sheet in window.findChildren(Sheet))
    assert window.start.isAncestorOf(QApplication.focusWidget())
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not set(code) & set(words(window))


def test_a_passphrase_that_is_being_typed_goes_with_the_vault(window: MainWindow, shell: Shell) -> None:
    shell.go("settings")
    keys = shell.page("settings").findChild(KeysSection)
    keys.change_passphrase()
    keys.passphrase.new.first.line.setText("回形针二号-battery")
    assert "回形针二号-battery" in words(window)
    window.lock_unasked(Reason.IDLE)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "回形针二号-battery" not in words(window)
    assert not any(sheet.isVisible() for sheet in window.findChildren(Sheet))


def test_a_sheet_that_was_there_before_is_only_closed(window: MainWindow, session: Session) -> None:
    before = Sheet(window._theme, window, QLabel("手册"))
    window.start.opened.emit(session)
    before.open()
    window.lock_unasked(Reason.IDLE)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert isValid(before)
    assert not before.isVisible()


def words(window: MainWindow) -> list[str]:
    """Whatever the widgets of a window say."""
    parts = window.findChildren(QWidget)
    return [part.text() for part in parts if isinstance(part, QLabel | QLineEdit)]
