"""A page of a PDF as lines in columns: which lines may go on with the text of which others.

A short name in two neighbouring cells is a coincidence; one that goes over a line's or a page's end is not.
Only the places of characters on the page tell, so that it does not matter how the file was written.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from operator import attrgetter

import pypdfium2
from pypdfium2 import raw

from tsguard.domain.leaks import Part, Place
from tsguard.report.guard.normalise import JUMP, SOFT, WRAP, plain
from tsguard.report.guard.passages import Passage, Seam

_WIDE = 1.2
"""Heights of a character that a gap in a line may be wide and still be inside a text."""
_OPEN = 0.5
"""From here on a gap may be the end of a text, too."""
_AROUND = 3
"""Characters on either side of a gap whose heights tell how wide it is."""
_PARTED = WRAP
"""Between the lines of a page, while something is done to all of them: none has it inside."""
_INDENT = 30.0
"""Points by which the lines of a column may begin apart."""
_SHORT = 1.5
"""Heights of a character by which a line is shorter than its column once it is not full."""
_APART = 2.4
"""Heights of a character between two lines that are not of one paragraph."""
_INSET = 0.35
"""Heights of a character by which a line may begin right of the one that it goes on with."""
_FEW = 24
"""Characters beside a picture that are too few to be all that the page says."""
_UNKNOWN = 0.1
"""Share of a page's characters, of which nobody can say which they are, that makes it unread."""
_PICTURED = 3
"""Forms inside forms in which a picture is looked for."""
_UNSAID = re.compile(f"[0-9 {SOFT}]+")
"""What is no part of a line's key."""
_BOTTOM = attrgetter("bottom")
_SAME = 2.0
"""Points by which furniture may move from page to page."""
_REACH = 60
"""Characters on either side of a page's end."""
_BLANKS = frozenset({0x02, 0x09, 0x0A, 0x0D})
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_box_of = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)(
    ctypes.cast(raw.FPDFText_GetCharBox, ctypes.c_void_p).value or 0
)
"""Asked for ten thousand characters of a report: by plain addresses, which takes a third of the time."""
_is_generated = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_IsGenerated, ctypes.c_void_p).value or 0
)
_DOUBTFUL = re.compile("[\ud800-\udfff\ufffd\0\U00010000-\U0010ffff]")
"""What the quick way of asking for a page's text may have got wrong."""


@dataclass(slots=True)
class Line:
    """A stretch of text without a gap.

    Attributes:
        start: Where it begins in the page's text.
        end: Where it ends.
        left: In points, as all below.
        right: Of its last character.
        bottom: Of its first and last character.
        top: Of its first and last character.
        key: What it says but for digits.
        tall: Whether it runs up or down the page rather than along it.
    """

    start: int
    end: int
    left: float
    right: float
    bottom: float
    top: float
    key: str = ""
    tall: bool = False

    def over(self, other: Line) -> bool:
        """Whether the two have a column in common."""
        right = self.right if self.right < other.right else other.right
        return right > self.left and right > other.left

    def beside(self, other: Line) -> bool:
        """Whether the two are at the same height."""
        return min(self.top, other.top) > max(self.bottom, other.bottom)


@dataclass(frozen=True)
class PageText:
    """A page's text and its lines."""

    passage: Passage
    lines: tuple[Line, ...] = field(repr=False)

    @cached_property
    def heights(self) -> dict[str, list[float]]:
        """By what a line says but for digits, where on the page such lines stand."""
        found: dict[str, list[float]] = {}
        for line in self.lines:
            found.setdefault(line.key, []).append(line.bottom)
        return found


def read_page(page: pypdfium2.PdfPage, number: int) -> PageText:
    """The text of one page, with breaks where lines end and where a text can't go on.

    Args:
        page: Of an open document.
        number: Counted from 1.
    """
    text_page = page.get_textpage()
    try:
        stretches = list(_Reader(text_page).stretches())
    finally:
        text_page.close()
    text: list[str] = []
    breaks: list[int] = []
    lines: list[Line] = []
    length = 0
    for words, line in stretches:
        if lines:
            last = lines[-1]
            breaks.append(len(text))
            text.append(_break(last, line, len(words)))
            length += 1
        line.start, line.end = length, length + len(words)
        text.append(words)
        lines.append(line)
        length = line.end
    for line, key in zip(lines, _UNSAID.sub("", _PARTED.join(text[::2])).split(_PARTED), strict=False):
        line.key = key
    rights = _rights(lines)
    for place, last, line in zip(breaks, lines, lines[1:], strict=False):
        if text[place] == SOFT and _is_full(last, line, rights):
            text[place] = WRAP
    return PageText(Passage(Place(Part.PAGE, number), "".join(text)), tuple(lines))


def is_mute(page: pypdfium2.PdfPage, read: PageText) -> bool:
    """Whether a page says more than could be read: a picture with few words, or letters nobody can tell.

    Args:
        page: Of an open document.
        read: What was read of it.
    """
    words = plain(read.passage.text)
    if len(words) < _FEW and any(page.get_objects((raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_PICTURED)):
        return True
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        unknown = sum(_is_unknown(text_page, index) for index in range(count))
    finally:
        text_page.close()
    return bool(unknown > _UNKNOWN * count)


def seams(one: PageText, other: PageText) -> Iterator[Seam]:
    """Where a text of one page may go on at the top of the next."""
    furniture = _furniture(one, other)
    tails = list(_outermost(one, furniture, (), from_top=False))
    for head in _outermost(other, furniture, one.heights, from_top=True):
        for tail in tails:
            if head.over(tail):
                yield Seam(
                    one.passage,
                    _backwards(one.passage.text, tail.start, tail.end),
                    tail.end,
                    other.passage,
                    head.start,
                    _forwards(other.passage.text, head.end, head.start),
                )


def _is_unknown(page: pypdfium2.PdfTextPage, index: int) -> bool:
    """Whether the file does not say which character this is."""
    code = raw.FPDFText_GetUnicode(page.raw, index)
    if code in _BLANKS:
        return False
    private = 0xE000 <= code <= 0xF8FF or code == 0xFFFD or code >= 0xF0000
    return bool(private or code < 0x20 or raw.FPDFText_HasUnicodeMapError(page.raw, index) == 1)


def _break(last: Line, line: Line, length: int) -> str:
    """What parts two lines that follow each other in the file."""
    if last.tall or line.tall:
        return SOFT if line.beside(last) else JUMP
    if length == 1 and last.end - last.start == 1 and line.beside(last):
        return SOFT  # letters set wide apart
    return SOFT if line.top < last.top and line.bottom < last.bottom and line.over(last) else JUMP


def _rights(lines: list[Line]) -> dict[int, float]:
    """How far the lines go that begin about here."""
    own: dict[int, float] = {}
    for line in lines:
        place = int(line.left // _INDENT)
        if own.get(place, 0.0) < line.right:
            own[place] = line.right
    return {place: max(own.get(place + step, 0.0) for step in (-1, 0, 1)) for place in own}


def _is_full(last: Line, line: Line, rights: dict[int, float]) -> bool:
    """Whether a line is as long as its column, so that the next one may go on with it."""
    height = max(last.top - last.bottom, line.top - line.bottom, 1.0)
    if last.bottom - line.bottom > _APART * height or line.left - last.left > _INSET * height:
        return False
    return last.right > rights[int(last.left // _INDENT)] - _SHORT * height


# --- lines --------------------------------------------------------------------------------------------


class _Reader:
    """A text page: its characters, and where they stand, asked for where it matters only."""

    def __init__(self, page: pypdfium2.PdfTextPage) -> None:
        self._sides = array("d", (0.0,) * 4)
        first, _count = self._sides.buffer_info()
        left, right, bottom, top = (first + self._sides.itemsize * side for side in range(4))
        page_address = ctypes.cast(page.raw, ctypes.c_void_p).value
        self._ask = partial(_box_of, page_address)
        self._made_up = partial(_is_generated, page_address)
        self._boxes: dict[int, tuple[float, float, float, float]] = {}
        self._asked = (left, right, bottom, top)
        self.text = _characters(page)

    def stretches(self) -> Iterator[tuple[str, Line]]:
        """Stretches of text between line ends and wide gaps, in the order of the file."""
        text = self.text
        end = -2
        for words in text.split("\r\n"):
            begun, end = end + 2, end + 2 + len(words)
            whole = range(begun, end)
            parts: list[str] = []
            first = begun
            blank = text.find(" ", begun, end)
            while blank >= 0:
                gap = self._gap(blank, whole)
                if gap > _OPEN:
                    parts.append(text[begun:blank])
                    begun = blank + 1
                if gap > _WIDE:
                    yield from self._line(parts, first, blank)
                    parts, first = [], blank + 1
                blank = text.find(" ", blank + 1, end)
            parts.append(text[begun:end])
            yield from self._line(parts, first, end)

    def _line(self, parts: list[str], start: int, end: int) -> Iterator[tuple[str, Line]]:
        """The line of these parts, where any of it can be seen."""
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            left, bottom, right, top = self._box(start)
            tall = False
            if end - start > 1:
                far, low, edge, high = self._box(end - 1)
                tall = abs(low - bottom) > abs(far - left)
                left, right = (min(left, far), max(right, edge)) if tall else (left, edge)
                bottom, top = min(bottom, low), max(top, high)
            yield SOFT.join(parts), Line(0, 0, left, right, bottom, top, tall=tall)

    def _gap(self, blank: int, line: range) -> float:
        """How wide a blank is that was made up for a gap, in heights of a character; 0 for a typed one.

        A stroke or a wide blank beside it has no height to speak of: the tallest character around counts.
        """
        if not 0 < blank < len(self.text) - 1 or self._made_up(blank) != 1:
            return 0.0
        _left, low, right, high = self._box(blank - 1)
        left, bottom, _right, top = self._box(blank + 1)
        width, height = abs(left - right), max(high - low, top - bottom, 1.0)
        if width > _OPEN * height and not (self._is_tall(blank - 1) or self._is_tall(blank + 1)):
            around = line[max(0, blank - _AROUND - line.start) : blank + _AROUND + 1 - line.start]
            height = max(height, *(top - bottom for _left, bottom, _right, top in map(self._box, around)))
        return width / height

    def _is_tall(self, index: int) -> bool:
        """Whether a character is about as high as its line: no mark, no blank, no stroke."""
        return self.text[index].isalnum() and self.text[index] != "一"

    def _box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a character."""
        box = self._boxes.get(index)
        if box is None:
            self._ask(index, *self._asked)
            left, right, bottom, top = self._sides
            box = self._boxes[index] = left, bottom, right, top
        return box


def _characters(page: pypdfium2.PdfTextPage) -> str:
    """The page's text, each character at its index; one that takes two is followed by one unseen."""
    count = page.count_chars()
    text: str = page.get_text_range()
    if len(text) != count or _DOUBTFUL.search(text):
        codes = [raw.FPDFText_GetUnicode(page.raw, index) for index in range(count)]
        text = "".join(map(_character, [0, *codes], codes, [*codes[1:], 0]))
    return text.replace(JUMP, " ").replace(WRAP, " ")


def _character(before: int, code: int, after: int) -> str:
    if code in _HIGH and after in _LOW:
        return chr(0x10000 + ((code - 0xD800) << 10) + after - 0xDC00)
    if code in _LOW and before in _HIGH:
        return "\N{WORD JOINER}"
    return chr(code) if code and code not in _HIGH and code not in _LOW else "\ufffd"


# --- pages --------------------------------------------------------------------------------------------


def _furniture(one: PageText, other: PageText) -> set[str]:
    """Keys of lines that stand at the same height on both pages, whatever their digits."""
    return {
        key
        for key in one.heights.keys() & other.heights.keys()
        if key
        and any(abs(here - there) <= _SAME for here in one.heights[key] for there in other.heights[key])
    }


def _outermost(
    page: PageText, furniture: Collection[str], repeated: Collection[str], *, from_top: bool
) -> Iterator[Line]:
    """The lines with nothing but furniture, and what is repeated, between them and the page's edge."""
    covered: list[Line] = []
    for line in sorted(page.lines, key=_BOTTOM, reverse=from_top):
        if line.key in furniture or not line.key:
            continue
        left, right = line.left, line.right
        for each in covered:
            if right > each.left and each.right > left:
                break
        else:
            yield line
            if line.key not in repeated:
                covered.append(line)


def _backwards(text: str, start: int, end: int) -> int:
    """Where the text that ends with this line begins, as far as it is needed."""
    while start > 0 and end - start < _REACH and text[start - 1] != JUMP:
        start -= 1
    return start


def _forwards(text: str, end: int, start: int) -> int:
    while end < len(text) and end - start < _REACH and text[end] != JUMP:
        end += 1
    return end
