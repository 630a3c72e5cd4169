"""What was checked of a file, one line each: sign, what, result, and what that means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import Token
from tsguard.gui.widgets.layout import column, holder
from tsguard.gui.widgets.signs import Icon
from tsguard.gui.widgets.surfaces import Hairline
from tsguard.i18n import _
from tsguard.services.verified_file import Finding, Outcome, Severity
from tsguard.services.verify_words import finding_words

_WHAT = 88
_SIGN = 18


@dataclass(frozen=True, slots=True)
class Look:
    """A sign with its colours and its word.

    Attributes:
        icon: Name of the icon.
        ink: Its colour.
        soft: The ground that goes with it.
        word: What a screen reader says.
    """

    icon: str
    ink: Token
    soft: Token
    word: str


def look_of(severity: Severity) -> Look:
    """Tick, disc, triangle, cross; never colour alone."""
    return {
        Severity.GOOD: Look("checkmark_circle_filled", "good", "good_soft", _("相符")),
        Severity.NOTE: Look("info_filled", "mute", "mute_soft", _("说明")),
        Severity.DOUBT: Look("warning_filled", "warn", "warn_soft", _("不能确认")),
        Severity.BAD: Look("dismiss_circle_filled", "bad", "bad_soft", _("不符")),
    }[severity]


def outcome_look(outcome: Outcome) -> Look:
    """The sign of all findings together."""
    severity = {
        Outcome.WHOLE: Severity.GOOD,
        Outcome.DOUBTFUL: Severity.DOUBT,
        Outcome.CHANGED: Severity.BAD,
        Outcome.UNREADABLE: Severity.BAD,
    }.get(outcome, Severity.NOTE)
    look = look_of(severity)
    return Look("lock_closed", "ink2", look.soft, look.word) if outcome is Outcome.LOCKED else look


class Findings(QWidget):
    """All lines, in the order in which they are read."""

    def __init__(self, theme: Theme, findings: Sequence[Finding]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(1, _WHAT)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for at, finding in enumerate(findings):
            words, look = finding_words(finding), look_of(finding.severity)
            line = 2 * at
            grid.addWidget(Hairline(theme), line, 0, 1, 3)
            sign = Icon(theme, look.icon, look.ink, _SIGN, spoken=look.word)
            grid.addWidget(holder(column(sign, gap=0, margins=(0, 12, 0, 10))), line + 1, 0, top)
            what = Text(theme, words.checked, "small", "ink2")
            grid.addWidget(holder(column(what, gap=0, margins=(0, 11, 0, 10))), line + 1, 1, top)
            said = column(
                Text(theme, words.result, "body", wrap=True),
                Text(theme, words.meaning, "small", "ink2", wrap=True),
                gap=0,
                margins=(0, 10, 0, 10),
            )
            grid.addWidget(holder(said), line + 1, 2, top)
        self.setAccessibleName(_("逐项核对"))
