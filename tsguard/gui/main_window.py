"""The one window: the start page, and from unlocking to locking the frame with the pages.

Only frames: what is in the vault is the business of the pages. Whatever is not needed before unlocking
is imported then.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from tsguard.errors import TSGuardError
from tsguard.gui import icons, text
from tsguard.gui.focus import FocusRing
from tsguard.gui.frame.leaving import Leaving
from tsguard.gui.frame.title_bar import tint
from tsguard.gui.opening import Opener, wipe_leftovers
from tsguard.gui.pages.start import StartPage
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.i18n import _

if TYPE_CHECKING:
    from tsguard.gui.frame.shell import Shell
    from tsguard.gui.widgets.panels import Sheet
    from tsguard.services.session import Session

_SUFFIX = ".tsg"
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

    Signals:
        unlocked(): A vault is open and shown.
        locked(): It is closed; the start page is shown.
    """

    unlocked = Signal()
    locked = Signal()

    def __init__(self, theme: Theme, store: SettingsStore, opener: Opener | None = None) -> None:
        """Make the window with the start page.

        Args:
            theme: Where colours come from.
            store: The program's settings.
            opener: Makes sessions; tests pass one with cheap keys.
        """
        super().__init__()
        self._theme, self._store = theme, store
        self._opener = opener or Opener()
        self.tasks = Tasks(self)
        self.leaving = Leaving(theme, self, self.tasks)
        self.shell: Shell | None = None
        self._gone = False
        self._settings: Sheet | None = None
        self.setWindowIcon(icons.application_icon())
        self.setMinimumSize(*_SMALLEST)
        self.setAcceptDrops(True)
        self.start = StartPage(theme, store, self.tasks, self._opener)
        self.start.opened.connect(self._opened)
        self.start.settings_wanted.connect(self.show_settings)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.start)
        self._ring = FocusRing(self, theme)
        theme.apply(self)
        theme.changed.connect(self._tint)
        self._name()
        where = QByteArray.fromBase64(store.value.window.encode("ascii", "ignore"))
        if not self.restoreGeometry(where):
            self.resize(*_FIRST)
        QTimer.singleShot(_LEFTOVERS_AFTER_MS, self, self._wipe_leftovers)

    # --- opening and locking ----------------------------------------------------------------------

    def open_path(self, path: Path) -> None:
        """Ask for the passphrase of a file; where a vault is open, offer to lock it first."""
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
        try:
            self.shell = Shell(self._theme, SessionModel(session), self.tasks, self._store)
        except BaseException:
            # A bug in a page must not leave a vault open that nobody sees.
            session.close()
            self._opener.locked()
            raise
        finally:
            self._opener.taken()
        self.shell.lock_wanted.connect(self._lock_asked)
        self._stack.addWidget(self.shell)
        self._stack.setCurrentWidget(self.shell)
        self.start.reset()
        self.shell.take_keyboard()
        self._name()
        if not session.path.is_relative_to(self._opener.sample_root):
            self._store.put(self._store.value.opened(session.path))
        self.unlocked.emit()

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

    def _lock_asked(self) -> None:
        self.lock()

    def _flush(self) -> bool:
        return self.shell is None or self.shell.flush()

    def _lock_now(self) -> None:
        shell, self.shell = self.shell, None
        if shell is None:
            return
        shell.remember()
        trouble: TSGuardError | None = None
        try:
            shell.model.lock()
        except TSGuardError as error:  # the vault is locked all the same
            trouble = error
        finally:
            self._put_away(shell)
        if trouble is not None:
            self.start.say_untidy(trouble)
        self.locked.emit()

    def _put_away(self, shell: Shell) -> None:
        """Leave nothing of an open vault in sight or in the clipboard, whatever went wrong before."""
        self._opener.locked()
        self._stack.setCurrentWidget(self.start)
        self._stack.removeWidget(shell)
        shell.hide()
        shell.deleteLater()
        text.forget()
        _forget_copied()
        self.start.reset()
        self._name()

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

    def _wipe_leftovers(self) -> None:
        wipe_leftovers(self._opener.sample_root)

    # --- Qt ---------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent, /) -> None:
        """The title bar exists from now on."""
        super().showEvent(event)
        self._tint()

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """Take one vault."""
        if _vault_of(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Ask for its passphrase."""
        path = _vault_of(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_path(path)

    def closeEvent(self, event: QCloseEvent, /) -> None:
        """Close after the questions there may be; at once where there are none."""
        if not self._gone:
            self.leaving.leave(self._flush, self._go, closing=True)
        event.setAccepted(self._gone)

    def _go(self) -> None:
        self._lock_now()
        self.tasks.close()
        self._opener.close()
        where = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._store.put(self._store.value.placed(where))
        self._gone = True
        self.close()


def _forget_copied() -> None:
    """Empty the clipboard where what it holds was copied here; what other programs put there stays."""
    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.ownsSelection():
        clipboard.clear(clipboard.Mode.Selection)


def _vault_of(data: QMimeData) -> Path | None:
    """The one vault file that is being dragged, or None."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.suffix.lower() == _SUFFIX else None
