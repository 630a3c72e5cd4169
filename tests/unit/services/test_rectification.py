"""Tasks beside the assessment: which gaps have none, what a draft holds, when a problem came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.vaults import new_session

from tsguard.domain.answers import Answer
from tsguard.domain.rectification import Recheck, Rectification, RectificationSource
from tsguard.domain.scales import Verdict
from tsguard.rules.rectification import TaskRule, TaskState
from tsguard.services.rectification import drafts_for, gaps_without_task, standing, tasks_by_item
from tsguard.services.session import Session

VETO, PLAIN, THIRD = "HRM-13", "TRN-03", "PHY-03"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = new_session(tmp_path, "XIC")
    for item, verdict in ((PLAIN, Verdict.PARTLY), (VETO, Verdict.NOT_MET), (THIRD, Verdict.MET)):
        made.put_answer(Answer(item, verdict))
    yield made
    made.close()


def closed(session: Session, item: str, days: int) -> Rectification:
    """A task closed so many days after the assessment's day."""
    assert session.assessment is not None
    day = session.assessment.baseline + timedelta(days=days)
    return Rectification(
        item=item,
        measures="补上",
        department="信息部",
        owner="甲",
        due=day,
        done_on=day,
        checker="乙",
        recheck=Recheck.PASSED,
        checked_on=day,
        opened_on=day,
    )


def gap_items(session: Session) -> list[str]:
    return [gap.item for gap in gaps_without_task(session)]


def test_answered_gaps_stand_there_with_vetoes_first(session: Session) -> None:
    assert session.unanswered > 100
    assert gap_items(session) == [VETO, PLAIN]


def test_nothing_before_modules_were_chosen(tmp_path: Path) -> None:
    blank = new_session(tmp_path / "空", choose=False)
    assert gaps_without_task(blank) == ()
    assert standing(blank, Rectification(id="R-0001", item=VETO)).text == ""
    blank.close()


def test_drafts_are_due_in_thirty_days_for_vetoes_alone(session: Session) -> None:
    first, second = drafts_for(session, gap_items(session))
    assert (first.item, first.due) == (VETO, session.today + timedelta(days=30))
    assert (second.item, second.due) == (PLAIN, None)
    assert {each.opened_on for each in (first, second)} == {session.today}
    assert {each.source for each in (first, second)} == {RectificationSource.ASSESSMENT}
    assert not len(session.rectifications)
    added = session.rectifications.add_all([first, second])
    assert gap_items(session) == []
    assert not standing(session, added[0]).has(TaskRule.VETO_SLOW)
    assert drafts_for(session, ["XYZ-99"])[0].due is None


@pytest.mark.parametrize(
    ("days", "covers", "rule"),
    [(-1, False, TaskRule.RECURRED), (0, True, TaskRule.VERDICT_BEHIND), (1, True, TaskRule.VERDICT_BEHIND)],
)
def test_a_task_whose_problem_came_back_covers_nothing(
    session: Session, days: int, covers: bool, rule: TaskRule
) -> None:
    task = session.rectifications.add(closed(session, VETO, days))
    known = standing(session, task)
    assert known.has(rule)
    assert known.recurred is not covers
    assert (VETO not in gap_items(session)) is covers
    again = session.rectifications.add(Rectification(item=VETO))
    assert tasks_by_item(session) == {VETO: again.id}


def test_a_standing_says_what_the_assessment_says(session: Session) -> None:
    task = session.rectifications.add(Rectification(item=VETO, due=session.today - timedelta(days=12)))
    known = standing(session, task)
    assert (known.verdict, known.veto, known.late) == (Verdict.NOT_MET, True, 12)
    assert known.state is TaskState.OVERDUE
    assert known.text == session.item(VETO).text
    session.put_answer(Answer(VETO, Verdict.MET))
    assert standing(session, task) == replace(known, verdict=Verdict.MET)


def test_other_problems_and_items_that_are_gone_have_no_text(session: Session) -> None:
    for item in ("", "XYZ-99"):
        known = standing(
            session, Rectification(id="R-0001", item=item, problem="门没锁", due=date(2199, 1, 1))
        )
        assert (known.text, known.verdict, known.veto) == ("", None, False)
