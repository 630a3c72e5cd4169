"""What registers show, the section's figures, the law beside, and columns that give way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot
from support.vaults import new_session

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Checklist
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.gui.checklist.closed_row import ClosedRow
from tsguard.gui.checklist.wording import (
    check_words,
    citation_title,
    section_facts,
    spoken_item,
    weight_words,
)
from tsguard.gui.pages.checklist import ChecklistPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Mode, Theme
from tsguard.rules.checks import CheckResult
from tsguard.services.session import Session


def press(page: ChecklistPage, key: Qt.Key | str) -> None:
    """A key where the keyboard is."""
    QTest.keyClick(page.window().focusWidget() or page, key)


def shown(page: ChecklistPage) -> str:
    return page.items.card.item_id


# --- registers --------------------------------------------------------------------------------------


def point(name: str, review: date) -> SecretPoint:
    return replace(_BLANK, name=name, review_on=review)


_BLANK = SecretPoint(id="", enterprise="", name="")


def test_a_register_check_stands_in_the_card_with_a_way_there(
    page: ChecklistPage, model: SessionModel, qtbot: QtBot
) -> None:
    page.open_at("IDC-10")
    check = page.items.card._check
    assert not check.isVisible()
    model.add_point(point("甲", date(2027, 1, 1)))
    model.add_point(point("乙", date(2026, 1, 1)))
    assert check.isVisible()
    sentence = "秘点台账有2个秘点，其中1个复核未逾期，按台账最多判“部分符合”。"
    assert sentence in check.accessibleName()
    assert "提示" in check.accessibleName()
    press(page, "1")
    assert "警告" in check.accessibleName()
    row = str(page.outline.rows.index_of("IDC-10").data(Qt.ItemDataRole.AccessibleTextRole))
    assert "与台账不符" in row
    with qtbot.waitSignal(page.go, check_params_cb=lambda target: target == "points"):
        check.acted.emit()


def test_check_sentences() -> None:
    assert check_words(CheckResult("secret-points-registered", Verdict.MET, 3, 3)) == (
        "秘点台账有3个秘点，台账支持判“符合”。"
    )
    assert "3条记录，其中1条" in check_words(CheckResult("another", Verdict.NOT_MET, 1, 3))


# --- figures, law, columns --------------------------------------------------------------------------


def test_the_head_shows_where_the_section_stands(
    page: ChecklistPage, model: SessionModel, qtbot: QtBot
) -> None:
    assert page.header._facts.text() == "已答0/15 · 自评0.0/14分 · 有据0.0分"
    for item in page._standings.section("HRM-05").items:
        model.answer(item.id, Verdict.MET)
    qtbot.waitUntil(lambda: page.header._facts.text() == "已答15/15 · 自评14.0/14分 · 有据0.0分")
    page.open_at("XIC-01")
    assert page.header._facts.text() == "已答0/12 · 自评0.0/100分 · 有据0.0分"
    assert section_facts(None, "X", 1, 2) == ("已答1/2", "这一域不计分")


def test_with_everything_answered_there_is_no_next(page: ChecklistPage, model: SessionModel) -> None:
    for item in model.session.checklist.items():
        model.session.put_answer(Answer(item.id, Verdict.MET))
    model.assessment_changed.emit()
    assert not page.header._next.isVisible()
    assert "全部条款已答" in page.header._hints.text()
    page.next_unanswered()
    assert shown(page) == "HRM-05"


def test_beside_shows_the_law_with_its_doubts(page: ChecklistPage) -> None:
    page.open_at("ORG-01")
    item = page.model.session.item("ORG-01")
    laws = [law for law in page.beside._laws if not law.isHidden()]
    assert len(laws) == len(item.basis)
    assert laws[0]._title.text() == "促进科技成果转化法§42"
    by_analogy = next(law for law in laws if "中央企业" in law._title.text())
    assert not by_analogy._remark.isHidden()
    assert "只约束中央企业" in by_analogy._binds.text()
    assert any(not law._status.isHidden() for law in laws)


def test_folds_are_remembered_from_item_to_item(page: ChecklistPage) -> None:
    fold = page.beside._folds["partial"][0]
    assert not fold.is_open
    fold.set_open(is_open=True)
    page.step(1)
    assert fold.is_open
    assert page._memory["partial"]


def test_columns_give_way_and_come_back(page: ChecklistPage, qtbot: QtBot) -> None:
    page.fold(1099)
    assert not page.beside.isVisible()
    assert page.outline.isVisible()
    page.header._beside.click()
    assert page.beside.isVisible()
    QTest.keyClick(page._sheets[page.beside], Qt.Key.Key_Escape)
    assert not page.beside.isVisible()
    page.fold(899)
    assert not page.outline.isVisible()
    page.header._outline.click()
    assert page.outline.isVisible()
    tree = page.outline.tree
    place = tree.visualRect(page.outline.rows.index_of("HRM-06")).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown(page) == "HRM-06"
    assert not page.outline.isVisible()
    page.fold(1366)
    assert page.beside.isVisible()
    assert page.outline.isVisible()
    assert page.outline.width() == 264
    assert page.beside.width() == 286
    page.beside._away.click()
    assert not page.beside.isVisible()
    page.header.beside_asked.emit()
    assert page.beside.isVisible()


def test_other_modules_keep_the_place_and_the_answers(page: ChecklistPage, model: SessionModel) -> None:
    press(page, "1")
    page.open_at("XIC-03")
    model.choose_modules([])
    assert "XIC-03" not in page._standings
    assert page.place() == "ORG-01"
    page.open_at("HRM-05")
    model.choose_modules(["XIC"])
    assert page.place() == "HRM-05"
    assert page.items.card.judgement.control.verdict is Verdict.MET
    assert page.outline.rows.shown == 131


def test_without_an_assessment_the_page_is_bare(
    qtbot: QtBot, theme: Theme, tasks: Tasks, tmp_path: Path
) -> None:
    session = new_session(tmp_path, choose=False)
    model = SessionModel(session)
    page = ChecklistPage(theme, model, tasks)
    qtbot.addWidget(page)
    assert page.place() == ""
    page.step(1)
    page.next_unanswered()
    model.choose_modules(["XIC"])
    assert page.place() == "ORG-01"
    session.close()


def test_screen_readers_hear_item_and_verdicts(page: ChecklistPage) -> None:
    control = page.items.card.judgement.control
    assert control.accessibleName() == "HRM-05 涉密人员保密协议签订率100%"
    names = [segment.accessibleName() for segment in control.findChildren(QRadioButton)]
    assert names[0] == "符合，按键1"
    row = next(r for r in page.items.findChildren(ClosedRow) if r.item_id == "HRM-06")
    assert row.accessibleName().startswith("HRM-06 ")
    assert row.accessibleName().endswith("未答")
    item = page.model.session.item("HRM-05")
    assert "否决" in spoken_item(item, page._standings["HRM-05"])


def test_the_theme_changes_without_a_rebuild(page: ChecklistPage, theme: Theme) -> None:
    light = page.grab().toImage().pixelColor(3, 3)
    theme.set_mode(Mode.DARK)
    assert page.grab().toImage().pixelColor(3, 3) != light
    theme.set_mode(Mode.LIGHT)


def test_words_hold_no_spaces_between_han_and_digits(session: Session) -> None:
    checklist: Checklist = session.checklist
    assert weight_words(5, 140) == "权重5×1.4"
    assert weight_words(5, 100) == "权重5"
    for item in checklist.items():
        for citation in item.basis:
            title = citation_title(citation, checklist.source(citation.source))
            assert title
            assert "§附" not in title
