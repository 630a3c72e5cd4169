"""Which items a record supports: all items of the checklist in a small searchable list with boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from tsguard.gui import icons
from tsguard.gui.text import Text, put, tooltip
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import LABEL_GAP, RADIUS_CONTROL
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.fields import SearchField
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.surfaces import Surface
from tsguard.i18n import _

_ROW = 30
_BOX = 16
_ROWS_SHOWN = 6
_ID_ROLE = int(Qt.ItemDataRole.UserRole)
_TEXT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class _Links(QAbstractListModel):
    """Items with a box each; linked ones stand first when a record comes on screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts: dict[str, str] = {}
        self._order: list[str] = []
        self.linked: set[str] = set()

    def set_items(self, texts: dict[str, str]) -> None:
        """Offer other items, in reading order."""
        self._texts = texts
        self.set_linked(self.linked)

    def set_linked(self, linked: set[str]) -> None:
        """Tick these; an id that the checklist no longer has is listed all the same."""
        self.beginResetModel()
        self.linked = set(linked)
        gone = sorted(linked - self._texts.keys())
        here = [each for each in self._texts if each in linked]
        self._order = [*gone, *here, *(each for each in self._texts if each not in linked)]
        self.endResetModel()

    def tick(self, row: int) -> None:
        """The other way round."""
        self.linked ^= {self._order[row]}
        self.dataChanged.emit(self.index(row), self.index(row))

    def in_order(self) -> tuple[str, ...]:
        """The linked ids in reading order."""
        known = [each for each in self._texts if each in self.linked]
        return (*known, *sorted(self.linked - self._texts.keys()))

    def rowCount(self, parent: Index = _ROOT, /) -> int:
        """How many items there are."""
        return 0 if parent.isValid() else len(self._order)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> Any:
        """What a role asks of an item."""
        if not index.isValid():
            return None
        item = self._order[index.row()]
        text = self._texts.get(item, _("现在的清单里没有这一条"))
        if role == _ID_ROLE:
            return item
        if role == _TEXT_ROLE:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(text)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if item in self.linked else Qt.CheckState.Unchecked
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            state = _("已关联") if item in self.linked else _("未关联")
            return f"{item} {text}，{state}"
        return None


class _Found(QSortFilterProxyModel):
    """The items that a search text is found in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sought = ""

    def seek(self, sought: str) -> None:
        """Show only these."""
        self._sought = sought.strip().lower()
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index, /) -> bool:
        """By id and text."""
        index = self.sourceModel().index(row, 0, parent)
        words = f"{index.data(_ID_ROLE)} {index.data(_TEXT_ROLE)}".lower()
        return self._sought in words


class _Delegate(QStyledItemDelegate):
    """Paints box, id and text."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index, /) -> QSize:
        """30 high."""
        return QSize(100, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint one item."""
        theme, area = self._theme, QRectF(option.rect)
        painter.save()
        paint.begin(painter)
        current = index.row() == self._view.currentIndex().row() and self._view.hasFocus()
        if current:
            paint.rounded(painter, area, RADIUS_CONTROL, theme.color("hover"), theme.color("focus"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, area, RADIUS_CONTROL, theme.color("hover"))
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
        box = QRectF(area.left() + 8, area.center().y() - _BOX / 2, _BOX, _BOX)
        if ticked:
            paint.rounded(painter, box, RADIUS_CONTROL, theme.color("accent"))
            icons.draw(painter, "checkmark", theme.color("on_accent"), box.left() + 2, box.top() + 2, 12)
        else:
            paint.rounded(painter, box, RADIUS_CONTROL, theme.color("card"), theme.color("edge"))
        put(painter, index.data(_ID_ROLE), "small", theme.color("ink3"), area.adjusted(32, 0, -6, 0))
        put(painter, index.data(_TEXT_ROLE), "small", theme.color("ink"), area.adjusted(90, 0, -8, 0))
        painter.restore()


class _List(QListView):
    """A list where a click, Space or Enter ticks.

    Signals:
        ticked(index): That one.
    """

    ticked = Signal(object)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Space and Enter tick the current item."""
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.ticked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class ItemLinks(QWidget):
    """The items a record supports.

    Signals:
        changed(object): The linked ids as a tuple, after a person ticked one.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, label: str) -> None:
        """Make it; ``set_items`` fills it.

        Args:
            theme: Where colours come from.
            label: Above it, and its accessible name.
        """
        super().__init__()
        self._theme = theme
        self._links = _Links(self)
        self._found = _Found(self)
        self._found.setSourceModel(self._links)
        self._count = Text(theme, "", "caption", "ink3")
        self._search = SearchField(theme, _("搜条款编号或文字"))
        self._view = _List()
        self._view.setModel(self._found)
        self._view.setItemDelegate(_Delegate(theme, self._view))
        self._view.setAccessibleName(label)
        self._view.setUniformItemSizes(True)
        self._view.setMouseTracking(True)
        self._view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setFixedHeight(_ROW * _ROWS_SHOWN)
        self._view.viewport().setAutoFillBackground(False)
        frame = Surface(
            theme, column(self._view, gap=0, margins=4), fill="card", frame="line_strong", radius=4
        )
        head = row(Text(theme, label, "small", "ink2"), self._count, None, gap=6)
        self.setLayout(column(head, self._search, frame, gap=LABEL_GAP))
        self._search.textChanged.connect(self._found.seek)
        self._view.clicked.connect(self._tick)
        self._view.ticked.connect(self._tick)
        theme.changed.connect(self._view.viewport().update)

    def set_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Offer other items: ids with their texts, in reading order."""
        self._links.set_items(dict(items))

    def show_linked(self, linked: object) -> None:
        """Tick these ids; emits nothing, and moves nothing where they are ticked already."""
        ids = {str(each) for each in linked} if isinstance(linked, tuple) else set()
        if ids != self._links.linked:
            self._links.set_linked(ids)
            self._view.scrollToTop()
        self._say()

    def _tick(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        self._links.tick(self._found.mapToSource(index).row())
        self._say()
        self.changed.emit(self._links.in_order())

    def _say(self) -> None:
        count = len(self._links.linked)
        self._count.set_text(_("{count}条").format(count=count) if count else _("还没有"))
