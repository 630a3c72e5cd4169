"""The figures of a past day beside those of now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.layout import column, row
from tsguard.i18n import _
from tsguard.scoring.arithmetic import tenths_text
from tsguard.scoring.results import ScoreSheet, Total


class _Figure(QWidget):
    """One figure: its word, then and now, the band below."""

    def __init__(self, theme: Theme, word: str) -> None:
        super().__init__()
        self._word = word
        self._pair = Text(theme, "", "subtitle", whole=True)
        self._below = Text(theme, "", "caption", "ink2")
        self.setLayout(column(Text(theme, word, "caption", "ink3"), self._pair, self._below, gap=0))

    def say(self, then: str, now: str, below: str) -> None:
        """Show both, or one where they are the same."""
        self._pair.set_text(then if then == now else f"{then} → {now}")
        self._below.set_text(below)
        spoken = _("{word}，那天{then}，现在{now}，{below}")
        self.setAccessibleName(spoken.format(word=self._word, then=then, now=now, below=below))


class PastFigures(QWidget):
    """自评分, 有据分 with their bands, and how many items were answered: then → now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._claimed = _Figure(theme, _("自评分（那天→现在）"))
        self._evidenced = _Figure(theme, _("有据分（那天→现在）"))
        self._answered = _Figure(theme, _("已答（那天→现在）"))
        self.setLayout(row(self._claimed, self._evidenced, self._answered, None, gap=32))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_figures(self, then: ScoreSheet | None, now: ScoreSheet | None) -> None:
        """Show the figures of two sheets; None where there was, or is, no checklist."""
        for figure, total in (
            (self._claimed, lambda sheet: sheet.claimed),
            (self._evidenced, lambda sheet: sheet.evidenced),
        ):
            self._show_total(figure, then, now, total)
        figure = self._answered
        figure.say(_count(then), _count(now), _asked(then, now))

    @staticmethod
    def _show_total(
        figure: _Figure,
        then: ScoreSheet | None,
        now: ScoreSheet | None,
        total: Callable[[ScoreSheet], Total | None],
    ) -> None:
        pair = [total(sheet) if sheet else None for sheet in (then, now)]
        points = [tenths_text(each.tenths) if each else "–" for each in pair]
        bands = [each.band.awarded.title if each else _("没有分") for each in pair]
        figure.say(points[0], points[1], bands[0] if bands[0] == bands[1] else f"{bands[0]} → {bands[1]}")


def _count(sheet: ScoreSheet | None) -> str:
    return str(sheet.answered) if sheet else "–"


def _asked(then: ScoreSheet | None, now: ScoreSheet | None) -> str:
    asked = [str(sheet.asked) if sheet else "–" for sheet in (then, now)]
    text = asked[0] if asked[0] == asked[1] else f"{asked[0]} → {asked[1]}"
    return _("共{count}条").format(count=text)
