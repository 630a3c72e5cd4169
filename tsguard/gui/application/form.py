"""The form on screen: what is asked can be filled in and saves itself, what is taken is shown.

The only part of the page that writes values. A wrong value is stored and said to be wrong; what could
not be stored at all stays in its field with the reason under it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.domain.programme import FormField, FormGroup, Programme
from tsguard.gui.application.entries import asked_entry, is_wide
from tsguard.gui.application.places import place_of
from tsguard.gui.application.taken import TakenField
from tsguard.gui.focus import focus_inside
from tsguard.gui.forms.entries import Entry
from tsguard.gui.forms.self_saving import SelfSavingFields
from tsguard.gui.session_model import SessionModel
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import FIELD_GAP
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, pair, row
from tsguard.i18n import _
from tsguard.services.application import FormEntry, entries, form_rule_sentence

_GROUP_GAP = 28
_WIDEST = 760
_PROFILE = "profile"


class _Group(QWidget):
    """A heading with what is left to do and the way to what is only shown here, and its rows.

    Signals:
        go(target): To the profile.
    """

    go = Signal(str)

    def __init__(self, theme: Theme, group: FormGroup, rows: list[tuple[QWidget, ...]]) -> None:
        super().__init__()
        self.names = [field.name for field in group.fields]
        self._left = Text(theme, "", "caption", "ink3")
        head = row(Text(theme, group.title, "subtitle"), self._left, None, gap=10)
        profile = Button(theme, _("去企业档案"), "link", "arrow_right", icon_after=True)
        profile.setAccessibleDescription(_("“{group}”里只看的内容在那里填").format(group=group.title))
        profile.clicked.connect(self._to_profile)
        head.addWidget(profile)
        if not any(place_of(field).startswith(_PROFILE) for field in group.fields):
            profile.hide()
        self._rows = rows
        self._lines: list[QWidget] = []
        self._spares: list[QWidget] = []
        body = column(gap=FIELD_GAP)
        for widgets in rows:
            spare = QWidget()
            line = holder(pair(*widgets, spare, gap=16))
            self._lines.append(line)
            self._spares.append(spare)
            body.addWidget(line)
        self.setLayout(column(head, 12, body, _GROUP_GAP, gap=0))
        self._halve()

    def say_left(self, count: int) -> None:
        """How many fields are left to do."""
        self._left.set_text(_("待填{count}项").format(count=count) if count else "")

    def _to_profile(self) -> None:
        self.go.emit(_PROFILE)

    def fold(self) -> None:
        """Take lines away that have nothing to show, and the heading with the last of them."""
        self._halve()
        for line, widgets in zip(self._lines, self._rows, strict=True):
            line.setVisible(any(not widget.isHidden() for widget in widgets))
        self.setVisible(any(not line.isHidden() for line in self._lines))

    def _halve(self) -> None:
        """A field that stands alone keeps half of its line, unless it is made for the whole."""
        for spare, widgets in zip(self._spares, self._rows, strict=True):
            shown = [widget for widget in widgets if not widget.isHidden()]
            spare.setVisible(len(shown) == 1 and not _whole(shown[0]))


def _whole(widget: QWidget) -> bool:
    return bool(widget.property("wide"))


class ApplicationFields(SelfSavingFields):
    """All fields of one programme's form.

    Attributes:
        programme: Whose form it is.
        entries: The controls of the asked fields, by id.
        taken: The others, by name.
        last: The field that had the keyboard last, or "".

    Signals:
        go(target): To where a taken field is filled in.
        stood(): What is missing or wrong may be different.
    """

    go = Signal(str)
    stood = Signal()

    def __init__(self, theme: Theme, model: SessionModel, programme: Programme) -> None:
        super().__init__(model)
        self.programme = programme
        self.taken: dict[str, TakenField] = {}
        self._fields = {field.name: field for field in programme.fields()}
        self._quiet: set[str] = set()
        self.last = ""
        self._groups = [
            _Group(theme, group, self._rows(theme, group)) for group in programme.form if group.fields
        ]
        for group in self._groups:
            group.go.connect(self.go)
        self.setLayout(column(*self._groups, gap=0))
        self.setMaximumWidth(_WIDEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.listen()
        self.refresh()

    def _rows(self, theme: Theme, group: FormGroup) -> list[tuple[QWidget, ...]]:
        """Two fields side by side where both are short, in the programme's order."""
        rows: list[tuple[QWidget, ...]] = []
        half: list[QWidget] = []
        for field in group.fields:
            widget = self._widget(theme, field)
            if is_wide(field):
                widget.setProperty("wide", True)
                rows += [tuple(half)] if half else []
                rows.append((widget,))
                half = []
                continue
            half.append(widget)
            if len(half) == 2:
                rows.append(tuple(half))
                half = []
        return [*rows, tuple(half)] if half else rows

    def _widget(self, theme: Theme, field: FormField) -> QWidget:
        if field.ask:
            entry = self.entries[field.ask] = asked_entry(theme, field)
            return entry.field
        taken = self.taken[field.field] = TakenField(theme, field)
        taken.go.connect(self.go)
        return taken

    # --- showing ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is stored, save where something is still being typed."""
        form = self._model.session.form
        # What failed and was tried again from elsewhere is no longer pending.
        self._pending -= {name for name in self._pending - {self._waiting} if self._reads(name)}
        for name, entry in self.entries.items():
            if name in self._pending or name == self._saving or entry.says(form.value(name)):
                continue
            if not (entry.typed and entry.field.editor.hasFocus() and self._reads(name)):
                entry.show(form.value(name))
        self.review()

    @property
    def saving(self) -> bool:
        """Whether a value is being stored from here just now."""
        return bool(self._saving)

    def _reads(self, name: str) -> bool:
        """Whether what stands in a field means just what is stored, be it otherwise spelt."""
        return bool(self.entries[name].read() == self._model.session.form.value(name))

    def review(self) -> None:
        """Say what is missing and what is wrong."""
        standing = {entry.field.name: entry for entry in entries(self._model.session)}
        for name, taken in self.taken.items():
            if name in standing:
                taken.show_text(standing[name].text)
        for name, entry in self.entries.items():
            if name in standing and name not in self._pending:
                self._judge(entry, standing[name])
        for group in self._groups:
            group.say_left(sum(standing[name].open for name in group.names if name in standing))
        self.stood.emit()

    def _judge(self, entry: Entry, standing: FormEntry) -> None:
        wrong = standing.rule is not None and entry.name not in self._quiet
        entry.field.set_help(entry.help)
        entry.field.set_required(required=standing.missing)
        entry.field.set_error(
            form_rule_sentence(standing.field, standing.rule) if wrong and standing.rule else ""
        )

    def show_only(self, names: Collection[str] | None) -> None:
        """Show some fields, by name, with their headings; None for all."""
        widgets: Mapping[str, QWidget] = {
            **self.taken,
            **{name: entry.field for name, entry in self.entries.items()},
        }
        for name, widget in widgets.items():
            widget.setVisible(names is None or name in names)
        for group in self._groups:
            group.fold()

    def widget_of(self, name: str) -> QWidget | None:
        """The widget of a field, asked or taken; None where the form has no such field."""
        if name in self.entries:
            return self.entries[name].field
        return self.taken.get(name)

    def focus_on(self, name: str) -> None:
        """Put the keyboard into a field, or on the way to where it is filled in."""
        entry = self.entries.get(name)
        if entry is not None and entry.field.editor.focusPolicy() != Qt.FocusPolicy.NoFocus:
            entry.field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif entry is not None:
            focus_inside(entry.field)
        elif name in self.taken:
            self.taken[name].way.setFocus(Qt.FocusReason.OtherFocusReason)

    def focused(self) -> str:
        """The field that has the keyboard, or ""."""
        at = self.focusWidget()
        for name in self._fields:
            widget = self.widget_of(name)
            if at is not None and widget is not None and (widget is at or widget.isAncestorOf(at)):
                return name
        return ""

    # --- saving -------------------------------------------------------------------------------------

    def stored(self, name: str) -> str:
        """The value of a field in the vault."""
        return self._model.session.form.value(name)

    def put(self, name: str, value: Any) -> None:
        """Give the model what stands in a field, wrong or not."""
        self._model.put_form_value(self._fields[name], str(value), typed=self.entries[name].typed)

    def edited(self, name: str, *said: object) -> None:
        """A field was typed into, or chosen in; half a date is no mistake yet."""
        self.last = name
        if self.entries[name].typed and not self.entries[name].field.error:
            self._quiet.add(name)
        super().edited(name, *said)

    def left(self, name: str, *said: object) -> None:
        """A field was left: now a mistake is one."""
        self.last = name
        self._quiet.discard(name)
        super().left(name, *said)

    def settle(self, _name: str) -> None:
        """Show the values as they are stored."""
        self.refresh()
