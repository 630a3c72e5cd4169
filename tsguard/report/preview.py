"""Pages of a finished PDF as pictures, by a reader that did not write it.

The only module besides the leak guard that reads PDFs back. It keeps nothing.
"""

from __future__ import annotations

import threading

import pypdfium2

_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not safe in two threads at once, not even on two documents."""


def count(data: bytes) -> int:
    """How many pages a PDF has."""
    with _ONE_AT_A_TIME:
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
    """
    with _ONE_AT_A_TIME:
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


def _packed(bitmap: pypdfium2.PdfBitmap) -> bytes:
    raw, row = bytes(bitmap.buffer), bitmap.width * 4
    if bitmap.stride == row:
        return raw
    return b"".join(raw[at : at + row] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
