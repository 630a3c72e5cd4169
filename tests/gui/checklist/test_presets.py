"""What the company's size changes at an item: what is enough, what is left out; and figures' sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.questions import UNLESS, edited, freeze, presets, with_figures
from support.vaults import TODAY, new_session

from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Size
from tsguard.domain.parameters import ParameterStatus, Threshold
from tsguard.domain.scales import Verdict
from tsguard.gui.checklist.enough import enough_words, figures_of
from tsguard.gui.pages.checklist import ChecklistPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.text import Text
from tsguard.services.session import Session

FREE = {"ORG-01": {"may_not_apply": True}}
REASON = "由法定代表人直接负责。"
ENOUGH = "由归口部门每半年抽查一次。"
SHARE = Threshold(
    "share", "抽查比例", "10", "%", ParameterStatus.PROPOSAL, "本项目建议，非法定要求", "人少的全查"
)
LOGS = Threshold("logs", "日志保存期限", "6", "个月", ParameterStatus.UNVERIFIED, "网安法§23", "")
SEEN = Threshold("months", "最长期限", "24", "个月", ParameterStatus.SEEN, "劳合法§24", "")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = new_session(tmp_path, "XIC")
    listed = with_figures(made.checklist, "HRM-05", LOGS, SHARE, SEEN)
    freeze(made, edited(listed, FREE, presets=presets({"ORG-01": REASON}, {"HRM-05": ENOUGH})))
    yield made
    if not made.closed:
        made.close()


def words(part: QWidget) -> list[str]:
    return [label.text() for label in part.findChildren(Text) if label.isVisible()]


def resize(model: SessionModel, size: Size) -> None:
    model.put_enterprise(replace(model.session.enterprise, size=size))


def has_fold(page: ChecklistPage, key: str) -> bool:
    return not page.beside._folds[key][0].isHidden()


# --- what is enough ---------------------------------------------------------------------------------


def test_small_companies_see_what_is_enough_at_once(page: ChecklistPage, session: Session) -> None:
    assert session.enterprise.size is Size.SMALL
    assert page.beside._folds["enough"][0].is_open
    assert "小微企业建议" in words(page.beside)
    assert session.item("HRM-05").small in words(page.beside)
    assert not has_fold(page, "small"), "it is not said twice"


def test_other_sizes_see_their_own_and_can_reach_the_small_one(
    page: ChecklistPage, session: Session, model: SessionModel
) -> None:
    resize(model, Size.MEDIUM)
    assert {"中型企业建议", ENOUGH} <= set(words(page.beside))
    small = page.beside._folds["small"][0]
    assert has_fold(page, "small")
    assert not small.is_open
    small.set_open(is_open=True)
    assert session.item("HRM-05").small in words(page.beside)
    page.open_at("HRM-06")
    assert not has_fold(page, "enough"), "content says nothing for this size"
    resize(model, Size.MICRO)
    assert has_fold(page, "enough")


@pytest.mark.parametrize(
    ("size", "whose", "enough", "small_apart"),
    [
        (Size.MICRO, "小微企业建议", False, False),
        (Size.SMALL, "小微企业建议", False, False),
        (Size.MEDIUM, "中型企业建议", True, True),
        (Size.LARGE, "", False, True),
    ],
)
def test_whose_words_stand_where(
    session: Session, size: Size, whose: str, *, enough: bool, small_apart: bool
) -> None:
    item = session.item("HRM-05")
    said = enough_words(item, session.checklist, size)
    assert said.whose == whose
    assert (ENOUGH in said.texts) is enough
    assert (item.small in said.texts) is not small_apart
    assert said.small == (item.small if small_apart else "")


def test_an_older_vault_without_presets_still_helps_small_companies(session: Session) -> None:
    item = session.item("HRM-05")
    said = enough_words(item, replace(session.checklist, presets=()), Size.SMALL)
    assert (said.whose, said.texts) == ("", (item.small,))


# --- figures ----------------------------------------------------------------------------------------


def test_figures_name_their_source_and_how_sure_it_is(page: ChecklistPage, session: Session) -> None:
    page.beside._folds["figures"][0].set_open(is_open=True)
    said = words(page.beside)
    for part in ("6个月", "日志保存期限", "来源：网安法§23", "10%", "人少的全查", "来源：劳合法§24"):
        assert part in said
    tags = [note._status for note in page.beside._figures]
    assert [(tag.text(), tag.isVisible()) for tag in tags] == [
        ("待核", True),
        ("本项目建议", True),
        ("已核原文", False),
    ]
    page.open_at("HRM-06")
    assert not has_fold(page, "figures")


def test_a_figure_that_was_not_frozen_is_left_out(session: Session) -> None:
    item = replace(session.item("HRM-05"), figures=("gone", "share"))
    assert figures_of(item, session.checklist) == (SHARE,)


# --- what is usually left out -----------------------------------------------------------------------


def relief(page: ChecklistPage) -> QWidget:
    return page.items.card.judgement.relief


def test_a_relief_is_proposed_taken_in_one_step_and_undone(
    page: ChecklistPage, session: Session, model: SessionModel, qtbot: QtBot
) -> None:
    page.open_at("ORG-01")
    assert relief(page).isVisible()
    assert words(relief(page))[0] == f"小微企业通常不适用：{REASON}{UNLESS}，请照常作答。"
    assert session.answer("ORG-01").blank, "nothing is answered by itself"
    with qtbot.waitSignal(model.saved):
        page.items.card.judgement.relief.accept.click()
    stored = session.answer("ORG-01")
    assert stored.excused
    assert (stored.reason, stored.ask_again) == (REASON, TODAY.replace(year=TODAY.year + 1))
    assert not relief(page).isVisible()
    assert page.items.card.has_focus()
    assert model.undo_stack.count() == 1
    model.undo()
    assert session.answer("ORG-01").blank
    assert relief(page).isVisible()


@pytest.mark.parametrize(
    ("answer", "is_proposed"),
    [
        (Answer("ORG-01"), True),
        (Answer("ORG-01", note="备注"), True),
        (Answer("ORG-01", Verdict.NOT_APPLICABLE), True),
        (Answer("ORG-01", Verdict.NOT_APPLICABLE, reason="自己的理由"), False),
        (Answer("ORG-01", reason="自己的理由"), False),
        (Answer("ORG-01", Verdict.MET), False),
        (Answer("ORG-01", Verdict.UNKNOWN), False),
    ],
)
def test_when_it_is_proposed(
    page: ChecklistPage, model: SessionModel, answer: Answer, *, is_proposed: bool
) -> None:
    page.open_at("ORG-01")
    model.put_answer(answer)
    assert relief(page).isVisible() is is_proposed


def test_a_proposal_keeps_the_note_and_a_date_that_is_there(page: ChecklistPage, model: SessionModel) -> None:
    page.open_at("ORG-01")
    day = TODAY.replace(month=12)
    model.put_answer(Answer("ORG-01", Verdict.NOT_APPLICABLE, note="备注", ask_again=day, flagged=True))
    page.items.card.judgement.relief.accept.click()
    stored = model.session.answer("ORG-01")
    assert (stored.note, stored.ask_again, stored.flagged, stored.reason) == ("备注", day, True, REASON)


def test_it_follows_the_size_and_the_item(page: ChecklistPage, model: SessionModel) -> None:
    page.open_at("ORG-01")
    resize(model, Size.MEDIUM)
    assert not relief(page).isVisible()
    resize(model, Size.MICRO)
    assert relief(page).isVisible()
    page.open_at("ORG-02")
    assert not relief(page).isVisible()
