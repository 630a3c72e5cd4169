"""The form of the profile: groups of fields, each of which saves itself.

The only part of the page that writes the profile. What could not be stored stays in its field with the
reason under it; everything else shows what is in the vault.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.domain.enterprise import District
from tsguard.domain.validation import FieldProblem, enterprise_problems
from tsguard.gui.forms.self_saving import SelfSavingFields
from tsguard.gui.profile.completeness import is_filled
from tsguard.gui.profile.entries import CodeEntry
from tsguard.gui.profile.layout import entry_rows
from tsguard.gui.session_model import SessionModel
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import FIELD_GAP
from tsguard.gui.widgets.layout import column, holder, pair
from tsguard.i18n import _
from tsguard.services.explain import field_rule_sentence

_GROUP_GAP = 28
_WIDEST = 680


class ProfileForm(SelfSavingFields):
    """All fields of the profile.

    Attributes:
        entries: By their name in ``Enterprise``.
    """

    def __init__(self, theme: Theme, model: SessionModel) -> None:
        super().__init__(model)
        self._required: frozenset[str] = frozenset()
        body = column(gap=0)
        for number, (title, rows) in enumerate(entry_rows(theme)):
            if number:
                body.addSpacing(_GROUP_GAP)
            if title:
                body.addWidget(Text(theme, title, "subtitle"))
                body.addSpacing(12)
            group = column(gap=FIELD_GAP)
            for row in rows:
                halves = [entry.field if entry else QWidget() for entry in row]
                group.addWidget(holder(pair(*halves, gap=16)))
                self.entries.update({entry.name: entry for entry in row if entry})
            body.addLayout(group)
        self.setLayout(body)
        self.setMaximumWidth(_WIDEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.listen()
        model.closing.connect(self.flush)
        self.refresh()

    # --- showing ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is stored, save where something is still being typed."""
        enterprise = self._model.session.enterprise
        for name, entry in self.entries.items():
            value = getattr(enterprise, name)
            if name not in self._pending and name != self._saving and not entry.says(value):
                entry.show(value)
        self.review()

    def set_required(self, names: Collection[str]) -> None:
        """Say which fields the application form asks for; the empty ones say so."""
        self._required = frozenset(names)
        self.review()

    def focus_on(self, name: str) -> None:
        """Put the keyboard into a field."""
        entry = self.entries.get(name)
        if entry is not None:
            entry.field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def review(self) -> None:
        """Say what is missing and what is wrong."""
        enterprise = self._model.session.enterprise
        problems: dict[str, FieldProblem] = {}
        for problem in enterprise_problems(enterprise):
            problems.setdefault(problem.field, problem)
        elsewhere = self.entries["district"].read() is District.OTHER
        if (whole_row := self.entries["district_other"].field.parentWidget()) is not None:
            whole_row.setVisible(elsewhere)
        for name, entry in self.entries.items():
            if name in self._pending or entry.unreadable():
                continue
            found = problems.get(name)
            entry.field.set_error(field_rule_sentence(found.rule) if found else "")
            if not isinstance(entry, CodeEntry):
                asked = name in self._required and not is_filled(enterprise, name)
                entry.field.set_help(_("申报表要填") if asked else entry.help)
            elif not enterprise.credit_code and "credit_code" in self._required:
                entry.field.set_help(_("申报表要填"))

    # --- saving -------------------------------------------------------------------------------------

    def stored(self, name: str) -> Any:
        """The value in the profile."""
        return getattr(self._model.session.enterprise, name)

    def put(self, name: str, value: Any) -> None:
        """Give the model the profile with that value."""
        candidate = replace(self._model.session.enterprise, **{name: value})
        self._model.put_enterprise(candidate, typed=name if self.entries[name].typed else "")

    def refusal(self, name: str, value: Any) -> str:
        """Why the profile can't have that value, where it can't."""
        candidate = replace(self._model.session.enterprise, **{name: value})
        blocking = [each for each in enterprise_problems(candidate) if each.blocking and each.field == name]
        return field_rule_sentence(blocking[0].rule) if blocking else ""

    def settle(self, name: str) -> None:
        """After leaving, the stored spelling: capitals of the code, no white space round a name."""
        entry, stored = self.entries[name], self.stored(name)
        if isinstance(entry, CodeEntry) and entry.field.line.text() != stored:
            entry.show(stored)
            self.review()
