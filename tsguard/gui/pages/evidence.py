"""佐证: the files in the vault and the pointers to paper, with the items they support."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from tsguard.domain.evidence import Evidence
from tsguard.domain.validation import LONGEST_NAME, evidence_problems
from tsguard.errors import TSGuardError
from tsguard.gui.evidence.table import EvidenceTable
from tsguard.gui.evidence.ways_out import WaysOut
from tsguard.gui.intake import Arrival, Intake, unnamed
from tsguard.gui.models.evidence_columns import HIDE_BELOW, columns, matches
from tsguard.gui.page import Page
from tsguard.gui.registers.deletion import Deletions
from tsguard.gui.registers.drop_veil import DropVeil, dropped_files
from tsguard.gui.registers.evidence_form import EvidenceFields
from tsguard.gui.registers.record_form import Outcome, RecordForm
from tsguard.gui.registers.register_view import ALL, RegisterView
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column
from tsguard.gui.widgets.messages import Message
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.segmented import Option
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services.explain import explain

_FILE, _PAPER, _EXPIRED, _UNLINKED = "file", "paper", "expired", "unlinked"
_FOLDER = "folder"


class EvidencePage(Page):
    """The register of evidence.

    Signals:
        go(target): Never emitted here.
    """

    def __init__(
        self,
        theme: Theme,
        model: SessionModel,
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        private: Path | None = None,
    ) -> None:
        """Make the page.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Runs what takes time.
            parent: Its owner.
            private: Where copies for other programs lie; the person's own cache by default.
        """
        super().__init__(theme, model, parent)
        self._refusal: TSGuardError | None = None
        self._added = 0
        self._add = Button(theme, _("添加文件"), "primary", "add")
        self._paper = Button(theme, _("登记纸质佐证"))
        self.out = WaysOut(theme, model, tasks, self)
        self._header = PageHeader(theme, _("佐证"), actions=(self.out.more, self._paper, self._add))
        self.fields = EvidenceFields(theme, self)
        self._delete = IconButton(theme, "delete", _("删除这件佐证"))
        self.form = RecordForm(
            theme,
            self.fields.rows,
            check=evidence_problems,
            store=self._store,
            title=lambda piece: piece.id or _("新的纸质佐证"),
            draft_hint=_("填好名称和位置就存入保险库"),
            actions=(self._delete,),
            foot=(self.out.foot,),
        )
        first = Button(theme, _("添加文件"), "primary", "add")
        first_paper = Button(theme, _("登记纸质佐证"))
        self._empty = EmptyState(theme, "attach", _("还没有佐证"), "", (first, first_paper))
        self.strip = ProgressStrip(theme)
        listed = columns(lambda: self.model.session.today)
        self.table = EvidenceTable(theme, listed, name=_("佐证"), several=True, key=_id)
        self.view = RegisterView(
            theme,
            self._header,
            self.table,
            self.form,
            search=_("搜名称、编号、条款"),
            filters=[
                Option(ALL, _("全部"), count=0),
                Option(_FILE, _("文件"), count=0),
                Option(_PAPER, _("纸质"), count=0),
                Option(_EXPIRED, _("已过期"), count=0),
                Option(_UNLINKED, _("未关联"), count=0),
            ],
            matches=matches,
            passes=self._passes,
            empty=self._empty,
            footnote=_("文件加密存在保险库里；报送版会印出名称，不印文件名和存放位置。"),
            hide_below=HIDE_BELOW,
            strips=(self.strip, *self.out.strips),
        )
        self._deletions = Deletions(model, self.view.messages, self)
        self.intake = Intake(model, tasks, self.strip, self)
        self.out.stand(self.table, self.view.messages, private)
        self.setLayout(column(self.view, gap=0))
        self._veil = DropVeil(theme, _("松开就加密存入保险库"), self)
        self.setAcceptDrops(True)
        for button in (self._add, first):
            button.clicked.connect(self._ask_for_files)
        for button in (self._paper, first_paper):
            button.clicked.connect(self.add_paper)
        self._delete.clicked.connect(self.delete_current)
        self.table.delete_asked.connect(self._delete_piece)
        self.fields.name_asked.connect(self._name_after_file)
        self.form.shown.connect(self._show_state)
        self.intake.added.connect(self._file_added)
        self.intake.twin.connect(self._twin_found)
        self.intake.refused.connect(self._file_refused)
        self.intake.finished.connect(self._intake_finished)
        model.evidence_changed.connect(self.refresh)
        model.assessment_changed.connect(self._offer_items)
        model.failed.connect(self._note_refusal)
        model.closing.connect(self._closing)
        self._offer_items()
        self.refresh()

    # --- page -----------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Come to the front at a piece of evidence's id."""
        self.refresh()
        if detail in self.model.session.cabinet:
            self.view.open_record(self.model.session.cabinet.get(detail))

    def place(self) -> str:
        """The piece in the form."""
        return self.view.current

    def unsaved(self) -> str | None:
        """The record in the form, where something in it is not stored."""
        return self.view.current if self.form.unsaved else None

    def refresh(self) -> None:
        """Show what the cabinet has now."""
        pieces = tuple(self.model.session.cabinet)
        counts: dict[object, int | None] = {
            kept: sum(self._passes(piece, kept) for piece in pieces)
            for kept in (ALL, _FILE, _PAPER, _EXPIRED, _UNLINKED)
        }
        self.view.pills.set_counts(counts)
        for action in (self.out.more, self._paper, self._add):
            action.setVisible(bool(pieces))
        supported = {item for piece in pieces for item in piece.items}
        self._header.set_facts(
            _("{count}件").format(count=len(pieces)) if pieces else "",
            _("支持{count}条").format(count=len(supported)) if pieces else "",
            _("{count}件已过期").format(count=counts[_EXPIRED]) if counts[_EXPIRED] else "",
            _("{count}件未关联条款").format(count=counts[_UNLINKED]) if counts[_UNLINKED] else "",
        )
        if not pieces:
            self._empty.set_texts(_("还没有佐证"), self._why())
        self.view.set_records(pieces)
        self.out.desk.refresh()

    def _why(self) -> str:
        answered = sum(answer.verdict is not None for answer in self.model.session.answers.values())
        why = _("有据分只认有佐证的条款。")
        if answered:
            why = _("已答{count}条，还没有一条有佐证，有据分只能靠台账。").format(count=answered)
        return why + "\n" + _("把文件拖到这里，就会加密存入保险库。")

    def _offer_items(self) -> None:
        assessment = self.model.session.assessment
        items = assessment.checklist.items() if assessment else ()
        self.fields.set_items([(item.id, item.text) for item in items])

    def _passes(self, piece: Evidence, kept: object) -> bool:
        if kept == _FILE:
            return not piece.is_paper
        if kept == _PAPER:
            return piece.is_paper
        if kept == _EXPIRED:
            return piece.expired(self.model.session.today)
        if kept == _UNLINKED:
            return not piece.items
        return True

    def _closing(self) -> None:
        self.form.flush()
        self.out.close()

    # --- files in -------------------------------------------------------------------------------

    def _ask_for_files(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, _("添加佐证文件"))
        self.add_files([Path(name) for name in names])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Store files as evidence; the form opens on the first of them."""
        files = [path for path in paths if not path.is_dir()]
        if len(files) < len(paths):
            title = _("文件夹不能直接添加")
            text = _("请选里面的文件，或先打成压缩包。")
            self.view.messages.post(Message(Severity.WARNING, title, text, key=_FOLDER))
        if files:
            if not self.intake.busy:
                self._added = 0
            self.intake.take([Arrival(path, Evidence(title=unnamed())) for path in files])

    def _file_added(self, evidence_id: str) -> None:
        self._added += 1
        if self._added == 1 and self.form.may_leave():
            self.view.open_record(self.model.session.cabinet.get(evidence_id))
            self.fields.title.line.selectAll()
            self.form.focus_first()

    def _twin_found(self, evidence_id: str, other: str) -> None:
        title = _("{id}与{other}内容相同").format(id=evidence_id, other=other)
        text = _("保险库里只存一份；若是多余的，删掉一条就行。")
        self.view.messages.post(Message(Severity.INFO, title, text))

    def _file_refused(self, path: object, error: TSGuardError) -> None:
        self._say_error(error, key=f"refused:{path}")

    def _intake_finished(self) -> None:
        if self._added:
            title = _("已存入{count}件").format(count=self._added)
            text = _("原来的文件没有动；要删除的话，先确认保险库有备份。")
            if not self.view.messages.messages:
                self.view.messages.post(Message(Severity.GOOD, title, text))

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """Show what letting go will do."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._veil.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent, /) -> None:
        """They were taken elsewhere."""
        self._veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Store them."""
        self._veil.hide()
        event.acceptProposedAction()
        self.add_files(dropped_files(event.mimeData()))

    # --- changes --------------------------------------------------------------------------------

    def add_paper(self) -> None:
        """Begin a pointer to paper; it is stored when it has a title and a place."""
        if self.form.may_leave():
            self.view.open_record(Evidence())
            self.form.focus_first()

    def _store(self, piece: Evidence, typed: str) -> Outcome:
        self._refusal = None
        cabinet = self.model.session.cabinet
        if piece.id:
            self.model.put_evidence(piece, typed=typed)
        else:
            piece = replace(piece, id=self.model.add_evidence(piece))
            self.view.stored_as(piece.id)
        stored = cabinet.get(piece.id) if piece.id in cabinet else None
        if stored is not None and stored == replace(piece, enterprise=stored.enterprise):
            return Outcome(stored)
        return Outcome(None, explain(self._refusal).happened if self._refusal else _("没有存上。"))

    def _note_refusal(self, error: TSGuardError) -> None:
        self._refusal = error

    def _name_after_file(self) -> None:
        if self.form.record is not None:
            stem = PurePath(self.form.record.file_name).stem.strip()[:LONGEST_NAME]
            self.form.change(title=stem or self.form.record.title)

    def _show_state(self, piece: Evidence) -> None:
        self.fields.show_state(piece, self.model.session.today, draft=self.form.is_draft)
        self.out.show_piece(piece, draft=self.form.is_draft)

    def delete_current(self) -> None:
        """Take the piece in the form out; the message bar brings it back."""
        if self.form.record is not None and not self.form.is_draft:
            self._delete_piece(self.form.record)

    def _delete_piece(self, piece: Evidence) -> None:
        text = _("锁定前都可以撤销。")
        if piece.items:
            text = _("{count}条条款少了这件佐证。").format(count=len(piece.items)) + text
        self._deletions.run(
            lambda: self.model.remove_evidence(piece.id),
            gone=lambda: piece.id not in self.model.session.cabinet,
            title=_("已删除{id}").format(id=piece.id),
            text=text,
        )

    # --- files out ------------------------------------------------------------------------------

    def warn_of_copy(self) -> None:
        """Say that a copy of the file in the form would lie in clear, and offer to save it all the same."""
        self.out.save_shown()

    def _say_error(self, error: TSGuardError, *, key: str) -> None:
        said = explain(error)
        text = f"{said.data}{said.advice}"
        self.view.messages.post(Message(Severity.ERROR, said.happened, text, key=key))


def _id(piece: Evidence) -> object:
    return piece.id
