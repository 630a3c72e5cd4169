"""A score added up again from ``assessment.json`` alone, by the very arithmetic that made it.

The stated figures are compared, never used. It does not ask whether the answers are true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Checklist, Item, Measure, Module, ModuleKind, Multiplier, Section
from tsguard.domain.programme import Band, Programme, Unit
from tsguard.domain.scales import Verdict
from tsguard.rules.checks import CheckResult
from tsguard.scoring.results import Lane, ScoreSheet, Total, UnitScore
from tsguard.scoring.sheet import score

if TYPE_CHECKING:
    from tsguard.report.assessment_shape import AssessmentData, ItemPart, TotalFigures, UnitFigures

_UNMULTIPLIED = 100
_SOME_DAY = date(2000, 1, 1)


class DataDoubt(StrEnum):
    """What does not fit within the data themselves."""

    TWICE = "twice"
    UNKNOWN_MODULE = "unknown-module"
    WRONG_UNIT = "wrong-unit"
    LEFT_OUT = "left-out"
    UNPROVED = "unproved"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class ReaddedUnit:
    """A unit's or a sector module's score, as stated and as added up again.

    Attributes:
        id: Its id.
        title: As printed.
        points: Full marks.
        stated: Claimed and evidenced, in tenths of a point; None where the data do not state it.
        found: Likewise, added up again; None where the items give no such unit.
        equal: Whether both are the same, with the sums that they are made of.
        sector: Whether it stands apart from the total.
    """

    id: str
    title: str
    points: int
    stated: tuple[int, int] | None
    found: tuple[int, int] | None
    equal: bool
    sector: bool


@dataclass(frozen=True, slots=True)
class ReaddedTotal:
    """A lane's total, as stated and as added up again.

    Attributes:
        lane: Which.
        stated: Tenths of a point; None where no item applies.
        found: Likewise.
        stated_band: The band's title; "" where there is none.
        found_band: Likewise.
        equal: Whether both are the same, with points, bands and what caps them.
    """

    lane: Lane
    stated: int | None
    found: int | None
    stated_band: str
    found_band: str
    equal: bool


@dataclass(frozen=True, slots=True)
class Readded:
    """All figures of one assessment, stated beside added up again.

    Attributes:
        units: The programme's units, then the sectors.
        totals: Claimed and evidenced; none where nothing could be added up.
        counts_equal: Whether vetoes, answered and asked items are as stated.
        doubts: What does not fit within the data, with the ids it is about.
    """

    units: tuple[ReaddedUnit, ...]
    totals: tuple[ReaddedTotal, ...]
    counts_equal: bool
    doubts: tuple[tuple[DataDoubt, tuple[str, ...]], ...]

    @property
    def adds_up(self) -> bool:
        """Whether every figure is as stated, and the data fit together."""
        return (
            bool(self.totals)
            and self.counts_equal
            and not self.doubts
            and all(unit.equal for unit in self.units)
            and all(total.equal for total in self.totals)
        )


def readd(data: AssessmentData) -> Readded:
    """Add an assessment's score up again.

    Args:
        data: As read from the file, by its shape only.
    """
    doubts = _doubts(data)
    programme = _programme(data)
    if not programme.sound or any(kind in _FATAL for kind, _ids in doubts):
        return Readded((), (), counts_equal=False, doubts=doubts)
    sheet = score(
        _checklist(data),
        programme,
        {item.id: _answer(item) for item in data.items},
        {item.id for item in data.items if item.evidenced},
        {
            item.id: CheckResult(item.check.name, item.check.at_most, item.check.met, item.check.of)
            for item in data.items
            if item.check
        },
    )
    stated = data.figures
    titles = {unit.id: unit.title for unit in data.programme.units}
    modules = {module.id: module.title for module in data.modules}
    return Readded(
        units=(
            *_units(stated.units, sheet.units, titles, sector=False),
            *_units(stated.sectors, sheet.sectors, modules, sector=True),
        ),
        totals=(
            _total(Lane.CLAIMED, stated.claimed, sheet.claimed, data),
            _total(Lane.EVIDENCED, stated.evidenced, sheet.evidenced, data),
        ),
        counts_equal=_counts_equal(data, sheet),
        doubts=doubts,
    )


# --- does it fit together -------------------------------------------------------------------------

_FATAL = frozenset({DataDoubt.TWICE, DataDoubt.UNKNOWN_MODULE, DataDoubt.PROGRAMME})
"""With these there is nothing to add up."""


def _doubts(data: AssessmentData) -> tuple[tuple[DataDoubt, tuple[str, ...]], ...]:
    module_of: dict[str, str] = {}
    for item in data.items:
        module_of.setdefault(item.section, item.module)
    kinds = {module.id: module.kind for module in data.modules}
    unit_of = {section: unit.id for unit in data.programme.units for section in unit.sections}
    on = data.document.date
    proving = {piece.id for piece in data.evidence if piece.expires is None or piece.expires >= on}
    listed = {piece.id for piece in data.evidence}

    def unit(item: ItemPart) -> str:
        return unit_of.get(item.section, "") if kinds.get(item.module) is ModuleKind.CORE else ""

    found = {
        DataDoubt.TWICE: (
            *_twice(item.id for item in data.items),
            *_twice(module.id for module in data.modules),
            *_twice(piece.id for piece in data.evidence),
            *_twice(unit.id for unit in data.programme.units),
            *_twice(section for unit in data.programme.units for section in unit.sections),
        ),
        DataDoubt.UNKNOWN_MODULE: tuple(
            item.id
            for item in data.items
            if item.module not in kinds or module_of[item.section] != item.module
        ),
        DataDoubt.WRONG_UNIT: tuple(item.id for item in data.items if item.unit != unit(item)),
        DataDoubt.LEFT_OUT: tuple(
            item.id
            for item in data.items
            if not item.applies and not (item.verdict is Verdict.NOT_APPLICABLE and item.reason.strip())
        ),
        DataDoubt.UNPROVED: tuple(
            item.id
            for item in data.items
            if not listed.issuperset(item.evidence) or (item.evidenced and proving.isdisjoint(item.evidence))
        ),
        DataDoubt.PROGRAMME: () if _programme(data).sound else (data.programme.id,),
    }
    return tuple((kind, ids) for kind, ids in found.items() if ids)


def _twice(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each, count in Counter(ids).items() if count > 1)


# --- back to values -------------------------------------------------------------------------------


def _programme(data: AssessmentData) -> Programme:
    given = data.programme
    return Programme(
        id=given.id,
        title=given.title,
        version=given.version,
        official=given.official,
        disclaimer=given.disclaimer,
        sha256=given.sha256,
        shipped=given.shipped,
        units=tuple(Unit(unit.id, unit.title, unit.points, unit.sections) for unit in given.units),
        bands=tuple(Band(band.id, band.title, band.at_least) for band in given.bands),
        not_met_cap=given.not_met_cap,
        partly_cap=given.partly_cap,
    )


def _checklist(data: AssessmentData) -> Checklist:
    by_module: dict[str, dict[str, list[Item]]] = {module.id: {} for module in data.modules}
    for item in data.items:
        by_module[item.module].setdefault(item.section, []).append(_item(item))
    factors = tuple(
        Multiplier(item.id, item.multiplier_hundredths)
        for item in data.items
        if item.multiplier_hundredths != _UNMULTIPLIED
    )
    modules = tuple(
        Module(
            id=module.id,
            kind=module.kind,
            title=module.title,
            version=module.version,
            origin="",
            sha256=module.sha256,
            shipped=module.shipped,
            sections=tuple(
                Section(section, section, section, module.id, tuple(items))
                for section, items in by_module[module.id].items()
            ),
            multipliers=() if number else factors,
        )
        for number, module in enumerate(data.modules)
    )
    return Checklist(modules, (), data.library.version, data.library.sha256)


def _item(given: ItemPart) -> Item:
    """What a score asks of an item; its texts stand in the report only."""
    return Item(
        id=given.id,
        text="",
        why="",
        how=(),
        evidence=(),
        basis=(),
        weight=given.weight,
        critical=given.critical,
        critical_why="",
        partial="",
        small="",
        measure=Measure.GOVERNANCE,
        may_not_apply=True,
        not_applicable_when="",
        check=given.check.name if given.check else "",
    )


def _answer(given: ItemPart) -> Answer:
    """An answer that leaves the sum exactly where the data say so; the reason itself is checked apart."""
    out = given.verdict is Verdict.NOT_APPLICABLE and not given.applies
    return Answer(
        given.id, given.verdict, reason="stated" if out else "", ask_again=_SOME_DAY if out else None
    )


# --- stated beside found --------------------------------------------------------------------------


def _units(
    stated: Sequence[UnitFigures], found: Sequence[UnitScore], titles: dict[str, str], *, sector: bool
) -> Iterator[ReaddedUnit]:
    by_id = {unit.id: unit for unit in found}
    told = {unit.id: unit for unit in stated}
    in_order = [unit.id for unit in stated] == [unit.id for unit in found]
    for unit_id in dict.fromkeys((*told, *by_id)):
        said, made = told.get(unit_id), by_id.get(unit_id)
        equal = (
            in_order
            and said is not None
            and made is not None
            and (said.points, said.full, said.claimed_got, said.evidenced_got)
            == (made.points, made.full, made.claimed_got, made.evidenced_got)
            and (said.claimed_tenths, said.evidenced_tenths) == (made.claimed, made.evidenced)
        )
        points = said.points if said else made.points if made else 0
        yield ReaddedUnit(
            id=unit_id,
            title=titles.get(unit_id, unit_id),
            points=points,
            stated=(said.claimed_tenths, said.evidenced_tenths) if said else None,
            found=(made.claimed, made.evidenced) if made else None,
            equal=equal,
            sector=sector,
        )


def _total(
    lane: Lane, stated: TotalFigures | None, found: Total | None, data: AssessmentData
) -> ReaddedTotal:
    titles = {band.id: band.title for band in data.programme.bands}
    equal = stated is None and found is None
    if stated and found:
        equal = (
            stated.tenths,
            stated.sum_tenths,
            stated.points,
            stated.reached,
            stated.awarded,
            stated.capped_by,
        ) == (
            found.tenths,
            found.sum_tenths,
            found.points,
            found.band.reached.id,
            found.band.awarded.id,
            found.band.capped_by,
        )
    return ReaddedTotal(
        lane=lane,
        stated=stated.tenths if stated else None,
        found=found.tenths if found else None,
        stated_band=titles.get(stated.awarded, stated.awarded) if stated else "",
        found_band=found.band.awarded.title if found else "",
        equal=equal,
    )


def _counts_equal(data: AssessmentData, sheet: ScoreSheet) -> bool:
    stated = data.figures
    return (stated.answered, stated.asked) == (sheet.answered, sheet.asked) and [
        (veto.item, veto.verdict, veto.fails, veto.partly) for veto in stated.vetoes
    ] == [(veto.item, veto.verdict, veto.fails, veto.partly) for veto in sheet.vetoes]
