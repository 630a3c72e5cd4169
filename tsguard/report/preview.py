"""Pages of a finished PDF as pictures, by a reader that did not write it.

It draws, and reads no text: that is for the leak guard and ``examined``. It keeps nothing: each call opens
the bytes and closes them, so that nothing of a document outlives its bytes. ``count`` and ``render`` are for
our own documents; ``sound_pages``, ``sound_sizes`` and ``draw`` take files from anywhere and answer every
fault with a word. Everybody who reads with PDFium takes a ``turn`` here.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import pypdfium2
from pypdfium2 import raw

from tsguard.errors import Cancelled
from tsguard.report.page_fault import PageFault
from tsguard.report.page_weight import too_heavy

MOST_PIXELS = 24_000_000
"""Of one page's picture: A4 at 500 dpi; a larger one is drawn smaller."""
LONGEST_SIDE = 30_000
PATIENCE_S = 20.0
"""How long one page may take to draw."""

_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not safe in two threads at once, not even on two documents."""
_WAIT_S = 5.0
"""For one's turn: a file from outside may keep the reader for ever, and nobody else shall wait as long."""
_LEAST_POINTS = 0.01


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a picture.

    Attributes:
        wide: The page's width in points.
        high: Its height in points.
        width: In pixels.
        height: In pixels.
        rgba: Four bytes a pixel, red first, without padding between rows.
    """

    wide: float
    high: float
    width: int
    height: int
    rgba: bytes = field(repr=False)


def count(data: bytes) -> int:
    """How many pages a PDF has.

    Raises:
        Cancelled: The reader is still busy with another file.
    """
    with turn():
        document = pypdfium2.PdfDocument(data)
        try:
            return len(document)
        finally:
            document.close()


def render(data: bytes, index: int, scale: float) -> tuple[int, int, bytes]:
    """One page as a picture.

    Args:
        data: The PDF.
        index: The page, counted from 0.
        scale: Pixels in a point; 1.0 makes A4 595 × 842.

    Returns:
        Width, height, and four bytes a pixel, red first, without padding between rows.

    Raises:
        Cancelled: The reader is still busy with another file.
    """
    with turn():
        document = pypdfium2.PdfDocument(data)
        try:
            page = document[index]
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            try:
                return bitmap.width, bitmap.height, _packed(bitmap)
            finally:
                bitmap.close()
                page.close()
        finally:
            document.close()


def sound_pages(data: bytes) -> int | PageFault:
    """How many pages a PDF from anywhere has, at least 1; or why none can be shown."""
    if not _ONE_AT_A_TIME.acquire(timeout=_WAIT_S):
        return PageFault.TOO_SLOW
    with _turn_over(), _opened(data) as document:
        if isinstance(document, PageFault):
            return document
        return len(document) or PageFault.BROKEN


def sound_sizes(data: bytes, most: int) -> tuple[tuple[float, float], ...] | PageFault:
    """Width and height in points of each page of a PDF from anywhere; or why none can be shown.

    Args:
        data: The PDF.
        most: Pages that are looked at; of a longer file one more, so that it shows.
    """
    if not _ONE_AT_A_TIME.acquire(timeout=_WAIT_S):
        return PageFault.TOO_SLOW
    with _turn_over(), _opened(data) as document:
        if isinstance(document, PageFault):
            return document
        try:
            sizes = tuple(document.get_page_size(index) for index in range(min(len(document), most + 1)))
        except (pypdfium2.PdfiumError, IndexError):
            return PageFault.BROKEN
    if not all(_sound(wide, high) for wide, high in sizes):
        return PageFault.BROKEN
    return sizes


def _sound(wide: float, high: float) -> bool:
    return math.isfinite(wide) and math.isfinite(high) and min(wide, high) >= _LEAST_POINTS


def draw(
    data: bytes,
    index: int,
    scale: Callable[[float, float], float],
    *,
    cancelled: Callable[[], bool] = lambda: False,
    patience: float = PATIENCE_S,
    most: int = MOST_PIXELS,
) -> Drawn | PageFault:
    """One page of a PDF from anywhere, with its stamps and seals; its scripts are never run.

    Args:
        data: The PDF.
        index: The page, counted from 0.
        scale: Gets the page's width and height in points; gives pixels in a point.
        cancelled: Asked all the while.
        patience: Seconds that it may take.
        most: Pixels that it may have; where it would have more it is drawn smaller.

    Returns:
        The picture, or why there is none.

    Raises:
        Cancelled: ``cancelled`` said so.
    """
    if too_heavy(data, index):
        return PageFault.TOO_SLOW
    until = time.monotonic() + patience
    if not _ONE_AT_A_TIME.acquire(timeout=_WAIT_S):
        return PageFault.TOO_SLOW
    with _turn_over(), _opened(data) as document:
        if isinstance(document, PageFault):
            return document
        try:
            if document.get_formtype() != raw.FORMTYPE_NONE:
                document.init_forms()  # signatures and their seals are fields of a form
            page = document[index]
        except (pypdfium2.PdfiumError, IndexError):
            return PageFault.BROKEN
        try:
            wide, high = page.get_size()
            if not _sound(wide, high):
                return PageFault.BROKEN
            width, height = pixels(wide, high, scale(wide, high), most)
            rgba = _drawn(page, width, height, lambda: cancelled() or time.monotonic() > until)
        finally:
            page.close()
    if cancelled():
        raise Cancelled
    return Drawn(wide, high, width, height, rgba) if rgba is not None else PageFault.TOO_SLOW


def pixels(wide: float, high: float, scale: float, most: int) -> tuple[int, int]:
    """Width and height in pixels, at least 1, of at most ``most`` together and none too long."""
    scale = min(scale, math.sqrt(most / (wide * high)), LONGEST_SIDE / max(wide, high))
    return max(1, min(LONGEST_SIDE, round(wide * scale))), max(1, min(LONGEST_SIDE, round(high * scale)))


@contextmanager
def turn() -> Iterator[None]:
    """One's turn with PDFium; everything that reads with it takes one.

    Raises:
        Cancelled: The reader is still busy with another file.
    """
    if not _ONE_AT_A_TIME.acquire(timeout=_WAIT_S):
        raise Cancelled
    with _turn_over():
        yield


@contextmanager
def _turn_over() -> Iterator[None]:
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument | PageFault]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        locked = code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        yield PageFault.ENCRYPTED if locked else PageFault.BROKEN
        return
    try:
        yield document
    finally:
        document.close()


def _drawn(page: pypdfium2.PdfPage, width: int, height: int, stop: Callable[[], bool]) -> bytes | None:
    """The page's pixels; None where it was told to stop. PDFium asks between the things on the page."""
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGRx, rev_byteorder=True)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        stopped = False

        def asked(_pause: object) -> int:
            nonlocal stopped
            stopped = stopped or stop()
            return int(stopped)

        pause = raw.IFSDK_PAUSE(version=1)
        kind = dict(raw.IFSDK_PAUSE._fields_)["NeedToPauseNow"]
        pause.NeedToPauseNow = ask = kind(asked)
        flags = raw.FPDF_ANNOT | raw.FPDF_REVERSE_BYTE_ORDER
        try:
            status = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, width, height, 0, flags, pause)
            while status == raw.FPDF_RENDER_TOBECONTINUED and not stopped:
                status = raw.FPDF_RenderPage_Continue(page, pause)
            if page.formenv and not stopped:
                raw.FPDF_FFLDraw(page.formenv, bitmap, page, 0, 0, width, height, 0, flags)
        finally:
            with suppress(pypdfium2.PdfiumError):
                raw.FPDF_RenderPage_Close(page)
            del ask
        return None if stopped else _packed(bitmap)
    finally:
        bitmap.close()


def _packed(bitmap: pypdfium2.PdfBitmap) -> bytes:
    data, row = bytes(bitmap.buffer), bitmap.width * 4
    if bitmap.stride == row:
        return data
    return b"".join(data[at : at + row] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
