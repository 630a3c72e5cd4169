"""All veto items as a line of signs; each can be pressed, and says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Verdict
from tsguard.gui import icons
from tsguard.gui.text import tooltip
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CONTROL, Token
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.pressing import pressed_by_enter
from tsguard.gui.widgets.signs import VERDICT_SIGNS
from tsguard.i18n import _

_SIDE = 28
_ICON = 16


class _Sign(QAbstractButton):
    """One veto item."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.item = ""
        self._verdict: Verdict | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.resize(_SIDE, _SIDE)
        theme.changed.connect(self.update)

    def say(self, item: str, verdict: Verdict | None, text: str) -> None:
        """Stand for an item."""
        self.item, self._verdict = item, verdict
        words = _("否决项{item}，{verdict}：{text}").format(
            item=item, verdict=verdict_word(verdict), text=text
        )
        self.setAccessibleName(words)
        self.setToolTip(tooltip(words))
        self.update()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter presses it, as Space does."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the verdict's sign, filled."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        if self.underMouse() or self.isDown():
            plane: Token = "pressed" if self.isDown() else "hover"
            paint.rounded(painter, QRectF(self.rect()), RADIUS_CONTROL, theme.color(plane))
        sign = VERDICT_SIGNS[self._verdict]
        at = (_SIDE - _ICON) / 2
        icons.draw(painter, sign.chosen, theme.color(sign.ink), at, at, _ICON)


class VetoSigns(QWidget):
    """Signs in reading order; as many lines as they need.

    Signals:
        pressed(item_id): A person wants to see that item.
    """

    pressed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._signs: list[_Sign] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_items(self, items: Sequence[tuple[str, Verdict | None, str]]) -> None:
        """Show other items: id, verdict, requirement."""
        while len(self._signs) < len(items):
            sign = _Sign(self._theme, self)
            sign.clicked.connect(self._clicked)
            self._signs.append(sign)
        for at, sign in enumerate(self._signs):
            sign.setVisible(at < len(items))
            if at < len(items):
                sign.say(*items[at])
            else:
                sign.item = ""
        self._place()
        self.updateGeometry()

    def _clicked(self) -> None:
        sign = self.sender()
        if isinstance(sign, _Sign):
            self.pressed.emit(sign.item)

    def _place(self) -> None:
        across = max(1, self.width() // _SIDE)
        for at, sign in enumerate(self._signs):
            sign.move(at % across * _SIDE, at // across * _SIDE)

    def sizeHint(self) -> QSize:
        """All in one line."""
        return QSize(max(1, len(self._shown())) * _SIDE, _SIDE)

    def minimumSizeHint(self) -> QSize:
        """Four in a line."""
        return QSize(4 * _SIDE, _SIDE)

    def hasHeightForWidth(self) -> bool:
        """More lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as it takes."""
        across = max(1, width // _SIDE)
        return max(1, -(-len(self._shown()) // across)) * _SIDE

    def _shown(self) -> list[_Sign]:
        return [sign for sign in self._signs if sign.item]

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Break the line where the room ends."""
        super().resizeEvent(event)
        self._place()
