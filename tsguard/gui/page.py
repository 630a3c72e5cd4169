"""What every page of the open vault is: built once, told when it is shown, asks to go elsewhere.

Pages do not know each other; they emit ``go`` with a target such as ``checklist:HRM-05``, and the
window takes the person there.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tsguard.gui.focus import focus_inside
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Theme


class Page(QWidget):
    """A page of the open vault.

    Attributes:
        theme: Colours and fonts, with a ``changed`` signal.
        model: The open session.

    Signals:
        go(target): Take the person to ``PAGE`` or ``PAGE:DETAIL``; pages are ``profile``, ``quick``,
            ``checklist``, ``results``, ``rectification``, ``points``, ``evidence``, ``application``,
            ``export``, ``verify``, ``history``, ``backups``, ``health``, ``settings``.
        lock_wanted(words): The vault's file is another one now, and the vault is closed already; the
            start page then says ``words``, never anything out of a vault.
    """

    go = Signal(str)
    lock_wanted = Signal(str)

    def __init__(self, theme: Theme, model: SessionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.model = model

    def open_at(self, detail: str) -> None:
        """Come to the front, at a detail such as an item id; "" for wherever the person was."""

    def take_keyboard(self) -> None:
        """Put the keyboard where the person goes on; the first stop of Tab, unless a page knows better."""
        focus_inside(self)

    def place(self) -> str:
        """The detail the person is at, to be remembered over a lock."""
        return ""

    def unsaved(self) -> str | None:
        """Where something typed stands that could not be stored, as a detail for ``open_at``; else None.

        Asked after ``SessionModel.closing``, before the vault is locked.
        """
        return None

    def fold(self, width: int) -> None:
        """Give way to a window of that many logical pixels; pages with side panels say how."""
