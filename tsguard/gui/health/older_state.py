"""Notices an older state of a vault when it is opened, and says so once, calmly.

It must not keep anybody from working on.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tsguard.errors import TSGuardError
from tsguard.i18n import _

if TYPE_CHECKING:
    from tsguard.gui.main_window import MainWindow
    from tsguard.gui.settings_store import SettingsStore
    from tsguard.services.doctor import Doctor


class OlderState(QObject):
    """Compares at each opening, and remembers the state at each opening and locking."""

    def __init__(self, window: MainWindow, store: SettingsStore, sample_root: Path) -> None:
        """Make it.

        Args:
            window: Whose vaults are looked at.
            store: Says whether opened vaults are remembered, and where the settings lie.
            sample_root: Vaults in there leave no trace.
        """
        super().__init__(window)
        self._window, self._store, self._sample_root = window, store, sample_root
        window.unlocked.connect(self.look)
        store.changed.connect(self._forget)

    def look(self) -> None:
        """Compare the vault that was just opened."""
        from tsguard.gui.widgets.messages import Action, Message  # noqa: PLC0415 - start-up time
        from tsguard.gui.widgets.signs import Severity  # noqa: PLC0415 - start-up time
        from tsguard.services.seen import sentence  # noqa: PLC0415 - start-up time

        shell = self._window.shell
        if shell is None or shell.model.session.path.is_relative_to(self._sample_root):
            return
        try:
            said = sentence(self._doctor().compare(shell.model.session))
        except TSGuardError:  # whoever works with the vault next is told why
            return
        if said:
            act = Action(_("查看备份"), lambda: shell.go("backups"))
            title = _("打开的可能不是最新的一份")
            shell.say(Message(Severity.WARNING, title, said, (act,), key="older"))
        shell.model.closing.connect(self._remember)
        self._remember()

    def _doctor(self) -> Doctor:
        from tsguard.services.doctor import Doctor  # noqa: PLC0415 - start-up time

        return Doctor(self._store.file)

    def _remember(self) -> None:
        shell = self._window.shell
        if shell is None or shell.model.session.closed:
            return
        try:
            self._doctor().remember(shell.model.session)
        except TSGuardError:  # it stays at the state of the opening
            return

    def _forget(self) -> None:
        if not self._store.value.remember_recent:
            from tsguard.services.seen import SeenStates  # noqa: PLC0415 - start-up time

            SeenStates(self._store.file).forget()
