"""Copies in clear that a person asks for: tables as CSV or TSV, evidence files. Whole or not at all.

No cell can become a formula where it is opened: one that starts like one gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from tsguard.report.plain_file import replace_plain
from tsguard.store.claim import refuse_replacing
from tsguard.store.telling import Cancel, Progress, never, silent

_STARTS_A_FORMULA = frozenset("=+-@\t\r\n")
_BOM = "\ufeff"


def harmless(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would run it as a formula."""
    first = unicodedata.normalize("NFKC", text.lstrip(" \u3000")[:1])
    return f"'{text}" if text[:1] in _STARTS_A_FORMULA or first in _STARTS_A_FORMULA else text


def as_csv(table: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV in UTF-8 with its mark, which Excel asks for."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in table)
    return (_BOM + out.getvalue()).encode("utf-8", "replace")


def as_tsv(table: Iterable[Sequence[str]]) -> str:
    """Rows as tab-separated text; a cell stays in its cell."""
    return "\n".join("\t".join(_pasted(" ".join(cell.split())) for cell in row) for row in table)


def _pasted(cell: str) -> str:
    """A cell as a spreadsheet takes it back: a quotation mark in front would open a quoted cell there."""
    return '"' + cell.replace('"', '""') + '"' if cell.startswith('"') else harmless(cell)


def write_csv(path: Path, table: Iterable[Sequence[str]]) -> None:
    """Write a table that spreadsheets open as it is.

    Raises:
        StorageError: The file system said no, or a vault is at that place; nothing is left behind.
    """
    refuse_replacing(path)
    replace_plain(path, (as_csv(table),))


def write_chunks(
    path: Path,
    chunks: Iterable[bytes],
    *,
    total: int = 0,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> None:
    """Write a file of some content.

    Args:
        path: Where.
        chunks: Its content.
        total: Its size in bytes, for progress.
        progress: Told the bytes done and ``total``.
        cancelled: Asked before each chunk.

    Raises:
        Cancelled: The person stopped it; nothing is left behind.
        StorageError: The file system said no, or a vault is at that place; nothing is left behind.
    """
    refuse_replacing(path)
    replace_plain(path, chunks, total=total, progress=progress, cancelled=cancelled)
