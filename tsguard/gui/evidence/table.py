"""The table of evidence: several rows can be chosen, Space looks at a file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from tsguard.gui.registers.register_view import RegisterTable


class EvidenceTable(RegisterTable):
    """A register's table with one key more.

    Signals:
        look_asked(object): Space was pressed on this value.
    """

    look_asked = Signal(object)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Space looks, without Ctrl or Shift, which choose; everything else as in every register."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Space and plain and self.value() is not None:
            self.look_asked.emit(self.value())
        else:
            super().keyPressEvent(event)
