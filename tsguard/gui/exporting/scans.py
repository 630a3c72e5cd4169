"""A scan on its way into the vault: read by the worker, bound to its entry on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tsguard.domain.dossier import IssuedDocument
from tsguard.errors import Cancelled, TSGuardError
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.i18n import _
from tsguard.services.issued import with_scan

Bound = Callable[[IssuedDocument, date], IssuedDocument]
"""Gives an entry the scan that was stored, on a day."""


class ScanIntake(QObject):
    """Stores one scan at a time; what is half read leaves nothing behind.

    Signals:
        stored(issued_id, replaced): It is in the vault, in the place of another where there was one.
        refused(path, error): It was not stored; the ``TSGuardError`` says why.
    """

    stored = Signal(str, bool)
    refused = Signal(object, object)

    def __init__(self, model: SessionModel, tasks: Tasks, strip: ProgressStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._tasks, self._strip = model, tasks, strip
        self._running: Progress | None = None
        self._issued, self._path = "", Path()

    @property
    def busy(self) -> bool:
        """Whether a scan is on its way."""
        return self._running is not None

    def take(self, issued_id: str, path: Path) -> None:
        """Store a scan for an entry; nothing while another one is on its way."""
        if self.busy:
            return
        self._issued, self._path = issued_id, path
        cabinet = self._model.session.cabinet

        def work(progress: Progress) -> Bound:
            stored = cabinet.store_file(path, progress.report, progress.cancelled)
            return lambda issued, on: with_scan(issued, path, stored, on)

        self._running = self._tasks.run(work, self._came, self._failed, self._strip.report)
        self._strip.start(_("正在存入“{name}”").format(name=path.name), self._running.cancel)

    def cancel(self) -> None:
        """Stop."""
        if self._running is not None:
            self._running.cancel()

    def _came(self, bound: Bound) -> None:
        self._ended()
        session = self._model.session
        if session.closed or self._issued not in session.issued:
            return
        before = session.issued.get(self._issued)  # its note may have been changed meanwhile
        wanted = bound(before, session.today)
        self._model.put_issued(wanted)
        if session.issued.get(self._issued).scan_sha256 == wanted.scan_sha256:
            self.stored.emit(self._issued, before.sealed)

    def _failed(self, error: TSGuardError) -> None:
        self._ended()
        if not isinstance(error, Cancelled):
            self.refused.emit(self._path, error)

    def _ended(self) -> None:
        self._running = None
        self._strip.finish()
