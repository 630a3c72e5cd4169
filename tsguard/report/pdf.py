"""A document to a PDF: the same bytes for the same document, in memory or as a file, all or nothing.

What stands in it was decided before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tsguard.errors import Cancelled, MissingGlyphs
from tsguard.report.document import Document
from tsguard.report.finish import finish
from tsguard.report.fonts import Fonts, shipped_fonts
from tsguard.report.plain_file import replace_plain
from tsguard.report.seal import seal
from tsguard.report.typeset.pages import draw, furniture_texts
from tsguard.report.typeset.surface import PlacedPicture


@dataclass(frozen=True, slots=True)
class RenderedReport:
    """A report in memory.

    Attributes:
        data: The PDF.
        pages: How many pages it has.
    """

    data: bytes = field(repr=False)
    pages: int


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report on disk.

    Attributes:
        path: Where it is.
        pages: How many pages it has.
        size: In bytes.
        sha256: 64 hexadecimal digits.
    """

    path: Path
    pages: int
    size: int
    sha256: str


def render(
    document: Document,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    fonts: Fonts | None = None,
) -> RenderedReport:
    """Draw a report; nothing of it touches the disk.

    Args:
        document: What to print.
        progress: Told the pages drawn and all pages.
        cancelled: Asked often.
        fonts: Others than the ones that come with the program.

    Raises:
        MissingGlyphs: Characters that no font has.
        Cancelled: ``cancelled`` said so.
    """
    finished = render_unsealed(document, progress=progress, cancelled=cancelled, fonts=fonts)
    return RenderedReport(seal(finished.data), finished.pages)


@dataclass(frozen=True, slots=True)
class UnsealedReport:
    """A report that something is still put into.

    Attributes:
        data: The PDF without its seal.
        pages: How many pages it has.
        pictures: Places that wait for pictures.
    """

    data: bytes = field(repr=False)
    pages: int
    pictures: tuple[PlacedPicture, ...]


def render_unsealed(
    document: Document,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    fonts: Fonts | None = None,
) -> UnsealedReport:
    """As ``render``, but without the seal."""
    fonts = fonts or shipped_fonts()
    missing = fonts.missing((*document.texts(), *furniture_texts()))
    if missing:
        raise MissingGlyphs(missing)

    def check() -> None:
        if cancelled():
            raise Cancelled

    check()
    drawn = draw(document, fonts, check=check, progress=progress or (lambda _done, _all: None))
    data = finish(
        drawn.data,
        title=document.title.text,
        on=document.on,
        tags=drawn.tags,
        attachments=document.attachments,
        pictures=drawn.pictures,
    )
    check()
    return UnsealedReport(data, drawn.pages, drawn.pictures)


def write(
    document: Document,
    target: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    fonts: Fonts | None = None,
) -> WrittenReport:
    """Write a report; an older PDF of that name is replaced once the new one is whole.

    Args:
        document: What to print.
        target: The PDF file.
        progress: As for ``render``.
        cancelled: As for ``render``.
        fonts: As for ``render``.

    Raises:
        MissingGlyphs: Characters that no font has; nothing was written.
        Cancelled: ``cancelled`` said so; nothing was written.
        StorageError: As ``replace_plain``; nothing was written.
    """
    rendered = render(document, progress=progress, cancelled=cancelled, fonts=fonts)
    written = replace_plain(target, (rendered.data,))
    return WrittenReport(target, rendered.pages, written.size, written.sha256)
