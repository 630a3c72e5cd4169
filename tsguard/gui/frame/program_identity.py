"""Under which name Windows knows the program: one button in the taskbar, with its own icon and pins.

Without it a window that Python opened counts as Python's. An executable of its own, as the installed program
has, needs no name: Windows takes the executable for it, and so finds that a pinned shortcut and the running
window are the same. A name given there would have to stand in every shortcut, too.
"""

from __future__ import annotations

import ctypes
import sys

APP_ID = "tsguard.SelfAssessment"
"""Company.Product without spaces, at most 128 characters (learn.microsoft.com/windows/win32/shell/appids)."""


def claim(name: str = APP_ID, *, frozen: bool | None = None) -> bool:
    """Tell Windows the name, before the first window; does nothing elsewhere.

    Args:
        name: The name.
        frozen: Whether the program has an executable of its own; as it is by default.

    Returns:
        Whether Windows took it.
    """
    own_executable = bool(getattr(sys, "frozen", False)) if frozen is None else frozen
    if sys.platform == "win32" and not own_executable:
        act = ctypes.WinDLL("shell32").SetCurrentProcessExplicitAppUserModelID
        act.argtypes, act.restype = [ctypes.c_wchar_p], ctypes.c_long
        return bool(act(name) == 0)
    return False
