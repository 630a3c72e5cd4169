"""One figure opened: the formula, and every item with the factors that went into it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal

from tsguard.domain.scale_words import verdict_word
from tsguard.gui.results import figures
from tsguard.gui.results.units_view import fit
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.panels import SidePanel
from tsguard.gui.widgets.rows import Cell, Column, Sign
from tsguard.gui.widgets.segmented import Option, Segmented
from tsguard.gui.widgets.signs import VERDICT_SIGNS, Severity
from tsguard.gui.widgets.surfaces import Formula
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _
from tsguard.scoring.arithmetic import mass_text
from tsguard.scoring.results import ItemScore, Lane, UnitScore
from tsguard.services.session import Session

WIDTH = 404
_ROW = 30


@dataclass(frozen=True, slots=True)
class _Factor:
    """An item in the lane that is shown."""

    score: ItemScore
    lane: Lane
    text: str


class FactorPanel(SidePanel):
    """What made a unit's or a sector's score.

    Attributes:
        table: One row for each item.
        unit: The figure that is opened, or None.

    Signals:
        closed: A person closed it.
        go(target): To an item of the checklist.
    """

    go = Signal(str)

    def __init__(self, theme: Theme, session: Session) -> None:
        self._session = session
        self.unit: UnitScore | None = None
        self._lane = Lane.CLAIMED
        options = [Option(Lane.CLAIMED, _("自评")), Option(Lane.EVIDENCED, _("有据"))]
        self._switch = Segmented(theme, options, Lane.CLAIMED, name=_("看哪一种分"))
        self._rule = Text(theme, "", "small", "ink3", wrap=True)
        self._words = Text(theme, "", "small", "ink2")
        self._formula = Text(theme, "", "subtitle")
        self.table = DataTable(theme, self._columns(), name=_("条款与系数"), sortable=False)
        self.table.verticalHeader().setMinimumSectionSize(_ROW)
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.row_opened.connect(self._see)
        self._total = Text(theme, "", "small", marks=True)
        self._note = Note(theme, Severity.WARNING, "")
        body = holder(
            column(
                row(self._switch, None, gap=0),
                10,
                Formula(theme, column(self._words, self._formula, gap=4)),
                10,
                self._rule,
                4,
                self.table,
                row(Text(theme, _("得/满"), "small_b"), None, self._total, margins=(10, 6, 10, 6)),
                10,
                self._note,
                gap=0,
            )
        )
        self._answer = Button(theme, _("去作答"), "link", "arrow_right", icon_after=True, flush=True)
        super().__init__(theme, "", body, width=WIDTH, foot=[self._answer, None])
        self._switch.chosen.connect(self._choose_lane)
        self._answer.clicked.connect(self._answer_it)

    def _columns(self) -> list[Column]:
        return [
            Column("", self._number, 38),
            Column(_("条款"), self._requirement),
            Column(_("权重"), lambda each: Cell(str(each.score.weight), tone="ink2"), 44, "right"),
            Column(
                _("系数"),
                lambda each: Cell(figures.factor_text(each.score.multiplier), tone="ink2"),
                56,
                "right",
            ),
            Column(_("判定"), _verdict, 46, "right"),
            Column(_("得"), _got, 46, "right"),
        ]

    def _number(self, each: _Factor) -> Cell:
        return Cell(each.score.item.rpartition("-")[2], tone="ink3")

    def _requirement(self, each: _Factor) -> Cell:
        flagged = each.score.contradicted
        tip = f"{each.score.item} {each.text}"
        return Cell(
            each.text,
            tone="ink2",
            icon="warning_filled" if flagged else "",
            icon_tone="warn",
            tip=_("判定高于台账显示：{item}").format(item=tip) if flagged else tip,
        )

    # --- showing ------------------------------------------------------------------------------------

    def show_unit(self, unit: UnitScore) -> None:
        """Open a figure."""
        self.unit = unit
        self._show()

    def _choose_lane(self, lane: object) -> None:
        if isinstance(lane, Lane):
            self._lane = lane
            self._show()

    def _show(self) -> None:
        unit, lane = self.unit, self._lane
        if unit is None:
            return
        self.set_title(unit.title)
        claimed = lane is Lane.CLAIMED
        self._words.set_text(_("自评分 = 分值 × 得 ÷ 满") if claimed else _("有据分 = 分值 × 得 ÷ 满"))
        self._formula.set_text(
            figures.formula(unit, lane) if unit.applies else _("没有适用的条款，分值不计入")
        )
        rule = _("得 = 权重 × 系数 × 判定（符合1、部分符合0.5，其余0）；不适用的条款不计。")
        proof = _("没有佐证或台账支持的条款得0。")
        self._rule.set_text(rule if claimed else rule + proof)
        self.table.set_rows(
            [_Factor(score, lane, self._session.item(score.item).text) for score in unit.items]
        )
        fit(self.table)
        got = unit.claimed_got if claimed else unit.evidenced_got
        self._total.set_text(f"**{mass_text(got)}** / {mass_text(unit.full)}")
        flagged = [score.item for score in unit.items if score.contradicted]
        self._note.setVisible(bool(flagged))
        if flagged:
            sentence = _("{items}的判定高于台账显示，有据分按台账计。")
            self._note.say(Severity.WARNING, sentence.format(items="、".join(flagged)))

    # --- acting -------------------------------------------------------------------------------------

    def _see(self, factor: object) -> None:
        if isinstance(factor, _Factor):
            self.go.emit(f"checklist:{factor.score.item}")

    def _answer_it(self) -> None:
        if self.unit is not None and self.unit.items:
            first = next((item for item in self.unit.items if item.verdict is None), self.unit.items[0])
            self.go.emit(f"checklist:{first.item}")


def _verdict(each: _Factor) -> Cell:
    sign, word = VERDICT_SIGNS[each.score.verdict], verdict_word(each.score.verdict)
    return Cell(word, signs=(Sign(sign.icon, sign.ink),), tip=word)


def _got(each: _Factor) -> Cell:
    if not each.score.applies:
        return Cell("—", tone="ink3", tip=_("不适用，不计"))
    got = each.score.got(each.lane)
    return Cell(mass_text(got), strong=got < each.score.full)
