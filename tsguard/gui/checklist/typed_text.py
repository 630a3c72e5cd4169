"""One text field of the open card, tied to one field of the answer: saves itself, loses nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from tsguard.gui.checklist.answering import Answering, TextField
from tsguard.gui.widgets.fields import LineField
from tsguard.gui.widgets.long_text import PlainTextField

_SAVE_AFTER_MS = 600


class TypedText(QObject):
    """Saves 600 ms after the last key and on leaving; a refused text stays in the field with the reason."""

    def __init__(self, answering: Answering, name: TextField, field: LineField | PlainTextField) -> None:
        super().__init__(field)
        self._answering, self._field = answering, field
        self._name: TextField = name
        self._item = ""
        self._shown = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SAVE_AFTER_MS)
        self._pause.timeout.connect(self.flush)
        field.edited.connect(self._typed)
        field.committed.connect(self.flush)

    def load(self, item_id: str) -> None:
        """Be about another item; what was typed for the last one is stored first."""
        self.flush()
        self._item = item_id
        kept = self._answering.unsaved(item_id, self._name)
        self._shown = self._stored()
        self._field.set_text(kept[0] if kept else self._shown)
        self._field.set_error(kept[1] if kept else "")

    def refresh(self) -> None:
        """The answer changed: show it, unless the person is typing something else."""
        stored = self._stored()
        if self._field.text() == self._shown and stored != self._shown:
            self._field.set_text(stored)
        if self._field.text() == stored:
            self._field.set_error("")
        self._shown = stored

    def flush(self) -> None:
        """Store what stands in the field."""
        self._pause.stop()
        text = self._field.text()
        if not self._item or text == self._stored():
            if self._item:
                self._answering.store_text(self._item, self._name, text)
                self._field.set_error("")
            return
        error = self._answering.store_text(self._item, self._name, text)
        self._field.set_error(error)
        if not error:
            self._shown = text

    def _stored(self) -> str:
        answer = self._answering.answer(self._item)
        return {"note": answer.note, "reason": answer.reason, "ask_whom": answer.ask_whom}[self._name]

    def _typed(self) -> None:
        self._pause.start()
