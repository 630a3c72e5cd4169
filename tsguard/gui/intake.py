"""Files on their way into the vault: read by the worker one after the other, recorded on the window's thread.

What was stored before a stop or an error stays, and only that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tsguard.domain.evidence import Evidence
from tsguard.errors import Cancelled, TSGuardError
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.i18n import _
from tsguard.services.cabinet import filed


def unnamed() -> str:
    """The title of evidence that nobody has named yet.

    The file's own name is no title: people put customers and projects into it, and the submission
    prints titles.
    """
    return _("待命名佐证")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file to be taken in.

    Attributes:
        path: Where it lies.
        evidence: Its record, without what only its content tells.
    """

    path: Path
    evidence: Evidence


class Intake(QObject):
    """Stores files and makes a record of each; its progress is shown by a strip, with a way to stop.

    Signals:
        added(evidence_id): It is in the vault.
        twin(evidence_id, other_id): The same content was there already.
        refused(path, error): A file was not stored; the ``TSGuardError`` says why.
        finished(): Nothing is waiting any more.
    """

    added = Signal(str)
    twin = Signal(str, str)
    refused = Signal(object, object)
    finished = Signal()

    def __init__(self, model: SessionModel, tasks: Tasks, strip: ProgressStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._tasks, self._strip = model, tasks, strip
        self._waiting: list[Arrival] = []
        self._now: Arrival | None = None
        self._progress: Progress | None = None
        model.closing.connect(self.cancel)

    @property
    def busy(self) -> bool:
        """Whether files are on their way."""
        return self._now is not None

    def take(self, arrivals: Sequence[Arrival]) -> None:
        """Store files, after those that wait already."""
        self._waiting += arrivals
        if self._now is None:
            self._next()

    def cancel(self) -> None:
        """Stop; what is stored already stays, what is half read leaves nothing behind."""
        self._waiting.clear()
        if self._progress is not None:
            self._progress.cancel()

    def _next(self) -> None:
        if not self._waiting:
            self._now = self._progress = None
            self._strip.finish()
            self.finished.emit()
            return
        self._now = now = self._waiting.pop(0)
        cabinet, rest = self._model.session.cabinet, len(self._waiting)
        words = _("正在存入“{name}”").format(name=now.path.name)
        if rest:
            words += _("，还有{count}个").format(count=rest)
        self._strip.start(words, self.cancel)

        def work(progress: Progress) -> Evidence:
            stored = cabinet.store_file(now.path, progress.report, progress.cancelled)
            return filed(now.evidence, now.path, stored)

        self._progress = self._tasks.run(work, self._stored, self._failed, self._strip.report)

    def _stored(self, piece: Evidence) -> None:
        if self._model.session.closed:
            return
        cabinet = self._model.session.cabinet
        other = next((each.id for each in cabinet if each.sha256 == piece.sha256), "")
        new = self._model.add_evidence(piece)
        if new:
            self.added.emit(new)
            if other:
                self.twin.emit(new, other)
        self._next()

    def _failed(self, error: TSGuardError) -> None:
        if not isinstance(error, Cancelled) and self._now is not None:
            self.refused.emit(self._now.path, error)
        self._next()
