"""One paragraph of Chinese laid out: gaps, squeezed marks, lines without orphans, elision.

The arithmetic behind ``text``, which alone makes ``Block``s and keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from tsguard.gui import fonts
from tsguard.gui.tokens import TYPE, Role

Align = Literal["left", "right", "center"]

UNBOUNDED = 100_000.0
"""A width no paragraph reaches."""

_GAP_EM = 0.1
_SQUEEZE_EM = 0.45
_FULL_WIDTH = 0.9  # of an em: a mark narrower than this is Latin already and has nothing to give
_ORPHAN = 4
_NARROWEST = 5

_CLOSING, _OPENING = "”’）〕》」』】，。、；：！？", "“‘（〔《「『【"
# Python strings count code points, Qt counts UTF-16 units. Text is therefore handled as a string of
# units, in which a character above U+FFFF is two lone surrogates; a Han one begins with D840 to D88D.
_HAN_END = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[\ud840-\ud88d][\udc00-\udfff]"
_LATIN = r"A-Za-z0-9+$¥€#@&"
_HAN_THEN_LATIN = re.compile(rf"(?:{_HAN_END})(?=[{_LATIN}§°])")
_LATIN_THEN_HAN = re.compile(rf"[{_LATIN}%°](?={_HAN_END})")
_MARKS = re.compile(f"[{_CLOSING}](?=[{_CLOSING}{_OPENING}])|[{_OPENING}](?=[{_OPENING}])")


def _units(text: str) -> str:
    """The text with one Python character for each UTF-16 unit."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(raw[at] | raw[at + 1] << 8) for at in range(0, len(raw), 2))


def _characters(units: str) -> str:
    """The reverse of ``_units``; a lone surrogate, as a broken file name has it, becomes U+FFFD."""
    if units.isascii():
        return units
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _range(start: int, length: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, style
    return made


class Block:
    """One text laid out in a width. Made by ``text.block``, which keeps it.

    Attributes:
        width: Of its widest line.
        height: Of all its lines.
        line: Height of one of them.
        lines: How many there are.
        elided: Whether its end is missing.
    """

    __slots__ = ("_layout", "_px", "_role", "elided", "height", "line", "lines", "width")

    width: float
    height: float

    def __init__(self, text: str, role: Role, width: float, limit: int, *, marks: bool, strong: bool) -> None:
        self._role: Role = role
        self._px, self.line = TYPE[role].px, TYPE[role].line
        self.elided = False
        runs = text.split("**") if marks else [text]
        units = [_units(_characters(run).replace("\r", "").replace("\n", "\u2028")) for run in runs]
        bold = [(0, len("".join(units)))] if strong else []
        at = 0
        for number, run in enumerate(units):
            if number % 2:
                bold.append((at, len(run)))
            at += len(run)
        plain = "".join(units)
        self._layout = self._prepare(plain, bold)
        widths = [width]
        if limit != 1 and width < UNBOUNDED and "\u2028" not in plain:
            widths = [self._measure(plain, width)]
        ends = self._place(plain, widths, limit)
        if limit and ends[-1][1] < len(plain):
            start = ends[-1][0]
            tail = self._elide(plain[start:], width)
            plain = plain[:start] + tail
            kept = [(at, min(length, len(plain) - at)) for at, length in bold if at < len(plain)]
            self._layout = self._prepare(plain, kept)
            self._place(plain, widths, limit, ends)
            self.width = min(self.width, width)
            self.elided = True

    def _prepare(self, plain: str, bold: Iterable[tuple[int, int]]) -> QTextLayout:
        layout = QTextLayout(_characters(plain), fonts.font_of(self._role))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        formats = []
        for start, length in bold:
            style = QTextCharFormat()
            style.setFontWeight(QFont.Weight.DemiBold)
            formats.append(_range(start, length, style))
        formats += [self._spaced(start, length, em) for start, length, em in self._gaps(plain)]
        layout.setFormats(formats)
        layout.setCacheEnabled(True)
        return layout

    def _spaced(self, start: int, length: int, em: float) -> QTextLayout.FormatRange:
        style = QTextCharFormat()
        style.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        style.setFontLetterSpacing(self._px * em)
        return _range(start, length, style)

    def _gaps(self, plain: str) -> list[tuple[int, int, float]]:
        if plain.isascii():
            return []
        found = []
        for pattern in (_HAN_THEN_LATIN, _LATIN_THEN_HAN):
            found += [(hit.start(), len(hit.group()), _GAP_EM) for hit in pattern.finditer(plain)]
        found += [
            (hit.start(), 1, -_SQUEEZE_EM) for hit in _MARKS.finditer(plain) if self._full_width(hit.group())
        ]
        return found

    def _full_width(self, mark: str) -> bool:
        return fonts.metrics(self._role).horizontalAdvance(mark) > _FULL_WIDTH * self._px

    def _measure(self, plain: str, width: float) -> float:
        """The width, or one up to five characters narrower that leaves no orphan on the last line."""
        if self._last_line(plain, width) >= _ORPHAN:
            return width
        for characters in range(1, _NARROWEST + 1):
            narrower = width - characters * self._px
            if narrower > _NARROWEST * self._px and self._last_line(plain, narrower) >= _ORPHAN:
                return narrower
        return width

    def _last_line(self, plain: str, width: float) -> int:
        self._layout.beginLayout()
        count, length = 0, len(plain)
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            count, length = count + 1, line.textLength()
        self._layout.endLayout()
        return length if count > 1 else _ORPHAN

    def _place(
        self, plain: str, widths: list[float], limit: int, ends: list[tuple[int, int]] | None = None
    ) -> list[tuple[int, int]]:
        """Break and set the lines.

        Args:
            plain: The text in units.
            widths: The measure.
            limit: The most lines, 0 for as many as it takes.
            ends: Where the lines of the first pass began and ended; its last line then stays in one.

        Returns:
            First and past-the-last unit of each line.
        """
        placed: list[tuple[int, int]] = []
        self.width, self.height = 0.0, 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            last = ends is not None and len(placed) == len(ends) - 1
            line.setLineWidth(UNBOUNDED if last else widths[0])
            if ends is not None and not last:
                line.setNumColumns(ends[len(placed)][1] - ends[len(placed)][0], widths[0])
            start = line.textStart()
            first = plain[start : start + 1]
            hang = _SQUEEZE_EM * self._px if first and first in _OPENING and self._full_width(first) else 0.0
            line.setPosition(QPointF(-hang, self.height + (self.line - line.height()) / 2))
            self.height += self.line
            self.width = max(self.width, line.naturalTextWidth() - hang)
            placed.append((start, start + line.textLength()))
            if limit and len(placed) == limit:
                break
        self._layout.endLayout()
        self.lines = max(1, len(placed))
        self.height = max(self.height, float(self.line))
        return placed or [(0, 0)]

    def _elide(self, tail: str, width: float) -> str:
        gaps = sum(max(0.0, em) * self._px for _start, _length, em in self._gaps(tail[:200]))
        text = _characters(tail.partition("\u2028")[0])
        room = max(0.0, width - min(gaps, width / 4))
        cut = fonts.metrics(self._role).elidedText(text, Qt.TextElideMode.ElideRight, room)
        return _units(cut if cut != text else f"{text}…")

    def draw(
        self,
        painter: QPainter,
        x: float,
        y: float,
        colour: QColor,
        align: Align = "left",
        width: float = 0.0,
    ) -> None:
        """Paint it.

        Args:
            painter: Where.
            x: Left edge of the room it has.
            y: Upper edge of its first line.
            colour: Its ink.
            align: Of each line in that room.
            width: Of the room; needed where lines are not aligned left.
        """
        painter.setPen(colour)
        if align == "left":
            self._layout.draw(painter, QPointF(x, y))
            return
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            spare = width - line.naturalTextWidth() - min(0.0, line.position().x())
            line.draw(painter, QPointF(x + (spare if align == "right" else spare / 2), y))
