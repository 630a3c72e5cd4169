"""The first picture: what it counts and names, where it leads; and how its parts share the room."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from support.quick_page import ASKED, at, press, words

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.gui.pages.quick import QuickPage
from tsguard.gui.quick.choices import ANSWERS, AnswerChoices
from tsguard.gui.quick.picture_parts import StepEntry, VetoEntry
from tsguard.gui.quick.strip import QuestionStrip
from tsguard.gui.theme import Theme
from tsguard.services.session import Session

# --- the picture ------------------------------------------------------------------------------------


def test_the_picture_names_what_is_red_and_what_to_do_first(
    page: QuickPage, session: Session, qtbot: QtBot
) -> None:
    for item, given in zip(ASKED, (Verdict.MET, Verdict.NOT_MET, Verdict.PARTLY), strict=False):
        session.put_answer(Answer(item, given))
    page.open_at("picture")
    picture = page.picture
    assert [picture.figures[each].accessibleName() for each in (Verdict.MET, Verdict.NOT_MET, None)] == [
        "做到1",
        "没有1",
        "还没答1",
    ]
    (veto,) = picture.findChildren(VetoEntry)
    assert f"没有：{session.item('IDC-01').text}" in words(veto)
    assert session.item("IDC-01").critical_why in words(veto)
    first, second = picture.findChildren(StepEntry)
    assert session.item("IDC-01").how[0] in words(first)
    assert session.item("HRM-05").how[0] in words(second)
    assert "快速自测不是评分" in words(picture)
    with qtbot.waitSignal(page.go, check_params_cb=lambda target: target == "checklist:IDC-01"):
        veto.findChildren(QAbstractButton)[0].click()


def test_the_picture_gives_no_score(page: QuickPage, session: Session) -> None:
    for item in ASKED:
        session.put_answer(Answer(item, Verdict.PARTLY))
    page.open_at("picture")
    said = words(page.picture)
    assert "/100" not in said
    assert "%" not in said.replace(session.item("HRM-05").text, "")


def test_ways_on(page: QuickPage, session: Session, qtbot: QtBot) -> None:
    session.put_answer(Answer("ORG-01", Verdict.MET))
    page.open_at("picture")
    with qtbot.waitSignal(page.go, check_params_cb=lambda target: target == "checklist:ORG-02"):
        page._onward.click()
    with qtbot.waitSignal(page.go, check_params_cb=lambda target: target == "results"):
        page._results.click()
    assert page._return.text() == "接着答"
    page._return.click()
    assert at(page) == "IDC-01"


def test_it_goes_on_where_it_was_interrupted(page: QuickPage, session: Session) -> None:
    press(page, "1")
    assert page.place() == "ORG-01"
    page.hide()
    page.show()
    page.open_at("")
    assert at(page) == "IDC-01"
    for item in ASKED:
        session.put_answer(Answer(item, Verdict.MET))
    page.open_at("")
    assert page.shows_picture
    assert page.place() == "picture"


# --- room -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "lines"), [(900, 1), (720, 1), (560, 2), (320, 2)])
def test_answers_break_into_two_lines(theme: Theme, qtbot: QtBot, width: int, lines: int) -> None:
    choices = AnswerChoices(theme)
    qtbot.addWidget(choices)
    choices.resize(width, choices.heightForWidth(width))
    choices.show()
    boxes = [choices.buttons[each].geometry() for each in ANSWERS]
    assert len({box.top() for box in boxes}) == lines
    assert all(choices.rect().contains(box) for box in boxes)
    assert not any(one.intersects(two) for one in boxes for two in boxes if one is not two)


@pytest.mark.parametrize("width", [1000, 640, 400, 220])
def test_the_strip_keeps_every_sign_in_sight(
    theme: Theme, session: Session, qtbot: QtBot, width: int
) -> None:
    items = tuple(session.checklist.items())[:25]
    strip = QuestionStrip(theme)
    qtbot.addWidget(strip)
    strip.set_questions(items, [None] * 25)
    strip.resize(width, strip.heightForWidth(width))
    strip.show()
    boxes = [dot.geometry() for dot in strip.dots]
    assert len(boxes) == 25
    assert all(strip.rect().contains(box) for box in boxes)
    assert all(box.width() >= 24 and box.height() >= 24 for box in boxes)


def test_reason_and_date_that_are_there_are_named(page: QuickPage, session: Session) -> None:
    session.put_answer(
        Answer("ORG-01", Verdict.NOT_APPLICABLE, reason="没有分工", ask_again=date(2027, 11, 23))
    )
    page.show_question(0)
    assert "已记为不适用：没有分工" in words(page.question)
    assert page.question.relief.isHidden()
