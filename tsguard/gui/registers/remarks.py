"""What there is to say about a record, inside its form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tsguard.gui.theme import Theme
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity


class Remarks(QWidget):
    """Notes one under the other; as many as there is to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._notes: list[Note] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.hide()

    def say(self, remarks: Sequence[tuple[Severity, str]]) -> None:
        """Say other things; notes are kept and reused, so that nothing flickers while typing."""
        while len(self._notes) < len(remarks):
            note = Note(self._theme, Severity.INFO, "")
            self._notes.append(note)
            self._layout.addWidget(note)
        for at, note in enumerate(self._notes):
            if at < len(remarks):
                note.say(*remarks[at])
            note.setVisible(at < len(remarks))
        self.setVisible(bool(remarks))

    @property
    def texts(self) -> list[str]:
        """What is said."""
        return [note.accessibleName() for note in self._notes if not note.isHidden()]
