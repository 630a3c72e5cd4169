"""报告与申报: the documents of a dossier made and exported, and the register of what was issued."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from tsguard.domain.disclosure import Level
from tsguard.gui.exporting.issued_view import IssuedView
from tsguard.gui.exporting.preparing import PrepareView
from tsguard.gui.focus import focus_inside
from tsguard.gui.page import Page
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column
from tsguard.gui.widgets.segmented import Option, Segmented
from tsguard.i18n import _

MAKE, ISSUED = "make", "issued"


class ExportPage(Page):
    """Two views under one title.

    Attributes:
        prepare: 准备材料.
        issued: 出具记录.

    Signals:
        go(target): Take the person to what is missing, or to a record.
    """

    def __init__(
        self, theme: Theme, model: SessionModel, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, model, parent)
        self._switches = (self._switch(MAKE), self._switch(ISSUED))
        to_issued, to_make = self._switches
        csv = Button(theme, _("导出CSV"), "plain", "arrow_download")
        narrow = PageHeader(theme, _("报告与申报"), actions=(to_issued,), margins=(PAGE_MARGIN, 20, 20, 10))
        self.prepare = PrepareView(theme, model, tasks, narrow)
        self.issued = IssuedView(
            theme, model, tasks, PageHeader(theme, _("报告与申报"), " ", actions=(csv, to_make)), csv
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.prepare)
        self._stack.addWidget(self.issued)
        self.setLayout(column(self._stack, gap=0))
        self.prepare.go.connect(self.go)
        self.prepare.ledger_wanted.connect(self._see_issued)
        self.issued.prepare_wanted.connect(self._to_make)
        self.refresh()

    def _switch(self, at: str) -> Segmented:
        options = [Option(MAKE, _("准备材料")), Option(ISSUED, _("出具记录"))]
        made = Segmented(self.theme, options, at, name=_("视图"))
        made.chosen.connect(self._switched)
        return made

    # --- page -------------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Come to a view: ``make`` with a choice behind a colon, ``issued`` with the id of an entry.

        ``submission`` and ``internal`` choose the report of that level.
        """
        view, _colon, inside = detail.partition(":")
        if view in {Level.SUBMISSION, Level.INTERNAL}:
            self.prepare.options.choose_level(Level(view))
        elif view == MAKE and inside:
            self.prepare.choose(inside)
        if view:
            self._show(ISSUED if view == ISSUED else MAKE)
        if view == ISSUED and inside:
            self.issued.open_at(inside)
        self.refresh()

    def place(self) -> str:
        """The view, with the choice or the entry in the form."""
        if self._stack.currentWidget() is self.issued:
            entry = self.issued.view.current
            return f"{ISSUED}:{entry}" if entry else ISSUED
        return f"{MAKE}:{self.prepare.options.choice}"

    def unsaved(self) -> str | None:
        """The entry in the form, where its note is not stored."""
        return f"{ISSUED}:{self.issued.view.current}" if self.issued.form.unsaved else None

    def fold(self, width: int) -> None:
        """In a narrow window the pages stand away."""
        self.prepare.fold(width)

    def refresh(self) -> None:
        """Show what is chosen, missing and issued now."""
        self.prepare.refresh()
        self.issued.refresh()

    # --- inside -----------------------------------------------------------------------------------

    def _switched(self, view: object) -> None:
        self._show(str(view))

    def _show(self, view: str) -> None:
        at = int(view == ISSUED)
        had = self._switches[1 - at].isAncestorOf(QApplication.focusWidget() or self)
        self._stack.setCurrentIndex(at)
        self._switches[0].set_value(MAKE)
        self._switches[1].set_value(ISSUED)
        if had:
            focus_inside(self._switches[at])

    def _see_issued(self, issued_id: str) -> None:
        self.open_at(f"{ISSUED}:{issued_id}" if issued_id else ISSUED)

    def _to_make(self) -> None:
        self._show(MAKE)
