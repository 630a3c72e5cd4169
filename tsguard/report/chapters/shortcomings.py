"""What keeps the score down, in short: vetoes and the greatest gaps with what is done about each."""

from __future__ import annotations

from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Critical
from tsguard.i18n import _
from tsguard.report.blocks import (
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
from tsguard.report.chapters.item_number import number_cell
from tsguard.report.marked import marked, said
from tsguard.report.story import Material, Story, cell, linked, verdict_text
from tsguard.rules.rectification import state_of
from tsguard.rules.task_words import state_word
from tsguard.scoring.results import Gap

MOST = 8
"""Gaps beside the vetoes that are listed; the rest is counted."""


def write_shortcomings(material: Material, story: Story) -> None:
    """A table of the vetoes below 符合 and the gaps that would win the most."""
    gaps = material.sheet.gaps
    vetoes = [gap for gap in gaps if gap.critical is Critical.VETO]
    others = [gap for gap in gaps if gap.critical is not Critical.VETO]
    others.sort(key=lambda gap: (gap.sector, -gap.to_win))
    story.section(_("主要问题与整改安排"))
    if not gaps:
        story.say(_("适用的条款均为“符合”，没有差距。"), Role.LEAD)
        return
    chosen = [*vetoes, *others[:MOST]]
    said_first = _("未达到“符合”的条款共{count}条，其中否决项{vetoes}条。").format(
        count=len(gaps), vetoes=len(vetoes)
    )
    left = len(gaps) - len(chosen)
    said_next = (
        _("下表列出否决项和可得分最多的条款，其余{left}条见自评报告和整改计划。").format(left=left)
        if left
        else _("全部列在下表。")
    )
    story.say(said_first + said_next, Role.LEAD)
    items = material.items
    columns = (
        Column(said(_("编号")), 50),
        Column(said(_("条款")), 146),
        Column(said(_("判定")), 64),
        Column(said(_("整改措施与责任部门")), 121),
        Column(said(_("期限与状态")), 60),
    )
    story.add(DataTable(columns, tuple(_row(gap, items[gap.item].text, material) for gap in chosen)))


def task_of(item: str, material: Material) -> Rectification | None:
    """The task that speaks for an item: the newest open one, else the newest closed one."""
    tasks = [task for task in material.snapshot.rectifications if item and task.item == item]
    still_open = [task for task in tasks if not task.closed]
    return next(reversed(still_open or tasks), None)


def _row(gap: Gap, text: str, material: Material) -> Row:
    task = task_of(gap.item, material)
    return Row(
        (
            number_cell(linked((gap.item,), "item"), gap.critical),
            cell(text),
            cell(verdict_text(gap.verdict)),
            Cell(tuple(_plan(task))),
            Cell(tuple(_term(task, material))),
        )
    )


def _plan(task: Rectification | None) -> list[Paragraph]:
    if task is None or not task.measures.strip():
        found = [Paragraph(line(Run(said(_("待定")), tone=Tone.GREY)), Role.CELL)]
    else:
        found = [Paragraph(line(marked(task, "measures")), Role.CELL)]
    if task and task.department.strip():
        found.append(Paragraph(line(marked(task, "department")), Role.DETAIL))
    return found


def _term(task: Rectification | None, material: Material) -> list[Paragraph]:
    if task is None:
        return [Paragraph(line(Run(said(_("待定")), tone=Tone.GREY)), Role.SMALL)]
    due = marked(task, "due", lambda day: day.isoformat() if day else _("待定"))
    state = said(state_word(state_of(task, material.on)))
    return [Paragraph(line(due), Role.SMALL), Paragraph(line(state), Role.DETAIL)]
