"""Notices that the person has left: the screen is locked, the computer goes to sleep, another user comes.

Where the system has no way to tell, as macOS without its own framework, nothing is heard and nothing is said.
"""

from __future__ import annotations

import sys
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class Source(Protocol):
    """One way the system tells."""

    def close(self) -> None:
        """Listen no more."""


class SystemWatch(QObject):
    """Listens to the system.

    Signals:
        away(): The person is gone, or the computer is about to sleep.
    """

    away = Signal()

    def __init__(self, window: QWidget) -> None:
        """Make it; ``start`` makes it listen.

        Args:
            window: The program's window, which the system tells; also the owner.
        """
        super().__init__(window)
        self._window = window
        self._source: Source | None = None

    @property
    def listening(self) -> bool:
        """Whether the system has a way to tell, and it was asked to."""
        return self._source is not None

    def start(self) -> None:
        """Listen, where the system has a way to tell."""
        if self._source is None:
            self._source = self._found()

    def stop(self) -> None:
        """Listen no more."""
        source, self._source = self._source, None
        if source is not None:
            source.close()

    def _found(self) -> Source | None:
        platform: str = sys.platform
        if platform == "win32":
            from tsguard.gui.locking.windows_messages import WindowsSource  # noqa: PLC0415 - start-up time

            return WindowsSource(int(self._window.winId()), self.away.emit)
        if platform == "linux":
            from tsguard.gui.locking.desktop_bus import BusSource, buses  # noqa: PLC0415 - start-up time

            system, session = buses()
            return BusSource(system, session, self.away.emit, self)
        return None
