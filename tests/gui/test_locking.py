"""What locking asks before, and what it leaves behind: nothing of the vault, whatever went wrong."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from support.vaults import reopened

from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import DiskFull
from tsguard.gui.frame.shell import Shell
from tsguard.gui.main_window import MainWindow
from tsguard.services.session import Session

MARK = "标记鸑鷟"


@pytest.fixture
def shell(window: MainWindow, session: Session) -> Shell:
    window.start.opened.emit(session)
    assert window.shell is not None
    return window.shell


# --- before -----------------------------------------------------------------------------------------


def refuse_a_note(shell: Shell) -> None:
    shell.go("checklist:HRM-05")
    card = shell.page("checklist").items.card
    card._note.area.setPlainText("长" * 4001)
    shell.go("checklist:ORG-01")


def begin_a_draft(shell: Shell) -> None:
    shell.go("points")
    page = shell.page("points")
    page.add_draft()
    page.form.binding("location").field.line.setText("保密柜")


def begin_paper(shell: Shell) -> None:
    shell.go("evidence")
    page = shell.page("evidence")
    page.add_paper()
    page.fields.title.line.setText("任命文件")


def write_half_a_date(shell: Shell) -> None:
    shell.go("profile")
    line = shell.page("profile").form.entries["founded_on"].field.line
    line.setText("2026-02-30")
    line.textEdited.emit("2026-02-30")


def test_work_that_goes_on_with_other_work_is_asked_about_once(
    qtbot: QtBot, window: MainWindow, shell: Shell
) -> None:
    """An export is made, then written: who said 做完再锁定 has said it for both."""
    first, second, done = Event(), Event(), []

    def go_on(_result: None) -> None:
        window.tasks.run(lambda _progress: second.wait(30), done.append, done.append)

    window.tasks.run(lambda _progress: first.wait(30) and None, go_on, done.append)
    window.lock()
    assert window.leaving.dialog is not None
    window.leaving.dialog.button("wait").click()
    first.set()
    qtbot.wait(100)
    assert shell.isVisible()
    assert window.leaving.dialog is None
    second.set()
    qtbot.waitUntil(lambda: window.shell is None)
    assert done == [True]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        (refuse_a_note, "checklist:HRM-05"),
        (begin_a_draft, "points"),
        (begin_paper, "evidence"),
        (write_half_a_date, "profile"),
    ],
)
@pytest.mark.parametrize("closing", [False, True])
def test_text_that_was_refused_is_asked_about(
    qtbot: QtBot, window: MainWindow, shell: Shell, typed, place: str, closing: bool
) -> None:
    typed(shell)
    shell.go("settings")
    leave = window.close if closing else window.lock
    leave()
    assert window.leaving.dialog is not None
    assert window.shell is shell
    assert shell.place().startswith(place), "it came to the front"
    window.leaving.dialog.button("stay").click()
    qtbot.waitUntil(lambda: window.leaving.dialog is None)
    assert window.shell is shell
    leave()
    window.leaving.dialog.button("stop").click()
    qtbot.waitUntil(lambda: window.shell is None)


def test_a_text_put_right_is_not_asked_about(window: MainWindow, shell: Shell) -> None:
    refuse_a_note(shell)
    shell.go("checklist:HRM-05")
    shell.page("checklist").items.card._note.area.setPlainText("短")
    window.lock()
    assert window.leaving.dialog is None
    assert window.shell is None


# --- after ------------------------------------------------------------------------------------------


def test_a_lock_that_can_not_tidy_up_still_hides_everything(
    window: MainWindow, shell: Shell, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.go("checklist:HRM-05")
    close = session._vault.close

    def fail() -> None:
        close()
        raise DiskFull(session.path)

    monkeypatch.setattr(session._vault, "close", fail)
    window.lock()
    assert window.shell is None
    assert not isValid(shell) or not shell.isVisible()
    assert window.start.isVisible()
    assert "已锁定" in window.start.notice.text()
    assert session.path.name not in window.windowTitle()


def test_what_was_copied_here_goes(window: MainWindow, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.model.add_point(SecretPoint(id="", enterprise="", name=MARK))
    shell.page("points").taking_along.copy()
    assert MARK in QApplication.clipboard().text()
    # The offscreen platform knows of no owner.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    window.lock()
    assert QApplication.clipboard().text() == ""


def test_what_another_program_copied_stays(
    window: MainWindow, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shell is window.shell
    QApplication.clipboard().setText("别处的内容")
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: False)
    window.lock()
    assert QApplication.clipboard().text() == "别处的内容"


def test_what_was_being_typed_is_there_again(window: MainWindow, shell: Shell, session: Session) -> None:
    shell.go("checklist:HRM-05")
    shell.page("checklist").items.card._note.area.setPlainText("打到一半")
    window.close()
    assert not window.isVisible()
    again = reopened(session)
    assert again.answer("HRM-05").note == "打到一半"
    assert again.place == "checklist:HRM-05"
    again.close()
