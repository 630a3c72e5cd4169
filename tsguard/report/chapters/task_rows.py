"""The table of rectification tasks; the internal edition has persons, causes and remarks as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tsguard.domain.checklist import Item
from tsguard.domain.disclosure import Level
from tsguard.domain.rectification import Recheck, Rectification
from tsguard.domain.scales import Critical
from tsguard.domain.words import recheck_word, rectification_source_word
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
from tsguard.report.chapters.task_words import finding_sentence
from tsguard.report.marked import Marked, compose, marked, said
from tsguard.report.story import Material
from tsguard.rules.rectification import TaskFinding, TaskState, days_late, state_of
from tsguard.rules.secret_points import Severity
from tsguard.rules.task_words import state_word

_WIDTHS = (52.0, 186.0, 66.0, 68.0, 69.0)


def task_anchor(task: Rectification) -> str:
    """Where the task's row stands."""
    return f"task-{task.id}"


def task_table(
    tasks: Sequence[Rectification],
    items: Mapping[str, Item],
    found: Mapping[str, tuple[TaskFinding, ...]],
    material: Material,
) -> DataTable:
    """A row for each task.

    Args:
        tasks: In the order of the rows; at least one.
        items: By id; a task may be about none, or about one that the checklist has no more.
        found: What the rules say, by the task's id; only the internal edition says so.
        material: Of the document.
    """
    titles = (_("编号"), _("问题与措施"), _("责任部门"), _("计划完成"), _("状态"))
    columns = tuple(Column(said(title), width) for title, width in zip(titles, _WIDTHS, strict=True))
    return DataTable(columns, tuple(_row(task, items, found.get(task.id, ()), material) for task in tasks))


def _row(
    task: Rectification, items: Mapping[str, Item], found: tuple[TaskFinding, ...], material: Material
) -> Row:
    item = items.get(task.item)
    return Row(
        (
            _number(task, item),
            _matter(task, item, found, material),
            _who(task, material),
            _when(task, material),
            _state(task, material),
        ),
        anchor=task_anchor(task),
    )


def _number(task: Rectification, item: Item | None) -> Cell:
    numbers = [marked(task, "id")]
    if task.item:
        numbers.append(marked(task, "item"))
    return number_cell(tuple(numbers), item.critical if item else Critical.NONE)


def _matter(
    task: Rectification, item: Item | None, found: tuple[TaskFinding, ...], material: Material
) -> Cell:
    paragraphs = []
    if item:
        paragraphs.append(Paragraph(line(said(item.text)), Role.CELL))
    elif not material.internal:
        paragraphs.append(Paragraph(line(said(_("条款以外的问题"))), Role.CELL))
    measures = marked(task, "measures", lambda text: text if text.strip() else _("待定"))
    if material.internal:
        paragraphs += _labelled(task, ("problem", _("问题：{value}")), ("cause", _("原因：{value}")))
    paragraphs.append(Paragraph(line(compose(_("措施：{value}"), {"value": measures})), Role.DETAIL))
    if material.internal:
        paragraphs += _labelled(
            task,
            ("resources", _("资源：{value}")),
            ("extended", _("延期原因：{value}")),
            ("note", _("备注：{value}")),
        )
    source = marked(task, "source", rectification_source_word)
    paragraphs.append(Paragraph(line(compose(_("来源：{value}"), {"value": source})), Role.DETAIL))
    if material.internal:
        paragraphs += [_remark(finding) for finding in found]
    return Cell(tuple(paragraphs))


def _labelled(task: Rectification, *fields: tuple[str, str]) -> list[Paragraph]:
    return [
        Paragraph(line(compose(label, {"value": marked(task, name)})), Role.DETAIL)
        for name, label in fields
        if getattr(task, name).strip()
    ]


def _remark(finding: TaskFinding) -> Paragraph:
    text = Marked(_("核对：{text}").format(text=finding_sentence(finding)), Level.INTERNAL)
    return Paragraph(line(Run(text, bold=finding.severity is Severity.ERROR)), Role.DETAIL)


def _who(task: Rectification, material: Material) -> Cell:
    paragraphs = [or_open(marked(task, "department"))]
    if material.internal:
        paragraphs += _labelled(task, ("owner", _("责任人：{value}")), ("checker", _("复验人：{value}")))
    return Cell(tuple(paragraphs))


def _when(task: Rectification, material: Material) -> Cell:
    paragraphs = [or_open(marked(task, "due"))]
    late = days_late(task, material.on)
    if late:
        text = said(_("逾期{days}天").format(days=late))
        paragraphs.append(Paragraph(line(Run(text, bold=True, tone=Tone.ACCENT)), Role.DETAIL))
    if task.opened_on:
        text = compose(_("立项{day}"), {"day": marked(task, "opened_on")})
        paragraphs.append(Paragraph(line(text), Role.DETAIL))
    return Cell(tuple(paragraphs))


def _state(task: Rectification, material: Material) -> Cell:
    state = state_of(task, material.on)
    run = Run(said(state_word(state)), bold=state is TaskState.OVERDUE)
    paragraphs = [Paragraph(line(run), Role.CELL)]
    details: list[Marked] = []
    if task.done_on:
        details.append(compose(_("完成{day}"), {"day": marked(task, "done_on")}))
    if task.recheck is not Recheck.OPEN:
        details.append(marked(task, "recheck", recheck_word))
    if task.checked_on:
        details.append(compose(_("复验{day}"), {"day": marked(task, "checked_on")}))
    if task.evidence:
        details.append(compose(_("佐证{id}"), {"id": marked(task, "evidence")}))
    paragraphs += [Paragraph(line(each), Role.DETAIL) for each in details]
    return Cell(tuple(paragraphs))


def or_open(value: Marked) -> Paragraph:
    """The value, or that it is still to be settled."""
    if value.text.strip():
        return Paragraph(line(value), Role.CELL)
    return Paragraph(line(Run(said(_("待定")), tone=Tone.GREY)), Role.CELL)
