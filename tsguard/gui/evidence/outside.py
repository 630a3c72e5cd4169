"""Opening a file in another program: a read-only copy in clear, in a private folder, wiped as soon as it may.

Asked once for each unlocking. What could run is never opened. What the other program keeps for itself is
out of our hands, and the question says so.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from tsguard.domain.evidence import Evidence
from tsguard.errors import Cancelled, TSGuardError, VaultClosed
from tsguard.gui.evidence.remains import Remains
from tsguard.gui.private_folder import OPENED, PrivateFolder, private_root
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.dialogs import Choice, Dialog
from tsguard.gui.widgets.messages import Action, Message, MessageBar
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.evidence_copies import may_open, opened_name, write_copy
from tsguard.services.explain import explain

_KEY = "opened-outside"
_OPEN, _STAY = "open", "stay"
_READ_ONLY = 0o400


class OutsideCopies(QObject):
    """The copies in clear that other programs read.

    Attributes:
        dialog: The question while it is open, or None.

    Signals:
        saving_wanted(evidence_id): The person would rather save a copy.
    """

    saving_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        model: SessionModel,
        tasks: Tasks,
        strip: ProgressStrip,
        messages: MessageBar,
        host: QWidget,
        *,
        root: Path | None = None,
        launch: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Writes the copies.
            strip: Shows how far it is.
            messages: Where it says what became of it.
            host: The page.
            root: Where private folders are kept; the person's own cache by default.
            launch: Hands a file to the system.
        """
        super().__init__(host)
        self._theme, self._model, self._tasks = theme, model, tasks
        self._strip, self._messages, self._host = strip, messages, host
        self._root, self._launch = root, launch
        self._agreed = False
        self._folders: list[PrivateFolder] = []
        self._places: dict[tuple[str, str], Path] = {}
        self._writing: Progress | None = None
        self.dialog: Dialog | None = None

    @property
    def count(self) -> int:
        """How many copies there are."""
        return len(self._folders)

    def open(self, piece: Evidence) -> None:
        """Open a piece's file in the program the system has for it, after the question."""
        if not may_open(piece):
            title = _("{id}这种文件不直接打开").format(id=piece.id)
            text = _("它可能是程序、脚本，或带宏的文档。可以另存一份，查过病毒再处理。")
            action = Action(_("另存为"), lambda: self.saving_wanted.emit(piece.id))
            self._messages.post(Message(Severity.WARNING, title, text, (action,), key=_KEY))
        elif self._agreed:
            self._write(piece)
        elif self.dialog is None:
            self._ask(piece)

    def _ask(self, piece: Evidence) -> None:
        title = _("打开时，这台电脑上会有一份没有加密的副本")
        text = _(
            "副本放在只有您的账户能进的文件夹里，只读；锁定、退出或下次启动程序时清除，改动不会回到保险库。"
            "其他程序自己留下的内容（最近打开的文件、自动备份），本程序管不到。"
        )
        choices = (Choice(_STAY, _("先不打开")), Choice(_OPEN, _("打开副本")))
        self.dialog = Dialog(self._theme, self._host.window(), title, text, choices, safe=_STAY)

        def answered(choice: object) -> None:
            self.dialog = None
            if choice == _OPEN and not self._model.session.closed and piece.id in self._model.session.cabinet:
                self._agreed = True
                self._write(piece)

        self.dialog.answered.connect(answered)
        self.dialog.open()

    def _write(self, piece: Evidence) -> None:
        if self._writing is not None:
            return
        place = self._places.get((piece.id, piece.sha256))
        if place is not None and place.exists():
            self._hand_over(piece.id, place)
            return
        try:
            folder = PrivateFolder(self._root or private_root(), OPENED)
        except TSGuardError as error:
            self._say_error(error)
            return
        self._folders.append(folder)
        cabinet, target = self._model.session.cabinet, folder.path / opened_name(piece)

        def work(progress: Progress) -> tuple[Evidence, Path]:
            write_copy(cabinet, piece, target, progress=progress.report, cancelled=progress.cancelled)
            with contextlib.suppress(OSError):
                target.chmod(_READ_ONLY)
            return piece, target

        self._writing = self._tasks.run(work, self._written, self._failed, self._strip.report)
        words = _("正在取出{id}").format(id=piece.id)
        self._strip.start(words, self._writing.cancel)

    def _written(self, made: tuple[Evidence, Path]) -> None:
        piece, place = made
        self._writing = None
        self._strip.finish()
        self._places[piece.id, piece.sha256] = place
        if place.exists():  # not where it was locked meanwhile
            self._hand_over(piece.id, place)

    def _hand_over(self, evidence_id: str, place: Path) -> None:
        if not self._launch(QUrl.fromLocalFile(str(place))):
            self.wipe()
            title = _("这台电脑上没有能打开这种文件的程序")
            text = _("副本已经清除。可以另存一份，到有相应程序的电脑上打开。")
            self._messages.post(Message(Severity.WARNING, title, text, key=_KEY))
            return
        title = _("{id}的副本已交给其他程序").format(id=evidence_id)
        text = _("副本只读，锁定或退出时清除；用完可以现在就清除。")
        action = Action(_("现在清除"), self.wipe_now)
        self._messages.post(Message(Severity.INFO, title, text, (action,), key=_KEY))

    def _failed(self, error: TSGuardError) -> None:
        self._writing = None
        self._strip.finish()
        if self._folders:
            self._keep_trying([self._folders.pop()])
        if not isinstance(error, Cancelled | VaultClosed):
            self._say_error(error)

    def _say_error(self, error: TSGuardError) -> None:
        said = explain(error)
        self._messages.post(Message(Severity.ERROR, said.happened, f"{said.data}{said.advice}", key=_KEY))

    # --- wiping ---------------------------------------------------------------------------------

    def wipe_now(self) -> None:
        """Take the copies away, and say what could not be."""
        held = self.wipe()
        if held:
            title = _("还有{count}份副本正被其他程序占着").format(count=held)
            text = _("请关掉那些程序；这里每隔几秒会再试，退出以后，下次启动时也会清除。")
            self._messages.post(Message(Severity.WARNING, title, text, key=_KEY))
        else:
            self._messages.post(Message(Severity.GOOD, _("副本已清除"), key=_KEY))

    def wipe(self, *, say: bool = False) -> int:
        """Take all copies away; how many are held by other programs, and are tried again.

        Args:
            say: Whether the person is told by a dialog, as at locking, when the page goes.
        """
        if self._writing is not None:
            self._writing.cancel()
        held = [folder for folder in self._folders if not folder.wipe()]
        self._folders.clear()
        self._places.clear()
        if held:
            Remains(self._theme, self._host.window(), held, say=say)
        return len(held)

    def close(self) -> None:
        """The vault is being locked: take everything away, and ask again next time."""
        self._agreed = False
        self._messages.solve(_KEY)
        if self.dialog is not None:
            self.dialog.reject()
        self.wipe(say=True)

    def _keep_trying(self, folders: list[PrivateFolder]) -> None:
        held = [folder for folder in folders if not folder.wipe()]
        if held:
            Remains(self._theme, self._host.window(), held, say=False)
