"""Findings on rectification tasks: a table that a compliance officer can check (domain notes 6.9)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard.domain.rectification import Recheck, Rectification
from tsguard.domain.scales import Verdict
from tsguard.rules.rectification import (
    SEVERITY,
    TaskRule,
    TaskState,
    days_late,
    findings,
    open_gaps,
    state_of,
)
from tsguard.rules.secret_points import Severity

TODAY = date(2026, 11, 23)
OPEN = Rectification(
    id="R-0001",
    enterprise="e",
    item="HRM-13",
    problem="账号停用不及时",
    measures="离职当日由人事系统触发停用",
    department="人力资源部",
    owner="王某",
    due=date(2026, 12, 20),
    checker="李某",
    opened_on=date(2026, 11, 20),
)
DONE = replace(OPEN, done_on=date(2026, 11, 21))
CLOSED = replace(DONE, recheck=Recheck.PASSED, checked_on=date(2026, 11, 22))


def rules(task, **context):
    return [finding.rule for finding in findings(task, TODAY, **context)]


@pytest.mark.parametrize("task", [OPEN, CLOSED])
def test_a_complete_task_has_no_finding(task):
    assert rules(task, veto=True, verdict=Verdict.MET, assessed_on=TODAY) == []


@pytest.mark.parametrize(
    ("base", "change", "rule"),
    [
        (OPEN, {"checker": "王某"}, TaskRule.CHECKER_IS_OWNER),
        (OPEN, {"checker": " 王\u3000某 "}, TaskRule.CHECKER_IS_OWNER),
        (OPEN, {"owner": "Ａda", "checker": "Ada"}, TaskRule.CHECKER_IS_OWNER),
        (OPEN, {"due": date(2026, 11, 22)}, TaskRule.OVERDUE),
        (OPEN, {"due": None}, TaskRule.DUE_MISSING),
        (OPEN, {"measures": " \n"}, TaskRule.MEASURES_MISSING),
        (OPEN, {"department": ""}, TaskRule.RESPONSIBLE_MISSING),
        (OPEN, {"owner": " "}, TaskRule.RESPONSIBLE_MISSING),
        (DONE, {}, TaskRule.NOT_RECHECKED),
        (CLOSED, {"done_on": date(2026, 11, 19)}, TaskRule.DONE_BEFORE_OPENED),
        (CLOSED, {"checked_on": date(2026, 11, 20)}, TaskRule.CHECKED_BEFORE_DONE),
        (CLOSED, {"done_on": None}, TaskRule.PASSED_NOT_DONE),
        (CLOSED, {"checker": ""}, TaskRule.RECHECK_UNSIGNED),
        (CLOSED, {"checked_on": None}, TaskRule.RECHECK_UNSIGNED),
        (CLOSED, {"recheck": Recheck.FAILED}, TaskRule.RECHECK_FAILED),
    ],
)
def test_each_rule_alone(base, change, rule):
    assert rules(replace(base, **change)) == [rule]


@pytest.mark.parametrize(
    ("veto", "due", "said"),
    [
        (True, date(2026, 12, 20), []),  # 30 days after the opening: just in time
        (True, date(2026, 12, 21), [TaskRule.VETO_SLOW]),
        (False, date(2027, 11, 20), []),
    ],
)
def test_a_veto_item_is_remarked_on_above_thirty_days(veto, due, said):
    assert rules(replace(OPEN, due=due), veto=veto) == said


def test_the_line_for_veto_items_can_be_moved_and_its_days_are_told():
    (finding,) = findings(OPEN, TODAY, veto=True, veto_days=10)
    assert (finding.rule, finding.days, finding.severity) == (TaskRule.VETO_SLOW, 30, Severity.HINT)


@pytest.mark.parametrize("verdict", [Verdict.PARTLY, Verdict.NOT_MET, Verdict.UNKNOWN])
def test_a_problem_that_came_back_and_an_assessment_that_is_behind(verdict):
    assert rules(CLOSED, verdict=verdict, assessed_on=TODAY) == [TaskRule.RECURRED]
    assert rules(CLOSED, verdict=verdict, assessed_on=date(2026, 10, 31)) == [TaskRule.VERDICT_BEHIND]
    same_day = replace(CLOSED, checked_on=TODAY)
    assert rules(same_day, verdict=verdict, assessed_on=TODAY) == [TaskRule.VERDICT_BEHIND]
    assert rules(OPEN, verdict=verdict, assessed_on=TODAY) == []
    assert rules(replace(CLOSED, item=""), verdict=verdict, assessed_on=TODAY) == []


@pytest.mark.parametrize("verdict", [None, Verdict.MET, Verdict.NOT_APPLICABLE])
def test_what_is_met_or_unanswered_did_not_come_back(verdict):
    assert rules(CLOSED, verdict=verdict, assessed_on=TODAY) == []


@pytest.mark.parametrize(
    ("task", "state"),
    [
        (OPEN, TaskState.IN_PROGRESS),
        (replace(OPEN, measures=""), TaskState.NOT_STARTED),
        (replace(OPEN, opened_on=None), TaskState.NOT_STARTED),
        (replace(OPEN, opened_on=date(2026, 11, 24)), TaskState.NOT_STARTED),
        (replace(OPEN, due=TODAY), TaskState.IN_PROGRESS),
        (replace(OPEN, due=date(2026, 11, 22)), TaskState.OVERDUE),
        (replace(OPEN, measures="", due=date(2026, 11, 22)), TaskState.OVERDUE),
        (DONE, TaskState.AWAITING_RECHECK),
        (replace(DONE, due=date(2026, 1, 1)), TaskState.AWAITING_RECHECK),
        (replace(DONE, recheck=Recheck.FAILED), TaskState.IN_PROGRESS),
        (replace(DONE, recheck=Recheck.FAILED, due=date(2026, 11, 1)), TaskState.OVERDUE),
        (replace(OPEN, recheck=Recheck.PASSED), TaskState.IN_PROGRESS),
        (CLOSED, TaskState.CLOSED),
    ],
)
def test_how_far_a_task_has_come(task, state):
    assert state_of(task, TODAY) is state


def test_days_overdue_are_whole_days():
    (finding,) = findings(replace(OPEN, due=date(2026, 11, 1)), TODAY)
    assert (finding.rule, finding.days, finding.severity) == (TaskRule.OVERDUE, 22, Severity.ERROR)


DAYS = st.none() | st.integers(-60, 60).map(lambda days: TODAY + timedelta(days))
TASKS = st.builds(
    Rectification,
    id=st.just("R-0001"),
    item=st.sampled_from(["", "HRM-13"]),
    measures=st.sampled_from(["", "做"]),
    owner=st.sampled_from(["", "甲", "乙"]),
    checker=st.sampled_from(["", "甲", "乙"]),
    due=DAYS,
    done_on=DAYS,
    checked_on=DAYS,
    opened_on=DAYS,
    recheck=st.sampled_from(Recheck),
)


@given(TASKS, st.none() | st.sampled_from(Verdict), st.booleans())
def test_any_task_has_a_state_and_its_findings_come_once_each_and_worst_first(task, verdict, veto):
    found = findings(task, TODAY, veto=veto, verdict=verdict, assessed_on=TODAY)
    assert len({finding.rule for finding in found}) == len(found)
    severities = [list(Severity).index(finding.severity) for finding in found]
    assert severities == sorted(severities)
    state = state_of(task, TODAY)
    assert (state is TaskState.CLOSED) == task.closed
    late = TaskRule.OVERDUE in {finding.rule for finding in found}
    assert late == (state is TaskState.OVERDUE) == (days_late(task, TODAY) > 0)


def test_every_rule_has_its_severity():
    assert set(SEVERITY) == set(TaskRule)


@dataclass(frozen=True)
class Fallen:
    """A gap as far as the rule looks at it."""

    item: str
    verdict: Verdict | None


@pytest.mark.parametrize(
    ("tasks", "answered", "unanswered"),
    [
        ((), ["A", "B"], ["C", "D"]),
        ((replace(OPEN, item="A"), replace(OPEN, item="C")), ["B"], ["D"]),
        ((replace(OPEN, item="X"), replace(OPEN, item="")), ["A", "B"], ["C", "D"]),
        ((replace(CLOSED, item="A", checked_on=date(2026, 11, 22)),), ["A", "B"], ["C", "D"]),  # came back
        ((replace(CLOSED, item="A", checked_on=TODAY),), ["B"], ["C", "D"]),
        ((replace(CLOSED, item="C"),), ["A", "B"], ["D"]),  # nobody says that it came back
        ((replace(CLOSED, item="A"), replace(OPEN, item="A")), ["B"], ["C", "D"]),
        ((replace(OPEN, item="A"), replace(CLOSED, item="A")), ["B"], ["C", "D"]),
    ],
)
def test_which_gaps_nobody_works_on(tasks, answered, unanswered):
    gaps = [Fallen("A", Verdict.NOT_MET), Fallen("C", None), Fallen("B", Verdict.UNKNOWN), Fallen("D", None)]
    found = open_gaps(gaps, tasks, TODAY)
    assert [gap.item for gap in found.answered] == answered
    assert [gap.item for gap in found.unanswered] == unanswered
