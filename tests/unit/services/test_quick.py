"""快速自测: which items it asks, where it goes on, and a first picture that can be counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.checklists import make_checklist, make_item, make_module, make_programme
from support.questions import freeze, with_questions
from support.vaults import new_session, reopened

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Checklist, Item
from tsguard.domain.scales import Critical, Verdict
from tsguard.errors import NothingAssessed
from tsguard.scoring.sheet import score
from tsguard.services import quick

PROGRAMME = make_programme({"A": 60, "B": 40})
QUESTIONS = ("A-01", "A-02", "A-03", "B-01")


def checklist(*asked: str) -> Checklist:
    """Six items in two sections; A-01 and B-01 are vetoes, A-03 weighs more than A-02."""
    items = {
        "A": [
            make_item("A-01", 1, Critical.VETO, may_not_apply=False),
            make_item("A-02", 1),
            make_item("A-03", 5),
            make_item("A-04", 5),
        ],
        "B": [make_item("B-01", 1, Critical.VETO, may_not_apply=False), make_item("B-02", 3)],
    }
    return with_questions(make_checklist(make_module(items)), {each: f"{each}做到了吗？" for each in asked})


def picture(answers: dict[str, Answer], *asked: str) -> quick.Picture:
    made = checklist(*(asked or QUESTIONS))
    return quick.picture(made, answers, score(made, PROGRAMME, answers))


def said(**verdicts: Verdict) -> dict[str, Answer]:
    ids = {name.replace("_", "-"): verdict for name, verdict in verdicts.items()}
    return {item: Answer(item, verdict) for item, verdict in ids.items()}


def ids(items: tuple[Item, ...]) -> list[str]:
    return [item.id for item in items]


def test_questions_stand_in_checklist_order_and_may_be_none() -> None:
    assert ids(quick.questions(checklist("B-01", "A-03", "A-01"))) == ["A-01", "A-03", "B-01"]
    assert quick.questions(checklist()) == ()


def test_it_goes_on_at_the_first_without_a_verdict() -> None:
    items = quick.questions(checklist(*QUESTIONS))
    assert quick.first_unanswered(items, {}) == items[0]
    answers = said(A_01=Verdict.MET, A_03=Verdict.MET) | {"A-02": Answer("A-02", note="只有备注")}
    found = quick.first_unanswered(items, answers)
    assert found is not None
    assert found.id == "A-02"
    every = {item.id: Answer(item.id, Verdict.UNKNOWN) for item in items}
    assert quick.first_unanswered(items, every) is None


def test_a_picture_by_hand() -> None:
    """A-04 and B-02 are answered too, but nobody asked about them here."""
    shown = picture(
        said(
            A_01=Verdict.NOT_MET,
            A_02=Verdict.PARTLY,
            A_03=Verdict.PARTLY,
            A_04=Verdict.NOT_MET,
            B_02=Verdict.NOT_MET,
        )
    )
    assert (shown.asked, shown.answered, shown.left) == (4, 3, 1)
    assert dict(shown.counts) == {Verdict.NOT_MET: 1, Verdict.PARTLY: 2, None: 1}
    assert ids(shown.vetoes) == ["A-01"]
    assert shown.vetoes_answered == 1
    assert ids(shown.strongest) == ["A-01", "A-03", "A-02"], "the veto first, then by weight"
    assert [(each.section.id, each.verdicts) for each in shown.sections] == [
        ("A", (Verdict.NOT_MET, Verdict.PARTLY, Verdict.PARTLY)),
        ("B", (None,)),
    ]


def test_sections_without_a_question_stay_away() -> None:
    assert [each.section.id for each in picture({}, "B-02").sections] == ["B"]


@pytest.mark.parametrize(
    ("answer", "is_open"),
    [
        (Answer("A-01", Verdict.NOT_MET), True),
        (Answer("A-01", Verdict.UNKNOWN), True),
        (Answer("A-01", Verdict.PARTLY), False),
        (Answer("A-01", Verdict.MET), False),
        (Answer("A-01"), False),
    ],
)
def test_which_vetoes_are_open(answer: Answer, *, is_open: bool) -> None:
    assert bool(picture({"A-01": answer}).vetoes) is is_open


def test_what_does_not_apply_is_no_gap_once_it_has_reason_and_date() -> None:
    bare = Answer("A-02", Verdict.NOT_APPLICABLE)
    assert ids(picture({"A-02": bare}).strongest) == ["A-02"]
    whole = replace(bare, reason="没有这件事", ask_again=date(2027, 1, 1))
    assert picture({"A-02": whole}).strongest == ()


@given(
    st.dictionaries(
        st.sampled_from(["A-01", "A-02", "A-03", "A-04", "B-01", "B-02"]), st.sampled_from(Verdict)
    )
)
def test_the_picture_says_nothing_about_what_was_not_answered(verdicts: dict[str, Verdict]) -> None:
    answers = {item: Answer(item, verdict) for item, verdict in verdicts.items()}
    shown = picture(answers)
    assert sum(shown.counts.values()) == shown.asked == len(QUESTIONS)
    assert shown.left == shown.counts.get(None, 0)
    named = {*ids(shown.vetoes), *ids(shown.strongest)}
    assert named <= {item for item in verdicts if item in QUESTIONS}
    assert all(verdicts[item] is not Verdict.MET for item in named)
    assert len(shown.strongest) <= quick.STRONGEST
    assert sum(len(each.verdicts) for each in shown.sections) == shown.asked


def test_questions_are_frozen_with_the_assessment(tmp_path: Path) -> None:
    session = new_session(tmp_path)
    freeze(session, with_questions(session.checklist, {"HRM-05": "人人都签了保密协议吗？"}))
    session = reopened(session)
    assert [item.quick for item in quick.questions(session.checklist)] == ["人人都签了保密协议吗？"]
    session.put_answer(Answer("HRM-05", Verdict.NOT_MET))
    assert ids(quick.of_session(session).vetoes) == ["HRM-05"]
    session.close()


def test_no_picture_before_modules_were_chosen(tmp_path: Path) -> None:
    session = new_session(tmp_path, choose=False)
    with pytest.raises(NothingAssessed):
        quick.of_session(session)
    session.close()
