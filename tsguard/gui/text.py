"""Chinese set as text: own line height, quarter-gaps, squeezed punctuation, no orphans, elision.

Labels, delegates and charts all lay out through ``block``, so one paragraph looks the same wherever it
stands. Laid-out paragraphs are kept for reuse; ``forget`` drops them when the vault is locked.
"""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from tsguard.gui.theme import Theme
from tsguard.gui.tokens import TYPE, Role, Token
from tsguard.gui.typesetting import UNBOUNDED, Align, Block


@lru_cache(maxsize=4096)
def block(
    text: str,
    role: Role = "body",
    width: float = UNBOUNDED,
    lines: int = 0,
    *,
    marks: bool = False,
    strong: bool = False,
) -> Block:
    """The text laid out, from the cache where it was laid out before.

    Args:
        text: What a person reads; a newline begins a new line.
        role: How it is set.
        width: The measure in logical pixels.
        lines: The most lines, the last one elided; 0 for as many as it takes.
        marks: Whether ``**two stars**`` make a run bold. Only for words of the program's own.
        strong: Whether all of it is at 600.
    """
    return Block(text, role, max(width, 1.0), lines, marks=marks, strong=strong)


def forget() -> None:
    """Drop every laid-out text; at lock, since they hold words from the vault."""
    block.cache_clear()


def put(
    painter: QPainter,
    text: str,
    role: Role,
    colour: QColor,
    rect: QRectF,
    align: Align = "left",
    *,
    marks: bool = False,
    strong: bool = False,
) -> float:
    """Paint one line in a rectangle, centred in its height and elided to its width.

    Returns:
        The width it took.
    """
    if not text or rect.width() <= 0:
        return 0.0
    laid = block(text, role, UNBOUNDED, 1, marks=marks, strong=strong)
    if laid.width > rect.width() + 0.5:
        laid = block(text, role, float(rect.width()), 1, marks=marks, strong=strong)
    x = {
        "left": rect.left(),
        "right": rect.right() - laid.width,
        "center": rect.center().x() - laid.width / 2,
    }[align]
    laid.draw(painter, x, rect.center().y() - laid.line / 2, colour)
    return laid.width


def width_of(text: str, role: Role = "body", *, marks: bool = False, strong: bool = False) -> int:
    """Logical pixels that the text needs on one line, rounded up."""
    return math.ceil(block(text, role, UNBOUNDED, 1, marks=marks, strong=strong).width)


class Text(QLabel):
    """A label that is set by ``block``; to a screen reader a plain label.

    Where it may wrap, its height follows its width. An elided text shows the whole of it as tooltip.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        role: Role = "body",
        tone: Token = "ink",
        *,
        wrap: bool = False,
        lines: int = 0,
        align: Align = "left",
        marks: bool = False,
        whole: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make a label.

        Args:
            theme: Where colours come from.
            text: What it says.
            role: How it is set.
            tone: Its ink.
            wrap: Whether it may take several lines; otherwise one, elided.
            lines: With ``wrap``, the most lines.
            align: Of each line.
            marks: Whether ``**stars**`` make bold; only for the program's own words.
            whole: Whether it is never elided, as ids, figures and units never are.
            parent: Its owner.
        """
        super().__init__(parent)
        self._theme, self._role, self._tone, self._align = theme, role, tone, align
        self._wrap, self._limit, self._marks = wrap, lines if wrap else 1, marks
        self._whole = whole
        self._raw = ""
        self._natural = block("", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        vertical = QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.set_text(text)
        theme.changed.connect(self.update)

    def set_text(self, text: str) -> None:
        """Say something else."""
        if text == self._raw and self.text():
            return
        self._raw = text
        self._natural = block(text, self._role, marks=self._marks)
        super().setText(text.replace("**", "") if self._marks else text)
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: Token) -> None:
        """Take another ink."""
        self._tone = tone
        self.update()

    def _laid(self, width: float) -> Block:
        # A whole pixel more than the natural width is no reason to lay it out anew.
        if width >= self._natural.width and (not self._limit or self._natural.lines <= self._limit):
            return self._natural
        return block(self._raw, self._role, width, self._limit, marks=self._marks)

    def sizeHint(self) -> QSize:
        """Its width on one line."""
        return QSize(math.ceil(self._natural.width), math.ceil(self._natural.height))

    def minimumSizeHint(self) -> QSize:
        """Two characters and the ellipsis; all of it where it must stay whole."""
        em = TYPE[self._role].px
        if self._whole:
            return self.sizeHint()
        return QSize(min(3 * em, math.ceil(self._natural.width)), TYPE[self._role].line)

    def hasHeightForWidth(self) -> bool:
        """Only where it wraps."""
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        """As many lines as it takes in that width."""
        if not self._wrap:
            return -1
        return math.ceil(self._laid(float(width)).height)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the lines."""
        painter = QPainter(self)
        laid = self._laid(float(self.width()))
        y = 0.0 if self._wrap else (self.height() - laid.height) / 2
        tone = self._theme.color(self._tone if self.isEnabled() else "ink_off")
        laid.draw(painter, 0.0, y, tone, self._align, float(self.width()))

    def event(self, event: QEvent, /) -> bool:
        """Show the whole text where its end is missing."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and not self.toolTip():
            if self._laid(float(self.width())).elided:
                QToolTip.showText(event.globalPos(), tooltip(self.text()), self)
            return True
        return super().event(event)


def tooltip(text: str) -> str:
    """The text for a tooltip, wrapped, and with nothing in it taken for markup."""
    # By hand: importing ``html`` takes longer than the rest of this module.
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<p>{escaped}</p>" if text else ""
