"""按措施类: how far each of the seven classes of 法释〔2020〕7号§6 is in place, in both lanes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tsguard.domain.checklist import Measure
from tsguard.domain.words import measure_word
from tsguard.gui.results.units_view import fit
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets import signs
from tsguard.gui.widgets.bars import Legend
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.rows import Cell, Column
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _
from tsguard.scoring.results import Coverage, ScoreSheet
from tsguard.services.session import Session

_RULE = "法释7"


class MeasuresView(QWidget):
    """Seven bars with their figures.

    Attributes:
        table: One row for each class.
    """

    def __init__(self, theme: Theme, session: Session) -> None:
        super().__init__()
        self._session = session
        columns = [
            Column(_("措施类"), self._class, main=True),
            Column(_("条款"), lambda each: Cell(str(each.items), tone="ink3", sort=each.items), 64, "right"),
            Column(_("自评"), lambda each: _percent(each, each.claimed), 70, "right"),
            Column(_("有据"), lambda each: _percent(each, each.evidenced), 70, "right"),
            Column(_("占满分"), _bar, 98, most=240),
        ]
        self.table = DataTable(theme, columns, name=_("七类保密措施"), two_lines=True)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        words = [(lane, signs.lane_word(lane)) for lane in (signs.Lane.CLAIMED, signs.Lane.EVIDENCED)]
        said = _("法释〔2020〕7号§6列举的七类保密措施；治理类条款不在其中，百分比按权重和系数算。")
        foot = row(gap=16)
        foot.addWidget(Text(theme, said, "caption", "ink3", wrap=True), 1)
        foot.addWidget(Legend(theme, words), 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(self.table, 10, foot, None, gap=0))

    def show_sheet(self, sheet: ScoreSheet) -> None:
        """Show other figures."""
        self.table.set_rows(sheet.coverage)
        fit(self.table)

    def _class(self, each: Coverage) -> Cell:
        said = self._says(each.measure)
        return Cell(measure_word(each.measure), second=said, sort=each.measure.value, tip=said)

    def _says(self, measure: Measure) -> str:
        """Our paraphrase of the article, where the checklist cites it."""
        source = self._session.checklist.source(_RULE)
        wanted = f"6({measure.value})"
        articles = source.articles if source else ()
        return next((article.text for article in articles if article.article == wanted), "")


def _percent(each: Coverage, value: int) -> Cell:
    return Cell(f"{value}%" if each.items else "—", tone="ink" if each.items else "ink3", sort=value)


def _bar(each: Coverage) -> Cell:
    words = _("自评{claimed}%，有据{evidenced}%").format(claimed=each.claimed, evidenced=each.evidenced)
    return Cell(words, bar=(each.claimed / 100, each.evidenced / 100), sort=each.claimed, tip=words)
