"""二、评分结果: the lanes side by side, the band and what caps it, the units, the classes of measures."""

from __future__ import annotations

from tsguard.domain.programme import Band, Programme
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Align,
    Axis,
    Column,
    DataTable,
    Figure,
    Figures,
    Paragraph,
    Radar,
    Role,
    Row,
    Run,
)
from tsguard.report.marked import said
from tsguard.report.story import Material, Story, bar, bold, cell, linked
from tsguard.scoring.arithmetic import divide_half_up, tenths_text
from tsguard.scoring.results import Lane, Total, UnitScore

_FEWEST_AXES = 3


def write_results(material: Material, story: Story) -> None:
    """All figures that fit on a page, then the classes of measures."""
    story.chapter(_("评分结果"))
    write_figures(material, story)
    write_band(material, story)
    write_units(material, story)
    _write_radar(material, story)
    _write_coverage(material, story)


def write_figures(material: Material, story: Story) -> None:
    """The lanes side by side."""
    sheet = material.sheet
    story.add(
        Figures(
            (
                Figure(said(_("自评分")), said(_total(sheet.claimed)), said(_("企业按清单逐条回答"))),
                Figure(said(_("有据分")), said(_total(sheet.evidenced)), said(_("有佐证或台账支持的部分"))),
            )
        )
    )


def _total(total: Total | None) -> str:
    return tenths_text(total.tenths) if total else "—"


def write_band(material: Material, story: Story) -> None:
    """The band, what caps it, and what the figures leave out."""
    sheet, programme = material.sheet, material.snapshot.assessment.programme
    runs: list[Run] = []
    if sheet.claimed:
        runs += [Run(said(_("等级："))), Run(said(sheet.claimed.band.awarded.title), bold=True)]
        runs.append(Run(said(_span(sheet.claimed.band.awarded, programme))))
        runs += _cap(sheet.claimed)
    else:
        runs.append(Run(said(_("没有可计分的条款，不评等级。"))))
    if sheet.evidenced and sheet.claimed and sheet.evidenced.band.awarded != sheet.claimed.band.awarded:
        title = sheet.evidenced.band.awarded.title
        runs.append(Run(said(_("按有据分为“{band}”。").format(band=title))))
    if sheet.answered < sheet.asked:
        left = sheet.asked - sheet.answered
        runs.append(Run(said(_("还有{count}条未答，按不符合计分。").format(count=left))))
    if sheet.sectors:
        runs.append(Run(said(_("行业得分另计，不并入总分。"))))
    story.add(Paragraph(tuple(runs), Role.LEAD))


def _span(band: Band, programme: Programme) -> str:
    """``（80–89分）。``: from a band's points to those below the next."""
    above = [each.at_least for each in programme.bands if each.at_least > band.at_least]
    if not above:
        return _("（{points}分及以上）。").format(points=band.at_least)
    if not band.at_least:
        return _("（不满{points}分）。").format(points=min(above))
    return _("（{low}分及以上，不满{high}分）。").format(low=band.at_least, high=min(above))


def _cap(total: Total) -> list[Run]:
    if not total.band.capped_by:
        return []
    before = _("按分数可评“{band}”，因否决项 ").format(band=total.band.reached.title)
    return [
        Run(said(before)),
        *linked(total.band.capped_by, "item"),
        Run(said(_(" 未达到“符合”而受限。"))),
    ]


def write_units(material: Material, story: Story) -> None:
    """A row for each unit, the total, the sectors apart."""
    sheet = material.sheet
    rows = [_unit_row(unit) for unit in sheet.units]
    claimed, evidenced = sheet.claimed, sheet.evidenced
    if claimed and evidenced:
        if claimed.points != 100:
            rows.append(
                Row(
                    (
                        cell(_("计分单元之和")),
                        cell(str(claimed.points), Role.NUMBER),
                        cell(tenths_text(claimed.sum_tenths), Role.NUMBER),
                        cell(tenths_text(evidenced.sum_tenths), Role.NUMBER),
                        cell(_("　　折算为100分后为合计"), Role.SMALL),
                    ),
                    total=True,
                )
            )
        rows.append(
            Row(
                (
                    bold(_("合计")),
                    bold("100", Role.NUMBER),
                    bold(tenths_text(claimed.tenths), Role.NUMBER),
                    bold(tenths_text(evidenced.tenths), Role.NUMBER),
                    bar(divide_half_up(claimed.tenths, 10), divide_half_up(evidenced.tenths, 10)),
                ),
                total=True,
            )
        )
    rows += [_unit_row(unit, apart=True) for unit in sheet.sectors]
    columns = (
        Column(said(_("评价单元")), 168),
        Column(said(_("分值")), 42, Align.RIGHT),
        Column(said(_("自评")), 46, Align.RIGHT),
        Column(said(_("有据")), 46, Align.RIGHT),
        Column(said(_("　　得分率")), 139),
    )
    story.add(DataTable(columns, tuple(rows), dense=True))
    story.say(_("得分率一栏：灰条为自评，竖线为有据。"), Role.NOTE)
    disclaimer = material.snapshot.assessment.programme.disclaimer
    if disclaimer:
        story.say(disclaimer, Role.NOTE)


def _unit_row(unit: UnitScore, *, apart: bool = False) -> Row:
    if not unit.applies:
        return Row(
            (
                cell(unit.title),
                cell("—", Role.NUMBER),
                cell("—", Role.NUMBER),
                cell("—", Role.NUMBER),
                cell(_("　　没有适用条款，不计分"), Role.SMALL),
            ),
            total=apart,
        )
    return Row(
        (
            cell(_("{title}（另计）").format(title=unit.title) if apart else unit.title),
            cell(str(unit.points), Role.NUMBER),
            cell(tenths_text(unit.claimed), Role.NUMBER),
            cell(tenths_text(unit.evidenced), Role.NUMBER),
            bar(unit.percent(Lane.CLAIMED), unit.percent(Lane.EVIDENCED)),
        ),
        total=apart,
    )


def _write_radar(material: Material, story: Story) -> None:
    units = [unit for unit in material.sheet.units if unit.applies]
    if len(units) < _FEWEST_AXES:
        return
    sections = {section.id: section for section in material.snapshot.assessment.checklist.sections}
    programme = {unit.id: unit for unit in material.snapshot.assessment.programme.units}
    axes = []
    for unit in units:
        of_unit = programme[unit.id].sections
        own = sections[of_unit[0]].short if len(of_unit) == 1 and of_unit[0] in sections else unit.title
        short = programme[unit.id].short or own
        axes.append(Axis(said(short), (unit.percent(Lane.CLAIMED), unit.percent(Lane.EVIDENCED))))
    story.add(
        Radar(
            tuple(axes),
            (said(_("自评得分率")), said(_("有据得分率"))),
            said(_("图1　各评价单元得分率（单位：%）")),
        )
    )


def _write_coverage(material: Material, story: Story) -> None:
    story.section(_("七类保密措施的覆盖"), numbered=False)
    story.say(
        _(
            "法释〔2020〕7号第六条列出六类保密措施和一类兜底措施。下表按条款所属类别分别计算覆盖率，"
            "供判断措施是否齐全，不另计分。"
        ),
        Role.LEAD,
    )
    rows = tuple(
        Row(
            (
                cell(f"({each.measure.value})"),
                cell(words.measure(each.measure)),
                cell(str(each.items), Role.NUMBER),
                cell(f"{each.claimed}%" if each.items else "—", Role.NUMBER),
                cell(f"{each.evidenced}%" if each.items else "—", Role.NUMBER),
                bar(each.claimed, each.evidenced) if each.items else cell(_("　　没有适用条款"), Role.SMALL),
            )
        )
        for each in material.sheet.coverage
    )
    columns = (
        Column(said(_("项")), 26),
        Column(said(_("措施类别")), 184),
        Column(said(_("条款")), 36, Align.RIGHT),
        Column(said(_("自评")), 42, Align.RIGHT),
        Column(said(_("有据")), 42, Align.RIGHT),
        Column(said(_("　　覆盖率")), 111),
    )
    story.add(DataTable(columns, rows, dense=True))
