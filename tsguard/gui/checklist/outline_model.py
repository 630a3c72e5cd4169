"""Sections and items as a tree model, with the person's filter; knows no widget.

The filter is applied when it is set and not when an answer changes: an item that was just answered
stays where it is until the person asks again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tsguard.domain.checklist import Item, Section
from tsguard.gui.checklist.standing import Mark, Show, Standing, Standings, folded
from tsguard.gui.checklist.wording import spoken_item
from tsguard.i18n import _

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole)

_ROOT = QModelIndex()
_NO_SECTION = 0


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section as the outline shows it.

    Attributes:
        section: Its items, whether shown or not.
        done: How many of them have a verdict.
        is_open: Whether the middle column shows it.
    """

    section: Section
    done: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """An item as the outline shows it.

    Attributes:
        item: Of the checklist.
        standing: Where it stands.
        is_open: Whether its card is open.
    """

    item: Item
    standing: Standing
    is_open: bool


class OutlineModel(QAbstractItemModel):
    """The checklist as a tree of two levels.

    Attributes:
        open_item: Id of the item whose card is open, or "".
    """

    def __init__(self, standings: Standings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standings = standings
        self._show, self._mark, self._words = Show.ALL, cast("Mark | None", None), ""
        self._sections: list[tuple[Section, tuple[Item, ...]]] = []
        self._at: dict[str, tuple[int, int]] = {}
        self._order: list[str] = []
        self.open_item = ""
        self._collect()

    # --- what is shown --------------------------------------------------------------------------

    @property
    def filtered(self) -> bool:
        """Whether any item may be hidden."""
        return self._show is not Show.ALL or self._mark is not None or bool(self._words)

    @property
    def shown(self) -> int:
        """How many items are shown."""
        return len(self._order)

    def set_filter(self, show: Show, mark: Mark | None, words: str) -> None:
        """Show other items; ``words`` as the person typed them."""
        self._show, self._mark, self._words = show, mark, folded(words)
        self.rebuild()

    def rebuild(self) -> None:
        """Apply the filter anew, or take over another checklist."""
        self.beginResetModel()
        self._collect()
        self.endResetModel()

    def shows(self, item_id: str) -> bool:
        """Whether an item is among those shown."""
        return item_id in self._at

    def step(self, item_id: str, by: int) -> str:
        """The shown item before (-1) or behind (+1) another; "" at either end."""
        if item_id in self._at:
            section, row = self._at[item_id]
            at = self._offset(section) + row + by
            return self._order[at] if 0 <= at < len(self._order) else ""
        if item_id not in self._standings:
            return self._order[0] if self._order else ""
        place, behind = self._standings.place(item_id), self._standings.place
        if by > 0:
            return next((each for each in self._order if behind(each) > place), "")
        return next((each for each in reversed(self._order) if behind(each) < place), "")

    def _offset(self, section: int) -> int:
        return sum(len(items) for _section, items in self._sections[:section])

    def _collect(self) -> None:
        standings, filtered = self._standings, self.filtered
        self._sections, self._at, self._order = [], {}, []
        for section in standings.sections:
            items = section.items
            if filtered:
                items = tuple(
                    item for item in items if standings.matches(item.id, self._show, self._mark, self._words)
                )
            if not items:
                continue
            for row, item in enumerate(items):
                self._at[item.id] = (len(self._sections), row)
                self._order.append(item.id)
            self._sections.append((section, items))

    # --- changes --------------------------------------------------------------------------------

    def touch(self, item_id: str) -> None:
        """An item stands otherwise: repaint its row and its section's."""
        if item_id in self._at:
            here = self.index_of(item_id)
            self.dataChanged.emit(here, here)
            above = here.parent()
            self.dataChanged.emit(above, above)

    def set_open(self, item_id: str) -> None:
        """Another card is open now."""
        before, self.open_item = self.open_item, item_id
        self.touch(before)
        self.touch(item_id)

    # --- Qt's contract --------------------------------------------------------------------------

    def index_of(self, item_id: str) -> QModelIndex:
        """Where an item stands; invalid where it is not shown."""
        if item_id not in self._at:
            return QModelIndex()
        section, row = self._at[item_id]
        return self.createIndex(row, 0, section + 1)

    def item_at(self, index: Index) -> str:
        """The id of the item there; "" for a section."""
        row = index.data(ROW_ROLE) if index.isValid() else None
        return row.item.id if isinstance(row, OutlineItem) else ""

    def section_at(self, index: Index) -> str:
        """The id of the section there; "" for an item."""
        row = index.data(ROW_ROLE) if index.isValid() else None
        return row.section.id if isinstance(row, SectionRow) else ""

    def index(self, row: int, column: int, parent: Index = _ROOT, /) -> QModelIndex:
        """Sections at the root, items under them."""
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else _NO_SECTION)

    def parent(self, index: Index = _ROOT, /) -> QModelIndex:  # type: ignore[override]
        """The section an item stands in."""
        within = int(index.internalId()) if index.isValid() else _NO_SECTION
        return self.createIndex(within - 1, 0, _NO_SECTION) if within else QModelIndex()

    def rowCount(self, parent: Index = _ROOT, /) -> int:
        """How many sections, or how many items of one."""
        if not parent.isValid():
            return len(self._sections)
        return 0 if parent.internalId() else len(self._sections[parent.row()][1])

    def columnCount(self, _parent: Index = _ROOT, /) -> int:
        """One."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> Any:
        """A ``SectionRow`` or an ``OutlineItem``, and their words for screen readers."""
        if not index.isValid():
            return None
        within = int(index.internalId())
        row = self._item_row(within - 1, index.row()) if within else self._section_row(index.row())
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.section.title if isinstance(row, SectionRow) else row.item.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(row, OutlineItem):
                return spoken_item(row.item, row.standing)
            title, items = row.section.title, len(row.section.items)
            return _("{title}，已答{done}/{items}").format(title=title, done=row.done, items=items)
        return None

    def _item_row(self, section: int, row: int) -> OutlineItem:
        item = self._sections[section][1][row]
        return OutlineItem(item, self._standings[item.id], item.id == self.open_item)

    def _section_row(self, row: int) -> SectionRow:
        section = self._sections[row][0]
        standings = self._standings
        here = self.open_item in standings and standings.section(self.open_item).id == section.id
        return SectionRow(section, standings.done(section.id), here)
