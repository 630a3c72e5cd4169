"""The two halves of 企业档案: side by side, each scrolling by itself, or one under the other.

Knows nothing of what stands in them. The foot of the right half never scrolls away.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.surfaces import Hairline, Scroll

_SIDE_BY_SIDE = 900
_BETWEEN = 28
_PARTED = 32
_TOP, _END = 2, 32
_AROUND = 24
_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX


class Halves(QWidget):
    """A left half, a right half, and the right one's foot."""

    def __init__(self, theme: Theme, left: QWidget, right: QWidget, foot: QWidget, *, bleed: int = 0) -> None:
        """Put them together.

        Args:
            theme: Where colours come from.
            left: The larger half; its greatest width holds side by side.
            right: The smaller half; its greatest width holds side by side.
            foot: Under the right half, or under both.
            bleed: So far the right half sticks out at both sides of its text.
        """
        super().__init__()
        self._left, self._right, self._foot = left, right, foot
        self._bleed = bleed
        self._beside: bool | None = None
        self._right_first = False
        self._wanted: QWidget | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._reveal)
        self._widest = right.maximumWidth()
        # Each in a row of its own: a width that is limited there is known to whoever asks for the height.
        self._left_line = row(gap=0)
        self._left_line.addWidget(left, 1000)
        self._left_line.addStretch(1)
        self._main = QVBoxLayout()
        self._main.setSpacing(_PARTED)
        self._main.addWidget(holder(self._left_line))
        self._main.addStretch(1)
        self._scroll = Scroll(holder(self._main))
        self._aside_main = column(margins=(_BETWEEN - bleed, _TOP, PAGE_MARGIN - bleed, 0))
        self._aside_scroll = Scroll(holder(self._aside_main))
        self._foot_place = QVBoxLayout()
        self._foot_place.setContentsMargins(_BETWEEN, 0, PAGE_MARGIN, 0)
        self._aside = QWidget()
        part = QVBoxLayout()
        part.setContentsMargins(0, 0, 0, 0)
        part.setSpacing(0)
        part.addWidget(self._aside_scroll, 1)
        part.addLayout(self._foot_place)
        whole = row(Hairline(theme, upright=True), gap=0)
        whole.addLayout(part, 1)
        self._aside.setLayout(whole)
        self._aside.setMaximumWidth(self._widest - 2 * bleed + _BETWEEN + PAGE_MARGIN)
        self._aside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._scroll.setMaximumWidth(left.maximumWidth() + PAGE_MARGIN + _BETWEEN)
        self._across = row(self._scroll, self._aside, gap=0)
        self._across.setStretch(0, 6000)
        self._across.setStretch(1, 4300)
        self._across.addStretch(1)
        self._bottom = QVBoxLayout()
        self._bottom.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, 0)
        body = column(gap=0)
        body.addLayout(self._across, 1)
        body.addLayout(self._bottom)
        self.setLayout(body)
        self.arrange(_SIDE_BY_SIDE, first_things_first=False)

    def arrange(self, width: int, *, first_things_first: bool) -> None:
        """Take the places for a width of the page.

        Args:
            width: In logical pixels.
            first_things_first: Whether in one column the right half comes first, since it is to be done
                first.
        """
        beside = width >= _SIDE_BY_SIDE
        if beside == self._beside and (beside or first_things_first == self._right_first):
            return
        self._beside, self._right_first = beside, first_things_first
        if beside:
            self._aside_main.addWidget(self._right)
            self._foot_place.addWidget(self._foot)
            self._right.setMaximumWidth(self._widest)
        else:
            self._main.removeWidget(self._right)
            self._main.insertWidget(0 if first_things_first else 1, self._right)
            self._bottom.addWidget(self._foot)
            self._right.setMaximumWidth(_UNLIMITED)
        bleed = 0 if beside else self._bleed
        self._left_line.setContentsMargins(bleed, 0, bleed, 0)
        right = _BETWEEN if beside else PAGE_MARGIN - bleed
        self._main.setContentsMargins(PAGE_MARGIN - bleed, _TOP, right, _END)
        self._scroll.setMaximumWidth(
            self._left.maximumWidth() + PAGE_MARGIN + _BETWEEN if beside else _UNLIMITED
        )
        self._aside.setVisible(beside)

    def show_part(self, part: QWidget) -> None:
        """Scroll so that a part of one half can be seen, at once and again when it has its height."""
        self._wanted = part
        self._reveal()
        self._later.start()

    def _reveal(self) -> None:
        part = self._wanted
        if part is None or not isValid(part):
            return
        at = part.parentWidget()
        while at is not None and not isinstance(at, QScrollArea):
            at = at.parentWidget()
        if at is not None:
            at.ensureWidgetVisible(part, 0, _AROUND)
