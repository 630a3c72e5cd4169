"""The figures of one assessment, opened down to the items and factors that made them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tsguard.domain.checklist import Measure
from tsguard.domain.programme import Band
from tsguard.domain.scales import Critical, Verdict


class Lane(StrEnum):
    """As answered, and as far as it is proved."""

    CLAIMED = "claimed"
    EVIDENCED = "evidenced"


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item's part in the figures.

    Attributes:
        item: Its id.
        section: Its section's id.
        weight: 1 to 5.
        multiplier: In hundredths; 100 where no sector says otherwise.
        critical: Whether it can cap the band.
        verdict: As answered; None where unanswered.
        applies: False where 不适用 was answered with its reason and date: the item leaves both sums.
        claimed: Credit in halves, 0 to 2.
        evidenced: Credit in halves as far as evidence or a register supports it, 0 to 2.
        contradicted: Whether a register shows less than the answer claims.
    """

    item: str
    section: str
    weight: int
    multiplier: int
    critical: Critical
    verdict: Verdict | None
    applies: bool
    claimed: int
    evidenced: int
    contradicted: bool

    @property
    def full(self) -> int:
        """Weight × multiplier × 2 halves, what it adds to the denominator; 0 where it does not apply."""
        return self.weight * self.multiplier * 2 if self.applies else 0

    def got(self, lane: Lane) -> int:
        """Weight × multiplier × credit in halves."""
        credit = self.claimed if lane is Lane.CLAIMED else self.evidenced
        return self.weight * self.multiplier * credit if self.applies else 0


@dataclass(frozen=True, slots=True)
class UnitScore:
    """A unit's points, or a sector module's score out of 100.

    Attributes:
        id: The unit's or module's id.
        title: As printed.
        points: Full marks.
        items: In reading order.
        full: The denominator: sum of the items' ``full``.
        claimed_got: The claimed lane's numerator.
        evidenced_got: The evidenced lane's numerator.
        claimed: Tenths of a point.
        evidenced: Tenths of a point.
    """

    id: str
    title: str
    points: int
    items: tuple[ItemScore, ...]
    full: int
    claimed_got: int
    evidenced_got: int
    claimed: int
    evidenced: int

    @property
    def applies(self) -> bool:
        """Whether at least one item counts; otherwise the unit's points leave the total."""
        return self.full > 0

    @property
    def answered(self) -> int:
        """How many items have a verdict."""
        return sum(item.verdict is not None for item in self.items)

    def tenths(self, lane: Lane) -> int:
        """The lane's score in tenths of a point."""
        return self.claimed if lane is Lane.CLAIMED else self.evidenced

    def percent(self, lane: Lane) -> int:
        """The lane's share of full marks in whole percent, 0 where nothing applies."""
        got = self.claimed_got if lane is Lane.CLAIMED else self.evidenced_got
        return (200 * got + self.full) // (2 * self.full) if self.full else 0


@dataclass(frozen=True, slots=True)
class BandResult:
    """Which band a lane's total reaches, and what holds it down.

    Attributes:
        reached: By points alone.
        awarded: After the vetoes.
        capped_by: Ids of the veto items that lowered it, in reading order.
    """

    reached: Band
    awarded: Band
    capped_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """The general score of a lane.

    Attributes:
        tenths: Tenths of a point, 0 to 1000.
        sum_tenths: Sum of the rounded scores of the units that apply.
        points: Full marks of the units that apply; where they are not 100 the sum is scaled to 100.
        band: With what caps it.
    """

    tenths: int
    sum_tenths: int
    points: int
    band: BandResult


@dataclass(frozen=True, slots=True)
class Veto:
    """The state of one veto item.

    Attributes:
        item: Its id.
        verdict: As answered; None where unanswered, which counts as not met.
        fails: Whether it caps as not met.
        partly: Whether it caps as partly met.
    """

    item: str
    verdict: Verdict | None
    fails: bool
    partly: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """An item that could win points.

    Attributes:
        item: Its id.
        section: Its section's id.
        critical: Whether it can cap the band.
        verdict: As answered; None where unanswered.
        to_win: Points that full marks on this item alone would add, exactly; for a sector item, points
            of the sector's own 100.
        sector: Whether those are the sector's points.
    """

    item: str
    section: str
    critical: Critical
    verdict: Verdict | None
    to_win: Fraction
    sector: bool

    @property
    def to_win_tenths(self) -> int:
        """Points to win in tenths, a half upwards."""
        value = self.to_win * 10
        return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one class of measures of 法释〔2020〕7号 §6 is in place.

    Attributes:
        measure: The class.
        items: How many items of it apply.
        claimed: Whole percent.
        evidenced: Whole percent.
    """

    measure: Measure
    items: int
    claimed: int
    evidenced: int


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """All figures of one assessment.

    Attributes:
        units: The programme's units over the general module, in its order.
        sectors: One score out of 100 for each sector module and add-on, apart from the total.
        claimed: The claimed lane's total; None where no item of any unit applies.
        evidenced: The evidenced lane's total, likewise.
        vetoes: All veto items that apply, in reading order.
        gaps: Vetoes first, then by points to win.
        coverage: The seven classes of measures.
        answered: Items with a verdict.
        asked: All items.
    """

    units: tuple[UnitScore, ...]
    sectors: tuple[UnitScore, ...]
    claimed: Total | None
    evidenced: Total | None
    vetoes: tuple[Veto, ...]
    gaps: tuple[Gap, ...]
    coverage: tuple[Coverage, ...]
    answered: int
    asked: int

    def total(self, lane: Lane) -> Total | None:
        """The total of a lane."""
        return self.claimed if lane is Lane.CLAIMED else self.evidenced

    def unit_of(self, section: str) -> UnitScore | None:
        """The unit or sector score that has an item of that section."""
        return next(
            (unit for unit in (*self.units, *self.sectors) if any(i.section == section for i in unit.items)),
            None,
        )

    def item(self, item_id: str) -> ItemScore | None:
        """One item's part, whatever unit it is in."""
        return next(
            (item for unit in (*self.units, *self.sectors) for item in unit.items if item.item == item_id),
            None,
        )
