"""Boxes that are drawn rather than set in lines: cover, contents, heads, figures, places to sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tsguard.report.blocks import (
    Chapter,
    Cover,
    Figures,
    Heading,
    Review,
    Role,
    Signature,
)
from tsguard.report.marked import Marked
from tsguard.report.typeset.flow import Box, Pen, TextBox, draw_text
from tsguard.report.typeset.glyphs import operands
from tsguard.report.typeset.marks import circle
from tsguard.report.typeset.setter import InkLine, SetLine, Setter, plain
from tsguard.report.typeset.styles import (
    ACCENT,
    CHAPTER,
    CONTENTS_CHAPTER,
    CONTENTS_SECTION,
    COVER_DAY,
    COVER_LABEL,
    COVER_REMARK,
    COVER_SMALL,
    COVER_SUBTITLE,
    COVER_TITLE,
    COVER_VALUE,
    FIGURE,
    FIGURE_NOTE,
    FIGURE_TITLE,
    GREY,
    HAIR,
    HEIGHT,
    LINE,
    MEASURE,
    MM,
    SEAL,
    SECTION,
    SIGN,
    SIGN_SMALL,
    STYLES,
    THIN,
    Style,
)
from tsguard.report.typeset.surface import Surface
from tsguard.report.typeset.tags import HEADINGS, Node, Scope, Tag

_ROOM_BELOW_SECTION = 125.0
_LABEL_COLUMN, _VALUE_COLUMN = 78.0, 290.0
_COVER_LINES = 10


class CoverBox(Box):
    """The cover: it takes a page.

    Its title is a paragraph, since the headings are just the bookmarks: chapters and their sections.
    """

    def __init__(self, cover: Cover, setter: Setter) -> None:
        self._cover = cover
        self._title = [setter.lines(plain(each), COVER_TITLE, MEASURE) for each in cover.title]
        self._subtitle = setter.lines(plain(cover.subtitle), COVER_SUBTITLE, MEASURE)
        self._rows = [
            (
                setter.lines(plain(entry.label), COVER_LABEL, _LABEL_COLUMN),
                _at_most(setter.lines(entry.value, COVER_VALUE, _VALUE_COLUMN), setter),
            )
            for entry in cover.rows
        ]

    @property
    def height(self) -> float:
        """A whole page."""
        return HEIGHT

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """From top to bottom; long names push the rows up from below rather than off the page."""
        with pen.surface.within(Node(Tag.SECT)):
            self._draw(pen, x, top)

    def _draw(self, pen: Pen, x: float, top: float) -> None:
        surface = pen.surface
        y = top
        for number, remark in enumerate(self._cover.remarks):
            style = COVER_SMALL if number else COVER_REMARK
            lines = pen.setter.lines(plain(remark), style, MEASURE)
            draw_text(pen, Node(Tag.P), lines, x, y, MEASURE)
            y -= sum(each.height for each in lines)
        rows_height = sum(_row_height(*row) for row in self._rows)
        spare = max(rows_height - 150, 0.0)
        y = top - 150 + min(spare, 100.0)
        surface.rule(x, y, x + MEASURE, y, 1.6, ACCENT)
        y -= 24
        title = Node(Tag.P)
        for lines in (*self._title, self._subtitle):
            below = lines is self._subtitle
            y -= 14 if below else 0
            draw_text(pen, Node(Tag.P) if below else title, lines, x, y, MEASURE)
            y -= sum(each.height for each in lines)
        y -= 22
        surface.rule(x, y, x + MEASURE, y, 0.5, ACCENT)
        y = min(y - 30, top - HEIGHT + 74 + rows_height)
        y = self._draw_rows(pen, x + (MEASURE - _LABEL_COLUMN - _VALUE_COLUMN) / 2, y)
        day = pen.setter.lines(plain(self._cover.day), COVER_DAY, MEASURE)
        draw_text(pen, Node(Tag.P), day, x, min(y - 24, top - HEIGHT + 40), MEASURE)

    def _draw_rows(self, pen: Pen, left: float, y: float) -> float:
        surface, middle = pen.surface, left + _LABEL_COLUMN
        with surface.within(Node(Tag.TABLE)):
            for label, value in self._rows:
                with surface.within(Node(Tag.TR)):
                    draw_text(pen, Node(Tag.TH, scope=Scope.ROW), label, left, y - 1, _LABEL_COLUMN)
                    draw_text(pen, Node(Tag.TD), value, middle, y - 1, _VALUE_COLUMN)
                y -= _row_height(label, value)
                surface.rule(middle, y, middle + _VALUE_COLUMN, y, THIN, HAIR)
        return y


def _at_most(lines: Sequence[SetLine], setter: Setter) -> Sequence[SetLine]:
    """The first lines, where there are more than a cover can hold."""
    if len(lines) <= _COVER_LINES:
        return lines
    return (*lines[: _COVER_LINES - 1], SetLine(setter.one("…", COVER_VALUE), COVER_VALUE))


def _row_height(*cells: Sequence[SetLine]) -> float:
    return max(sum(each.height for each in cell) for cell in cells) + 2


class HeadBox(Box):
    """A chapter's or section's head with its bookmark."""

    keeps_next = True
    starts_section = True

    def __init__(self, block: Chapter | Heading, setter: Setter) -> None:
        self._chapter = isinstance(block, Chapter)
        self._block = block
        style = CHAPTER if self._chapter else SECTION
        self._lines = setter.lines(plain(block.title), style, MEASURE)
        self.new_page = self._chapter or (isinstance(block, Heading) and block.new_page)
        self.before = 0.0 if self._chapter else LINE * 0.9
        self.room_below = _ROOM_BELOW_SECTION

    @property
    def height(self) -> float:
        """With the rule of a chapter."""
        return sum(each.height for each in self._lines) + (8 + LINE * 0.5 if self._chapter else 5)

    @property
    def anchors(self) -> Iterable[str]:
        """Its own."""
        return (self._block.anchor,)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Title, rule, bookmark."""
        level = pen.surface.tags.section(self._block.depth)
        draw_text(pen, Node(HEADINGS[level]), self._lines, x, top, MEASURE)
        if self._chapter:
            y = top - sum(each.height for each in self._lines) - 3
            pen.surface.rule(x, y, x + MEASURE, y, 1.1, ACCENT)
        pen.surface.anchor(self._block.anchor, top)
        pen.surface.outline(self._block.title.text, self._block.anchor, level)


class ContentsTitle(TextBox):
    """The head of the contents, which the contents are a list under."""

    def __init__(self, lines: Sequence[SetLine], width: float, contents: Node) -> None:
        super().__init__(lines, width, keeps_next=True, node=Node(Tag.CAPTION))
        self.new_page = True
        self._contents = contents

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """In the list, above its lines."""
        with pen.surface.within(self._contents):
            super().draw(pen, x, top)


class ContentsLine(Box):
    """A line of the contents: title, leader, page."""

    def __init__(
        self, block: Chapter | Heading, contents: Node, setter: Setter, tightness: float = 1.0
    ) -> None:
        self._contents = contents
        chapter = block.depth == 0
        style = CONTENTS_CHAPTER if chapter else CONTENTS_SECTION
        self._style = replace(style, leading=style.leading * tightness)
        self._indent = 0.0 if chapter else 24.5
        self._anchor = block.anchor
        self._title = setter.one(block.title.text, self._style, MEASURE - self._indent - 60)
        self.keeps_next = chapter

    @property
    def height(self) -> float:
        """One line."""
        return self._style.leading

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """The whole line is the link."""
        surface = pen.surface
        with (
            surface.within(self._contents),
            surface.within(Node(Tag.TOCI)),
            surface.within(Node(Tag.REFERENCE)),
            surface.tags.link(self._anchor),
        ):
            self._draw(pen, x, top)

    def _draw(self, pen: Pen, x: float, top: float) -> None:
        page = str(pen.pages[self._anchor])
        number = pen.setter.one(page, Style(size=self._style.size * 0.92))
        y = top - self._style.base
        right = x + MEASURE
        pen.surface.line(self._title, x + self._indent, y)
        start = x + self._indent + self._title.width + 6
        end = right - max(number.width, 14) - 6
        pen.surface.leader(start, end, y + 0.12 * self._style.size, 4.2, GREY)
        pen.surface.line(number, right - number.width, y)
        pen.surface.link(self._anchor, (x, top - self.height, right, top), self._title.text)


class FiguresBox(Box):
    """Large figures side by side, hairlines between them."""

    def __init__(self, figures: Figures, setter: Setter) -> None:
        self._width = MEASURE / len(figures.figures)
        self._columns = [
            tuple(
                setter.lines(plain(text), style, self._width - 8)
                for text, style in (
                    (figure.title, FIGURE_TITLE),
                    (figure.value, FIGURE),
                    (figure.note, FIGURE_NOTE),
                )
            )
            for figure in figures.figures
        ]

    @property
    def height(self) -> float:
        """Of the tallest column."""
        return max(sum(_height(lines) for lines in column) for column in self._columns) + 18

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Column by column."""
        bottom = top - self.height + 4
        for number, column in enumerate(self._columns):
            left, y = x + number * self._width, top - 6
            for lines in column:
                draw_text(pen, Node(Tag.P), lines, left + 4, y, self._width - 8)
                y -= _height(lines)
            if number:
                pen.surface.rule(left, top, left, bottom, THIN, HAIR)
        pen.surface.rule(x, bottom, x + MEASURE, bottom, THIN, HAIR)


class SignatureBox(Box):
    """Where the company signs and seals."""

    before = 10.0

    def __init__(self, block: Signature, setter: Setter) -> None:
        self._signatory = setter.one(block.signatory.text, SIGN)
        self._company = setter.one(block.company.text, SIGN)
        self._date = setter.one(block.date_line.text, SIGN)
        self._seal = setter.one(block.seal.text, SEAL)

    @property
    def height(self) -> float:
        """A seal of 40 mm and some air."""
        return 40 * MM + 8

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Labels, the line to sign on, the seal's place."""
        left, y = x + 24.5, top - 44
        pen.surface.paragraph(self._signatory, left, y)
        start = left + self._signatory.width + 6
        pen.surface.rule(start, y - 3, start + 110, y - 3, 0.5)
        pen.surface.paragraph(self._company, left, y - 30)
        pen.surface.paragraph(self._date, start, y - 60)
        draw_seal(pen.surface, self._seal, x + MEASURE - 78, top - self.height / 2, 20 * MM)


class ReviewBox(Box):
    """A box for one reviewing office; stacked, they share their frame."""

    _COLUMN = 92.0

    def __init__(self, office: Marked, block: Review, setter: Setter) -> None:
        self._first = office is block.offices[0]
        self._last = office is block.offices[-1]
        self._office = setter.lines(plain(office), STYLES[Role.LABEL], self._COLUMN - 12)
        self._signatory = setter.one(block.signatory.text, SIGN_SMALL)
        self._date = setter.one(block.date_line.text, SIGN_SMALL)
        self._seal = setter.one(block.seal.text, SEAL)

    @property
    def height(self) -> float:
        """Four to a page."""
        return 138.0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Frame, label, places to sign and seal."""
        surface, bottom, right = pen.surface, top - self.height, x + MEASURE
        surface.rule(x, top, right, top, 1.0 if self._first else 0.5)
        surface.rule(x, bottom, right, bottom, 1.0 if self._last else 0.5)
        surface.rule(x, top + 0.5, x, bottom - 0.5, 1.0)
        surface.rule(right, top + 0.5, right, bottom - 0.5, 1.0)
        edge = x + self._COLUMN
        surface.rule(edge, top, edge, bottom, 0.5)
        label_height = sum(each.height for each in self._office)
        label_top = top - (self.height - label_height) / 2
        draw_text(pen, Node(Tag.P), self._office, x + 6, label_top, self._COLUMN - 12)
        surface.paragraph(self._signatory, edge + 12, bottom + 34)
        start = edge + 12 + self._signatory.width + 4
        surface.rule(start, bottom + 31, start + 118, bottom + 31, 0.5)
        surface.paragraph(self._date, start + 30, bottom + 13)
        draw_seal(surface, self._seal, right - 66, bottom + self.height / 2, 18.5 * MM)


def draw_seal(surface: Surface, label: InkLine, x: float, y: float, radius: float) -> None:
    """A dashed circle where a seal goes."""
    surface.draw(f"{operands(HAIR)} RG 0.5 w [2 2] 0 d {circle(x, y, radius)} S")
    surface.paragraph(label, x - label.width / 2, y - 3)


def _height(lines: Sequence[SetLine]) -> float:
    return sum(each.height for each in lines)
