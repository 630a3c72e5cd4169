"""Drawing on PDF pages: glyphs, rules, links, bookmarks. Points from the lower left corner.

The only module that draws with reportlab. It decides nothing about where things stand.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from tsguard.report.fonts import DASH, Face, Fonts
from tsguard.report.typeset.linebreak import Placed
from tsguard.report.typeset.marks import draw_mark
from tsguard.report.typeset.setter import Ink, InkLine
from tsguard.report.typeset.styles import INK, PAGE_HEIGHT, PAGE_WIDTH

_DOUBLE_DASH = DASH * 2
_DASH_BEARING = 0.046
_DASH_INK = 0.97


def operands(color: str) -> str:
    """A hexadecimal colour as three operands."""
    return " ".join(f"{int(color[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))


class Surface:
    """The pages of one PDF while they are drawn.

    Attributes:
        page: The number of the page that is being drawn.
        fonts: For glyphs.
    """

    def __init__(self, fonts: Fonts, title: str) -> None:
        self.fonts = fonts
        self.page = 1
        self._buffer = io.BytesIO()
        self._canvas = Canvas(
            self._buffer,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=0,
            invariant=1,
            initialFontName=fonts.names[Face.SANS],
            initialFontSize=9,
        )
        self._canvas.setTitle(title)
        # WORKAROUND reportlab's fonts number their subsets by the document, which has no public name
        self._pdf = self._canvas._doc  # noqa: SLF001
        self._codes: dict[tuple[Face, str], tuple[str, str]] = {}

    # --- pages ---------------------------------------------------------------------------------------

    def next_page(self) -> None:
        """End this page and begin another."""
        self._canvas.showPage()
        self.page += 1

    def finish(self) -> bytes:
        """End the last page; the raw PDF."""
        self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()

    def anchor(self, key: str, top: float) -> None:
        """A place that links lead to."""
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=min(top + 8, PAGE_HEIGHT), zoom=0)

    def outline(self, title: str, key: str, depth: int) -> None:
        """A bookmark to an anchor; chapters are of depth 0."""
        self._canvas.addOutlineEntry(title, key, depth, closed=False)
        self._canvas.showOutline()

    def link(self, key: str, box: tuple[float, float, float, float], words: str) -> None:
        """A link to an anchor.

        Args:
            key: The anchor's.
            box: Left, bottom, right, top.
            words: What a screen reader says of it.
        """
        self._canvas.linkRect(words, key, box, relative=0, Border="[0 0 0]")

    # --- shapes --------------------------------------------------------------------------------------

    def draw(self, operators: str) -> None:
        """Raw operators inside their own graphics state."""
        self._canvas.addLiteral(f"q {operators} Q")

    def rule(self, x: float, y: float, x2: float, y2: float, weight: float, color: str = INK) -> None:
        """A straight line."""
        self.draw(f"{operands(color)} RG {weight:g} w {x:.2f} {y:.2f} m {x2:.2f} {y2:.2f} l S")

    def leader(self, x: float, x2: float, y: float, step: float, color: str) -> None:
        """Dots that stand under those of the lines above."""
        start = x2 - int((x2 - x) / step) * step
        if start < x2:
            self.draw(
                f"{operands(color)} RG 0.9 w 1 J [0.01 {step - 0.01:g}] 0 d "
                f"{start:.2f} {y:.2f} m {x2:.2f} {y:.2f} l S"
            )

    # --- text ----------------------------------------------------------------------------------------

    def line(self, line: InkLine, x: float, y: float) -> None:
        """A set line with its marks and links; ``y`` is its baseline."""
        texts: list[Placed[Ink]] = []
        for piece in line.pieces:
            if piece.look.mark is not None:
                self.draw(draw_mark(piece.look.mark, x + piece.x, y, piece.size, operands(piece.look.color)))
            elif piece.text:
                texts.append(piece)
        if texts:
            self._show(texts, x, y)
            self._links(texts, x, y)

    def _links(self, pieces: Sequence[Placed[Ink]], x: float, y: float) -> None:
        start = 0
        for end in range(1, len(pieces) + 1):
            key = pieces[start].look.link
            if end < len(pieces) and pieces[end].look.link == key:
                continue
            if key:
                last, size = pieces[end - 1], pieces[start].size
                right = x + last.x + self.fonts.width(last.text.rstrip(), last.look.face) * size
                words = "".join(piece.text for piece in pieces[start:end]).strip()
                self.link(key, (x + pieces[start].x, y - 0.2 * size, right, y + 0.95 * size), words)
            start = end

    def _show(self, pieces: Sequence[Placed[Ink]], x: float, y: float) -> None:
        writer = _TextWriter(y)
        last = pieces[-1]
        for piece in pieces:
            text = piece.text.rstrip(" ") if piece is last else piece.text
            face, size = piece.look.face, piece.size
            writer.color(piece.look.color)
            if text == _DOUBLE_DASH:
                self._double_dash(writer, face, size, x + piece.x)
                continue
            at = x + piece.x
            for character in text:
                glyph = self.fonts.glyph(character, face)
                font, code = self._code(character, glyph.face)
                writer.font(font, size)
                writer.glyph(code, at - glyph.inset * size, glyph.advance * size)
                at += glyph.width * size
        self._canvas.addLiteral(writer.result())

    def _double_dash(self, writer: _TextWriter, face: Face, size: float, x: float) -> None:
        """``——`` as one unbroken rule of two em: each glyph widened until the two overlap."""
        glyph = self.fonts.glyph(DASH, face)
        stretch = _DASH_INK / (glyph.advance - 2 * _DASH_BEARING)
        font, code = self._code(DASH, glyph.face)
        writer.font(font, size)
        for offset in (0.04, 2 - 0.04 - _DASH_INK):
            writer.wide_glyph(code, x + (offset - _DASH_BEARING * stretch) * size, stretch)

    def _code(self, character: str, face: Face) -> tuple[str, str]:
        """The name of the font's subset that has a character, and its code there in hexadecimal."""
        key = (face, character)
        if key not in self._codes:
            font = self.fonts.font(face)
            ((subset, code),) = font.splitString(character, self._pdf)
            self._codes[key] = (font.getSubsetInternalName(subset, self._pdf), code.hex())
        return self._codes[key]


class _TextWriter:
    """One text object: glyphs at absolute places, as few operators as that takes."""

    def __init__(self, y: float) -> None:
        self._y = y
        self._out = ["BT"]
        self._array: list[str] = []
        self._hex: list[str] = []
        self._font: tuple[str, float] | None = None
        self._color = ""
        self._pen: float | None = None

    def color(self, color: str) -> None:
        if color != self._color:
            self._flush()
            self._out.append(f"{operands(color)} rg")
            self._color = color

    def font(self, name: str, size: float) -> None:
        if (name, size) != self._font:
            self._flush()
            self._out.append(f"{name} {size:g} Tf")
            self._font = (name, size)

    def glyph(self, code: str, x: float, advance: float) -> None:
        size = self._font[1] if self._font else 1.0
        if self._pen is None:
            self._out.append(f"1 0 0 1 {x:.2f} {self._y:.2f} Tm")
            self._pen = x
        offset = round((x - self._pen) * 1000 / size)
        if offset:
            self._end_string()
            self._array.append(f"{-offset}")
            self._pen += offset * size / 1000
        self._hex.append(code)
        self._pen += advance

    def wide_glyph(self, code: str, x: float, stretch: float) -> None:
        self._flush()
        self._out.append(f"{stretch * 100:.1f} Tz 1 0 0 1 {x:.2f} {self._y:.2f} Tm <{code}> Tj 100 Tz")
        self._pen = None

    def result(self) -> str:
        self._flush()
        self._out.append("ET")
        return " ".join(self._out)

    def _end_string(self) -> None:
        if self._hex:
            self._array.append(f"<{''.join(self._hex)}>")
            self._hex = []

    def _flush(self) -> None:
        self._end_string()
        if self._array:
            self._out.append(f"[{''.join(f'{each} ' for each in self._array).rstrip()}] TJ")
            self._array = []
