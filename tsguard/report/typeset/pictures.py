"""Pages of other files as pictures: a line that names the page, the picture in a frame below it."""

from __future__ import annotations

from tsguard.report.blocks import Picture
from tsguard.report.typeset.flow import Box, Pen
from tsguard.report.typeset.setter import Setter
from tsguard.report.typeset.styles import HAIR, HEADER, HEIGHT, LINE, MEASURE, THIN
from tsguard.report.typeset.tags import Node, Tag

_CAPTION = LINE
_LEAST = 1.0
_HALF = (HEIGHT - LINE) / 2 - _CAPTION - 0.1
"""How high a picture may be for two of them to stand on one page."""
_SMALLEST = 0.9
"""How far it may shrink for that: an A4 page that lies across does."""


def printed(wide: float, high: float) -> tuple[float, float]:
    """How large a page is printed: as it is, or as large as the type area takes.

    Args:
        wide: Its own width in points, above zero.
        high: Its own height likewise.

    Returns:
        Width and height in points, at least 1.
    """
    scale = min(1.0, MEASURE / wide, (HEIGHT - _CAPTION) / high)
    if high * scale * _SMALLEST <= _HALF < high * scale:
        scale = _HALF / high
    return max(_LEAST, wide * scale), max(_LEAST, high * scale)


class PictureBox(Box):
    """One page of a file; it never goes over two pages."""

    before = LINE

    def __init__(self, picture: Picture, setter: Setter) -> None:
        self._picture = picture
        self._caption = setter.one(picture.caption.text, HEADER, MEASURE)
        self._size = printed(picture.wide, picture.high)
        self.new_page = picture.new_page

    @property
    def height(self) -> float:
        """With the line above it."""
        return _CAPTION + self._size[1]

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """The line, the picture in the middle, its frame."""
        surface, (wide, high) = pen.surface, self._size
        surface.paragraph(self._caption, x, top - HEADER.base + 1)
        left, upper = x + (MEASURE - wide) / 2, top - _CAPTION
        box = (left, upper - high, left + wide, upper)
        with surface.within(Node(Tag.FIGURE, alt=self._picture.alt.text, bounds=box)):
            surface.picture(self._picture.key, box)
        for x1, y1, x2, y2 in (
            (left, upper, left + wide, upper),
            (left, upper - high, left + wide, upper - high),
            (left, upper - high, left, upper),
            (left + wide, upper - high, left + wide, upper),
        ):
            surface.rule(x1, y1, x2, y2, THIN, HAIR)
