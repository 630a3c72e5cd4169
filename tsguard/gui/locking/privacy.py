"""Keeps the window out of screenshots, recordings and shared screens, where Windows can do that.

Off unless the person asks for it: companies go through their assessment together in remote meetings, and a
window that others do not see, with no word why, looks like a fault. It helps against recordings that nobody
thinks of; it does not help against a camera or a program that reads memory, and nothing here says so.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QPlatformSurfaceEvent, QWindow

AVAILABLE = sys.platform == "win32"
"""Whether this system can do it at all."""

_SEEN = 0x0  # WDA_NONE
_BLACK = 0x1  # WDA_MONITOR: before Windows 10 2004 the window is black instead of missing
_UNSEEN = 0x11  # WDA_EXCLUDEFROMCAPTURE


def set_hidden(window: int, hidden: bool) -> bool:
    """Hide a window from recordings, or show it to them.

    Args:
        window: Its handle.
        hidden: Which of both.

    Returns:
        Whether Windows did it. It refuses for windows of others, and over some remote desktops.
    """
    if sys.platform == "win32":
        act = ctypes.WinDLL("user32").SetWindowDisplayAffinity
        handle = wintypes.HWND(window)
        if act(handle, wintypes.DWORD(_UNSEEN if hidden else _SEEN)):
            return True
        return hidden and bool(act(handle, wintypes.DWORD(_BLACK)))
    return False


class CaptureGuard(QObject):
    """Hides every window of the program, menus and tooltips too, for as long as it is on."""

    def __init__(
        self,
        app: QGuiApplication,
        act: Callable[[int, bool], bool] = set_hidden,
        parent: QObject | None = None,
    ) -> None:
        """Make it, switched off.

        Args:
            app: The application whose windows they are.
            act: Hides one window or shows it, and tells whether that was done.
            parent: Its owner.
        """
        super().__init__(parent)
        self._app, self._act, self._on = app, act, False

    def set_on(self, on: bool) -> bool:
        """Hide all windows there are and will be, or show them again.

        Returns:
            Whether the system did it for all there are.
        """
        if on == self._on:
            return True
        self._on = on
        if on:
            # Menus and tooltips are windows of their own; each must be caught as it comes into being.
            self._app.installEventFilter(self)
        else:
            self._app.removeEventFilter(self)
        done = [self._act(int(window.winId()), on) for window in self._app.topLevelWindows()]
        return all(done)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        """Hide a new window before it is shown."""
        created = QPlatformSurfaceEvent.SurfaceEventType.SurfaceCreated
        if (
            event.type() == QEvent.Type.PlatformSurface
            and isinstance(event, QPlatformSurfaceEvent)
            and event.surfaceEventType() == created
            and isinstance(watched, QWindow)
            and watched.isTopLevel()
        ):
            self._act(int(watched.winId()), True)
        return super().eventFilter(watched, event)
