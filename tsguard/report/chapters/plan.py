"""秘点保护操作方案: how this company protects its secret points, by tier, by leak path, by section.

What stands in it is the modules' advice arranged by the company's own answers; it says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tsguard.domain.checklist import Item, Section
from tsguard.domain.scales import Critical, Verdict
from tsguard.i18n import _
from tsguard.report.blocks import Align, Column, DataTable, Role, Row
from tsguard.report.chapters.front import sectors
from tsguard.report.marked import said
from tsguard.report.story import Material, Story, bold, cell, linked, verdict_text


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a section's measures have come.

    Attributes:
        section: With its items.
        done: Answered 符合.
        partly: Answered 部分符合.
        open: The rest of what applies: not met, not known, not answered.
        excused: What does not apply, with its reason.
    """

    section: Section
    done: tuple[Item, ...]
    partly: tuple[Item, ...]
    open: tuple[Item, ...]
    excused: tuple[Item, ...]

    @property
    def to_do(self) -> tuple[Item, ...]:
        """What is partly done or open, in reading order."""
        waiting = {item.id for item in (*self.partly, *self.open)}
        return tuple(item for item in self.section.items if item.id in waiting)


def progress_of(section: Section, material: Material) -> Progress:
    """A section's items by what was answered."""
    done, partly, still_open, excused = [], [], [], []
    for item in section.items:
        answer = material.answer(item.id)
        if answer is not None and answer.excused:
            excused.append(item)
        elif answer is not None and answer.verdict is Verdict.MET:
            done.append(item)
        elif answer is not None and answer.verdict is Verdict.PARTLY:
            partly.append(item)
        else:
            still_open.append(item)
    return Progress(section, tuple(done), tuple(partly), tuple(still_open), tuple(excused))


def write_overview(material: Material, story: Story) -> None:
    """How to work with the plan, and how far each section has come."""
    story.chapter(_("方案概览"))
    story.section(_("怎样使用"))
    for text in _guide(material):
        story.say(text, Role.LEAD)
    story.section(_("各环节的进度"))
    found = [
        progress_of(section, material)
        for section in material.snapshot.assessment.checklist.sections
        if section.items
    ]
    if not found:
        story.say(_("清单里还没有条款。请先选定行业模块并开始自评。"), Role.LEAD)
        return
    story.add(_progress_table(found))
    _write_first(found, material, story)


def _write_first(found: Sequence[Progress], material: Material, story: Story) -> None:
    """The veto items that are still to do: where to begin in a plan that may be long."""
    story.section(_("先做哪几条"))
    vetoes = [item for each in found for item in each.to_do if item.critical is Critical.VETO]
    if not vetoes:
        story.say(_("否决项都已落实，或者不适用。其余条款可按第五章的次序做。"), Role.LEAD)
        return
    story.say(
        _("下列{count}条是否决项，还没有落实，会限制等级，建议最先做；步骤见第五章。").format(
            count=len(vetoes)
        ),
        Role.LEAD,
    )
    columns = (
        Column(said(_("条款")), 50),
        Column(said(_("要求")), 325),
        Column(said(_("现状")), 66),
    )
    rows = tuple(
        Row(
            (
                cell(linked((item.id,), "item")),
                cell(item.text),
                cell(verdict_text(material.verdict(item.id))),
            )
        )
        for item in vetoes
    )
    story.add(DataTable(columns, rows))


def _guide(material: Material) -> tuple[str, ...]:
    chosen = sectors(material)
    basis = (
        _("本方案按通用模块和“{sectors}”模块编排，并按企业自评的答案分出已落实和待做的措施。").format(
            sectors=chosen
        )
        if chosen
        else _("本方案按通用模块编排；还没有选行业模块，因此没有行业的秘点类型和失泄密途径。")
    )
    return (
        basis + _("措施是本项目的建议，非官方要求，不代替法律意见。"),
        _(
            "管秘点的人看第二章：每个等级要做到哪几样。各部门负责人看第四章：自己这一环容易从哪里漏出去。"
            "经办人看第五章：一条一条照步骤做，做完出示什么。"
        ),
        _("责任和期限取自已登记的整改任务；没有登记的留空，可在纸面上填写，再登记为整改任务。"),
    )


def _progress_table(found: Sequence[Progress]) -> DataTable:
    columns = (
        Column(said(_("环节")), 104),
        Column(said(_("代号")), 34),
        Column(said(_("措施")), 38, Align.RIGHT),
        Column(said(_("已落实")), 46, Align.RIGHT),
        Column(said(_("部分")), 40, Align.RIGHT),
        Column(said(_("待做")), 40, Align.RIGHT),
        Column(said(_("不适用")), 46, Align.RIGHT),
        Column(said(_("　　牵头部门")), 93),
    )

    def row(name: str, code: str, counts: Sequence[int], *, total: bool = False) -> Row:
        make = bold if total else cell
        figures = (make(str(count), Role.NUMBER) for count in counts)
        return Row((make(name), cell(code), *figures, cell("")), total=total)

    counted = [
        (len(each.section.items), len(each.done), len(each.partly), len(each.open), len(each.excused))
        for each in found
    ]
    rows = [
        row(each.section.title, each.section.id, counts) for each, counts in zip(found, counted, strict=True)
    ]
    rows.append(row(_("合计"), "", [sum(column) for column in zip(*counted, strict=True)], total=True))
    return DataTable(columns, tuple(rows), dense=True)
