"""From a choice to files: made in the worker, kept in memory until something changes, written, recorded.

Shows nothing. What was made is dropped when the vault is locked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tsguard.domain.dossier import Format, IssuedDocument
from tsguard.domain.leaks import Hit
from tsguard.domain.snapshot import Snapshot
from tsguard.errors import TSGuardError
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.i18n import _
from tsguard.services.dossier import Made, Order, file_name, make
from tsguard.services.file_names import safe_stem
from tsguard.services.issuing import clear as store_clearances
from tsguard.services.issuing import cleared_keys, named, places, record, taken, write
from tsguard.services.leak_guard import beyond_snapshot


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a dossier on its way to the disk.

    Attributes:
        issued: The files as they were written.
        paths: Where each lies.
        unrecorded: Why the register of issued documents does not know of them; None where it does.
        unread: Ids of the pieces of evidence in them that no program has read wholly.
        warning: What there is to say of the certificate that signed them; "" otherwise.
    """

    issued: tuple[IssuedDocument, ...]
    paths: tuple[Path, ...]
    unrecorded: TSGuardError | None = None
    unread: tuple[str, ...] = ()
    warning: str = ""


def suggested_name(snapshot: Snapshot, order: Order) -> str:
    """A name for the file of an order, or for the folder where it makes several."""
    company = snapshot.enterprise.name
    if order.files > 1:
        words = _("{company}-申报材料-{day}")
        return safe_stem(words.format(company=company, day=order.on.isoformat()))
    if order.bound:
        return safe_stem(_("{company}-申报材料合订本").format(company=company)) + ".pdf"
    return file_name(snapshot, order.editions[0], Format.PDF)


class Making(QObject):
    """Makes and writes dossiers for one page.

    Attributes:
        made: What was made last and still holds, or None.

    Signals:
        finished(object): A ``Made`` is there.
        written(object): A ``Written``.
        failed(object): The ``TSGuardError`` that stopped the work; nothing was written.
        busy_changed(bool): Work runs now, or no longer.
    """

    finished = Signal(object)
    written = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, model: SessionModel, tasks: Tasks, strip: ProgressStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._tasks, self._strip = model, tasks, strip
        self._running: Progress | None = None
        self._order: Order | None = None
        self.made: Made | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being made or written."""
        return self._running is not None

    def holds(self, order: Order) -> bool:
        """Whether what was made last is what this order would make."""
        return self.made is not None and self._order == order

    def forget(self) -> None:
        """Drop what was made: the vault's content is another now, or it is being locked."""
        self.made = self._order = None

    def outdate(self) -> None:
        """What was made can still be looked at and written, but another export makes it anew."""
        self._order = None

    def stop(self) -> None:
        """Ask what runs to stop."""
        if self._running is not None:
            self._running.cancel()

    def make(self, order: Order) -> None:
        """Make a dossier and look it through; ``finished`` or ``failed`` says what became of it."""
        if self.busy:
            return
        self.forget()
        session = self._model.session
        snapshot, known, also = session.snapshot(), cleared_keys(session), beyond_snapshot(session)
        contents = session.cabinet.read

        def work(progress: Progress) -> tuple[Order, Made]:
            made = make(
                snapshot,
                order,
                clearances=known,
                contents=contents,
                also=also,
                progress=progress.report,
                cancelled=progress.cancelled,
            )
            return order, made

        self._start(self._tasks.run(work, self._made, self._failed, self._strip.report), _("正在排版并检查"))

    def name(self, target: Path) -> None:
        """Look the name through that a single file will have there."""
        if self.made is not None:
            self.made = named(self.made, target)

    def in_the_way(self, target: Path) -> tuple[Path, ...]:
        """Files that writing there would replace."""
        return taken(self.made, target) if self.made is not None else ()

    def write(self, target: Path) -> None:
        """Write what was made; ``written`` or ``failed`` says what became of it."""
        made = self.made
        if made is None or self.busy:
            return

        def work(progress: Progress) -> tuple[tuple[IssuedDocument, ...], tuple[Path, ...]]:
            issued = write(made, target, progress=progress.report, cancelled=progress.cancelled)
            return issued, tuple(places(made, target))

        self._start(self._tasks.run(work, self._wrote, self._failed, self._strip.report), _("正在写出文件"))

    def clear(self, hits: Iterable[Hit], reason: str) -> None:
        """Let hits pass.

        Raises:
            InvalidField: The reason is empty or too long.
            StorageError: The vault can't be written.
        """
        hits = tuple(hits)
        store_clearances(self._model.session, hits, reason, self._model.session.today)
        self._model.saved.emit()
        if self.made is not None:
            self.made = self.made.without({hit.key for hit in hits})

    def _start(self, running: Progress, words: str) -> None:
        self._running = running
        self._strip.start(words, running.cancel)
        self.busy_changed.emit(True)

    def _ended(self) -> None:
        self._running = None
        self._strip.finish()
        self.busy_changed.emit(False)

    def _made(self, result: tuple[Order, Made]) -> None:
        self._ended()
        if not self._model.session.closed:
            order, self.made = result
            # An order with a passphrase in it is not kept; what it made is, until it is written.
            self._order = order if order.passphrase is None and order.signing is None else None
            self.finished.emit(self.made)

    def _wrote(self, result: tuple[tuple[IssuedDocument, ...], tuple[Path, ...]]) -> None:
        issued, paths = result
        trouble: TSGuardError | None = None
        try:
            issued = record(self._model.session, issued)
        except TSGuardError as error:
            trouble = error
        self._ended()
        if trouble is None:
            self._model.saved.emit()
        self._model.issued_changed.emit()
        made = self.made
        unread = tuple(made.unread) if made is not None else ()
        warning = made.certificate.warning if made is not None and made.certificate is not None else ""
        self.written.emit(Written(issued, paths, trouble, unread, warning))

    def _failed(self, error: TSGuardError) -> None:
        self._ended()
        self.failed.emit(error)
