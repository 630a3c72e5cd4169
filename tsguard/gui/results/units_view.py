"""按单元: the radar, the table of units that add up to the total, and where evidence pays most."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.gui.results import figures
from tsguard.gui.results.figures import EvidenceGain
from tsguard.gui.results.total_row import TotalRow
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets import signs
from tsguard.gui.widgets.bars import Legend
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.radar import RadarChart
from tsguard.gui.widgets.rows import Cell, Column
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _
from tsguard.scoring.arithmetic import tenths_text
from tsguard.scoring.results import Lane, ScoreSheet, UnitScore
from tsguard.services.session import Session

_RADAR = 256
_ROOM_FOR_RADAR = 680
_AXES = 3


def unit_columns(first: str) -> list[Column]:
    """Columns of a table of ``UnitScore``: name, full points, the two lanes, and a bar."""
    return [
        Column(first, _title, main=True),
        Column(_("分值"), lambda unit: Cell(str(unit.points), tone="ink3", sort=unit.points), 48, "right"),
        Column(_("自评"), lambda unit: _points(unit, Lane.CLAIMED), 58, "right"),
        Column(_("有据"), lambda unit: _points(unit, Lane.EVIDENCED), 58, "right"),
        Column(_("占分值"), _bar, 98, most=218),
    ]


def _title(unit: UnitScore) -> Cell:
    flagged = any(item.contradicted for item in unit.items)
    tip = _("{title}：有条款的判定高于台账显示").format(title=unit.title) if flagged else ""
    return Cell(
        unit.title,
        tone="ink" if unit.applies else "ink3",
        icon="warning_filled" if flagged else "",
        icon_tone="warn",
        tip=tip,
    )


def _points(unit: UnitScore, lane: Lane) -> Cell:
    if not unit.applies:
        return Cell("—", tone="ink3", sort=-1, tip=_("没有适用的条款，分值不计入"))
    return Cell(tenths_text(unit.tenths(lane)), sort=unit.tenths(lane))


def _bar(unit: UnitScore) -> Cell:
    claimed, evidenced = unit.percent(Lane.CLAIMED), unit.percent(Lane.EVIDENCED)
    words = _("自评{claimed}%，有据{evidenced}%").format(claimed=claimed, evidenced=evidenced)
    return Cell(words, bar=(claimed / 100, evidenced / 100), sort=(claimed, evidenced), tip=words)


def fit(table: DataTable) -> None:
    """Make a table as high as its rows, so that the page scrolls and not the table."""
    table.setFixedHeight(table.content_height())


class UnitsView(QWidget):
    """The general score, unit by unit.

    Attributes:
        table: The units.
        gains: The items where evidence pays most.

    Signals:
        chosen(object): The ``UnitScore`` that became current, or None.
        opened(object): One that was pressed or opened with Enter.
        go(target): To an item of the checklist.
    """

    chosen = Signal(object)
    opened = Signal(object)
    go = Signal(str)

    def __init__(self, theme: Theme, session: Session) -> None:
        super().__init__()
        self._session = session
        self._units: tuple[UnitScore, ...] = ()
        self._radar = RadarChart(theme)
        self._radar.setFixedSize(_RADAR, _RADAR)
        self._radar.picked.connect(self._picked)
        words = [(lane, signs.lane_word(lane)) for lane in (signs.Lane.CLAIMED, signs.Lane.EVIDENCED)]
        legend = row(
            None, Legend(theme, words), Text(theme, _("外圈为满分"), "caption", "ink3"), None, gap=12
        )
        self._chart = holder(column(self._radar, 4, legend, None, gap=0))
        self._chart.setFixedWidth(_RADAR)
        self.table = DataTable(theme, unit_columns(_("评价单元")), name=_("各单元得分"))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.row_chosen.connect(self._chosen)
        self.table.row_opened.connect(self.opened)
        self.table.clicked.connect(self._clicked)
        self._total = TotalRow(theme, self.table)
        self._rule = Text(theme, "", "caption", "ink3", wrap=True)
        beside = row(gap=12)
        beside.addWidget(self._chart, 0, Qt.AlignmentFlag.AlignTop)
        beside.addLayout(column(self.table, -2, self._total, 2, self._rule, None, gap=0), 1)
        self.gains = DataTable(theme, self._gain_columns(), name=_("补佐证涨分最多的条款"), sortable=False)
        self.gains.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.gains.row_opened.connect(self._see)
        hint = row(
            Text(theme, _("补上佐证最涨分"), "subtitle"),
            Text(theme, _("答了还没有佐证，有据分因此没有算上；双击或按回车去补"), "small", "ink3"),
            gap=12,
        )
        hint.addStretch(1)
        self._hints = holder(column(hint, 4, self.gains, gap=0))
        self.setLayout(column(beside, 24, self._hints, gap=0))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _gain_columns(self) -> list[Column]:
        return [
            Column(_("编号"), lambda gain: Cell(gain.item, tone="ink3"), 92),
            Column(_("要求"), lambda gain: Cell(self._session.item(gain.item).text), main=True),
            Column(
                _("有据分"),
                lambda gain: Cell(f"+{tenths_text(gain.tenths)}", tone="accent", strong=True),
                84,
                "right",
            ),
        ]

    # --- showing ------------------------------------------------------------------------------------

    def show_sheet(self, sheet: ScoreSheet) -> None:
        """Show other figures; the current unit stays current."""
        current = self.table.value()
        self._units = sheet.units
        self.table.set_rows(sheet.units)
        fit(self.table)
        if isinstance(current, UnitScore):
            self.choose(current.id)
        self._radar.set_data(
            [self._short(unit) for unit in sheet.units],
            [unit.percent(Lane.CLAIMED) for unit in sheet.units],
            [unit.percent(Lane.EVIDENCED) for unit in sheet.units],
        )
        self._arrange()
        total = sheet.total(Lane.CLAIMED)
        points = sum(unit.points for unit in sheet.units if unit.applies)
        sums = [sheet.total(lane) for lane in (Lane.CLAIMED, Lane.EVIDENCED)]
        texts = [tenths_text(each.sum_tenths) if each else "—" for each in sums]
        self._total.set_texts(_("合计"), str(points), *texts, "")
        self._rule.set_text(figures.rounding_rule(total))
        gains = figures.evidence_gains(sheet)
        self.gains.set_rows(gains)
        fit(self.gains)
        self._hints.setVisible(bool(gains))

    def choose(self, unit_id: str) -> bool:
        """Make a unit the current one, by its id or the id of one of its sections."""
        return self.table.choose(
            lambda unit: unit.id == unit_id or any(item.section == unit_id for item in unit.items)
        )

    def leave(self) -> None:
        """Have no current unit."""
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())

    def tsv(self) -> str:
        """The table with its sums, as text for a spreadsheet."""
        return self.table.to_tsv() + "\n" + "\t".join(self._total.texts)

    def _short(self, unit: UnitScore) -> str:
        """The programme's own short name, else that of the unit's only section, else its first words."""
        assessment = self._session.assessment
        units = assessment.programme.units if assessment else ()
        asked = next((each for each in units if each.id == unit.id), None)
        if asked is not None and asked.short:
            return asked.short
        of_unit = asked.sections if asked is not None else ()
        found = [each.short for each in self._session.checklist.sections if each.id in of_unit]
        return found[0] if len(found) == 1 else unit.title[:4]

    def _arrange(self) -> None:
        self._chart.setVisible(len(self._units) >= _AXES and self.width() >= _ROOM_FOR_RADAR)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """The radar gives way; the table says the same."""
        super().resizeEvent(event)
        self._arrange()

    # --- acting -------------------------------------------------------------------------------------

    def _chosen(self, unit: object) -> None:
        at = self._units.index(unit) if isinstance(unit, UnitScore) and unit in self._units else -1
        self._radar.set_current(at)
        self.chosen.emit(unit)

    def _clicked(self, _index: QModelIndex) -> None:
        self.opened.emit(self.table.value())

    def _picked(self, axis: int) -> None:
        if axis < len(self._units):
            self.choose(self._units[axis].id)
            self.opened.emit(self.table.value())

    def _see(self, gain: object) -> None:
        if isinstance(gain, EvidenceGain):
            self.go.emit(f"checklist:{gain.item}")
