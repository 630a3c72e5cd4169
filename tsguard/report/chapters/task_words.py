"""What documents say of when a rectification task is in which state, and of what the rules find."""

from __future__ import annotations

from tsguard.i18n import _
from tsguard.rules.rectification import VETO_DAYS, TaskFinding, TaskRule, TaskState


def state_meaning(state: TaskState) -> str:
    """When a task counts as being in a state."""
    return {
        TaskState.NOT_STARTED: _("还没有写明措施，或还没到开始的日子"),
        TaskState.IN_PROGRESS: _("正在整改，没有超过计划完成日"),
        TaskState.OVERDUE: _("超过计划完成日还没有完成"),
        TaskState.AWAITING_RECHECK: _("已经完成，等待责任人以外的人复验"),
        TaskState.CLOSED: _("已经完成，复验通过"),
    }[state]


def finding_sentence(finding: TaskFinding) -> str:
    """What a finding says, and what to do."""
    return {
        TaskRule.CHECKER_IS_OWNER: _("复验人就是责任人，请换一个人复验。"),
        TaskRule.DONE_BEFORE_OPENED: _("完成日早于立项日，请核对两个日期。"),
        TaskRule.CHECKED_BEFORE_DONE: _("复验日早于完成日，请核对两个日期。"),
        TaskRule.PASSED_NOT_DONE: _("写了复验通过，却没有完成日，请补上完成日。"),
        TaskRule.OVERDUE: _("逾期{days}天，请完成，或写明延期原因后改计划完成日。"),
        TaskRule.RECURRED: _("重复发生：已关闭，之后的自评中该条仍未达到符合，请重新立项。"),
        TaskRule.RECHECK_FAILED: _("复验未通过，请继续整改后再次复验。"),
        TaskRule.NOT_RECHECKED: _("已完成，还没有复验，复验通过后才能关闭。"),
        TaskRule.RECHECK_UNSIGNED: _("有复验结论，缺复验人或复验日。"),
        TaskRule.MEASURES_MISSING: _("没有写整改措施。"),
        TaskRule.RESPONSIBLE_MISSING: _("责任部门或责任人没有写。"),
        TaskRule.DUE_MISSING: _("没有定计划完成日。"),
        TaskRule.VETO_SLOW: _("否决项从立项到计划完成有{days}天，建议不超过{limit}天（本工具的建议线）。"),
        TaskRule.VERDICT_BEHIND: _("已关闭，自评判定还没有更新，请复核该条的判定。"),
    }[finding.rule].format(days=finding.days, limit=VETO_DAYS)
