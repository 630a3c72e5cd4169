"""What stands in the card for its evidence: chips, ways to add more, what is on its way, what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QWidget

from tsguard.domain.evidence import Evidence
from tsguard.errors import TSGuardError
from tsguard.gui.checklist.evidence_form import EvidenceForm
from tsguard.gui.checklist.flow import flowing
from tsguard.gui.checklist.link_form import LinkForm
from tsguard.gui.checklist.standing import Standings
from tsguard.gui.intake import Intake
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.tags import FileChip
from tsguard.i18n import _
from tsguard.services.explain import explain

_KINDS = {
    ".pdf": "document_pdf",
    ".csv": "document_table",
    ".xls": "document_table",
    ".xlsx": "document_table",
    ".et": "document_table",
    ".zip": "archive",
    ".rar": "archive",
    ".7z": "archive",
    ".eml": "mail",
    ".msg": "mail",
}


_OPEN, _UNLINK = "open", "unlink"


def evidence_icon(piece: Evidence) -> str:
    """The icon of its kind; a folder for paper."""
    if piece.is_paper:
        return "folder"
    if piece.media_type.startswith("image/"):
        return "image"
    return _KINDS.get(PurePath(piece.file_name).suffix.lower(), "document")


class _Chip(FileChip):
    """A chip that knows which piece it stands for.

    Signals:
        asked(evidence_id, place): It was pressed; the place is its lower left corner on the screen.
    """

    asked = Signal(str, QPoint)

    def __init__(self, theme: Theme, evidence_id: str, title: str, state: str, icon: str) -> None:
        super().__init__(theme, title, state, icon=icon)
        self._evidence_id = evidence_id
        self.clicked.connect(self._pressed)

    def _pressed(self) -> None:
        self.asked.emit(self._evidence_id, self.mapToGlobal(QPoint(0, self.height())))


class EvidencePart(QWidget):
    """Evidence of the open item.

    Signals:
        go(target): Take the person to a piece of evidence.
        opened(form): A form came into sight, and wants to be seen whole.
    """

    go = Signal(str)
    opened = Signal(QWidget)

    def __init__(self, theme: Theme, model: SessionModel, tasks: Tasks, standings: Standings) -> None:
        super().__init__()
        self._theme, self._model, self._standings = theme, model, standings
        self._item = ""
        self._shown: tuple[tuple[str, str, str], ...] = ()
        self._chips: list[FileChip] = []
        self._line, self._flow = flowing(8)
        self._add = Button(theme, _("添加佐证"), "link", "attach", flush=True)
        self._add.clicked.connect(self._offer)
        self._flow.addWidget(self._add)
        self._form = EvidenceForm(theme)
        self._links = LinkForm(theme)
        self._strip = ProgressStrip(theme)
        self._trouble = Note(theme, Severity.ERROR, "", _("知道了"))
        self._trouble.hide()
        self._intake = Intake(model, tasks, self._strip, self)
        body = column(self._line, self._trouble, self._strip, self._form, self._links, gap=8)
        self.setLayout(body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._trouble.acted.connect(self._trouble.hide)
        self._form.files_given.connect(self._intake.take)
        self._form.paper_given.connect(self._keep_paper)
        self._form.closed.connect(self._back)
        self._links.chosen.connect(self._link)
        self._links.closed.connect(self._back)
        self._intake.refused.connect(self._file_refused)

    @property
    def busy(self) -> bool:
        """Whether a file is being taken in."""
        return self._intake.busy

    def show_item(self, item_id: str) -> None:
        """Be about another item."""
        if item_id != self._item:
            self._item = item_id
            for form in (self._form, self._links):
                if not form.isHidden():
                    form.dismiss()
            self._trouble.hide()
        self.refresh()

    def refresh(self) -> None:
        """Show the chips as things stand; made anew only where they differ."""
        today = self._model.session.today
        pieces = self._standings.evidence(self._item)
        wanted = tuple(
            (piece.id, piece.title, _("已过期") if piece.expired(today) else "") for piece in pieces
        )
        if wanted == self._shown:
            return
        self._shown = wanted
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self._add)
        self._chips = []
        for piece, (_id, title, state) in zip(pieces, wanted, strict=True):
            chip = _Chip(self._theme, piece.id, title, state, evidence_icon(piece))
            chip.asked.connect(self._ask)
            self._flow.addWidget(chip)
            chip.show()  # a layout shows what it takes in only after the next turn of the event loop
            self._chips.append(chip)
        self._flow.addWidget(self._add)
        self._line.updateGeometry()

    def offer_files(self, paths: Sequence[Path]) -> None:
        """Ask about files that were dropped or chosen."""
        files = [path for path in paths if path.is_file()]
        if len(files) < len(paths):
            self._refused(_("文件夹不能直接添加；请选里面的文件，或先打成压缩包。"))
        if files:
            self._links.hide()
            self._form.open_files(self._item, files)
            self.opened.emit(self._form)

    # --- adding ---------------------------------------------------------------------------------

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("选文件存进保险库…")).triggered.connect(self.choose_files)
        menu.addAction(_("登记纸质佐证")).triggered.connect(self.register_paper)
        menu.addAction(_("关联已有的佐证")).triggered.connect(self.offer_links)
        menu.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def choose_files(self) -> None:
        """Let the person choose files; several at once."""
        names, _filter = QFileDialog.getOpenFileNames(self, _("选择佐证文件"))
        if names:
            self.offer_files([Path(name) for name in names])

    def register_paper(self) -> None:
        """Ask where paper is kept."""
        self._links.hide()
        self._form.open_paper(self._item)
        self.opened.emit(self._form)

    def offer_links(self) -> None:
        """Offer the evidence that is not linked here yet."""
        self._form.hide()
        self._links.open_list(
            [piece for piece in self._model.session.cabinet if self._item not in piece.items]
        )
        self.opened.emit(self._links)

    def _keep_paper(self, evidence: Evidence) -> None:
        self._model.add_evidence(evidence)

    def _link(self, evidence_id: str) -> None:
        piece = self._model.session.cabinet.get(evidence_id)
        self._model.put_evidence(replace(piece, items=(*piece.items, self._item)))

    def _back(self) -> None:
        if self.isVisible():
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- on its way -----------------------------------------------------------------------------

    def _file_refused(self, _path: object, error: TSGuardError) -> None:
        self._refused(str(explain(error)))

    def _refused(self, sentence: str) -> None:
        self._trouble.say(Severity.ERROR, sentence, _("知道了"))
        self._trouble.show()

    # --- one piece ------------------------------------------------------------------------------

    def _ask(self, evidence_id: str, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opening = menu.addAction(_("打开"))
        opening.setData((_OPEN, evidence_id))
        unlinking = menu.addAction(_("取消与{item}的关联").format(item=self._item))
        unlinking.setData((_UNLINK, evidence_id))
        menu.triggered.connect(self._act)
        menu.popup(place)

    def _act(self, action: QAction) -> None:
        act, evidence_id = action.data()
        if act == _OPEN:
            self.go.emit(f"evidence:{evidence_id}")
        else:
            self.unlink(evidence_id)

    def unlink(self, evidence_id: str) -> None:
        """Take the link to this item away; the evidence stays."""
        piece = self._model.session.cabinet.get(evidence_id)
        items = tuple(item for item in piece.items if item != self._item)
        self._model.put_evidence(replace(piece, items=items))
