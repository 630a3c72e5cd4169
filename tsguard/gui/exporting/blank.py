"""空白清单: this assessment's checklist without answers, for paper and pen or for Excel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from tsguard.domain.worksheet import sheet_code
from tsguard.errors import TSGuardError
from tsguard.gui.exporting.outcome import OutcomeNote
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import LABEL_GAP
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.resting import Resting
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.explain import explain
from tsguard.services.paper import blank_name, blank_pdf, blank_workbook

Work: TypeAlias = Callable[[Progress], tuple[Path, str]]
"""Writes a file; gives its place and what to say about it."""


class BlankSheet(QWidget):
    """Two buttons and what became of them; knows nothing of the report beside it.

    Signals:
        grown(): What became of it stands below the buttons now.
    """

    grown = Signal()

    def __init__(self, theme: Theme, model: SessionModel, tasks: Tasks) -> None:
        super().__init__()
        self._model, self._tasks = model, tasks
        self._running: Progress | None = None
        self._written: Path | None = None
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._folder = Path(documents or Path.home())
        self._code = Text(theme, "", "caption", "ink2", wrap=True)
        self._pdf = Button(theme, _("打印用PDF…"), "plain", "print")
        self._book = Button(theme, _("Excel…"), "plain", "document_table")
        self._pdf.setAccessibleName(_("空白清单，打印用PDF"))
        self._book.setAccessibleName(_("空白清单，Excel"))
        self._buttons = Resting(self._pdf, self._book)
        self.outcome = OutcomeNote(theme)
        self.strip = ProgressStrip(theme)
        sentence = _(
            "带编号的清单，不含企业的任何内容，可拿进不许带设备的会议室手填；填好后在自评清单按编号录入。"
        )
        self.setLayout(
            column(
                Text(theme, _("空白清单"), "small", "ink2"),
                Text(theme, sentence, "caption", "ink2", wrap=True),
                row(self._pdf, self._book, None, gap=8),
                self._code,
                self.strip,
                self.outcome,
                gap=LABEL_GAP,
            )
        )
        self._pdf.clicked.connect(self._ask_for_pdf)
        self._book.clicked.connect(self._ask_for_book)
        model.closing.connect(self._closing)
        model.assessment_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Name the sheet's code."""
        session = self._model.session
        if session.assessment is not None:
            self._code.set_text(_("表号{code}").format(code=sheet_code(session.checklist)))

    def _closing(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _ask_for_pdf(self) -> None:
        path = self._ask(".pdf", "PDF (*.pdf)")
        if path is not None:
            self.export_pdf(path)

    def _ask_for_book(self) -> None:
        path = self._ask(".xlsx", "Excel (*.xlsx)")
        if path is not None:
            self.export_book(path)

    def _ask(self, suffix: str, kinds: str) -> Path | None:
        name = blank_name(self._model.session.checklist, suffix)
        chosen, _kind = QFileDialog.getSaveFileName(self, _("空白清单"), str(self._folder / name), kinds)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(suffix)

    def export_pdf(self, path: Path) -> None:
        """Write the sheet for paper and pen."""
        checklist, today = self._model.session.checklist, self._model.session.today

        def work(progress: Progress) -> tuple[Path, str]:
            written = blank_pdf(
                checklist, path, on=today, progress=progress.report, cancelled=progress.cancelled
            )
            return written.path, _("已导出空白清单，{pages}页").format(pages=written.pages)

        self._start(path, work)

    def export_book(self, path: Path) -> None:
        """Write the sheet as a workbook."""
        checklist = self._model.session.checklist

        def work(_progress: Progress) -> tuple[Path, str]:
            return blank_workbook(checklist, path).path, _("已导出空白清单")

        self._start(path, work)

    def _start(self, path: Path, work: Work) -> None:
        if self._running is not None:
            return
        self._folder = path.parent
        self.outcome.clear()
        self._running = self._tasks.run(work, self._done, self._failed, self.strip.report)
        self.strip.start(_("正在写空白清单"), self._running.cancel)
        self._buttons.rest()

    def _finish(self) -> None:
        self._running = None
        self.strip.finish()
        self._buttons.wake()

    def _done(self, result: tuple[Path, str]) -> None:
        self._finish()
        self._written, title = result
        self.outcome.say(Severity.GOOD, title, self._written.name, [(_("打开文件夹"), self._open_folder)])
        self.grown.emit()

    def _failed(self, error: TSGuardError) -> None:
        self._finish()
        said = explain(error)
        self.outcome.say(Severity.ERROR, said.happened, f"{said.data}{said.advice}")
        self.grown.emit()

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
