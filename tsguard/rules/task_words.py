"""The names of the states of a rectification task, on screen and on paper alike."""

from __future__ import annotations

from tsguard.i18n import _
from tsguard.rules.rectification import TaskState


def state_word(state: TaskState) -> str:
    """未开始, 进行中, 逾期, 待复验, 已关闭."""
    return {
        TaskState.NOT_STARTED: _("未开始"),
        TaskState.IN_PROGRESS: _("进行中"),
        TaskState.OVERDUE: _("逾期"),
        TaskState.AWAITING_RECHECK: _("待复验"),
        TaskState.CLOSED: _("已关闭"),
    }[state]
