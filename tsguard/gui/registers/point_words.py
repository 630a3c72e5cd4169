"""Findings on secret points in words: what is wrong and what to write instead."""

from __future__ import annotations

from collections.abc import Sequence

from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.rules import secret_points as rules
from tsguard.rules.secret_points import PointFinding, PointRule

_SEVERITIES = {
    rules.Severity.ERROR: Severity.ERROR,
    rules.Severity.WARNING: Severity.WARNING,
    rules.Severity.HINT: Severity.INFO,
}

_MISSING = (PointRule.ORIGIN_DATE_MISSING, PointRule.LOCATION_MISSING, PointRule.HOLDERS_MISSING)


def needs_work(findings: Sequence[PointFinding]) -> bool:
    """Whether a secret point is worth a look: an error or a warning; a hint alone is not."""
    return any(finding.severity is not rules.Severity.HINT for finding in findings)


def overdue_words(findings: Sequence[PointFinding]) -> str:
    """``已过22天`` for an overdue review, else nothing."""
    for finding in findings:
        if finding.rule is PointRule.REVIEW_OVERDUE:
            return _("已过{days}天").format(days=finding.days)
    return ""


def remarks(findings: Sequence[PointFinding]) -> list[tuple[Severity, str]]:
    """What stands in the form, worst first; the overdue review stands at its own field instead."""
    said = [
        (_SEVERITIES[finding.severity], sentence)
        for finding in findings
        if (sentence := _sentence(finding.rule))
    ]
    missing = [word for rule in _MISSING if (word := _missing_word(rule, findings))]
    if missing:
        worst = Severity.WARNING if missing != [_("知悉人数")] else Severity.INFO
        said.append((worst, _("还没有填{what}。").format(what="、".join(missing))))
    return said


def _missing_word(rule: PointRule, findings: Sequence[PointFinding]) -> str:
    if all(finding.rule is not rule for finding in findings):
        return ""
    return {
        PointRule.ORIGIN_DATE_MISSING: _("形成日期"),
        PointRule.LOCATION_MISSING: _("封存原件位置"),
        PointRule.HOLDERS_MISSING: _("知悉人数"),
    }[rule]


def _sentence(rule: PointRule) -> str:
    return {
        PointRule.STATE_SECRET_MARK: _("“★”是国家秘密标志，企业不能用；请去掉，等级用核心、重要、一般。"),
        PointRule.STATE_SECRET_WORD: _(
            "“绝密”“机密”“秘密”是国家秘密的密级，企业不能自用；请改用核心、重要、一般，或写“商业秘密”。"
        ),
        PointRule.TELLING_NAME: _("名称里像是有参数或配方，名称本身就会泄密；请换成代号。"),
        PointRule.REVIEW_MISSING: _("没有定下次复核日，等级会停在今天的样子。"),
        PointRule.FOREIGN_SECRET: _("这条信息也属于他人；保护和使用都要看合同的约定。"),
    }.get(rule, "")
