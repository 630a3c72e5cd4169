"""The styles of type: one table, so that a page's look is decided in one place."""

from __future__ import annotations

from dataclasses import dataclass

from tsguard.report.blocks import (
    Align,
    Role,
    Tone,
)
from tsguard.report.fonts import Face

PAGE_WIDTH, PAGE_HEIGHT = 595.2756, 841.8898
MM = 72 / 25.4
LEFT, TOP, BOTTOM = 28 * MM, 37 * MM, 35 * MM
MEASURE = 441.0
"""155.6 mm: 36 × 12.25 = 42 × 10.5 = 49 × 9, so that each size fills it with whole characters."""
HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
LINE = HEIGHT / 45
"""One line of table text; body text takes one and a half, as GB/T 9704 spaces its 22 lines of larger type."""

INK, GREY, ACCENT, HAIR, SOFT, BAR = "#000000", "#595959", "#1F3A5F", "#A6A6A6", "#404040", "#D5DBE3"
TONES = {Tone.INK: INK, Tone.GREY: GREY, Tone.ACCENT: ACCENT}
THIN, MIDDLE, THICK = 0.35, 0.6, 1.1


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """How a paragraph is set; each is made once, so that it is known by itself.

    Attributes:
        face: For plain runs.
        bold: For bold runs.
        size: In points.
        leading: From line to line.
        align: Where lines stand.
        justify: Whether full lines are stretched.
        indent: Of the first line.
        color: Of runs without a tone.
        drop: Extra room above, so that small type shares its neighbours' baseline.
    """

    face: Face = Face.SANS
    bold: Face = Face.SANS_BOLD
    size: float = 9.0
    leading: float = LINE
    align: Align = Align.LEFT
    justify: bool = False
    indent: float = 0.0
    color: str = INK
    drop: float = 0.0

    @property
    def base(self) -> float:
        """From a line's top to its baseline: the middle of the Han body stands in the middle of the line."""
        return self.leading / 2 + 0.38 * self.size


def _beside(style: Style) -> Style:
    """The style with its first baseline on that of table text."""
    return Style(
        face=style.face,
        bold=style.bold,
        size=style.size,
        leading=style.leading,
        align=style.align,
        justify=style.justify,
        color=style.color,
        drop=Style().base - style.base,
    )


STYLES: dict[Role, Style] = {
    Role.BODY: Style(Face.SERIF, size=12.25, leading=1.5 * LINE, justify=True, indent=24.5),
    Role.LEAD: Style(Face.SERIF, size=10.5, leading=1.25 * LINE, justify=True),
    Role.ANSWER: Style(Face.SERIF, size=10.5, leading=1.25 * LINE, justify=True),
    Role.NOTE: Style(size=8, leading=12.2, justify=True, color=SOFT),
    Role.CAPTION: Style(size=9, align=Align.CENTRE),
    Role.CELL: Style(justify=True),
    Role.NUMBER: Style(align=Align.RIGHT),
    Role.CENTRED: Style(align=Align.CENTRE),
    Role.DETAIL: Style(size=8, leading=12.2, justify=True, color=SOFT),
    Role.SMALL: _beside(Style(size=8, leading=12.2)),
    Role.IDS: _beside(Style(size=7.5, leading=11.0)),
    Role.HASH: _beside(Style(size=6.4, leading=9.2)),
    Role.LABEL: Style(size=9.5),
    Role.VALUE: Style(Face.SERIF, size=10.5, leading=1.1 * LINE),
}
HEAD = {align: Style(Face.SANS_BOLD, size=8.5, align=align) for align in Align}
CHAPTER = Style(Face.SERIF_BLACK, Face.SERIF_BLACK, size=20, leading=2 * LINE)
SECTION = Style(Face.SANS_BOLD, size=12.25, leading=1.5 * LINE)
CONTENTS_TITLE = Style(Face.SERIF_BLACK, Face.SERIF_BLACK, size=20, leading=2 * LINE, align=Align.CENTRE)
CONTENTS_CHAPTER = Style(Face.SANS_BOLD, size=12.25, leading=1.55 * LINE)
CONTENTS_SECTION = Style(Face.SERIF, size=10.5, leading=1.22 * LINE)
FIGURE_TITLE = Style(Face.SANS_BOLD, size=10.5, leading=16, align=Align.CENTRE)
FIGURE = Style(Face.SANS_BOLD, size=30, leading=38, align=Align.CENTRE)
FIGURE_NOTE = Style(size=8.5, leading=13, align=Align.CENTRE, color=GREY)
COVER_REMARK = Style(size=10.5, leading=16)
COVER_SMALL = Style(size=9, leading=14, color=GREY)
COVER_TITLE = Style(Face.SERIF_BLACK, Face.SERIF_BLACK, size=34, leading=50, align=Align.CENTRE)
COVER_SUBTITLE = Style(Face.SERIF, size=16, leading=26, align=Align.CENTRE)
COVER_LABEL = Style(size=10.5, leading=20, color=GREY)
COVER_VALUE = Style(Face.SERIF, size=12.25, leading=20)
COVER_DAY = Style(Face.SERIF, size=14, leading=22, align=Align.CENTRE)
SIGN = Style(Face.SERIF, size=12.25, leading=20)
SIGN_SMALL = Style(size=9.5, leading=14)
SEAL = Style(size=8, leading=12, color=GREY)
HEADER = Style(size=8.5, leading=12, color=GREY)
FOOTER = Style(size=7.5, leading=11, color=GREY)
FOLIO = Style(Face.SERIF, size=9.5, leading=14)
QUESTION = Style(size=10.5, leading=15.5, justify=True)
QUESTION_DETAIL = Style(size=8, leading=11.6, justify=True, color=SOFT)
QUESTION_NUMBER = Style(Face.SANS_BOLD, size=16, leading=16)
QUESTION_ID = Style(size=8.5, leading=12)
QUESTION_SIGN = Style(Face.SANS_BOLD, size=8, leading=12)
QUESTION_CHOICE = Style(size=9.5, leading=14)
QUESTION_LABEL = Style(size=8, leading=12, color=GREY)
CHART_LABEL = Style(size=8, leading=10)
CHART_SCALE = Style(size=6.5, leading=8, color=GREY)
