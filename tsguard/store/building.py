"""A new vault file: made beside its place, complete and on disk, then moved there without overwriting.

It must not leave anything behind when it fails, and never touches a file that is there.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from tsguard.errors import VaultExists, WriteFailed
from tsguard.store import driver, migrations
from tsguard.store.driver import Database, guarded
from tsguard.store.header import Header

_LONGEST_NAME = 255
"""Bytes: what file systems take; SQLite's log has four characters more than the vault."""


def build(path: Path, header: Header, key: bytes, at: str, fill: Callable[[Database], None]) -> None:
    """Make a vault with its first records.

    Args:
        path: Where; nothing is there.
        header: Its first 16 bytes.
        key: 32 bytes.
        at: The moment, as the journal writes it.
        fill: Writes the first records into the draft, so that no vault without them is ever in its place.

    Raises:
        VaultExists: Something is at that place by now.
        DiskFull: No room.
        ReadOnly: The folder can't be written to.
        WriteFailed: Another reason, such as a folder that does not exist or a name too long for a log.
    """
    if "\0" in str(path):
        raise WriteFailed(path, os.strerror(errno.EINVAL))
    if len(os.fsencode(driver.log_of(path).name)) > _LONGEST_NAME:
        raise WriteFailed(path, os.strerror(errno.ENAMETOOLONG))
    # Shortened, so that a long name with its additions stays within what a file system takes.
    draft = path.with_name(f".{path.name[:40]}.tmp-{secrets.token_hex(4)}")
    try:
        with guarded(path):
            os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _fill(draft, path, header, key, at, fill)
        with guarded(path):
            _sync(draft)
            _move(draft, path)
            _sync_folder(path.parent)
    finally:
        for leftover in (
            draft,
            driver.log_of(draft),
            draft.with_name(draft.name + "-journal"),
        ):
            with contextlib.suppress(OSError):
                leftover.unlink()


def _fill(
    draft: Path, path: Path, header: Header, key: bytes, at: str, fill: Callable[[Database], None]
) -> None:
    database = driver.connect(draft, key, header.salt, path)
    try:
        driver.prepare(database)
        migrations.migrate(database, at)
        with database.transaction():
            for name, value in (("format", str(migrations.FORMAT)), ("created_at", at)):
                database.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (name, value))
        fill(database)
        driver.checkpoint(database)
    finally:
        database.close()


def _move(draft: Path, path: Path) -> None:
    try:
        if os.name == "nt":
            # There, a rename never overwrites.
            draft.rename(path)
            return
        try:
            # A link never overwrites, a rename would.
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:
            # A file system without links, such as a USB stick's: hold the place, then take it.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            draft.replace(path)
    except FileExistsError:
        raise VaultExists(path) from None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Make a folder's entries durable, where the system has a way to."""
    if os.name == "nt":
        return
    # Some file systems have no fsync of a folder; the vault is complete and in its place by now.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
