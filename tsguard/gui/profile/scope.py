"""评估范围: which modules the assessment covers; the general one is always in, the others can be ticked.

Before the first choice it begins the assessment; afterwards it asks in place before it changes anything.
Files of the person's own are the business of ``own_section``, newer content that of ``renewal_desk``.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import delete

from tsguard.domain.checklist import Module
from tsguard.gui.profile.offer import consequence, offer, quick_questions, total_line
from tsguard.gui.profile.own_section import OwnSection
from tsguard.gui.profile.preset_line import PresetLine
from tsguard.gui.profile.renewal_desk import RenewalDesk
from tsguard.gui.profile.scope_foot import ScopeFoot
from tsguard.gui.profile.scope_rows import BLEED, GeneralRow, ModuleRow
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.choices import Tick
from tsguard.gui.widgets.layout import column, holder
from tsguard.i18n import _
from tsguard.services.content import shipped
from tsguard.services.own_content import beside

WIDEST = 440
"""Of its text; the rows stick out a little."""


class Scope(QWidget):
    """The choice, without its foot: that one stands where it stays in sight.

    Attributes:
        rows: One for each module that can be chosen, by the module's id.
        own: The person's own files.
        renewal: What is said of newer content.
        preset: What is said of the company's size.
        foot: The sum and the way on; put by the page.

    Signals:
        started(page): The assessment has begun; ``quick`` or ``checklist`` is where the person goes on.
        see(item): The person wants to look at that item in the checklist.
        looked(module): The person wants to see what a ``Module`` holds.
        rebuilt(): Other buttons stand here; ``stops`` has them in order.
    """

    started = Signal(str)
    see = Signal(str)
    looked = Signal(object)
    rebuilt = Signal()

    def __init__(self, theme: Theme, model: SessionModel, tasks: Tasks, folder: Path) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Checks files of the person's own.
            folder: Where those files are kept.
        """
        super().__init__()
        self._theme, self._model = theme, model
        self.shelf = shipped()
        self._offer = offer(self.shelf.modules.values(), None)
        self._ticked: set[str] = set()
        self._along: dict[str, str] = {}
        self._touched = ""
        self.rows: dict[str, ModuleRow] = {}
        self._built: tuple[Module, ...] | None = None
        self._parts: list[QWidget] = []
        self.renewal = RenewalDesk(theme, model)
        self.preset = PresetLine(theme)
        self.preset.see.connect(self.see)
        self.own = OwnSection(theme, tasks, folder)
        self.own.changed.connect(self._content_changed)
        self.own.looked.connect(self.looked)
        for question in (self.own.question, self.renewal.note):
            question.asked.connect(self.rebuilt)
        core = self._offer.core
        self._origin = Text(theme, core.origin, "caption", "ink3", wrap=True)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.foot = ScopeFoot(theme, quick=quick_questions([core]) > 0)
        self.foot.start_wanted.connect(self._start)
        self.foot.change_wanted.connect(self._change)
        self.foot.keep_wanted.connect(self._keep)
        head = column(
            Text(theme, _("评估范围"), "subtitle"),
            self._origin,
            6,
            self.renewal,
            self.preset,
            gap=2,
            margins=(BLEED, 0, BLEED, 4),
        )
        self.setLayout(column(head, holder(self._list), 16, self.own, 16, None, gap=0))
        self.setMaximumWidth(WIDEST + 2 * BLEED)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(_("评估范围"))
        self._content_changed()

    # --- what can be chosen -------------------------------------------------------------------------

    @property
    def ticks(self) -> dict[str, Tick]:
        """One box for each module that can be chosen, by the module's id, in the order offered."""
        return {module_id: row.tick for module_id, row in self.rows.items()}

    def read_anew(self) -> None:
        """Other content of the publisher's is at hand; the person's own files are checked beside it again."""
        self.own.read_anew()

    def _content_changed(self) -> None:
        self.shelf = beside(self.own.files) if self.own.files else shipped()
        self._built = None
        self.refresh()

    def refresh(self) -> None:
        """Show the modules of the assessment; before there is one, what is ticked."""
        if self._model.session.closed:
            return
        assessment = self._model.session.assessment
        self._offer = offer(self.shelf.modules.values(), assessment)
        if assessment is not None:
            self._ticked = set(assessment.modules)
            self._along = {}
            self.own.set_used((*assessment.modules, assessment.programme.id))
        if self._built != self._offer.choosable():
            self._build()
        for module_id, tick in self.ticks.items():
            tick.setChecked(module_id in self._ticked)
        self.renewal.refresh(self.shelf)
        self._show()

    def refresh_size(self) -> None:
        """Speak of the company's size as the profile has it now."""
        session = self._model.session
        if session.closed:
            return
        assessment = session.assessment
        modules = assessment.checklist.modules if assessment else (self._offer.core, *self.chosen_modules())
        self.preset.show_for(
            session.enterprise.size,
            assessment.checklist.presets if assessment else self.shelf.presets,
            [item for module in modules for item in module.items()],
            {item for item, answer in session.answers.items() if answer.verdict is not None},
            begun=assessment is not None,
        )

    def _build(self) -> None:
        """Make the rows anew; only when other modules can be chosen."""
        for old in self._parts:
            delete(old)
        self._parts, self.rows = [], {}
        offered, theme = self._offer, self._theme
        general = GeneralRow(theme, offered.core)
        general.looked.connect(self._look_at_core)
        self._put(general)
        for title, modules in ((_("行业模块"), offered.sectors), (_("附加模块"), offered.addons)):
            if modules:
                self._put(holder(column(Text(theme, title, "small_b", "ink2"), margins=(BLEED, 6, 0, 0))))
            for module in modules:
                row = self.rows[module.id] = ModuleRow(theme, module)
                row.looked.connect(self._look)
                self._put(row)
        self.own.show_rows(offered.kept)
        self.rows.update(self.own.module_rows)
        for row in self.rows.values():
            row.tick.clicked.connect(self._person_ticked)
        self._built = offered.choosable()
        self.rebuilt.emit()

    def stops(self) -> list[QWidget]:
        """Everything the keyboard can come to, from top to bottom, the foot last."""
        return [
            widget
            for part in (self.renewal, self.preset, *self._parts, self.own, self.foot)
            for widget in part.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]

    def _put(self, part: QWidget) -> None:
        self._parts.append(part)
        self._list.addWidget(part)

    def _look(self) -> None:
        row = self.sender()
        if isinstance(row, ModuleRow):
            self.looked.emit(row.module)

    def _look_at_core(self) -> None:
        self.looked.emit(self._offer.core)

    # --- what is chosen -----------------------------------------------------------------------------

    def chosen(self) -> list[str]:
        """Ids of the ticked modules, in the order they are offered."""
        return [module.id for module in self.chosen_modules()]

    def chosen_modules(self) -> list[Module]:
        """The ticked modules, in the order they are offered."""
        return [module for module in self._offer.choosable() if module.id in self._ticked]

    def _person_ticked(self) -> None:
        tick = self.sender()
        module_id = next((each for each, row in self.rows.items() if row.tick is tick), "")
        if not module_id:
            return
        self._touched = module_id
        if self.rows[module_id].tick.isChecked():
            self._ticked.add(module_id)
            self._tick_along(module_id)
        else:
            self._ticked.discard(module_id)
            self._along = {each: by for each, by in self._along.items() if module_id not in {each, by}}
        self._show()

    def _tick_along(self, module_id: str) -> None:
        """Tick what the module's authors propose with it; it can be unticked by itself."""
        for other in self.rows[module_id].module.along:
            if other in self.rows and other not in self._ticked:
                self._ticked.add(other)
                self._along[other] = module_id
                self.rows[other].tick.setChecked(True)

    def _show(self) -> None:
        assessment = self._model.session.assessment
        chosen = self.chosen_modules()
        total = total_line(self._offer.core, chosen)
        self._show_along()
        if assessment is None:
            questions = quick_questions([self._offer.core, *chosen])
            self.foot.show_start(total + _("以后也能更换。"), questions)
        else:
            before = [self._offer.module(each) for each in assessment.modules]
            had = [module for module in before if module is not None]
            asked = consequence(had, chosen, self._model.session.answers)
            self.foot.show_begun(total, asked + _("换了也能撤销。") if asked else "")
        self.refresh_size()

    def _show_along(self) -> None:
        for module_id, row in self.rows.items():
            titles = [self.rows[each].module.title for each, by in self._along.items() if by == module_id]
            said = _("清单建议与{names}一起评，已一并勾选，不需要可以取消。")
            row.set_note(said.format(names="、".join(titles)) if titles else "")

    # --- acting -------------------------------------------------------------------------------------

    def _start(self, quick: bool) -> None:
        self._model.choose_modules(self.chosen(), self.shelf)
        if self._model.session.assessment is not None:
            self.started.emit("quick" if quick else "checklist")

    def _change(self) -> None:
        self._model.choose_modules(self.chosen(), self.shelf)
        self._keep()

    def _keep(self) -> None:
        """Show the modules of the assessment; the keyboard goes back to the box that was ticked last."""
        tick = self.ticks.get(self._touched)
        if tick is not None:
            tick.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()
