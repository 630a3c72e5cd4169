"""出具记录: what was exported, with its check sums, a note, and the scan of the sealed page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from tsguard.domain.dossier import Format, IssuedDocument
from tsguard.domain.validation import issued_problems
from tsguard.domain.words import level_word
from tsguard.errors import TSGuardError
from tsguard.gui.evidence.desk import Desk
from tsguard.gui.evidence.saving import CopySaving
from tsguard.gui.exporting import ledger
from tsguard.gui.exporting.scan_part import ScanPart
from tsguard.gui.exporting.scans import ScanIntake
from tsguard.gui.registers.bindings import bind
from tsguard.gui.registers.deletion import Deletions
from tsguard.gui.registers.drop_veil import DropVeil, dropped_files
from tsguard.gui.registers.record_form import FormPart, Outcome, RecordForm
from tsguard.gui.registers.register_view import ALL, RegisterTable, RegisterView
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.facts import Facts
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.long_text import PlainTextField
from tsguard.gui.widgets.messages import Action, Message
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.segmented import Option
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.explain import explain, size_text
from tsguard.services.issued import is_scan, scan_piece, without_scan
from tsguard.services.plain_copy import write_csv

_CSV, _SCAN = "issued-csv", "scan"


class IssuedView(QWidget):
    """The register of issued documents.

    Attributes:
        view: List and form.
        scan: The scan of the entry in the form.
        intake: Brings scans into the vault.
        desk: Where a scan is looked at.

    Signals:
        prepare_wanted: The person wants to make documents.
    """

    prepare_wanted = Signal()

    def __init__(
        self, theme: Theme, model: SessionModel, tasks: Tasks, header: PageHeader, export: Button
    ) -> None:
        """Make the view.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Runs what takes time.
            header: Its head.
            export: The button in the head that takes the table along.
        """
        super().__init__()
        self._model, self._header, self._export = model, header, export
        self._refusal: TSGuardError | None = None
        words = [
            ("number", _("文件编号")),
            ("level", _("版本")),
            ("file", _("文件名")),
            ("size", _("大小")),
            ("when", _("出具时间")),
            ("marks", _("保护")),
            ("sum", "SHA-256"),
            ("head", _("末条摘要")),
        ]
        self._facts = Facts(theme, words, label=64)
        self._copy_sum = Button(theme, _("复制SHA-256"), "link", "copy")
        self.scan = ScanPart(theme)
        self.note = PlainTextField(
            theme, _("备注"), help=_("例如交给了谁、什么时候交的；只在内部看。"), most=6
        )
        self.form = RecordForm(
            theme,
            [holder(column(self._facts, row(None, self._copy_sum), gap=2)), self.scan, _part(self.note)],
            check=issued_problems,
            store=self._store,
            title=lambda issued: issued.id,
            draft_hint="",
        )
        prepare = Button(theme, _("去准备材料"), "primary", "document_pdf")
        self._table = RegisterTable(theme, ledger.columns(), name=_("出具记录"), key=lambda each: each.id)
        self.strip, copying = ProgressStrip(theme), ProgressStrip(theme)
        self.view = RegisterView(
            theme,
            header,
            self._table,
            self.form,
            search=_("搜文件、编号、SHA-256"),
            filters=[
                Option(ALL, _("全部"), count=0),
                Option(ledger.SUBMITTED, _("报送版"), count=0),
                Option(ledger.INTERNAL, _("内部版"), count=0),
                Option(ledger.UNSEALED, _("没有盖章件"), count=0),
            ],
            matches=ledger.matches,
            passes=ledger.passes,
            empty=EmptyState(
                theme,
                "history",
                _("还没有出具过文件"),
                _(
                    "每导出一份文件，这里就记一条：文件编号、日期、页数和SHA-256。\n盖章交出后，扫描件也存在这里。"
                ),
                (prepare,),
            ),
            footnote=_("这里只记出具过什么，不存文件本身；凭SHA-256可以核对手里的文件是不是当时那一份。"),
            hide_below=ledger.HIDE_BELOW,
            strips=(self.strip, copying),
        )
        self.setLayout(column(self.view, gap=0))
        register = model.session.issued
        self.intake = ScanIntake(model, tasks, self.strip, self)
        self.desk = Desk(theme, model, tasks, self, register)
        self.saving = CopySaving(model, tasks, copying, self.view.messages, self, register)
        self._deletions = Deletions(model, self.view.messages, self)
        self._veil = DropVeil(theme, _("松开就作为盖章件存入"), self)
        self.setAcceptDrops(True)
        prepare.clicked.connect(self.prepare_wanted)
        export.clicked.connect(self.warn_of_copy)
        self._copy_sum.clicked.connect(self._copy_digest)
        self.form.shown.connect(self._show_state)
        self.scan.add_asked.connect(self._ask_for_scan)
        self.scan.look_asked.connect(self.look_at_scan)
        self.scan.copy_asked.connect(self._offer_copy)
        self.scan.remove_asked.connect(self.take_scan_out)
        self.desk.saving_wanted.connect(self._leave_desk_and_save)
        self.intake.refused.connect(self._scan_refused)
        self.intake.stored.connect(self._scan_stored)
        model.issued_changed.connect(self.refresh)
        model.failed.connect(self._note_refusal)
        model.closing.connect(self._closing)
        self.refresh()

    # --- page -------------------------------------------------------------------------------------

    def open_at(self, issued_id: str) -> None:
        """Come to an entry; "" for wherever the person was."""
        self.refresh()
        if issued_id in self._model.session.issued:
            self.view.open_record(self._model.session.issued.get(issued_id))

    def refresh(self) -> None:
        """Show what the register has now, the newest first."""
        if self._model.session.closed:
            return
        records = tuple(reversed(tuple(self._model.session.issued)))
        filters = (ALL, ledger.SUBMITTED, ledger.INTERNAL, ledger.UNSEALED)
        counts: dict[object, int | None] = {
            kept: sum(ledger.passes(each, kept) for each in records) for kept in filters
        }
        self.view.pills.set_counts(counts)
        sealed = sum(each.sealed for each in records)
        self._header.set_facts(
            _("共{count}份").format(count=len(records)) if records else "",
            _("{count}份有盖章件").format(count=sealed) if sealed else "",
        )
        self._export.setVisible(bool(records))
        self.view.set_records(records)

    def _closing(self) -> None:
        self.form.flush()
        self.intake.cancel()
        self.saving.stop()
        self.desk.close()

    # --- one entry --------------------------------------------------------------------------------

    def _store(self, issued: IssuedDocument, typed: str) -> Outcome:
        self._refusal = None
        self._model.put_issued(issued, typed=typed)
        stored = self._model.session.issued.get(issued.id)
        if stored.note == issued.note.strip() or stored == issued:
            return Outcome(stored)
        return Outcome(None, explain(self._refusal).happened if self._refusal else _("没有存上。"))

    def _note_refusal(self, error: TSGuardError) -> None:
        self._refusal = error

    def _show_state(self, issued: IssuedDocument) -> None:
        pages = _("{count}页").format(count=issued.pages) if issued.pages else issued.format.upper()
        marks = [
            _("已签名") if issued.signed else "",
            _("要口令才能打开") if issued.locked else "",
        ]
        said = {
            "number": issued.number,
            "level": f"{level_word(issued.level)} · {issued.dated.isoformat() if issued.dated else '–'}",
            "file": issued.file_name,
            "size": f"{pages} · {size_text(issued.size)}",
            "when": ledger.issued_when(issued),
            "marks": _("，").join(mark for mark in marks if mark) or _("无"),
            "sum": issued.sha256,
            "head": issued.journal_head,
        }
        for key, text in said.items():
            self._facts.values[key].set_text(text)
        self.scan.setVisible(issued.format is Format.PDF)
        self.scan.show_scan(issued)

    def _shown(self) -> IssuedDocument | None:
        record = self.form.record
        return record if isinstance(record, IssuedDocument) and record.id else None

    def _copy_digest(self) -> None:
        issued = self._shown()
        if issued is not None:
            QApplication.clipboard().setText(issued.sha256)

    # --- the scan ---------------------------------------------------------------------------------

    def _ask_for_scan(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("存入盖章件"), "", _("扫描件(*.pdf *.png *.jpg *.jpeg *.tif *.tiff);;所有文件(*)")
        )
        if name:
            self.put_scan(Path(name))

    def put_scan(self, path: Path) -> None:
        """Store a scan for the entry in the form, in the place of another where there is one."""
        issued = self._shown()
        if issued is None:
            text = _("请先在表里选中它是哪一份文件的盖章件，再拖进来。")
            self.view.messages.post(Message(Severity.INFO, _("还不知道是哪一份"), text, key=_SCAN))
        elif path.is_dir():
            text = _("请选里面的扫描件。")
            self.view.messages.post(Message(Severity.WARNING, _("文件夹不能存入"), text, key=_SCAN))
        elif not is_scan(path):
            text = _("“{name}”没有存入，原来的盖章件也没有动。请选PDF或图片。").format(name=path.name)
            self.view.messages.post(Message(Severity.WARNING, _("这不是扫描件"), text, key=_SCAN))
        else:
            self.intake.take(issued.id, path)

    def _scan_stored(self, issued_id: str, replaced: bool) -> None:
        title = _("{id}的盖章件已换成新的") if replaced else _("{id}的盖章件已存入")
        text = _("原来的扫描文件没有动。")
        if replaced:
            text = _("锁定前可以撤销，换回原来那份。") + text
        actions = (Action(_("撤销"), self._model.undo),) if replaced else ()
        severity = Severity.INFO if replaced else Severity.GOOD
        self.view.messages.post(Message(severity, title.format(id=issued_id), text, actions, key=_SCAN))

    def _scan_refused(self, _path: object, error: TSGuardError) -> None:
        said = explain(error)
        text = f"{said.data}{said.advice}"
        self.view.messages.post(Message(Severity.ERROR, said.happened, text, key=_SCAN))

    def look_at_scan(self) -> None:
        """Look at the scan of the entry in the form."""
        issued = self._shown()
        if issued is not None and issued.sealed:
            self.desk.open(scan_piece(issued))

    def _offer_copy(self) -> None:
        issued = self._shown()
        if issued is not None and issued.sealed:
            self.saving.offer([scan_piece(issued)])

    def _leave_desk_and_save(self, _issued_id: str) -> None:
        self.desk.close()
        self._offer_copy()

    def take_scan_out(self) -> None:
        """Take the scan out; the message bar brings it back until the vault is locked."""
        issued = self._shown()
        if issued is None or not issued.sealed:
            return
        register = self._model.session.issued
        self._deletions.run(
            lambda: self._model.put_issued(without_scan(register.get(issued.id))),
            gone=lambda: not register.get(issued.id).sealed,
            title=_("已取出{id}的盖章件").format(id=issued.id),
            text=_("锁定前都可以撤销。"),
        )

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """Show what letting go will do."""
        if len(dropped_files(event.mimeData())) == 1 and self._shown() is not None:
            event.acceptProposedAction()
            self._veil.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent, /) -> None:
        """It was taken elsewhere."""
        self._veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Store it."""
        self._veil.hide()
        event.acceptProposedAction()
        self.put_scan(dropped_files(event.mimeData())[0])

    # --- the table --------------------------------------------------------------------------------

    def warn_of_copy(self) -> None:
        """Say that the table lies in clear, and offer to write it all the same."""
        title = _("导出的表格不加密")
        text = _("里面有文件名和备注；离开保险库后任何人都能打开，用完请自行删除。")
        action = Action(_("仍要导出"), self._ask_where)
        self.view.messages.post(Message(Severity.WARNING, title, text, (action,), key=_CSV))

    def _ask_where(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("导出CSV"), _("出具记录.csv"), _("CSV表格(*.csv)")
        )
        if chosen:
            path = Path(chosen)
            self.export_table(path if path.suffix else path.with_suffix(".csv"))

    def export_table(self, path: Path) -> None:
        """Write what is shown as CSV."""
        try:
            write_csv(path, ledger.table(self._table.shown()))
        except TSGuardError as error:
            said = explain(error)
            text = f"{said.data}{said.advice}"
            self.view.messages.post(Message(Severity.ERROR, said.happened, text, key=_CSV))
            return
        self.view.messages.post(Message(Severity.GOOD, _("表格已导出，文件不加密"), str(path), key=_CSV))


def _part(field: PlainTextField) -> FormPart:
    return FormPart((bind("note", field),))
