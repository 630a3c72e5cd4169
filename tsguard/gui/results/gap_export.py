"""The list of gaps as CSV and as text for a spreadsheet.

No cell can become a formula where it is opened: one that starts like one gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from tsguard.errors import DiskFull, ReadOnly, StorageError, WriteFailed

_STARTS_A_FORMULA = set("=+-@\t\r\n")
_BOM = "\ufeff"


def harmless(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would run it as a formula."""
    first = unicodedata.normalize("NFKC", text.lstrip(" \u3000")[:1])
    return f"'{text}" if text[:1] in _STARTS_A_FORMULA or first in _STARTS_A_FORMULA else text


def as_csv(table: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV in UTF-8 with its mark, which Excel asks for."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in table)
    return (_BOM + out.getvalue()).encode("utf-8")


def as_tsv(table: Iterable[Sequence[str]]) -> str:
    """Rows as tab-separated text; a cell stays in its cell."""
    return "\n".join("\t".join(harmless(" ".join(cell.split())) for cell in row) for row in table)


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        StorageError: The file system said no; an older file is untouched.
    """
    temporary = path.with_name(f"{path.name}.part")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise _ours(path, error) from error


def _ours(path: Path, error: OSError) -> StorageError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(path)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return ReadOnly(path)
    return WriteFailed(path, error.strerror or type(error).__name__)
