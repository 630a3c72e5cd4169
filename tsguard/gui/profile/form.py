"""The form of the profile: groups of fields, each of which saves itself.

The only part of the page that writes the profile. What could not be stored stays in its field with the
reason under it; everything else shows what is in the vault.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.domain.enterprise import District, Enterprise
from tsguard.domain.validation import FieldProblem, enterprise_problems
from tsguard.errors import TSGuardError
from tsguard.gui.profile.completeness import is_filled
from tsguard.gui.profile.entries import CodeEntry, Entry
from tsguard.gui.profile.layout import entry_rows
from tsguard.gui.session_model import SessionModel
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import FIELD_GAP
from tsguard.gui.widgets.layout import column, holder, pair
from tsguard.i18n import _
from tsguard.services.explain import explain, field_rule_sentence

_SAVE_AFTER_MS = 600
_GROUP_GAP = 28
_WIDEST = 680


class ProfileForm(QWidget):
    """All fields of the profile.

    Attributes:
        entries: By their name in ``Enterprise``.
    """

    def __init__(self, theme: Theme, model: SessionModel) -> None:
        super().__init__()
        self._model = model
        self.entries: dict[str, Entry] = {}
        self._pending: set[str] = set()
        self._saving = ""
        self._failure: TSGuardError | None = None
        self._waiting = ""
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
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SAVE_AFTER_MS)
        self._pause.timeout.connect(self.flush)
        for name, entry in self.entries.items():
            entry.edits().connect(partial(self._edited, name))
            if (leaves := entry.leaves()) is not None:
                leaves.connect(partial(self._left, name))
        model.failed.connect(self._note_failure)
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
        self._review()

    def set_required(self, names: Collection[str]) -> None:
        """Say which fields the application form asks for; the empty ones say so."""
        self._required = frozenset(names)
        self._review()

    def focus_on(self, name: str) -> None:
        """Put the keyboard into a field."""
        entry = self.entries.get(name)
        if entry is not None:
            entry.field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _review(self) -> None:
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

    def flush(self) -> None:
        """Store what is still being typed; before a lock or a change of page."""
        self._pause.stop()
        if self._waiting:
            name, self._waiting = self._waiting, ""
            self._save(name)

    def unsaved(self) -> str | None:
        """The name of a field whose text could not be stored, or None."""
        for name, entry in self.entries.items():
            if name in self._pending or entry.unreadable():
                return name
        return None

    def _edited(self, name: str, *_said: object) -> None:
        if not self.entries[name].typed:
            self.flush()
            self._save(name)
            return
        if self._waiting != name:
            self.flush()
        self._waiting = name
        self._pending.add(name)
        self._pause.start()

    def _left(self, name: str, *_said: object) -> None:
        if self._waiting == name:
            self._pause.stop()
            self._waiting = ""
        if name not in self._pending:
            self._settle(name)
            return
        self._save(name)
        if name not in self._pending:
            self._settle(name)

    def _settle(self, name: str) -> None:
        """After leaving, the stored spelling: capitals of the code, no white space round a name."""
        entry, stored = self.entries[name], getattr(self._model.session.enterprise, name)
        if isinstance(entry, CodeEntry) and entry.field.line.text() != stored:
            entry.show(stored)
            self._review()

    def _save(self, name: str) -> None:
        session, entry = self._model.session, self.entries[name]
        if session.closed or entry.unreadable():
            return
        value = entry.read()
        if value == getattr(session.enterprise, name):
            self._pending.discard(name)
            self._review()
            return
        candidate = replace(session.enterprise, **{name: value})
        blocking = [each for each in enterprise_problems(candidate) if each.blocking and each.field == name]
        if blocking:
            entry.field.set_error(field_rule_sentence(blocking[0].rule))
            return
        failure = self._store(name, candidate)
        if failure is None:
            self._pending.discard(name)
            self._review()
        elif entry.typed:
            reason = explain(failure).happened
            entry.field.set_error(_("还没有存上：{reason}").format(reason=reason))
        else:
            entry.show(getattr(session.enterprise, name))
            self._review()

    def _store(self, name: str, candidate: Enterprise) -> TSGuardError | None:
        """Put the profile; why it was not stored, where it was not."""
        self._saving, self._failure = name, None
        try:
            self._model.put_enterprise(candidate, typed=name if self.entries[name].typed else "")
        finally:
            self._saving = ""
        return self._failure

    def _note_failure(self, error: TSGuardError) -> None:
        if self._saving:
            self._failure = error
