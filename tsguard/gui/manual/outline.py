"""The list beside the text: chapters with the headings of the open one, or what a search found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tsguard.gui.focus import moves_by_key
from tsguard.gui.text import put, tooltip
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CONTROL, Role
from tsguard.gui.widgets import paint
from tsguard.i18n import _

_PLACE = Qt.ItemDataRole.UserRole
_ROW, _ROW_TWO = 32, 50


@dataclass(frozen=True, slots=True)
class Place:
    """A row, and where it leads.

    Attributes:
        chapter: The chapter's name.
        heading: The heading's title; "" for the chapter's beginning.
        text: What the row says.
        second: A second line, where it has one.
        inner: Whether it stands below a chapter.
    """

    chapter: str
    heading: str
    text: str
    second: str = ""
    inner: bool = False


class _Delegate(QStyledItemDelegate):
    """Paints one row as the checklist's outline does."""

    def __init__(self, theme: Theme, view: QListWidget) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, /) -> QSize:
        """32, or 50 with a second line."""
        return QSize(100, _ROW_TWO if index.data(_PLACE).second else _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        /,
    ) -> None:
        """Paint ground, mark and words."""
        place: Place = index.data(_PLACE)
        area = QRectF(option.rect)
        plate = QRectF(0, area.top() + 1, self._view.viewport().width() - 4, area.height() - 2)
        painter.save()
        paint.begin(painter)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            paint.soft(painter, self._theme, plate, "accent_soft", RADIUS_CONTROL)
            paint.marker(painter, self._theme, plate.left(), plate.center().y())
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, plate, RADIUS_CONTROL, self._theme.color("hover"))
        left = plate.left() + (26 if place.inner else 12)
        room = QRectF(left, plate.top(), plate.right() - 8 - left, plate.height())
        role: Role = "small"
        ink = self._theme.color("ink2" if place.inner and not chosen else "ink")
        if place.second:
            upper = QRectF(room.left(), room.top() + 3, room.width(), room.height() / 2 - 3)
            lower = QRectF(room.left(), room.center().y(), room.width(), room.height() / 2 - 3)
            put(painter, place.text, role, self._theme.color("ink"), upper)
            put(painter, place.second, "caption", self._theme.color("ink3"), lower)
        else:
            put(painter, place.text, role, ink, room, strong=not place.inner and chosen)
        if self._view.hasFocus() and moves_by_key(self._view.window()) and chosen:
            for inset in (0.5, 1.5):
                frame = plate.adjusted(inset, inset, -inset, -inset)
                paint.rounded(painter, frame, RADIUS_CONTROL, None, self._theme.color("focus"))
        painter.restore()


class OutlineList(QListWidget):
    """The list; arrows move along it and the text follows, Enter goes into the text.

    Signals:
        reached(Place): The person moved to a row.
        entered(): The person pressed Enter.
    """

    reached = Signal(object)
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setItemDelegate(_Delegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(_("目录"))
        self.viewport().setAutoFillBackground(False)
        self.currentItemChanged.connect(self._moved)
        theme.changed.connect(self.viewport().update)

    def set_places(self, places: Sequence[Place], current: Place | None) -> None:
        """Show other rows; tells nobody.

        Args:
            places: In their order.
            current: Which of them is chosen, or None.
        """
        self.blockSignals(True)
        self.clear()
        for place in places:
            item = QListWidgetItem()
            item.setData(_PLACE, place)
            words = f"{place.text}，{place.second}" if place.second else place.text
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
            item.setToolTip(tooltip(words))
            self.addItem(item)
            if place == current:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def places(self) -> tuple[Place, ...]:
        """The rows."""
        return tuple(self.item(row).data(_PLACE) for row in range(self.count()))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter goes into the text."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentItem() is not None:
            self.entered.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _moved(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.reached.emit(item.data(_PLACE))
