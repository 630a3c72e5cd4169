"""The program's settings for the window: one object that has them, saves them, and tells of a change.

Holds nothing from a vault.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tsguard.gui.theme import Mode
from tsguard.services.settings import (
    Place,
    Settings,
    can_keep,
    load_settings,
    packs_folder,
    save_settings,
    this_place,
)

if TYPE_CHECKING:
    from tsguard.services.packs import Packs


class SettingsStore(QObject):
    """The settings of this person on this computer.

    Attributes:
        place: Where they lie.
        kept: Whether they outlast this run; only a portable program is asked.

    Signals:
        changed(): ``value`` is another one now, and on disk where that could be written.
    """

    changed = Signal()

    def __init__(
        self, place: Place | Path | None = None, parent: QObject | None = None, *, packs: Packs | None = None
    ) -> None:
        """Read the settings.

        Args:
            place: Where they lie, or their file in a profile; the program's own place by default.
            parent: Its owner.
            packs: The content packs of this computer; by default those beside the settings.
        """
        super().__init__(parent)
        self.place = Place(place) if isinstance(place, Path) else place or this_place()
        self.kept = not self.place.portable or can_keep(self.place)
        self._value = load_settings(self.file)
        self._packs = packs

    @property
    def file(self) -> Path:
        """The file of the settings; the program's other own things lie beside it."""
        return self.place.file

    @property
    def packs(self) -> Packs:
        """The content packs of this computer, which lie beside the settings."""
        if self._packs is None:
            from tsguard.services.packs import Packs  # noqa: PLC0415 - start-up time

            self._packs = Packs(packs_folder(self.file))
        return self._packs

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
