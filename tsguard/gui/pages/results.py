"""结果: where the company stands, every figure opened down to its factors, and what could still be won.

Shows only; whatever is to be done about it is done in the checklist.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLayout, QStackedWidget, QWidget

from tsguard.gui.page import Page
from tsguard.gui.results import figures
from tsguard.gui.results.factor_panel import WIDTH, FactorPanel
from tsguard.gui.results.gaps_view import GapsView
from tsguard.gui.results.hero import Hero
from tsguard.gui.results.measures_view import MeasuresView
from tsguard.gui.results.sectors_view import SectorsView
from tsguard.gui.results.units_view import UnitsView
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import PAGE_MARGIN, PAGE_TOP
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.header import PageHeader
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.segmented import Option, Segmented
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.surfaces import Scroll
from tsguard.i18n import _
from tsguard.scoring.arithmetic import tenths_text
from tsguard.scoring.results import Lane, ScoreSheet, UnitScore

UNITS, MEASURES, SECTORS, GAPS = "units", "measures", "sectors", "gaps"
_VIEWS = (UNITS, MEASURES, SECTORS, GAPS)
_ROOM_FOR_PANEL = 1040
_WIDEST = 1280
_UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX


def _limited(layout: QLayout) -> QWidget:
    """A column that grows no wider than the eye follows; the rest stays free at its right."""
    inside = holder(layout)
    inside.setMaximumWidth(_WIDEST)
    line = row(gap=0)
    line.addWidget(inside, 1000)
    line.addStretch(1)
    return holder(line)


class ResultsPage(Page):
    """Four views of one score sheet under one head.

    Attributes:
        hero: The ruler, the band and the vetoes.
        units: 按单元.
        measures: 按措施类.
        sectors: 按行业模块.
        gaps: 差距.
        panel: One figure opened, at the right.

    Signals:
        go(target): To items of the checklist, and to the choice of modules.
    """

    def __init__(self, theme: Theme, model: SessionModel, parent: QWidget | None = None) -> None:
        super().__init__(theme, model, parent)
        self._view = UNITS
        self._dirty, self._stale = True, set(_VIEWS)
        self._header = PageHeader(theme, _("结果"), " ", margins=(0, PAGE_TOP, 0, 0))
        self._switch = Segmented(
            theme,
            [
                Option(UNITS, _("按单元")),
                Option(MEASURES, _("按措施类")),
                Option(SECTORS, _("按行业模块")),
                Option(GAPS, _("差距")),
            ],
            UNITS,
            name=_("视图"),
        )
        self._switch.chosen.connect(self._switched)
        self._copy = Button(theme, _("复制表格"), "link", "copy")
        self._copy.clicked.connect(self._copy_table)
        self.hero = Hero(theme)
        self._contradictions = Note(theme, Severity.WARNING, "")
        self._contradictions.acted.connect(self._see_contradiction)
        self.units = UnitsView(theme, model.session)
        self.measures = MeasuresView(theme, model.session)
        self.sectors = SectorsView(theme)
        self.gaps = GapsView(theme, model)
        self.panel = FactorPanel(theme, model.session)
        self._build(theme)
        self.units.chosen.connect(self._unit_chosen)
        self.units.opened.connect(self._unit_opened)
        self.sectors.chosen.connect(self._unit_chosen)
        self.sectors.opened.connect(self._unit_opened)
        self.panel.closed.connect(self._close_panel)
        for part in (self.hero, self.units, self.sectors, self.gaps, self.panel):
            part.go.connect(self.go)
        model.score_changed.connect(self._changed)
        model.assessment_changed.connect(self._changed)

    def _build(self, theme: Theme) -> None:
        margin = PAGE_MARGIN
        overview = column(
            self.hero,
            self._contradictions,
            self.units,
            self.measures,
            self.sectors,
            None,
            gap=16,
            margins=(margin, 2, margin, 24),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(Scroll(_limited(overview)))
        self._stack.addWidget(_limited(column(self.gaps, gap=0, margins=(margin, 0, margin, 14))))
        head = column(
            self._header,
            row(self._switch, None, self._copy, gap=8),
            gap=12,
            margins=(margin, 0, margin, 0),
        )
        self._main = holder(column(_limited(head), 14, self._stack, gap=0))
        line = row(gap=0)
        line.addWidget(self._main, 1)
        line.addWidget(self.panel)
        self._beside = holder(line)
        self.panel.hide()
        begin = Button(theme, _("去作答"), "primary", "arrow_right", icon_after=True)
        begin.clicked.connect(self._begin)
        self._begin_button = begin
        self._empty = EmptyState(theme, "data_pie", _("还没有结果"), "", [begin])
        self._nothing = holder(column(PageHeader(theme, _("结果")), self._empty, gap=0))
        self.setLayout(column(self._beside, self._nothing, gap=0))

    # --- the contract -------------------------------------------------------------------------------

    def open_at(self, detail: str) -> None:
        """Come to a view, such as ``gaps``, or to one figure in it: ``units:HRM``, ``sectors:XIC``."""
        view, _colon, inside = detail.partition(":")
        if view in _VIEWS and view != self._view:
            self._switch.set_value(view)
            self._switched(view)
        else:
            self.refresh()
        if inside and view in {UNITS, SECTORS}:
            shown = self.units if view == UNITS else self.sectors
            if shown.choose(inside):
                self._unit_opened(shown.table.value())

    def place(self) -> str:
        """The view, with the figure that is opened."""
        if self.panel.isVisibleTo(self) and self.panel.unit is not None:
            return f"{self._view}:{self.panel.unit.id}"
        return self._view

    def showEvent(self, event: QShowEvent, /) -> None:
        """Catch up with what changed meanwhile."""
        super().showEvent(event)
        if self._dirty:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """The panel stands beside, or in the place of, the page."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc closes the panel."""
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisibleTo(self):
            self._close_panel()
        else:
            super().keyPressEvent(event)

    # --- showing ------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._dirty = True
        self._stale = set(_VIEWS)
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the figures of now; views that are not in sight follow when they are."""
        session = self.model.session
        if session.closed:
            return
        self._dirty = False
        sheet = session.sheet() if session.assessment is not None else None
        nothing = sheet is None or not sheet.answered
        self._beside.setVisible(not nothing)
        self._nothing.setVisible(nothing)
        if sheet is None or nothing:
            self._say_empty(sheet)
            return
        self._show_facts(sheet)
        self._show_view(sheet)
        known = {unit.id for unit in (*sheet.units, *sheet.sectors)}
        if self.panel.unit is not None and self.panel.unit.id not in known:
            self._drop_panel()

    def _say_empty(self, sheet: ScoreSheet | None) -> None:
        if sheet is None:
            self._empty.set_texts(
                _("还没有选定清单"),
                _("先选评估范围：通用模块一定包含，行业模块可以不选。选好就能作答和看分。"),
            )
            self._begin_button.set_text(_("去选模块"))
            return
        text = _("清单共{asked}条，一条都还没有答。\n先答{vetoes}个否决项，就知道等级会不会封顶。")
        self._empty.set_texts(_("还没有结果"), text.format(asked=sheet.asked, vetoes=len(sheet.vetoes)))
        self._begin_button.set_text(_("去作答"))

    def _show_facts(self, sheet: ScoreSheet) -> None:
        claimed, evidenced = sheet.total(Lane.CLAIMED), sheet.total(Lane.EVIDENCED)
        self._header.set_facts(
            _("自评{points}").format(points=tenths_text(claimed.tenths)) if claimed else "",
            _("有据{points}").format(points=tenths_text(evidenced.tenths)) if evidenced else "",
            _("已答{done}/{all}").format(done=sheet.answered, all=sheet.asked),
            _("等级“{band}”").format(band=claimed.band.awarded.title) if claimed else "",
        )

    def _show_view(self, sheet: ScoreSheet) -> None:
        view, session = self._view, self.model.session
        self._stack.setCurrentIndex(1 if view == GAPS else 0)
        self.units.setVisible(view == UNITS)
        self.measures.setVisible(view == MEASURES)
        self.sectors.setVisible(view == SECTORS)
        if view != GAPS and session.assessment is not None:
            self.hero.show_sheet(sheet, session.assessment, self._text_of)
            self._say_contradictions(sheet)
        if view in self._stale:
            self._stale.discard(view)
            shown: dict[str, UnitsView | MeasuresView | SectorsView | GapsView] = {
                UNITS: self.units,
                MEASURES: self.measures,
                SECTORS: self.sectors,
                GAPS: self.gaps,
            }
            shown[view].show_sheet(sheet)
        if view == SECTORS:
            own = [module.title for module in session.checklist.modules if not module.shipped]
            self.sectors.show_own(own)

    def _text_of(self, item: str) -> str:
        return self.model.session.item(item).text

    def _say_contradictions(self, sheet: ScoreSheet) -> None:
        flagged = [item.item for item in figures.contradicted(sheet)]
        self._contradictions.setVisible(bool(flagged))
        if flagged:
            sentence = _("{items}的判定高于台账显示，有据分按台账计。").format(items="、".join(flagged))
            self._contradictions.say(Severity.WARNING, sentence, _("去看{item}").format(item=flagged[0]))
            self._contradictions.setProperty("item", flagged[0])

    # --- the panel ----------------------------------------------------------------------------------

    def _roomy(self) -> bool:
        return self.width() >= _ROOM_FOR_PANEL

    def _unit_chosen(self, unit: object) -> None:
        """Beside the page the panel follows the row; over the page only what is opened counts."""
        if not isinstance(unit, UnitScore):
            self.panel.hide()
            self._arrange()
        elif self._roomy() or self.panel.isVisibleTo(self):
            self._unit_opened(unit)

    def _unit_opened(self, unit: object) -> None:
        if isinstance(unit, UnitScore):
            self.panel.show_unit(unit)
            self.panel.show()
            self._arrange()

    def _drop_panel(self) -> None:
        self.units.leave()
        self.sectors.leave()
        self.panel.unit = None
        self.panel.hide()
        self._arrange()

    def _close_panel(self) -> None:
        self._drop_panel()
        shown = self.units if self._view == UNITS else self.sectors
        shown.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        opened = self.panel.isVisibleTo(self)
        roomy = self._roomy()
        self._main.setVisible(roomy or not opened)
        if roomy:
            self.panel.setFixedWidth(WIDTH)
        else:
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(_UNLIMITED)

    # --- acting -------------------------------------------------------------------------------------

    def _switched(self, view: object) -> None:
        self._view = str(view)
        self._drop_panel()
        self.refresh()

    def _see_contradiction(self) -> None:
        self.go.emit(f"checklist:{self._contradictions.property('item')}")

    def _begin(self) -> None:
        self.go.emit("profile:modules" if self.model.session.assessment is None else "checklist:")

    def _copy_table(self) -> None:
        if self._view == GAPS:
            self.gaps.copy()
            return
        tables = {UNITS: self.units.tsv, MEASURES: self.measures.table.to_tsv}
        text = tables.get(self._view, self.sectors.table.to_tsv)()
        QApplication.clipboard().setText(text)
