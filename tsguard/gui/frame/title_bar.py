"""The native title bar in the window's own colours, where the system allows it (Windows 11)."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget

from tsguard.gui.theme import Theme

_DARK_MODE = 20  # DWMWA_USE_IMMERSIVE_DARK_MODE
_CAPTION_COLOUR = 35  # DWMWA_CAPTION_COLOR


def tint(window: QWidget, theme: Theme) -> None:
    """Give a shown window's title bar the theme's ground; does nothing where there is no such thing."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only there

        ground = theme.color("ground")
        colour = ground.red() | ground.green() << 8 | ground.blue() << 16
        for attribute, value in ((_DARK_MODE, int(theme.dark)), (_CAPTION_COLOUR, colour)):
            word = ctypes.c_int(value)
            # An older Windows answers with an error code, and keeps its own title bar.
            ctypes.windll.dwmapi.DwmSetWindowAttribute(
                ctypes.c_void_p(int(window.winId())), attribute, ctypes.byref(word), ctypes.sizeof(word)
            )
