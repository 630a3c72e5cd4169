"""Files written in clear outside the vault, whole or not at all. It decides nothing about what may leave."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QFileDevice, QIODevice, QSaveFile

from tsguard.errors import Cancelled, DiskFull, ReadOnly, StorageError, WriteFailed

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_chunks(
    path: Path,
    chunks: Iterable[bytes],
    *,
    total: int = 0,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Write a file; one that is there already is replaced only when the new one is whole.

    Args:
        path: Where.
        chunks: Its content.
        total: Its size in bytes, for progress.
        progress: Told the bytes done and ``total``.
        cancelled: Asked before each chunk.

    Raises:
        Cancelled: The person stopped it; nothing is left behind.
        StorageError: The file system said no; nothing is left behind.
    """
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise _typed(path, file)
    done = 0
    try:
        for chunk in chunks:
            if cancelled():
                raise Cancelled
            if file.write(chunk) != len(chunk):
                raise _typed(path, file)
            done += len(chunk)
            progress(done, total)
    except BaseException:
        file.cancelWriting()
        raise
    if not file.commit():
        raise _typed(path, file)


def write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write a table that spreadsheets open as it is: UTF-8 with a mark, no cell taken for a formula.

    Raises:
        StorageError: The file system said no; nothing is left behind.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    write_chunks(path, [text.getvalue().encode("utf-8-sig", "replace")])


def _typed(path: Path, file: QSaveFile) -> StorageError:
    error = file.error()
    if error is QFileDevice.FileError.PermissionsError:
        return ReadOnly(path)
    if error is QFileDevice.FileError.ResourceError:
        return DiskFull(path)
    return WriteFailed(path, file.errorString())
