"""复核说明 in short, at the end of a report: the rule, one worked sum, counts, versions."""

from __future__ import annotations

from collections.abc import Sequence

from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Verdict
from tsguard.i18n import _
from tsguard.report.blocks import (
    Align,
    Column,
    DataTable,
    Role,
    Row,
)
from tsguard.report.chapters.sums import unit_table
from tsguard.report.chapters.versions import write_versions
from tsguard.report.marked import said
from tsguard.report.story import Material, Story, cell
from tsguard.scoring.results import UnitScore

_FEWEST = 3
"""Items of a worked sum that shows something."""


def write_method(material: Material, story: Story) -> None:
    """The rule, a worked sum of this very report, counts, versions."""
    story.chapter(_("复核说明"))
    story.section(_("分数怎样加出来"))
    write_rule(story)
    example = example_of(material.sheet.units)
    if example:
        story.section(_("算例：{title}，{points}分").format(title=example.title, points=example.points))
        story.add(unit_table(example, material))
        story.say(_("各单元的完整算式见单独出具的复核说明。"), Role.NOTE)
    story.section(_("回答情况"))
    story.add(verdict_counts(material))
    story.section(_("版本"))
    write_versions(material, story)


def example_of(units: Sequence[UnitScore]) -> UnitScore | None:
    """The shortest unit with something to add up, so that its sum stands on one page; None without any."""
    counted = [unit for unit in units if unit.applies]
    worth = [unit for unit in counted if len(unit.items) >= _FEWEST] or counted
    return min(worth, key=lambda unit: len(unit.items), default=None)


def write_rule(story: Story) -> None:
    """How a score is made, in four paragraphs."""
    for paragraph in (
        _(
            "单元得分＝Σ（权重×行业系数×判定）÷Σ（权重×行业系数）×该单元分值。"
            "判定取值：符合为1，部分符合为0.5，不符合、不清楚和未答均为0；"
            "不适用且写明理由和复问日期的条款不进入分子和分母；缺理由或日期的，以及规定必须适用的，按不符合计。"
            "系数由行业模块给出，没有的按1计；几个模块都给了的，取最大的一个，不连乘。"
        ),
        _(
            "每个单元得分保留一位小数，第二位小数四舍五入。总分为各单元得分（已取一位小数）之和；"
            "有单元没有适用条款的，该单元不计，其余单元之和按100分折算，再四舍五入到一位小数。"
            "行业得分按同样规则以100分计算，不并入总分。"
        ),
        _(
            "自评分按企业的回答计算。有据分只计有佐证或有台账支持的条款，过了有效期的佐证不计；台账显示的情况低于回答的，"
            "以台账支持的判定为限。两者并列，不互相替代。"
        ),
        _(
            "等级按印出的总分对照方案的等级线。任一否决项未达到“符合”的，等级受否决项上限约束，系数不改变否决性质。"
            "差距的可得分是只把该条改为“符合”时总分（行业条款为行业得分）的增加，按四舍五入前的数计算。"
            "七类措施的覆盖率是该类条款 Σ（权重×系数×判定）÷Σ（权重×系数），取整到百分之一。"
        ),
    ):
        story.say(paragraph)


def verdict_counts(material: Material) -> DataTable:
    """How many items have each verdict."""
    verdicts = [material.verdict(item.id) for item in material.snapshot.assessment.checklist.items()]
    order: tuple[Verdict | None, ...] = (*Verdict, None)
    columns = (
        *(Column(said(verdict_word(value)), 63, Align.RIGHT) for value in order),
        Column(said(_("合计")), 63, Align.RIGHT),
    )
    cells = tuple(cell(str(verdicts.count(value)), Role.NUMBER) for value in order)
    return DataTable(columns, (Row((*cells, cell(str(len(verdicts)), Role.NUMBER))),), dense=True)
