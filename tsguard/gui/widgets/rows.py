"""Rows of values as a table model: a column says how a value becomes a cell.

Holds the values it is given and nothing of its own; knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from tsguard.gui.tokens import Token

Index: TypeAlias = QModelIndex | QPersistentModelIndex

CELL_ROLE = int(Qt.ItemDataRole.UserRole)
SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
VALUE_ROLE = int(Qt.ItemDataRole.UserRole) + 2

_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Sign:
    """An icon with a count, in a row of them.

    Attributes:
        icon: Its name.
        tone: Its colour.
        text: Behind it, such as a count.
    """

    icon: str
    tone: Token
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell.

    Attributes:
        text: What is read, copied and spoken.
        second: A caption under it; rows must be two lines high then.
        tone: The ink.
        strong: Whether it is at 600; a bad figure is strong and coloured.
        icon: Before the text, or "".
        icon_tone: Its colour; the ink's where None.
        signs: Instead of text: icons with their counts. ``text`` is then only spoken and copied.
        ticks: How many of how many, as a small staff before the text.
        bar: Shares claimed and evidenced of the full, each 0.0 to 1.0, as a lane bar; no text is painted.
        sort: What the column sorts by; the text where None.
        tip: A tooltip; the whole text where it is elided and this is "".
    """

    text: str
    second: str = ""
    tone: Token = "ink"
    strong: bool = False
    icon: str = ""
    icon_tone: Token | None = None
    signs: tuple[Sign, ...] = ()
    ticks: tuple[int, int] | None = None
    bar: tuple[float, float] | None = None
    sort: Any = None
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        title: Its head.
        cell: Makes a cell of a row's value.
        width: In logical pixels; 0 for the one that takes what is left.
        align: Figures stand right.
        main: Whether it names the row: 600 in the selected one.
        most: Width it grows to where the column that takes the rest can spare it; 0 for ``width`` always.
    """

    title: str
    cell: Callable[[Any], Cell]
    width: int = 0
    align: Literal["left", "right"] = "left"
    main: bool = False
    most: int = 0


class RowsModel(QAbstractTableModel):
    """A list of values, shown through columns. Cells are made once for each value."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._values: list[Any] = []
        self._cells: list[list[Cell | None]] = []

    def set_rows(self, values: Sequence[Any]) -> None:
        """Show other values."""
        self.beginResetModel()
        self._values = list(values)
        self._cells = [[None] * len(self.columns) for _value in self._values]
        self.endResetModel()

    def replace(self, row: int, value: Any) -> None:
        """One row has another value now."""
        self._values[row] = value
        self._cells[row] = [None] * len(self.columns)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.columns) - 1))

    def value(self, row: int) -> Any:
        """The value of a row."""
        return self._values[row]

    def values(self) -> tuple[Any, ...]:
        """All values, unsorted."""
        return tuple(self._values)

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place."""
        made = self._cells[row][column]
        if made is None:
            made = self._cells[row][column] = self.columns[column].cell(self._values[row])
        return made

    def rowCount(self, parent: Index = _ROOT, /) -> int:
        """How many values there are."""
        return 0 if parent.isValid() else len(self._values)

    def columnCount(self, parent: Index = _ROOT, /) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> Any:
        """What a role asks of a cell."""
        if not index.isValid():
            return None
        if role == VALUE_ROLE:
            return self._values[index.row()]
        cell = self.cell(index.row(), index.column())
        if role == CELL_ROLE:
            return cell
        if role == SORT_ROLE:
            return cell.text if cell.sort is None else cell.sort
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{cell.text} {cell.second}" if cell.second else cell.text
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole, /
    ) -> Any:
        """The columns' titles."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None


class RowsView(QSortFilterProxyModel):
    """The rows in the order and choice that a person asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeps: Callable[[Any], bool] | None = None
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(True)

    def set_filter(self, keeps: Callable[[Any], bool] | None) -> None:
        """Show only values for which this is true; None shows all."""
        self._keeps = keeps
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index, /) -> bool:
        """Whether the value is kept."""
        if self._keeps is None:
            return True
        source = self.sourceModel()
        return self._keeps(source.data(source.index(row, 0, parent), VALUE_ROLE))

    def lessThan(self, left: Index, right: Index, /) -> bool:
        """By what the cells say they sort by; nothing stands last."""
        source = self.sourceModel()
        one, other = source.data(left, SORT_ROLE), source.data(right, SORT_ROLE)
        if one is None or other is None or one == other:
            return one is not None and other is None
        try:
            return bool(one < other)
        except TypeError:
            return str(one) < str(other)
