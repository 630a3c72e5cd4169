"""Deleting without a question, and taking it back: the message that says so and its one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from tsguard.gui.session_model import SessionModel
from tsguard.gui.widgets.messages import Action, Message, MessageBar
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _

_KEY = "deleted"


class Deletions(QObject):
    """Deletes a record and offers to undo that very step, as long as it is the newest one."""

    def __init__(self, model: SessionModel, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._messages = model, messages
        self._at = -1
        model.undo_stack.indexChanged.connect(self._moved)

    def run(
        self, remove: Callable[[], object], *, gone: Callable[[], bool], title: str, text: str = ""
    ) -> None:
        """Delete.

        Args:
            remove: Does it through the model.
            gone: Whether it worked.
            title: What to say then.
            text: A sentence more.
        """
        self._at = -1
        remove()
        if not gone():
            return
        self._at = self._model.undo_stack.index()
        message = Message(Severity.INFO, title, text, (Action(_("撤销"), self._undo),), key=_KEY)
        self._messages.post(message)

    def _undo(self) -> None:
        if self._model.undo_stack.index() == self._at:
            self._model.undo()

    def _moved(self, index: int) -> None:
        if self._at >= 0 and index != self._at:
            self._at = -1
            self._messages.solve(_KEY)
