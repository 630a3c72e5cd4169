"""An assessment for machines: everything that re-adds its score, cleared values only, and nothing else.

Whatever edition it is attached to, it holds what a submission may show. People's names and telephone
numbers are cleared for a form that a bureau asks for; adding up a score needs none, so none is in here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import ModuleKind
from tsguard.domain.disclosure import Level, level_of
from tsguard.domain.evidence import proved_items
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.report.assessment_shape import (
    SCHEMA,
    AssessmentData,
    BandPart,
    CategoryCounts,
    CheckPart,
    CompanyPart,
    DocumentPart,
    EvidencePart,
    Figures,
    ItemPart,
    LibraryPart,
    ModulePart,
    OriginCounts,
    ProgrammePart,
    ProgramPart,
    SecretPointCounts,
    TierCounts,
    TotalFigures,
    UnitFigures,
    UnitPart,
    VetoFigures,
    to_bytes,
)
from tsguard.report.document import DisclosureBreach
from tsguard.report.marked import marked
from tsguard.report.story import Material
from tsguard.scoring.results import ItemScore, Total, UnitScore

Shape = TypeVar("Shape")


def assessment_json(material: Material) -> bytes:
    """The assessment as canonical JSON; the same bytes for the same material.

    Args:
        material: Of a document of either edition.

    Raises:
        DisclosureBreach: A bug: a field that is not cleared was asked for.
    """
    return to_bytes(_data(material))


def _data(material: Material) -> AssessmentData:
    snapshot = material.snapshot
    checklist, programme = snapshot.assessment.checklist, snapshot.assessment.programme
    return AssessmentData(
        schema=SCHEMA,
        document=DocumentPart(
            number=material.number,
            date=material.on,
            kind=material.edition.kind,
            edition=material.edition.level,
        ),
        program=ProgramPart(name="tsguard", version=material.program_version),
        journal_head=snapshot.journal_head,
        company=_cleared(snapshot.enterprise, CompanyPart),
        programme=ProgrammePart(
            id=programme.id,
            title=programme.title,
            version=programme.version,
            sha256=programme.sha256,
            shipped=programme.shipped,
            official=programme.official,
            disclaimer=programme.disclaimer,
            units=tuple(
                UnitPart(id=unit.id, title=unit.title, points=unit.points, sections=unit.sections)
                for unit in programme.units
            ),
            bands=tuple(
                BandPart(id=band.id, title=band.title, at_least=band.at_least) for band in programme.bands
            ),
            not_met_cap=programme.not_met_cap,
            partly_cap=programme.partly_cap,
        ),
        modules=tuple(
            ModulePart(
                id=module.id,
                kind=module.kind,
                title=module.title,
                version=module.version,
                sha256=module.sha256,
                shipped=module.shipped,
            )
            for module in checklist.modules
        ),
        library=LibraryPart(version=checklist.library_version, sha256=checklist.library_sha256),
        items=tuple(_items(material)),
        figures=_figures(material),
        evidence=tuple(_cleared(piece, EvidencePart) for piece in snapshot.evidence),
        secret_points=_counted(snapshot.secret_points),
    )


def _open(record: Any, name: str) -> Any:
    """A field's value, a text as it is printed; only what its kind clears for a submission.

    Raises:
        DisclosureBreach: It is internal.
    """
    if level_of(type(record), name) is not Level.SUBMISSION:
        place = f"{type(record).__name__}.{name}"
        raise DisclosureBreach(place)
    value = getattr(record, name)
    return marked(record, name).text if type(value) is str else value


def _cleared(record: Any, shape: type[Shape]) -> Shape:
    """A part whose fields are the record's own of the same names."""
    names: tuple[str, ...] = shape.__struct_fields__  # type: ignore[attr-defined]
    return shape(**{name: _open(record, name) for name in names})


def _items(material: Material) -> Iterable[ItemPart]:
    snapshot = material.snapshot
    proved = proved_items(snapshot.evidence, material.on)
    pieces: dict[str, list[str]] = {}
    for piece in snapshot.evidence:
        for item in _open(piece, "items"):
            pieces.setdefault(item, []).append(_open(piece, "id"))
    scored = {
        item.item: item for unit in (*material.sheet.units, *material.sheet.sectors) for item in unit.items
    }
    unit_of = {section: unit.id for unit in snapshot.assessment.programme.units for section in unit.sections}
    for module in snapshot.assessment.checklist.modules:
        for section in module.sections:
            for item in section.items:
                if item.id not in scored:
                    continue  # a section that no unit counts is no part of any figure
                unit = unit_of.get(section.id, "") if module.kind is ModuleKind.CORE else ""
                check = material.checks.get(item.id)
                yield _item(
                    scored[item.id],
                    material.answer(item.id),
                    module=module.id,
                    unit=unit,
                    evidence=tuple(pieces.get(item.id, ())),
                    evidenced=item.id in proved,
                    check=CheckPart(name=check.check, at_most=check.at_most, met=check.met, of=check.of)
                    if check
                    else None,
                )


def _item(
    scored: ItemScore,
    answer: Answer | None,
    *,
    module: str,
    unit: str,
    evidence: tuple[str, ...],
    evidenced: bool,
    check: CheckPart | None,
) -> ItemPart:
    verdict = _open(answer, "verdict") if answer else None
    reason = _open(answer, "reason") if answer and verdict is Verdict.NOT_APPLICABLE else ""
    return ItemPart(
        id=scored.item,
        section=scored.section,
        module=module,
        unit=unit,
        weight=scored.weight,
        multiplier_hundredths=scored.multiplier,
        critical=scored.critical,
        verdict=verdict,
        applies=scored.applies,
        reason=reason,
        evidence=evidence,
        evidenced=evidenced,
        check=check,
    )


def _figures(material: Material) -> Figures:
    sheet = material.sheet
    return Figures(
        units=tuple(_unit(unit) for unit in sheet.units),
        sectors=tuple(_unit(unit) for unit in sheet.sectors),
        claimed=_total(sheet.claimed),
        evidenced=_total(sheet.evidenced),
        vetoes=tuple(
            VetoFigures(item=veto.item, verdict=veto.verdict, fails=veto.fails, partly=veto.partly)
            for veto in sheet.vetoes
        ),
        answered=sheet.answered,
        asked=sheet.asked,
    )


def _unit(unit: UnitScore) -> UnitFigures:
    return UnitFigures(
        id=unit.id,
        points=unit.points,
        full=unit.full,
        claimed_got=unit.claimed_got,
        evidenced_got=unit.evidenced_got,
        claimed_tenths=unit.claimed,
        evidenced_tenths=unit.evidenced,
    )


def _total(total: Total | None) -> TotalFigures | None:
    if total is None:
        return None
    return TotalFigures(
        tenths=total.tenths,
        sum_tenths=total.sum_tenths,
        points=total.points,
        reached=total.band.reached.id,
        awarded=total.band.awarded.id,
        capped_by=total.band.capped_by,
    )


def _counted(points: tuple[SecretPoint, ...]) -> SecretPointCounts:
    return SecretPointCounts(
        total=len(points),
        tiers=_by(points, "tier", TierCounts),
        categories=_by(points, "category", CategoryCounts),
        origins=_by(points, "origin", OriginCounts),
    )


def _by(points: tuple[SecretPoint, ...], name: str, shape: type[Shape]) -> Shape:
    values = [str(_open(point, name)) for point in points]
    names: tuple[str, ...] = shape.__struct_fields__  # type: ignore[attr-defined]
    return shape(**{each: values.count(each) for each in names})
