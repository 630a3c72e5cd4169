"""Checking all stored files against their records, and saying what does not match."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from tsguard.errors import Cancelled, TSGuardError, VaultClosed
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.widgets.messages import Action, Message, MessageBar
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.evidence_check import FileFault, fault_words, verify_files
from tsguard.services.explain import explain

_KEY = "evidence-check"
_MOST_NAMED = 6


class FileCheck(QObject):
    """Reads every stored file in the worker, with a way to stop.

    Attributes:
        faults: What the last check found.

    Signals:
        finished: It came to its end, was stopped, or could not go on.
    """

    finished = Signal()

    def __init__(
        self, model: SessionModel, tasks: Tasks, strip: ProgressStrip, messages: MessageBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._model, self._tasks, self._strip, self._messages = model, tasks, strip, messages
        self._running: Progress | None = None
        self._count = 0
        self.faults: tuple[FileFault, ...] = ()

    @property
    def busy(self) -> bool:
        """Whether it is reading."""
        return self._running is not None

    def stop(self) -> None:
        """Read no more."""
        if self._running is not None:
            self._running.cancel()

    def run(self) -> None:
        """Check all files; at most one check at a time."""
        if self.busy:
            return
        cabinet, issued = self._model.session.cabinet, self._model.session.issued
        self._count = sum(not piece.is_paper for piece in cabinet) + len(issued.scans())

        def work(progress: Progress) -> tuple[FileFault, ...]:
            return verify_files(cabinet, issued, progress.report, progress.cancelled)

        self._running = self._tasks.run(work, self._checked, self._failed, self._strip.report)
        self._strip.start(_("正在核对{count}件文件").format(count=self._count), self._running.cancel)

    def _checked(self, faults: tuple[FileFault, ...]) -> None:
        self._done()
        self.faults = faults
        if not faults:
            title = _("{count}件文件都与存入时一致").format(count=self._count)
            text = _("逐件读出全文，与登记的SHA-256和SM3校验值比对过。")
            self._messages.post(Message(Severity.GOOD, title, text, key=_KEY))
        else:
            said = [fault_words(fault) for fault in faults[:_MOST_NAMED]]
            if len(faults) > len(said):
                said.append(_("另有{count}件。").format(count=len(faults) - len(said)))
            said.append(_("请从备份里找回这些文件；原件还在的，也可以重新存入。"))
            title = _("{count}件文件与登记的不符").format(count=len(faults))
            action = Action(_("复制清单"), self._copy)
            self._messages.post(Message(Severity.ERROR, title, "".join(said), (action,), key=_KEY))
        self.finished.emit()

    def _copy(self) -> None:
        lines = [f"{fault.evidence}\t{fault.title}\t{fault_words(fault)}" for fault in self.faults]
        QApplication.clipboard().setText("\n".join(lines))

    def _failed(self, error: TSGuardError) -> None:
        self._done()
        if not isinstance(error, Cancelled | VaultClosed):
            said = explain(error)
            self._messages.post(Message(Severity.ERROR, said.happened, f"{said.data}{said.advice}", key=_KEY))
        self.finished.emit()

    def _done(self) -> None:
        self._running = None
        self._strip.finish()
