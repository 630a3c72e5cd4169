"""The native title bar in the window's own colours, where the system allows it (Windows 10 and 11)."""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from tsguard.gui.theme import Theme

DARK_MODE = 20  # DWMWA_USE_IMMERSIVE_DARK_MODE, from Windows 10 20H1
CAPTION_COLOUR = 35  # DWMWA_CAPTION_COLOR, from Windows 11


def attributes(ground: QColor, *, dark: bool) -> tuple[tuple[int, int], ...]:
    """What Windows is told: number and value of each attribute.

    Args:
        ground: The title bar's colour.
        dark: Whether its text and buttons are to be light.
    """
    colour = ground.red() | ground.green() << 8 | ground.blue() << 16  # a COLORREF, blue first
    return (DARK_MODE, int(dark)), (CAPTION_COLOUR, colour)


def set_attribute(window: int, attribute: int, value: int) -> bool:
    """Set one attribute of a window by its handle.

    Returns:
        Whether Windows took it; an older one knows neither and keeps its own title bar.
    """
    if sys.platform == "win32":
        act = ctypes.WinDLL("dwmapi").DwmSetWindowAttribute
        act.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_void_p, ctypes.c_uint]
        act.restype = ctypes.c_long
        word = ctypes.c_int(value)
        return bool(act(window, attribute, ctypes.byref(word), ctypes.sizeof(word)) == 0)
    return False


def tint(window: QWidget, theme: Theme) -> None:
    """Give a shown window's title bar the theme's ground; does nothing where there is no such thing."""
    if sys.platform == "win32":
        for attribute, value in attributes(theme.color("ground"), dark=theme.dark):
            set_attribute(int(window.winId()), attribute, value)
