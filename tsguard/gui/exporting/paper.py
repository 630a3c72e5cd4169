"""One page of a report on its desk, at any size; the wheel and PageDown go on to the next page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from tsguard.gui.theme import Theme
from tsguard.gui.widgets import paint
from tsguard.services.preview import PageImage

DESK_MARGIN = 20


def image_of(page: PageImage) -> QImage:
    """A rendered page for the screen; the copy outlives the bytes."""
    made = QImage(page.rgba, page.width, page.height, page.width * 4, QImage.Format.Format_RGBX8888)
    return made.copy()


def draw_page(painter: QPainter, theme: Theme, place: QRectF, image: QImage) -> None:
    """Paint a page with a little shadow; in the dark its white is dimmed to paper."""
    at = paint.snapped(painter, place)
    shade = theme.color("shadow")
    shade.setAlpha(9)
    for step in range(4):
        painter.fillRect(at.adjusted(-step * 0.5, 1, step * 0.5, 1 + step), shade)
    painter.drawImage(at, image)
    if theme.dark:
        painter.save()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(at, theme.color("paper"))
        painter.restore()
    if theme.high_contrast:
        paint.rounded(painter, at, 0, None, theme.color("line"))


class _Sheet(QWidget):
    """The page itself, in the middle of whatever room there is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.image: QImage | None = None
        self.page_size = QSize(0, 0)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Paint desk and page."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("desk"))
        if self.image is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        width, height = self.page_size.width(), self.page_size.height()
        left = max(DESK_MARGIN, (self.width() - width) // 2)
        top = max(DESK_MARGIN, (self.height() - height) // 2)
        draw_page(painter, self._theme, QRectF(left, top, width, height), self.image)


class PaperView(QScrollArea):
    """Shows one page; asks for another at its ends.

    Signals:
        resized: Its room is another; a page that fits it needs another picture.
        turned(int): The person went on by 1 or back by -1.
    """

    resized = Signal()
    turned = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._sheet = _Sheet(theme)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(self._sheet)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_page(self, image: QImage | None, size: QSize, name: str) -> None:
        """Show a picture at a size in logical pixels."""
        self._sheet.image, self._sheet.page_size = image, size
        margin = 2 * DESK_MARGIN
        self._sheet.setMinimumSize(size.width() + margin, size.height() + margin)
        self.setAccessibleName(name)
        self._sheet.update()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """PageDown and PageUp turn the page at its ends; Home and End are the list's."""
        bar, key = self.verticalScrollBar(), event.key()
        if key in {Qt.Key.Key_PageDown, Qt.Key.Key_Right} and bar.value() >= bar.maximum():
            self.turned.emit(1)
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_Left} and bar.value() <= bar.minimum():
            self.turned.emit(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        """A wheel at the page's end goes on to the next."""
        bar, step = self.verticalScrollBar(), event.angleDelta().y()
        if step < 0 and bar.value() >= bar.maximum():
            self.turned.emit(1)
        elif step > 0 and bar.value() <= bar.minimum():
            self.turned.emit(-1)
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Say that there is other room."""
        super().resizeEvent(event)
        self.resized.emit()
