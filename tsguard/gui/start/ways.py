"""Other ways on for a file that was not opened: examining it, a backup of it.

Imported when one of them is wanted; the start page does without.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tsguard.errors import TSGuardError
from tsguard.gui.backups.lost_sheet import LostSheet
from tsguard.gui.health.health_sheet import HealthSheet
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.services.doctor import Doctor


class OtherWays(QObject):
    """Two sheets over the start page.

    Signals:
        found(object): The ``Path`` of a vault that can be opened instead.
        backups_wanted(): The person rather restores the file that was examined.
    """

    found = Signal(object)
    backups_wanted = Signal()

    def __init__(
        self, theme: Theme, host: QWidget, tasks: Tasks, store: SettingsStore, options: Mapping[str, Any]
    ) -> None:
        """Make it; nothing is seen yet.

        Args:
            theme: Where colours come from.
            host: The start page.
            tasks: Runs what takes time.
            store: The program's settings.
            options: How vaults are opened where it is not the usual way, such as cheap key profiles.
        """
        super().__init__(host)
        profiles = {"profiles": options["profiles"]} if "profiles" in options else {}
        self.health = HealthSheet(theme, host, tasks, Doctor(store.file, **profiles))
        self.lost = LostSheet(theme, host, tasks, store, profiles)
        self.health.salvaged.connect(self.found)
        self.health.backups_wanted.connect(self.backups_wanted)
        self.lost.restored.connect(self.found)

    def examine(self, path: Path) -> None:
        """Examine a file, and salvage what can be read."""
        self.health.show(path)

    def look_for_backups(self, vault: Path | None = None, why: TSGuardError | None = None) -> None:
        """Restore from a backup; arguments as for ``LostSheet.look_for``."""
        self.lost.look_for(vault, why)
