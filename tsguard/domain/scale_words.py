"""The one word for each step of a scale. Apart from ``domain.words``, as ``scales`` is from the rest."""

from __future__ import annotations

from tsguard.domain.scales import Critical, Tier, Verdict
from tsguard.i18n import _


def verdict_word(verdict: Verdict | None) -> str:
    """符合, 部分符合 …, or 未答."""
    if verdict is None:
        return _("未答")
    return {
        Verdict.MET: _("符合"),
        Verdict.PARTLY: _("部分符合"),
        Verdict.NOT_MET: _("不符合"),
        Verdict.UNKNOWN: _("不清楚"),
        Verdict.NOT_APPLICABLE: _("不适用"),
    }[verdict]


def critical_word(critical: Critical) -> str:
    """否决项, 重点项, or nothing."""
    return {Critical.NONE: "", Critical.KEY: _("重点项"), Critical.VETO: _("否决项")}[critical]


def tier_word(tier: Tier) -> str:
    """核心, 重要, 一般."""
    return {Tier.CORE: _("核心"), Tier.IMPORTANT: _("重要"), Tier.GENERAL: _("一般")}[tier]
