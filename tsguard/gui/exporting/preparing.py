"""准备材料: documents and options at the left, their real pages at the right; preview, check, export."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from tsguard.errors import SigningRefused, TSGuardError
from tsguard.gui.exporting.blank import BlankSheet
from tsguard.gui.exporting.checking import HitsSheet
from tsguard.gui.exporting.desk import PreviewDesk
from tsguard.gui.exporting.gaps import gaps, remarks
from tsguard.gui.exporting.hits import Passage
from tsguard.gui.exporting.ledger import last_choice
from tsguard.gui.exporting.making import Making, Written, suggested_name
from tsguard.gui.exporting.options import ExportOptions
from tsguard.gui.exporting.papers import Papers
from tsguard.gui.exporting.replacing import ask_replacing
from tsguard.gui.exporting.told import ExportOutcome
from tsguard.gui.focus import focus_inside
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.resting import Resting
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Hairline, Scroll
from tsguard.i18n import _
from tsguard.services.dossier import Made, Order, Signing

_LEFT = 404
_DESK_FROM = 860
_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX


@dataclass(frozen=True, slots=True)
class _State:
    """What the pages on the desk were made of: the vault's content, and the choice."""

    content: int
    choice: str
    on: object


class _Column(QWidget):
    """The left side. Its notes wrap, but they must not make the window higher: the form above scrolls."""

    def hasHeightForWidth(self) -> bool:
        """Never."""
        return False


class PrepareView(QWidget):
    """The choice, the pages, and the way to the files.

    Attributes:
        options: What is chosen.
        blank: The blank checklist.
        outcome: What became of the last preview or export.
        strip: How far it is.
        desk: The pages.
        papers: Which of the documents lies there.
        making: Makes and writes.
        sheet: The hits of the leak guard.

    Signals:
        go(target): Take the person to what is missing, or to a record.
        ledger_wanted(issued_id): To the register of issued documents.
    """

    go = Signal(str)
    ledger_wanted = Signal(str)

    def __init__(self, theme: Theme, model: SessionModel, tasks: Tasks, header: PageHeader) -> None:
        """Make the view.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Runs what takes time.
            header: Its head.
        """
        super().__init__()
        self._theme, self._model, self._tasks = theme, model, tasks
        self._content = 0
        self._shown: _State | None = None
        self._making: _State | None = None
        self._target: Path | None = None
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._folder = Path(documents or Path.home())
        self.options = ExportOptions(theme, model.session.today)
        self.options.choose(last_choice(model.session.issued))
        self.blank = BlankSheet(theme, model, tasks)
        self.outcome = ExportOutcome(theme)
        self.strip = ProgressStrip(theme)
        self.making = Making(model, tasks, self.strip, self)
        self._export = Button(theme, _("导出…"), "primary", "arrow_export")
        self._preview = Button(theme, _("预览并检查"), "plain", "eye")
        self._buttons = Resting(self._export, self._preview)
        self.desk = PreviewDesk(theme)
        self.papers = Papers(self.desk, tasks)
        self._lay_out(theme, header)
        self.sheet = HitsSheet(theme, self)
        self._listen(model)

    def _lay_out(self, theme: Theme, header: PageHeader) -> None:
        foot = column(
            self.outcome,
            self.strip,
            row(self._export, self._preview, None, gap=8),
            gap=10,
            margins=(PAGE_MARGIN, 10, 20, 14),
        )
        blank = column(Hairline(theme), 14, self.blank, gap=0, margins=(PAGE_MARGIN, 0, 20, 16))
        self._scroll = Scroll(holder(column(self.options, blank, None, gap=0)))
        left = column(header, gap=0)
        left.addWidget(self._scroll, 1)
        left.addWidget(Hairline(theme))
        left.addLayout(foot)
        self._left = _Column()
        self._left.setLayout(left)
        self._left.setFixedWidth(_LEFT)
        self._line = Hairline(theme, upright=True)
        body = row(self._left, self._line, gap=0)
        body.addWidget(self.desk, 1)
        self.setLayout(body)

    def _listen(self, model: SessionModel) -> None:
        self._export.clicked.connect(self.ask_where)
        self._preview.clicked.connect(self.preview)
        self.desk.wanted.connect(self.preview)
        self.outcome.hits_wanted.connect(self._open_sheet)
        self.outcome.ledger_wanted.connect(self.ledger_wanted)
        self.options.changed.connect(self._choice_changed)
        self.options.go.connect(self.go)
        self.blank.grown.connect(self._show_blank)
        self.making.finished.connect(self._finished)
        self.making.written.connect(self._wrote)
        self.making.failed.connect(self._failed)
        self.making.busy_changed.connect(self._set_busy)
        self.sheet.list.look_asked.connect(self._look_at)
        self.sheet.list.go.connect(self._go_to_source)
        self.sheet.list.passed.connect(self._let_pass)
        self.sheet.go_on.clicked.connect(self._write_after_all)
        for signal in (model.score_changed, model.profile_changed, model.assessment_changed):
            signal.connect(self._content_changed)
        model.form_changed.connect(self._content_changed)
        model.tasks_changed.connect(self._content_changed)
        model.issued_changed.connect(self.making.outdate)  # its notes are protected, too
        model.closing.connect(self._closing)

    # --- what is shown ----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what is chosen and missing now."""
        session = self._model.session
        if session.assessment is not None:
            self.options.show_programme(session.assessment.programme)
            self.options.show_gaps(gaps(session), remarks(session))

    def choose(self, choice: str) -> None:
        """Take over a choice of before, as ``ExportOptions.choice`` gave it."""
        self.options.choose(choice)
        self._choice_changed()

    def fold(self, width: int) -> None:
        """In a narrow window the pages stand away; check and export still work."""
        beside = width >= _DESK_FROM
        self.desk.setVisible(beside)
        self._line.setVisible(beside)
        self._left.setMinimumWidth(_LEFT if beside else 0)
        self._left.setMaximumWidth(_LEFT if beside else _UNLIMITED)

    def _show_blank(self) -> None:
        """Bring into sight what became of a blank sheet."""
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._scroll.ensureWidgetVisible(self.blank.outcome, 0, 16)

    def _content_changed(self) -> None:
        self._content += 1
        self.making.forget()
        self.sheet.dismiss()
        self._choice_changed()
        if self.isVisible():
            self.refresh()

    def _state(self) -> _State:
        return _State(self._content, self.options.choice, self.options.day)

    def _choice_changed(self) -> None:
        """What was said of a check is no longer true; what was written stays written."""
        self.outcome.forget_check()
        self._mark_stale()

    def _mark_stale(self) -> None:
        stale = self._shown is not None and self._shown != self._state()
        self.desk.set_stale(stale=stale)
        if stale or self._shown is None:
            self.options.documents.show_pages({})

    def _closing(self) -> None:
        self.making.stop()
        self.making.forget()
        self._shown = self._target = None
        self.sheet.forget()
        self.options.extras.forget()
        self.papers.forget()

    # --- making -----------------------------------------------------------------------------------

    def _order(self, *, plain: bool = False) -> Order | None:
        """What is chosen; None where something is missing, with the reason beside it.

        Args:
            plain: Whether neither passphrase nor signature is wanted, as for a preview.
        """
        day, options = self.options.day, self.options
        if day is None:
            if not options.on.text():
                options.on.set_error(_("请填文件日期"))
            options.on.setFocus()
            return None
        if not options.editions:
            options.documents.focus_first()
            return None
        signing = passphrase = None
        if not plain:
            if not options.extras.in_order():
                options.more.set_open(is_open=True)
                return None
            given, passphrase = options.extras.signing(), options.extras.passphrase()
            signing = Signing(*given) if given is not None else None
        bound = options.extras.bound.isChecked() and len(options.editions) > 1
        if bound and len({edition.level for edition in options.editions}) > 1:
            text = _("装订在一起就分不开了。请只勾一种版本，或不装订。")
            self.outcome.say(Severity.WARNING, _("报送版和内部版不能装订成一个文件"), text)
            return None
        return Order(
            options.editions,
            day,
            docx=options.docx,
            bound=bound,
            with_evidence=options.with_evidence,
            passphrase=passphrase,
            signing=signing,
        )

    def _set_busy(self, busy: bool) -> None:
        self.desk.set_busy(busy=busy)
        if busy:
            self._buttons.rest()
        else:
            self._buttons.wake()

    def preview(self) -> None:
        """Make the pages, look them through and show them; nothing leaves the vault."""
        order = None if self.making.busy else self._order(plain=True)
        if order is not None:
            self._target = None
            self._make(order)

    def _make(self, order: Order) -> None:
        self._making = self._state()
        self.outcome.clear()
        self.making.make(order)

    def ask_where(self) -> None:
        """Ask where the files shall lie, and export."""
        order = None if self.making.busy else self._order()
        if order is None:
            return
        session = self._model.session
        name = suggested_name(session.snapshot(), order)
        if order.files == 1:
            chosen, _kind = QFileDialog.getSaveFileName(
                self, _("导出PDF"), str(self._folder / name), "PDF (*.pdf)"
            )
            if chosen:
                path = Path(chosen)
                self.export(path if path.suffix else path.with_suffix(".pdf"))
            return
        chosen = QFileDialog.getExistingDirectory(self, _("导出到哪个文件夹"), str(self._folder))
        if chosen:
            self.export(Path(chosen) / name)

    def export(self, target: Path) -> None:
        """Make the files where that is not done yet, and write them once nothing stands against it.

        Args:
            target: The file of a single one, else the folder, which may be missing.
        """
        order = None if self.making.busy else self._order()
        if order is None:
            return
        self._folder, self._target = target.parent, target
        if self.making.holds(order) and self._shown == self._state():
            self._finished(self.making.made)
        else:
            self._make(order)

    def _finished(self, made: Made | None) -> None:
        if self._target is not None:
            self.making.name(self._target)
            made = self.making.made
        if made is None or self._model.session.closed:
            return
        self._shown = self._making
        self.papers.take(made)
        self.options.documents.show_pages(self.papers.pages)
        self._mark_stale()
        if made.open_hits or self._target is None:
            self.outcome.say_checked(made)
        if made.open_hits:
            self._open_sheet()
        elif self._target is not None:
            self._write(self._target)

    def _failed(self, error: TSGuardError) -> None:
        self.outcome.say_failed(error)
        if isinstance(error, SigningRefused):
            self.options.more.set_open(is_open=True)
            self.options.extras.opener.setFocus()

    # --- hits -------------------------------------------------------------------------------------

    def _open_sheet(self) -> None:
        made = self.making.made
        if made is not None:
            self._fill_sheet(made)
            self.sheet.open()

    def _fill_sheet(self, made: Made) -> None:
        self.sheet.show_made(made, writes=self._target is not None, desk=not self.desk.isHidden())

    def _look_at(self, passage: Passage) -> None:
        made = self.making.made
        if made is None:
            return
        self.sheet.dismiss()
        if passage.piece:
            self.go.emit(f"evidence:{passage.piece}")
        else:
            self.papers.show_edition(made.files[passage.file].edition, passage.hit.place.page)

    def _go_to_source(self, target: str) -> None:
        self.sheet.dismiss()
        self.go.emit(target)

    def _let_pass(self, passages: tuple[Passage, ...], reason: str) -> None:
        try:
            self.making.clear([each.hit for each in passages], reason)
        except TSGuardError as error:
            line = self.sheet.list.row_of(passages[0].hit.key)
            if line is not None:
                line.refuse(error)
            return
        made = self.making.made
        if made is None:
            return
        self.papers.take(made)
        self._fill_sheet(made)
        focus_inside(self.sheet.list)  # the row that had it is gone
        if not made.open_hits:
            self.outcome.say_checked(made)
            self.sheet.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_after_all(self) -> None:
        self.sheet.dismiss()
        if self._target is not None:
            self._write(self._target)

    # --- writing ----------------------------------------------------------------------------------

    def _write(self, target: Path) -> None:
        made, there = self.making.made, self.making.in_the_way(target)
        if made is None or len(made.files) == 1 or not there:
            self.making.write(target)  # of a single file the system's own dialog has asked
        else:
            ask_replacing(self._theme, self.window(), there, lambda: self.making.write(target))

    def _wrote(self, written: Written) -> None:
        self._target = None
        self.options.extras.forget()
        self.outcome.say_written(written)
