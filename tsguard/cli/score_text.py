"""A score sheet as lines for a terminal, and as plain data for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsguard.domain.scale_words import critical_word, verdict_word
from tsguard.i18n import _
from tsguard.scoring.arithmetic import tenths_text
from tsguard.scoring.results import Lane, Total, UnitScore
from tsguard.services.session import Session

_TOP_GAPS = 10


def score_lines(session: Session) -> Iterator[str]:
    """What a person wants to see of the score, a line each."""
    sheet = session.sheet()
    yield _("{name}：已答{answered}/{asked}").format(
        name=session.enterprise.name, answered=sheet.answered, asked=sheet.asked
    )
    if session.assessment:
        programme = session.assessment.programme
        yield _("方案：{title} {version}").format(title=programme.title, version=programme.version)
    for word, total in ((_("自评分"), sheet.claimed), (_("有据分"), sheet.evidenced)):
        yield f"{word}：{_total_text(total)}"
    if sheet.claimed and sheet.claimed.band.capped_by:
        yield _("等级因否决项封顶：{items}").format(items="、".join(sheet.claimed.band.capped_by))
    for unit in sheet.units:
        yield "  " + _unit_line(unit)
    for sector in sheet.sectors:
        yield _("行业加权分，{line}").format(line=_unit_line(sector))
    if sheet.gaps:
        yield _("最值得先补的{count}条：").format(count=min(_TOP_GAPS, len(sheet.gaps)))
    for gap in sheet.gaps[:_TOP_GAPS]:
        marks = " ".join(filter(None, (critical_word(gap.critical), verdict_word(gap.verdict))))
        points = tenths_text(gap.to_win_tenths)
        worth = _("行业分+{points}") if gap.sector else _("+{points}分")
        yield f"  {gap.item} {marks} {worth.format(points=points)}  {session.item(gap.item).text}"


def score_facts(session: Session) -> dict[str, Any]:
    """The score as plain data: points are whole tenths, so that nothing is rounded twice."""
    sheet = session.sheet()
    assessment = session.assessment
    return {
        "enterprise": session.enterprise.name,
        "programme": assessment.programme.id if assessment else "",
        "official": bool(assessment and assessment.programme.official),
        "answered": sheet.answered,
        "asked": sheet.asked,
        "claimed": _total_facts(sheet.claimed),
        "evidenced": _total_facts(sheet.evidenced),
        "units": [_unit_facts(unit) for unit in sheet.units],
        "sectors": [_unit_facts(unit) for unit in sheet.sectors],
        "vetoes": [
            {"item": veto.item, "verdict": veto.verdict, "fails": veto.fails, "partly": veto.partly}
            for veto in sheet.vetoes
        ],
        "gaps": [
            {
                "item": gap.item,
                "critical": gap.critical.value,
                "verdict": gap.verdict,
                "to_win_tenths": gap.to_win_tenths,
                "sector": gap.sector,
            }
            for gap in sheet.gaps
        ],
        "coverage": [
            {
                "measure": coverage.measure.value,
                "items": coverage.items,
                "claimed_percent": coverage.claimed,
                "evidenced_percent": coverage.evidenced,
            }
            for coverage in sheet.coverage
        ],
    }


def _total_text(total: Total | None) -> str:
    if total is None:
        return _("没有适用的条款")
    return f"{tenths_text(total.tenths)}  {total.band.awarded.title}"


def _unit_line(unit: UnitScore) -> str:
    if not unit.applies:
        return _("{title}：不适用").format(title=unit.title)
    return _("{title}：自评{claimed} 有据{evidenced} / {points}").format(
        title=unit.title,
        claimed=tenths_text(unit.claimed),
        evidenced=tenths_text(unit.evidenced),
        points=unit.points,
    )


def _total_facts(total: Total | None) -> dict[str, Any] | None:
    if total is None:
        return None
    return {
        "tenths": total.tenths,
        "points": total.points,
        "band": total.band.awarded.id,
        "reached": total.band.reached.id,
        "capped_by": list(total.band.capped_by),
    }


def _unit_facts(unit: UnitScore) -> dict[str, Any]:
    return {
        "id": unit.id,
        "title": unit.title,
        "points": unit.points,
        "applies": unit.applies,
        "claimed_tenths": unit.tenths(Lane.CLAIMED),
        "evidenced_tenths": unit.tenths(Lane.EVIDENCED),
    }
