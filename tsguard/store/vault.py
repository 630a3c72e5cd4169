"""The vault: one encrypted file, open.

Everything the program keeps goes through this class. It must not decide anything about the records it
keeps, nor speak to a person.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import ReadOnly, StorageError, Unreadable, VaultClosed, VaultExists
from tsguard.store import audit, building, driver, files, header, info, kdf, migrations, records
from tsguard.store.claim import Claim
from tsguard.store.driver import Database
from tsguard.store.files import StoredFile
from tsguard.store.header import Header
from tsguard.store.info import VaultInfo
from tsguard.store.journal import Clock, Journal, JournalEntry, timestamp, utc_now
from tsguard.store.kdf import PROFILES, KdfProfile
from tsguard.store.writer import Writer

_BY_NUMBER = "length(id), id"
"""E-99 before E-100."""


class Vault:
    """An open vault; every method may be called from any thread, one at a time is served.

    Once closed, every method raises ``VaultClosed``. While it is open nobody in this process may open
    its file by other means: closing such a handle would drop SQLite's lock (see ``claim``).

    Attributes:
        path: The file.
    """

    def __init__(self, claim: Claim, database: Database, salt: Header, who: str, clock: Clock) -> None:
        """Take over an open and migrated database; use ``create`` or ``open``."""
        self.path = claim.path
        self._claim = claim
        self._database = database
        self._header = salt
        self._journal = Journal(database, who, clock)
        self._reader = records.Reader(database)
        self._lock = threading.RLock()
        self._closed = False
        self._writing = False

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
        if os.path.lexists(path):
            raise VaultExists(path)
        salt = header.fresh(max(profiles))
        key = _derive(passphrase, salt, profiles)

        def fill(database: Database) -> None:
            with database.transaction():
                writer = Writer(database, Journal(database, who, clock))
                first(writer)
                writer.end()

        building.build(path, salt, key, timestamp(clock), fill)
        claim = Claim(path)
        try:
            return cls._connect(claim, salt, key, who, clock)
        except BaseException:
            claim.release()
            raise

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: str,
        *,
        who: str,
        clock: Clock = utc_now,
        profiles: Mapping[int, KdfProfile] = PROFILES,
    ) -> Self:
        """Open a vault; it is held exclusively until ``close`` or the end of the process.

        Args:
            path: The file.
            passphrase: As typed.
            who: Whom the journal names.
            clock: For the journal.
            profiles: The key profiles by number.

        Raises:
            VaultMissing: There is no such file.
            NotAVault: It is something else.
            VaultInUse: It is open already, here or elsewhere.
            VaultNewer: A newer program wrote it; it is left untouched.
            VaultDamaged: It is truncated or otherwise broken.
            ReadOnly: The file or its folder can't be written to.
            WrongPassphrase: The passphrase does not open it.
            Unreadable: The operating system won't open it.
        """
        claim = Claim(path)
        try:
            salt = header.parse(path, claim.start(header.LENGTH), profiles, max(profiles))
            header.check_length(path, claim.size, driver.log_of(claim.file))
            if not (os.access(claim.file, os.W_OK) and os.access(claim.file.parent, os.W_OK)):
                raise ReadOnly(path)
            key = _derive(passphrase, salt, profiles)
            return cls._connect(claim, salt, key, who, clock)
        except BaseException:
            claim.release()
            raise

    @classmethod
    def _connect(cls, claim: Claim, salt: Header, key: bytes, who: str, clock: Clock) -> Self:
        database = driver.connect(claim.file, key, salt.salt, claim.path)
        try:
            migrations.check_version(database)
            driver.prepare(database)
            migrations.migrate(database, timestamp(clock))
            vault = cls(claim, database, salt, who, clock)
            # On a full disk what nothing names stays until the next time; reading goes on.
            with contextlib.suppress(StorageError):
                files.purge(vault._access)
        except BaseException:
            database.close()
            raise
        return vault

    def close(self) -> None:
        """Remove files that nothing names, leave one file behind, and give it up; twice does no harm.

        Raises:
            StorageError: Tidying up failed, say on a full disk. The vault is closed nevertheless and
                nothing is lost, but a ``-wal`` file that belongs to it may lie beside it.
        """
        with self._lock:
            if self._closed:
                return
            self._refuse_while_writing()
            failures: list[StorageError] = []
            for step in (
                lambda: files.purge(self._access),
                lambda: driver.checkpoint(self._database),
                self._database.close,
            ):
                try:
                    step()
                except StorageError as error:
                    failures.append(error)
            self._closed = True
            self._claim.release()
            if failures:
                raise failures[0]

    def __repr__(self) -> str:
        return f"<Vault {str(self.path)!r}{' closed' if self._closed else ''}>"

    @property
    def closed(self) -> bool:
        """Whether ``close`` was called."""
        return self._closed

    @property
    def journal_head(self) -> str:
        """Hash of the newest journal entry, 64 hexadecimal digits; zeros for an empty journal."""
        with self._access():
            return self._journal.head

    def info(self) -> VaultInfo:
        """Figures about the vault as it is now.

        Raises:
            StorageError: It can't be read.
        """
        with self._access() as database:
            return info.gather(self.path, self._size(), self._header, database, self._journal)

    def enterprises(self) -> tuple[Enterprise, ...]:
        """All enterprises, in the order they were added."""
        with self._access() as database:
            table = records.ENTERPRISES
            return tuple(self._reader.value(Enterprise, state, table) for state in table.states(database))

    def assessments(self, enterprise: str) -> tuple[Assessment, ...]:
        """An enterprise's assessments, oldest first."""
        with self._access() as database:
            states = records.ASSESSMENTS.states(
                database, "enterprise = ?", (enterprise,), order="started, rowid"
            )
            return tuple(map(self._reader.assessment, states))

    def answers(self, assessment: str) -> dict[str, Answer]:
        """An assessment's answers by item."""
        with self._access() as database:
            states = records.ANSWERS.states(database, "assessment = ?", (assessment,))
            return {state["item"]: self._reader.answer(state) for state in states}

    def evidence(self, enterprise: str) -> tuple[Evidence, ...]:
        """An enterprise's evidence, in order of its numbers."""
        with self._access() as database:
            states = records.EVIDENCE.states(database, "enterprise = ?", (enterprise,), order=_BY_NUMBER)
            return tuple(map(self._reader.evidence, states))

    def secret_points(self, enterprise: str) -> tuple[SecretPoint, ...]:
        """An enterprise's secret points, in order of their numbers."""
        with self._access() as database:
            table = records.SECRET_POINTS
            states = table.states(database, "enterprise = ?", (enterprise,), order=_BY_NUMBER)
            return tuple(self._reader.value(SecretPoint, state, table) for state in states)

    def form_values(self, assessment: str) -> tuple[FormValue, ...]:
        """What was filled into an assessment's application form."""
        with self._access() as database:
            table = records.FORM_VALUES
            states = table.states(database, "assessment = ?", (assessment,))
            return tuple(self._reader.value(FormValue, state, table) for state in states)

    def setting(self, name: str) -> str | None:
        """A setting that belongs to the vault, or None where it was never put."""
        with self._access() as database:
            state = records.SETTINGS.state(database, (name,))
            return None if state is None else str(state["value"])

    def journal(self, *, newest: int | None = None) -> tuple[JournalEntry, ...]:
        """Journal entries, oldest first.

        Args:
            newest: How many of the newest; None for all.
        """
        with self._access():
            return self._journal.entries(newest)

    def verify_journal(self) -> int:
        """Check the journal's chain, and every record against the newest entry about it.

        Returns:
            The number of entries.

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
            self._refuse_while_writing()
            head, length = self._journal.head, self._journal.length
            writer = Writer(database, self._journal)
            self._writing = True
            try:
                with database.transaction():
                    yield writer
            except BaseException:
                self._journal.restore(head, length)
                raise
            finally:
                writer.end()
                self._writing = False

    def store_file(
        self,
        path: Path,
        *,
        limit: int,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> StoredFile:
        """Take a file's content in; others can write meanwhile.

        What no evidence names by the time the vault is closed is removed.

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
            self._refuse_while_writing()
        with files.opened(path, limit) as source:
            return files.store(self._access, source, path, limit, progress, cancelled)

    def read_file(self, sha256: str) -> Iterator[bytes]:
        """A stored file's content in pieces of at most 1 MiB, checked at the end.

        Raises:
            UnknownRecord: The vault has no such file; raised at once.
            VaultDamaged: The content is another one; raised after the last piece.
        """
        return files.read(self._access, self.path, sha256)

    @contextmanager
    def _access(self) -> Iterator[Database]:
        with self._lock:
            if self._closed:
                raise VaultClosed(self.path)
            yield self._database

    def _refuse_while_writing(self) -> None:
        if self._writing:
            message = "not inside a transaction"
            raise RuntimeError(message)

    def _size(self) -> int:
        log = driver.log_of(self._claim.file)
        try:
            return self._claim.file.stat().st_size + (log.stat().st_size if log.exists() else 0)
        except OSError as error:
            raise Unreadable(self.path, error.strerror or "stat") from error


def _derive(passphrase: str, salt: Header, profiles: Mapping[int, KdfProfile]) -> bytes:
    """The key, while the database libraries are being imported beside it."""
    loading = threading.Thread(target=driver.load, daemon=True)
    loading.start()
    try:
        return kdf.derive(passphrase, salt.salt, profiles[salt.profile])
    finally:
        loading.join()
