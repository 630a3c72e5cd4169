"""企业档案: the company's profile, and what the self-assessment covers.

Stores nothing itself: the form writes the profile, the scope chooses the modules, both through the model.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from tsguard.domain.checklist import CORE, Module
from tsguard.gui.page import Page
from tsguard.gui.profile.completeness import PROFILE_FIELDS, filled, missing
from tsguard.gui.profile.form import ProfileForm
from tsguard.gui.profile.halves import Halves
from tsguard.gui.profile.module_panel import WIDTH as MODULE_WIDTH
from tsguard.gui.profile.module_panel import ModulePanel
from tsguard.gui.profile.problem_panel import WIDTH as PROBLEM_WIDTH
from tsguard.gui.profile.problem_panel import ProblemPanel
from tsguard.gui.profile.renewal_panel import WIDTH as RENEWAL_WIDTH
from tsguard.gui.profile.scope import Scope
from tsguard.gui.profile.scope_rows import BLEED
from tsguard.gui.registers.drop_veil import DropVeil, dropped_files
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column
from tsguard.gui.widgets.panels import Sheet, SidePanel
from tsguard.gui.widgets.tags import Tag
from tsguard.i18n import _
from tsguard.services.packs import SUFFIX

_MODULES = "modules"


class ProfilePage(Page):
    """The form at the left, the scope at its right or, in a narrow window, in one column.

    Attributes:
        form: The fields.
        scope: The choice of modules.

    Signals:
        go(target): ``quick:`` or ``checklist:`` when the assessment has begun; ``checklist:ITEM``.
    """

    def __init__(
        self, theme: Theme, model: SessionModel, tasks: Tasks, own: Path, parent: QWidget | None = None
    ) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Runs what takes time.
            own: The folder of the person's own modules and programmes.
            parent: Its owner.
        """
        super().__init__(theme, model, parent)
        self.form = ProfileForm(theme, model)
        self.scope = Scope(theme, model, tasks, own)
        self.scope.started.connect(self._begun)
        self.scope.see.connect(self._see)
        self.scope.looked.connect(self._look)
        self.scope.own.problems_wanted.connect(self._show_problems)
        self.scope.own.question.asked.connect(self._show_question)
        self.scope.renewal.look_wanted.connect(self._show_renewal)
        self._next = Button(theme, _("填下一个空项"), "plain")
        self._next.clicked.connect(self._fill_next)
        tags = [Tag.example(theme)] if model.session.enterprise.sample else []
        self._header = PageHeader(theme, _("企业档案"), " ", actions=[self._next], tags=tags)
        self._halves = Halves(theme, self.form, self.scope, self.scope.foot, bleed=BLEED)
        self.setLayout(column(self._header, 14, self._halves, gap=0))
        self.scope.rebuilt.connect(self._order_stops)
        self._order_stops()
        self._sheet: Sheet | None = None
        self._veil = DropVeil(theme, _("松开就检查这个模块文件"), self)
        self.setAcceptDrops(True)
        model.profile_changed.connect(self._profile_changed)
        model.assessment_changed.connect(self._assessment_changed)
        model.content_changed.connect(self.scope.read_anew)
        self._show_facts()

    # --- the contract -------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Come to a field by its name in ``Enterprise``, or to ``modules``."""
        if detail == _MODULES:
            begun = self.model.session.assessment is not None
            target = next(iter(self.scope.ticks.values())) if begun else self.scope.foot.first
            self._halves.show_part(next(iter(self.scope.ticks.values())))
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        elif detail in self.form.entries:
            self._halves.show_part(self.form.entries[detail].field)
            self.form.focus_on(detail)

    def place(self) -> str:
        """The field that has the keyboard."""
        focused = self.focusWidget()
        for name, entry in self.form.entries.items():
            if focused is not None and (entry.field is focused or entry.field.isAncestorOf(focused)):
                return name
        return ""

    def unsaved(self) -> str | None:
        """The name of a field whose text was refused."""
        return self.form.unsaved()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Answers and registers may have changed meanwhile."""
        super().showEvent(event)
        self.scope.refresh_size()
        self._show_facts()

    def _arrange(self) -> None:
        self._halves.arrange(self.width(), first_things_first=self.model.session.assessment is None)

    def _order_stops(self) -> None:
        """Rows and questions come and go; Tab takes them where they stand."""
        stops = [self.form.entries["note"].field.editor, *self.scope.stops()]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    # --- beside the page ----------------------------------------------------------------------------

    def _lay_over(self, panel: SidePanel, width: int) -> None:
        if self._sheet is not None:
            self._sheet.dismiss()
            self._sheet.deleteLater()
        self._sheet = Sheet(self.theme, self, panel, width=width)
        panel.closed.connect(self._sheet.dismiss)
        self._sheet.open()

    def _look(self, module: object) -> None:
        if isinstance(module, Module):
            core = self.scope.shelf.modules[CORE]
            self._lay_over(ModulePanel(self.theme, module, core), MODULE_WIDTH)

    def _show_problems(self, name: str, problems: object) -> None:
        if isinstance(problems, tuple):
            self._lay_over(ProblemPanel(self.theme, name, problems), PROBLEM_WIDTH)

    def _show_renewal(self) -> None:
        self._lay_over(self.scope.renewal.panel(), RENEWAL_WIDTH)

    def _show_question(self) -> None:
        self._halves.show_part(self.scope.own.question)

    # --- files dropped on it ------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """Show what letting go will do; one file at a time; a pack is the window's."""
        files = dropped_files(event.mimeData())
        if len(files) == 1 and files[0].suffix.lower() != SUFFIX and not self.scope.own.busy:
            event.acceptProposedAction()
            self._veil.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent, /) -> None:
        """It was taken elsewhere."""
        self._veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Check it."""
        self._veil.hide()
        event.acceptProposedAction()
        self.scope.own.take(dropped_files(event.mimeData())[0])

    # --- what changes -------------------------------------------------------------------------------

    def _begun(self, page: str) -> None:
        self.form.flush()
        self.go.emit(f"{page}:")

    def _see(self, item: str) -> None:
        self.go.emit(f"checklist:{item}")

    def _profile_changed(self) -> None:
        self.form.refresh()
        self.scope.refresh_size()
        self._show_facts()

    def _assessment_changed(self) -> None:
        self.scope.refresh()
        self._arrange()
        self._show_facts()

    def _lacking(self) -> tuple[str, ...]:
        session = self.model.session
        if session.assessment is None:
            return ()
        return missing(session.enterprise, session.assessment.programme, session.assessment.modules)

    def _show_facts(self) -> None:
        if self.model.session.closed:
            return
        done, lacking = filled(self.model.session.enterprise), self._lacking()
        facts = [_("已填{done}/{total}项").format(done=done, total=len(PROFILE_FIELDS))]
        if self.model.session.assessment is not None:
            facts.append(
                _("申报表还缺{count}项").format(count=len(lacking)) if lacking else _("申报表要的都有了")
            )
        self._header.set_facts(*facts)
        self.form.set_required(lacking)
        self._next.setVisible(bool(lacking))

    def _fill_next(self) -> None:
        lacking = self._lacking()
        if lacking:
            self.open_at(_MODULES if lacking[0] == "sectors" else lacking[0])
