"""The bar over a shown file: which page, how large."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PANEL_MARGIN
from tsguard.gui.widgets.buttons import IconButton
from tsguard.gui.widgets.layout import row
from tsguard.gui.widgets.segmented import Option, Segmented
from tsguard.i18n import _
from tsguard.services.evidence_view import Fit

_STEPS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)


class PageBar(QWidget):
    """Buttons for pages and zoom; it decides nothing.

    Signals:
        turned(int): On by 1 or back by -1.
        zoomed(int): The next larger step for 1, the next smaller one for -1.
        fitted(fit): One of ``Fit``.
    """

    turned = Signal(int)
    zoomed = Signal(int)
    fitted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._back = IconButton(theme, "arrow_left", _("上一页"))
        self._on = IconButton(theme, "arrow_right", _("下一页"))
        self._where = Text(theme, "", "small", "ink2")
        self._out = IconButton(theme, "subtract", _("缩小"))
        self._in = IconButton(theme, "add", _("放大"))
        self._percent = Text(theme, "", "small", "ink2", align="center")
        self._percent.setFixedWidth(46)
        fits = [Option(Fit.WHOLE, _("整页")), Option(Fit.WIDTH, _("页宽"))]
        self._fits = Segmented(theme, fits, Fit.WHOLE, name=_("缩放"))
        tools = row(self._back, self._on, gap=6, margins=(PANEL_MARGIN - 6, 0, PANEL_MARGIN - 4, 8))
        tools.addWidget(self._where, 1)
        zoom: tuple[QWidget, ...] = (self._out, self._percent, self._in, self._fits)
        for part in zoom:
            tools.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(tools)
        self._fits.chosen.connect(self.fitted)
        for button in (self._back, self._on, self._out, self._in):
            button.clicked.connect(self._pressed)

    def _pressed(self) -> None:
        pressed = self.sender()
        if pressed in {self._back, self._on}:
            self.turned.emit(1 if pressed is self._on else -1)
        else:
            self.zoomed.emit(1 if pressed is self._in else -1)

    @property
    def place(self) -> str:
        """Which page it says, "" where there is only one."""
        return self._where.text()

    @property
    def percent(self) -> str:
        """How large it says the page is."""
        return self._percent.text()

    def show_page(self, page: int, count: int) -> None:
        """Say which page of how many is shown, counted from 0."""
        words = _("第{page}页，共{count}页").format(page=f"{page + 1:,}", count=f"{count:,}")
        self._where.set_text(words if count > 1 else "")
        for button in (self._back, self._on):
            button.setVisible(count > 1)
        self._back.setEnabled(page > 0)
        self._on.setEnabled(page + 1 < count)

    def show_zoom(self, zoom: float) -> None:
        """Say how large the page is, 1.0 for its own size."""
        self._percent.set_text(f"{round(zoom * 100)}%")

    def show_fit(self, fit: Fit) -> None:
        """Mark by what the size goes; nothing for a size of the person's own."""
        self._fits.set_value(None if fit is Fit.FREE else fit)

    def forget(self) -> None:
        """Say nothing."""
        self._where.set_text("")
        self._percent.set_text("")
        self.show_fit(Fit.WHOLE)


def stepped(zoom: float, by: int) -> float:
    """The next larger or smaller step of zoom, from 10 % to 400 %."""
    if by > 0:
        return min((step for step in _STEPS if step > zoom + 0.01), default=_STEPS[-1])
    return max((step for step in _STEPS if step < zoom - 0.01), default=_STEPS[0])
