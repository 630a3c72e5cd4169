"""What there was on a past day: the records as the journal tells them, their score, and what changed since.

Works on records that were rebuilt and checked below; it must not read the vault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.checklist import Item
from tsguard.domain.dossier import Clearance, IssuedDocument
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence, proved_items
from tsguard.domain.form import FormValue
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.rules.checks import run_checks
from tsguard.scoring.results import ScoreSheet
from tsguard.scoring.sheet import score


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The computer's clock went back over the end of the day that is looked at.

    Attributes:
        number: The first entry after it.
        went_from: The local time of the entry before.
        went_to: The local time of that first entry.
    """

    number: int
    went_from: datetime
    went_to: datetime


@dataclass(frozen=True, slots=True)
class PastItem:
    """One item's verdict then and now.

    Attributes:
        item: As it was frozen then; as it is now where it was not asked then.
        section: Its section's title.
        then: The verdict then; None where it was not answered or not asked.
        now: The verdict now, likewise.
        asked_then: Whether the checklist of then has it.
        asked_now: Whether the checklist of now has it.
        evidence: Ids of the evidence that supported it then.
        answer: The whole answer of then; a blank one where there was none.
    """

    item: Item
    section: str
    then: Verdict | None
    now: Verdict | None
    asked_then: bool
    asked_now: bool
    evidence: tuple[str, ...]
    answer: Answer = field(repr=False)

    @property
    def changed(self) -> bool:
        """Whether the verdict is another one now, or it is asked only on one of the two days."""
        return self.then is not self.now or self.asked_then != self.asked_now


@dataclass(frozen=True, slots=True)
class PastState:
    """Everything as it was at the end of a local day.

    Attributes:
        day: Which day.
        entries: The number of the last journal entry that counts; 0 where the vault has none so old.
        head: Its hash; "" for none.
        at: When it was written, in local time; None for none.
        enterprise: The profile; None where there was none yet.
        assessment: The assessment with its checklist and programme; None where none was chosen yet.
        answers: By item id, also of items that the checklist no longer had.
        evidence: In order of its numbers.
        secret_points: In order of their numbers.
        form: The values of the application form by field id.
        rectifications: In order of their numbers.
        issued: What had been issued, in order of its numbers.
        clearances: In order of their numbers.
        sheet: The score as of that day, by what was proved on it; None without an assessment.
        jumps: Where the clock went back over the day's end, oldest first: entries between count although
            their own time is later.
    """

    day: date
    entries: int
    head: str
    at: datetime | None
    enterprise: Enterprise | None
    assessment: Assessment | None
    answers: Mapping[str, Answer] = field(repr=False)
    evidence: tuple[Evidence, ...] = field(repr=False)
    secret_points: tuple[SecretPoint, ...] = field(repr=False)
    form: Mapping[str, FormValue] = field(repr=False)
    rectifications: tuple[Rectification, ...] = field(repr=False)
    issued: tuple[IssuedDocument, ...] = field(repr=False)
    clearances: tuple[Clearance, ...] = field(repr=False)
    sheet: ScoreSheet | None = field(repr=False)
    jumps: tuple[ClockJump, ...] = ()
    items: tuple[PastItem, ...] = field(default=(), repr=False)

    @property
    def changed(self) -> tuple[PastItem, ...]:
        """The items whose verdict is another one now."""
        return tuple(each for each in self.items if each.changed)


def sheet_of(
    assessment: Assessment,
    answers: Mapping[str, Answer],
    evidence: Iterable[Evidence],
    points: tuple[SecretPoint, ...],
    day: date,
) -> ScoreSheet:
    """The score with what was proved on a day, by the programme and checklist that were frozen then."""
    checklist = assessment.checklist
    proved = proved_items(evidence, day)
    return score(checklist, assessment.programme, answers, proved, run_checks(checklist, points, day))


def compared(
    then: Assessment | None,
    answers_then: Mapping[str, Answer],
    evidence: Iterable[Evidence],
    now: Assessment | None,
    answers_now: Mapping[str, Answer],
) -> tuple[PastItem, ...]:
    """Every item of either checklist, first those of then in reading order, then the new ones."""
    supported: dict[str, list[str]] = {}
    for piece in evidence:
        for item in piece.items:
            supported.setdefault(item, []).append(piece.id)
    asked_then, asked_now = _items(then), _items(now)
    return tuple(
        PastItem(
            item=item,
            section=section,
            then=_verdict(answers_then, item.id) if item.id in asked_then else None,
            now=_verdict(answers_now, item.id) if item.id in asked_now else None,
            asked_then=item.id in asked_then,
            asked_now=item.id in asked_now,
            evidence=tuple(supported.get(item.id, ())),
            answer=answers_then.get(item.id) or Answer(item.id),
        )
        for item, section in ({**asked_then, **_without(asked_now, asked_then)}).values()
    )


def _without(
    some: Mapping[str, tuple[Item, str]], others: Mapping[str, tuple[Item, str]]
) -> dict[str, tuple[Item, str]]:
    return {item: found for item, found in some.items() if item not in others}


def _items(assessment: Assessment | None) -> dict[str, tuple[Item, str]]:
    if assessment is None:
        return {}
    return {
        item.id: (item, section.title) for section in assessment.checklist.sections for item in section.items
    }


def _verdict(answers: Mapping[str, Answer], item: str) -> Verdict | None:
    answer = answers.get(item)
    return answer.verdict if answer else None
