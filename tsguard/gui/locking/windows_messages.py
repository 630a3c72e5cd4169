"""Windows' own messages about locked sessions and sleep. The only module that speaks to wtsapi32.

What a message means is decided by ``means_away``, a plain function that runs everywhere.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

WM_POWERBROADCAST = 0x0218
WM_WTSSESSION_CHANGE = 0x02B1

_PBT_APMSUSPEND = 0x0004
_LEFT = frozenset(
    {
        0x2,  # WTS_CONSOLE_DISCONNECT: another user takes the screen
        0x4,  # WTS_REMOTE_DISCONNECT: the remote desktop was closed
        0x6,  # WTS_SESSION_LOGOFF
        0x7,  # WTS_SESSION_LOCK
    }
)
_GENERIC = b"windows_generic_MSG"
_THIS_SESSION = 0  # NOTIFY_FOR_THIS_SESSION
_TO_A_WINDOW = 0  # DEVICE_NOTIFY_WINDOW_HANDLE


def means_away(message: int, word: int) -> bool:
    """Whether a message of Windows says that the person left or the computer goes to sleep.

    Args:
        message: Its number.
        word: Its WPARAM.
    """
    if message == WM_WTSSESSION_CHANGE:
        return word in _LEFT
    return message == WM_POWERBROADCAST and word == _PBT_APMSUSPEND


class MessageFilter(QAbstractNativeEventFilter):
    """Reads the messages that pass, and stops none."""

    def __init__(self, away: Callable[[], object]) -> None:
        """Make it.

        Args:
            away: Called while Windows waits, so that a sleeping computer holds nothing open.
        """
        super().__init__()
        self._away = away

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int, /
    ) -> tuple[bool, int]:
        """Look at one message; ``message`` is the address of a MSG."""
        # Qt gives bytes or its own array; both compare.
        if kind == _GENERIC:
            seen = wintypes.MSG.from_address(int(message))
            if means_away(int(seen.message), int(seen.wParam or 0)):
                self._away()
        return False, 0


def _registered_for_sleep(window: int) -> int:
    """The handle of a registration; 0 where the system has none.

    A computer with modern standby tells only windows that asked; an older one tells every window unasked.
    """
    if sys.platform == "win32":
        register = getattr(ctypes.WinDLL("user32"), "RegisterSuspendResumeNotification", None)
        if register is not None:
            register.restype = wintypes.HANDLE
            return int(register(wintypes.HWND(window), _TO_A_WINDOW) or 0)
    return 0


class WindowsSource:
    """Registered with Windows until ``close``."""

    def __init__(self, window: int, away: Callable[[], object]) -> None:
        """Register.

        Args:
            window: Handle of the program's window.
            away: Called when the person is gone or sleep begins.
        """
        self._window, self._power = window, 0
        self._filter = MessageFilter(away)
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._filter)
        if sys.platform == "win32":
            ctypes.WinDLL("wtsapi32").WTSRegisterSessionNotification(wintypes.HWND(window), _THIS_SESSION)
            self._power = _registered_for_sleep(window)

    def close(self) -> None:
        """Take both registrations back."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self._filter)
        if sys.platform == "win32":
            ctypes.WinDLL("wtsapi32").WTSUnRegisterSessionNotification(wintypes.HWND(self._window))
            if self._power:
                ctypes.WinDLL("user32").UnregisterSuspendResumeNotification(wintypes.HANDLE(self._power))
