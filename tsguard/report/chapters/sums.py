"""Sums as a clerk adds them up on paper: every item of a unit with its factors, and the long quotient."""

from __future__ import annotations

from fractions import Fraction

from tsguard.domain.scales import Verdict
from tsguard.i18n import _
from tsguard.report.blocks import (
    Align,
    Cell,
    Column,
    DataTable,
    Paragraph,
    Role,
    Row,
    Run,
    Tone,
    line,
)
from tsguard.report.marked import said
from tsguard.report.story import Material, bold, cell, item_anchor, linked, verdict_text
from tsguard.scoring.arithmetic import mass_text, tenths_text
from tsguard.scoring.results import ItemScore, Lane, UnitScore

_PLACES = 4
"""Decimals of a quotient that are printed before it is rounded to one."""


def unit_table(unit: UnitScore, material: Material, *, anchored: bool = False) -> DataTable:
    """Every item with weight × factor × verdict in both lanes, the sums, the unit's points.

    Args:
        unit: Of the programme, or a sector module's.
        material: What the document is made from.
        anchored: Whether links to an item lead here, in a document that shows the item nowhere else.
    """
    masses = [unit.full, *(got_of(unit, lane) for lane in Lane)]
    masses += [mass for item in unit.items for mass in (item.full, *(item.got(lane) for lane in Lane))]
    places = max(1, *(len(mass_text(mass).partition(".")[2]) for mass in masses))
    rows = [_item_row(item, places, material, anchored=anchored) for item in unit.items]
    rows.append(
        Row(
            (
                bold(_("合计"), span=3),
                bold(_padded(unit.full, places), Role.NUMBER),
                cell(""),
                cell(""),
                bold(_padded(unit.claimed_got, places), Role.NUMBER),
                bold(_padded(unit.evidenced_got, places), Role.NUMBER),
            ),
            total=True,
        )
    )
    if unit.applies:
        rows += [_points_row(unit, lane) for lane in Lane]
    columns = (
        Column(said(_("编号")), 50),
        Column(said(_("权重")), 34, Align.RIGHT),
        Column(said(_("系数")), 38, Align.RIGHT),
        Column(said(_("权重×系数")), 56, Align.RIGHT),
        Column(said(_("　判定")), 95),
        Column(said(_("有据的依据")), 82),
        Column(said(_("自评")), 43, Align.RIGHT),
        Column(said(_("有据")), 43, Align.RIGHT),
    )
    return DataTable(columns, tuple(rows), dense=True)


def got_of(unit: UnitScore, lane: Lane) -> int:
    """A lane's numerator."""
    return unit.claimed_got if lane is Lane.CLAIMED else unit.evidenced_got


def quotient_text(value: Fraction) -> str:
    """A value of zero or more as a calculator shows it, cut after four decimals.

    It is cut, not rounded, so that rounding what stands there to one decimal is rounding the value itself;
    ``…`` says that it goes on.
    """
    scaled, rest = divmod(value.numerator * 10**_PLACES, value.denominator)
    whole, decimals = divmod(scaled, 10**_PLACES)
    text = f"{whole}.{decimals:0{_PLACES}d}"
    if rest:
        return f"{text}…"
    return text.rstrip("0").rstrip(".")


def _points_row(unit: UnitScore, lane: Lane) -> Row:
    """``39.5÷41×12＝11.5609…`` and what is written down of it."""
    got = got_of(unit, lane)
    quotient = _("　{got}÷{full}×{points}＝{quotient}").format(
        got=mass_text(got),
        full=mass_text(unit.full),
        points=unit.points,
        quotient=quotient_text(Fraction(unit.points * got, unit.full)),
    )
    claimed = lane is Lane.CLAIMED
    points = bold(tenths_text(unit.tenths(lane)), Role.NUMBER)
    blank = cell("")
    return Row(
        (
            bold(_("自评得分") if claimed else _("有据得分"), span=4),
            cell(quotient, span=2),
            points if claimed else blank,
            blank if claimed else points,
        )
    )


def _item_row(item: ItemScore, places: int, material: Material, *, anchored: bool) -> Row:
    number = cell(item.item) if anchored else cell(linked((item.item,), "item"))
    anchor = item_anchor(item.item) if anchored else ""
    verdict = line(said("　")) + verdict_text(item.verdict)
    if not item.applies:
        blank = cell("—", Role.NUMBER)
        return Row(
            (
                number,
                blank,
                blank,
                blank,
                cell(verdict),
                cell(_("不计")),
                blank,
                blank,
            ),
            anchor,
        )
    if item.verdict is Verdict.NOT_APPLICABLE:
        verdict += line(said(_("（按0计）")))
    return Row(
        (
            number,
            cell(str(item.weight), Role.NUMBER),
            cell(factor_text(item.multiplier), Role.NUMBER),
            cell(_padded(item.full, places), Role.NUMBER),
            cell(verdict),
            _support(item, material),
            cell(_padded(item.got(Lane.CLAIMED), places), Role.NUMBER),
            cell(_padded(item.got(Lane.EVIDENCED), places), Role.NUMBER),
        ),
        anchor,
    )


def _support(item: ItemScore, material: Material) -> Cell:
    """What the evidenced lane stands on; nothing where there is nothing to prove."""
    if not item.claimed:
        return cell("—")
    lines = []
    pieces = material.evidence.get(item.item, ())
    sound = tuple(piece.id for piece in pieces if not piece.expired(material.on) and not piece.content_lost)
    if sound:
        more = _("等{count}件").format(count=len(sound)) if len(sound) > 1 else ""
        lines.append(Paragraph((*linked(sound[:1], "evidence"), Run(said(more))), Role.CELL))
    elif pieces:
        lines.append(Paragraph(line(Run(said(_("佐证已失效")), tone=Tone.GREY)), Role.CELL))
    check = material.checks.get(item.item)
    if check:
        text = _("台账{met}/{of}").format(met=check.met, of=check.of)
        lines.append(Paragraph(line(said(text)), Role.CELL))
    return Cell(tuple(lines)) if lines else cell(line(Run(said(_("无")), tone=Tone.GREY)))


def factor_text(multiplier: int) -> str:
    """A factor in hundredths with the decimals it needs, one at least: 150 is ``1.5``."""
    whole, rest = divmod(multiplier, 100)
    text = f"{whole}.{rest:02d}"
    return text[:-1] if text.endswith("0") else text


def _padded(mass: int, places: int) -> str:
    """A weighted credit with as many decimals as its column needs."""
    whole, _point, rest = mass_text(mass).partition(".")
    return f"{whole}.{rest:0<{places}}"
