"""Contents of stored files, in chunks, inside the vault.

A file without a SHA-256 is on its way in or out, and whatever is left of one is removed when the vault
is opened and closed. It must not know what evidence is, only whether a record names the file.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tsguard.errors import (
    Cancelled,
    EvidenceEmpty,
    EvidenceTooLarge,
    TSGuardError,
    UnknownRecord,
    Unreadable,
    VaultDamaged,
)
from tsguard.store.claim import is_held
from tsguard.store.driver import Database
from tsguard.store.records import WITH_FILES
from tsguard.store.telling import Progress

CHUNK = 1024 * 1024
"""In bytes; a file is read, written and given back in pieces of this size."""

_BATCH = 8
"""Chunks that are removed in one transaction, so that the write-ahead log stays small."""

_NAMED = " UNION ALL ".join(
    f"SELECT {table.file.sha256} FROM {table.name} WHERE {table.file.sha256} IS NOT NULL"  # noqa: S608 - ours
    for table in WITH_FILES
    if table.file
)
"""The digests of all files that a record names."""

Access = Callable[[], AbstractContextManager[Database]]
"""Gives the database under the vault's lock; raises ``VaultClosed``."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is in the vault.

    Attributes:
        sha256: 64 hexadecimal digits.
        sm3: 64 hexadecimal digits (GB/T 32905).
        size: In bytes.
    """

    sha256: str
    sm3: str
    size: int


def store(
    access: Access,
    source: BinaryIO,
    path: Path,
    limit: int,
    progress: Progress | None,
    cancelled: Callable[[], bool],
) -> StoredFile:
    """Take a file in; one with the same content is kept once.

    Each chunk has a transaction of its own, so others can write in between.

    Args:
        access: To the vault.
        source: The file, opened by ``opened``.
        path: Its path, for errors.
        limit: The largest size in bytes.
        progress: Told after each chunk.
        cancelled: Asked before each chunk.

    Raises:
        Cancelled: The person stopped it; nothing is kept.
        EvidenceTooLarge: It grew beyond the limit while it was read.
        EvidenceEmpty: It has no content.
        Unreadable: The operating system won't read it.
        StorageError: The vault can't be written.
        VaultClosed: The vault was closed meanwhile.
    """
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - start-up time

    expected = os.fstat(source.fileno()).st_size
    sha256, sm3, size, number = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0, 0
    with access() as database, database.transaction():
        file = database.insert("INSERT INTO files (size) VALUES (0)")
    try:
        while True:
            if cancelled():
                raise Cancelled
            try:
                chunk = source.read(CHUNK)
            except OSError as error:
                raise Unreadable(path, error.strerror or "read") from error
            if not chunk:
                break
            size += len(chunk)
            if size > limit:
                raise EvidenceTooLarge(path, size, limit)
            sha256.update(chunk)
            sm3.update(chunk)
            with access() as database, database.transaction():
                database.execute(
                    "INSERT INTO file_chunks (file, number, content) VALUES (?, ?, ?)", (file, number, chunk)
                )
            number += 1
            if progress is not None:
                progress(size, max(size, expected))
        if not size:
            raise EvidenceEmpty(path)
        stored = StoredFile(sha256.hexdigest(), sm3.finalize().hex(), size)
        return _finish(access, file, stored)
    except BaseException:
        # Where even this fails, as on a closed vault, the next opening removes what is left.
        with contextlib.suppress(TSGuardError):
            _remove(access, file)
        raise


def _finish(access: Access, file: int, stored: StoredFile) -> StoredFile:
    with access() as database:
        if database.value("SELECT 1 FROM files WHERE sha256 = ?", (stored.sha256,)) is None:
            with database.transaction():
                database.execute(
                    "UPDATE files SET sha256 = ?, sm3 = ?, size = ? WHERE id = ?",
                    (stored.sha256, stored.sm3, stored.size, file),
                )
            return stored
    _remove(access, file)
    return stored


@contextlib.contextmanager
def opened(path: Path, limit: int) -> Iterator[BinaryIO]:
    """Open an ordinary file that is neither empty nor too large, before any of it is read.

    Raises:
        Unreadable: Missing, a folder, a device, or without permission.
        EvidenceEmpty: It has no content.
        EvidenceTooLarge: It is larger than the limit.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(path, "not a file")
        if found.st_size == 0:
            raise EvidenceEmpty(path)
        if found.st_size > limit:
            raise EvidenceTooLarge(path, found.st_size, limit)
        if is_held(path):
            # Closing it after a look would drop SQLite's lock on a vault that is open here.
            raise Unreadable(path, os.strerror(errno.EBUSY))
        source = path.open("rb", buffering=0)
    except (OSError, ValueError) as error:
        raise Unreadable(path, getattr(error, "strerror", None) or "name") from error
    with source:
        yield source


def read(access: Access, path: Path, sha256: str) -> Iterator[bytes]:
    """Give a file's content, chunk by chunk, and check both digests and the size at the end.

    Args:
        access: To the vault.
        path: The vault's, for errors.
        sha256: Which file.

    Raises:
        UnknownRecord: There is no such file; raised at once.
        VaultDamaged: The content is not the one that was stored; raised after the last chunk, with
            ``altered(sha256)`` as its part. Or a page can't be read; raised where it is met.
    """
    with access() as database:
        row = database.one("SELECT id, sm3, size FROM files WHERE sha256 = ?", (sha256,))
    if row is None:
        raise UnknownRecord("file", sha256)
    return _chunks(access, path, row["id"], StoredFile(sha256, row["sm3"], row["size"]))


def altered(sha256: str) -> str:
    """What ``VaultDamaged`` names where a file was read to its end and is another than was stored."""
    return f"file {sha256}"


def _chunks(access: Access, path: Path, file: int, stored: StoredFile) -> Iterator[bytes]:
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - start-up time

    sha256, sm3, size, number = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0, 0
    while True:
        with access() as database:
            chunk = database.value(
                "SELECT content FROM file_chunks WHERE file = ? AND number = ?", (file, number)
            )
        if chunk is None:
            break
        sha256.update(chunk)
        sm3.update(chunk)
        size += len(chunk)
        yield chunk
        number += 1
    if StoredFile(sha256.hexdigest(), sm3.finalize().hex(), size) != stored:
        raise VaultDamaged(path, altered(stored.sha256))


def purge(access: Access) -> int:
    """Remove files that are incomplete, or that no record names.

    Returns:
        How many.

    Raises:
        StorageError: The vault can't be written; what is left is removed next time.
    """
    with access() as database:
        rows = database.rows(
            f"SELECT id FROM files WHERE sha256 IS NULL OR sha256 NOT IN ({_NAMED})"  # noqa: S608 - ours
        )
    for row in rows:
        _remove(access, row["id"])
    return len(rows)


def _remove(access: Access, file: int) -> None:
    """Remove a file in several short transactions; interrupted, it counts as incomplete."""
    with access() as database, database.transaction():
        database.execute("UPDATE files SET sha256 = NULL, sm3 = NULL WHERE id = ?", (file,))
    removed = _BATCH
    while removed == _BATCH:
        with access() as database, database.transaction():
            removed = database.execute(
                "DELETE FROM file_chunks WHERE rowid IN "
                "(SELECT rowid FROM file_chunks WHERE file = ? LIMIT ?)",
                (file, _BATCH),
            )
    with access() as database, database.transaction():
        database.execute("DELETE FROM files WHERE id = ?", (file,))
