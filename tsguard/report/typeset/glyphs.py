"""Text objects of a page: glyphs at absolute places, as few operators as that takes.

It is told where each character stands and writes that down; it decides nothing about places or looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tsguard.report.fonts import DASH
from tsguard.report.typeset.linebreak import Placed
from tsguard.report.typeset.setter import Ink

_DOUBLE_DASH = DASH * 2
_DASH_BEARING = 0.046
_DASH_INK = 0.97
_DASH_INSET = 0.04


class Printed(NamedTuple):
    """How a character is printed in a document: ``fonts.Glyph``, with its place in a font's subset.

    Attributes:
        font: The subset's name.
        code: Its code there, in hexadecimal.
        width: The room it takes, in em.
        inset: How far the pen starts left of that room, in em.
        advance: How far the pen moves by itself, in em.
    """

    font: str
    code: str
    width: float
    inset: float
    advance: float


@lru_cache(maxsize=256)
def operands(color: str) -> str:
    """A hexadecimal colour as three operands."""
    return " ".join(f"{int(color[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))


def text_object(
    pieces: Sequence[Placed[Ink]], x: float, y: float, color: str, printed: Mapping[str, Printed]
) -> str:
    """The operators of pieces of one look on one line.

    Args:
        pieces: At least one, from left to right.
        x: Where the line starts, in points as below.
        y: Its baseline.
        color: Hexadecimal.
        printed: By character, for the face of the look.
    """
    out = ["BT", f"{operands(color)} rg"]
    shown: list[str] = []
    codes: list[str] = []
    last_font, last_size = "", 0.0
    pen: float | None = None
    for text, _look, size, start, _sign in pieces:
        at = x + start
        double = text == _DOUBLE_DASH
        for character in DASH if double else text:
            font, code, width, inset, advance = printed[character]
            if font != last_font or size != last_size:
                _flush(out, shown, codes)
                out.append(f"{font} {size:g} Tf")
                last_font, last_size = font, size
            if double:
                _flush(out, shown, codes)
                out += _double_dash(code, advance, size, at, y)
                pen = None
                continue
            left = at - inset * size
            if pen is None:
                out.append(f"1 0 0 1 {left:.2f} {y:.2f} Tm")
                pen = left
            offset = round((left - pen) * 1000 / size)
            if offset:
                if codes:
                    shown.append(f"<{''.join(codes)}>")
                    codes.clear()
                shown.append(f"{-offset}")
                pen += offset * size / 1000
            codes.append(code)
            pen += advance * size
            at += width * size
    _flush(out, shown, codes)
    out.append("ET")
    return " ".join(out)


def _flush(out: list[str], shown: list[str], codes: list[str]) -> None:
    """Show what was gathered for the font so far."""
    if codes:
        shown.append(f"<{''.join(codes)}>")
        codes.clear()
    if shown:
        out.append(f"[{' '.join(shown)}] TJ")
        shown.clear()


def _double_dash(code: str, advance: float, size: float, x: float, y: float) -> list[str]:
    """``——`` as one unbroken rule of two em: each glyph widened until the two overlap."""
    stretch = _DASH_INK / (advance - 2 * _DASH_BEARING)
    found = []
    for offset in (_DASH_INSET, 2 - _DASH_INSET - _DASH_INK):
        left = x + (offset - _DASH_BEARING * stretch) * size
        found.append(f"{stretch * 100:.1f} Tz 1 0 0 1 {left:.2f} {y:.2f} Tm <{code}> Tj 100 Tz")
    return found
