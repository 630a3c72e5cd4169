"""Where a person is among a few steps: number, word, line; done, at hand, to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.gui import icons
from tsguard.gui.text import put, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import Token
from tsguard.gui.widgets import paint
from tsguard.i18n import _

_DISC = 24
_GAP = 8
_LINE = 28


class Steps(QWidget):
    """Only shows; the buttons of the page are the way from step to step."""

    def __init__(self, theme: Theme, words: Sequence[str]) -> None:
        super().__init__()
        self._theme, self._words, self._at = theme, tuple(words), 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_current(0)
        theme.changed.connect(self.update)

    def set_current(self, at: int) -> None:
        """Be at a step, counted from 0."""
        self._at = at
        said = _("第{number}步，共{count}步：{word}")
        self.setAccessibleName(said.format(number=at + 1, count=len(self._words), word=self._words[at]))
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        words = sum(_DISC + _GAP + width_of(word, "body", strong=True) for word in self._words)
        return QSize(words + (len(self._words) - 1) * (_LINE + 2 * _GAP), _DISC + 4)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint discs, words and the lines between them."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        x, middle = 0.0, self.height() / 2
        for number, word in enumerate(self._words):
            done, here = number < self._at, number == self._at
            if number:
                paint.horizontal(painter, x + _GAP, middle, _LINE, theme.color("line_strong"))
                x += _LINE + 2 * _GAP
            disc = QRectF(x, middle - _DISC / 2, _DISC, _DISC)
            ground, frame = theme.color("accent"), None
            if not here:
                ground = theme.color("accent_soft" if done else "ground")
                frame = theme.color("accent" if done else "edge")
            paint.rounded(painter, disc, _DISC / 2, ground, frame)
            if done:
                icons.draw(painter, "checkmark", theme.color("accent"), x + 5, middle - 7, 14)
            else:
                ink: Token = "on_accent" if here else "ink2"
                put(painter, str(number + 1), "small", theme.color(ink), disc, "center", strong=here)
            x += _DISC + _GAP
            tone: Token = "ink" if here else "ink2"
            width = width_of(word, "body", strong=True)
            put(painter, word, "body", theme.color(tone), QRectF(x, 0, width + 1, self.height()), strong=here)
            x += width
