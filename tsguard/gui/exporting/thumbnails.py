"""All pages of a document, small, one under the other; a sign on those to look at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tsguard.gui import icons
from tsguard.gui.exporting.paper import draw_page
from tsguard.gui.text import put
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CONTROL
from tsguard.gui.widgets import paint
from tsguard.i18n import _

PICTURE_WIDTH = 86
_ROW = 158
_SIGN = 18
_IMAGE_ROLE = int(Qt.ItemDataRole.UserRole)
_MARK_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    """Pictures with their numbers."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self._marked: frozenset[int] = frozenset()

    def set_images(self, images: Sequence[QImage], marked: Collection[int]) -> None:
        """Show others."""
        self.beginResetModel()
        self._images, self._marked = list(images), frozenset(marked)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT, /) -> int:
        """How many pages there are."""
        return 0 if parent.isValid() else len(self._images)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> Any:
        """What a role asks of a page."""
        if not index.isValid():
            return None
        if role == _IMAGE_ROLE:
            return self._images[index.row()]
        marked = index.row() in self._marked
        if role == _MARK_ROLE:
            return marked
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            words = _("第{page}页，有疑似泄密") if marked else _("第{page}页")
            return words.format(page=index.row() + 1)
        return None


class _Delegate(QStyledItemDelegate):
    """Paints a small page, its number, and a frame round the chosen one."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index, /) -> QSize:
        """One row."""
        return QSize(PICTURE_WIDTH + 30, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint one page."""
        image = index.data(_IMAGE_ROLE)
        theme, area = self._theme, QRectF(option.rect)
        painter.save()
        paint.begin(painter)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        height = PICTURE_WIDTH * image.height() / max(1, image.width())
        top = area.top() + 10
        place = QRectF(area.center().x() - PICTURE_WIDTH / 2, top, PICTURE_WIDTH, height)
        draw_page(painter, theme, place, image)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(-5, -5, 5, 5), RADIUS_CONTROL, RADIUS_CONTROL)
        if index.data(_MARK_ROLE):
            corner = QRectF(place.right() - _SIGN / 2 - 2, place.top() - _SIGN / 2 + 2, _SIGN, _SIGN)
            paint.rounded(painter, corner.adjusted(-1, -1, 1, 1), _SIGN / 2 + 1, theme.color("desk"))
            tone = theme.color("bad")
            icons.draw(painter, "error_circle_filled", tone, corner.left(), corner.top(), _SIGN)
        number = QRectF(area.left(), place.bottom() + 6, area.width(), 18)
        put(painter, str(index.row() + 1), "caption", theme.color("ink2"), number, "center")
        painter.restore()


class Thumbnails(QListView):
    """The pages to choose from; Up, Down, Home, End walk.

    Signals:
        chosen(int): That page, counted from 0.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._pages = _Pages(self)
        self.setModel(self._pages)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName(_("页面缩略图"))
        self.setFixedWidth(PICTURE_WIDTH + 44)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._moved)
        theme.changed.connect(self.viewport().update)

    def set_images(self, images: Sequence[QImage], marked: Collection[int] = ()) -> None:
        """Show other pages; ``marked`` ones, counted from 0, carry a sign."""
        self._pages.set_images(images, marked)

    def choose(self, page: int) -> None:
        """Go to a page, counted from 0."""
        index = self._pages.index(page)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.row())
