"""A complete copy of an open vault under any key: written beside its place, proven, then moved there.

The copy is opened with its key, every page and the whole journal are checked, before it is anybody's backup
or takes the vault's place. It must not overwrite anything.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from tsguard.errors import VaultDamaged, patience
from tsguard.store import audit, driver, migrations, records
from tsguard.store.driver import Database, guarded
from tsguard.store.header import Header
from tsguard.store.journal import Journal, utc_now
from tsguard.store.pages import PageCheck, Read
from tsguard.store.secret import RawKey
from tsguard.store.telling import Progress


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What a proven copy holds.

    Attributes:
        path: The file.
        size: In bytes.
        format_version: Number of its last migration.
        journal_entries: How many.
        journal_head: Hash of the newest entry, 64 hexadecimal digits.
        counts: Records by kind, such as ``("answer", 131)``.
    """

    path: Path
    size: int
    format_version: int
    journal_entries: int
    journal_head: str
    counts: tuple[tuple[str, int], ...]


def check_source(path: Path, read: Read, size: int, key: RawKey, salt: Header, progress: Progress) -> None:
    """Check every page before it is copied.

    SQLite's backup makes zeros of a page that SQLCipher refuses and says nothing (measured), and in the copy
    they would be authentic.

    Args:
        path: The vault, for the error.
        read: Reads its file.
        size: Its length in bytes; no log that belongs to it is waiting.
        key: The vault's.
        salt: The vault's.
        progress: Told the bytes done and all bytes.

    Raises:
        VaultDamaged: ``what`` names the first page that is not authentic.
    """
    for number in PageCheck(key.material, salt.salt).damaged(read, size, progress):
        raise VaultDamaged(path, f"page {number}")


def write(
    source: Database, draft: Path, key: RawKey, salt: Header, progress: Progress, path: Path | None = None
) -> None:
    """Copy all pages into an empty file.

    Args:
        source: What is committed while this runs goes along.
        draft: An empty file.
        key: The copy's.
        salt: The copy's.
        progress: Told the pages done and all pages.
        path: What errors shall call the draft.

    Raises:
        StorageError: It could not be written; the draft is not usable.
    """
    target = driver.connect(draft, key.material, salt.salt, path)
    try:
        # A draft that is not finished is thrown away; a finished one is synchronised as a whole.
        target.value("PRAGMA journal_mode = OFF")
        target.value("PRAGMA synchronous = OFF")
        source.copy_into(target, progress)
    finally:
        target.close()
    discard_logs(draft)


def prove(draft: Path, path: Path, key: RawKey, salt: Header, progress: Progress) -> CopyFacts:
    """Check a copy: header, every page, the journal's chain, every record against it.

    Args:
        draft: The copy, not open.
        path: The name for errors and facts.
        key: The copy's.
        salt: The copy's.
        progress: Told the bytes done and all bytes of the pages.

    Raises:
        VaultDamaged: It is not what it should be.
        StorageError: It can't be read.
    """
    with guarded(path), draft.open("rb") as file:
        size = draft.stat().st_size

        def read(offset: int, length: int) -> bytes:
            file.seek(offset)
            return file.read(length)

        if read(0, len(salt.salt)) != salt.salt:
            raise VaultDamaged(path, "header")
        check = PageCheck(key.material, salt.salt)
        for number in check.damaged(read, size, progress):
            raise VaultDamaged(path, f"page {number}")
    database = driver.connect(draft, key.material, salt.salt, path)
    try:
        journal = Journal(database, "", utc_now)
        entries = audit.verify(database, journal)
        there = database.tables()
        return CopyFacts(
            path,
            size,
            migrations.version(database),
            entries,
            journal.head,
            tuple(
                (table.kind, database.count(table.name)) for table in records.TABLES if table.name in there
            ),
        )
    finally:
        database.close()
        discard_logs(draft)


def discard_logs(draft: Path) -> None:
    """Take away the empty logs that closing a database in exclusive mode leaves behind."""
    for name in ("-journal", "-wal"):
        log = draft.with_name(draft.name + name)
        with contextlib.suppress(OSError):
            if log.stat().st_size == 0:
                patience.remove(log)
