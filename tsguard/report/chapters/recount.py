"""The chapters of 复核说明 as a document: all sums of the score, for a clerk with a pocket calculator."""

from __future__ import annotations

from fractions import Fraction

from tsguard.i18n import _
from tsguard.report.blocks import (
    Align,
    Column,
    DataTable,
    Paragraph,
    Role,
    Row,
    Run,
    line,
)
from tsguard.report.chapters.method import verdict_counts, write_rule
from tsguard.report.chapters.sums import quotient_text, unit_table
from tsguard.report.marked import said
from tsguard.report.story import Material, Story, bold, cell, linked
from tsguard.scoring.arithmetic import mass_text, tenths_text
from tsguard.scoring.results import Lane, UnitScore

_LANES = (Lane.CLAIMED, Lane.EVIDENCED)


def write_rules_of_sums(material: Material, story: Story) -> None:
    """The rule in words, and how many items have each verdict."""
    story.chapter(_("算分规则"))
    story.section(_("规则"))
    write_rule(story)
    story.section(_("回答情况"))
    story.add(verdict_counts(material))


def write_calculator(material: Material, story: Story) -> None:
    """怎样用计算器复核: step by step in plain words, with figures of this very assessment."""
    story.chapter(_("怎样用计算器复核"))
    story.say(
        _("一个普通计算器就够用，不需要软件。自评分和有据分用同一种算法，先算完一种，再算另一种。"),
        Role.LEAD,
    )
    for number, step in enumerate(_steps(), 1):
        story.say(_("{number}．{step}").format(number=number, step=step), Role.LEAD)
    example = next((unit for unit in material.sheet.units if unit.applies), None)
    if example:
        _explain(_("照着按一遍"), _keys(example), story)
    _explain(
        _("对不上的时候"),
        _(
            "先看是否漏了系数（没有写明的按1）、是否把“不适用”的条款算进去了、是否把行业得分并进了总分；"
            "再看小数：每个单元先取一位小数再相加，中间不另取舍。"
            "仍对不上的，请记下单元和条款编号，与企业联络员核对；"
            "也可以打开本程序的“核验文件”页，由程序用附件数据重算。"
        ),
        story,
    )


def _explain(label: str, text: str, story: Story) -> None:
    head = Run(said(_("{label}：").format(label=label)), bold=True)
    story.add(Paragraph(line(head, said(text)), Role.ANSWER))


def _steps() -> tuple[str, ...]:
    return (
        _("翻到要复核的单元。每行先用“权重”乘“系数”，得到“权重×系数”。"),
        _("看“判定”：符合乘1，部分符合乘0.5，其余乘0，得到“自评”一栏。标“—”的行不计，跳过。"),
        _(
            "算有据分时，多看一栏“有据的依据”：没有依据的记0；"
            "有台账的，以台账支持的判定为限，见“台账核验与不计条款”。"
        ),
        _("把“权重×系数”一栏加起来，再把“自评”一栏加起来。"),
        _("用“自评”合计除以“权重×系数”合计，乘该单元分值。看第二位小数，满5进1，只留一位小数。"),
        _("把各单元得分相加，就是总分。有单元不计的，再乘100，除以计分单元分值之和，同样留一位小数。"),
        _("用总分对照等级线；再看否决项，有上限的取较低的等级。"),
    )


def _keys(unit: UnitScore) -> str:
    return _(
        "“{title}”分值{points}，“自评”合计{got}，“权重×系数”合计{full}。"
        "按{got} ÷ {full} × {points} ＝，显示{shown}，记{tenths}分。"
    ).format(
        title=unit.title,
        points=unit.points,
        got=mass_text(unit.claimed_got),
        full=mass_text(unit.full),
        shown=quotient_text(Fraction(unit.points * unit.claimed_got, unit.full)),
        tenths=tenths_text(unit.claimed),
    )


# --- units ------------------------------------------------------------------------------------------


def write_unit_sums(material: Material, story: Story) -> None:
    """Every unit's table with its sums, and how they are rounded; sector modules and add-ons after them."""
    story.chapter(_("各单元算式"))
    story.say(
        _(
            "“自评”和“有据”两栏是权重×系数×判定取值。单元的分值和所含条款由申报方案规定；"
            "行业模块列在最后，各以100分计，不并入总分。"
        ),
        Role.LEAD,
    )
    for unit in material.sheet.units:
        story.section(_("{title}，{points}分").format(title=unit.title, points=unit.points))
        _write_unit(unit, material, story)
    for unit in material.sheet.sectors:
        story.section(_("{title}，另计{points}分").format(title=unit.title, points=unit.points))
        _write_unit(unit, material, story)


def _write_unit(unit: UnitScore, material: Material, story: Story) -> None:
    if not unit.items:
        story.say(_("本单元没有条款，不计分。"), Role.LEAD)
        return
    story.add(unit_table(unit, material, anchored=True))
    if not unit.applies:
        story.say(_("本单元没有适用的条款，不计分，分值不进入总分。"), Role.NOTE)


# --- total ------------------------------------------------------------------------------------------


def write_total_sums(material: Material, story: Story) -> None:
    """The units' sum, what is folded to 100, the band line by line."""
    sheet = material.sheet
    story.chapter(_("总分与等级"))
    story.section(_("各单元相加"))
    if not sheet.claimed or not sheet.evidenced:
        story.say(_("没有可计分的条款，不计总分，不评等级。"), Role.LEAD)
        return
    story.add(_sum_table(material))
    points = sheet.claimed.points
    if points == 100:
        story.say(_("计分单元分值之和为100，各单元得分之和就是总分，不另折算。"), Role.ANSWER)
    else:
        for word, total in ((_("自评"), sheet.claimed), (_("有据"), sheet.evidenced)):
            story.say(
                _("{word}：计分单元分值之和为{points}，{sum}×100÷{points}＝{quotient}，记{tenths}。").format(
                    word=word,
                    points=points,
                    sum=tenths_text(total.sum_tenths),
                    quotient=quotient_text(Fraction(10 * total.sum_tenths, points)),
                    tenths=tenths_text(total.tenths),
                ),
                Role.ANSWER,
            )
    story.section(_("等级"))
    _write_bands(material, story)


def _sum_table(material: Material) -> DataTable:
    rows = []
    for unit in material.sheet.units:
        left_out = cell(_("不计"), Role.NUMBER)
        figures = (
            (
                cell(str(unit.points), Role.NUMBER),
                *(cell(tenths_text(unit.tenths(x)), Role.NUMBER) for x in _LANES),
            )
            if unit.applies
            else (left_out, left_out, left_out)
        )
        rows.append(Row((cell(unit.title), *figures)))
    totals = [material.sheet.total(lane) for lane in _LANES]
    points = totals[0].points if totals[0] else 0
    sums = [bold(tenths_text(total.sum_tenths), Role.NUMBER) for total in totals if total]
    rows.append(Row((bold(_("合计")), bold(str(points), Role.NUMBER), *sums), total=True))
    columns = (
        Column(said(_("评价单元")), 231),
        Column(said(_("分值")), 70, Align.RIGHT),
        Column(said(_("自评")), 70, Align.RIGHT),
        Column(said(_("有据")), 70, Align.RIGHT),
    )
    return DataTable(columns, tuple(rows), dense=True)


def _write_bands(material: Material, story: Story) -> None:
    programme = material.snapshot.assessment.programme
    columns = (
        Column(said(_("等级")), 131),
        Column(said(_("总分不低于")), 90, Align.RIGHT),
        Column(said(_("　　说明")), 220),
    )
    caps: dict[str, str] = {programme.not_met_cap: _("　　否决项未达到时的上限")}
    if programme.partly_cap in caps:
        caps[programme.partly_cap] = _("　　否决项未达到或部分符合时的上限")
    else:
        caps[programme.partly_cap] = _("　　否决项部分符合时的上限")
    story.add(
        DataTable(
            columns,
            tuple(
                Row(
                    (
                        cell(band.title),
                        cell(str(band.at_least), Role.NUMBER),
                        cell(caps.get(band.id, "")),
                    )
                )
                for band in programme.bands
            ),
            dense=True,
        )
    )
    for word, lane in ((_("自评"), Lane.CLAIMED), (_("有据"), Lane.EVIDENCED)):
        total = material.sheet.total(lane)
        if total:
            story.say(
                _band_steps(word, total.tenths, total.band.reached.title, total.band.awarded.title),
                Role.ANSWER,
            )
            if total.band.capped_by:
                before = said(_("限制{word}等级的否决项：").format(word=word))
                capping = linked(total.band.capped_by, "item")
                story.add(Paragraph((Run(before), *capping, Run(said(_("。")))), Role.ANSWER))


def _band_steps(word: str, tenths: int, reached: str, awarded: str) -> str:
    if reached == awarded:
        return _("{word}总分{tenths}，等级为“{awarded}”，没有受否决项限制。").format(
            word=word, tenths=tenths_text(tenths), awarded=awarded
        )
    return _("{word}总分{tenths}，按分数可评“{reached}”；受否决项限制，等级为“{awarded}”。").format(
        word=word, tenths=tenths_text(tenths), reached=reached, awarded=awarded
    )
