"""Where the keyboard goes when what has it goes away: a page, a question, a resting button."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from support.own_content import faulty_file, put
from support.vaults import new_session

from tsguard.domain.checklist import Item
from tsguard.domain.scales import Verdict
from tsguard.gui.checklist.wording import whence_facts
from tsguard.gui.frame.shell import Shell
from tsguard.gui.main_window import MainWindow
from tsguard.gui.pages.application import ApplicationPage
from tsguard.gui.pages.checklist import ChecklistPage
from tsguard.gui.pages.export import ExportPage
from tsguard.gui.pages.profile import ProfilePage
from tsguard.gui.pages.quick import QuickPage
from tsguard.gui.pages.results import ResultsPage
from tsguard.services.session import Session


def at() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def opened(window: MainWindow, session: Session) -> Shell:
    window.start.opened.emit(session)
    assert window.shell is not None
    return window.shell


@pytest.fixture
def shell(window: MainWindow, session: Session) -> Shell:
    return opened(window, session)


def shown(shell: Shell, target: str) -> QWidget:
    shell.go(target)
    QApplication.processEvents()
    page = shell.stack.currentWidget()
    assert page is not None
    return page


def test_beginning_by_key_ends_at_the_first_question(window: MainWindow, tmp_path: Path) -> None:
    shell = opened(window, new_session(tmp_path / "新", choose=False))
    page = shown(shell, "profile")
    assert isinstance(page, ProfilePage)
    page.scope.foot.first.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(at(), Qt.Key.Key_Return)
    quick = shell.page("quick")
    assert isinstance(quick, QuickPage)
    assert quick.question.choices.has_focus()
    assert quick.item is not None
    QTest.keyClick(at(), Qt.Key.Key_1)
    assert shell.model.session.answer(quick.item.id).verdict is Verdict.MET


def test_another_page_takes_it_from_the_one_that_is_left(shell: Shell) -> None:
    shown(shell, "profile").setFocus()
    shell.take_keyboard()
    page = shown(shell, "quick")
    assert page.isAncestorOf(at())


def test_the_navigation_keeps_it(shell: Shell) -> None:
    stops = shell.navigation.findChildren(QAbstractButton)
    row = next(each for each in stops if each.isVisible() and each.isChecked())
    row.setFocus(Qt.FocusReason.TabFocusReason)
    shell.go("results")
    assert shell.navigation.isAncestorOf(at())


def test_not_applicable_without_a_reason_opens_at_the_reason(shell: Shell) -> None:
    session = shell.model.session
    free = next(item for item in session.checklist.items() if item.may_not_apply)
    shell.model.answer(free.id, Verdict.NOT_APPLICABLE)
    page = shown(shell, f"checklist:{free.id}")
    assert isinstance(page, ChecklistPage)
    assert at() is page.items.card.judgement._reason.area
    answer = replace(session.answer(free.id), reason="没有这项业务")
    shell.model.put_answer(answer)
    shown(shell, "profile")
    shown(shell, f"checklist:{free.id}")
    assert isinstance(at(), QRadioButton)


@pytest.mark.parametrize("change", [True, False])
def test_other_modules_or_not_it_goes_back_to_the_box(shell: Shell, *, change: bool) -> None:
    page = shown(shell, "profile")
    assert isinstance(page, ProfilePage)
    tick = page.scope.ticks["XNE"]
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    foot = page.scope.foot
    button = foot.change if change else foot.keep
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert at() is page.scope.ticks["XNE"]
    assert tick.isChecked() is change


def test_a_question_gives_it_to_the_button_that_asked(qtbot: QtBot, shell: Shell, tmp_path: Path) -> None:
    page = shown(shell, "profile")
    assert isinstance(page, ProfilePage)
    own = page.scope.own
    own.open.setFocus()
    with qtbot.waitSignal(own.question.asked, timeout=8000):
        own.take(put(tmp_path, "坏.yaml", faulty_file()))
        assert at() is own.open, "it is not disabled meanwhile"
    QTest.keyClick(at(), Qt.Key.Key_Escape)
    assert at() is own.open


@pytest.mark.parametrize("change", [True, False])
def test_another_programme_or_not_it_goes_back_to_the_list(shell: Shell, *, change: bool) -> None:
    page = shown(shell, "application")
    assert isinstance(page, ApplicationPage)
    page.choice.field.editor.setFocus()
    QTest.keyClick(at(), Qt.Key.Key_Down)
    button = page.choice.change if change else page.choice.keep
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert at() is page.choice.field.editor


def test_what_is_undone_in_the_form_comes_into_sight(shell: Shell) -> None:
    page = shown(shell, "application:patents")
    assert isinstance(page, ApplicationPage)
    assert page.form is not None
    field = page.form.entries["patents"].field
    QTest.keyClicks(at(), "12")
    page.form.flush()
    page._scroll.verticalScrollBar().setValue(0)
    QApplication.processEvents()
    assert field.visibleRegion().isEmpty()
    shell.model.undo()
    QApplication.processEvents()
    assert not field.visibleRegion().isEmpty()


def test_a_field_alone_keeps_half_of_its_line(shell: Shell) -> None:
    page = shown(shell, "application")
    assert isinstance(page, ApplicationPage)
    assert page.form is not None
    QApplication.processEvents()
    widget = page.form.taken["credit_code"]
    before = widget.width()
    page.form.show_only({"credit_code"})
    QApplication.processEvents()
    assert abs(widget.width() - before) <= 1


def test_the_export_buttons_have_it_again(qtbot: QtBot, shell: Shell, tmp_path: Path) -> None:
    page = shown(shell, "export")
    assert isinstance(page, ExportPage)
    blank = page.prepare.blank
    blank._book.setFocus()
    blank.export_book(tmp_path / "空白.xlsx")
    qtbot.waitUntil(lambda: blank._running is None, timeout=60_000)
    assert at() is blank._book
    QApplication.processEvents()
    assert not blank.outcome.visibleRegion().isEmpty(), "what became of it is in sight"


def test_results_take_it_at_the_chosen_view(shell: Shell) -> None:
    shell.model.answer("ORG-04", Verdict.MET)
    shown(shell, "profile")
    shell.take_keyboard()
    page = shown(shell, "results:sectors")
    assert isinstance(page, ResultsPage)
    button = at()
    assert isinstance(button, QRadioButton)
    assert button.isChecked()


def test_links_to_vetoes_leave_room_for_their_count(window: MainWindow, shell: Shell) -> None:
    shell.model.answer("ORG-04", Verdict.NOT_MET)
    for width in (860, 1366):
        window.resize(width, 720)
        page = shown(shell, "results:units")
        assert isinstance(page, ResultsPage)
        QApplication.processEvents()
        more = page.hero._more
        assert more.isVisible()
        assert more.width() >= more.sizeHint().width()
        links = sum(not each.isHidden() for each in page.hero._see_buttons)
        assert f"{len(page.hero._open) - links}个" in more.text()


def test_sections_that_did_not_come_with_the_program_say_so(session: Session) -> None:
    core, sector = session.checklist.modules
    own = replace(session.checklist, modules=(core, replace(sector, shipped=False)))
    assert whence_facts(own, core.sections[0]) == ()
    assert whence_facts(own, sector.sections[0]) == ("非随程序发布",)


def test_the_picture_is_not_built_twice(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(shell, "quick:picture")
    assert isinstance(page, QuickPage)
    filled: list[object] = []
    monkeypatch.setattr(page.picture, "_fill", lambda *parts: filled.append(parts))
    shown(shell, "profile")
    shown(shell, "quick:picture")
    assert filled == []
    item = page.item
    assert isinstance(item, Item)
    shell.model.answer(item.id, Verdict.NOT_MET)
    assert filled
