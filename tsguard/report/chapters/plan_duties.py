"""分工与签批: who does what until when, as far as the rectification tasks say; the rest is for the pen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tsguard.domain.rectification import Rectification
from tsguard.i18n import _
from tsguard.report.blocks import Cell, Column, DataTable, Paragraph, Role, Row, line
from tsguard.report.chapters.signing import write_signing
from tsguard.report.chapters.task_rows import or_open
from tsguard.report.marked import Marked, compose, marked, said
from tsguard.report.story import Material, Story, cell


def open_tasks(material: Material) -> dict[str, tuple[Rectification, ...]]:
    """The tasks that are not closed by the item they are about, soonest first; "" for other problems."""
    found: dict[str, list[Rectification]] = {}
    for task in sorted(material.snapshot.rectifications, key=lambda each: each.due or date.max):
        if not task.closed:
            found.setdefault(task.item, []).append(task)
    return {item: tuple(tasks) for item, tasks in found.items()}


def who_and_when(tasks: Sequence[Rectification], material: Material) -> list[Paragraph]:
    """Department, due date and, for the company itself, the person; nothing without a task."""
    paragraphs = []
    for task in tasks:
        told: list[Marked] = [marked(task, "department"), marked(task, "due")]
        if material.internal:
            told.insert(1, marked(task, "owner"))
        paragraphs += [Paragraph(line(each), Role.DETAIL) for each in told if each.text.strip()]
    return paragraphs


def write_duties(material: Material, story: Story) -> None:
    """The open tasks by department, then places to sign."""
    story.chapter(_("分工与签批"))
    story.section(_("各部门的任务"))
    tasks = [task for found in open_tasks(material).values() for task in found]
    if tasks:
        story.say(_("取自没有关闭的整改任务，依部门排列。"), Role.LEAD)
        story.add(_table(tasks, material))
    else:
        story.say(
            _("没有未关闭的整改任务。第五章各表的“责任与期限”栏由归口部门填写，填好后请登记为整改任务。"),
            Role.LEAD,
        )
    write_signing(story)


def _table(tasks: Sequence[Rectification], material: Material) -> DataTable:
    columns = (
        Column(said(_("责任部门")), 92),
        Column(said(_("任务")), 56),
        Column(said(_("措施")), 233),
        Column(said(_("计划完成")), 60),
    )
    ordered = sorted(tasks, key=lambda each: (not each.department.strip(), each.department))
    return DataTable(columns, tuple(_row(task, material) for task in ordered))


def _row(task: Rectification, material: Material) -> Row:
    number = [Paragraph(line(marked(task, "id")), Role.CELL)]
    if task.item:
        number.append(Paragraph(line(marked(task, "item")), Role.DETAIL))
    what = [or_open(marked(task, "measures"))]
    if material.internal and task.owner.strip():
        owner = compose(_("责任人：{owner}"), {"owner": marked(task, "owner")})
        what.append(Paragraph(line(owner), Role.DETAIL))
    return Row(
        (
            Cell((or_open(marked(task, "department")),)),
            Cell(tuple(number)),
            Cell(tuple(what)),
            cell(or_open(marked(task, "due")).text),
        )
    )
