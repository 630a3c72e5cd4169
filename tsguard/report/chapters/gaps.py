"""四、否决项与差距: what caps the band, and what would win the most."""

from __future__ import annotations

from collections.abc import Sequence

from tsguard.domain.checklist import Item
from tsguard.i18n import _
from tsguard.report.blocks import (
    Align,
    Cell,
    Column,
    DataTable,
    Paragraph,
    Role,
    Row,
    line,
)
from tsguard.report.chapters.item_number import number_cell
from tsguard.report.marked import said
from tsguard.report.story import Material, Story, cell, linked, verdict_text
from tsguard.scoring.arithmetic import tenths_text
from tsguard.scoring.results import Gap, Veto


def write_gaps(material: Material, story: Story) -> None:
    """Vetoes, gaps of the general score, gaps of the sector modules."""
    items = material.items
    story.chapter(_("否决项与差距"))
    story.section(_("否决项状态"))
    write_vetoes(material, story)
    general = [gap for gap in material.sheet.gaps if not gap.sector]
    sector = [gap for gap in material.sheet.gaps if gap.sector]
    story.section(_("差距"))
    if not general:
        story.say(_("通用模块没有差距：适用的条款均为“符合”。"), Role.LEAD)
    else:
        story.say(
            _(
                "共{count}条。先列否决项，其余按可得分从高到低排列；"
                "可得分是只把该条改为“符合”时总分的增加，按四舍五入前的数计算。"
            ).format(count=len(general)),
            Role.LEAD,
        )
        story.add(_gap_table(general, items, material))
    if sector:
        story.section(_("行业模块的差距"))
        story.say(_("可得分按行业得分的100分计，不并入总分。"), Role.LEAD)
        story.add(_gap_table(sector, items, material))


def write_vetoes(material: Material, story: Story) -> None:
    """Every veto that applies, with what it does to the band."""
    items = material.items
    vetoes = material.sheet.vetoes
    programme = material.snapshot.assessment.programme
    if not vetoes:
        story.say(_("没有适用的否决项。"), Role.LEAD)
        return
    partly = sum(veto.partly for veto in vetoes)
    fails = sum(veto.fails for veto in vetoes)
    story.say(
        _(
            "否决项共{all}项：“符合”{met}项，“部分符合”{partly}项，"
            "未达到（不符合、不清楚、未答）{fails}项。"
            "任一否决项未达到，等级最高为“{low}”；部分符合的，最高为“{high}”。"
        ).format(
            all=len(vetoes),
            met=len(vetoes) - partly - fails,
            partly=partly,
            fails=fails,
            low=programme.band(programme.not_met_cap).title,
            high=programme.band(programme.partly_cap).title,
        ),
        Role.LEAD,
    )
    columns = (
        Column(said(_("编号")), 50),
        Column(said(_("否决项")), 255),
        Column(said(_("判定")), 70),
        Column(said(_("影响")), 66),
    )
    rows = tuple(
        Row(
            (
                cell(linked((veto.item,), "item")),
                cell(items[veto.item].text),
                cell(verdict_text(veto.verdict)),
                cell(_effect(veto), Role.CELL),
            )
        )
        for veto in vetoes
    )
    story.add(DataTable(columns, rows))


def _effect(veto: Veto) -> str:
    if veto.fails:
        return _("等级受限")
    return _("不得评最高") if veto.partly else _("无")


def _gap_table(gaps: Sequence[Gap], items: dict[str, Item], material: Material) -> DataTable:
    title = _("条款与做法") if material.internal else _("条款")
    columns = (
        Column(said(_("编号")), 50),
        Column(said(title), 255),
        Column(said(_("判定")), 76),
        Column(said(_("可得分")), 60, Align.RIGHT),
    )
    rows = tuple(
        Row(
            (
                number_cell(linked((gap.item,), "item"), gap.critical),
                Cell(
                    (Paragraph(line(said(items[gap.item].text)), Role.CELL), *_how(items[gap.item], material))
                ),
                cell(verdict_text(gap.verdict)),
                cell(tenths_text(gap.to_win_tenths), Role.NUMBER),
            )
        )
        for gap in gaps
    )
    return DataTable(columns, rows)


def _how(item: Item, material: Material) -> list[Paragraph]:
    """Steps, for the company itself."""
    if not material.internal:
        return []
    return [
        Paragraph(line(said(f"{number}. {step}")), Role.DETAIL) for number, step in enumerate(item.how, 1)
    ]
