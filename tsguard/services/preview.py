"""A document as it would be exported, to look at before it leaves the vault.

It is shown from memory and never touches the disk. Works on frozen values only, so it may run in another
thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tsguard.errors import Cancelled


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as a picture.

    Attributes:
        width: In pixels.
        height: In pixels.
        rgba: Four bytes a pixel, without padding between rows.
    """

    width: int
    height: int
    rgba: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """A document in memory.

    Attributes:
        data: The PDF.
        pages: How many pages it has.
        thumbnails: Each page, small.
    """

    data: bytes = field(repr=False)
    pages: int
    thumbnails: tuple[PageImage, ...] = field(repr=False)


def preview_of(data: bytes, *, scale: float, cancelled: Callable[[], bool] = lambda: False) -> Preview:
    """A finished PDF of ours as pictures.

    Args:
        data: The PDF.
        scale: Of the thumbnails, in pixels to a point.
        cancelled: Asked between pages.

    Raises:
        Cancelled: The person stopped it.
    """
    from tsguard.report.preview import count, render  # noqa: PLC0415 - start-up time

    thumbnails = []
    for at in range(count(data)):
        if cancelled():
            raise Cancelled
        thumbnails.append(PageImage(*render(data, at, scale)))
    return Preview(data, len(thumbnails), tuple(thumbnails))


def render_page(preview: Preview, index: int, scale: float) -> PageImage:
    """One page of a preview.

    Args:
        preview: The document.
        index: The page, counted from 0.
        scale: Pixels to a point; 1.0 makes A4 595 × 842.
    """
    from tsguard.report.preview import render  # noqa: PLC0415 - start-up time

    return PageImage(*render(preview.data, index, scale))
