"""What can be done with stored files beyond their records: look, open elsewhere, save, check."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from tsguard.domain.evidence import Evidence
from tsguard.gui.evidence.checking import FileCheck
from tsguard.gui.evidence.desk import Desk
from tsguard.gui.evidence.outside import OutsideCopies
from tsguard.gui.evidence.saving import CopySaving
from tsguard.gui.evidence.table import EvidenceTable
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button, IconButton
from tsguard.gui.widgets.layout import holder, row
from tsguard.gui.widgets.messages import MessageBar
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.i18n import _


class WaysOut(QObject):
    """The buttons, and what stands behind them.

    Attributes:
        look: Looks at the file in the form.
        ways: Its other ways out.
        foot: Both, for the form.
        more: What concerns many files.
        strips: Show how far the work is; the page gives them their place.
        saving: Saves copies.
        outside: Copies that other programs read.
        check: Compares all files with their records.
        desk: Where a file is looked at.
    """

    def __init__(self, theme: Theme, model: SessionModel, tasks: Tasks, host: QWidget) -> None:
        super().__init__(host)
        self._theme, self._model, self._tasks, self._host = theme, model, tasks, host
        self._piece: Evidence | None = None
        self.look = Button(theme, _("查看"), "plain", "eye")
        self.ways = IconButton(theme, "more_horizontal", _("用其他程序打开、另存"), "plain")
        self.foot = holder(row(self.look, self.ways, gap=8))
        self.more = IconButton(theme, "more_horizontal", _("另存多件、核对全部文件"))
        self.strips = (ProgressStrip(theme), ProgressStrip(theme))

    def stand(self, table: EvidenceTable, messages: MessageBar, private: Path | None) -> None:
        """Begin, once table and messages are there.

        Args:
            table: The list of evidence.
            messages: Where is said what became of it.
            private: Where copies for other programs lie; the person's own cache by default.
        """
        out, checking = self.strips
        model, tasks, host = self._model, self._tasks, self._host
        self._table = table
        self.saving = CopySaving(model, tasks, out, messages, host)
        self.outside = OutsideCopies(self._theme, model, tasks, out, messages, host, root=private)
        self.check = FileCheck(model, tasks, checking, messages, host)
        self.desk = Desk(self._theme, model, tasks, host)
        self.look.clicked.connect(self.look_at_shown)
        self.ways.clicked.connect(self._offer_ways)
        self.more.clicked.connect(self._offer_more)
        table.look_asked.connect(self.look_at)
        self.desk.opening_wanted.connect(self._open_piece)
        self.desk.saving_wanted.connect(self._leave_desk_and_save)
        self.outside.saving_wanted.connect(self._save_piece)

    def close(self) -> None:
        """The vault is being locked: stop all work, wipe all copies, forget what was looked at."""
        self.saving.stop()
        self.check.stop()
        self.desk.close()
        self.outside.close()
        self._piece = None

    def show_piece(self, piece: Evidence, *, draft: bool) -> None:
        """This piece is in the form now."""
        self._piece = None if draft or piece.is_paper else piece
        for button in (self.look, self.ways):
            button.setVisible(self._piece is not None)

    # --- one file -------------------------------------------------------------------------------

    def look_at_shown(self) -> None:
        """Look at the file of the piece in the form."""
        if self._piece is not None:
            self.look_at(self._piece)

    def look_at(self, piece: Evidence) -> None:
        """Look at a piece's file; paper has none."""
        if not piece.is_paper:
            self.desk.open(piece)

    def open_shown(self) -> None:
        """Open the file of the piece in the form in another program."""
        if self._piece is not None:
            self.outside.open(self._piece)

    def save_shown(self) -> None:
        """Save a copy of the file of the piece in the form."""
        if self._piece is not None:
            self.saving.offer([self._piece])

    def _open_piece(self, evidence_id: str) -> None:
        self.desk.close()
        self.outside.open(self._model.session.cabinet.get(evidence_id))

    def _save_piece(self, evidence_id: str) -> None:
        self.saving.offer([self._model.session.cabinet.get(evidence_id)])

    def _leave_desk_and_save(self, evidence_id: str) -> None:
        self.desk.close()
        self._save_piece(evidence_id)

    def _offer_ways(self) -> None:
        menu = self._menu()
        menu.addAction(_("用其他程序打开…")).triggered.connect(self.open_shown)
        menu.addAction(_("另存为…")).triggered.connect(self.save_shown)
        menu.popup(self.ways.mapToGlobal(QPoint(0, self.ways.height())))

    # --- many files -----------------------------------------------------------------------------

    def files_meant(self) -> list[Evidence]:
        """The files that are chosen in the list where more than one is; else all that it shows."""
        chosen = self._table.values()
        return [each for each in (chosen if len(chosen) > 1 else self._table.shown()) if not each.is_paper]

    def save_meant(self) -> None:
        """Save copies of the files that are meant."""
        self.saving.offer(self.files_meant())

    def _offer_more(self) -> None:
        menu, meant = self._menu(), self.files_meant()
        several = len(self._table.values()) > 1
        words = _("另存选中的{count}件文件…") if several else _("另存列出的{count}件文件…")
        saving = menu.addAction(words.format(count=len(meant)))
        saving.setEnabled(bool(meant) and not self.saving.busy)
        saving.triggered.connect(self.save_meant)
        checking = menu.addAction(_("核对全部文件"))
        stored = any(not piece.is_paper for piece in self._model.session.cabinet)
        checking.setEnabled(stored and not self.check.busy)
        checking.triggered.connect(self.check.run)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _menu(self) -> QMenu:
        menu = QMenu(self._host)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu
