"""The columns of the secret-point register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tsguard.domain.scale_words import tier_word
from tsguard.domain.scales import Tier
from tsguard.domain.secret_points import SecretPoint
from tsguard.domain.words import category_word, origin_word
from tsguard.gui.registers.point_words import overdue_words
from tsguard.gui.widgets.rows import Cell, Column
from tsguard.gui.widgets.signs import TIER_ICONS
from tsguard.i18n import _
from tsguard.rules.secret_points import PointFinding

_LAST = "9999-99-99"

HIDE_BELOW = {3: 880, 7: 920, 2: 660, 5: 600, 6: 500}
"""Width of the table below which a column gives way: 细类, 形成日期, 类别, 来源, 知悉."""


def tier_cell(tier: Tier | None) -> Cell:
    """The tier's diamond and word, always in ink; a dash where there is none."""
    if tier is None:
        return Cell("–", tone="ink3", sort=len(Tier))
    return Cell(tier_word(tier), icon=TIER_ICONS[tier] or "", icon_tone="ink", sort=list(Tier).index(tier))


def day_cell(day: date | None, missing: str) -> Cell:
    """A day, or what stands for none, sorted last."""
    if day is None:
        return Cell(missing, tone="ink3", sort=_LAST)
    return Cell(day.isoformat(), tone="ink2")


def columns(findings: Callable[[SecretPoint], Sequence[PointFinding]]) -> list[Column]:
    """The columns, left to right.

    Args:
        findings: What the rules say of a secret point today.
    """

    def review(point: SecretPoint) -> Cell:
        overdue = overdue_words(findings(point))
        if not overdue or point.review_on is None:
            return day_cell(point.review_on, _("未定"))
        day = point.review_on.isoformat()
        return Cell(
            day, tone="bad", strong=True, icon="clock", tip=_("复核{overdue}").format(overdue=overdue)
        )

    return [
        Column(_("编号"), lambda point: Cell(point.id, tone="ink3"), 82),
        Column(_("名称（代号）"), lambda point: Cell(point.name), 0, main=True),
        Column(_("类别"), lambda point: Cell(category_word(point.category), tone="ink2"), 80),
        Column(_("细类"), lambda point: Cell(point.kind, tone="ink2"), 150),
        Column(_("等级"), lambda point: tier_cell(point.tier), 68, align="right"),
        Column(_("来源"), lambda point: Cell(origin_word(point.origin), tone="ink2"), 102),
        Column(_("知悉人数"), _holders, 86, align="right"),
        Column(_("形成日期"), lambda point: day_cell(point.formed_on, _("未填")), 118),
        Column(_("下次复核"), review, 126),
    ]


def _holders(point: SecretPoint) -> Cell:
    if point.holders is None:
        return Cell("–", tone="ink3", sort=-1)
    return Cell(f"{point.holders:,}", sort=point.holders)


def matches(point: SecretPoint, sought: str) -> bool:
    """Whether a lower-case search text stands in name, id, finer kind or place."""
    return any(sought in text.lower() for text in (point.name, point.id, point.kind, point.location))
