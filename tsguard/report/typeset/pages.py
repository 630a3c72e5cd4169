"""From a document to drawn pages: layout, page furniture, and the order of drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tsguard.i18n import _
from tsguard.report.document import Document
from tsguard.report.fonts import Fonts
from tsguard.report.typeset.flow import Page, Pen, paginate
from tsguard.report.typeset.layout import anchors_of, boxes_of
from tsguard.report.typeset.setter import Setter
from tsguard.report.typeset.styles import (
    BOTTOM,
    FOLIO,
    FOOTER,
    HAIR,
    HEADER,
    LEFT,
    MEASURE,
    MM,
    PAGE_HEIGHT,
    TOP,
)
from tsguard.report.typeset.surface import HIDDEN_SIGNS, PlacedPicture, Surface
from tsguard.report.typeset.tags import Artifact, Tags

_HEAD_LINE = PAGE_HEIGHT - 26 * MM
_FOOT_LINE = BOTTOM - 7 * MM - 8
_GAP = 24.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn document.

    Attributes:
        data: The raw PDF.
        pages: How many.
        tags: The structure of what is drawn.
        pictures: Places that pictures are put into.
    """

    data: bytes
    pages: int
    tags: Tags
    pictures: tuple[PlacedPicture, ...] = ()


def draw(
    document: Document,
    fonts: Fonts,
    *,
    check: Callable[[], None],
    progress: Callable[[int, int], None],
) -> Drawn:
    """Lay a document out and draw it.

    Args:
        document: Its characters are known to have glyphs.
        fonts: To draw with.
        check: Called often; may raise to stop.
        progress: Told the pages drawn and all pages.
    """
    setter = Setter(fonts, anchors_of(document))
    pages = paginate(list(boxes_of(document, setter)), check)
    numbers = {
        anchor: number
        for number, page in enumerate(pages, 1)
        for box, _top in page.boxes
        for anchor in box.anchors
    }
    surface = Surface(fonts, document.title.text)
    pen = Pen(surface, setter, numbers)
    for number, page in enumerate(pages, 1):
        check()
        if number > 1:
            surface.next_page()
            _draw_furniture(pen, document, number, len(pages))
        _draw_page(pen, page)
        progress(number, len(pages))
    return Drawn(surface.finish(), len(pages), surface.tags, tuple(surface.pictures))


def furniture_texts() -> tuple[str, ...]:
    """What the page furniture prints beside the document's own words."""
    return (_folio(1234567890, 1234567890), "…", HIDDEN_SIGNS)


def _draw_page(pen: Pen, page: Page) -> None:
    for box, offset in page.boxes:
        box.draw(pen, LEFT, PAGE_HEIGHT - TOP - offset)


def _folio(number: int, pages: int) -> str:
    return _("— 第{number}页，共{pages}页 —").format(number=number, pages=pages)


def _draw_furniture(pen: Pen, document: Document, number: int, pages: int) -> None:
    surface, setter, right = pen.surface, pen.setter, LEFT + MEASURE
    title = setter.one(document.title.text, HEADER, MEASURE * 0.6)
    company = setter.one(document.company.text, HEADER, MEASURE - title.width - _GAP)
    with surface.apart(Artifact.HEADER):
        surface.line(title, LEFT, _HEAD_LINE)
        surface.line(company, right - company.width, _HEAD_LINE)
        surface.rule(LEFT, _HEAD_LINE - 6, right, _HEAD_LINE - 6, 0.5, HAIR)
    folio = setter.one(_folio(number, pages), FOLIO)
    words = f"{document.footing.text}\u3000{document.number.text}"
    foot = setter.one(words, FOOTER, MEASURE - folio.width - _GAP)
    odd = number % 2 == 1
    with surface.apart(Artifact.FOOTER):
        surface.line(folio, right - folio.width if odd else LEFT, _FOOT_LINE)
        surface.line(foot, LEFT if odd else right - foot.width, _FOOT_LINE)
