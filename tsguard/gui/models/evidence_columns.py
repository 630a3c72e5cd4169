"""The columns of the evidence register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tsguard.domain.evidence import Evidence
from tsguard.gui.models.secret_point_columns import day_cell, tier_cell
from tsguard.gui.registers.evidence_words import expired_words, is_unnamed
from tsguard.gui.widgets.rows import Cell, Column
from tsguard.i18n import _
from tsguard.services.explain import size_text

HIDE_BELOW = {8: 1040, 5: 900, 2: 800, 4: 640, 7: 560, 6: 470}
"""Width of the table below which a column gives way: place, redacted, date, tier, size, items."""


def columns(today: Callable[[], date]) -> list[Column]:
    """The columns, left to right.

    Args:
        today: The day that expiry is counted from.
    """

    def expires(piece: Evidence) -> Cell:
        overdue = expired_words(piece, today())
        if not overdue or piece.expires is None:
            return day_cell(piece.expires, "–")
        return Cell(piece.expires.isoformat(), tone="bad", strong=True, icon="clock", tip=overdue)

    return [
        Column(_("编号"), lambda piece: Cell(piece.id, tone="ink3", sort=(len(piece.id), piece.id)), 70),
        Column(_("名称"), _title, 0, main=True),
        Column(_("日期"), lambda piece: day_cell(piece.dated, "–"), 100),
        Column(_("有效期至"), expires, 124),
        Column(_("等级"), lambda piece: tier_cell(piece.tier), 68, align="right"),
        Column(_("脱敏"), _redacted, 108),
        Column(_("条款"), _items, 64, align="right"),
        Column(_("大小/页数"), _size, 140),
        Column(_("纸质位置"), lambda piece: Cell(piece.paper_at or "–", tone="ink2"), 130),
    ]


def _title(piece: Evidence) -> Cell:
    if is_unnamed(piece):
        return Cell(piece.title, tone="warn", icon="warning")
    return Cell(piece.title, icon="book" if piece.is_paper else "document", icon_tone="ink2")


def _redacted(piece: Evidence) -> Cell:
    if piece.redacted:
        return Cell(_("已脱敏"), tone="ink2", icon="checkmark")
    return Cell("–", tone="ink3")


def _items(piece: Evidence) -> Cell:
    if not piece.items:
        return Cell("0", tone="warn", strong=True, sort=0, tip=_("还没有关联条款"))
    return Cell(str(len(piece.items)), sort=len(piece.items), tip="、".join(piece.items))


def _size(piece: Evidence) -> Cell:
    size = size_text(piece.size)
    if piece.is_paper:
        size = _("内容已丢失") if piece.content_lost else _("纸质")
    pages = _("{count}页").format(count=piece.pages) if piece.pages else ""
    text = "，".join(part for part in (size, pages) if part)
    return Cell(text, tone="ink2", sort=-1 if piece.is_paper else piece.size)


def matches(piece: Evidence, sought: str) -> bool:
    """Whether a lower-case search text stands in title, id, items, file name or place."""
    texts = (piece.title, piece.id, piece.file_name, piece.paper_at, *piece.items)
    return any(sought in text.lower() for text in texts)
