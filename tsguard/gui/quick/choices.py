"""The answers of one question as large buttons: a plain word, and under it what the checklist stores.

Knows no item; the page says which answer is shown and hears which was pressed.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from tsguard.domain.scales import Verdict
from tsguard.gui import icons
from tsguard.gui.quick.wording import plain_word, stored_as
from tsguard.gui.text import put, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_TRACK, Token
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.pressing import pressed_by_enter
from tsguard.gui.widgets.signs import VERDICT_KEYS, VERDICT_SIGNS
from tsguard.i18n import _

ANSWERS = (Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.UNKNOWN)
"""Those with a button of their own; 不适用 needs a reason and is given in the checklist."""

_HEIGHT, _GAP, _PADDING = 72, 10, 14
_ICON, _ICON_GAP, _KEY = 20, 8, 18
_NARROWEST = 148


class AnswerButton(QAbstractButton):
    """One answer.

    Attributes:
        verdict: What it stands for.
    """

    def __init__(self, theme: Theme, verdict: Verdict, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.verdict, self._chosen = theme, verdict, False
        self._sign, self._key = VERDICT_SIGNS[verdict], VERDICT_KEYS[verdict]
        self.setText(plain_word(verdict))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_chosen(chosen=False)
        theme.changed.connect(self.update)

    @property
    def chosen(self) -> bool:
        """Whether it is the answer."""
        return self._chosen

    def set_chosen(self, *, chosen: bool) -> None:
        """Be the answer, or not."""
        self._chosen = chosen
        words = _("{word}，{stored}，按键{key}").format(
            word=self.text(), stored=stored_as(self.verdict), key=self._key
        )
        self.setAccessibleName(words + (_("，已选") if chosen else ""))
        self.update()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter presses it, as Space does."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint ground, sign, word, what is stored, and the key."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        ground: Token = "pressed" if self.isDown() else "hover" if self.underMouse() else "card"
        frame: Token = "line_strong"
        if self._chosen:
            ground, frame = self._sign.soft, self._sign.ink
        paint.rounded(painter, QRectF(self.rect()), RADIUS_TRACK, theme.color(ground), theme.color(frame))
        ink: Token = self._sign.ink if self._chosen else "ink"
        name = self._sign.chosen if self._chosen else self._sign.icon
        icons.draw(
            painter, name, theme.color(self._sign.ink if self._chosen else "ink2"), _PADDING, 16, _ICON
        )
        left = _PADDING + _ICON + _ICON_GAP
        room = self.width() - left - _PADDING
        put(painter, self.text(), "subtitle", theme.color(ink), QRectF(left, 12, room - _KEY, 28))
        small: Token = "ink2" if self._chosen else "ink3"
        put(painter, stored_as(self.verdict), "caption", theme.color(small), QRectF(left, 42, room, 18))
        key = QRectF(self.width() - _PADDING - _KEY, 17, _KEY, _KEY)
        put(painter, self._key, "caption", theme.color(small), key, "right")


class AnswerChoices(QWidget):
    """Four in a row, or two and two where that is too narrow.

    Signals:
        pressed(object): A person gave this ``Verdict``, the chosen one again included.
    """

    pressed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.buttons = {verdict: AnswerButton(theme, verdict, self) for verdict in ANSWERS}
        for button in self.buttons.values():
            button.clicked.connect(self._clicked)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_verdict(self, verdict: Verdict | None) -> None:
        """Show an answer."""
        for each, button in self.buttons.items():
            button.set_chosen(chosen=each is verdict)

    def take_focus(self) -> None:
        """Take the keyboard: at the answer, or the first button."""
        chosen = next((button for button in self.buttons.values() if button.chosen), None)
        (chosen or self.buttons[Verdict.MET]).setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Whether the keyboard is at one of them."""
        return any(button.hasFocus() for button in self.buttons.values())

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, AnswerButton):
            self.pressed.emit(button.verdict)

    # --- placing ------------------------------------------------------------------------------------

    def _across(self, width: int) -> int:
        widest = max(width_of(stored_as(each), "caption") for each in ANSWERS)
        each = max(_NARROWEST, widest + 2 * _PADDING + _ICON + _ICON_GAP)
        return len(ANSWERS) if width >= len(ANSWERS) * (each + _GAP) - _GAP else 2

    def hasHeightForWidth(self) -> bool:
        """Two lines where it is narrow."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """One line of buttons, or two."""
        lines = -(-len(ANSWERS) // self._across(width))
        return lines * (_HEIGHT + _GAP) - _GAP

    def sizeHint(self) -> QSize:
        """All in one line."""
        return QSize(len(ANSWERS) * (_NARROWEST + _GAP), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Two side by side."""
        return QSize(2 * _NARROWEST + _GAP, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Place the buttons."""
        super().resizeEvent(event)
        across = self._across(self.width())
        each = (self.width() + _GAP) / across
        for at, button in enumerate(self.buttons.values()):
            left, right = round(at % across * each), round((at % across + 1) * each) - _GAP
            button.setGeometry(left, at // across * (_HEIGHT + _GAP), right - left, _HEIGHT)
