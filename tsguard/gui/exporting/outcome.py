"""What became of the last export; it stays until the next one, since its check sum may be needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity


class OutcomeNote(QWidget):
    """A note with buttons under it; hidden while there is nothing to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._note = Note(theme, Severity.GOOD, "")
        self._buttons: list[Button] = []
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self.setLayout(column(self._note, self._row, gap=8))
        self.hide()

    @property
    def text(self) -> str:
        """What it says, as it is spoken."""
        return "" if self.isHidden() else self._note.accessibleName()

    def say(
        self,
        severity: Severity,
        title: str,
        text: str,
        actions: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        """Say something, with verbs to press."""
        self._note.say(severity, text, title=title)
        for old in self._buttons:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [Button(self._theme, label) for label, _run in actions]
        for at, (button, (_label, run)) in enumerate(zip(self._buttons, actions, strict=True)):
            button.clicked.connect(run)
            self._row.insertWidget(at, button)
        self.show()

    def clear(self) -> None:
        """Go out of sight."""
        self.hide()
