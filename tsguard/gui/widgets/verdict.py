"""The verdict control: five radio buttons to a screen reader, one track of segments to the eye."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Verdict
from tsguard.gui import icons
from tsguard.gui.text import put, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import RADIUS_CONTROL, RADIUS_TRACK, SEGMENT_HEIGHT, Token
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.signs import VERDICT_KEYS, VERDICT_SIGNS, verdict_short
from tsguard.i18n import _

_ICON, _ICON_GAP, _KEY_GAP, _KEY = 16, 5, 7, 8


class _Segment(QRadioButton):
    """One verdict."""

    def __init__(self, theme: Theme, verdict: Verdict) -> None:
        super().__init__(verdict_word(verdict))
        self._theme, self.verdict = theme, verdict
        self.tight = False
        self._sign, self._key = VERDICT_SIGNS[verdict], VERDICT_KEYS[verdict]
        self.setAccessibleName(_("{verdict}，按键{key}").format(verdict=verdict_word(verdict), key=self._key))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def roomy(self) -> int:
        """The width that icon, whole word and key take, with a little air."""
        return self._width(self.text(), tight=False) + 8

    def _width(self, word: str, *, tight: bool) -> int:
        gaps = (3 + 4) if tight else (_ICON_GAP + _KEY_GAP)
        return _ICON + width_of(word, "small", strong=True) + _KEY + gaps

    def sizeHint(self) -> QSize:
        """With the whole word."""
        return QSize(self._width(self.text(), tight=False) + 20, SEGMENT_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """With the short word."""
        return QSize(self._width(verdict_short(self.verdict), tight=True) + 8, SEGMENT_HEIGHT)

    def hitButton(self, _pos: QPoint, /) -> bool:
        """All of the segment."""
        return True

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint icon, word and key."""
        painter, theme, chosen = paint.begin(QPainter(self)), self._theme, self.isChecked()
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if chosen:
            ground, frame = theme.color(self._sign.soft), theme.color(self._sign.ink)
            paint.rounded(painter, area, RADIUS_CONTROL, ground, frame)
        elif self.isEnabled() and (self.underMouse() or self.isDown()):
            plane: Token = "pressed" if self.isDown() else "hover"
            paint.rounded(painter, area, RADIUS_CONTROL, theme.color(plane))
        tone: Token = self._sign.ink if chosen else "ink2"
        hint: Token = self._sign.ink if chosen else "ink3"
        if not self.isEnabled():
            tone = hint = "ink_off"
        tight = self.tight
        word = verdict_short(self.verdict) if tight else self.text()
        x = (self.width() - self._width(word, tight=tight)) / 2
        name = self._sign.chosen if chosen else self._sign.icon
        icons.draw(painter, name, theme.color(tone), x, (self.height() - _ICON) / 2, _ICON)
        x += _ICON + (3 if tight else _ICON_GAP)
        room = QRectF(x, 0, width_of(word, "small", strong=True) + 1, self.height())
        took = put(painter, word, "small", theme.color(tone), room, strong=chosen)
        x += took + (4 if tight else _KEY_GAP)
        put(painter, self._key, "caption", theme.color(hint), QRectF(x, 0, _KEY + 6, self.height()))


class VerdictControl(QWidget):
    """符合 1 · 部分符合 2 · 不符合 3 · 不清楚 4 · 不适用 0.

    The same key, or a click on the chosen one, takes the answer back. What is shown changes at once;
    where the answer could not be stored, the page sets the old one again.

    Signals:
        chosen(object): A person chose a ``Verdict``, or None where they took it back. Not emitted by
            ``set_verdict``.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, verdict: Verdict | None = None, *, may_not_apply: bool = True) -> None:
        """Make the control.

        Args:
            theme: Where colours come from.
            verdict: The answer so far.
            may_not_apply: Whether 不适用 may be chosen; where not, the page says why beside it.
        """
        super().__init__()
        self._theme, self._verdict = theme, verdict
        self._group = QButtonGroup(self)
        self._segments: dict[Verdict, _Segment] = {}
        track = QHBoxLayout(self)
        track.setContentsMargins(0, 0, 0, 0)
        track.setSpacing(0)
        for member in VERDICT_KEYS:
            segment = self._segments[member] = _Segment(theme, member)
            self._group.addButton(segment)
            track.addWidget(segment, 1)
        self.setAccessibleName(_("判定"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_may_not_apply(may=may_not_apply)
        self._show()
        self._group.buttonClicked.connect(self._clicked)
        theme.changed.connect(self.update)

    @property
    def verdict(self) -> Verdict | None:
        """What is shown."""
        return self._verdict

    def set_verdict(self, verdict: Verdict | None) -> None:
        """Show an answer without saying that a person chose it."""
        self._verdict = verdict
        self._show()

    def set_may_not_apply(self, *, may: bool) -> None:
        """Whether 不适用 can be chosen."""
        self._segments[Verdict.NOT_APPLICABLE].setEnabled(may)

    def press(self, verdict: Verdict) -> None:
        """As a click on that segment: choose it, or take it back where it is chosen."""
        if not self.isEnabled() or not self._segments[verdict].isEnabled():
            return
        self._verdict = None if verdict is self._verdict else verdict
        self._show()
        self.chosen.emit(self._verdict)

    def press_key(self, key: str) -> bool:
        """The act of one of the keys 1 2 3 4 0.

        Returns:
            Whether it was one of them.
        """
        for verdict, digit in VERDICT_KEYS.items():
            if key == digit:
                self.press(verdict)
                return True
        return False

    def focus_segment(self) -> None:
        """Take the keyboard: on the chosen segment, or the first."""
        self._segments[self._verdict or Verdict.MET].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self, segment: QAbstractButton) -> None:
        if isinstance(segment, _Segment):
            self.press(segment.verdict)

    def _show(self) -> None:
        # An exclusive group always keeps one checked; none is a state of ours.
        self._group.setExclusive(False)
        for verdict, segment in self._segments.items():
            segment.setChecked(verdict is self._verdict)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """The digits, from the keypad too."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not held and self.press_key(event.text()):
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Where one whole word has no room, all take their short ones."""
        super().resizeEvent(event)
        each = self.width() // len(self._segments)
        tight = any(each < segment.roomy() for segment in self._segments.values())
        for segment in self._segments.values():
            segment.tight = tight
            segment.update()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the track."""
        painter = paint.begin(QPainter(self))
        theme = self._theme
        area = QRectF(self.rect())
        paint.rounded(painter, area, RADIUS_TRACK, theme.color("sunken"), theme.color("line"))
