"""Text to set lines: styles and fallback fonts meet the line breaker here, behind a cache of one report.

The cache dies with its ``Setter``: no text of a report stays in memory after it is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from tsguard.report.blocks import (
    Mark,
    Run,
    Text,
    Tone,
)
from tsguard.report.fonts import Face, Fonts
from tsguard.report.marked import Marked
from tsguard.report.typeset.linebreak import Line, Measure, Span, break_lines
from tsguard.report.typeset.styles import TONES, Style

ENDLESS = 1e9


@dataclass(frozen=True, slots=True)
class Ink:
    """How a piece of a line is drawn.

    Attributes:
        face: Before fallback.
        size: In points.
        color: Hexadecimal.
        link: An anchor, or "".
        mark: A sign drawn instead of text.
    """

    face: Face
    size: float
    color: str
    link: str = ""
    mark: Mark | None = None


InkLine = Line[Ink]


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line with its style.

    Attributes:
        line: The pieces.
        style: For its alignment and baseline.
        indent: Left of its start.
        drop: Extra room above it.
        paragraph: Which of its cell's paragraphs it belongs to, counted from 0.
    """

    line: InkLine
    style: Style
    indent: float = 0.0
    drop: float = 0.0
    paragraph: int = 0

    @property
    def height(self) -> float:
        """From its top to the next line's."""
        return self.style.leading + self.drop


_Key = tuple[tuple[tuple[str, bool, Tone, str, Mark | None], ...], Style, float]
"""What the lines of a paragraph depend on: its runs, its style, the width."""


class Setter:
    """Sets the texts of one report.

    Attributes:
        fonts: For widths and fallback.
    """

    def __init__(self, fonts: Fonts, anchors: frozenset[str] = frozenset()) -> None:
        self.fonts = fonts
        self._anchors = anchors
        self._cache: dict[_Key, tuple[SetLine, ...]] = {}

    def lines(self, text: Text, style: Style, width: float) -> tuple[SetLine, ...]:
        """The lines of a paragraph."""
        # Plain values, since a tree of dataclasses takes longer to hash than to set.
        key = (
            tuple([(run.value.text, run.bold, run.tone, run.link, run.mark) for run in text]),
            style,
            width,
        )
        found = self._cache.get(key)
        if found is None:
            measure = Measure(width - style.indent, width, style.justify)
            broken = break_lines(self._spans(text, style), measure, self._width)
            found = self._cache[key] = tuple(
                SetLine(each, style, 0.0 if number else style.indent, 0.0 if number else style.drop)
                for number, each in enumerate(broken)
            )
        return found

    def natural(self, text: Text, style: Style) -> float:
        """The width of a text on one line."""
        return max(each.line.width for each in self.lines(text, style, ENDLESS))

    def one(self, text: str, style: Style, width: float = ENDLESS) -> InkLine:
        """A single line; what does not fit is cut and ends in ``…``."""
        text = text.replace("\n", " ")
        line = self._single(text, style)
        if line.width <= width:
            return line
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self._single(text[:middle] + "…", style).width <= width:
                low = middle
            else:
                high = middle - 1
        return self._single(text[:low].rstrip() + "…", style)

    def _single(self, text: str, style: Style) -> InkLine:
        ink = Ink(style.face, style.size, style.color)
        return break_lines(
            [Span(text, ink, style.size)], Measure(ENDLESS, ENDLESS, justify=False), self._width
        )[0]

    def _spans(self, text: Text, style: Style) -> list[Span[Ink]]:
        return [self._span(run, style) for run in text]

    def _span(self, run: Run, style: Style) -> Span[Ink]:
        face = style.bold if run.bold else style.face
        link = run.link if run.link in self._anchors else ""
        # What leads nowhere in this document must not look as if it did.
        tone = Tone.INK if run.link and not link else run.tone
        color = style.color if tone is Tone.INK else TONES[tone]
        ink = Ink(face, style.size, color, link, run.mark)
        return Span(run.value.text, ink, style.size, sign=run.mark is not None)

    def _width(self, text: str, ink: Ink) -> float:
        return self.fonts.width(text, ink.face) * ink.size


def plain(value: Marked) -> Text:
    """A text of one plain run."""
    return (Run(value),)
