"""Rectification (整改): what is done about a gap, by whom, until when, and who looked at it again.

Source: domain notes 6.9.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tsguard.domain.disclosure import OPAQUE, Guard, cleared, internal


class RectificationSource(StrEnum):
    """Where a problem was seen."""

    ASSESSMENT = "assessment"
    INSPECTION = "inspection"
    INCIDENT = "incident"
    REVIEW = "review"
    PARK = "park"


class Recheck(StrEnum):
    """What the second look said."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Rectification:
    """One rectification task.

    The bureau sees item, measures, department, dates and the result; persons, problem and cause stay in the
    company, and the form says so.

    Attributes:
        id: Such as ``R-0001``; given by the register, never reused; "" for a draft.
        enterprise: The enterprise's id.
        item: The item it is about, or "" for another problem.
        source: Where the problem was seen.
        problem: What is wrong; internal.
        cause: Why; internal.
        measures: What is done, in words that tell no secret; printed for the bureau.
        department: Who answers for it.
        owner: The person; internal.
        resources: Money, people, systems; internal.
        due: Until when.
        extended: Why the due date was moved, "" where it was not; internal.
        done_on: When it was done.
        evidence: Id of the piece of evidence that shows it, or "".
        checker: Who looked at it again; never the owner; internal.
        recheck: What that look said.
        checked_on: When.
        opened_on: When the task was made.
        note: The person's own words; internal.
    """

    id: str = cleared(default="")
    enterprise: str = internal(default="", unguarded=OPAQUE)
    item: str = cleared(default="")
    source: RectificationSource = cleared(default=RectificationSource.ASSESSMENT)
    problem: str = internal(default="", guard=Guard.PROSE)
    cause: str = internal(default="", guard=Guard.PROSE)
    measures: str = cleared(default="")
    department: str = cleared(default="")
    owner: str = internal(default="", guard=Guard.PEOPLE)
    resources: str = internal(default="", guard=Guard.PROSE)
    due: date | None = cleared(default=None)
    extended: str = internal(default="", guard=Guard.PROSE)
    done_on: date | None = cleared(default=None)
    evidence: str = cleared(default="")
    checker: str = internal(default="", guard=Guard.PEOPLE)
    recheck: Recheck = cleared(default=Recheck.OPEN)
    checked_on: date | None = cleared(default=None)
    opened_on: date | None = cleared(default=None)
    note: str = internal(default="", guard=Guard.PROSE)

    @property
    def closed(self) -> bool:
        """Whether it was done and the second look passed."""
        return self.done_on is not None and self.recheck is Recheck.PASSED

    def overdue_days(self, today: date) -> int:
        """Whole days past the due date of a task that is not done; 0 where none."""
        if self.due is None or self.done_on is not None or today <= self.due:
            return 0
        return (today - self.due).days
