"""Fonts: which face prints a character, how wide it is, and which characters none has.

The only module that reads font files. Fallback is per character by the fonts' own tables, so one rare
character in a name does not change the look of the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfmetrics

from tsguard.assets import resources
from tsguard.report.font_files import FontFile

WHITE = " \n\u3000"
"""Takes room and needs no glyph."""


class Face(StrEnum):
    """The faces of the report."""

    SANS = "sans"
    SANS_BOLD = "sans-bold"
    SERIF = "serif"
    SERIF_BLACK = "serif-black"
    RARE = "rare"


_FILES = {
    Face.SANS: "NotoSansSC-Regular.ttf",
    Face.SANS_BOLD: "NotoSansSC-Bold.ttf",
    Face.SERIF: "NotoSerifSC-Regular.ttf",
    Face.SERIF_BLACK: "NotoSerifSC-Black.ttf",
    Face.RARE: "TSGuardRare-Regular.ttf",
}
_CHAIN = {
    Face.SANS: (Face.SANS, Face.SERIF, Face.RARE),
    Face.SANS_BOLD: (Face.SANS_BOLD, Face.SERIF_BLACK, Face.SANS, Face.SERIF, Face.RARE),
    Face.SERIF: (Face.SERIF, Face.SANS, Face.RARE),
    Face.SERIF_BLACK: (Face.SERIF_BLACK, Face.SANS_BOLD, Face.SERIF, Face.SANS, Face.RARE),
    Face.RARE: (Face.RARE, Face.SERIF, Face.SANS),
}
# Noto draws these in a full em with air at both sides; what is taken off each side, in em.
_AIR = {"·": 0.25, "§": 0.20, "×": 0.10}
_NEARLY_FULL = 0.9
DASH = "—"


class Glyph(NamedTuple):
    """How a character is printed.

    Attributes:
        face: The face that has it.
        width: The room it takes, in em, without its air.
        inset: How far the pen starts left of that room, in em.
        advance: How far the pen moves by itself, in em.
    """

    face: Face
    width: float
    inset: float
    advance: float


class Fonts:
    """The faces of one folder.

    Attributes:
        names: The name that each face is registered by with reportlab.
    """

    def __init__(self, folder: Path) -> None:
        self.names = {face: f"tsguard-{face}" for face in Face}
        self._fonts = {face: FontFile(self.names[face], folder / file) for face, file in _FILES.items()}
        for font in self._fonts.values():
            pdfmetrics.registerFont(font)
        self._glyphs: dict[Face, dict[str, Glyph | None]] = {face: {} for face in Face}

    def font(self, face: Face) -> Any:
        """The font as reportlab holds it."""
        return self._fonts[face]

    def find(self, character: str, face: Face) -> Glyph | None:
        """How a character is printed in a face; None where no font has it."""
        glyphs = self._glyphs[face]
        try:
            return glyphs[character]
        except KeyError:
            glyph = glyphs[character] = self._look_up(character, face)
            return glyph

    def glyph(self, character: str, face: Face) -> Glyph:
        """How a character is printed.

        Raises:
            LookupError: No font has it: a bug, since ``missing`` is asked first.
        """
        glyph = self._glyphs[face].get(character) or self.find(character, face)
        if glyph is None:
            message = f"U+{ord(character):04X}"
            raise LookupError(message)
        return glyph

    def width(self, text: str, face: Face) -> float:
        """The room that a text takes, in em."""
        known = self._glyphs[face].get(text)  # most of Chinese text is asked for character by character
        if known is not None:
            return known.width
        return sum([self.glyph(character, face).width for character in text])

    def missing(self, texts: Iterable[str]) -> tuple[str, ...]:
        """The characters that no font has, each once, in the order met."""
        seen = dict.fromkeys(character for text in texts for character in text)
        return tuple(
            character
            for character in seen
            if character not in WHITE and self.find(character, Face.SANS) is None
        )

    def _look_up(self, character: str, face: Face) -> Glyph | None:
        code = ord(character)
        for each in _CHAIN[face]:
            tables = self._fonts[each].face
            if code in tables.charToGlyph:
                advance = tables.charWidths.get(code, tables.defaultWidth) / 1000
                return _placed(character, each, advance)
        if character in WHITE:
            return Glyph(face, 1.0 if character == "\u3000" else 0.25, 0.0, 0.0)
        return None


def _placed(character: str, face: Face, advance: float) -> Glyph:
    if character == DASH:  # centred in its em
        return Glyph(face, 1.0, (advance - 1.0) / 2, advance)
    air = _AIR.get(character, 0.0) if advance > _NEARLY_FULL else 0.0
    return Glyph(face, advance - 2 * air, air, advance)


def file_of(face: Face) -> Path:
    """The file of a face that comes with the program."""
    return resources() / "fonts" / _FILES[face]


@lru_cache(maxsize=1)
def shipped_fonts() -> Fonts:
    """The fonts that come with the program; read once: they are 40 MB."""
    return Fonts(resources() / "fonts")
