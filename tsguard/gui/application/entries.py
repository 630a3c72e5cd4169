"""The control that suits each kind of asked field: what it holds, how a stored value is shown in it.

Knows the widgets and how a value is spelt for people; storing is the form's business.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from tsguard.domain.form import longest, read
from tsguard.domain.programme import FieldKind, FormField
from tsguard.gui.forms.entries import ComboEntry, Entry, LineEntry, SegmentEntry, TextEntry
from tsguard.gui.text import Text, width_of
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.choices import ComboField
from tsguard.gui.widgets.fields import LineField
from tsguard.gui.widgets.layout import row
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.segmented import Option
from tsguard.i18n import _
from tsguard.services.application import spelt, unit_of

_UNIT_EDGE = 12
_WIDE_TEXT = 60
"""A text that may be longer than this has a row of its own."""


def asked_entry(theme: Theme, field: FormField) -> Entry:
    """The control of an asked field, empty."""
    if field.kind is FieldKind.LONG_TEXT:
        return CountedEntry(theme, field)
    if field.kind is FieldKind.CHOICE:
        return ChoiceEntry(theme, field)
    if field.kind is FieldKind.YES_NO:
        return YesNoEntry(theme, field)
    return AskedLine(theme, field)


def is_wide(field: FormField) -> bool:
    """Whether a field has a row of its own; a taken value needs no more than half of one."""
    if field.kind is FieldKind.TEXT:
        return bool(field.ask) and longest(field) > _WIDE_TEXT
    return field.kind is FieldKind.LONG_TEXT


class _UnitField(LineField):
    """One line with its unit inside, at the right end."""

    def __init__(self, theme: Theme, label: str, unit: str, *, placeholder: str = "") -> None:
        super().__init__(theme, label, placeholder=placeholder)
        if unit:
            self.line.setTextMargins(0, 0, width_of(unit, "small") + _UNIT_EDGE, 0)
            self.line.setLayout(
                row(None, Text(theme, unit, "small", "ink3", whole=True), margins=(0, 0, _UNIT_EDGE, 0))
            )


class AskedLine(LineEntry):
    """A text, number, day, year or telephone number in one line."""

    def __init__(self, theme: Theme, field: FormField) -> None:
        self._asked = field
        placeholder = {
            FieldKind.DAY: _("年-月-日，如2026-06-30"),
            FieldKind.YEAR: _("四位数的年份"),
        }.get(field.kind, "")
        line = _UnitField(theme, field.label, unit_of(field), placeholder=placeholder)
        super().__init__(field.ask, line, help=field.hint)

    def read(self) -> Any:
        """The value as it is stored."""
        return read(self._asked, self.field.text()).text

    def show(self, value: Any) -> None:
        """Show a stored value, numbers with their separators; a wrong one as it was typed."""
        self.field.set_text(self._spelling(value))

    def says(self, value: Any) -> bool:
        """Whether it says that already, in the spelling that is shown."""
        return self.field.text() == self._spelling(value)

    def _spelling(self, value: Any) -> str:
        reading = read(self._asked, str(value))
        return reading.text if reading.rule else spelt(self._asked, reading.text)


class _CountedField(PlainTextField):
    """Several lines with a count of characters beside the label."""

    def __init__(self, theme: Theme, label: str, most: int) -> None:
        super().__init__(theme, label, least=4, most=16)
        self._most = most
        self._count = Text(theme, "", "caption", "ink3", whole=True)
        body = self.layout()
        head = body.itemAt(0) if body is not None else None
        if head is not None and isinstance(line := head.layout(), QBoxLayout):
            line.addWidget(self._count)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.textChanged.connect(self.count)
        self.count()

    def count(self) -> None:
        """Say how much of the room is taken."""
        length = len(self.text().strip())
        words = _("{length}/{most}字").format(length=f"{length:,}", most=f"{self._most:,}")
        self._count.set_text(words)
        self._count.set_tone("bad" if length > self._most else "ink3")
        self._count.setAccessibleName(_("已写{words}").format(words=words))


class CountedEntry(TextEntry):
    """Several lines of text."""

    def __init__(self, theme: Theme, field: FormField) -> None:
        self._asked = field
        super().__init__(field.ask, _CountedField(theme, field.label, longest(field)), help=field.hint)

    def read(self) -> Any:
        """The value as it is stored."""
        return read(self._asked, self.field.text()).text


class ChoiceEntry(ComboEntry):
    """One of several words, or none; a word that is no longer offered is shown all the same."""

    def __init__(self, theme: Theme, field: FormField) -> None:
        self._asked = field
        combo = ComboField(theme, field.label, _options(field))
        super().__init__(field.ask, combo, help=field.hint)

    def show(self, value: Any) -> None:
        """Show a value."""
        known = [option for option, _word in _options(self._asked)]
        self.field.set_options(
            _options(self._asked) if value in known else [*_options(self._asked), (value, str(value))], value
        )


def _options(field: FormField) -> list[tuple[object, str]]:
    return [("", _("未选")), *((choice, choice) for choice in field.choices)]


class YesNoEntry(SegmentEntry):
    """Yes, no, or not filled in yet."""

    def __init__(self, theme: Theme, field: FormField) -> None:
        options = [Option("yes", _("是")), Option("no", _("否")), Option("", _("未填"))]
        super().__init__(theme, field.ask, field.label, options)
        self.help = field.hint
