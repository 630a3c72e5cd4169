"""What shall be exported: level, programme, date; and what is still missing for it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tsguard.domain.disclosure import Level
from tsguard.domain.programme import Programme
from tsguard.domain.words import level_word
from tsguard.gui.exporting.gaps import Gap, Remark
from tsguard.gui.exporting.missing import MissingList
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import LABEL_GAP, PAGE_MARGIN
from tsguard.gui.widgets.fields import DateField
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.segmented import Option, Segmented
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.i18n import _


def level_sentence(level: Level) -> str:
    """What a level shows and what it does not, one sentence."""
    return {
        Level.SUBMISSION: _("不含秘点名称与内容、备注和文件名；不适用的理由和佐证名称会印出。"),
        Level.INTERNAL: _("含秘点名称、备注和文件名，只给本企业自己看。"),
    }[level]


class ExportOptions(QWidget):
    """The choice at the left of the page.

    Signals:
        changed(): Level or date are others.
        go(target): Take the person to what is missing.
    """

    changed = Signal()
    go = Signal(str)

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        levels = [Option(level, level_word(level)) for level in (Level.SUBMISSION, Level.INTERNAL)]
        self._level = Segmented(theme, levels, Level.SUBMISSION, name=_("级别"))
        self._sentence = Text(theme, level_sentence(Level.SUBMISSION), "caption", "ink2", wrap=True)
        self._programme = Text(theme, "", "body", wrap=True)
        self._disclaimer = Text(theme, "", "caption", "ink2", wrap=True)
        self.on = DateField(
            theme, _("报告日期"), today, help=_("印在封面上；逾期和有效期也按这一天算。"), required=True
        )
        self.missing = MissingList(theme)
        level_block = column(
            Text(theme, _("级别"), "small", "ink2"), row(self._level, None), self._sentence, gap=LABEL_GAP
        )
        plan = column(
            Text(theme, _("申报方案"), "small", "ink2"), self._programme, self._disclaimer, gap=LABEL_GAP
        )
        date_block = row(gap=0)
        date_block.addWidget(self.on, 1)
        self.setLayout(
            column(
                level_block,
                plan,
                date_block,
                Hairline(theme),
                holder(column(self.missing, gap=0)),
                None,
                gap=14,
                margins=(PAGE_MARGIN, 4, 20, 12),
            )
        )
        self._level.chosen.connect(self._level_chosen)
        self.on.committed.connect(self._date_chosen)
        self.missing.go.connect(self.go)

    @property
    def level(self) -> Level:
        """The chosen level."""
        return Level(str(self._level.value()))

    def set_level(self, level: Level) -> None:
        """Choose a level."""
        self._level.set_value(level)
        self._level_chosen(level)

    @property
    def day(self) -> date | None:
        """The report's date; None where the field holds none."""
        return self.on.value()

    def show_programme(self, programme: Programme) -> None:
        """Say by which programme the report is made."""
        self._programme.set_text(programme.title)
        self._disclaimer.set_text(programme.disclaimer)

    def show_gaps(self, gaps: list[Gap], remarks: list[Remark]) -> None:
        """Say what is missing."""
        self.missing.show_gaps(gaps, remarks)

    def _level_chosen(self, level: object) -> None:
        self._sentence.set_text(level_sentence(Level(str(level))))
        self.changed.emit()

    def _date_chosen(self, _day: object) -> None:
        self.changed.emit()
