"""Drawing on PDF pages: glyphs, rules, links, bookmarks. Points from the lower left corner.

The only module that draws with reportlab. It decides nothing about where things stand. Everything drawn lies
inside marked content: text in the element it is drawn within, shapes in artifacts.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase.pdfdoc import PDFObject, PDFString
from reportlab.pdfgen.canvas import Canvas

from tsguard.report.blocks import Mark
from tsguard.report.fonts import Face, Fonts
from tsguard.report.typeset.glyphs import Printed, operands, text_object
from tsguard.report.typeset.linebreak import Placed
from tsguard.report.typeset.marks import draw_mark
from tsguard.report.typeset.setter import Ink, InkLine
from tsguard.report.typeset.styles import INK, PAGE_HEIGHT, PAGE_WIDTH
from tsguard.report.typeset.tags import Artifact, Node, Place, Tag, Tags

_PRINTED = 4
"""The flag of an annotation that archives accept: printed, never hidden."""
_BOXES = {Mark.BOX: ("☐", "□"), Mark.TICKED: ("☑", "√")}
"""Boxes are text: what they say, and the nearest sign that the fonts have. It lies unseen under the drawing,
for readers that do not know the former."""
_BLANKS = re.compile(" +$")
_LOOK = attrgetter("look")
HIDDEN_SIGNS = "".join(hidden for _said, hidden in _BOXES.values())


class PlacedPicture(NamedTuple):
    """A picture's place: its page, counted from 0, its name in that page's resources, and which it is."""

    page: int
    name: str
    key: str


class Surface:
    """The pages of one PDF while they are drawn.

    Attributes:
        page: The number of the page that is being drawn.
        fonts: For glyphs.
        tags: The elements that the drawn text belongs to.
        pictures: Places that pictures are put into when the file is finished.
    """

    def __init__(self, fonts: Fonts, title: str) -> None:
        self.fonts = fonts
        self.page = 1
        self.tags = Tags()
        self.pictures: list[PlacedPicture] = []
        self._annotations = 0
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
        self._printed = {face: _Printed(fonts, face, self._pdf) for face in Face}

    # --- pages ---------------------------------------------------------------------------------------

    def next_page(self) -> None:
        """End this page and begin another."""
        self._end_page()
        self.tags.next_page()
        self.page += 1
        self._annotations = 0

    def finish(self) -> bytes:
        """End the last page; the raw PDF, whose structure is in ``tags``."""
        self._end_page()
        self._canvas.save()
        return self._buffer.getvalue()

    def _end_page(self) -> None:
        self._put(self.tags.close())
        self._canvas.showPage()

    def _put(self, operators: str) -> None:
        if operators:
            self._canvas.addLiteral(operators)

    # --- elements ------------------------------------------------------------------------------------

    def within(self, node: Node) -> Place:
        """Draw into an element."""
        return self.tags.within(node)

    def apart(self, kind: Artifact) -> Place:
        """Draw what is no part of the text."""
        return self.tags.apart(kind)

    def anchor(self, key: str, top: float) -> None:
        """A place that links lead to."""
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=min(top + 8, PAGE_HEIGHT), zoom=0)

    def outline(self, title: str, key: str, depth: int) -> None:
        """A bookmark to an anchor; chapters are of depth 0."""
        self._canvas.addOutlineEntry(title, key, depth, closed=False)
        self._canvas.showOutline()

    def link(self, key: str, box: tuple[float, float, float, float], words: str) -> None:
        """An area that leads to an anchor; the element it is drawn within is a link.

        Args:
            key: The anchor's.
            box: Left, bottom, right, top.
            words: What a screen reader says of it.
        """
        # WORKAROUND reportlab's own way to a destination, and to a page's annotations, has no public name
        destination = self._canvas._bookmarkReference(key)  # noqa: SLF001
        self._canvas._addAnnotation(_Link(box, words, destination))  # noqa: SLF001
        self.tags.annotate(self._annotations)
        self._annotations += 1

    # --- shapes --------------------------------------------------------------------------------------

    def draw(self, operators: str) -> None:
        """Raw operators inside their own graphics state, without text."""
        self._put(self.tags.for_shape())
        self._canvas.addLiteral(f"q {operators} Q")

    def mark(self, mark: Mark, face: Face, x: float, y: float, size: float, color: str) -> None:
        """A drawn mark of one em; boxes are part of the text, others say what the word beside them says.

        Args:
            mark: Which.
            face: Of the text beside it.
            x: The em's left edge.
            y: The baseline.
            size: The em, in points.
            color: Hexadecimal.
        """
        drawing = draw_mark(mark, x, y, size, operands(color))
        if mark not in _BOXES or self.tags.artifact:
            self.draw(drawing)
            return
        said, hidden = _BOXES[mark]
        font, code, *_places = self._printed[face][hidden]
        self._put(self.tags.for_sign(said))
        self._canvas.addLiteral(
            f"q {drawing} BT 3 Tr {font} {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{code}> Tj ET Q"
        )
        self._put(self.tags.close())

    def picture(self, key: str, box: tuple[float, float, float, float]) -> None:
        """The place of a picture; the element it is drawn within is a figure.

        Args:
            key: Which picture.
            box: Left, bottom, right, top.
        """
        left, bottom, right, top = box
        name = f"Picture{len(self.pictures) + 1}"
        self.pictures.append(PlacedPicture(self.page - 1, name, key))
        self.draw(f"{right - left:.2f} 0 0 {top - bottom:.2f} {left:.2f} {bottom:.2f} cm /{name} Do")

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
        for look, group in groupby(line.pieces, key=_LOOK):
            pieces = list(group)
            if look.mark:
                for piece in pieces:
                    self.mark(look.mark, look.face, x + piece.x, y, piece.size, look.color)
            elif not look.link or self.tags.artifact:
                self._show(pieces, x, y)
            else:
                words = "".join(each.text for each in pieces).strip()
                with self.tags.link(look.link):
                    self._show(pieces, x, y)
                    self.link(look.link, self._area(pieces, x, y), words)

    def paragraph(self, line: InkLine, x: float, y: float) -> None:
        """A set line that is a paragraph of its own."""
        with self.within(Node(Tag.P)):
            self.line(line, x, y)

    def _area(self, pieces: Sequence[Placed[Ink]], x: float, y: float) -> tuple[float, float, float, float]:
        """What a link's words take on the page."""
        first, last = pieces[0], pieces[-1]
        right = x + last.x + self.fonts.width(last.text.rstrip(), last.look.face) * first.size
        return x + first.x, y - 0.2 * first.size, right, y + 0.95 * first.size

    def _show(self, pieces: Sequence[Placed[Ink]], x: float, y: float) -> None:
        """Text; of the blanks at its end one stays, which parts its last word from the next line's first."""
        self._put(self.tags.for_text())
        last = pieces[-1]
        if last.text.endswith("  "):
            pieces = [*pieces[:-1], last._replace(text=_BLANKS.sub(" ", last.text))]
        look = last.look
        self._canvas.addLiteral(text_object(pieces, x, y, look.color, self._printed[look.face]))


class _Printed(dict[str, Printed]):
    """How each character is printed in a face: asked for once in a document."""

    def __init__(self, fonts: Fonts, face: Face, pdf: Any) -> None:
        super().__init__()
        self._fonts = fonts
        self._face = face
        self._pdf = pdf

    def __missing__(self, character: str) -> Printed:
        glyph = self._fonts.glyph(character, self._face)
        font = self._fonts.font(glyph.face)
        ((subset, code),) = font.splitString(character, self._pdf)
        name = font.getSubsetInternalName(subset, self._pdf)
        found = self[character] = Printed(name, code.hex(), glyph.width, glyph.inset, glyph.advance)
        return found


class _Link(PDFObject):  # type: ignore[misc]
    """A link's annotation: what reportlab's own says, said in one go, since there are hundreds.

    Args:
        box: Left, bottom, right, top.
        words: What a screen reader says of it.
        destination: Reportlab's, which may be known only later.
    """

    def __init__(self, box: tuple[float, float, float, float], words: str, destination: Any) -> None:
        self._box = box
        self._words = words
        self._destination = destination

    def format(self, document: Any) -> bytes:
        """As reportlab asks for it when the file is put together."""
        return b"<< /Type /Annot /Subtype /Link /Border [0 0 0] /F %d /Rect [%s] /Contents %s /Dest %s >>" % (
            _PRINTED,
            fp_str(*self._box).encode(),
            PDFString(self._words).format(document),
            self._destination.format(document),
        )
