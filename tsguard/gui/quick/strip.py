"""All questions as a strip of signs: how far the person is, and a way to jump.

One stop of Tab, at the question that is open; the page's arrow keys go on from there.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tsguard.domain.checklist import Item
from tsguard.domain.scales import Verdict
from tsguard.gui import icons
from tsguard.gui.quick.wording import spoken_question
from tsguard.gui.text import tooltip
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CONTROL, Token
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.pressing import pressed_by_enter
from tsguard.gui.widgets.signs import VERDICT_SIGNS

_SIDE, _ICON, _MOST = 26, 16, 32


class Dot(QAbstractButton):
    """One question.

    Attributes:
        at: Its place, from 0; -1 while it stands for none.
    """

    def __init__(self, theme: Theme, at: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.at = theme, at
        self._verdict: Verdict | None = None
        self._current = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def say(self, item: Item, verdict: Verdict | None) -> None:
        """Stand for a question with its answer."""
        self._verdict = verdict
        words = spoken_question(self.at + 1, item, verdict)
        self.setAccessibleName(words)
        self.setToolTip(tooltip(words))
        self.update()

    def set_current(self, *, current: bool) -> None:
        """Be the open question, or not."""
        self._current = current
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        self.update()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter presses it, as Space does."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the answer's sign; the open one stands on a ground with a bar under it."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        if self._current or self.underMouse():
            plane: Token = "accent_soft" if self._current else "hover"
            paint.rounded(
                painter, QRectF(self.rect()).adjusted(1, 0, -1, 0), RADIUS_CONTROL, theme.color(plane)
            )
        sign = VERDICT_SIGNS[self._verdict]
        x = (self.width() - _ICON) / 2
        icons.draw(painter, sign.chosen, theme.color(sign.ink), x, (_SIDE - _ICON) / 2, _ICON)
        if self._current:
            bar = QRectF((self.width() - 14) / 2, self.height() - 3, 14, 3)
            paint.rounded(painter, bar, 1.5, theme.color("accent"))


class QuestionStrip(QWidget):
    """The questions in order; as many lines as they need.

    Signals:
        picked(at): A person wants that question; its place from 0.
    """

    picked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._dots: list[Dot] = []
        self._count = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def dots(self) -> tuple[Dot, ...]:
        """Those that stand for a question."""
        return tuple(self._dots[: self._count])

    def set_questions(self, items: Sequence[Item], verdicts: Sequence[Verdict | None]) -> None:
        """Show other questions."""
        while len(self._dots) < len(items):
            dot = Dot(self._theme, len(self._dots), self)
            dot.clicked.connect(self._clicked)
            self._dots.append(dot)
        self._count = len(items)
        for dot in self._dots:
            dot.setVisible(dot.at < self._count)
            dot.set_current(current=False)
        for dot, item, verdict in zip(self._dots, items, verdicts, strict=False):
            dot.say(item, verdict)
        self._place()
        self.updateGeometry()

    def set_verdict(self, at: int, item: Item, verdict: Verdict | None) -> None:
        """One question is answered otherwise."""
        self._dots[at].say(item, verdict)

    def set_current(self, at: int) -> None:
        """Mark the open question."""
        for dot in self.dots:
            dot.set_current(current=dot.at == at)

    def _clicked(self) -> None:
        dot = self.sender()
        if isinstance(dot, Dot):
            self.picked.emit(dot.at)

    # --- placing ------------------------------------------------------------------------------------

    def _across(self, width: int) -> int:
        """As many to a line as keeps all lines about equally long."""
        fit = max(1, width // _SIDE)
        lines = -(-max(1, self._count) // fit)
        return -(-max(1, self._count) // lines)

    def _place(self) -> None:
        across = self._across(self.width())
        each = min(float(_MOST), self.width() / across)
        for dot in self.dots:
            left, right = round(dot.at % across * each), round((dot.at % across + 1) * each)
            dot.setGeometry(left, dot.at // across * _SIDE, max(_SIDE, right - left), _SIDE)

    def sizeHint(self) -> QSize:
        """All in one line."""
        return QSize(max(1, self._count) * _SIDE, _SIDE)

    def minimumSizeHint(self) -> QSize:
        """Eight in a line."""
        return QSize(8 * _SIDE, _SIDE)

    def hasHeightForWidth(self) -> bool:
        """More lines where it is narrow."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """As many lines as it takes."""
        return -(-max(1, self._count) // self._across(width)) * _SIDE

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Break the line where the room ends."""
        super().resizeEvent(event)
        self._place()
