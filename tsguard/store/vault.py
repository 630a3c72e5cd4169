"""The vault: one encrypted file, open.

Everything the program keeps goes through this class. It must not decide anything about the records it
keeps, nor speak to a person.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypedDict, TypeVar

from tsguard.errors import StorageError
from tsguard.store import (
    audit,
    building,
    driver,
    files,
    header,
    info,
    kdf,
    migrations,
    owner,
    records,
    rescue,
    unlocking,
)
from tsguard.store.claim import Claim
from tsguard.store.contents import Contents
from tsguard.store.driver import Database
from tsguard.store.files import StoredFile
from tsguard.store.header import Header
from tsguard.store.info import VaultInfo
from tsguard.store.journal import Clock, Journal, JournalEntry, timestamp, utc_now
from tsguard.store.journal_reading import JournalReader
from tsguard.store.kdf import PROFILES, KdfProfile
from tsguard.store.open_file import OpenFile
from tsguard.store.secret import RawKey, Secret
from tsguard.store.writer import Writer

T = TypeVar("T")

BeforeMigration = Callable[[OpenFile, int], None]
"""Told the file and the version of its tables; makes a proven copy."""


class Opening(TypedDict, total=False):
    """How a vault is opened where it is not the usual way; see ``Vault.open``."""

    take_over: bool
    before_migration: BeforeMigration | None
    announce: bool


class Vault(Contents):
    """An open vault; every method may be called from any thread, one at a time is served.

    Once closed, every method raises ``VaultClosed``. While it is open nobody in this process may open
    its file by other means: closing such a handle would drop SQLite's lock (see ``claim``).

    Attributes:
        path: The file's path.
        file: The file as a whole: keys and copies.
    """

    def __init__(self, file: OpenFile, who: str, clock: Clock) -> None:
        """Take over an open and migrated file; use ``create`` or ``open``."""
        self.path = file.path
        self.file = file
        self._who = who
        self._clock = clock
        self._access = file.access
        with file.access() as database:
            self._take(database)
        file.exchanged = self._take

    def _take(self, database: Database) -> None:
        self._journal = Journal(database, self._who, self._clock)
        self._reader = records.Reader(database)

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str,
        *,
        who: str,
        clock: Clock = utc_now,
        profiles: Mapping[int, KdfProfile] = PROFILES,
        first: Callable[[Writer], None] = lambda _writer: None,
    ) -> Self:
        """Make a new vault and open it; on failure nothing is left behind.

        Args:
            path: Where; its folder exists.
            passphrase: As typed.
            who: Whom the journal names.
            clock: For the journal.
            profiles: The key profiles by number; the newest is used.
            first: Writes the first records; a vault without them is never at that place, whatever happens.

        Raises:
            PassphraseTooShort: Fewer than 8 characters.
            VaultExists: Something is at that place.
            DiskFull: No room.
            ReadOnly: The folder can't be written to.
            WriteFailed: Another reason, such as a folder that does not exist.
        """
        kdf.check_length(passphrase)
        building.refuse_taken(path)
        salt = header.fresh(max(profiles))
        key = unlocking.key_of(passphrase, salt, profiles)

        def fill(database: Database) -> None:
            with database.transaction():
                writer = Writer(database, Journal(database, who, clock))
                first(writer)
                writer.end()

        building.build(path, salt, key, timestamp(clock), fill)
        claim = Claim(path, owner.ours(who, timestamp(clock)))
        try:
            return cls._connect(claim, salt, key, who, clock, profiles, rescue.keep_beside)
        except BaseException:
            claim.release()  # first: Windows removes no file that is open
            building.discard(claim.file)
            raise

    @classmethod
    def open(
        cls,
        path: Path,
        secret: Secret,
        *,
        who: str,
        clock: Clock = utc_now,
        profiles: Mapping[int, KdfProfile] = PROFILES,
        take_over: bool = False,
        before_migration: BeforeMigration | None = None,
        announce: bool = True,
    ) -> Self:
        """Open a vault; it is held exclusively until ``close`` or the end of the process.

        Args:
            path: The file.
            secret: The passphrase as typed, or the key itself.
            who: Whom the journal names.
            clock: For the journal.
            profiles: The key profiles by number.
            take_over: Open it also where another computer says to have it open, in a shared folder.
            before_migration: Makes a proven backup before the tables are changed, else the vault is not
                opened; by default a copy beside the vault.
            announce: Say beside the file who has it open; not for a copy that nobody else knows of.

        Raises:
            VaultMissing: There is no such file.
            NotAVault: It is something else.
            VaultInUse: It is open already, here or elsewhere.
            VaultNewer: A newer program wrote it; it is left untouched.
            VaultDamaged: It is truncated or otherwise broken.
            ReadOnly: The file or its folder can't be written to.
            WrongPassphrase: The passphrase does not open it.
            Unreadable: The operating system won't open it.
            StorageError: There was no room for the backup before a migration.
        """
        claim = Claim(path, owner.ours(who, timestamp(clock)) if announce else None, take_over=take_over)
        try:
            salt = unlocking.read_header(claim, profiles)
            key = unlocking.key_of(secret, salt, profiles)
            keep = before_migration or rescue.keep_beside
            return cls._connect(claim, salt, key, who, clock, profiles, keep)
        except BaseException:
            claim.release()
            raise

    @classmethod
    def _connect(
        cls,
        claim: Claim,
        salt: Header,
        key: RawKey,
        who: str,
        clock: Clock,
        profiles: Mapping[int, KdfProfile],
        before_migration: BeforeMigration,
    ) -> Self:
        database = unlocking.connect(claim, salt, key)
        try:
            migrations.check_version(database)
            driver.prepare(database)
            building.sweep(claim.file)
            file = OpenFile(claim, database, salt, key, who, clock, profiles)
            version = migrations.version(database)
            if version < len(migrations.MIGRATIONS):
                before_migration(file, version)
                migrations.migrate(database, timestamp(clock))
            vault = cls(file, who, clock)
            # On a full disk what nothing names stays until the next time; reading goes on.
            with contextlib.suppress(StorageError):
                files.purge(file.access)
        except BaseException:
            database.close()
            raise
        return vault

    def close(self) -> None:
        """Remove files that nothing names, leave one file behind, and give it up; twice does no harm.

        Raises:
            StorageError: Of ``OpenFile.close``; the vault is closed nevertheless.
        """
        self.file.close(lambda: files.purge(self._access))

    def __repr__(self) -> str:
        return f"<Vault {str(self.path)!r}{' closed' if self.file.closed else ''}>"

    @property
    def closed(self) -> bool:
        """Whether ``close`` was called."""
        return self.file.closed

    @property
    def journal_head(self) -> str:
        """Hash of the newest journal entry, 64 hexadecimal digits; zeros for an empty journal."""
        with self._access():
            return self._journal.head

    @property
    def journal_length(self) -> int:
        """How many journal entries there are."""
        with self._access():
            return self._journal.length

    def info(self) -> VaultInfo:
        """Figures about the vault as it is now.

        Raises:
            StorageError: It can't be read.
        """
        with self._access() as database:
            return info.gather(self.path, self.file.size(), self.file.header, database, self._journal)

    def journal(self, *, newest: int | None = None) -> tuple[JournalEntry, ...]:
        """Journal entries, oldest first.

        Args:
            newest: How many of the newest; None for all.
        """
        with self._access():
            return self._journal.entries(newest)

    def read_journal(self, read: Callable[[JournalReader], T]) -> T:
        """What a reading of the journal finds; it gives values, not an iterator over the file."""
        with self._access() as database:
            return read(JournalReader(database, self._reader))

    def verify_journal(self) -> int:
        """Check the journal's chain, and every record against the newest entry; the number of entries.

        Raises:
            VaultDamaged: Something does not fit; ``what`` names the first, such as ``journal entry 7``.
        """
        with self._access() as database:
            return audit.verify(database, self._journal)

    def verify_pages(self) -> None:
        """Check that every page of the file is authentic; some 0.3 s for 100 MB.

        Raises:
            VaultDamaged: ``what`` names the first page that is not.
        """
        with self._access() as database:
            driver.verify_pages(database)

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """One transaction: it is durable when the block has ended, and an exception undoes all of it.

        Raises:
            VaultClosed: The vault is closed.
            StorageError: It could not be written; nothing of it was, and the vault stays usable.
        """
        with self._access() as database:
            self.file.refuse_while_writing()
            head, length = self._journal.head, self._journal.length
            writer = Writer(database, self._journal)
            self.file.writing = True
            try:
                with database.transaction():
                    yield writer
            except BaseException:
                self._journal.restore(head, length)
                raise
            finally:
                writer.end()
                self.file.writing = False

    def store_file(
        self,
        path: Path,
        *,
        limit: int,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> StoredFile:
        """Take a file's content in; others can write meanwhile.

        What no record names by the time the vault is closed is removed.

        Args:
            path: The file.
            limit: The largest size in bytes.
            progress: Told the bytes done and the bytes there are, after each MiB.
            cancelled: Asked before each MiB.

        Raises:
            EvidenceTooLarge: Larger than the limit; found before reading, or while it grows.
            EvidenceEmpty: It has no content.
            Unreadable: Missing, not a file, a vault that is open here, or without permission.
            Cancelled: The person stopped it; nothing is kept.
            StorageError: The vault can't be written.
            VaultClosed: The vault was closed before or meanwhile.
        """
        with self._access():
            self.file.refuse_while_writing()
        with files.opened(path, limit) as source:
            return files.store(self._access, source, path, limit, progress, cancelled)

    def read_file(self, sha256: str) -> Iterator[bytes]:
        """A stored file's content in pieces of at most 1 MiB, checked at the end.

        Raises:
            UnknownRecord: The vault has no such file; raised at once.
            VaultDamaged: The content is another one; raised after the last piece.
        """
        return files.read(self._access, self.path, sha256)
