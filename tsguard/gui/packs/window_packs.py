"""Content packs for the whole window: content is taken from the one that is used, and files are opened.

Nothing is imported or read for it before it is needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme

if TYPE_CHECKING:
    from tsguard.gui.packs.desk import PackDesk


class WindowPacks(QObject):
    """What the window does with packs.

    Attributes:
        desk: Shows the files that are opened; None before the first.

    Signals:
        changed(): Other content is used now.
    """

    changed = Signal()

    def __init__(self, theme: Theme, window: QWidget, store: SettingsStore, tasks: Tasks) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            window: What a file's panel is laid over.
            store: Knows where the pack that is used lies.
            tasks: Checks files.
        """
        super().__init__(window)
        self._theme, self._window, self._store, self._tasks = theme, window, store, tasks
        self._taken = False
        self.desk: PackDesk | None = None

    def take_content(self) -> None:
        """Let this process take its content from the pack that is used, from now on."""
        from tsguard.services import content  # noqa: PLC0415 - start-up time

        if not self._taken:
            content.take_from(self._store.packs)
            self._taken = True

    def open(self, path: Path) -> None:
        """Check a file and show what it changes."""
        from tsguard.gui.packs.desk import PackDesk  # noqa: PLC0415 - start-up time

        self.take_content()
        if self.desk is None:
            self.desk = PackDesk(self._theme, self._window, self._store.packs, self._tasks)
            self.desk.changed.connect(self.changed)
        self.desk.open(path)
