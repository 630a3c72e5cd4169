"""What a company says about an item, and the assessment it says it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tsguard.domain.checklist import Checklist
from tsguard.domain.disclosure import OPAQUE, Guard, cleared, internal
from tsguard.domain.programme import Programme
from tsguard.domain.scales import Verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """One item's answer.

    Attributes:
        item: The item's id.
        verdict: None where the item is unanswered but carries a note or a mark.
        note: The company's own words; internal, never in a submission.
        reason: Why the item does not apply; stands in the submission, and the form says so.
        ask_again: When a not-applicable is asked again.
        ask_whom: Who may know, for an 不清楚; goes on the interview list.
        flagged: The person's own mark.
    """

    item: str = cleared()
    verdict: Verdict | None = cleared(default=None)
    note: str = internal(default="", guard=Guard.PROSE)
    reason: str = cleared(default="")
    ask_again: date | None = cleared(default=None)
    ask_whom: str = internal(default="", guard=Guard.PEOPLE)
    flagged: bool = internal(default=False)

    @property
    def excused(self) -> bool:
        """Whether a 不适用 is complete: with its reason and the date to ask again.

        Until then it counts as not met, so that nothing leaves the sum without a word.
        """
        return (
            self.verdict is Verdict.NOT_APPLICABLE
            and bool(self.reason.strip())
            and self.ask_again is not None
        )

    @property
    def blank(self) -> bool:
        """Whether it says nothing at all."""
        return self == Answer(self.item)


def asked_again(today: date) -> date:
    """The day on which a new 不适用 is asked again: a year later, the 28th for the 29th of February."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


@dataclass(frozen=True, slots=True)
class Assessment:
    """One company's answers on one frozen checklist at one time.

    Attributes:
        id: Of the vault's making.
        enterprise: The enterprise's id.
        title: Such as ``2026年度自评``.
        baseline: The day the answers speak of.
        started: The day it was begun.
        modules: Ids of the chosen sector modules and add-ons, in order.
        checklist: Frozen with its texts, versions and hashes.
        programme: Frozen likewise.
    """

    id: str = internal(unguarded=OPAQUE)
    enterprise: str = internal(unguarded=OPAQUE)
    title: str = cleared()
    baseline: date = cleared()
    started: date = cleared()
    modules: tuple[str, ...] = cleared()
    checklist: Checklist = cleared()
    programme: Programme = cleared()
