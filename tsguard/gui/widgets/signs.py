"""Signs with a fixed meaning: verdicts, severities, lanes, tiers; each with its word and its colour.

The one place that says which shape stands for what, so that colour is never the only sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QWidget

from tsguard.domain import scales
from tsguard.domain.scales import Tier, Verdict
from tsguard.gui import icons
from tsguard.gui.theme import Theme
from tsguard.gui.tokens import Token
from tsguard.gui.widgets import paint
from tsguard.i18n import _


@dataclass(frozen=True, slots=True)
class Sign:
    """A shape with its colours.

    Attributes:
        icon: Name of the icon at rest.
        chosen: Name of the icon when chosen.
        ink: Its colour.
        soft: The ground that goes with it.
    """

    icon: str
    chosen: str
    ink: Token
    soft: Token


class Severity(StrEnum):
    """How bad a finding or a message is; GOOD is a finished act."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    GOOD = "good"


class Lane(StrEnum):
    """The three scores that always stand side by side."""

    CLAIMED = "claimed"
    EVIDENCED = "evidenced"
    VERIFIED = "verified"


VERDICT_SIGNS: dict[Verdict | None, Sign] = {
    Verdict.MET: Sign("checkmark_circle", "checkmark_circle_filled", "good", "good_soft"),
    Verdict.PARTLY: Sign("circle_half_fill", "circle_half_fill_filled", "warn", "warn_soft"),
    Verdict.NOT_MET: Sign("dismiss_circle", "dismiss_circle_filled", "bad", "bad_soft"),
    Verdict.UNKNOWN: Sign("question_circle", "question_circle_filled", "mute", "mute_soft"),
    Verdict.NOT_APPLICABLE: Sign("subtract_circle", "subtract_circle_filled", "mute", "mute_soft"),
    None: Sign("circle", "circle", "ink3", "mute_soft"),
}

VERDICT_KEYS = scales.VERDICT_KEYS

SEVERITY_SIGNS: dict[Severity, Sign] = {
    Severity.ERROR: Sign("error_circle_filled", "error_circle_filled", "bad", "bad_soft"),
    Severity.WARNING: Sign("warning_filled", "warning_filled", "warn", "warn_soft"),
    Severity.INFO: Sign("info_filled", "info_filled", "accent", "accent_soft"),
    Severity.GOOD: Sign("checkmark_circle_filled", "checkmark_circle_filled", "good", "good_soft"),
}

TIER_ICONS: dict[Tier, str] = {Tier.CORE: "diamond_filled", Tier.IMPORTANT: "diamond", Tier.GENERAL: ""}


def verdict_short(verdict: Verdict) -> str:
    """The word where room is short."""
    return {
        Verdict.MET: _("符合"),
        Verdict.PARTLY: _("部分"),
        Verdict.NOT_MET: _("不符"),
        Verdict.UNKNOWN: _("不清"),
        Verdict.NOT_APPLICABLE: _("不适"),
    }[verdict]


def severity_word(severity: Severity) -> str:
    """错误, 警告, 提示, 完成."""
    return {
        Severity.ERROR: _("错误"),
        Severity.WARNING: _("警告"),
        Severity.INFO: _("提示"),
        Severity.GOOD: _("完成"),
    }[severity]


def lane_word(lane: Lane) -> str:
    """自评, 有据, 核验."""
    return {Lane.CLAIMED: _("自评"), Lane.EVIDENCED: _("有据"), Lane.VERIFIED: _("核验")}[lane]


def draw_lane(painter: QPainter, theme: Theme, lane: Lane, x: float, y: float, radius: float = 5) -> None:
    """The sign of a lane round a point: ring, disc, diamond."""
    verified = lane is Lane.VERIFIED
    painter.setPen(QPen(theme.color("ink" if verified else "accent"), 1.6))
    fill: dict[Lane, Token] = {Lane.CLAIMED: "card", Lane.EVIDENCED: "accent", Lane.VERIFIED: "ink"}
    painter.setBrush(theme.color(fill[lane]))
    if verified:
        painter.drawPolygon(QPolygonF(paint.diamond(x, y, radius)))
    else:
        painter.drawEllipse(QPointF(x, y), radius - 0.6, radius - 0.6)


class Icon(QLabel):
    """An icon that stands for itself."""

    def __init__(
        self, theme: Theme, name: str, tone: Token = "ink2", size: int = 20, *, spoken: str = ""
    ) -> None:
        """Make an icon.

        Args:
            theme: Where colours come from.
            name: Of the file.
            tone: Its colour.
            size: Its side.
            spoken: What a screen reader says; "" where a word stands beside it.
        """
        super().__init__()
        self._theme, self._name, self._tone, self._size = theme, name, tone, size
        self.setFixedSize(size, size)
        self.setAccessibleName(spoken)
        theme.changed.connect(self.update)

    def set_icon(self, name: str, tone: Token, spoken: str = "") -> None:
        """Stand for something else."""
        self._name, self._tone = name, tone
        self.setAccessibleName(spoken)
        self.update()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the icon."""
        if self._name:
            colour = self._theme.color(self._tone)
            icons.draw(QPainter(self), self._name, colour, 0, (self.height() - self._size) / 2, self._size)


class LaneSign(QWidget):
    """The sign of a lane beside its word."""

    def __init__(self, theme: Theme, lane: Lane) -> None:
        super().__init__()
        self._theme, self._lane = theme, lane
        self.setFixedSize(14, 14)
        self.setAccessibleName(lane_word(lane))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the sign."""
        draw_lane(paint.begin(QPainter(self)), self._theme, self._lane, 7, 7)
