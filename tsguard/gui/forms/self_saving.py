"""Fields that store themselves: typed ones after a pause and on leaving, choices at once.

What could not be stored stays in its field with the reason under it, and is tried again with the next
store; everything else shows what is in the vault. Knows no rule of any value.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from tsguard.errors import TSGuardError
from tsguard.gui.forms.entries import Entry
from tsguard.gui.session_model import SessionModel
from tsguard.i18n import _
from tsguard.services.explain import explain

_SAVE_AFTER_MS = 600


class SelfSavingFields(QWidget):
    """The base of a form: its children make the entries and say where a value belongs.

    Attributes:
        entries: By the name that the value is stored under.
    """

    def __init__(self, model: SessionModel) -> None:
        super().__init__()
        self._model = model
        self.entries: dict[str, Entry] = {}
        self._pending: set[str] = set()
        self._waiting = self._saving = ""
        self._failure: TSGuardError | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SAVE_AFTER_MS)
        self._pause.timeout.connect(self.flush)

    # --- what a form says ---------------------------------------------------------------------------

    def stored(self, name: str) -> Any:
        """The value in the vault."""
        raise NotImplementedError

    def put(self, name: str, value: Any) -> None:
        """Give a value to the model."""
        raise NotImplementedError

    def refusal(self, name: str, value: Any) -> str:
        """Why a value is not even tried to be stored; "" where it is."""
        del name, value
        return ""

    def review(self) -> None:
        """Say what is missing and what is wrong."""
        raise NotImplementedError

    def settle(self, name: str) -> None:
        """Show a field as it is stored, after it was left."""
        raise NotImplementedError

    # --- saving -------------------------------------------------------------------------------------

    def listen(self) -> None:
        """Begin to store what is typed; once, when all entries are there."""
        for name, entry in self.entries.items():
            entry.edits().connect(partial(self.edited, name))
            if (leaves := entry.leaves()) is not None:
                leaves.connect(partial(self.left, name))
        self._model.failed.connect(self._note_failure)

    def flush(self) -> None:
        """Store what is still being typed, and once more what could not be stored before."""
        self._pause.stop()
        self._waiting = ""
        for name in sorted(self._pending):
            self._save(name)

    def unsaved(self) -> str | None:
        """The name of a field whose text is not in the vault, or None."""
        for name, entry in self.entries.items():
            if name in self._pending or entry.unreadable():
                return name
        return None

    def edited(self, name: str, *_said: object) -> None:
        """A field was typed into, or chosen in."""
        if not self.entries[name].typed:
            self.flush()
            self._save(name)
            return
        if self._waiting != name:
            self.flush()
        self._waiting = name
        self._pending.add(name)
        self._pause.start()

    def left(self, name: str, *_said: object) -> None:
        """A field was left, or Enter pressed in it."""
        if self._waiting == name:
            self._pause.stop()
            self._waiting = ""
        if name in self._pending:
            self._save(name)
        if name not in self._pending:
            self.settle(name)

    def _save(self, name: str) -> None:
        entry = self.entries[name]
        if self._model.session.closed or entry.unreadable():
            return
        value = entry.read()
        changed = value != self.stored(name)
        if changed and (reason := self.refusal(name, value)):
            entry.field.set_error(reason)
            return
        failure = self._store(name, value) if changed else None
        if failure is None:
            self._pending.discard(name)
            self.review()
        elif entry.typed:
            reason = explain(failure).happened
            entry.field.set_error(_("还没有存上：{reason}").format(reason=reason))
        else:
            entry.show(self.stored(name))
            self.review()

    def _store(self, name: str, value: Any) -> TSGuardError | None:
        """Put a value; why it was not stored, where it was not."""
        self._saving, self._failure = name, None
        try:
            self.put(name, value)
        finally:
            self._saving = ""
        return self._failure

    def _note_failure(self, error: TSGuardError) -> None:
        if self._saving:
            self._failure = error
