"""快速自测: which items it asks, where it goes on, and the first picture it gives.

Its answers are the checklist's own; nothing is stored here. The picture counts and names, and makes no
score: a quarter of the items without evidence would give a figure that looks exacter than it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Checklist, Item, Section
from tsguard.domain.scales import Critical, Verdict
from tsguard.scoring.results import ScoreSheet
from tsguard.services.session import Session

STRONGEST = 3
"""How many gaps the picture names."""


@dataclass(frozen=True, slots=True)
class SectionPicture:
    """What was answered in one section.

    Attributes:
        section: With its title.
        verdicts: Of its questions in reading order; None where unanswered.
    """

    section: Section
    verdicts: tuple[Verdict | None, ...]

    def count(self, verdict: Verdict | None) -> int:
        """How many of its questions have that verdict."""
        return self.verdicts.count(verdict)


@dataclass(frozen=True, slots=True)
class Picture:
    """What the answers so far show.

    Attributes:
        asked: All questions.
        answered: Questions with a verdict.
        counts: How many questions have each verdict; None counts the unanswered ones.
        vetoes: Veto items among the answered questions that would cap the band as not met, in reading
            order: 不符合, 不清楚, and a 不适用 without reason or date.
        vetoes_answered: Questions about veto items with a verdict.
        strongest: The gaps among the answered questions that weigh most, at most ``STRONGEST``: vetoes
            first, then by the points to win.
        sections: Those that are asked about, in reading order.
    """

    asked: int
    answered: int
    counts: Mapping[Verdict | None, int]
    vetoes: tuple[Item, ...]
    vetoes_answered: int
    strongest: tuple[Item, ...]
    sections: tuple[SectionPicture, ...]

    @property
    def left(self) -> int:
        """How many questions are unanswered."""
        return self.asked - self.answered


def questions(checklist: Checklist) -> tuple[Item, ...]:
    """The items that the quick check asks, in reading order; none where the content has no questions."""
    return tuple(item for item in checklist.items() if item.quick)


def first_unanswered(items: Sequence[Item], answers: Mapping[str, Answer]) -> Item | None:
    """The first of some items without a verdict; None where all have one."""
    return next((item for item in items if _verdict(answers, item) is None), None)


def picture(checklist: Checklist, answers: Mapping[str, Answer], sheet: ScoreSheet) -> Picture:
    """The first picture.

    Args:
        checklist: The frozen one.
        answers: By item id.
        sheet: Made from both.
    """
    asked = questions(checklist)
    verdicts = {item.id: _verdict(answers, item) for item in asked}
    answered = {item.id: item for item in asked if verdicts[item.id] is not None}
    counts = Counter(verdicts.values())
    return Picture(
        asked=len(asked),
        answered=len(answered),
        counts=counts,
        vetoes=tuple(answered[veto.item] for veto in sheet.vetoes if veto.fails and veto.item in answered),
        vetoes_answered=sum(item.critical is Critical.VETO for item in answered.values()),
        strongest=tuple(answered[gap.item] for gap in sheet.gaps if gap.item in answered)[:STRONGEST],
        sections=tuple(
            SectionPicture(section, tuple(verdicts[item.id] for item in section.items if item.quick))
            for section in checklist.sections
            if any(item.quick for item in section.items)
        ),
    )


def of_session(session: Session) -> Picture:
    """The first picture of an open vault.

    Raises:
        NothingAssessed: No modules were chosen yet.
    """
    return picture(session.checklist, session.answers, session.sheet())


def _verdict(answers: Mapping[str, Answer], item: Item) -> Verdict | None:
    answer = answers.get(item.id)
    return answer.verdict if answer else None
