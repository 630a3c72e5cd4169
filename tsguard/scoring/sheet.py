"""From answers to the score sheet. The rule in words: ``checklists/README.md``, "How a score is made"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Checklist, Item, Measure, ModuleKind
from tsguard.domain.programme import Programme
from tsguard.domain.scales import Critical, Verdict
from tsguard.rules.checks import CheckResult
from tsguard.scoring.arithmetic import divide_half_up
from tsguard.scoring.results import (
    BandResult,
    Coverage,
    Gap,
    ItemScore,
    Lane,
    ScoreSheet,
    Total,
    UnitScore,
    Veto,
)

SECTOR_POINTS = 100
_UNMULTIPLIED = 100


def score(
    checklist: Checklist,
    programme: Programme,
    answers: Mapping[str, Answer],
    evidenced: Collection[str] = (),
    checks: Mapping[str, CheckResult] | None = None,
) -> ScoreSheet:
    """All figures of one assessment.

    Args:
        checklist: The frozen checklist.
        programme: Its units, bands and veto rules.
        answers: By item id; ids that the checklist does not have are ignored, missing ones are unanswered.
        evidenced: Ids of the items that have evidence.
        checks: What the registers show, by item id; items without an entry are not touched.

    Returns:
        The score sheet; it depends on nothing but the arguments, and not on their order.
    """
    multipliers = checklist.multipliers()
    checks = checks or {}
    by_section = {
        section.id: tuple(
            _item_score(
                item,
                section.id,
                answers.get(item.id),
                multiplier=multipliers.get(item.id, _UNMULTIPLIED),
                has_evidence=item.id in evidenced,
                check=checks.get(item.id),
            )
            for item in section.items
        )
        for section in checklist.sections
    }
    units = tuple(
        _unit_score(
            unit.id,
            unit.title,
            unit.points,
            [item for section in unit.sections for item in by_section.get(section, ())],
        )
        for unit in programme.units
    )
    sectors = tuple(
        _unit_score(
            module.id,
            module.title,
            SECTOR_POINTS,
            [item for section in module.sections for item in by_section[section.id]],
        )
        for module in checklist.modules
        if module.kind is not ModuleKind.CORE
    )
    everything = [item for items in by_section.values() for item in items]
    vetoes = tuple(_veto(item) for item in everything if item.critical is Critical.VETO and item.applies)
    return ScoreSheet(
        units=units,
        sectors=sectors,
        claimed=_total(units, Lane.CLAIMED, programme, everything),
        evidenced=_total(units, Lane.EVIDENCED, programme, everything),
        vetoes=vetoes,
        gaps=_gaps(units, sectors),
        coverage=_coverage(checklist, everything),
        answered=sum(item.verdict is not None for item in everything),
        asked=len(everything),
    )


def _item_score(
    item: Item,
    section: str,
    answer: Answer | None,
    *,
    multiplier: int,
    has_evidence: bool,
    check: CheckResult | None,
) -> ItemScore:
    verdict = answer.verdict if answer else None
    claimed = verdict.halves if verdict else 0
    supported = claimed if has_evidence or check else 0
    if check:
        supported = min(supported, check.at_most.halves)
    return ItemScore(
        item=item.id,
        section=section,
        weight=item.weight,
        multiplier=multiplier,
        critical=item.critical,
        verdict=verdict,
        applies=not (answer and answer.excused and item.may_not_apply),
        claimed=claimed,
        evidenced=supported,
        contradicted=check is not None and claimed > check.at_most.halves,
    )


def _unit_score(unit_id: str, title: str, points: int, items: list[ItemScore]) -> UnitScore:
    full = sum(item.full for item in items)
    got = {lane: sum(item.got(lane) for item in items) for lane in Lane}
    tenths = {lane: divide_half_up(10 * points * got[lane], full) if full else 0 for lane in Lane}
    return UnitScore(
        id=unit_id,
        title=title,
        points=points,
        items=tuple(items),
        full=full,
        claimed_got=got[Lane.CLAIMED],
        evidenced_got=got[Lane.EVIDENCED],
        claimed=tenths[Lane.CLAIMED],
        evidenced=tenths[Lane.EVIDENCED],
    )


def _total(
    units: Iterable[UnitScore], lane: Lane, programme: Programme, items: Iterable[ItemScore]
) -> Total | None:
    counted = [unit for unit in units if unit.applies]
    points = sum(unit.points for unit in counted)
    if not points:
        return None
    sum_tenths = sum(unit.tenths(lane) for unit in counted)
    tenths = divide_half_up(100 * sum_tenths, points)
    return Total(
        tenths=tenths,
        sum_tenths=sum_tenths,
        points=points,
        band=_band(tenths, programme, items, lane),
    )


def _band(tenths: int, programme: Programme, items: Iterable[ItemScore], lane: Lane) -> BandResult:
    reached = next(band for band in programme.bands if tenths >= 10 * band.at_least)
    caps = [
        (item.item, programme.band(programme.partly_cap if credit else programme.not_met_cap))
        for item in items
        if item.critical is Critical.VETO
        and item.applies
        and (credit := item.claimed if lane is Lane.CLAIMED else item.evidenced) < Verdict.MET.halves
    ]
    awarded = min((reached, *(band for _, band in caps)), key=lambda band: band.at_least)
    lowering: list[str] = []
    if awarded != reached:
        lowering = [item for item, band in caps if band.at_least < reached.at_least]
    return BandResult(reached=reached, awarded=awarded, capped_by=tuple(lowering))


def _veto(item: ItemScore) -> Veto:
    return Veto(
        item=item.item,
        verdict=item.verdict,
        fails=item.claimed == Verdict.NOT_MET.halves,
        partly=item.claimed == Verdict.PARTLY.halves,
    )


def _gaps(units: Sequence[UnitScore], sectors: Sequence[UnitScore]) -> tuple[Gap, ...]:
    points = sum(unit.points for unit in units if unit.applies)
    general = Fraction(100, points) if points else Fraction(1)
    found = [
        Gap(
            item=item.item,
            section=item.section,
            critical=item.critical,
            verdict=item.verdict,
            to_win=Fraction(unit.points * (item.full - item.got(Lane.CLAIMED)), unit.full) * scale,
            sector=sector,
        )
        for group, sector, scale in ((units, False, general), (sectors, True, Fraction(1)))
        for unit in group
        for item in unit.items
        if item.applies and item.claimed < Verdict.MET.halves
    ]
    rank = {Critical.VETO: 0, Critical.KEY: 1, Critical.NONE: 1}
    found.sort(key=lambda gap: (rank[gap.critical], gap.sector, -gap.to_win, gap.item))
    return tuple(found)


def _coverage(checklist: Checklist, items: Iterable[ItemScore]) -> tuple[Coverage, ...]:
    measure_of = {item.id: item.measure for item in checklist.items()}
    result: list[Coverage] = []
    scored = list(items)
    for measure in Measure:
        if measure is Measure.GOVERNANCE:
            continue
        of_measure = [item for item in scored if item.applies and measure_of[item.item] is measure]
        full = sum(item.full for item in of_measure)
        percents = [
            divide_half_up(100 * sum(item.got(lane) for item in of_measure), full) if full else 0
            for lane in (Lane.CLAIMED, Lane.EVIDENCED)
        ]
        result.append(Coverage(measure, len(of_measure), *percents))
    return tuple(result)
