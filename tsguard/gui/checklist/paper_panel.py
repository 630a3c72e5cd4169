"""按编号录入: the sheet over the checklist in which answers from paper and from Excel come in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from tsguard.domain.worksheet import TypedSheet
from tsguard.errors import TSGuardError
from tsguard.gui.checklist.paper_entry import PaperEntry
from tsguard.gui.checklist.paper_import import PaperImport
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.panels import Sheet, SidePanel
from tsguard.gui.widgets.resting import Resting
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.explain import explain
from tsguard.services.paper import read_sheet

_WIDTH = 540


class PaperPanel(SidePanel):
    """The form for typing, or the comparison of a workbook in its place.

    Attributes:
        entry: The form.
        importing: The comparison.
    """

    def __init__(self, theme: Theme, model: SessionModel, tasks: Tasks) -> None:
        self._model, self._tasks = model, tasks
        self._reading: Progress | None = None
        self._name = ""
        self.entry = PaperEntry(theme, model)
        self.importing = PaperImport(theme, model)
        self.outcome = Note(theme, Severity.GOOD, "")
        self._read = Button(theme, _("读入Excel…"), "plain", "document_table")
        body = holder(column(self.outcome, self.entry, self.importing, gap=12))
        super().__init__(theme, _("按编号录入"), body, width=0, actions=(self._read,))
        self.outcome.hide()
        self.importing.hide()
        self._buttons = Resting(self._read)
        self._read.clicked.connect(self._ask_for_file)
        model.undo_stack.indexChanged.connect(self._changed)
        self.importing.left.connect(self._left)

    def take_keyboard(self) -> None:
        """At the number, or where the comparison goes on."""
        if self.importing.isHidden():
            self.entry.take_keyboard()
        else:
            self.importing.take_keyboard()

    def _ask_for_file(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("读入填好的清单"), documents, f"{_('填好的清单')} (*.xlsx *.txt)"
        )
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Read a filled workbook and show what it would change; stores nothing."""
        if self._reading is not None:
            return
        self._name = path.name
        self.outcome.hide()
        self._buttons.rest()

        def work(_progress: Progress) -> TypedSheet:
            return read_sheet(path)

        self._reading = self._tasks.run(work, self._arrived, self._failed)

    def _arrived(self, typed: TypedSheet) -> None:
        self._finish()
        if self._model.session.closed:
            return
        self.entry.hide()
        self.importing.show()
        self.importing.show_sheet(self._name, typed)

    def _failed(self, error: TSGuardError) -> None:
        self._finish()
        said = explain(error)
        self._say(Severity.ERROR, f"{said.data}{said.advice}", said.happened)

    def _finish(self) -> None:
        self._reading = None
        self._buttons.wake()

    def _changed(self, _index: int) -> None:
        """What was said of the last import may be undone now."""
        self.outcome.hide()

    def _left(self, sentence: str) -> None:
        self.importing.hide()
        self.entry.show()
        self.outcome.hide()
        if sentence:
            self._say(Severity.GOOD, sentence)
        self.entry.take_keyboard()

    def _say(self, severity: Severity, text: str, title: str = "") -> None:
        self.outcome.say(severity, text, title=title)
        self.outcome.show()


class PaperDesk(QObject):
    """Brings the panel over the page; made at its first use, since few people type from paper.

    Attributes:
        panel: None until it was asked for.
    """

    def __init__(
        self, theme: Theme, page: QWidget, model: SessionModel, tasks: Tasks, keys: Sequence[QShortcut]
    ) -> None:
        """Make the desk.

        Args:
            theme: Where colours come from.
            page: What the panel is laid over.
            model: The open session.
            tasks: Where workbooks are read.
            keys: Of the page; they wait while the panel is open, since digits are typed there.
        """
        super().__init__(page)
        self._theme, self._page, self._model, self._tasks, self._keys = theme, page, model, tasks, keys
        self._sheet: Sheet | None = None
        self.panel: PaperPanel | None = None

    def toggle(self) -> None:
        """Show the panel, or put it away."""
        if self._sheet is None or self.panel is None:
            self.panel = PaperPanel(self._theme, self._model, self._tasks)
            self._sheet = Sheet(self._theme, self._page, self.panel, width=_WIDTH)
            self.panel.closed.connect(self._sheet.dismiss)
            self._sheet.closed.connect(self._wake_keys)
        if self._sheet.isVisible():
            self._sheet.dismiss()
            return
        for key in self._keys:
            key.setEnabled(False)
        self._sheet.open()
        self.panel.take_keyboard()

    def _wake_keys(self) -> None:
        for key in self._keys:
            key.setEnabled(True)
