"""What is done with a vault's file where the ordinary way would lose something.

It must not overwrite or change a file that somebody else put at the vault's place.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tsguard.errors import StorageError, VaultExists, VaultReplaced, WriteFailed, from_os, patience
from tsguard.store import building, driver
from tsguard.store.claim import Claim
from tsguard.store.driver import Database
from tsguard.store.header import Header
from tsguard.store.journal import Clock, Journal
from tsguard.store.secret import RawKey
from tsguard.store.watch import Watch

if TYPE_CHECKING:
    from tsguard.store.open_file import OpenFile

_MOST_COPIES = 100


def note(draft: Path, key: RawKey, salt: Header, who: str, clock: Clock, action: str, about: str) -> None:
    """Write into a copy's journal what was done with the vault as a whole.

    Args:
        draft: The copy, not open.
        key: The copy's.
        salt: The copy's.
        who: Whom the entry names.
        clock: For the entry.
        action: Such as ``passphrase.change``.
        about: The entry's key: what it was done from, such as the id of the key before.

    Raises:
        StorageError: It could not be written.
    """
    database = driver.connect(draft, key.material, salt.salt)
    try:
        driver.prepare(database)
        journal = Journal(database, who, clock)
        with database.transaction():
            journal.append(action, "vault", about, None, None)
        driver.checkpoint(database)
    finally:
        database.close()


def refuse_log(claim: Claim) -> None:
    """Make sure that no log lies beside a vault that was closed.

    Raises:
        WriteFailed: One does, with something in it.
    """
    log = driver.log_of(claim.file)
    try:
        waiting = log.stat().st_size
    except FileNotFoundError:
        return
    except OSError as error:
        raise from_os(claim.path, error) from error
    if waiting:
        raise WriteFailed(claim.path, "log")
    with contextlib.suppress(OSError):
        patience.remove(log)


def keep_beside(file: OpenFile, version: int) -> None:
    """Leave a proven copy of a vault beside it, before its tables are changed.

    Args:
        file: The vault.
        version: Of its tables, for the name.

    Raises:
        StorageError: It could not be written.
    """
    _beside(file.file, f".v{version}", file.copy_to)


def close(database: Database, claim: Claim, watch: Watch, save: Callable[[Path], object]) -> None:
    """Close the connection; where the file is somebody else's by now, without a byte for it.

    Then what was open is saved beside it first, and its log is taken out of the way: SQLite would take it
    for a log of the file that is there now.

    Args:
        database: The connection.
        claim: To the file that was opened.
        watch: Knows whether it is still that one.
        save: Writes what is open to another path.

    Raises:
        VaultReplaced: It was somebody else's; ``saved`` tells where what was open is now.
        StorageError: It could not be closed in order.
    """
    try:
        watch.check()
    except VaultReplaced as error:
        saved: Path | None = None
        with contextlib.suppress(StorageError):
            saved = _beside(claim.file, f" {datetime.now(UTC).astimezone():%Y-%m-%d %H%M%S}", save)
        with contextlib.suppress(StorageError):
            _close_untouched(database, claim, moved=watch.moved)
        _set_log_aside(claim.file, saved)
        raise VaultReplaced(claim.path, missing=error.missing, saved=saved) from None
    except StorageError:
        # Nobody can tell whose it is: its log stays, for the next opening.
        with contextlib.suppress(StorageError):
            _close_untouched(database, claim, moved=watch.moved)
        raise
    database.close()


def _beside(file: Path, addition: str, save: Callable[[Path], object]) -> Path:
    for number in range(1, _MOST_COPIES):
        again = "" if number == 1 else f" {number}"
        path = file.with_name(f"{file.stem[:60]}{addition}{again}{file.suffix}")
        try:
            save(path)
        except VaultExists:
            continue
        return path
    raise VaultExists(file)


def _close_untouched(database: Database, claim: Claim, *, moved: bool) -> None:
    """Close without the checkpoint that SQLite makes on closing.

    It makes none for a file that is not at its place any more (``databaseIsUnmoved`` in pager.c). One that
    was changed in place is therefore put elsewhere for that moment, or its log emptied on Windows, where a
    file that is open can't be moved.
    """
    if moved:
        database.close()
        return
    if os.name == "nt":
        _close_without_log(database, claim)
        return
    elsewhere = claim.file.with_name(f".{claim.file.name[:40]}.away")
    try:
        claim.file.rename(elsewhere)
    except OSError as error:
        raise from_os(claim.path, error) from error
    try:
        database.close()
    finally:
        with contextlib.suppress(OSError):
            os.link(elsewhere, claim.file)
            elsewhere.unlink()
        if elsewhere.exists() and not claim.file.exists():
            with contextlib.suppress(OSError):
                elsewhere.rename(claim.file)


def _close_without_log(database: Database, claim: Claim) -> None:
    """Close while the log is empty: the checkpoint can't read its first page and ends before it writes any.

    That is what ``walCheckpoint`` in wal.c does after a short read. The log is back at its place afterwards.
    """
    log = driver.log_of(claim.file)
    kept = log.with_name(f".{claim.file.name[:40]}.away")
    try:
        shutil.copyfile(log, kept)
        building.sync(kept)
        os.truncate(log, 0)
    except FileNotFoundError:
        database.close()
        return
    except OSError as error:
        raise from_os(claim.path, error) from error
    try:
        database.close()
    finally:
        with contextlib.suppress(OSError):
            patience.replace(kept, log)


def _set_log_aside(file: Path, saved: Path | None) -> None:
    log = driver.log_of(file)
    with contextlib.suppress(OSError):
        if saved is not None:
            patience.remove(log)
        elif log.exists():
            # Nothing reads it any more but a person who knows what it is.
            patience.rename(log, log.with_name(f"{log.name}.orphan"))
