"""The report as it would be exported, to look at before it leaves the vault.

It is drawn in memory and never touches the disk. Works on frozen values only, so it may run in another
thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tsguard.domain.disclosure import Level
from tsguard.domain.snapshot import Snapshot
from tsguard.errors import Unreadable
from tsguard.services.export import render_report


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
    """A report in memory.

    Attributes:
        data: The PDF.
        pages: How many pages it has.
        thumbnails: Each page, small.
    """

    data: bytes = field(repr=False)
    pages: int
    thumbnails: tuple[PageImage, ...] = field(repr=False)


def make_preview(
    snapshot: Snapshot,
    level: Level,
    *,
    on: date,
    scale: float,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Preview:
    """Draw the report as an export would, in memory only.

    Args:
        snapshot: The frozen state.
        level: Internal or submission.
        on: The report's date.
        scale: Of the thumbnails, in pixels to a point.
        progress: Called with pages done and pages expected.
        cancelled: Asked between pages.

    Raises:
        MissingGlyphs: Characters that no font has.
        Cancelled: The person stopped it.
    """
    data = render_report(snapshot, level, on=on, progress=progress, cancelled=cancelled)
    return _preview(data, scale)


def read_preview(path: Path, *, scale: float) -> Preview:
    """The preview of a report that was just exported.

    Raises:
        Unreadable: The file is gone or can't be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(path, error.strerror or "read") from error
    return _preview(data, scale)


def render_page(preview: Preview, index: int, scale: float) -> PageImage:
    """One page of a preview.

    Args:
        preview: The report.
        index: The page, counted from 0.
        scale: Pixels to a point; 1.0 makes A4 595 × 842.
    """
    from tsguard.report.preview import render  # noqa: PLC0415 - start-up time

    return PageImage(*render(preview.data, index, scale))


def _preview(data: bytes, scale: float) -> Preview:
    from tsguard.report.preview import count, render  # noqa: PLC0415 - start-up time

    pages = count(data)
    return Preview(data, pages, tuple(PageImage(*render(data, at, scale)) for at in range(pages)))
