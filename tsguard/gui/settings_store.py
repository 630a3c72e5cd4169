"""The program's settings for the window: one object that has them, saves them, and tells of a change.

Holds nothing from a vault.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tsguard.gui.theme import Mode
from tsguard.services.settings import Settings, load_settings, save_settings, settings_file


class SettingsStore(QObject):
    """The settings of this person on this computer.

    Attributes:
        file: Where they lie.

    Signals:
        changed(): ``value`` is another one now, and on disk where that could be written.
    """

    changed = Signal()

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        """Read the settings.

        Args:
            file: Where they lie; the person's own place by default.
            parent: Its owner.
        """
        super().__init__(parent)
        self.file = file or settings_file()
        self._value = load_settings(self.file)

    @property
    def value(self) -> Settings:
        """The settings as they are now."""
        return self._value

    @property
    def mode(self) -> Mode:
        """The appearance; the system's where a settings file names another."""
        name = self._value.appearance
        return next((mode for mode in Mode if mode.value == name), Mode.SYSTEM)

    def put(self, settings: Settings) -> None:
        """Take over and save other settings."""
        if settings == self._value:
            return
        self._value = settings
        save_settings(self.file, settings)
        self.changed.emit()
