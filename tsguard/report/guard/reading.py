"""A finished file read back by its format, and a piece of evidence by its content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tsguard.domain.dossier import Format
from tsguard.domain.leaks import Part, Place
from tsguard.report.guard.docx_reading import read_docx
from tsguard.report.guard.json_reading import decoded
from tsguard.report.guard.passages import IllegibleFile, Passage, Readout
from tsguard.report.guard.pdf_reading import read_pdf
from tsguard.report.pdf_header import is_pdf

_OUTSIDE = frozenset({Part.METADATA, Part.OUTLINE, Part.FILE_NAME})
"""What of an internal edition is seen without opening it, or goes into other programs' lists."""


def read_back(
    data: bytes,
    form: Format,
    file_name: str,
    *,
    inside: bool = True,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Readout:
    """Everything of a file of the dossier in which words can stand.

    Args:
        data: The very bytes that are to be written.
        form: Its format.
        file_name: What it will be called.
        inside: Whether its content is read, too; else only what surrounds it.
        progress: Told the pages read and all pages.
        cancelled: Asked often.

    Raises:
        IllegibleFile: It can't be read: a bug of what wrote it.
        Cancelled: ``cancelled`` said so.
    """
    if form is Format.PDF:
        readout = read_pdf(data, text=inside, progress=progress, cancelled=cancelled)
    else:
        readout = read_docx(data, cancelled=cancelled)
        if not inside:
            readout = replace(
                readout, passages=tuple(each for each in readout.passages if each.place.part in _OUTSIDE)
            )
    return replace(readout, passages=(*readout.passages, Passage(Place(Part.FILE_NAME), file_name)))


def read_evidence(data: bytes, *, cancelled: Callable[[], bool] = lambda: False) -> Readout | None:
    """The text of a file from anywhere; None for a picture, a recording and other files without text.

    Raises:
        IllegibleFile: It is locked, damaged, or too much for the reader.
        Cancelled: ``cancelled`` said so, or the reader is busy with another file.
    """
    if is_pdf(data):
        return read_pdf(data, cancelled=cancelled, wary=True)
    if data.startswith(b"PK\x03\x04"):
        return read_docx(data, cancelled=cancelled)
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    if data.startswith((b"\xff\xd8\xff", b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        return None
    return Readout((Passage(Place(Part.PAGE), decoded(data)),))


__all__ = ["IllegibleFile", "read_back", "read_evidence"]
