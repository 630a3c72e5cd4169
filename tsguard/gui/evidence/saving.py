"""Saving copies of evidence in clear, one or many, after a warning that they leave the vault's protection."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from tsguard.domain.evidence import Evidence
from tsguard.errors import Cancelled, TSGuardError, VaultClosed
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.widgets.messages import Action, Message, MessageBar
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.cabinet import FileSource
from tsguard.services.evidence_copies import Saved, save_copies, saved_name, write_copy
from tsguard.services.explain import explain

_KEY = "evidence-copy"
_MOST_NAMED = 5


class CopySaving(QObject):
    """Warns, asks where, and writes in the worker, with a way to stop."""

    def __init__(
        self,
        model: SessionModel,
        tasks: Tasks,
        strip: ProgressStrip,
        messages: MessageBar,
        host: QWidget,
        source: FileSource | None = None,
    ) -> None:
        """Make it.

        Args:
            model: The open session.
            tasks: Writes the copies.
            strip: Shows how far it is.
            messages: Where it warns, and says what became of it.
            host: The page.
            source: Where a single file is read from; the cabinet by default.
        """
        super().__init__(host)
        self._source = source
        self._model, self._tasks = model, tasks
        self._strip, self._messages, self._host = strip, messages, host
        self._running: Progress | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._running is not None

    def stop(self) -> None:
        """Write no more; what is whole stays."""
        if self._running is not None:
            self._running.cancel()

    def offer(self, pieces: Sequence[Evidence]) -> None:
        """Warn, and save where the person goes on; paper is left out."""
        files = [piece for piece in pieces if not piece.is_paper]
        if not files or self.busy:
            return

        def ask() -> None:
            if len(files) == 1:
                self._ask_for_file(files[0])
            else:
                self._ask_for_folder(files)

        title = _("另存的副本不加密")
        if len(files) == 1:
            text = _("{id}离开保险库后，任何人都能打开；用完请自行删除。").format(id=files[0].id)
        else:
            text = _("这{count}件文件离开保险库后，任何人都能打开；用完请自行删除。").format(count=len(files))
        action = Action(_("仍要另存"), ask)
        self._messages.post(Message(Severity.WARNING, title, text, (action,), key=_KEY))

    def _ask_for_file(self, piece: Evidence) -> None:
        name, _kind = QFileDialog.getSaveFileName(self._host, _("另存佐证"), saved_name(piece))
        if name:
            self.save(piece, Path(name))

    def _ask_for_folder(self, pieces: Sequence[Evidence]) -> None:
        name = QFileDialog.getExistingDirectory(self._host, _("另存到哪个文件夹"))
        if name:
            self.save_all(pieces, Path(name))

    def save(self, piece: Evidence, path: Path) -> None:
        """Write a piece's file in clear."""
        source = self._model.session.cabinet if self._source is None else self._source

        def work(progress: Progress) -> Path:
            return write_copy(source, piece, path, progress=progress.report, cancelled=progress.cancelled)

        self._running = self._tasks.run(work, self._saved, self._failed, self._strip.report)
        self._strip.start(_("正在另存{id}").format(id=piece.id), self._running.cancel)

    def save_all(self, pieces: Sequence[Evidence], folder: Path) -> None:
        """Write the files of several pieces in clear, each named after its piece."""
        cabinet, files = self._model.session.cabinet, tuple(pieces)

        def work(progress: Progress) -> Saved:
            return save_copies(cabinet, files, folder, progress=progress.report, cancelled=progress.cancelled)

        self._running = self._tasks.run(work, self._all_saved, self._failed, self._strip.report)
        self._strip.start(_("正在另存{count}件文件").format(count=len(files)), self._running.cancel)

    def _saved(self, path: Path) -> None:
        self._done()
        self._messages.post(Message(Severity.GOOD, _("副本已另存"), str(path), key=_KEY))

    def _all_saved(self, saved: Saved) -> None:
        self._done()
        count, where = len(saved.written), str(saved.written[0].parent) if saved.written else ""
        if saved.failed:
            said = [
                _("{id}：{why}").format(id=evidence, why=explain(error).happened)
                for evidence, error in saved.failed[:_MOST_NAMED]
            ]
            rest = len(saved.failed) - len(said)
            if rest:
                said.append(_("另有{count}件。").format(count=rest))
            title = _("{failed}件没有存出来，存出了{count}件").format(failed=len(saved.failed), count=count)
            self._messages.post(Message(Severity.ERROR, title, "".join(said), key=_KEY))
        elif saved.stopped:
            title = _("已停下，存出了{count}件").format(count=count)
            text = _("存出的每一件都完整：{folder}").format(folder=where) if count else ""
            self._messages.post(Message(Severity.INFO, title, text, key=_KEY))
        else:
            title = _("已另存{count}件").format(count=count)
            self._messages.post(Message(Severity.GOOD, title, where, key=_KEY))

    def _failed(self, error: TSGuardError) -> None:
        self._done()
        if isinstance(error, Cancelled | VaultClosed):
            self._messages.solve(_KEY)
            return
        said = explain(error)
        self._messages.post(Message(Severity.ERROR, said.happened, f"{said.data}{said.advice}", key=_KEY))

    def _done(self) -> None:
        self._running = None
        self._strip.finish()
