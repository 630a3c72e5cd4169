"""The tree at the left, painted by one delegate: sections and items, no widget per row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
)

from tsguard.gui import icons
from tsguard.gui.checklist.outline_model import ROW_ROLE, Index, OutlineItem, OutlineModel, SectionRow
from tsguard.gui.text import put, tooltip, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CONTROL
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.signs import VERDICT_SIGNS
from tsguard.i18n import _

_SECTION, _ITEM = 34, 30
_LEFT, _RIGHT = 6, 4


class OutlineDelegate(QStyledItemDelegate):
    """Paints sections and items."""

    def __init__(self, theme: Theme, view: QTreeView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index, /) -> QSize:
        """34 for a section, 30 for an item."""
        return QSize(100, _ITEM if index.internalId() else _SECTION)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint ground, sign, words and at most one mark."""
        row = index.data(ROW_ROLE)
        area = QRectF(option.rect)
        width = self._view.viewport().width()
        plate = QRectF(_LEFT, area.top() + 1, width - _LEFT - _RIGHT, area.height() - 2)
        painter.save()
        paint.begin(painter)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        is_open = isinstance(row, OutlineItem) and row.is_open
        if is_open:
            paint.soft(painter, self._theme, plate, "accent_soft", RADIUS_CONTROL)
            paint.marker(painter, self._theme, plate.left(), area.center().y())
        elif over:
            paint.rounded(painter, plate, RADIUS_CONTROL, self._theme.color("hover"))
        if isinstance(row, SectionRow):
            self._section(painter, plate, row, index)
        elif isinstance(row, OutlineItem):
            self._item(painter, plate, row)
        by_key = self._view.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if by_key and self._view.hasFocus() and index == self._view.currentIndex():
            frame = plate.adjusted(0.5, 0.5, -0.5, -0.5)
            paint.rounded(painter, frame, RADIUS_CONTROL, None, self._theme.color("focus"))
            paint.rounded(
                painter, frame.adjusted(1, 1, -1, -1), RADIUS_CONTROL, None, self._theme.color("focus")
            )
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
        /,
    ) -> bool:
        """Show the whole text, which a row of this width hardly ever does."""
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        row = index.data(ROW_ROLE)
        if isinstance(row, OutlineItem):
            QToolTip.showText(event.globalPos(), tooltip(f"{row.item.id} {row.item.text}"), view)
        return True

    def _section(self, painter: QPainter, plate: QRectF, row: SectionRow, index: Index) -> None:
        theme, middle, right = self._theme, plate.center().y(), plate.right() - 8
        opened = self._view.isExpanded(index)
        name = "chevron_down" if opened else "chevron_right"
        icons.draw(painter, name, theme.color("ink3"), plate.left() + 6, middle - 7, 14)
        asked = len(row.section.items)
        if row.done == asked:
            icons.draw(painter, "checkmark", theme.color("good"), right - 14, middle - 7, 14)
            took = 14.0
        else:
            room = QRectF(right - 60, plate.top(), 60, plate.height())
            took = put(painter, f"{row.done}/{asked}", "caption", theme.color("ink3"), room, "right")
        left = plate.left() + 26
        room = QRectF(left, plate.top(), right - took - 10 - left, plate.height())
        put(painter, row.section.title, "small", theme.color("ink"), room, strong=row.is_open)

    def _item(self, painter: QPainter, plate: QRectF, row: OutlineItem) -> None:
        theme, middle, right = self._theme, plate.center().y(), plate.right() - 8
        sign = VERDICT_SIGNS[row.standing.verdict]
        icons.draw(painter, sign.icon, theme.color(sign.ink), plate.left() + 24, middle - 7.5, 15)
        number = QRectF(plate.left() + 45, plate.top(), 24, plate.height())
        put(painter, row.item.number, "caption", theme.color("ink3"), number)
        mark = ("warning", "warn") if row.standing.contradicted else ("flag", "ink3")
        if row.standing.contradicted or row.standing.flagged:
            icon, tone = mark
            icons.draw(
                painter, icon, theme.color("warn" if tone == "warn" else "ink3"), right - 15, middle - 7, 14
            )
            right -= 20
        left = plate.left() + 45 + max(20, width_of(row.item.number, "caption") + 6)
        room = QRectF(left, plate.top(), right - left, plate.height())
        put(painter, row.item.text, "small", theme.color("ink" if row.is_open else "ink2"), room)


class OutlineView(QTreeView):
    """The tree; Up and Down move along it, Left and Right fold, Enter goes to the card.

    Signals:
        reached(item_id): The person moved to an item, by key or by mouse.
        entered_card(): The person pressed Enter on an item.
    """

    reached = Signal(str)
    entered_card = Signal()

    def __init__(self, theme: Theme, outline: OutlineModel) -> None:
        super().__init__()
        self._theme, self._outline = theme, outline
        self._unfolded: set[str] = set()
        self._quiet = False
        self.setModel(outline)
        self.setItemDelegate(OutlineDelegate(theme, self))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAutoScroll(False)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName(_("清单目录"))
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().setSingleStep(_ITEM)
        self.expanded.connect(self._remember)
        self.collapsed.connect(self._forget)
        outline.modelReset.connect(self._restore)
        theme.changed.connect(self.viewport().update)

    def point_at(self, item_id: str) -> None:
        """Show where an item stands, unfolding its section; the person is not asked."""
        index = self._outline.index_of(item_id)
        if not index.isValid():
            self.clearSelection()
            return
        self._quiet = True
        if not self.isExpanded(index.parent()):
            self.expand(index.parent())
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        place = self.visualRect(index)
        hidden = place.isEmpty() or not self.viewport().rect().contains(place)
        near = -_SECTION < place.top() < self.viewport().height() + _SECTION and not place.isEmpty()
        if hidden:
            hints = QAbstractItemView.ScrollHint
            self.scrollTo(index, hints.EnsureVisible if near else hints.PositionAtCenter)
        self._quiet = False

    def currentChanged(self, current: Index, previous: Index, /) -> None:
        """Open the item the person moved to."""
        super().currentChanged(current, previous)
        item = self._outline.item_at(current)
        if item and not self._quiet:
            self.reached.emit(item)

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        """A click on a section folds it or unfolds it; one on the open item goes to it again."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        if self._outline.section_at(index):
            self.setExpanded(index, not self.isExpanded(index))
        elif item := self._outline.item_at(index):
            self.reached.emit(item)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter goes to the card or folds; letters and digits belong to the page."""
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and index.isValid():
            if self._outline.section_at(index):
                self.setExpanded(index, not self.isExpanded(index))
            else:
                self.reached.emit(self._outline.item_at(index))
                self.entered_card.emit()
            event.accept()
            return
        if event.text() and event.text().isprintable():
            event.ignore()
            return
        super().keyPressEvent(event)

    def viewportSizeHint(self) -> QSize:
        """As the column gives."""
        return QSize(200, 300)

    def _remember(self, index: QModelIndex) -> None:
        if not self._quiet or not self._outline.filtered:
            self._unfolded.add(self._outline.section_at(index))

    def _forget(self, index: QModelIndex) -> None:
        self._unfolded.discard(self._outline.section_at(index))

    def _restore(self) -> None:
        """After a reset: all unfolded while something is searched, otherwise as the person left it."""
        known = set(self._unfolded)
        self._quiet = True
        if self._outline.filtered:
            self.expandAll()
        else:
            for row in range(self._outline.rowCount()):
                index = self._outline.index(row, 0)
                if self._outline.section_at(index) in known:
                    self.expand(index)
        self._unfolded = known
        self._quiet = False
        self.point_at(self._outline.open_item)
