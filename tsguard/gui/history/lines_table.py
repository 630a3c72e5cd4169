"""The table of changes, which fetches older lines as a person scrolls down to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QModelIndex, QObject

from tsguard.gui.theme import Theme
from tsguard.gui.widgets.rows import Cell, Column, Index, RowsModel
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _
from tsguard.services.history_lines import HistoryLine
from tsguard.services.history_tables import numbers_text
from tsguard.services.history_words import HistoryKind, kind_word

KIND_ICONS = {
    HistoryKind.ANSWER: "edit",
    HistoryKind.EVIDENCE: "attach",
    HistoryKind.POINT: "shield_keyhole",
    HistoryKind.PROFILE: "building",
    HistoryKind.CHECKLIST: "task_list_square_ltr",
    HistoryKind.FORM: "document_table",
    HistoryKind.RECTIFICATION: "wrench",
    HistoryKind.ISSUED: "document_pdf",
    HistoryKind.CLEARANCE: "checkmark_circle",
    HistoryKind.SETTING: "settings",
    HistoryKind.VAULT: "key",
    HistoryKind.OTHER: "circle_small",
}
HIDE_BELOW = {3: 800, 4: 620, 1: 460}
"""Width of the table below which a column gives way: account, number, kind."""

_ROOT = QModelIndex()


class _PagedRows(RowsModel):
    """Lines of which the older ones are fetched when they are asked for."""

    def __init__(
        self, columns: Sequence[Column], fetch: Callable[[], Sequence[Any]], parent: QObject
    ) -> None:
        super().__init__(columns, parent)
        self._fetch = fetch
        self.more = False

    def canFetchMore(self, parent: Index, /) -> bool:
        """Whether there are older lines."""
        return not parent.isValid() and self.more

    def fetchMore(self, parent: Index, /) -> None:
        """Add the next page."""
        if parent.isValid():
            return
        values = list(self._fetch())
        if not values:
            return
        first = len(self._values)
        self.beginInsertRows(_ROOT, first, first + len(values) - 1)
        self._values.extend(values)
        self._cells.extend([None] * len(self.columns) for _value in values)
        self.endInsertRows()


class LinesTable(DataTable):
    """Lines, newest first; never sorted otherwise, since the order is that of the journal."""

    def __init__(self, theme: Theme, fetch: Callable[[], Sequence[HistoryLine]]) -> None:
        """Make a table.

        Args:
            theme: Where colours come from.
            fetch: Gives the next lines; it says by ``set_more`` whether there are others.
        """
        columns = _columns()
        super().__init__(theme, columns, name=_("变更记录"), sortable=False, key=lambda line: line.number)
        self._paged = _PagedRows(columns, fetch, self)
        self.rows = self._paged
        self._proxy.setSourceModel(self._paged)

    def set_more(self, *, more: bool) -> None:
        """Whether there are older lines to fetch."""
        self._paged.more = more

    def loaded(self) -> int:
        """How many entries the lines stand for that were fetched so far."""
        return sum(line.folded for line in self._paged.values())


def back_words(back: timedelta) -> str:
    """How far the clock went back, in words."""
    minutes = int(back.total_seconds() // 60)
    if minutes < 120:
        return _("{count}分钟").format(count=minutes)
    hours = minutes // 60
    return _("{count}小时").format(count=hours) if hours < 48 else _("{count}天").format(count=hours // 24)


def _columns() -> list[Column]:
    return [
        Column(_("时间"), _time, 150),
        Column(_("类别"), _kind, 112),
        Column(_("改了什么"), lambda line: Cell(line.text), 0, main=True),
        Column(_("操作账户"), lambda line: Cell(line.who, tone="ink2"), 110, most=220),
        Column(_("编号"), _number, 92, align="right"),
    ]


def _time(line: HistoryLine) -> Cell:
    text = f"{line.at:%Y-%m-%d %H:%M}"
    if line.clock_back is None:
        return Cell(text, tone="ink2", tip=f"{line.at:%Y-%m-%d %H:%M:%S}")
    tip = _("电脑时间比上一条倒退了{time}，先后以编号为准").format(time=back_words(line.clock_back))
    return Cell(text, tone="warn", icon="warning", tip=tip)


def _kind(line: HistoryLine) -> Cell:
    return Cell(kind_word(line.kind), tone="ink2", icon=KIND_ICONS[line.kind], icon_tone="ink3")


def _number(line: HistoryLine) -> Cell:
    tip = _("分{count}次写成").format(count=line.folded) if line.folded > 1 else ""
    return Cell(numbers_text(line), tone="ink3", tip=tip)
