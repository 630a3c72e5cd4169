"""The one window: the start page, and from unlocking to locking the frame with the pages.

Only frames: what is in the vault is the business of the pages. Whatever is not needed before unlocking
is imported then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from tsguard.errors import TSGuardError
from tsguard.gui.focus import FocusRing
from tsguard.gui.frame.dropped_file import dropped_file, is_pack
from tsguard.gui.frame.leaving import Leaving
from tsguard.gui.frame.title_bar import tint
from tsguard.gui.health.older_state import OlderState
from tsguard.gui.locking.auto_lock import AutoLock, Reason
from tsguard.gui.locking.forgetting import forget
from tsguard.gui.locking.moment import Moment, this_moment
from tsguard.gui.locking.transient import dismiss_all
from tsguard.gui.locking.words import what_was_lost, why_locked
from tsguard.gui.opening import Opener, wipe_leftovers
from tsguard.gui.packs.window_packs import WindowPacks
from tsguard.gui.pages.start import StartPage
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.composing import Composing
from tsguard.i18n import _

if TYPE_CHECKING:
    from tsguard.gui.backups.keeper import BackupKeeper
    from tsguard.gui.frame.shell import Shell
    from tsguard.gui.locking.privacy import CaptureGuard
    from tsguard.gui.widgets.panels import Sheet
    from tsguard.services.session import Session

_SMALLEST = (640, 400)
_FIRST = (1366, 720)
_SETTINGS_WIDTH = 420
_LEFTOVERS_AFTER_MS = 1500


class MainWindow(QWidget):
    """The window of the program.

    Attributes:
        start: The page before anything is open.
        shell: The frame of the open vault, or None.
        tasks: Runs what takes time.
        leaving: Asks before locking and closing.
        auto_lock: Says when to lock without asking.
        packs: Where content comes from, and what opens content packs.

    Signals:
        unlocked(): A vault is open and shown.
        locked(): It is closed; the start page is shown.
    """

    unlocked = Signal()
    locked = Signal()

    def __init__(
        self,
        theme: Theme,
        store: SettingsStore,
        opener: Opener | None = None,
        clock: Callable[[], Moment] = this_moment,
    ) -> None:
        """Make the window with the start page.

        Args:
            theme: Where colours come from.
            store: The program's settings.
            opener: Makes sessions; tests pass one with cheap keys.
            clock: Tells how long nobody was there.
        """
        super().__init__()
        self._theme, self._store = theme, store
        self._opener = opener or Opener()
        self._opener.settings = store
        self.tasks = Tasks(self)
        self.leaving = Leaving(theme, self, self.tasks)
        self.auto_lock = AutoLock(self, store, self.tasks, clock)
        self.auto_lock.due.connect(self.lock_unasked)
        self.shell: Shell | None = None
        self.packs = WindowPacks(theme, self, store, self.tasks)
        self._capture: CaptureGuard | None = None
        self._gone = False
        self._settings: Sheet | None = None
        self._sheets_before: frozenset[QWidget] = frozenset()
        self._keeper: BackupKeeper | None = None
        self.older = OlderState(self, store, self._opener.sample_root)
        self.setMinimumSize(*_SMALLEST)
        self.setAcceptDrops(True)
        self.start = StartPage(theme, store, self.tasks, self._opener)
        self.start.opened.connect(self._opened)
        self.start.settings_wanted.connect(self.show_settings)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.start)
        self._ring = FocusRing(self, theme)
        self._composing = Composing(theme.app, self)
        theme.apply(self)
        theme.changed.connect(self._tint)
        store.changed.connect(self._guard_capture)
        self._guard_capture()
        self._name()
        theme.app.commitDataRequest.connect(self.session_ends)
        where = QByteArray.fromBase64(store.value.window.encode("ascii", "ignore"))
        if not self.restoreGeometry(where):
            self.resize(*_FIRST)
        QTimer.singleShot(_LEFTOVERS_AFTER_MS, self, self._wipe_leftovers)

    # --- opening and locking ----------------------------------------------------------------------

    def open_path(self, path: Path) -> None:
        """Ask for the passphrase of a file, or show a pack; where a vault is open, offer to lock it first."""
        if is_pack(path):
            self.packs.open(path)
            return
        if self.shell is None:
            self.start.choose(path)
            return
        from tsguard.gui.widgets.messages import Action, Message  # noqa: PLC0415 - start-up time
        from tsguard.gui.widgets.signs import Severity  # noqa: PLC0415 - start-up time

        def lock_and_choose() -> None:
            self.lock(then=lambda: self.start.choose(path))

        title = _("要打开“{name}”，得先锁定现在的保险库").format(name=path.name)
        act = Action(_("锁定并打开"), lock_and_choose)
        self.shell.say(Message(Severity.INFO, title, actions=(act,), key="open"))

    def _opened(self, session: Session) -> None:
        from tsguard.gui.frame.shell import Shell  # noqa: PLC0415 - start-up time
        from tsguard.gui.session_model import SessionModel  # noqa: PLC0415 - start-up time

        if self._settings is not None:
            self._settings.dismiss()
        self.packs.take_content()
        try:
            self.shell = Shell(self._theme, SessionModel(session), self.tasks, self._store)
            self.packs.changed.connect(self.shell.model.content_changed)
        except BaseException:
            # A bug in a page must not leave a vault open that nobody sees.
            session.close()
            self._opener.locked()
            raise
        finally:
            self._opener.taken()
        self._sheets_before = frozenset(self._sheets())
        self.shell.lock_wanted.connect(self._lock_asked)
        self._stack.addWidget(self.shell)
        self._stack.setCurrentWidget(self.shell)
        by_code = self.start.card.path == session.path and self.start.card.proof.by_code
        made = self.start.making
        self.start.reset()
        self.shell.take_keyboard()
        self.auto_lock.begin(self.shell)
        self._backups().begin(self.shell)
        self._name()
        if not session.path.is_relative_to(self._opener.sample_root):
            self._greet(self.shell, by_code, made)
            self._store.put(self._store.value.opened(session.path))
        self.unlocked.emit()

    def _greet(self, shell: Shell, by_code: bool, made: bool) -> None:
        from tsguard.gui.frame.greeting import greet  # noqa: PLC0415 - start-up time

        path = str(shell.model.session.path.absolute())
        # The steps of a new vault speak of its place where it is chosen.
        known = made or any(each.path == path for each in self._store.value.recent)

        def act() -> None:
            if self.shell is shell:
                greet(shell, by_code=by_code, known=known, packs=self._store.packs)

        # When it is shown: none of this is worth waiting for.
        QTimer.singleShot(0, shell, act)

    def lock(self, *, then: Callable[[], object] | None = None) -> None:
        """Close the vault, after the questions there may be.

        Args:
            then: Called when it is locked.
        """
        if self.shell is None:
            return

        def act() -> None:
            self._lock_now()
            if then is not None:
                then()

        self.leaving.leave(self._flush, act)

    def lock_unasked(self, reason: Reason) -> None:
        """Close the vault without a question, since nobody is there to answer.

        What is being typed is stored first. What can't be stored does not keep the vault open; the start
        page then names its field.
        """
        if self.shell is None:
            return
        if dismiss_all():
            # Whoever waits for the dialog's answer gets it first.
            QTimer.singleShot(0, self, lambda: self._lock_unasked(reason))
        else:
            self._lock_unasked(reason)

    def _lock_unasked(self, reason: Reason) -> None:
        if self.shell is None:
            return
        said = [why_locked(reason)]
        try:
            QGuiApplication.inputMethod().commit()
            if not self.shell.flush():
                said.append(what_was_lost(self.shell.unsaved()))
        finally:
            self._lock_now(backup=reason is not Reason.ENDING)
        if untidy := self.start.notice.text():
            said.append(untidy)
        self.start.say("\n".join(said))

    def session_ends(self) -> None:
        """The computer shuts down, or the person logs off: store what is being typed and close the vault.

        Nobody is asked and nothing is waited for, since the system ends the program in a moment: what still
        runs keeps the vault open, and what is stored is whole all the same.
        """
        dismiss_all()
        if not self.tasks.busy:
            self._lock_unasked(Reason.ENDING)
        elif self.shell is not None:
            QGuiApplication.inputMethod().commit()
            self.shell.flush()
        self._remember_place()

    def _lock_asked(self, words: str) -> None:
        def say() -> None:
            self.start.say("\n".join(each for each in (words, self.start.notice.text()) if each))

        self.lock(then=say if words else None)

    def _flush(self) -> bool:
        return self.shell is None or self.shell.flush()

    def _lock_now(self, *, backup: bool = True) -> None:
        shell, self.shell = self.shell, None
        if shell is None:
            return
        shell.remember()
        self._backups().part(shell.model)
        trouble: TSGuardError | None = None
        try:
            shell.model.lock()
        except TSGuardError as error:  # the vault is locked all the same
            trouble = error
        finally:
            self._put_away(shell)
        if trouble is not None:
            self.start.say_untidy(trouble)
        if backup:
            self._backups().run()
        self.locked.emit()

    def _backups(self) -> BackupKeeper:
        if self._keeper is None:
            from tsguard.gui.backups.keeper import BackupKeeper  # noqa: PLC0415 - start-up time

            self._keeper = BackupKeeper(self._store, self.tasks, self.start, self._opener.sample_root, self)
        return self._keeper

    def _put_away(self, shell: Shell) -> None:
        """Leave nothing of an open vault in sight or in the clipboard, whatever went wrong before."""
        self._opener.locked()
        self.auto_lock.end()
        self._stack.setCurrentWidget(self.start)
        self._stack.removeWidget(shell)
        shell.hide()
        shell.deleteLater()
        self._put_sheets_away()
        forget()
        self.start.reset()
        self._name()

    def _put_sheets_away(self) -> None:
        """Close what lies over the window; what a page laid there goes with the pages, and all it says."""
        for sheet in self._sheets():
            sheet.dismiss()
            if sheet not in self._sheets_before:
                sheet.deleteLater()
        self._sheets_before = frozenset()

    def _sheets(self) -> list[Sheet]:
        from tsguard.gui.widgets.panels import Sheet  # noqa: PLC0415 - start-up time

        return self.findChildren(Sheet, options=Qt.FindChildOption.FindDirectChildrenOnly)

    # --- round the pages --------------------------------------------------------------------------

    def show_settings(self) -> None:
        """Lay the program's settings over the start page."""
        from tsguard.gui.program_settings import ProgramSettings  # noqa: PLC0415 - start-up time
        from tsguard.gui.widgets.panels import Sheet, SidePanel  # noqa: PLC0415 - start-up time

        if self._settings is None:
            inner = ProgramSettings(self._theme, self._store)
            panel = SidePanel(self._theme, _("设置"), inner, width=0)
            self._settings = Sheet(self._theme, self, panel, width=_SETTINGS_WIDTH)
            panel.closed.connect(self._settings.dismiss)
        self._settings.open()

    def _name(self) -> None:
        program = _("商业秘密保护自评")
        file = self.shell.model.session.path.name if self.shell is not None else ""
        self.setWindowTitle(f"{file} — {program}" if file else program)

    def _tint(self) -> None:
        tint(self, self._theme)

    def _guard_capture(self) -> None:
        if self._capture is None and self._store.value.screenshots_blocked:
            from tsguard.gui.locking.privacy import CaptureGuard  # noqa: PLC0415 - start-up time

            self._capture = CaptureGuard(self._theme.app, parent=self)
        if self._capture is None or self._capture.set_on(self._store.value.screenshots_blocked):
            return
        # A tick that does nothing would be worse than none.
        self._capture.set_on(False)
        self._store.put(replace(self._store.value, screenshots_blocked=False))
        words = _("系统没有答应隐藏窗口，截屏和录屏仍然拍得到，已经关掉这个设置。")
        if self.shell is None:
            self.start.say(words)
        else:
            from tsguard.gui.widgets.messages import Message  # noqa: PLC0415 - start-up time
            from tsguard.gui.widgets.signs import Severity  # noqa: PLC0415 - start-up time

            self.shell.say(Message(Severity.WARNING, words, key="capture"))

    def _wipe_leftovers(self) -> None:
        wipe_leftovers(self._opener.sample_root)

    # --- Qt ---------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent, /) -> None:
        """The title bar exists from now on."""
        super().showEvent(event)
        self._tint()

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """Take one vault or content pack."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Ask for its passphrase, or show what it changes."""
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_path(path)

    def changeEvent(self, event: QEvent, /) -> None:
        """Minimising may mean locking."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            self.auto_lock.minimised()

    def closeEvent(self, event: QCloseEvent, /) -> None:
        """Close after the questions there may be; at once where there are none."""
        if not self._gone:
            self.leaving.leave(self._flush, self._go, closing=True)
        event.setAccepted(self._gone)

    def _go(self) -> None:
        self._lock_now()
        if self._gone:
            return
        if self._keeper is not None and self._keeper.busy:
            # It closes by itself when the last backup is made, or was given up.
            self._keeper.finished.connect(self._go, Qt.ConnectionType.SingleShotConnection)
            return
        self.auto_lock.system.stop()
        self.tasks.close()
        self._opener.close()
        self._remember_place()
        self._gone = True
        self.close()

    def _remember_place(self) -> None:
        where = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._store.put(self._store.value.placed(where))
