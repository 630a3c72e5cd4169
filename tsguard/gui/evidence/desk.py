"""The sheet over the page of evidence in which a file is looked at; nothing stays when it goes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tsguard.domain.evidence import Evidence
from tsguard.gui.evidence.viewer import Viewer
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.panels import Sheet
from tsguard.services.cabinet import FileSource

_WIDTH = 1080


class Desk(QObject):
    """Builds sheet and viewer when first needed.

    Attributes:
        viewer: The viewer, or None before anything was looked at.

    Signals:
        opening_wanted(evidence_id): Another program shall open the file.
        saving_wanted(evidence_id): A copy is wanted.
    """

    opening_wanted = Signal(str)
    saving_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        model: SessionModel,
        tasks: Tasks,
        host: QWidget,
        source: FileSource | None = None,
    ) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Reads files.
            host: What it is laid over.
            source: Where files are read from; the cabinet by default.
        """
        super().__init__(host)
        self._theme, self._model, self._tasks, self._host = theme, model, tasks, host
        self._source = source
        self._sheet: Sheet | None = None
        self.viewer: Viewer | None = None

    @property
    def is_open(self) -> bool:
        """Whether a file is being looked at."""
        return self._sheet is not None and self._sheet.isVisible()

    def open(self, piece: Evidence) -> None:
        """Look at a piece's file."""
        if self._sheet is None or self.viewer is None:
            self.viewer = viewer = Viewer(self._theme, self._model, self._tasks, self._source)
            self._sheet = Sheet(self._theme, self._host, viewer, width=_WIDTH)
            self._sheet.closed.connect(viewer.clear)
            viewer.left.connect(self._sheet.dismiss)
            viewer.opening_wanted.connect(self.opening_wanted)
            viewer.saving_wanted.connect(self.saving_wanted)
        self._sheet.open()
        self.viewer.show_piece(piece)
        self.viewer.take_keyboard()

    def close(self) -> None:
        """Look no more, and drop all that was decoded."""
        if self._sheet is not None:
            self._sheet.dismiss()
        if self.viewer is not None:
            self.viewer.clear()  # also where the page was out of sight

    def refresh(self) -> None:
        """What is looked at may be gone, or called otherwise."""
        if self.viewer is None or not self.viewer.current:
            return
        cabinet = self._model.session.cabinet
        if self.viewer.current in cabinet:
            self.viewer.rename(cabinet.get(self.viewer.current))
        else:
            self.close()
