"""A document to a PDF file: all or nothing, and the same bytes for the same document.

It writes one file and nothing else; what stands in the file was decided before.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tsguard.errors import Cancelled, DiskFull, MissingGlyphs, ReadOnly, StorageError, WriteFailed
from tsguard.report.document import Document
from tsguard.report.finish import finish
from tsguard.report.fonts import Fonts, shipped_fonts
from tsguard.report.typeset.pages import draw, furniture_texts

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


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


def write(
    document: Document,
    target: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    fonts: Fonts | None = None,
) -> WrittenReport:
    """Write a report; a file of that name is replaced once the new one is whole.

    Args:
        document: What to print.
        target: The PDF file.
        progress: Told the pages drawn and all pages.
        cancelled: Asked often.
        fonts: Others than the ones that come with the program.

    Raises:
        MissingGlyphs: Characters that no font has; nothing was written.
        Cancelled: ``cancelled`` said so; nothing was written.
        DiskFull: No room was left; nothing was written.
        ReadOnly: The folder does not allow it.
        WriteFailed: The system refused for another reason.
    """
    fonts = fonts or shipped_fonts()
    missing = fonts.missing((*document.texts(), *furniture_texts()))
    if missing:
        raise MissingGlyphs(missing)

    def check() -> None:
        if cancelled():
            raise Cancelled

    check()
    drawn = draw(document, fonts, check=check, progress=progress or (lambda _done, _all: None))
    data = finish(drawn.data, title=document.title.text, on=document.on)
    check()
    _replace(target, data)
    return WrittenReport(target, drawn.pages, len(data), hashlib.sha256(data).hexdigest())


def _replace(target: Path, data: bytes) -> None:
    part = target.with_name(f".tsguard-{secrets.token_hex(6)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _typed(target, error) from error
        raise


def _typed(target: Path, error: OSError) -> StorageError:
    if error.errno in _FULL:
        return DiskFull(target)
    if error.errno in _REFUSED:
        return ReadOnly(target)
    return WriteFailed(target, error.strerror or type(error).__name__)
