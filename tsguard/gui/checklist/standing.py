"""Where each item of the checklist stands, kept up to date one item at a time.

Reads the session and nothing else; knows no widget. Every question costs the same with 100 items as
with 10,000: figures are counted up and down when an answer changes, never counted anew.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from tsguard.domain.checklist import Checklist, Item, Section
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Critical, Verdict
from tsguard.rules.checks import CheckResult
from tsguard.services.session import Session


class Show(StrEnum):
    """Which items the outline shows, by their answers."""

    ALL = "all"
    UNANSWERED = "unanswered"
    GAPS = "gaps"


class Mark(StrEnum):
    """Which items the outline shows, by what hangs on them."""

    VETO = "veto"
    KEY = "key"
    FLAGGED = "flagged"
    UNKNOWN = "unknown"
    UNPROVED = "unproved"


@dataclass(frozen=True, slots=True)
class Standing:
    """One item's state, as far as rows show it.

    Attributes:
        verdict: None where unanswered.
        excused: Whether it left the sum.
        flagged: The person's own mark.
        contradicted: Whether a register shows less than the answer claims.
        pieces: How many pieces of evidence are linked.
        proved: Whether evidence that has not expired, or a register, supports it.
    """

    verdict: Verdict | None = None
    excused: bool = False
    flagged: bool = False
    contradicted: bool = False
    pieces: int = 0
    proved: bool = False

    @property
    def gap(self) -> bool:
        """Whether it has points to win, as the score's own gaps have; unanswered items are gaps, too."""
        return self.verdict is not Verdict.MET and not self.excused


class Standings:
    """All items of the checklist with their standing.

    Attributes:
        unanswered: How many have no verdict.
        gaps: How many have points to win, unanswered ones among them.
        order: All item ids in reading order.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._items: dict[str, Item] = {}
        self._section: dict[str, Section] = {}
        self._known: dict[str, Standing] = {}
        self._done: dict[str, int] = {}
        self._multipliers: dict[str, int] = {}
        self._evidence: dict[str, tuple[Evidence, ...]] = {}
        self._checks: dict[str, CheckResult] = {}
        self._words: dict[str, str] = {}
        self._place: dict[str, int] = {}
        self.order: tuple[str, ...] = ()
        self.unanswered = self.gaps = 0
        self.reload()

    # --- reading --------------------------------------------------------------------------------

    @property
    def sections(self) -> tuple[Section, ...]:
        """In reading order; none before modules were chosen."""
        return self._checklist.sections if self._session.assessment else ()

    @property
    def _checklist(self) -> Checklist:
        return self._session.checklist

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._items

    def __getitem__(self, item_id: str) -> Standing:
        return self._known[item_id]

    def item(self, item_id: str) -> Item:
        """The item of that id."""
        return self._items[item_id]

    def section(self, item_id: str) -> Section:
        """The section it stands in."""
        return self._section[item_id]

    def place(self, item_id: str) -> int:
        """Its place in reading order, from 0."""
        return self._place[item_id]

    def done(self, section_id: str) -> int:
        """How many items of a section have a verdict."""
        return self._done[section_id]

    def multiplier(self, item_id: str) -> int:
        """The factor on its weight in hundredths."""
        return self._multipliers.get(item_id, 100)

    def evidence(self, item_id: str) -> tuple[Evidence, ...]:
        """What is linked to it."""
        return self._evidence.get(item_id, ())

    def check(self, item_id: str) -> CheckResult | None:
        """What a register shows about it."""
        return self._checks.get(item_id)

    def next_unanswered(self, after: str) -> str:
        """The first unanswered item behind another, from the top again at the end; "" where none is."""
        if not self.unanswered:
            return ""
        start = self._place.get(after, -1) + 1
        ring = (*self.order[start:], *self.order[:start])
        return next((item for item in ring if self._known[item].verdict is None), "")

    def matches(self, item_id: str, show: Show, mark: Mark | None, words: str) -> bool:
        """Whether the outline shows an item.

        Args:
            item_id: Of the item.
            show: The chosen pill.
            mark: The chosen entry of the filter's menu, or None.
            words: What is searched, after ``folded``; "" for everything.
        """
        standing = self._known[item_id]
        if show is Show.UNANSWERED and standing.verdict is not None:
            return False
        if show is Show.GAPS and not standing.gap:
            return False
        if mark is not None and not self._carries(item_id, standing, mark):
            return False
        if not words or words in self._haystack(item_id):
            return True
        note = self._session.answer(item_id).note
        return bool(note) and words in folded(note)

    def _carries(self, item_id: str, standing: Standing, mark: Mark) -> bool:
        critical = self._items[item_id].critical
        return {
            Mark.VETO: critical is Critical.VETO,
            Mark.KEY: critical is Critical.KEY,
            Mark.FLAGGED: standing.flagged,
            Mark.UNKNOWN: standing.verdict is Verdict.UNKNOWN,
            Mark.UNPROVED: standing.verdict in {Verdict.MET, Verdict.PARTLY} and not standing.proved,
        }[mark]

    def _haystack(self, item_id: str) -> str:
        made = self._words.get(item_id)
        if made is None:
            item = self._items[item_id]
            parts = [item.id, item.text]
            for citation in item.basis:
                source = self._checklist.source(citation.source)
                parts += [str(citation), source.title if source else "", source.number if source else ""]
            made = self._words[item_id] = folded("\n".join(parts))
        return made

    # --- keeping up -----------------------------------------------------------------------------

    def reload(self) -> None:
        """Read everything: another checklist was chosen."""
        sections = self.sections
        self._section = {item.id: section for section in sections for item in section.items}
        self._items = {item.id: item for section in sections for item in section.items}
        self.order = tuple(self._items)
        self._place = {item: at for at, item in enumerate(self.order)}
        self._multipliers = self._checklist.multipliers() if sections else {}
        self._words = {}
        self._checks = self._session.checks() if sections else {}
        self._index_evidence()
        self._known = {item: self._read(item) for item in self.order}
        self._done = {section.id: 0 for section in sections}
        self.unanswered = self.gaps = 0
        for item, standing in self._known.items():
            self._count(item, standing, 1)

    def refresh(self, item_id: str) -> bool:
        """Read one item anew; whether anything a row shows is different."""
        before, after = self._known[item_id], self._read(item_id)
        self._count(item_id, before, -1)
        self._count(item_id, after, 1)
        self._known[item_id] = after
        return after != before

    def refresh_registers(self) -> tuple[str, ...]:
        """The registers changed; ids of the items that stand otherwise now."""
        before, self._checks = self._checks, self._session.checks()
        return self._differ({*before, *self._checks})

    def refresh_evidence(self) -> tuple[str, ...]:
        """The evidence changed; ids of the items that stand otherwise now."""
        before = set(self._evidence)
        self._index_evidence()
        return self._differ(before | set(self._evidence))

    def _differ(self, items: set[str]) -> tuple[str, ...]:
        return tuple(item for item in items if item in self._known and self.refresh(item))

    def _index_evidence(self) -> None:
        found: dict[str, list[Evidence]] = {}
        for piece in self._session.cabinet:
            for item in piece.items:
                found.setdefault(item, []).append(piece)
        self._evidence = {item: tuple(pieces) for item, pieces in found.items()}

    def _read(self, item_id: str) -> Standing:
        answer = self._session.answer(item_id)
        check = self._checks.get(item_id)
        pieces = self._evidence.get(item_id, ())
        claimed = answer.verdict.halves if answer.verdict else 0
        current = any(not piece.expired(self._session.today) for piece in pieces)
        return Standing(
            verdict=answer.verdict,
            excused=answer.excused and self._items[item_id].may_not_apply,
            flagged=answer.flagged,
            contradicted=check is not None and claimed > check.at_most.halves,
            pieces=len(pieces),
            proved=current or check is not None,
        )

    def _count(self, item_id: str, standing: Standing, step: int) -> None:
        if standing.verdict is None:
            self.unanswered += step
        else:
            self._done[self._section[item_id].id] += step
        self.gaps += step * standing.gap


def folded(text: str) -> str:
    """The text as it is compared in a search: full-width and case make no difference."""
    return unicodedata.normalize("NFKC", text).casefold().strip()
