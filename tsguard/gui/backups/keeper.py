"""Backups that nobody asks for: at locking, of a large vault while one works; and the one line about them.

At locking everything decrypted goes first; the backup is then made of the closed file, behind the start
page, and only its key is kept until it is done.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from tsguard.errors import Cancelled, TSGuardError, VaultClosed
from tsguard.gui.session_model import SessionModel
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.widgets.messages import Action, Message
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services import backup_files, backups
from tsguard.services.backup_plan import Reason
from tsguard.services.backups import Made, Parting, Standing
from tsguard.services.explain import explain
from tsguard.services.visible import visible

if TYPE_CHECKING:
    from tsguard.gui.text import Text
    from tsguard.gui.widgets.progress import ProgressStrip

_KEY = "backups"
_LOOK_AFTER_MS = 3000


class Frame(Protocol):
    """What is needed of the open vault's frame."""

    model: SessionModel

    def say(self, message: Message) -> None:
        """Show a message over the page."""

    def go(self, target: str) -> None:
        """Show a page."""


class Start(Protocol):
    """What is needed of the start page."""

    strip: ProgressStrip
    notice: Text

    def say(self, words: str) -> None:
        """Say something until a vault is opened."""


class BackupKeeper(QObject):
    """Makes the backups that are due by themselves.

    Signals:
        finished(): The backup of a locked vault is made, or was given up.
    """

    finished = Signal()

    def __init__(
        self,
        store: SettingsStore,
        tasks: Tasks,
        start: Start,
        sample_root: Path,
        parent: QObject | None = None,
    ) -> None:
        """Make it.

        Args:
            store: The program's settings.
            tasks: Runs what takes time.
            start: The start page, where the backup of a locked vault shows.
            sample_root: Vaults in there are never backed up.
            parent: Its owner.
        """
        super().__init__(parent)
        self._store, self._tasks, self._start = store, tasks, start
        self._sample_root = sample_root
        self._frame: Frame | None = None
        self._parting: Parting | None = None
        self._last: Progress | None = None
        self._reminded = False
        self._timer = QTimer(self)
        self._timer.setInterval(int(backups.WHILE_WORKING / timedelta(milliseconds=1)))
        self._timer.timeout.connect(self.while_working)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_AFTER_MS)
        self._look.timeout.connect(self.look)

    @property
    def busy(self) -> bool:
        """Whether the backup of a locked vault is being made."""
        return self._last is not None

    # --- while one works ----------------------------------------------------------------------------

    def begin(self, frame: Frame) -> None:
        """A vault was opened: say what is to be said about its backups, once."""
        self._frame = frame
        if self._spared(frame.model):
            return
        self._timer.start()
        self._look.start()

    def look(self) -> None:
        """See how the vault stands; some seconds after it was opened, since folders may be slow."""
        frame = self._frame
        if frame is not None and not frame.model.session.closed:
            file, places = frame.model.session.file, self._places()
            self._tasks.run(lambda _progress: backups.standing(file, places), self._stands, _let_be)

    def _stands(self, standing: Standing) -> None:
        frame = self._frame
        if frame is None or frame.model.session.closed:
            return
        act = Action(_("去看备份"), lambda: frame.go("backups"))
        chosen = self._places().chosen
        if standing.skipped:
            words = _("上次锁定时没有做完备份")
            frame.say(Message(Severity.INFO, words, _("内容都在保险库里。"), (act,), key=_KEY))
        elif standing.remind and chosen is not None and not self._reminded:
            self._reminded = True
            words = _("已有7天以上没有备份到“{path}”").format(path=visible(chosen))
            frame.say(Message(Severity.INFO, words, _("备份先只存在这台电脑上。"), (act,), key=_KEY))

    def while_working(self) -> None:
        """Back a large vault up, where something changed; smaller ones wait for locking."""
        frame = self._frame
        if frame is None or self._spared(frame.model) or self._tasks.busy:
            return
        session = frame.model.session
        if session.closed or session.file.info().size < backups.SMALL:
            return
        file, places, budget = session.file, self._places(), self._store.value.backup_budget

        def work(progress: Progress) -> None:
            if backups.standing(file, places).due:
                backups.back_up(
                    file,
                    places,
                    Reason.AUTOMATIC,
                    budget=budget,
                    progress=progress.report,
                    cancelled=progress.cancelled,
                )

        self._tasks.run(work, _done, self._not_made_meanwhile)

    def _not_made_meanwhile(self, error: TSGuardError) -> None:
        frame = self._frame
        if frame is None or isinstance(error, Cancelled | VaultClosed):
            return
        said = explain(error)
        act = Action(_("去看备份"), lambda: frame.go("backups"))
        words = _("自动备份没有做成")
        frame.say(Message(Severity.WARNING, words, said.happened + said.advice, (act,), key=_KEY))

    # --- at locking ---------------------------------------------------------------------------------

    def part(self, model: SessionModel) -> None:
        """Just before a vault is closed, when all is stored: keep what its last backup needs."""
        self._frame = None
        self._timer.stop()
        self._look.stop()
        if self._spared(model) or model.session.closed:
            return
        try:
            self._parting = backups.before_close(
                model.session.file, self._places(), budget=self._store.value.backup_budget
            )
        except TSGuardError:  # what is wrong with the vault is said where it is closed
            self._parting = None

    def run(self) -> None:
        """Just after it was closed: make its last backup, in sight of the start page."""
        parting, self._parting = self._parting, None
        if parting is None:
            return

        def not_made(error: TSGuardError) -> None:
            if isinstance(error, Cancelled):
                parting.skip()
            self._not_made(error)

        self._last = self._tasks.run(
            lambda progress: parting.run(progress.report, progress.cancelled),
            self._made,
            not_made,
            self._start.strip.report,
        )
        self._start.strip.start(_("已锁定，正在备份"), self.cancel)

    def cancel(self) -> None:
        """Go without the last backup."""
        if self._last is not None:
            self._last.cancel()

    def _made(self, made: Made | None) -> None:
        if made is not None and made.failures:
            self._say(_("保险库已锁定。{why}").format(why=explain(made.failures[0]).happened))
        self._end()

    def _not_made(self, error: TSGuardError) -> None:
        if isinstance(error, Cancelled):
            self._say(_("保险库已锁定，这次没有备份。"))
        else:
            why = explain(error).happened
            self._say(_("保险库已锁定，内容都已保存；备份没有做成：{why}").format(why=why))
        self._end()

    def _end(self) -> None:
        self._last = None
        self._start.strip.finish()
        self.finished.emit()

    def _say(self, words: str) -> None:
        """Say something below what the start page says already, such as why it was locked."""
        self._start.say("\n".join(filter(None, (self._start.notice.text(), words))))

    # --- which ones ---------------------------------------------------------------------------------

    def _places(self) -> backup_files.Places:
        return backup_files.places_of(self._store.value, self._store.file)

    def _spared(self, model: SessionModel) -> bool:
        sample = model.session.path.is_relative_to(self._sample_root)
        return sample or not self._store.value.backup_automatic


def _done(_result: None) -> None:
    """Say nothing: what went well needs no word."""


def _let_be(_error: TSGuardError) -> None:
    """A look at the backups that failed is not worth a word; making one says why."""
