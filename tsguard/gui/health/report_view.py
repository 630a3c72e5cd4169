"""An examination's result: its class, what to do next, and the parts of the report one under the other.

Knows words and signs only; it examines nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.signs import SEVERITY_SIGNS, Icon, Severity
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.services.health import Outcome
from tsguard.services.health_words import Line, outcome_word

_TITLE = 84
SEVERITIES = {
    Outcome.SOUND: Severity.GOOD,
    Outcome.RECOVERABLE: Severity.WARNING,
    Outcome.LOST: Severity.ERROR,
}


class ReportView(QWidget):
    """A class with its advice, and lines: what was looked at, what was found. Hidden until it has some."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = Icon(theme, "", "accent", 24)
        self._word = Text(theme, "", "subtitle", wrap=True)
        self._advice = Text(theme, "", "body", "ink2", wrap=True)
        head = row(gap=10)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(column(self._word, self._advice, gap=4), 1)
        self._head = holder(head)
        self._rows = column(gap=0)
        self.setLayout(column(self._head, 14, self._rows, gap=0))
        self.hide()

    def show_result(self, outcome: Outcome, advice: str, lines: Sequence[Line], word: str = "") -> None:
        """Show a result.

        Args:
            outcome: Its class.
            advice: What to do next.
            lines: The parts of the report.
            word: The heading; the class's own by default.
        """
        sign = SEVERITY_SIGNS[SEVERITIES[outcome]]
        said = word or outcome_word(outcome)
        self._icon.set_icon(sign.icon, sign.ink, said)
        self._word.set_text(said)
        self._advice.set_text(advice)
        self._advice.setVisible(bool(advice))
        self._head.show()
        self._fill(lines)
        self.setAccessibleName(said)
        self.show()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show lines without a class."""
        self._head.hide()
        self._fill(lines)
        self.show()

    def clear(self) -> None:
        """Show nothing."""
        self._fill(())
        self.hide()

    def _fill(self, lines: Sequence[Line]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            self._rows.addWidget(Hairline(self._theme))
            self._rows.addWidget(self._line(line))

    def _line(self, line: Line) -> QWidget:
        theme = self._theme
        wrong = line.outcome is not Outcome.SOUND
        sign = SEVERITY_SIGNS[SEVERITIES[line.outcome]]
        grid = QGridLayout()
        grid.setContentsMargins(0, 9, 0, 9)
        grid.setHorizontalSpacing(10)
        grid.setColumnMinimumWidth(1, _TITLE)
        grid.setColumnStretch(2, 1)
        # What is as it should be has no sign: only what needs a look stands out.
        mark = Icon(theme, sign.icon if wrong else "", sign.ink, 16)
        mark.setAccessibleName(outcome_word(line.outcome))
        grid.addWidget(holder(column(mark, gap=0, margins=(4, 2, 4, 2))), 0, 0, Qt.AlignmentFlag.AlignTop)
        title = Text(theme, line.title, "small", "ink3")
        grid.addWidget(title, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(theme, line.text, "small", "ink", wrap=True), 0, 2)
        made = holder(grid)
        made.setAccessibleName(f"{line.title}：{line.text}")
        return made
