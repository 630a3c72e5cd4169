"""Chinese through an input method: into every field of every page, and no key of ours acts meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tsguard.gui.frame.page_table import PAGES
from tsguard.gui.main_window import MainWindow
from tsguard.gui.widgets.fields import SearchField
from tsguard.services.session import Session

Editor = QLineEdit | QPlainTextEdit | QTextEdit
RARE = "𬭎"
OWN_KEYS = [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_1]


def compose(editor: QWidget, preedit: str = "", commit: str = "") -> None:
    """What an input method sends: letters that stand there for the time being, or the words at last."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(editor, event)


def text_of(editor: Editor) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def empty(editor: Editor) -> None:
    editor.clear()


def editors(part: QWidget) -> Iterator[Editor]:
    """All fields that take text, in sight or folded away."""
    for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
        for editor in part.findChildren(kind):
            if not editor.isReadOnly() and editor.isEnabled():
                yield editor


def name_of(editor: Editor) -> str:
    return f"{type(editor).__name__} {editor.accessibleName()}"


def dropped(part: QWidget) -> list[str]:
    """The fields that do not let a composed character in."""
    found = []
    for editor in editors(part):
        if not editor.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            found.append(f"off: {name_of(editor)}")
            continue
        empty(editor)
        compose(editor, "hong")
        composing = text_of(editor)
        compose(editor, commit=RARE)
        if composing or text_of(editor) != RARE:
            found.append(f"{name_of(editor)}: {composing!r}, {text_of(editor)!r}")
        empty(editor)
    return found


@pytest.mark.parametrize("target", [entry.target for entry in PAGES])
def test_every_field_of_every_page_takes_what_was_composed(
    window: MainWindow, session: Session, target: str
) -> None:
    window.start.opened.emit(session)
    window.shell.go("checklist:HRM-05" if target == "checklist" else target)
    QApplication.processEvents()
    assert dropped(window.shell.page(target)) == []


def test_so_do_the_start_page_and_the_steps_of_a_new_vault(window: MainWindow) -> None:
    assert list(editors(window.start))
    assert dropped(window.start) == []
    window.start.begin_new()
    assert len(list(editors(window.start._create))) >= 3
    assert dropped(window.start._create) == []


@pytest.mark.parametrize("shown", [False, True])
def test_a_passphrase_may_be_chinese_hidden_or_shown(window: MainWindow, shown: bool) -> None:
    line = window.start.card.passphrase.line
    line.eye.setChecked(shown)
    compose(line, "hong")
    compose(line, commit=RARE)
    assert line.text() == RARE


def test_what_stores_itself_leaves_the_composed_letters_alone(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    """The pause after the last key falls into the middle of a word."""
    window.start.opened.emit(session)
    window.shell.go("checklist:HRM-05")
    area = window.shell.page("checklist").items.card._note.area
    area.setFocus()
    QTest.keyClicks(area, "A")
    compose(area, "zhuhai")
    qtbot.waitUntil(lambda: session.answer("HRM-05").note == "A", timeout=5000)
    assert area.textCursor().block().layout().preeditAreaText() == "zhuhai"
    compose(area, commit=f"珠海{RARE}")
    assert area.toPlainText() == f"A珠海{RARE}"
    qtbot.waitUntil(lambda: session.answer("HRM-05").note == f"A珠海{RARE}", timeout=5000)


def test_enter_while_composing_does_not_go_on(window: MainWindow) -> None:
    window.start.begin_new()
    page = window.start._create
    line = next(each for each in editors(page) if each.isVisible())
    line.setFocus()
    line.setText("珠海示芯微电子有限公司")
    compose(line, "gongsi")
    for key in OWN_KEYS:
        QTest.keyClick(line, key)
    assert window.start.making, "Esc did not leave"
    assert line.isVisible(), "Enter did not go on"
    compose(line, commit="公司")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not window.start.making, "afterwards the keys are ours again"


def test_esc_while_composing_does_not_empty_a_search(window: MainWindow, session: Session) -> None:
    window.start.opened.emit(session)
    window.shell.go("checklist:HRM-05")
    search = next(
        each for each in window.shell.page("checklist").findChildren(SearchField) if each.isVisible()
    )
    search.setFocus()
    search.setText("保密")
    compose(search, "xieyi")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == "保密"
    compose(search, "")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""


def test_letters_that_are_keys_of_a_page_do_nothing_while_composing(
    window: MainWindow, session: Session
) -> None:
    """J, K, N, F and the figures are keys of the checklist; so is Ctrl+Z of the window."""
    window.start.opened.emit(session)
    window.shell.go("checklist:HRM-05")
    page = window.shell.page("checklist")
    area = page.items.card._note.area
    area.setFocus()
    compose(area, "jkn")
    for key in (Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_F, Qt.Key.Key_1):
        QTest.keyClick(area, key)
    QTest.keyClick(area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.shell.place().startswith("checklist:HRM-05")
    assert session.answer("HRM-05") is None or session.answer("HRM-05").verdict is None
    assert area.toPlainText() == ""


def test_going_elsewhere_ends_it(window: MainWindow, session: Session) -> None:
    """Letters that were left standing must not lock the next field's keys."""
    window.start.opened.emit(session)
    window.shell.go("checklist:HRM-05")
    page = window.shell.page("checklist")
    page.items.card._note.area.setFocus()
    compose(page.items.card._note.area, "hong")
    assert window._composing.open
    search = next(each for each in page.findChildren(SearchField) if each.isVisible())
    search.setFocus()
    assert not window._composing.open
    QTest.keyClicks(search, "abc")
    assert search.text() == "abc"
