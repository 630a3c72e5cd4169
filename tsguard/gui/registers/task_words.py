"""Rectification tasks in the window: the sign of each state, and what the rules say beside which field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tsguard.domain.scales import Verdict
from tsguard.gui.tokens import Token
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.rules import secret_points as rules
from tsguard.rules.rectification import VETO_DAYS, TaskFinding, TaskRule, TaskState
from tsguard.services.rectification import TaskStanding

Remark = tuple[Severity, str]

_SEVERITIES = {
    rules.Severity.ERROR: Severity.ERROR,
    rules.Severity.WARNING: Severity.WARNING,
    rules.Severity.HINT: Severity.INFO,
}
_MISSING = (TaskRule.MEASURES_MISSING, TaskRule.RESPONSIBLE_MISSING, TaskRule.DUE_MISSING)


@dataclass(frozen=True, slots=True)
class StateSign:
    """A state's shape and colour.

    Attributes:
        icon: Its name.
        tone: Its ink.
    """

    icon: str
    tone: Token


STATE_SIGNS = {
    TaskState.NOT_STARTED: StateSign("circle", "ink2"),
    TaskState.IN_PROGRESS: StateSign("circle_half_fill", "accent"),
    TaskState.OVERDUE: StateSign("clock", "bad"),
    TaskState.AWAITING_RECHECK: StateSign("eye", "warn"),
    TaskState.CLOSED: StateSign("checkmark_circle_filled", "good"),
}


def needs_work(findings: Sequence[TaskFinding]) -> bool:
    """Whether a task is worth a look: an error or a warning; a hint alone is not."""
    return any(finding.severity is not rules.Severity.HINT for finding in findings)


def late_words(days: int) -> str:
    """``逾期12天`` for a task past its due date, else nothing."""
    return _("逾期{days}天").format(days=days) if days else ""


def line_error(standing: TaskStanding, *about: TaskRule) -> str:
    """The sentence that stands under a one-line field, or nothing.

    Args:
        standing: The task's.
        about: The rules of that field.
    """
    return next((_sentence(finding) for finding in standing.findings if finding.rule in about), "")


def item_remarks(standing: TaskStanding, *, closed: bool) -> list[Remark]:
    """What stands under the item: it came back, the verdict is behind, or it is met meanwhile."""
    said = _remarks(standing.findings, (TaskRule.RECURRED, TaskRule.VERDICT_BEHIND))
    if standing.verdict is Verdict.MET and not closed:
        sentence = _("这一条现在判定为符合。任务不会自己关闭：请填完成日，再请人复验。")
        said.append((Severity.INFO, sentence))
    return said


def plan_remarks(standing: TaskStanding, moved: str) -> list[Remark]:
    """What stands under the plan: what is missing, a long term, a due date that was moved.

    Args:
        standing: The task's.
        moved: The sentence on the moved date, or "".
    """
    said = [(Severity.WARNING, moved)] if moved else []
    missing = [word for rule in _MISSING if standing.has(rule) and (word := _missing_word(rule))]
    if missing:
        said.append((Severity.WARNING, _("还没有填{what}。").format(what="、".join(missing))))
    return said + _remarks(standing.findings, (TaskRule.VETO_SLOW,))


def recheck_remarks(standing: TaskStanding) -> list[Remark]:
    """What stands under the second look."""
    about = (TaskRule.RECHECK_FAILED, TaskRule.NOT_RECHECKED, TaskRule.RECHECK_UNSIGNED)
    return _remarks(standing.findings, about)


def _remarks(findings: Iterable[TaskFinding], about: Sequence[TaskRule]) -> list[Remark]:
    return [
        (_SEVERITIES[finding.severity], _sentence(finding)) for finding in findings if finding.rule in about
    ]


def _missing_word(rule: TaskRule) -> str:
    return {
        TaskRule.MEASURES_MISSING: _("整改措施"),
        TaskRule.RESPONSIBLE_MISSING: _("责任部门或责任人"),
        TaskRule.DUE_MISSING: _("计划完成日"),
    }[rule]


def _sentence(finding: TaskFinding) -> str:
    return {
        TaskRule.CHECKER_IS_OWNER: _("复验人就是责任人，请换一个人复验。"),
        TaskRule.DONE_BEFORE_OPENED: _("完成日早于立项日，请核对。"),
        TaskRule.CHECKED_BEFORE_DONE: _("复验日早于完成日，请核对。"),
        TaskRule.PASSED_NOT_DONE: _("写了复验通过，还缺完成日。"),
        TaskRule.OVERDUE: late_words(finding.days),
        TaskRule.RECURRED: _("重复发生：任务已关闭，之后的自评里这一条仍不是“符合”。请重新列入整改。"),
        TaskRule.RECHECK_FAILED: _("复验未通过。请继续整改，做完后再标为已完成。"),
        TaskRule.NOT_RECHECKED: _("已完成，还没有复验。复验通过后任务才算关闭。"),
        TaskRule.RECHECK_UNSIGNED: _("有复验结论，还缺复验人或复验日。"),
        TaskRule.VETO_SLOW: _(
            "这是否决项，从立项到计划完成有{days}天；建议不超过{limit}天（本工具的建议，不是法定期限）。"
        ).format(days=finding.days, limit=VETO_DAYS),
        TaskRule.VERDICT_BEHIND: _("任务已关闭，清单里的判定还没有更新。请去看一眼这一条。"),
    }.get(finding.rule, "")
