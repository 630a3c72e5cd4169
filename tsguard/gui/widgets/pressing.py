"""Enter presses what has the keyboard, as Space does; Qt leaves that to dialogs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Click the button where the key is Enter; held down, it clicks once.

    Returns:
        Whether the key is used up.
    """
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
