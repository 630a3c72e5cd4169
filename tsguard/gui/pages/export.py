"""报告与申报: what goes into the report, what is missing for it, its real pages, and the file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QStackedWidget, QWidget

from tsguard.domain.disclosure import Level
from tsguard.domain.words import level_word
from tsguard.errors import Cancelled, TSGuardError
from tsguard.gui.exporting.blank import BlankSheet
from tsguard.gui.exporting.desk import THUMBNAIL_SCALE, PreviewDesk
from tsguard.gui.exporting.gaps import gaps, remarks
from tsguard.gui.exporting.options import ExportOptions
from tsguard.gui.exporting.outcome import OutcomeNote
from tsguard.gui.page import Page
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.resting import Resting
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline, Scroll
from tsguard.i18n import _
from tsguard.services.explain import explain
from tsguard.services.export import Exported, export_report, suggested_name
from tsguard.services.preview import Preview, make_preview, read_preview

_LEFT = 404
_DESK_FROM = 860


@dataclass(frozen=True, slots=True)
class _State:
    """What a preview was made of.

    Attributes:
        edition: Counts the changes of the vault's content.
        level: The report's level.
        on: The report's date.
    """

    edition: int
    level: Level
    on: date | None


def file_size(size: int) -> str:
    """``1.2 MB``, or ``456 KB``."""
    if size >= 1024 * 1024:
        return f"{size / (1024 * 1024):.1f} MB"
    return f"{max(1, round(size / 1024))} KB"


class _Column(QWidget):
    """The left side. Its notes wrap, but they must not make the window higher: the form above scrolls."""

    def hasHeightForWidth(self) -> bool:
        """Never."""
        return False


class ExportPage(Page):
    """Report and application.

    Signals:
        go(target): Take the person to what is missing.
    """

    def __init__(
        self, theme: Theme, model: SessionModel, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, model, parent)
        self._tasks = tasks
        self._running: Progress | None = None
        self._edition = 0
        self._shown: _State | None = None
        self._making: _State | None = None
        self._exported: Exported | None = None
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home()
        )
        self._header = PageHeader(theme, _("报告与申报"), margins=(PAGE_MARGIN, 20, 20, 10))
        self.options = ExportOptions(theme, model.session.today)
        self.blank = BlankSheet(theme, model, tasks)
        self.outcome = OutcomeNote(theme)
        self.strip = ProgressStrip(theme)
        self._export = Button(theme, _("导出PDF…"), "primary", "arrow_export")
        self._preview = Button(theme, _("预览"), "plain", "eye")
        self._buttons = Resting(self._export, self._preview)
        self.desk = PreviewDesk(theme)
        foot = column(
            self.outcome,
            self.strip,
            row(self._export, self._preview, None, gap=8),
            gap=10,
            margins=(PAGE_MARGIN, 10, 20, 14),
        )
        left = column(self._header, gap=0)
        blank = column(Hairline(theme), 14, self.blank, gap=0, margins=(PAGE_MARGIN, 0, 20, 16))
        self._scroll = Scroll(holder(column(self.options, blank, None, gap=0)))
        left.addWidget(self._scroll, 1)
        left.addWidget(Hairline(theme))
        left.addLayout(foot)
        self._left = _Column()
        self._left.setLayout(left)
        self._left.setFixedWidth(_LEFT)
        self._line = Hairline(theme, upright=True)
        body = row(self._left, self._line, gap=0)
        body.addWidget(self.desk, 1)
        choose = Button(theme, _("去选产业模块"), "primary", "building")
        nothing = EmptyState(
            theme,
            "document_pdf",
            _("还没有可导出的自评"),
            _("先在企业档案里选产业模块，清单才会建立；答过的条款会写进报告。"),
            (choose,),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(holder(body))
        self._stack.addWidget(holder(column(PageHeader(theme, _("报告与申报")), nothing, gap=0)))
        self.setLayout(column(self._stack, gap=0))
        choose.clicked.connect(self._go_modules)
        self._export.clicked.connect(self._ask_for_file)
        self._preview.clicked.connect(self.preview)
        self.desk.wanted.connect(self.preview)
        self.options.changed.connect(self._options_changed)
        self.options.go.connect(self.go)
        self.blank.grown.connect(self._show_blank)
        for signal in (model.score_changed, model.profile_changed, model.assessment_changed):
            signal.connect(self._content_changed)
        model.form_changed.connect(self._content_changed)
        model.closing.connect(self._closing)
        self.refresh()

    # --- page -----------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Come to the front; ``submission`` or ``internal`` chooses that level."""
        if detail in {Level.SUBMISSION, Level.INTERNAL}:
            self.options.set_level(Level(detail))
        self.refresh()

    def place(self) -> str:
        """The chosen level."""
        return self.options.level.value

    def fold(self, width: int) -> None:
        """In a narrow window the pages stand away; preview and export still work."""
        beside = width >= _DESK_FROM
        self.desk.setVisible(beside)
        self._line.setVisible(beside)
        self._left.setMinimumWidth(_LEFT if beside else 0)
        self._left.setMaximumWidth(_LEFT if beside else 16_777_215)
        self._preview.setVisible(beside)

    def refresh(self) -> None:
        """Show what is chosen and missing now."""
        session = self.model.session
        assessment = session.assessment
        self._stack.setCurrentIndex(0 if assessment else 1)
        if assessment is None:
            return
        checklist, programme = assessment.checklist, assessment.programme
        self._header.set_facts(
            assessment.title, _("清单{version}").format(version=checklist.modules[0].version)
        )
        self.options.show_programme(programme)
        self.options.show_gaps(gaps(session), remarks(session))

    def _show_blank(self) -> None:
        """Bring into sight what became of a blank sheet."""
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._scroll.ensureWidgetVisible(self.blank.outcome, 0, 16)

    def _go_modules(self) -> None:
        self.go.emit("profile:modules")

    def _content_changed(self) -> None:
        self._edition += 1
        self._mark_stale()
        if self.isVisible():
            self.refresh()

    def _options_changed(self) -> None:
        self._mark_stale()

    def _state(self) -> _State:
        return _State(self._edition, self.options.level, self.options.day)

    def _mark_stale(self) -> None:
        self.desk.set_stale(stale=self._shown is not None and self._shown != self._state())

    def _closing(self) -> None:
        if self._running is not None:
            self._running.cancel()
        self._shown = None
        self.desk.clear()

    # --- work -----------------------------------------------------------------------------------

    def _day(self) -> date | None:
        """The date, or None with the reason under its field."""
        day = self.options.day
        if day is None:
            if not self.options.on.text():
                self.options.on.set_error(_("请填报告日期"))
            self.options.on.setFocus()
        return day

    def _set_busy(self, running: Progress | None) -> None:
        self._running = running
        self.desk.set_busy(busy=running is not None)
        if running is None:
            self._buttons.wake()
            self.strip.finish()
        else:
            self._buttons.rest()

    def preview(self) -> None:
        """Make the report's pages and show them; nothing leaves the vault."""
        day = self._day()
        if day is None or self._running is not None:
            return
        snapshot, level = self.model.session.snapshot(), self.options.level
        self._making = self._state()
        self.outcome.clear()

        def work(progress: Progress) -> Preview:
            return make_preview(
                snapshot,
                level,
                on=day,
                scale=THUMBNAIL_SCALE,
                progress=progress.report,
                cancelled=progress.cancelled,
            )

        running = self._tasks.run(work, self._previewed, self._failed, self.strip.report)
        self.strip.start(_("正在排{level}").format(level=level_word(level)), running.cancel)
        self._set_busy(running)

    def _previewed(self, preview: Preview) -> None:
        self._set_busy(None)
        self._show(preview)

    def _show(self, preview: Preview) -> None:
        if self.model.session.closed:
            return
        self._shown = self._making
        self.desk.show_preview(preview)
        self._mark_stale()

    def _ask_for_file(self) -> None:
        if self._day() is None:
            return
        name = suggested_name(self.model.session.snapshot(), self.options.level)
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("导出PDF"), str(self._folder / name), "PDF (*.pdf)"
        )
        if chosen:
            path = Path(chosen)
            self.export(path if path.suffix else path.with_suffix(".pdf"))

    def export(self, path: Path) -> None:
        """Write the report to a file, and show its pages."""
        day = self._day()
        if day is None or self._running is not None:
            return
        self._folder = path.parent
        snapshot, level = self.model.session.snapshot(), self.options.level
        self._making = self._state()
        self.outcome.clear()

        def work(progress: Progress) -> tuple[Exported, Preview]:
            exported = export_report(
                snapshot, level, path, on=day, progress=progress.report, cancelled=progress.cancelled
            )
            return exported, read_preview(path, scale=THUMBNAIL_SCALE)

        running = self._tasks.run(work, self._written, self._failed, self.strip.report)
        self.strip.start(_("正在写{level}").format(level=level_word(level)), running.cancel)
        self._set_busy(running)

    def _written(self, result: tuple[Exported, Preview]) -> None:
        self._set_busy(None)
        self._exported, preview = result
        exported = self._exported
        title = _("已导出{pages}页，{size}").format(pages=exported.pages, size=file_size(exported.size))
        text = _("{name}\nSHA-256 {sha256}").format(name=exported.path.name, sha256=exported.sha256)
        actions = [(_("打开文件夹"), self._open_folder), (_("复制校验值"), self._copy_sum)]
        self.outcome.say(Severity.GOOD, title, text, actions)
        self._show(preview)

    def _failed(self, error: TSGuardError) -> None:
        self._set_busy(None)
        if isinstance(error, Cancelled):
            self.outcome.say(Severity.INFO, "", str(explain(error)))
            return
        said = explain(error)
        self.outcome.say(Severity.ERROR, said.happened, f"{said.data}{said.advice}")

    def _open_folder(self) -> None:
        if self._exported is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._exported.path.parent)))

    def _copy_sum(self) -> None:
        if self._exported is not None:
            QApplication.clipboard().setText(self._exported.sha256)
