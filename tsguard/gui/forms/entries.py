"""One field of a form on screen: what it holds, how a stored value is shown in it.

Knows the widgets and no rule; storing is the form's business.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from tsguard.gui.theme import Theme
from tsguard.gui.widgets.choices import ComboField
from tsguard.gui.widgets.fields import DateField, Field, LineField, NumberField
from tsguard.gui.widgets.layout import holder, row
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.segmented import Option, Segmented


class Entry:
    """A field by the name its value is stored under.

    Attributes:
        name: The name in code.
        field: The widget.
        typed: Whether it is typed into, and so saved after a pause; else saved at once.
        help: The line under it while nothing else stands there.
    """

    typed = True

    def __init__(self, name: str, field: Field, *, help: str = "") -> None:  # noqa: A002 - reads help="…"
        self.name, self.field, self.help = name, field, help

    def edits(self) -> SignalInstance:
        """Emitted after each key, or at once for a choice."""
        raise NotImplementedError

    def leaves(self) -> SignalInstance | None:
        """Emitted on Enter and on leaving; None for a choice."""
        return None

    def read(self) -> Any:
        """The value that stands in it."""
        raise NotImplementedError

    def unreadable(self) -> bool:
        """Whether what stands in it is no value at all; the field says so itself."""
        return False

    def show(self, value: Any) -> None:
        """Show a stored value."""
        raise NotImplementedError

    def says(self, value: Any) -> bool:
        """Whether it says that already, be it otherwise spelt."""
        return not self.unreadable() and bool(self.read() == value)


class LineEntry(Entry):
    """One line of text."""

    field: LineField

    def edits(self) -> SignalInstance:
        """After each key."""
        return self.field.edited

    def leaves(self) -> SignalInstance:
        """On Enter and on leaving."""
        return self.field.line.editingFinished

    def read(self) -> Any:
        """The text without white space round it."""
        return self.field.text()

    def show(self, value: Any) -> None:
        """Show a text."""
        self.field.set_text(str(value))


class ValueEntry(LineEntry):
    """A whole number or a day, or nothing."""

    field: NumberField | DateField

    def read(self) -> Any:
        """The value, or None."""
        return self.field.value()

    def unreadable(self) -> bool:
        """A text that is no such value."""
        return bool(self.field.text()) and self.field.value() is None

    def show(self, value: Any) -> None:
        """Show a value."""
        self.field.set_value(value)


class TextEntry(Entry):
    """Several lines of text."""

    field: PlainTextField

    def edits(self) -> SignalInstance:
        """After each key."""
        return self.field.edited

    def leaves(self) -> SignalInstance:
        """After a pause and on leaving."""
        return self.field.committed

    def read(self) -> Any:
        """The text."""
        return self.field.text()

    def show(self, value: Any) -> None:
        """Show a text."""
        self.field.set_text(str(value))


class ComboEntry(Entry):
    """One of several values."""

    field: ComboField
    typed = False

    def edits(self) -> SignalInstance:
        """At once."""
        return self.field.chosen

    def read(self) -> Any:
        """The value."""
        return self.field.value()

    def show(self, value: Any) -> None:
        """Show a value."""
        self.field.set_value(value)


class SegmentEntry(Entry):
    """One of a few values."""

    typed = False

    def __init__(self, theme: Theme, name: str, label: str, options: list[Option]) -> None:
        self._segments = Segmented(theme, options, name=label)
        control: QWidget = holder(row(self._segments, None, gap=0))
        super().__init__(name, Field(theme, label, self._segments, control=control))

    def edits(self) -> SignalInstance:
        """At once."""
        return self._segments.chosen

    def read(self) -> Any:
        """The value."""
        return self._segments.value()

    def show(self, value: Any) -> None:
        """Show a value."""
        self._segments.set_value(value)
