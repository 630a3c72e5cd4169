"""A TrueType font file as reportlab wants it, its tables read whole instead of number by number.

It draws nothing and decides nothing about which font prints what. What reportlab makes of the tables is the
same; only the time differs: reportlab asks for each of a quarter of a million numbers in a call of its own.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping
from itertools import repeat
from pathlib import Path
from struct import unpack_from
from typing import Any
from weakref import WeakKeyDictionary

from reportlab import rl_config
from reportlab.pdfbase.ttfonts import TTEncoding, TTFont, TTFontFace

_EM = 1000
"""Units of an em in which widths need no scaling."""
_SEGMENTS = 12
"""The format of a character map that is a list of stretches: ISO/IEC 14496-22 §5.2.1 (cmap)."""
_LONG_PLACES = 1
_HARD_SPACE = 0xA0


class FontFile(TTFont):  # type: ignore[misc]
    """A font of a file, under the name that reportlab knows it by.

    Attributes:
        face: Its tables.
    """

    def __init__(self, name: str, file: Path) -> None:
        # WORKAROUND reportlab makes its own kind of face in the constructor, so this takes the place of it.
        self.fontName = name
        self.face = _Face(str(file))
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._asciiReadable = rl_config.ttfAsciiReadable
        self.shapable = False


class _Metrics:
    """Advance and bearing of each glyph; the last advance holds for all glyphs without one of their own."""

    def __init__(self, pairs: array[int], bearings: array[int]) -> None:
        self._pairs = pairs
        self._bearings = bearings
        self._own = len(pairs) // 2

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        if glyph < self._own:
            return self._pairs[2 * glyph], self._pairs[2 * glyph + 1]
        return self._pairs[-2], self._bearings[glyph - self._own]


class _Face(TTFontFace):  # type: ignore[misc]
    """As its parent, which reads the file where it is of a kind that this does not know."""

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 - the parent's words
        super().extractInfo(0)
        if charInfo and not self._read_whole():
            super().extractInfo(charInfo)

    def _read_whole(self) -> bool:
        """The character map, the widths and the places of the outlines; False where nothing was read."""
        head, hhea = self.get_table_pos("head")[0], self.get_table_pos("hhea")[0]
        long_places = self.get_ushort(head + 50) == _LONG_PLACES
        glyphs = self._glyphs()
        if glyphs is None or self.unitsPerEm != _EM or not long_places:
            return False
        own = self.get_ushort(hhea + 34)
        count = self.numGlyphs
        place = self.get_table_pos("hmtx")[0]
        pairs = self._numbers("H", place, 2 * own)
        self.hmetrics = _Metrics(pairs, self._numbers("H", place + 4 * own, count - own))
        self.glyphPos = self._numbers("I", self.get_table_pos("loca")[0], count + 1)
        advances = [*pairs[::2], *repeat(pairs[-2], count - own)]
        self.defaultWidth = advances[0]
        self.charToGlyph = glyphs
        self.charWidths = dict(zip(glyphs, map(advances.__getitem__, glyphs.values()), strict=True))
        return True

    def _glyphs(self) -> dict[int, int] | None:
        """Glyphs by code point; None where the map is of another format."""
        data, cmap = self._ttf_data, self.get_table_pos("cmap")[0]
        maps = [
            unpack_from(">HHL", data, cmap + 4 + 8 * number) for number in range(self.get_ushort(cmap + 2))
        ]
        place = cmap + next((offset for platform, _coding, offset in reversed(maps) if platform == 3), 0)
        if place == cmap or self.get_ushort(place) != _SEGMENTS:
            return None
        glyphs: dict[int, int] = {}
        stretches = iter(self._numbers("I", place + 16, 3 * self.get_ulong(place + 12)))
        for first, last, glyph in zip(stretches, stretches, stretches, strict=True):
            glyphs.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
        return _with_hard_space(glyphs)

    def _numbers(self, code: str, place: int, count: int) -> array[int]:
        """So many unsigned numbers of two (``H``) or four (``I``) bytes."""
        found = array(code)
        found.frombytes(self._ttf_data[place : place + count * found.itemsize])
        if sys.byteorder == "little":
            found.byteswap()
        return found


def _with_hard_space(glyphs: dict[int, int]) -> dict[int, int]:
    """Of the two spaces each stands in for the other, as in the parent."""
    spaces: Mapping[int, int] = {ord(" "): _HARD_SPACE, _HARD_SPACE: ord(" ")}
    for has, lacks in spaces.items():
        if has in glyphs:
            glyphs[lacks] = glyphs[has]
            break
    return glyphs
