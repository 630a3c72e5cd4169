"""Buttons that rest while work is running, and give the keyboard back that they had.

Qt hands the keyboard on when a button with it is disabled; whoever works by key would be elsewhere then.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


class Resting:
    """Some buttons that are disabled together."""

    def __init__(self, *buttons: QWidget) -> None:
        self._buttons = buttons
        self._had: QWidget | None = None
        self._went: QWidget | None = None

    def rest(self) -> None:
        """Disable them, and note which of them had the keyboard."""
        self._had = next((each for each in self._buttons if each.hasFocus()), None)
        for each in sorted(self._buttons, key=QWidget.hasFocus):  # so that Qt hands it on once
            each.setEnabled(False)
        self._went = QApplication.focusWidget()

    def wake(self) -> None:
        """Enable them; the keyboard comes back unless the person took it elsewhere meanwhile."""
        for each in self._buttons:
            each.setEnabled(True)
        if self._had is not None and QApplication.focusWidget() is self._went:
            self._had.setFocus(Qt.FocusReason.OtherFocusReason)
        self._had = self._went = None
