"""Form fields: label above, control, one line of help or error below.

A field checks only what its own kind can know (a date, a whole number). Rules of the domain come from
outside as ``set_error``.
"""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QSpacerItem, QWidget

from tsguard.domain.width import half_width
from tsguard.gui import icons
from tsguard.gui.fonts import font
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import CONTROL_HEIGHT, LABEL_GAP
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.signs import Icon
from tsguard.gui.widgets.undo_keys import UndoKeys
from tsguard.i18n import _

_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))")


def mark_invalid(editor: QWidget, *, invalid: bool) -> None:
    """Give an editor the red lower edge, or take it away; repolished only when that changes."""
    if bool(editor.property("invalid")) == invalid:
        return
    editor.setProperty("invalid", invalid)
    editor.style().unpolish(editor)
    editor.style().polish(editor)


class Field(QWidget):
    """A labelled editor; base of all fields.

    Attributes:
        editor: The native widget that has the keyboard.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        editor: QWidget,
        *,
        help: str = "",  # noqa: A002 - the page reads help="…"
        required: bool = False,
        below: QWidget | None = None,
        control: QWidget | None = None,
    ) -> None:
        """Make a field.

        Args:
            theme: Where colours come from.
            label: Above it, and its accessible name.
            editor: What is typed into.
            help: One line below it, or "".
            required: Whether 必填 stands beside the label.
            below: A widget between editor and help line.
            control: What stands in the layout, where that is more than the editor.
        """
        super().__init__()
        self._theme, self._label, self.editor = theme, label, editor
        self._undo_keys = UndoKeys(editor)
        self._help, self._error = help, ""
        self._title = Text(theme, label, "small", "ink2")
        self._title.setBuddy(editor)
        self._must = Text(theme, _("必填"), "caption", "ink3")
        self._sign = Icon(theme, "error_circle_filled", "bad", 14)
        self._message = Text(theme, "", "caption", "ink3", wrap=True)
        lead = holder(column(self._sign, gap=0, margins=(0, 2, 0, 2)))
        self._lead = lead
        line = row(gap=5)
        line.addWidget(lead, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._message, 1)
        self._line = holder(line)
        self._line.setSizePolicy(_as_wide_as_it_gets())
        head = row(self._title, self._must, None, gap=6)
        body = column(head, control or editor, gap=LABEL_GAP)
        if below is not None:
            body.addWidget(below)
        body.addWidget(self._line)
        # Takes up spare height without asking for any, as a stretch would.
        body.addSpacerItem(QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum))
        self.setLayout(body)
        self.setFocusProxy(editor)
        editor.setFont(font("body"))
        self.set_required(required=required)
        self._show()

    @property
    def label(self) -> str:
        """What stands above it."""
        return self._label

    @property
    def error(self) -> str:
        """The sentence that says what is wrong, or ""."""
        return self._error

    def set_error(self, error: str) -> None:
        """Say what is wrong and what would be right; "" where nothing is."""
        if error != self._error:
            self._error = error
            self._show()

    def set_help(self, text: str) -> None:
        """The line below, while there is no error."""
        self._help = text
        self._show()

    def set_required(self, *, required: bool) -> None:
        """Whether 必填 stands beside the label."""
        self._must.setVisible(required)
        self.editor.setAccessibleName(f"{self._label}，{_('必填')}" if required else self._label)

    def _show(self) -> None:
        bad = bool(self._error)
        self._lead.setVisible(bad)
        self._message.set_tone("bad" if bad else "ink3")
        self._message.set_text(self._error or self._help)
        self._line.setVisible(bool(self._error or self._help))
        self.editor.setAccessibleDescription(self._error or self._help)
        mark_invalid(self.editor, invalid=bad)


def _as_wide_as_it_gets() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


class LineField(Field):
    """One line of text.

    Signals:
        edited(str): After each key.
        committed(str): On Enter or on leaving, where the text is another than the last one set or
            committed. Surrounding white space is gone.
    """

    edited = Signal(str)
    committed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        label: str,
        value: str = "",
        *,
        help: str = "",  # noqa: A002 - the page reads help="…"
        required: bool = False,
        placeholder: str = "",
        longest: int = 0,
    ) -> None:
        """Make a field.

        Args:
            theme: Where colours come from.
            label: Above it.
            value: What it holds.
            help: One line below it.
            required: Whether 必填 stands beside the label.
            placeholder: In ``ink3`` while it is empty; never a needed fact.
            longest: The most characters, 0 for no limit.
        """
        self.line = QLineEdit(value)
        self.line.setPlaceholderText(placeholder)
        self.line.setFixedHeight(CONTROL_HEIGHT)
        self.line.setMinimumWidth(60)
        if longest:
            self.line.setMaxLength(longest)
        self.line.setCursorPosition(0)
        self._last = value
        super().__init__(theme, label, self.line, help=help, required=required)
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self._finish)

    def text(self) -> str:
        """What stands in it, without white space round it."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Show a text; emits nothing."""
        self._last = text
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def _finish(self) -> None:
        text = self.text()
        if text != self._last:
            self._last = text
            self.committed.emit(self._value_of(text))

    def _value_of(self, text: str) -> object:
        return text


class NumberField(LineField):
    """A whole number, or nothing.

    Signals:
        committed(object): An ``int``, or None for an empty field. Nothing is emitted for a text that
            is no number in range; the field says so itself.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        value: int | None = None,
        *,
        least: int = 0,
        most: int = 9_999_999,
        help: str = "",  # noqa: A002 - the page reads help="…"
        required: bool = False,
    ) -> None:
        """Make a field.

        Args:
            theme: Where colours come from.
            label: Above it, with its unit.
            value: What it holds.
            least: The smallest number.
            most: The largest number.
            help: One line below it.
            required: Whether 必填 stands beside the label.
        """
        self._least, self._most = least, most
        shown = "" if value is None else str(value)
        super().__init__(theme, label, shown, help=help, required=required)

    def value(self) -> int | None:
        """The number; None where the field is empty or holds none in range."""
        text = _narrow(self.text())
        if not re.fullmatch(r"-?\d{1,15}", text):
            return None
        number = int(text)
        return number if self._least <= number <= self._most else None

    def set_value(self, value: int | None) -> None:
        """Show a number; emits nothing."""
        self.set_text("" if value is None else str(value))
        self.set_error("")

    def _finish(self) -> None:
        value = self.value()
        if value is None and self.text():
            sentence = _("请填{least}到{most}之间的整数")
            self.set_error(sentence.format(least=f"{self._least:,}", most=f"{self._most:,}"))
            return
        self.set_error("")
        text = "" if value is None else str(value)
        if text != self._last:
            self.set_text(text)
            self.committed.emit(value)


class DateField(LineField):
    """A day as text, ``2026-06-30``; also typed as 20260630, 2026/6/30, 2026年6月30日, full-width.

    Signals:
        committed(object): A ``date``, or None for an empty field. Nothing is emitted for a text that
            is no day; the field says so itself.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        value: date | None = None,
        *,
        help: str = "",  # noqa: A002 - the page reads help="…"
        required: bool = False,
    ) -> None:
        """Make a field.

        Args:
            theme: Where colours come from.
            label: Above it.
            value: The day it holds.
            help: One line below it.
            required: Whether 必填 stands beside the label.
        """
        shown = value.isoformat() if value else ""
        super().__init__(
            theme, label, shown, help=help, required=required, placeholder=_("年-月-日，如2026-06-30")
        )

    def value(self) -> date | None:
        """The day; None where the field is empty or holds none."""
        return parse_date(self.text())

    def set_value(self, value: date | None) -> None:
        """Show a day; emits nothing."""
        self.set_text(value.isoformat() if value else "")
        self.set_error("")

    def _finish(self) -> None:
        value = self.value()
        if value is None and self.text():
            shaped = _DATE.fullmatch(_narrow(self.text()))
            self.set_error(_("没有这一天") if shaped else _("请按2026-06-30的样子填"))
            return
        self.set_error("")
        text = value.isoformat() if value else ""
        if text != self._last:
            self.set_text(text)
            self.committed.emit(value)


def _narrow(text: str) -> str:
    return "".join(half_width(text).split()).replace(",", "")


def parse_date(text: str) -> date | None:
    """The day a person wrote, in any of the forms of ``DateField``; None where it is none."""
    found = _DATE.fullmatch(_narrow(text))
    if found is None:
        return None
    year, month, day, month2, day2 = found.groups()
    try:
        return date(int(year), int(month or month2), int(day or day2))
    except ValueError:
        return None


class SearchField(QLineEdit):
    """A search line with its sign; Esc empties it.

    Signals:
        textChanged(str): Qt's own.
    """

    def __init__(self, theme: Theme, placeholder: str) -> None:
        """Make a search line.

        Args:
            theme: Where colours come from.
            placeholder: What is searched; also its accessible name.
        """
        super().__init__()
        self._theme = theme
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFont(font("body"))
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setProperty("lead", "icon")
        theme.changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc empties the line, and only an empty one lets it through."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Paint the sign over Qt's own field."""
        super().paintEvent(event)
        icons.draw(QPainter(self), "search", self._theme.color("ink2"), 11, (self.height() - 16) / 2, 16)


class LeaveWatch(QObject):
    """Tells when an editor loses the keyboard to another widget of the window.

    Signals:
        left: It did; not for a menu or another window.
    """

    left = Signal()

    def __init__(self, editor: QWidget) -> None:
        super().__init__(editor)
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Watch without taking anything."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            passing = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason}
            if event.reason() not in passing:
                self.left.emit()
        return super().eventFilter(watched, event)
