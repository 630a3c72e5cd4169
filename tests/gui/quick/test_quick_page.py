"""快速自测 on a real vault: by key alone, both ways with the checklist, undone, interrupted, finished."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot
from support.questions import freeze, with_questions
from support.quick_page import ASKED, REASON, at, chosen, press, shown, verdict, words
from support.vaults import TODAY

from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Size
from tsguard.domain.scales import Verdict
from tsguard.errors import DiskFull, TSGuardError
from tsguard.gui.main_window import MainWindow
from tsguard.gui.pages.checklist import ChecklistPage
from tsguard.gui.pages.quick import QuickPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.services.session import Session

# --- by key -----------------------------------------------------------------------------------------


def test_all_questions_by_key_alone(page: QuickPage, session: Session, qtbot: QtBot) -> None:
    assert at(page) == "ORG-01"
    for key, item, after in (
        ("1", "ORG-01", "IDC-01"),
        ("3", "IDC-01", "HRM-05"),
        ("4", "HRM-05", "HRM-06"),
    ):
        press(page, key)
        assert verdict(session, item) is not None
        assert at(page) == item, "the answer is seen for a moment"
        assert page.moves_on.isActive()
        qtbot.waitUntil(lambda after=after: at(page) == after)
    press(page, "2")
    qtbot.waitUntil(lambda: page.shows_picture)
    stored = [verdict(session, item) for item in ASKED]
    assert stored == [Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.PARTLY]
    at_button = page.window().focusWidget()
    assert isinstance(at_button, QAbstractButton)
    assert at_button.text() == "去自评清单"


def test_arrows_skip_and_go_back(page: QuickPage, session: Session) -> None:
    press(page, Qt.Key.Key_Left)
    assert at(page) == "ORG-01"
    for item in ASKED[1:]:
        press(page, Qt.Key.Key_Right)
        assert at(page) == item
    press(page, Qt.Key.Key_Right)
    assert page.shows_picture
    press(page, Qt.Key.Key_Right)
    press(page, "1")
    assert page.shows_picture
    press(page, Qt.Key.Key_Left)
    assert at(page) == "HRM-06"
    assert not page.shows_picture
    assert all(verdict(session, item) is None for item in ASKED)


def test_enter_presses_the_answer_that_has_the_keyboard(page: QuickPage, session: Session) -> None:
    press(page, Qt.Key.Key_Tab)
    press(page, Qt.Key.Key_Return)
    assert verdict(session, "ORG-01") is Verdict.PARTLY


def test_tab_reaches_everything_and_the_strip_is_one_stop(page: QuickPage, qtbot: QtBot) -> None:
    seen: list[QWidget] = []
    start = page.window().focusWidget()
    for _step in range(40):
        press(page, Qt.Key.Key_Tab)
        now = page.window().focusWidget()
        assert now is not None
        seen.append(now)
        if now is start:
            break
    assert seen[-1] is start
    assert sum(each in page.question.strip.dots for each in seen) == 1
    assert set(page.question.choices.buttons.values()) <= set(seen)
    assert all(each.accessibleName() for each in seen)


def test_a_key_held_down_answers_one_question(page: QuickPage) -> None:
    keys = page.findChildren(QShortcut)
    assert {key.key().toString() for key in keys} == {"1", "2", "3", "4", "0", "Left", "Right"}
    assert not any(key.autoRepeat() for key in keys)


def test_the_strip_jumps(page: QuickPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.question.strip.dots[2], Qt.MouseButton.LeftButton)
    assert at(page) == "HRM-05"
    assert "第3题，还没答：HRM-05做到了吗？" in page.question.strip.dots[2].accessibleName()


# --- both ways --------------------------------------------------------------------------------------


def test_answers_live_in_the_checklist_and_here(
    page: QuickPage, theme: Theme, model: SessionModel, tasks: Tasks, qtbot: QtBot
) -> None:
    full = ChecklistPage(theme, model, tasks)
    qtbot.addWidget(full)
    full.open_at("ORG-01")
    press(page, "2")
    assert full.items.card.judgement.control.verdict is Verdict.PARTLY
    page.show_question(0)
    full.items.card.press_key("3")
    assert chosen(page) == [Verdict.NOT_MET]
    assert "没有" in page.question.strip.dots[0].accessibleName()


def test_an_answer_given_before_stands_chosen_and_the_same_key_goes_on(
    session: Session, theme: Theme, model: SessionModel, qtbot: QtBot
) -> None:
    session.put_answer(Answer("ORG-01", Verdict.PARTLY, note="旧备注"))
    page = shown(qtbot, theme, QuickPage(theme, model))
    assert at(page) == "IDC-01", "goes on at the first without an answer"
    press(page, Qt.Key.Key_Left)
    assert chosen(page) == [Verdict.PARTLY]
    press(page, "2")
    qtbot.waitUntil(lambda: at(page) == "IDC-01")
    assert session.answer("ORG-01") == Answer("ORG-01", Verdict.PARTLY, note="旧备注")
    assert model.undo_stack.count() == 0


def test_undo_comes_back_to_the_question(page: QuickPage, model: SessionModel, qtbot: QtBot) -> None:
    press(page, "1")
    qtbot.waitUntil(lambda: at(page) == "IDC-01")
    press(page, "3")
    model.undo()
    assert at(page) == "IDC-01"
    assert chosen(page) == []
    assert not page.moves_on.isActive(), "what was undone does not run on"
    model.undo()
    assert at(page) == "ORG-01"
    assert chosen(page) == []
    model.redo()
    assert (at(page), chosen(page)) == ("ORG-01", [Verdict.MET])


def test_a_refused_answer_stays_here(
    page: QuickPage, session: Session, model: SessionModel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_answer: Answer) -> Answer:
        raise DiskFull(session.path)

    failed: list[TSGuardError] = []
    model.failed.connect(failed.append)
    with monkeypatch.context() as broken:
        broken.setattr(session, "put_answer", full)
        press(page, "1")
    assert len(failed) == 1
    assert not page.moves_on.isActive()
    assert (at(page), chosen(page)) == ("ORG-01", [])
    press(page, "1")
    assert verdict(session, "ORG-01") is Verdict.MET


def test_nothing_moves_on_behind_another_page(page: QuickPage) -> None:
    press(page, "1")
    page.hide()
    assert not page.moves_on.isActive()
    page.show()
    page.open_at("")
    assert at(page) == "IDC-01"


# --- 不适用 -------------------------------------------------------------------------------------------


def test_not_applicable_leads_to_the_checklist(page: QuickPage, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.go, check_params_cb=lambda target: target == "checklist:ORG-01"):
        press(page, "0")
    assert verdict(session, "ORG-01") is Verdict.NOT_APPLICABLE
    assert not session.answer("ORG-01").excused
    assert "还缺理由" in words(page.question)
    page.show_question(1)
    press(page, "0")
    assert verdict(session, "IDC-01") is None, "a veto always applies"
    assert "和我们无关" not in words(page.question)


def test_what_small_companies_leave_out_is_proposed_and_taken(
    page: QuickPage, session: Session, model: SessionModel, qtbot: QtBot
) -> None:
    assert f"小微企业通常不适用：{REASON}" in words(page.question)
    page.question.relief.accept.click()
    stored = session.answer("ORG-01")
    assert stored.excused
    assert (stored.reason, stored.ask_again) == (REASON, TODAY.replace(year=TODAY.year + 1))
    qtbot.waitUntil(lambda: at(page) == "IDC-01")
    model.undo()
    assert session.answer("ORG-01").blank
    assert at(page) == "ORG-01"


def test_what_counts_as_done_follows_the_size(page: QuickPage, session: Session, model: SessionModel) -> None:
    page.show_question(1)
    page.question.fold.set_open(is_open=True)
    small = session.item("IDC-01").small
    assert small in words(page.question)
    model.put_enterprise(replace(session.enterprise, size=Size.MEDIUM))
    assert small not in words(page.question)
    assert "由归口部门每半年清一次。" in words(page.question)
    assert "中型企业建议" in words(page.question)


# --- other checklists -------------------------------------------------------------------------------


def test_a_checklist_without_questions_leads_to_the_checklist(
    page: QuickPage, session: Session, model: SessionModel, qtbot: QtBot
) -> None:
    freeze(session, with_questions(session.checklist, {}))
    model.assessment_changed.emit()
    assert page.item is None
    assert page.place() == ""
    assert "没有快速自测题" in words(page)
    for key in ("1", "0", Qt.Key.Key_Left, Qt.Key.Key_Right):
        press(page, key)
    page.open_at("")
    page.take_keyboard()
    with qtbot.waitSignal(page.go, check_params_cb=lambda target: target == "checklist:ORG-01"):
        press(page, Qt.Key.Key_Return)
    freeze(session, with_questions(session.checklist, {"HRM-06": "签了吗？"}))
    model.assessment_changed.emit()
    assert at(page) == "HRM-06"
    assert len(page.question.strip.dots) == 1


def test_the_question_stays_when_modules_change(
    page: QuickPage, session: Session, model: SessionModel
) -> None:
    page.show_question(2)
    freeze(session, with_questions(session.checklist, dict.fromkeys(ASKED[1:], "？")))
    model.assessment_changed.emit()
    assert at(page) == "HRM-05"
    assert "第2题，共3题" in words(page.question)


# --- in the window ----------------------------------------------------------------------------------


def test_in_the_window_with_undo_by_key_and_gone_at_lock(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.start.opened.emit(session)
    shell = window.shell
    assert shell is not None
    shell.go("quick")
    shell.take_keyboard()
    page = shell.page("quick")
    assert isinstance(page, QuickPage)
    press(page, "3")
    assert verdict(session, "ORG-01") is Verdict.NOT_MET
    qtbot.waitUntil(lambda: at(page) == "IDC-01")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert verdict(session, "ORG-01") is None
    assert at(page) == "ORG-01"
    press(page, "0")
    assert shell.current == "checklist"
    assert shell.place() == "checklist:ORG-01"
    shell.go("quick")
    press(page, "1")
    window.lock()
    qtbot.wait(600)
    assert session.closed
