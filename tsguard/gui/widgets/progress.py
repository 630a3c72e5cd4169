"""Work that takes longer than a moment: a thin bar with words, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, row
from tsguard.i18n import _

_WAIT_MS = 400
_SHARE_FROM = 1_000
"""From such a total on the share says more than the number: it counts bytes, pages or mere steps."""


class Bar(QWidget):
    """A thin track with a share of it filled; hatched while the share is not known."""

    def __init__(self, theme: Theme, height: int = 4) -> None:
        super().__init__()
        self._theme, self._share = theme, 0.0
        self._known = True
        self.setFixedHeight(height)
        self.setMinimumWidth(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_share(self, share: float | None, spoken: str = "") -> None:
        """Fill that share, 0.0 to 1.0; None where nobody knows."""
        self._known = share is not None
        self._share = min(1.0, max(0.0, share or 0.0))
        self.setAccessibleName(spoken)
        self.update()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the bar."""
        painter = paint.begin(QPainter(self))
        area = QRectF(self.rect())
        if self._known:
            paint.bar(painter, self._theme, area, [(self._share, "accent")])
            return
        paint.bar(painter, self._theme, area, [])
        painter.setClipRect(area)
        painter.setPen(self._theme.color("accent_mid"))
        for x in range(-8, self.width(), 6):
            painter.drawLine(x, self.height(), x + 2 * self.height(), -self.height())


class ProgressStrip(QWidget):
    """Words, bar, 取消; comes into sight only when the work takes longer than 400 ms.

    Start it only once it stands in a layout: Qt opens a window for a widget without parent.

    Signals:
        cancelled: A person asked to stop; the strip stays until ``finish``.
    """

    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = Text(theme, "", "small", "ink2")
        self._figure = Text(theme, "", "caption", "ink3", whole=True)
        self._bar = Bar(theme)
        self._stop = Button(theme, _("取消"), "link")
        self._stop.clicked.connect(self._cancel)
        self._on_cancel: Callable[[], object] | None = None
        head = row(gap=8)
        head.addWidget(self._words, 1)
        head.addWidget(self._figure)
        line = row(gap=12)
        line.addLayout(column(head, self._bar, gap=2, margins=(0, 0, 0, 4)), 1)
        line.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self.show)
        self.hide()

    def start(self, words: str, cancel: Callable[[], object] | None = None) -> None:
        """Say what is being done, from 400 ms on.

        Args:
            words: What, without full stop: 正在写报告.
            cancel: What stops it; None where it can't be stopped.
        """
        self._words.set_text(words)
        self._figure.set_text("")
        self._bar.set_share(None, words)
        self._on_cancel = cancel
        self._stop.setVisible(cancel is not None)
        self._stop.setEnabled(True)
        self.setAccessibleName(words)
        self._wait.start()

    def report(self, done: int, total: int) -> None:
        """How far it is; total 0 where nobody knows. Fits ``Tasks.run(progress=…)``."""
        if total <= 0:
            self._bar.set_share(None, self._words.text())
            return
        figure = f"{done:,} / {total:,}" if total < _SHARE_FROM else f"{done / total:.0%}"
        self._figure.set_text(figure)
        self._bar.set_share(done / total, f"{self._words.text()} {figure}")

    def finish(self) -> None:
        """Go out of sight."""
        self._wait.stop()
        self._on_cancel = None
        self.hide()

    def _cancel(self) -> None:
        self._stop.setEnabled(False)
        self._words.set_text(_("正在停下"))
        if self._on_cancel is not None:
            self._on_cancel()
        self.cancelled.emit()
