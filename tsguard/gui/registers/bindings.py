"""Bindings: one field of a record and the control that shows it, whatever kind of control that is.

A binding knows what is stored and what is being typed, and when the one shall become the other. It
stores nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tsguard.gui.registers.suggest_field import SuggestField
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import LABEL_GAP
from tsguard.gui.widgets.choices import ComboField, Tick
from tsguard.gui.widgets.fields import DateField, Field, LineField, NumberField
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.segmented import Segmented

_SAVE_AFTER_MS = 600


class Binding(QObject):
    """One field of a record on screen; base of all kinds.

    Attributes:
        name: The field's name in the record.
        widget: What stands in the form.

    Signals:
        changed(name, value): The person wants another value.
        touched(name): Something was typed that is not stored yet.
    """

    changed = Signal(str, object)
    touched = Signal(str)

    typed = False
    """Whether values come from typing, so that one undo takes them together."""

    def __init__(self, name: str, widget: QWidget) -> None:
        super().__init__(widget)
        self.name, self.widget = name, widget

    @property
    def dirty(self) -> bool:
        """Whether the control shows something that is not stored."""
        return False

    @property
    def error(self) -> str:
        """What is wrong, as it is shown."""
        return ""

    def load(self, value: object) -> None:
        """Show a stored value, whatever was there before."""
        raise NotImplementedError

    def sync(self, value: object) -> None:
        """The stored value is this now; what is being typed stays."""
        self.load(value)

    def flush(self) -> None:
        """Say at once what was typed and not said yet."""

    def refuse(self, reason: str, stored: object) -> None:
        """It could not be stored: a choice goes back, a text stays with the reason under it."""
        del reason
        self.load(stored)

    def set_standing(self, error: str) -> None:
        """What the rules say of the stored value; shown while there is nothing worse."""

    def set_help(self, text: str) -> None:
        """The line below, while there is no error."""


class LineBinding(Binding):
    """A text, number or day in one line; said 600 ms after the last key, on Enter and on leaving."""

    typed = True

    def __init__(self, name: str, field: LineField | SuggestField) -> None:
        super().__init__(name, field)
        self.field = field
        self._stored: object = None
        self._standing, self._refused = "", False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SAVE_AFTER_MS)
        self._pause.timeout.connect(self._say)
        field.edited.connect(self._typed)
        field.committed.connect(self._committed)
        field.line.editingFinished.connect(self._left)

    def _read(self) -> object:
        if isinstance(self.field, NumberField | DateField):
            return self.field.value()
        return self.field.text()

    @property
    def dirty(self) -> bool:
        """Whether the line shows something that is not stored."""
        return self._is_other()

    def _is_other(self) -> bool:
        value = self._read()
        return value != self._stored or (value is None and bool(self.field.text()))

    @property
    def error(self) -> str:
        """What is wrong, as it is shown."""
        return self.field.error if self.field.error != self._standing else ""

    def load(self, value: object) -> None:
        """Show a stored value."""
        self._pause.stop()
        self._stored = value.strip() if isinstance(value, str) else value
        self._refused = False
        if self.dirty:
            self.field.set_text("" if value is None else str(value))
        self.field.set_error(self._standing)

    def sync(self, value: object) -> None:
        """The stored value is this now."""
        typing = self.dirty
        self._stored = value.strip() if isinstance(value, str) else value
        if not typing or not self._is_other():
            self.load(value)

    def flush(self) -> None:
        """Say what was typed."""
        if self._pause.isActive() or self.dirty or self._refused:
            self._say()

    def refuse(self, reason: str, stored: object) -> None:
        """Keep the text, with the reason under it."""
        self._stored = stored
        self._refused = True
        self.field.set_error(reason)

    def set_standing(self, error: str) -> None:
        """Show what the rules say unless the line itself is wrong."""
        shown, self._standing = self._standing, error
        if not self.field.error or self.field.error == shown:
            self.field.set_error(error)

    def set_help(self, text: str) -> None:
        """The line below, while there is no error."""
        self.field.set_help(text)

    def _typed(self, _text: str) -> None:
        self._pause.start()
        self.touched.emit(self.name)

    def _say(self) -> None:
        self._pause.stop()
        value = self._read()
        # Half a date is no date yet; the field itself says so when it is left.
        if value is None and self.field.text():
            return
        if value != self._stored:
            self.changed.emit(self.name, value)
        elif self._refused:
            self._refused = False
            self.field.set_error(self._standing)
            self.touched.emit(self.name)

    def _committed(self, _value: object) -> None:
        self._say()

    def _left(self) -> None:
        self._say()
        if not self.field.error and not self._refused:
            self.field.set_error(self._standing)
        self.touched.emit(self.name)


class TextBinding(Binding):
    """A text of several lines."""

    typed = True

    def __init__(self, name: str, field: PlainTextField) -> None:
        super().__init__(name, field)
        self.field = field
        self._stored = ""
        field.edited.connect(self._typed)
        field.committed.connect(self._committed)

    @property
    def dirty(self) -> bool:
        """Whether it shows something that is not stored."""
        return self.field.text() != self._stored

    @property
    def error(self) -> str:
        """What is wrong."""
        return self.field.error

    def load(self, value: object) -> None:
        """Show a stored text."""
        self._stored = str(value or "")
        self.field.set_text(self._stored)
        self.field.set_error("")

    def sync(self, value: object) -> None:
        """The stored text is this now."""
        typing, self._stored = self.dirty, str(value or "")
        if not typing or self.field.text() == self._stored:
            self.load(value)

    def flush(self) -> None:
        """Say what was typed; what was refused before is said again."""
        if self.dirty:
            text = self.field.text()
            self.field.set_text(text)  # so that its own pause says nothing more
            self.changed.emit(self.name, text)

    def refuse(self, reason: str, stored: object) -> None:
        """Keep the text, with the reason under it."""
        self._stored = str(stored or "")
        self.field.set_error(reason)

    def _typed(self, _text: str) -> None:
        self.touched.emit(self.name)

    def _committed(self, text: str) -> None:
        self.changed.emit(self.name, text)


class ChoiceBinding(Binding):
    """One of several values from a drop-down."""

    def __init__(self, name: str, field: ComboField) -> None:
        super().__init__(name, field)
        self.field = field
        field.chosen.connect(self._chosen)

    def load(self, value: object) -> None:
        """Show a stored value."""
        self.field.set_value(value)

    def set_help(self, text: str) -> None:
        """The line below."""
        self.field.set_help(text)

    def _chosen(self, value: object) -> None:
        self.changed.emit(self.name, value)


class LabelledSegments(QWidget):
    """Segments with a label above and a line of help below, as a field has them."""

    def __init__(self, theme: Theme, label: str, segments: Segmented) -> None:
        super().__init__()
        self.segments = segments
        self._help = Text(theme, "", "caption", "ink3", wrap=True)
        body = column(Text(theme, label, "small", "ink2"), row(segments, None), gap=LABEL_GAP)
        body.addWidget(self._help)
        body.addStretch(1)
        self.setLayout(body)
        self._help.hide()

    def set_help(self, text: str) -> None:
        """The line below."""
        self._help.set_text(text)
        self._help.setVisible(bool(text))


class SegmentBinding(Binding):
    """One of a few values side by side."""

    def __init__(self, name: str, widget: LabelledSegments) -> None:
        super().__init__(name, widget)
        self._labelled = widget
        widget.segments.chosen.connect(self._chosen)

    def load(self, value: object) -> None:
        """Show a stored value."""
        self._labelled.segments.set_value(value)

    def set_help(self, text: str) -> None:
        """The line below."""
        self._labelled.set_help(text)

    def _chosen(self, value: object) -> None:
        self.changed.emit(self.name, value)


class TickBinding(Binding):
    """Yes or no."""

    def __init__(self, name: str, tick: Tick) -> None:
        super().__init__(name, tick)
        self._tick = tick
        tick.clicked.connect(self._clicked)

    def load(self, value: object) -> None:
        """Show a stored value."""
        self._tick.setChecked(bool(value))

    def _clicked(self, checked: bool) -> None:
        self.changed.emit(self.name, checked)


class WidgetBinding(Binding):
    """A control of the page's own that can show a value and say another."""

    def __init__(self, name: str, widget: QWidget, show: Callable[[object], None]) -> None:
        """Make it.

        Args:
            name: The field's name in the record.
            widget: What stands in the form.
            show: Shows a stored value; the page calls ``say`` with another.
        """
        super().__init__(name, widget)
        self._show = show

    def load(self, value: object) -> None:
        """Show a stored value."""
        self._show(value)

    def say(self, value: object) -> None:
        """The person wants another value."""
        self.changed.emit(self.name, value)


def bind(name: str, widget: Field | Tick | LabelledSegments) -> Binding:
    """The binding that suits a control."""
    if isinstance(widget, LineField | SuggestField):
        return LineBinding(name, widget)
    if isinstance(widget, PlainTextField):
        return TextBinding(name, widget)
    if isinstance(widget, ComboField):
        return ChoiceBinding(name, widget)
    if isinstance(widget, LabelledSegments):
        return SegmentBinding(name, widget)
    if isinstance(widget, Tick):
        return TickBinding(name, widget)
    message = f"no binding for {type(widget).__name__}"
    raise TypeError(message)
