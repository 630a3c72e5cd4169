"""整改计划: what is being done about which gap, by whom, until when; and which gaps have no task yet.

Which gaps these are is a rule (``rules.rectification``), the same as in the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tsguard.domain.checklist import Item
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Critical
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
from tsguard.report.chapters.item_number import number_cell
from tsguard.report.chapters.signing import write_signing
from tsguard.report.chapters.task_rows import task_anchor, task_table
from tsguard.report.chapters.task_words import state_meaning
from tsguard.report.marked import compose, marked, said
from tsguard.report.story import Material, Story, bold, cell, verdict_text
from tsguard.rules.rectification import OpenGaps, TaskFinding, TaskState, findings, open_gaps, state_of
from tsguard.rules.task_words import state_word
from tsguard.scoring.results import Gap


def write_tasks(material: Material, story: Story) -> None:
    """Counts and months, the tasks, the gaps without one, places to sign."""
    items = material.items
    tasks = in_order(material.snapshot.rectifications, items)
    baseline = material.snapshot.assessment.baseline
    gaps = open_gaps(material.sheet.gaps, material.snapshot.rectifications, baseline)
    if tasks:
        _write_summary(tasks, items, gaps, material, story)
        _write_table(tasks, items, material, story)
    _write_gaps(gaps, items, material, story)
    write_signing(story, numbered=False)


def in_order(tasks: Sequence[Rectification], items: dict[str, Item]) -> tuple[Rectification, ...]:
    """Veto items first, then by due date; those without one come last."""
    return tuple(
        sorted(tasks, key=lambda task: (not is_veto(task, items), task.due or date.max, task.id)),
    )


def is_veto(task: Rectification, items: dict[str, Item]) -> bool:
    """Whether a task is about an item that can cap the band."""
    item = items.get(task.item)
    return item is not None and item.critical is Critical.VETO


def task_findings(task: Rectification, items: dict[str, Item], material: Material) -> tuple[TaskFinding, ...]:
    """What the rules say of a task on the document's date."""
    return findings(
        task,
        material.on,
        veto=is_veto(task, items),
        verdict=material.verdict(task.item),
        assessed_on=material.snapshot.assessment.baseline,
    )


# --- summary ----------------------------------------------------------------------------------------


def _write_summary(
    tasks: Sequence[Rectification],
    items: dict[str, Item],
    gaps: OpenGaps[Gap],
    material: Material,
    story: Story,
) -> None:
    story.chapter(_("整改概况"))
    closed = sum(task.closed for task in tasks)
    text = _("整改任务共{count}项，其中涉及否决项{vetoes}项；已关闭{closed}项，没有关闭{open}项。").format(
        count=len(tasks),
        vetoes=sum(is_veto(task, items) for task in tasks),
        closed=closed,
        open=len(tasks) - closed,
    )
    left = _("查明的差距都已立项。")
    if gaps.answered:
        left = _("另有{count}条差距还没有立项。").format(count=len(gaps.answered))
    if gaps.unanswered:
        left += _("还有{count}条没有作答。").format(count=len(gaps.unanswered))
    story.section(_("按状态统计"))
    story.say(text + left, Role.LEAD)
    story.add(_state_table(tasks, items, material))
    story.section(_("按月安排"))
    story.add(_month_table(tasks, material))


def _state_table(tasks: Sequence[Rectification], items: dict[str, Item], material: Material) -> DataTable:
    columns = (
        Column(said(_("状态")), 62),
        Column(said(_("否决项")), 56, Align.RIGHT),
        Column(said(_("其他")), 56, Align.RIGHT),
        Column(said(_("合计")), 56, Align.RIGHT),
        Column(said(_("　　怎样算")), 211),
    )

    def row(name: str, chosen: list[Rectification], meaning: str, *, total: bool = False) -> Row:
        make = bold if total else cell
        vetoes = sum(is_veto(task, items) for task in chosen)
        counts = (vetoes, len(chosen) - vetoes, len(chosen))
        return Row(
            (
                make(name),
                *(make(str(count), Role.NUMBER) for count in counts),
                cell(f"\u3000\u3000{meaning}", Role.SMALL),
            ),
            total=total,
        )

    rows = [
        row(
            state_word(state),
            [task for task in tasks if state_of(task, material.on) is state],
            state_meaning(state),
        )
        for state in TaskState
    ]
    rows.append(row(_("合计"), list(tasks), "", total=True))
    return DataTable(columns, tuple(rows), dense=True)


def _month_table(tasks: Sequence[Rectification], material: Material) -> DataTable:
    months: dict[tuple[int, int], list[Rectification]] = {}
    for task in tasks:
        key = (task.due.year, task.due.month) if task.due else (9999, 0)
        months.setdefault(key, []).append(task)
    columns = (
        Column(said(_("计划完成月份")), 78),
        Column(said(_("任务")), 40, Align.RIGHT),
        Column(said(_("已关闭")), 44, Align.RIGHT),
        Column(said(_("逾期")), 40, Align.RIGHT),
        Column(said(_("　　任务编号")), 239),
    )
    rows = []
    for (year, month), chosen in sorted(months.items()):
        name = _("{year}年{month}月").format(year=year, month=month) if month else _("没有定日期")
        states = [state_of(task, material.on) for task in chosen]
        rows.append(
            Row(
                (
                    cell(name),
                    cell(str(len(chosen)), Role.NUMBER),
                    cell(str(states.count(TaskState.CLOSED)), Role.NUMBER),
                    cell(str(states.count(TaskState.OVERDUE)), Role.NUMBER),
                    cell((Run(said("\u3000\u3000")), *_ids(chosen)), Role.SMALL),
                )
            )
        )
    return DataTable(columns, tuple(rows), dense=True)


def _ids(tasks: Sequence[Rectification]) -> list[Run]:
    runs: list[Run] = []
    for task in tasks:
        if runs:
            runs.append(Run(said(_("、"))))
        name = marked(task, "id")
        if task.item:
            name = compose(_("{id}（{item}）"), {"id": name, "item": marked(task, "item")})
        runs.append(Run(name, link=task_anchor(task), tone=Tone.ACCENT))
    return runs


# --- tasks and gaps ---------------------------------------------------------------------------------


def _write_table(
    tasks: Sequence[Rectification], items: dict[str, Item], material: Material, story: Story
) -> None:
    story.chapter(_("整改任务"))
    story.say(_("否决项在前，其余按计划完成日排列。复验由责任人以外的人做，复验通过后才算关闭。"), Role.LEAD)
    found = {task.id: task_findings(task, items, material) for task in tasks}
    story.add(task_table(tasks, items, found, material))


def _write_gaps(gaps: OpenGaps[Gap], items: dict[str, Item], material: Material, story: Story) -> None:
    story.chapter(_("待立项的差距"))
    if not material.snapshot.rectifications:
        story.say(_("还没有登记整改任务。"), Role.LEAD)
    if gaps.answered:
        _write_gap_table(gaps.answered, items, material, story)
    elif gaps.unanswered:
        story.say(_("已经作答的条款没有待立项的差距。"), Role.LEAD)
    else:
        story.say(_("没有待立项的差距：适用的条款都已符合，或者已有整改任务。"), Role.LEAD)
    if gaps.unanswered:
        left = {gap.item for gap in gaps.unanswered}
        words = _("另有{count}条还没有作答，请先作答，再定要不要整改：{items}。").format(
            count=len(left), items=_("、").join(item for item in items if item in left)
        )
        story.say(words, Role.ANSWER)


def _write_gap_table(gaps: Sequence[Gap], items: dict[str, Item], material: Material, story: Story) -> None:
    story.say(
        _("以下{count}条没有达到“符合”，也没有整改任务。空栏供在纸面上填写，填好后请登记为整改任务。").format(
            count=len(gaps)
        ),
        Role.LEAD,
    )
    columns = (
        Column(said(_("条款")), 50),
        Column(said(_("差距")), 193),
        Column(said(_("责任部门")), 70),
        Column(said(_("完成日期")), 62),
        Column(said(_("责任人签字")), 66),
    )
    blank = cell("")
    story.add(
        DataTable(
            columns,
            tuple(
                Row(
                    (
                        number_cell((said(gap.item),), gap.critical, verdict_text(gap.verdict)),
                        _told(gap, items[gap.item], material),
                        blank,
                        blank,
                        blank,
                    )
                )
                for gap in gaps
            ),
        )
    )


def _told(gap: Gap, item: Item, material: Material) -> Cell:
    paragraphs = [Paragraph(line(said(item.text)), Role.CELL)]
    answer = material.answer(gap.item)
    if material.internal and answer is not None and answer.note.strip():
        note = compose(_("现状：{note}"), {"note": marked(answer, "note")})
        paragraphs.append(Paragraph(line(note), Role.DETAIL))
    return Cell(tuple(paragraphs))
