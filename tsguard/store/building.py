"""A vault file in the making: a draft beside its place, complete and on disk before it is moved there.

It must not leave anything behind when it fails, and never overwrites a file that is there.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Self

from tsguard.domain import windows_names
from tsguard.errors import NameRefused, VaultExists, WriteFailed, patience
from tsguard.store import driver, migrations
from tsguard.store.claim import is_held, lock_handle, make_movable
from tsguard.store.driver import Database, guarded
from tsguard.store.header import Header
from tsguard.store.secret import RawKey

_LONGEST_NAME = 255
"""Bytes: what file systems take; SQLite's log has four characters more than the vault."""

_LOGS = ("-wal", "-journal")
_FLAGS = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def build(path: Path, salt: Header, key: RawKey, at: str, fill: Callable[[Database], None]) -> None:
    """Make a vault with its first records.

    Args:
        path: Where; nothing is there.
        salt: Its first 16 bytes.
        key: Its key.
        at: The moment, as the journal writes it.
        fill: Writes the first records into the draft, so that no vault without them is ever in its place.

    Raises:
        VaultExists: Something is at that place by now.
        DiskFull: No room.
        ReadOnly: The folder can't be written to.
        WriteFailed: Another reason, such as a folder that does not exist or a name too long for a log.
    """
    with Draft(path) as draft:
        _fill(draft.path, path, salt, key, at, fill)
        settle(draft.path, path)


def refuse_name(path: Path) -> None:
    """Refuse a place whose name Windows takes for something else, where it is Windows.

    Raises:
        NameRefused: It does.
    """
    if os.name == "nt" and windows_names.is_refused(path.name):
        raise NameRefused(path)


def refuse_taken(path: Path) -> None:
    """Refuse a place that a new file can't have, before any work is done for it.

    Raises:
        NameRefused: Windows takes its name for something else, where it is Windows.
        VaultExists: Something is there.
    """
    refuse_name(path)
    if os.path.lexists(path):
        raise VaultExists(path)


class Draft:
    """An empty file beside a place; whatever is left of it at the end is taken away.

    It is locked, so that ``sweep`` tells it from what a killed program left behind.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        """Make the file.

        Args:
            path: The place.

        Raises:
            NameRefused: No vault can be called so, on Windows.
            DiskFull: No room.
            ReadOnly: The folder can't be written to.
            WriteFailed: Another reason, such as a folder that does not exist or a name too long for a log.
        """
        if "\0" in str(path):
            raise WriteFailed(path, os.strerror(errno.EINVAL))
        refuse_name(path)
        if len(os.fsencode(driver.log_of(path).name)) > _LONGEST_NAME:
            raise WriteFailed(path, os.strerror(errno.ENAMETOOLONG))
        self.path = path.with_name(f"{_stem(path)}{secrets.token_hex(4)}")
        with guarded(path):
            self._handle = make_movable(self.path)
        lock_handle(self._handle)

    def unlock(self) -> None:
        """Let go of the file, before somebody else claims it; twice does no harm."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.unlock()
        discard(self.path)


def settle(draft: Path, path: Path) -> None:
    """Make a draft durable and move it to its place.

    Raises:
        VaultExists: Something is there by now.
        StorageError: The file system said no.
    """
    with guarded(path):
        sync(draft)
        _move(draft, path)
        sync_folder(path.parent)


def sweep(path: Path) -> None:
    """Take away the drafts beside a place that a killed program left; none is anybody's only copy."""
    _sweep(path.parent, re.escape(_stem(path)))


def sweep_folder(folder: Path) -> None:
    """The same for all drafts of a folder that holds nothing but this program's files of one vault."""
    _sweep(folder, r"\..{1,40}\.tmp-")


def _sweep(folder: Path, stem: str) -> None:
    draft_name = re.compile(stem + "[0-9a-f]{8}(-wal|-journal)?")
    try:
        names = [each.name for each in os.scandir(folder) if draft_name.fullmatch(each.name)]
    except OSError:
        return
    for name in names:
        draft = folder / name
        if name.endswith(_LOGS):
            if not draft.with_name(name.rpartition("-")[0]).exists():
                discard(draft, Path.unlink)
            continue
        if is_held(draft):
            # Killed after it was in its place: another name of the vault that is open here. Or itself open.
            with contextlib.suppress(OSError):
                if os.lstat(draft).st_nlink > 1:
                    discard(draft, Path.unlink)
            continue
        try:
            # Not through a link: closing a handle to the vault would drop SQLite's lock on it.
            handle = os.open(draft, _FLAGS | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
        except OSError:
            continue
        try:
            free = lock_handle(handle)
        finally:
            os.close(handle)
        if free:
            discard(draft, Path.unlink)


def _stem(path: Path) -> str:
    # Shortened, so that a long name with its additions stays within what a file system takes.
    return f".{path.name[:40]}.tmp-"


def discard(draft: Path, remove: Callable[[Path], None] = patience.remove) -> None:
    """Take a file that is nobody's away, with its logs.

    Args:
        draft: The file.
        remove: How; what a killed program left need not be waited for, it goes the next time.
    """
    for leftover in (draft, *(draft.with_name(draft.name + log) for log in _LOGS)):
        with contextlib.suppress(OSError):
            remove(leftover)


def _fill(
    draft: Path, path: Path, salt: Header, key: RawKey, at: str, fill: Callable[[Database], None]
) -> None:
    database = driver.connect(draft, key.material, salt.salt, path)
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
            patience.rename(draft, path)
            return
        try:
            # A link never overwrites, a rename would.
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:
            # A file system without links, such as a USB stick's: hold the place, then take it.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            patience.replace(draft, path)
    except FileExistsError:
        raise VaultExists(path) from None


def sync(path: Path) -> None:
    """Make a file's content durable.

    Raises:
        OSError: The file system said no.
    """
    handle = os.open(path, _FLAGS)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
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
