"""The one door to SQLCipher and sqlite-utils, and the border where their errors become ours.

The only module that imports ``sqlcipher3`` or ``sqlite_utils``. It must not know a table of the vault.

sqlite-utils looks for ``pysqlite3`` before the standard library's ``sqlite3`` and catches the errors of
what it finds, so SQLCipher's driver has to stand under that name before sqlite-utils is first imported
(measured without it: five functions catch the wrong exceptions and one leaves a savepoint open).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tsguard.errors import (
    DiskFull,
    ReadOnly,
    StorageError,
    Unreadable,
    VaultDamaged,
    VaultInUse,
    WriteFailed,
    WrongPassphrase,
    from_os,
)

if TYPE_CHECKING:
    import sqlite_utils

_STEP = 256
"""Pages that are copied at a time."""

Row = dict[str, Any]
"""A row by column name: text, whole numbers, bytes or None."""

PAGE_SIZE = 4096
"""SQLCipher 4's page size in bytes; a vault's size is a multiple of it while no ``-wal`` lies beside."""

LOCK_OFFSET = 0x40000000
"""Begins the page whose bytes SQLite locks; never written, and unreadable on Windows while it is open."""

# SQLite's primary result codes (sqlite.org/rescode.html); the driver does not name them all.
_PERMISSION, _BUSY, _LOCKED, _READONLY, _IOERR = 3, 5, 6, 8, 10
_CORRUPT, _FULL, _CANTOPEN, _NOTADB = 11, 13, 14, 26


def load() -> Any:
    """Import the driver, and put it where sqlite-utils will look for it.

    Done when a vault is opened and not at start, for the time it takes.

    Returns:
        The driver's module, ``sqlcipher3.dbapi2``.
    """
    from sqlcipher3 import dbapi2  # noqa: PLC0415 - start-up time

    sys.modules.setdefault("pysqlite3", dbapi2)
    sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)
    return dbapi2


# ``backup`` raises errors that have words and no code (measured with sqlcipher3 0.6.4).
_WORDS = {
    "database or disk is full": _FULL,
    "disk I/O error": _IOERR,
    "database is locked": _BUSY,
    "database table is locked": _LOCKED,
    "database disk image is malformed": _CORRUPT,
    "file is not a database": _NOTADB,
    "attempt to write a readonly database": _READONLY,
    "unable to open database file": _CANTOPEN,
}


# Errors without a code of their own: somebody else's SQLCipher database, or tables that somebody changed.
_OTHER_TABLES = re.compile(
    r"no such (table|column|function|module|collation)|.* (already exists|has no column named) ?", re.DOTALL
)
_NO_TEXT = "Could not decode to UTF-8"


def _code(error: Exception) -> int:
    code = getattr(error, "sqlite_errorcode", None)
    return _WORDS.get(str(error), 0) if code is None else int(code) & 0xFF


def _from_driver(path: Path, error: Exception) -> StorageError | None:
    """The error of ours for a driver's; None where it is a bug, such as a broken CHECK."""
    name: str = getattr(error, "sqlite_errorname", type(error).__name__)
    code = _code(error)
    if code == _FULL:
        return DiskFull(path)
    if code in {_READONLY, _PERMISSION}:
        return ReadOnly(path)
    if code in {_BUSY, _LOCKED}:
        return VaultInUse(path)
    if code in {_CORRUPT, _NOTADB}:
        return VaultDamaged(path, name)
    if code == _IOERR:
        return WriteFailed(path, name)
    if code == _CANTOPEN:
        return Unreadable(path, name)
    if _OTHER_TABLES.match(str(error)):
        return VaultDamaged(path, "tables")
    if str(error).startswith(_NO_TEXT):
        return VaultDamaged(path, "text")
    return None


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn the driver's and the operating system's errors about a vault into ours.

    For use once the key is proven: a page that does not decrypt is damage here.

    Raises:
        DiskFull: No room.
        ReadOnly: The file or folder can't be written to.
        VaultInUse: Somebody else holds the file.
        VaultDamaged: A page is missing, malformed or not authentic, or the tables are not a vault's.
        Unreadable: The file can't be opened.
        WriteFailed: Another input/output error.
    """
    try:
        yield
    except OSError as error:
        raise from_os(path, error) from error
    except load().Error as error:
        translated = _from_driver(path, error)
        if translated is None:
            raise
        # The words of some quote what stands in a record.
        raise translated from None if str(error).startswith(_NO_TEXT) else error


def _nothing() -> None:
    """Do nothing."""


class Database:
    """An open connection whose every call raises our errors.

    Not safe to use from two threads at once; the vault's lock sees to that.

    Records go by prepared statements: sqlite-utils' ``upsert`` looks at the table anew each time (0.40 ms,
    not 0.23).

    Attributes:
        path: The file.
        before_write: Called before each write transaction; what it raises stops it.
        after_write: Called when one is durable; raises nothing.
    """

    def __init__(self, path: Path, connection: Any) -> None:
        self.path = path
        self.before_write: Callable[[], None] = _nothing
        self.after_write: Callable[[], None] = _nothing
        self._connection = connection

    @cached_property
    def utils(self) -> sqlite_utils.Database:
        """The sqlite-utils view of the connection, for migrations and a look at the tables.

        Made when it is asked for: unlocking does without its 15 MB and 90 ms. Plug-ins of sqlite-utils that
        happen to be installed have no business in a vault.
        """
        load()
        import sqlite_utils  # noqa: PLC0415 - start-up time

        return sqlite_utils.Database(self._connection, execute_plugins=False)

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one statement.

        Returns:
            The number of rows it changed; -1 for a statement that changes none.
        """
        with guarded(self.path):
            return int(self._connection.execute(sql, tuple(parameters)).rowcount)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query.

        Not by sqlite-utils' ``query``: on an error halfway, its savepoint and statement stay open and
        the ``-wal`` file can't be written back.
        """
        return list(self.each(sql, parameters))

    def each(self, sql: str, parameters: Sequence[object] = ()) -> Generator[Row, None, None]:
        """The rows of a query one after another, for tables that may be large.

        Whoever may leave the loop early closes the generator: a statement that is still being read
        keeps the ``-wal`` file from being written back.
        """
        with closing(self._connection.cursor()) as cursor:
            with guarded(self.path):
                cursor.execute(sql, tuple(parameters))
                names = [column[0] for column in cursor.description or ()]
            while True:
                with guarded(self.path):
                    batch = cursor.fetchmany(256)
                if not batch:
                    return
                for row in batch:
                    yield dict(zip(names, row, strict=True))

    def one(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        with guarded(self.path), closing(self._connection.cursor()) as cursor:
            row = cursor.execute(sql, tuple(parameters)).fetchone()
            names = [column[0] for column in cursor.description]
        return None if row is None else dict(zip(names, row, strict=True))

    def value(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """The first column of the first row of a query or pragma, or None."""
        with guarded(self.path), closing(self._connection.cursor()) as cursor:
            row = cursor.execute(sql, tuple(parameters)).fetchone()
        return None if row is None else row[0]

    def count(self, table: str) -> int:
        """The number of rows of a table."""
        return int(self.value(f'SELECT count(*) FROM "{table}"'))  # noqa: S608 - one of our own names

    def tables(self) -> set[str]:
        """The names of all tables."""
        with guarded(self.path):
            rows = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name for (name,) in rows}

    def insert(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one INSERT.

        Returns:
            The new row's id.
        """
        with guarded(self.path):
            return int(self._connection.execute(sql, tuple(parameters)).lastrowid or 0)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One write transaction: all of it is on disk when the block has ended, or nothing.

        Raises:
            StorageError: Of ``guarded``; everything is rolled back and the connection stays usable.
        """
        self.before_write()
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            # SQLite may have rolled back by itself, as it does when the disk is full.
            if self._connection.in_transaction:
                self.execute("ROLLBACK")
            raise
        self.after_write()

    @property
    def changes(self) -> int:
        """How many rows were changed through this connection; only for comparing."""
        return int(self._connection.total_changes)

    def copy_into(self, target: Database, progress: Callable[[int, int], None]) -> None:
        """Write all pages into another, empty database; what is committed meanwhile goes along.

        Args:
            target: It has its own key and salt.
            progress: Told the pages done and all pages, between two steps of 1 MiB (what is committed after
                the last does not go along); what it raises stops it.

        Raises:
            StorageError: Of ``guarded``; the target is not usable.
        """

        def told(_status: int, remaining: int, total: int) -> None:
            if remaining:
                progress(total - remaining, total)

        with guarded(target.path):
            self._connection.backup(target._connection, pages=_STEP, progress=told)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is under way."""
        return bool(self._connection.in_transaction)

    def close(self) -> None:
        """Close the connection; SQLite writes what the ``-wal`` file holds back where it can."""
        with guarded(self.path):
            self._connection.close()


def connect(file: Path, key: bytes, salt: bytes, path: Path | None = None) -> Database:
    """Open an encrypted file and prove the key on its first page; an empty file gets this key.

    The file is held exclusively until ``close`` (the kernel frees it when a process dies), and nothing
    is written yet.

    Args:
        file: The file; it exists.
        key: 32 bytes.
        salt: 16 bytes, the file's first.
        path: What errors shall call the file; None for its own path.

    Raises:
        WrongPassphrase: The first page does not decrypt with this key.
        VaultInUse: Another connection holds the file.
        VaultDamaged: The file is shorter than its first page says.
        Unreadable: The file can't be opened, read or locked.
    """
    driver = load()
    path = path or file
    with guarded(path):
        # An absolute path, so that no name can be taken for ":memory:" or a "file:" URI.
        connection = driver.connect(
            str(file.absolute()), timeout=0, isolation_level=None, check_same_thread=False
        )
    try:
        with guarded(path):
            connection.execute("PRAGMA cipher_log_level = NONE").close()
            connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"").close()
            # Before the first access: then the write-ahead log needs no shared memory, and a second
            # opener is refused at once.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").close()
        with guarded(path):
            try:
                # Reads the first page and no other.
                connection.execute("PRAGMA user_version").fetchone()
            except driver.DatabaseError as error:
                if _code(error) == _NOTADB:
                    raise WrongPassphrase(path) from None
                if _code(error) == _IOERR:
                    # Nothing was written yet: it can't be read, or not be locked.
                    raise Unreadable(path, "SQLITE_IOERR") from error
                raise
    except BaseException:
        connection.close()
        raise
    return Database(path, connection)


def log_of(file: Path) -> Path:
    """Where SQLite keeps what is committed and not yet in the file: ``-wal`` beside it."""
    return file.with_name(file.name + "-wal")


def prepare(database: Database) -> None:
    """Set how a proven database is written: durable at each commit, references checked.

    Raises:
        StorageError: Of ``guarded``.
    """
    mode = database.value("PRAGMA journal_mode = WAL")
    if mode != "wal":
        raise WriteFailed(database.path, f"journal mode {mode}")
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        # Checkpoints are made by the vault: it must know whether it was us who changed the file.
        "wal_autocheckpoint = 0",
        # So that a REPLACE meets the triggers that keep the journal append-only.
        "recursive_triggers = ON",
    ):
        database.value(f"PRAGMA {pragma}")


def checkpoint(database: Database) -> None:
    """Write the ``-wal`` file back into the database, so that one file holds everything.

    Raises:
        StorageError: Of ``guarded``; what was committed stays readable in both files together.
    """
    database.value("PRAGMA wal_checkpoint(TRUNCATE)")


def verify_pages(database: Database) -> None:
    """Check that every page of the file is authentic; some 0.3 s for 100 MB.

    Raises:
        VaultDamaged: ``what`` names the first page that is not.
        StorageError: Of ``guarded``.
    """
    for row in database.rows("PRAGMA cipher_integrity_check"):
        raise VaultDamaged(database.path, str(next(iter(row.values()))))
