"""Rectification tasks beside the assessment: how each stands, which gaps have none, and drafts for those.

It stores nothing: a draft becomes a task where the person wants it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from tsguard.domain.checklist import Item
from tsguard.domain.rectification import Rectification, RectificationSource
from tsguard.domain.scales import Critical, Verdict
from tsguard.errors import UnknownItem
from tsguard.rules.rectification import (
    VETO_DAYS,
    TaskFinding,
    TaskRule,
    TaskState,
    covering,
    days_late,
    findings,
    open_gaps,
    state_of,
)
from tsguard.scoring.results import Gap
from tsguard.services.session import Session


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """What there is to know of a task today beyond its own fields.

    Attributes:
        state: How far it has come.
        findings: What the rules say, worst first.
        late: Whole days past its due date.
        text: Its item's requirement; "" where it is about none, or about one the checklist has no more.
        verdict: What the assessment says of that item.
        veto: Whether that item can cap the band.
    """

    state: TaskState
    findings: tuple[TaskFinding, ...]
    late: int
    text: str = ""
    verdict: Verdict | None = None
    veto: bool = False

    @property
    def recurred(self) -> bool:
        """Whether the problem came back after the task was closed (重复发生)."""
        return self.has(TaskRule.RECURRED)

    def has(self, *rules: TaskRule) -> bool:
        """Whether one of these rules finds something."""
        return any(finding.rule in rules for finding in self.findings)


def standing(session: Session, task: Rectification) -> TaskStanding:
    """How a task stands today."""
    item, today = _item(session, task.item), session.today
    veto = item is not None and item.critical is Critical.VETO
    verdict = session.answer(task.item).verdict if item is not None else None
    assessed_on = session.assessment.baseline if session.assessment is not None else None
    return TaskStanding(
        state=state_of(task, today),
        findings=findings(task, today, veto=veto, verdict=verdict, assessed_on=assessed_on),
        late=days_late(task, today),
        text=item.text if item is not None else "",
        verdict=verdict,
        veto=veto,
    )


def tasks_by_item(session: Session) -> dict[str, str]:
    """Ids of the tasks that cover an item's gap, as ``rules.rectification.covering``; none before modules."""
    if session.assessment is None:
        return {}
    verdicts = {item.id: session.answer(item.id).verdict for item in session.checklist.items()}
    return covering(session.rectifications, verdicts, session.assessment.baseline)


def gaps_without_task(session: Session) -> tuple[Gap, ...]:
    """Gaps of answered items that nobody works on, vetoes first; nothing before modules were chosen.

    An item without an answer is left out: it is to be answered first.
    """
    if session.assessment is None:
        return ()
    return open_gaps(session.sheet().gaps, session.rectifications, session.assessment.baseline).answered


def drafts_for(session: Session, items: Iterable[str]) -> tuple[Rectification, ...]:
    """A new task for each of these items, in their order; none is stored.

    A veto item is due in ``VETO_DAYS``, which is our own proposal; others have no due date yet.
    """
    return tuple(_draft(session, item) for item in items)


def _draft(session: Session, item_id: str) -> Rectification:
    item, today = _item(session, item_id), session.today
    veto = item is not None and item.critical is Critical.VETO
    return Rectification(
        item=item_id,
        source=RectificationSource.ASSESSMENT,
        due=today + timedelta(days=VETO_DAYS) if veto else None,
        opened_on=today,
    )


def _item(session: Session, item_id: str) -> Item | None:
    try:
        return session.item(item_id) if item_id else None
    except UnknownItem:
        return None
