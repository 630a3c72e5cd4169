"""Whether what was typed opens the vault: asked in the worker, and of no account once it was forgotten."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from tsguard.errors import Cancelled, TSGuardError
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.services.vault_file import Secret

Answer = tuple[Progress, TSGuardError | None]


class Proving(QObject):
    """One question at a time.

    Signals:
        proven(): It opens the vault.
        refused(error): It does not (``WrongPassphrase``), nobody could tell, or it was ``Cancelled``.
    """

    proven = Signal()
    refused = Signal(object)

    def __init__(self, model: SessionModel, tasks: Tasks, parent: QObject) -> None:
        """Make it.

        Args:
            model: The open session.
            tasks: Takes the time that a key takes.
            parent: Its owner.
        """
        super().__init__(parent)
        self._model, self._tasks = model, tasks
        self._working: Progress | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._working is not None

    def ask(self, secret: Secret) -> None:
        """Ask; while an answer is awaited there is nothing to ask."""
        file = self._model.session.file

        def work(progress: Progress) -> Answer:
            try:
                file.prove(secret)
            except TSGuardError as error:
                return progress, error
            return progress, None

        self._working = self._tasks.run(work, self._answered, self._stopped)

    def forget(self) -> None:
        """Let an answer that is still to come count for nothing."""
        self._working = None

    def _answered(self, answer: Answer) -> None:
        progress, error = answer
        if progress is not self._working:
            return
        self._working = None
        if error is None:
            self.proven.emit()
        else:
            self.refused.emit(error)

    def _stopped(self, _error: TSGuardError) -> None:
        # Before it began, or a bug: nobody knows to which question this belongs.
        if self._working is not None:
            self._working = None
            self.refused.emit(Cancelled())
