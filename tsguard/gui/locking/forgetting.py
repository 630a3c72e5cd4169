"""Drops, at lock, what outlives the pages and may hold words out of the vault.

Pages, models and undo go with the frame. What Python has freed is not overwritten; the manual says so.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from tsguard.gui import text

_TOOLTIP = "QTipLabel"
_LAST = ("last_exc", "last_value", "last_type", "last_traceback")


def forget() -> None:
    """Drop laid-out texts, the tooltip, the last error's traceback, file names, and what was copied."""
    text.forget()
    _forget_tooltip()
    _forget_errors()
    _forget_names()
    _forget_copied()


def _forget_tooltip() -> None:
    """Qt keeps a hidden one with its words for a while."""
    for widget in QApplication.topLevelWidgets():
        if widget.metaObject().className() == _TOOLTIP:
            widget.close()
            widget.deleteLater()


def _forget_errors() -> None:
    """An exception that left a slot is kept by Python with every local value on its way."""
    for name in _LAST:
        if hasattr(sys, name):
            delattr(sys, name)


def _forget_names() -> None:
    """From Python 3.12 a file's kind is guessed as if its name were an address, and addresses are kept."""
    addresses = sys.modules.get("urllib.parse")
    if addresses is not None:
        addresses.clear_cache()


def _forget_copied() -> None:
    """Empty the clipboard where what it holds was copied here; what other programs put there stays."""
    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.ownsSelection():
        clipboard.clear(clipboard.Mode.Selection)
