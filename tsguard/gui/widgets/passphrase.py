"""A field for a passphrase: an eye to look at it, and an honest bar of its strength.

Never keeps the passphrase beside the editor, never logs it, and never lets it into the undo history.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from tsguard.gui import icons
from tsguard.gui.text import put
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CONTROL_HEIGHT, FILTER_HEIGHT, Token
from tsguard.gui.widgets import paint
from tsguard.gui.widgets.buttons import IconButton
from tsguard.gui.widgets.fields import Field
from tsguard.i18n import _

_STEPS = 4
_BITS = (28.0, 45.0, 65.0)  # below: weak, fair, good; from the last on: strong
_HAN_BITS = 9.0  # a character picked by a person, from those in daily use
_TONES: tuple[Token, ...] = ("bad", "warn", "good", "good")


def estimate(passphrase: str) -> int:
    """How hard it is to guess, 0 (weak) to 3 (strong), after a cautious count of its characters.

    Repeats and runs such as ``1234`` or ``aaaa`` count once. It is a hint for a person, not a rule.
    """
    bits, last = 0.0, 0
    for character in passphrase:
        point = ord(character)
        if abs(point - last) > 1:
            bits += _HAN_BITS if point > 0x2E80 else math.log2(10 if character.isdigit() else 26)
        last = point
    distinct = len(set(passphrase)) / max(1, len(passphrase))
    return sum(bits * min(1.0, distinct * 1.5) >= step for step in _BITS)


class StrengthBar(QWidget):
    """Four steps and a word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._step = theme, -1
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(-1)
        theme.changed.connect(self.update)

    def show_step(self, step: int) -> None:
        """Show 0 to 3, or nothing for -1."""
        self._step = step
        self.setAccessibleName(_("口令强度：{word}").format(word=self._word()) if step >= 0 else "")
        self.update()

    def _word(self) -> str:
        return (_("弱"), _("一般"), _("较强"), _("强"))[self._step] if self._step >= 0 else ""

    def sizeHint(self) -> QSize:
        """As wide as a field."""
        return QSize(160, 18)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint steps and word."""
        painter, theme = paint.begin(QPainter(self)), self._theme
        words = 44
        width = (self.width() - words - 3 * (_STEPS - 1)) / _STEPS
        for step in range(_STEPS):
            tone: Token = _TONES[self._step] if step <= self._step else "pressed"
            place = QRectF(step * (width + 3), 7, width, 4)
            paint.rounded(painter, place, 2, theme.color(tone), None)
        if self._step >= 0:
            room = QRectF(self.width() - words, 0, words, self.height())
            put(painter, self._word(), "caption", theme.color(_TONES[self._step]), room, "right")


class _Line(QLineEdit):
    """A secret line with the eye inside its right edge."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setProperty("trail", "icon")
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setMinimumWidth(120)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        # Chinese is allowed in a passphrase, and Qt would switch the input method off for a secret line.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.eye = _Eye(theme, self)
        self.eye.toggled.connect(self._look)

    def _look(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Keep the eye at the right."""
        super().resizeEvent(event)
        self.eye.move(self.width() - self.eye.width() - 2, (self.height() - self.eye.height()) // 2)


class _Eye(IconButton):
    """Shows and hides the passphrase; crossed out while it is shown."""

    def __init__(self, theme: Theme, parent: QLineEdit) -> None:
        super().__init__(theme, "eye", _("显示口令"), size=FILTER_HEIGHT)
        self.setParent(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.resize(self.sizeHint())
        self.toggled.connect(self._rename)

    def _rename(self, shown: bool) -> None:
        self.set_name(_("隐藏口令") if shown else _("显示口令"))

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """The eye, and a stroke through it while the passphrase can be read."""
        if not self.isChecked():
            super().paintEvent(event)
            return
        painter, theme = paint.begin(QPainter(self)), self._theme
        icons.draw(painter, "eye", theme.color("accent"), 6, 6, 16)
        painter.setPen(theme.color("accent"))
        painter.drawLine(8, 20, 20, 8)


class PassphraseField(Field):
    """A passphrase.

    Signals:
        edited: After each key; carries nothing, ask ``text()`` when it is needed.
        submitted: Enter was pressed.
    """

    edited = Signal()
    submitted = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        help: str = "",  # noqa: A002 - the page reads help="…"
        required: bool = False,
        strength: bool = False,
        estimate: Callable[[str], int] = estimate,
    ) -> None:
        """Make a field.

        Args:
            theme: Where colours come from.
            label: Above it.
            help: One line below it.
            required: Whether 必填 stands beside the label.
            strength: Whether a bar shows how strong it is; for a new passphrase only.
            estimate: Gives 0 to 3 for a passphrase.
        """
        self.line = _Line(theme)
        self._bar = StrengthBar(theme) if strength else None
        self._estimate = estimate
        super().__init__(theme, label, self.line, help=help, required=required, below=self._bar)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.submitted)

    def text(self) -> str:
        """The passphrase, exactly as typed."""
        return self.line.text()

    def clear(self) -> None:
        """Forget it, and hide what comes next."""
        self.line.clear()
        self.line.eye.setChecked(False)

    def _typed(self, text: str) -> None:
        if self._bar is not None:
            self._bar.show_step(self._estimate(text) if text else -1)
        self.edited.emit()

    def changeEvent(self, event: QEvent, /) -> None:
        """A disabled field shows no passphrase."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self.line.eye.setChecked(False)
