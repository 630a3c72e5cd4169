"""Findings on rectification tasks, and how far each has come (domain notes 6.9)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from tsguard.domain.rectification import Recheck, Rectification
from tsguard.domain.scales import Verdict
from tsguard.rules.secret_points import Severity

VETO_DAYS = 30
"""Days that a veto item may take before it is remarked on; our own proposal, no rule of law."""
_BELOW_MET = frozenset({Verdict.PARTLY, Verdict.NOT_MET, Verdict.UNKNOWN})


class TaskState(StrEnum):
    """未开始, 进行中, 逾期, 待复验, 已关闭."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"
    AWAITING_RECHECK = "awaiting_recheck"
    CLOSED = "closed"


class TaskRule(StrEnum):
    """What can be said of a rectification task."""

    CHECKER_IS_OWNER = "checker-is-owner"
    DONE_BEFORE_OPENED = "done-before-opened"
    CHECKED_BEFORE_DONE = "checked-before-done"
    PASSED_NOT_DONE = "passed-not-done"
    OVERDUE = "overdue"
    RECURRED = "recurred"
    RECHECK_FAILED = "recheck-failed"
    NOT_RECHECKED = "not-rechecked"
    RECHECK_UNSIGNED = "recheck-unsigned"
    MEASURES_MISSING = "measures-missing"
    RESPONSIBLE_MISSING = "responsible-missing"
    DUE_MISSING = "due-missing"
    VETO_SLOW = "veto-slow"
    VERDICT_BEHIND = "verdict-behind"


SEVERITY = {
    TaskRule.CHECKER_IS_OWNER: Severity.ERROR,
    TaskRule.DONE_BEFORE_OPENED: Severity.ERROR,
    TaskRule.CHECKED_BEFORE_DONE: Severity.ERROR,
    TaskRule.PASSED_NOT_DONE: Severity.ERROR,
    TaskRule.OVERDUE: Severity.ERROR,
    TaskRule.RECURRED: Severity.ERROR,
    TaskRule.RECHECK_FAILED: Severity.WARNING,
    TaskRule.NOT_RECHECKED: Severity.WARNING,
    TaskRule.RECHECK_UNSIGNED: Severity.WARNING,
    TaskRule.MEASURES_MISSING: Severity.WARNING,
    TaskRule.RESPONSIBLE_MISSING: Severity.WARNING,
    TaskRule.DUE_MISSING: Severity.WARNING,
    TaskRule.VETO_SLOW: Severity.HINT,
    TaskRule.VERDICT_BEHIND: Severity.HINT,
}


@dataclass(frozen=True, slots=True)
class TaskFinding:
    """One remark on one rectification task.

    Attributes:
        task: Its id.
        rule: What it is about.
        days: Whole days overdue, or from opening to the due date of a veto item; 0 otherwise.
    """

    task: str
    rule: TaskRule
    days: int = 0

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return SEVERITY[self.rule]


class SeenGap(Protocol):
    """What must be known of a gap: which item, and its verdict, None where unanswered."""

    @property
    def item(self) -> str:
        """Its id."""
        ...

    @property
    def verdict(self) -> Verdict | None:
        """As answered."""
        ...


AnyGap = TypeVar("AnyGap", bound=SeenGap)


@dataclass(frozen=True, slots=True)
class OpenGaps(Generic[AnyGap]):
    """Gaps without a task.

    Attributes:
        answered: They fall short, and somebody is to work on them.
        unanswered: They are to be answered first; whether they fall short is not known.
    """

    answered: tuple[AnyGap, ...]
    unanswered: tuple[AnyGap, ...]


def state_of(task: Rectification, today: date) -> TaskState:
    """How far a task has come.

    A task whose second look failed is work again, whatever day it was called done; one without measures,
    or whose opening lies ahead, is not begun.

    Args:
        task: The register's entry.
        today: The day that overdue is counted from; a task due today is not overdue.
    """
    if task.closed:
        return TaskState.CLOSED
    if task.done_on is not None and task.recheck is Recheck.OPEN:
        return TaskState.AWAITING_RECHECK
    if days_late(task, today):
        return TaskState.OVERDUE
    if not task.measures.strip() or task.opened_on is None or task.opened_on > today:
        return TaskState.NOT_STARTED
    return TaskState.IN_PROGRESS


def days_late(task: Rectification, today: date) -> int:
    """Whole days past the due date of a task that is not done, or not done well; 0 where none."""
    if task.done_on is not None and task.recheck is Recheck.FAILED and task.due is not None:
        return max((today - task.due).days, 0)
    return task.overdue_days(today)


def findings(
    task: Rectification,
    today: date,
    *,
    veto: bool = False,
    verdict: Verdict | None = None,
    assessed_on: date | None = None,
    veto_days: int = VETO_DAYS,
) -> tuple[TaskFinding, ...]:
    """What is to be said of a task, worst first.

    Args:
        task: The register's entry.
        today: The day that overdue is counted from.
        veto: Whether its item can cap the band.
        verdict: What the newest assessment says about its item; None where it says nothing.
        assessed_on: The day that assessment speaks of. A task closed before it whose item is not met is
            one that came back (重复发生); closed that day or later, the assessment is merely behind.
        veto_days: Days from opening to the due date above which a veto item is remarked on.
    """
    found = (*_find_days(task, today, veto_days if veto else None), *_find_recheck(task), *_find_gaps(task))
    after = () if assessed_on is None else _find_afterwards(task, verdict, assessed_on)
    order = list(TaskRule)
    return tuple(sorted((*found, *after), key=lambda finding: order.index(finding.rule)))


def came_back(task: Rectification, verdict: Verdict | None, assessed_on: date) -> bool:
    """Whether a problem came back after its task was closed (重复发生).

    Closed on the day of the assessment or later, the verdict is merely behind.

    Args:
        task: The register's entry.
        verdict: What the assessment says about its item; None where unanswered.
        assessed_on: The day that assessment speaks of.
    """
    closed_on = task.checked_on or task.done_on
    below = bool(task.item) and verdict in _BELOW_MET
    return task.closed and below and closed_on is not None and closed_on < assessed_on


def covering(
    tasks: Iterable[Rectification], verdicts: Mapping[str, Verdict | None], assessed_on: date
) -> dict[str, str]:
    """Ids of the tasks that cover an item's gap, by item, the newest for each.

    A task whose problem came back covers none.

    Args:
        tasks: In the register's order.
        verdicts: What the assessment says, by item.
        assessed_on: The day it speaks of.
    """
    return {
        task.item: task.id
        for task in tasks
        if task.item and not came_back(task, verdicts.get(task.item), assessed_on)
    }


def open_gaps(gaps: Iterable[AnyGap], tasks: Iterable[Rectification], assessed_on: date) -> OpenGaps[AnyGap]:
    """The gaps that nobody works on, in their order.

    Args:
        gaps: Every gap of an assessment.
        tasks: The register's entries.
        assessed_on: The day that assessment speaks of.
    """
    gaps = tuple(gaps)
    covered = covering(tasks, {gap.item: gap.verdict for gap in gaps}, assessed_on)
    left = [gap for gap in gaps if gap.item not in covered]
    return OpenGaps(
        tuple(gap for gap in left if gap.verdict is not None),
        tuple(gap for gap in left if gap.verdict is None),
    )


def _find_days(task: Rectification, today: date, veto_days: int | None) -> Iterable[TaskFinding]:
    late = days_late(task, today)
    if late:
        yield TaskFinding(task.id, TaskRule.OVERDUE, late)
    if task.opened_on and task.done_on and task.done_on < task.opened_on:
        yield TaskFinding(task.id, TaskRule.DONE_BEFORE_OPENED)
    if task.done_on and task.checked_on and task.checked_on < task.done_on:
        yield TaskFinding(task.id, TaskRule.CHECKED_BEFORE_DONE)
    if veto_days is not None and task.opened_on and task.due and not task.closed:
        days = (task.due - task.opened_on).days
        if days > veto_days:
            yield TaskFinding(task.id, TaskRule.VETO_SLOW, days)


def _find_recheck(task: Rectification) -> Iterable[TaskFinding]:
    if _name(task.checker) and _name(task.checker) == _name(task.owner):
        yield TaskFinding(task.id, TaskRule.CHECKER_IS_OWNER)
    if task.recheck is Recheck.FAILED:
        yield TaskFinding(task.id, TaskRule.RECHECK_FAILED)
    if task.recheck is Recheck.OPEN and task.done_on is not None:
        yield TaskFinding(task.id, TaskRule.NOT_RECHECKED)
    if task.recheck is Recheck.PASSED and task.done_on is None:
        yield TaskFinding(task.id, TaskRule.PASSED_NOT_DONE)
    if task.recheck is not Recheck.OPEN and not (_name(task.checker) and task.checked_on):
        yield TaskFinding(task.id, TaskRule.RECHECK_UNSIGNED)


def _find_gaps(task: Rectification) -> Iterable[TaskFinding]:
    if not task.measures.strip():
        yield TaskFinding(task.id, TaskRule.MEASURES_MISSING)
    if not (_name(task.department) and _name(task.owner)):
        yield TaskFinding(task.id, TaskRule.RESPONSIBLE_MISSING)
    if task.due is None:
        yield TaskFinding(task.id, TaskRule.DUE_MISSING)


def _find_afterwards(
    task: Rectification, verdict: Verdict | None, assessed_on: date
) -> Iterable[TaskFinding]:
    if task.closed and task.item and verdict in _BELOW_MET:
        back = came_back(task, verdict, assessed_on)
        yield TaskFinding(task.id, TaskRule.RECURRED if back else TaskRule.VERDICT_BEHIND)


def _name(text: str) -> str:
    """A name to compare: full-width and half-width alike, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())
