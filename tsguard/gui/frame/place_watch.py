"""Looks now and then whether the vault's file is still the one that was opened, and says so where not.

Each write looks as well; this one is for a person who only reads, or is away while a network drive's
program works. It must not write.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from tsguard.errors import TSGuardError
from tsguard.gui.session_model import SessionModel

_EVERY_MS = 15_000


class PlaceWatch(QObject):
    """One look every quarter of a minute, until the first bad news.

    Signals:
        gone(): Another file is at the vault's place, or none; nothing is written there any more.
    """

    gone = Signal()

    def __init__(self, model: SessionModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look now."""
        file = self._model.session.file
        try:
            if not file.changed_on_disk():
                return
        except TSGuardError:  # locked meanwhile, or unreadable just now
            return
        self._timer.stop()
        self.gone.emit()
