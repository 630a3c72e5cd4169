"""What bends a sum: register checks, items that leave it, factors, classes of measures."""

from __future__ import annotations

from tsguard.domain.checklist import Measure
from tsguard.domain.scales import Verdict
from tsguard.i18n import _
from tsguard.report import words
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
from tsguard.report.chapters.versions import write_versions
from tsguard.report.marked import marked, said
from tsguard.report.story import Material, Story, cell, linked, verdict_text
from tsguard.scoring.arithmetic import mass_text
from tsguard.scoring.results import ItemScore, Lane


def write_grounds(material: Material, story: Story) -> None:
    """What the registers support, and which items are left out and why."""
    story.chapter(_("台账核验与不计条款"))
    story.section(_("台账核验"))
    _write_checks(material, story)
    story.section(_("不适用的条款"))
    _write_left_out(material, story)


def _write_checks(material: Material, story: Story) -> None:
    checked = [item for item in _items(material) if item.item in material.checks and item.applies]
    if not checked:
        story.say(_("没有由台账核验的条款。"), Role.LEAD)
        return
    story.say(
        _("有据分以台账支持的判定为限；回答高于台账支持的，自评分仍按回答计算，差异列在下表。"), Role.LEAD
    )
    columns = (
        Column(said(_("编号")), 60),
        Column(said(_("回答")), 90),
        Column(said(_("台账合格")), 70, Align.RIGHT),
        Column(said(_("　　最多支持")), 111),
        Column(said(_("一致")), 110),
    )
    rows = []
    for item in checked:
        check = material.checks[item.item]
        told = _("回答高于台账") if item.contradicted else _("一致或更低")
        rows.append(
            Row(
                (
                    cell(linked((item.item,), "item")),
                    cell(verdict_text(item.verdict)),
                    cell(_("{met}/{of}").format(met=check.met, of=check.of), Role.NUMBER),
                    cell(line(said("　　")) + verdict_text(check.at_most)),
                    cell(told),
                )
            )
        )
    story.add(DataTable(columns, tuple(rows), dense=True))


def _write_left_out(material: Material, story: Story) -> None:
    answered = [item for item in _items(material) if item.verdict is Verdict.NOT_APPLICABLE]
    if not answered:
        story.say(_("没有回答“不适用”的条款。"), Role.LEAD)
        return
    columns = (
        Column(said(_("编号")), 60),
        Column(said(_("理由")), 231),
        Column(said(_("复问日期")), 70),
        Column(said(_("计分")), 80),
    )
    rows = []
    for item in answered:
        answer = material.answer(item.item)
        if answer is None:
            continue
        rows.append(
            Row(
                (
                    cell(linked((item.item,), "item")),
                    cell(marked(answer, "reason", lambda reason: reason.strip() or _("未写"))),
                    cell(marked(answer, "ask_again", lambda day: day.isoformat() if day else _("未定"))),
                    cell(_("按0计") if item.applies else _("不计")),
                )
            )
        )
    story.add(DataTable(columns, tuple(rows)))


def _items(material: Material) -> list[ItemScore]:
    return [item for unit in (*material.sheet.units, *material.sheet.sectors) for item in unit.items]


def write_coverage_sums(material: Material, story: Story) -> None:
    """The sums behind the share of each class of measures, with the items that are in it."""
    story.chapter(_("措施覆盖率算式"))
    story.say(
        _("每类措施把所属条款的“权重×系数×判定取值”相加，除以“权重×系数”之和，取整到百分之一，不另计分。"),
        Role.LEAD,
    )
    known = material.items
    by_measure: dict[Measure, list[ItemScore]] = {}
    for item in _items(material):
        if item.applies:
            by_measure.setdefault(known[item.item].measure, []).append(item)
    columns = (
        Column(said(_("项")), 26),
        Column(said(_("措施类别与条款")), 223),
        Column(said(_("权重×系数")), 58, Align.RIGHT),
        Column(said(_("自评")), 67, Align.RIGHT),
        Column(said(_("有据")), 67, Align.RIGHT),
    )
    rows = []
    for each in material.sheet.coverage:
        items = by_measure.get(each.measure, [])
        ids = [Paragraph(linked(tuple(item.item for item in items), "item"), Role.DETAIL)] if items else []
        full = sum(item.full for item in items)
        rows.append(
            Row(
                (
                    cell(f"({each.measure.value})"),
                    Cell((Paragraph(line(said(words.measure(each.measure))), Role.CELL), *ids)),
                    cell(mass_text(full) if items else "—", Role.NUMBER),
                    *(
                        _share(sum(item.got(lane) for item in items), percent, there=bool(items))
                        for lane, percent in ((Lane.CLAIMED, each.claimed), (Lane.EVIDENCED, each.evidenced))
                    ),
                )
            )
        )
    story.add(DataTable(columns, tuple(rows)))


def _share(got: int, percent: int, *, there: bool) -> Cell:
    if not there:
        return cell("—", Role.NUMBER)
    return Cell(
        (
            Paragraph(line(said(mass_text(got))), Role.NUMBER),
            Paragraph(line(said(f"{percent}%")), Role.NUMBER),
        )
    )


def write_files(material: Material, story: Story) -> None:
    """Versions and digests of everything the score was made from."""
    story.chapter(_("版本与摘要"))
    write_versions(material, story)
