"""The columns of the rectification register, in the window and in a table taken along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tsguard.domain.rectification import Recheck, Rectification
from tsguard.domain.words import recheck_word, rectification_source_word
from tsguard.gui.checklist.standing import folded
from tsguard.gui.models.secret_point_columns import day_cell
from tsguard.gui.registers.task_words import STATE_SIGNS, late_words
from tsguard.gui.widgets.rows import Cell, Column
from tsguard.i18n import _
from tsguard.rules.rectification import TaskState
from tsguard.rules.task_words import state_word
from tsguard.services.rectification import TaskStanding

HIDE_BELOW = {7: 960, 4: 860, 3: 800, 1: 480}
"""Width of the table below which a column gives way: 复验, 责任人, 责任部门, 条款."""

_ORDER = (
    TaskState.OVERDUE,
    TaskState.NOT_STARTED,
    TaskState.IN_PROGRESS,
    TaskState.AWAITING_RECHECK,
    TaskState.CLOSED,
)


def columns(standing: Callable[[Rectification], TaskStanding]) -> list[Column]:
    """The columns, left to right.

    Args:
        standing: How a task stands today.
    """
    return [
        Column(_("编号"), lambda task: Cell(task.id, tone="ink3", sort=(len(task.id), task.id)), 76),
        Column(_("条款"), lambda task: _item(task, standing(task)), 84),
        Column(_("问题/措施"), lambda task: _matter(task, standing(task)), 0, main=True),
        Column(_("责任部门"), lambda task: Cell(task.department or "–", tone="ink2"), 112, most=140),
        Column(_("责任人"), lambda task: Cell(task.owner or "–", tone="ink2"), 78),
        Column(_("计划完成日"), lambda task: _due(task, standing(task)), 116),
        Column(_("状态"), lambda task: _state(standing(task)), 96),
        Column(_("复验"), _recheck, 104),
    ]


def _item(task: Rectification, standing: TaskStanding) -> Cell:
    return Cell(task.item or "–", second=_("否决") if standing.veto else "", tone="ink2", tip=standing.text)


def _matter(task: Rectification, standing: TaskStanding) -> Cell:
    problem = _first_line(task.problem) or standing.text or _("没有写问题")
    return Cell(problem, second=_first_line(task.measures) or _("还没有写措施"))


def _due(task: Rectification, standing: TaskStanding) -> Cell:
    if not standing.late or task.due is None:
        return day_cell(task.due, _("未定"))
    return Cell(task.due.isoformat(), second=late_words(standing.late), tone="bad", strong=True, icon="clock")


def _state(standing: TaskStanding) -> Cell:
    word, sign = state_word(standing.state), STATE_SIGNS[standing.state]
    if standing.recurred:
        return Cell(_("重复发生"), second=word, tone="bad", strong=True, icon="warning_filled", sort=-1)
    return Cell(
        word,
        tone="ink2" if standing.state is TaskState.CLOSED else sign.tone,
        strong=standing.state is TaskState.OVERDUE,
        icon=sign.icon,
        icon_tone=sign.tone,
        sort=_ORDER.index(standing.state),
    )


def _recheck(task: Rectification) -> Cell:
    order = list(Recheck).index(task.recheck)
    if task.recheck is Recheck.OPEN:
        return Cell("–", tone="ink3", sort=order)
    return Cell(
        recheck_word(task.recheck),
        second=task.checked_on.isoformat() if task.checked_on else "",
        tone="bad" if task.recheck is Recheck.FAILED else "ink2",
        strong=task.recheck is Recheck.FAILED,
        sort=order,
    )


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def matches(task: Rectification, requirement: str, sought: str) -> bool:
    """Whether a search text stands in the task; full-width and case make no difference.

    Args:
        task: The register's entry.
        requirement: Its item's text.
        sought: What the person looks for.
    """
    texts = (
        task.id, task.item, requirement, task.problem, task.measures, task.department, task.owner,
    )  # fmt: skip
    wanted = folded(sought)
    return any(wanted in folded(text) for text in texts)


def plain_head() -> list[str]:
    """The head of the table taken along."""
    return [
        _("编号"), _("条款"), _("要求"), _("来源"), _("问题"), _("原因"), _("整改措施"),
        _("责任部门"), _("责任人"), _("所需资源"), _("立项日"), _("计划完成日"), _("延期原因"),
        _("完成日"), _("完成佐证"), _("状态"), _("逾期天数"),
        _("复验人"), _("复验结论"), _("复验日"), _("内部备注"),
    ]  # fmt: skip


def plain_row(task: Rectification, standing: TaskStanding) -> list[str]:
    """A task's row of it."""
    return [
        task.id, task.item, standing.text, rectification_source_word(task.source), task.problem, task.cause,
        task.measures, task.department, task.owner, task.resources, _day(task.opened_on), _day(task.due),
        task.extended, _day(task.done_on), task.evidence,
        _("重复发生") if standing.recurred else state_word(standing.state),
        str(standing.late) if standing.late else "",
        task.checker, recheck_word(task.recheck), _day(task.checked_on), task.note,
    ]  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
