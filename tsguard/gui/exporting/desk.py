"""The real pages of the documents, made on demand and held in memory only; one document at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tsguard.gui.exporting.paper import DESK_MARGIN, PaperView, image_of
from tsguard.gui.exporting.thumbnails import PICTURE_WIDTH, Thumbnails
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.choices import Combo
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.segmented import Option, Segmented
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline, Surface
from tsguard.i18n import _
from tsguard.services.preview import Preview, render_page

_POINTS = 595  # an A4 page's width
THUMBNAIL_SCALE = 2 * PICTURE_WIDTH / _POINTS
"""Twice the size on screen, so that thumbnails are sharp up to 200 %."""

_STEPS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_CSS = 96 / 72  # logical pixels in a point
_WHOLE, _WIDTH, _FREE = "whole", "width", "free"
_LIST_FROM = 520
_WHICH = 260
_LEAST = 200


class PreviewDesk(QWidget):
    """Toolbar, thumbnails and the page.

    Attributes:
        which: The document that is shown, where there are several.

    Signals:
        wanted: The person asks for a preview.
        turned_to(int): The person wants to see that document, counted from 0.
    """

    wanted = Signal()
    turned_to = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._preview: Preview | None = None
        self._page, self._fit, self._zoom = 0, _WHOLE, 1.0
        self._drawn: tuple[int, QSize, float] | None = None
        ask = Button(theme, _("预览"), "plain", "eye")
        ask.clicked.connect(self.wanted)
        self._ask = ask
        empty = EmptyState(
            theme,
            "document_pdf",
            _("先看再交"),
            _("预览排出和导出一样的每一页，顺带查一遍有没有泄密；只留在内存里，锁定时清除。"),
            (ask,),
        )
        self._build_tools(theme)
        self._stale = Note(theme, Severity.INFO, _("内容或选项改过了，这里还是改动前的样子。"), _("重新预览"))
        self._stale.acted.connect(self.wanted)
        self._stale_row = holder(row(self._stale, margins=(16, 0, 16, 8)))
        self._stale_row.hide()
        self.list = Thumbnails(theme)
        self.paper = PaperView(theme)
        pages = row(self.list, gap=0)
        pages.addWidget(self.paper, 1)
        desk = Surface(theme, pages, fill="desk")
        body = QVBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(self._tools)
        body.addWidget(self._stale_row)
        body.addWidget(Hairline(theme))
        body.addWidget(desk, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(holder(body))
        self.setLayout(column(self._stack, gap=0))
        self.list.chosen.connect(self._go)
        self.paper.turned.connect(self._turn)
        self.paper.resized.connect(self._draw)
        self._fits.chosen.connect(self._set_fit)
        self._out.clicked.connect(self._smaller)
        self._in.clicked.connect(self._larger)

    def _build_tools(self, theme: Theme) -> None:
        self.which = Combo(theme, _("看哪份文件"))
        self.which.setMaximumWidth(_WHICH)
        self.which.hide()
        self.which.activated.connect(self.turned_to)
        self._where = Text(theme, "", "small", "ink2")
        self._out = IconButton(theme, "subtract", _("缩小"))
        self._in = IconButton(theme, "add", _("放大"))
        self._percent = Text(theme, "", "small", "ink2", align="center")
        self._percent.setFixedWidth(46)
        fits = [Option(_WHOLE, _("整页")), Option(_WIDTH, _("页宽"))]
        self._fits = Segmented(theme, fits, _WHOLE, name=_("缩放"))
        steps = row(gap=6)
        steps.addWidget(self._where, 1)
        for part in (self._out, self._percent, self._in, self._fits):
            steps.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._tools = tools = row(gap=10, margins=(20, 8, 16, 8))
        tools.addWidget(self.which, 1)
        tools.addLayout(steps, 1)

    def minimumSizeHint(self) -> QSize:
        """Little: in a narrow window the page hides it."""
        return QSize(_LEAST, _LEAST)

    def hasHeightForWidth(self) -> bool:
        """Never: a note that wraps takes room from the list, not from the window."""
        return False

    @property
    def page(self) -> int:
        """The page on the desk, counted from 0."""
        return self._page

    @property
    def pages(self) -> int:
        """How many pages there are; 0 without a preview."""
        return self._preview.pages if self._preview else 0

    def set_busy(self, *, busy: bool) -> None:
        """While a preview is being made no other can be asked for."""
        self._ask.setEnabled(not busy)

    def set_stale(self, *, stale: bool) -> None:
        """Say that the pages are those of before, or not."""
        self._stale_row.setVisible(stale and self._preview is not None)

    def offer(self, names: Sequence[str], at: int) -> None:
        """Offer documents to choose from; emits nothing."""
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItems(list(names))
        self.which.setCurrentIndex(at)
        self.which.blockSignals(False)
        self.which.setVisible(len(names) > 1)

    def show_preview(
        self, preview: Preview, *, marked: Collection[int] = (), page: int | None = None
    ) -> None:
        """Put another document on the desk.

        Args:
            preview: The document.
            marked: Pages with something to look at, counted from 0.
            page: The page to come to; None stays at the number where there is one.
        """
        self._preview, self._drawn = preview, None
        self._page = max(0, min(self._page if page is None else page, preview.pages - 1))
        self.list.set_images([image_of(each) for each in preview.thumbnails], marked)
        self._stack.setCurrentIndex(1)
        self.set_stale(stale=False)
        self.list.choose(self._page)
        self._draw()

    def clear(self) -> None:
        """Forget every page, at lock."""
        self._preview, self._drawn, self._page = None, None, 0
        self.offer((), -1)
        self.list.set_images([])
        self.paper.show_page(None, QSize(0, 0), "")
        self._stack.setCurrentIndex(0)

    def go_to(self, page: int) -> None:
        """Come to a page, counted from 0; where there is none of that number nothing happens."""
        if 0 <= page < self.pages:
            self.list.choose(page)

    # --- inside ---------------------------------------------------------------------------------

    def _go(self, page: int) -> None:
        self._page = page
        self.paper.verticalScrollBar().setValue(0)
        self._draw()

    def _turn(self, by: int) -> None:
        if 0 <= self._page + by < self.pages:
            self.list.choose(self._page + by)

    def _set_fit(self, fit: object) -> None:
        self._fit = str(fit)
        self._draw()

    def _smaller(self) -> None:
        self._set_zoom(max((step for step in _STEPS if step < self._zoom - 0.01), default=_STEPS[0]))

    def _larger(self) -> None:
        self._set_zoom(min((step for step in _STEPS if step > self._zoom + 0.01), default=_STEPS[-1]))

    def _set_zoom(self, zoom: float) -> None:
        self._fit, self._zoom = _FREE, zoom
        self._fits.set_value(None)
        self._draw()

    def _size(self, preview: Preview) -> QSize:
        """The page's size on screen in logical pixels."""
        small = preview.thumbnails[self._page]
        wide, high = small.width / THUMBNAIL_SCALE, small.height / THUMBNAIL_SCALE
        room = self.paper.viewport().size()
        if self._fit != _FREE:
            bar = self.paper.verticalScrollBar().sizeHint().width()
            across = (room.width() - 2 * DESK_MARGIN) / wide
            if self._fit == _WIDTH:
                across = (self.paper.width() - bar - 2 * DESK_MARGIN) / wide
            scale = across
            if self._fit == _WHOLE:
                scale = min(across, (room.height() - 2 * DESK_MARGIN) / high)
            self._zoom = max(0.1, scale / _CSS)
        return QSize(int(wide * self._zoom * _CSS), int(high * self._zoom * _CSS))

    def _draw(self) -> None:
        preview = self._preview
        if preview is None:
            return
        self.list.setVisible(self.width() >= _LIST_FROM)
        ways = QBoxLayout.Direction
        self._tools.setDirection(ways.LeftToRight if self.width() >= _LIST_FROM else ways.TopToBottom)
        size, ratio = self._size(preview), self.devicePixelRatioF()
        if self._drawn != (self._page, size, ratio):
            self._drawn = (self._page, size, ratio)
            small = preview.thumbnails[self._page]
            scale = size.width() * ratio / (small.width / THUMBNAIL_SCALE)
            image: QImage = image_of(render_page(preview, self._page, scale))
            place = _("第{page}页，共{count}页").format(page=self._page + 1, count=preview.pages)
            self.paper.show_page(image, size, place)
            self._where.set_text(place)
        self._percent.set_text(f"{round(self._zoom * 100)}%")
