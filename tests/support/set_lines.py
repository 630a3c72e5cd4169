"""Where lines end in a finished PDF: its characters with their places, held against what was to be set."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from tsguard.report.blocks import Run
from tsguard.report.document import Document
from tsguard.report.marked import Marked

_FOOT, _HEAD = 62.0, 785.0
"""Points from the page's lower edge between which the text stands; beyond are page heads and feet."""
_SIGNS = str.maketrans("", "", "□√☐☑\u3000\ufffe")
"""Not compared: drawn boxes and white space."""
_HYPHENS = {0xFFFE: "-"}
"""What pdfium makes of a hyphen at a line's end."""
_NEAR = 3000
"""Characters within which the next text begins, beside those that were not found."""
_HIGH = frozenset(map(chr, range(0xD800, 0xDC00)))


class Glyph(NamedTuple):
    """A character as it stands on paper; ``right`` in points, ``line`` counts as its baseline moves."""

    text: str
    line: int
    left: float
    right: float
    size: float


@dataclass(frozen=True)
class Setting:
    """A text as it was set.

    Attributes:
        source: As it was to be set.
        lines: What stands on each line, without white space.
        ends: Where in ``source`` each line but the last ends.
        width: Of the widest line, in points.
        size: Of its type, in points.
    """

    source: str
    lines: tuple[str, ...]
    ends: tuple[int, ...]
    width: float
    size: float


def paragraphs(document: Document) -> Iterator[str]:
    """Every text that is set by itself: a paragraph's runs together, a label, a title."""
    for block in document.blocks:
        yield from _texts(block)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, Marked):
        yield node.text
    elif isinstance(node, tuple):
        if node and all(isinstance(each, Run) for each in node):
            yield "".join(each.value.text for each in node)
        else:
            for each in node:
                yield from _texts(each)
    elif is_dataclass(node):
        for each in fields(node):
            yield from _texts(getattr(node, each.name))


def glyphs(data: bytes) -> list[Glyph]:
    """The characters of all pages in drawing order, without white space, page heads and feet."""
    found: list[Glyph] = []
    line = 0
    pdf = pypdfium2.PdfDocument(data)
    try:
        for page in pdf:
            before = None
            text = page.get_textpage()
            for at in range(pdfium.FPDFText_CountChars(text)):
                character = _HYPHENS.get(code := pdfium.FPDFText_GetUnicode(text, at), chr(code))
                if character in _HIGH:  # a rare character comes in halves
                    low = pdfium.FPDFText_GetUnicode(text, at + 1)
                    character = chr(0x10000 + ((code - 0xD800) << 10) + low - 0xDC00)
                if character.isspace() or not character.isprintable():
                    continue
                x, y = ctypes.c_double(), ctypes.c_double()
                pdfium.FPDFText_GetCharOrigin(text, at, x, y)
                if not _FOOT < y.value < _HEAD:
                    continue
                _left, _bottom, right, _top = text.get_charbox(at, loose=True)
                if before is None or abs(y.value - before) > 1:
                    line += 1
                    before = y.value
                found.append(Glyph(character, line, x.value, right, pdfium.FPDFText_GetFontSize(text, at)))
    finally:
        pdf.close()
    return found


def settings(document: Document, data: bytes) -> tuple[list[Setting], list[str]]:
    """Each text of a document with its lines in the file, and the texts that were not found whole.

    A text that goes over a page has nothing between its halves, since heads and feet are left out; a cell
    that does has the table's head there, and is not found.
    """
    printed = [each for each in glyphs(data) if each.text.translate(_SIGNS)]
    stream = "".join(each.text for each in printed)
    found: list[Setting] = []
    lost: list[str] = []
    at, passed = 0, 0
    for source in paragraphs(document):
        places = [place for place, each in enumerate(source) if not each.isspace() and each.translate(_SIGNS)]
        wanted = "".join(source[place] for place in places)
        if not wanted:
            continue
        start = stream.find(wanted, at)
        if start < 0 or start > at + _NEAR + passed:
            lost.append(source)
            passed += 2 * len(wanted)
            continue
        at, passed = start + len(wanted), 0
        found.append(_setting(source, places, printed[start:at]))
    return found, lost


def _setting(source: str, places: list[int], printed: list[Glyph]) -> Setting:
    lines: list[list[Glyph]] = [[]]
    ends: list[int] = []
    for place, each in zip(places, printed, strict=True):
        if lines[-1] and each.line != lines[-1][-1].line:
            ends.append(place)
            lines.append([])
        lines[-1].append(each)
    return Setting(
        source,
        tuple("".join(each.text for each in line) for line in lines),
        tuple(ends),
        max(line[-1].right - line[0].left for line in lines),
        max(each.size for each in printed),
    )
