"""A vault's file while it is open: its claim, connection and key; copies; the exchange for a new key.

It must not know what is in the tables.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tsguard.errors import StorageError, Unreadable, VaultClosed
from tsguard.store import building, copying, driver, header, kdf, rescue, unlocking
from tsguard.store.claim import Claim
from tsguard.store.copying import CopyFacts
from tsguard.store.driver import Database
from tsguard.store.header import Header
from tsguard.store.journal import Clock
from tsguard.store.kdf import KdfProfile
from tsguard.store.secret import RawKey, Secret, key_id
from tsguard.store.telling import Cancel, Progress, Told, never, silent, straight
from tsguard.store.watch import Watch

_LARGEST_LOG = 4 * 1024 * 1024
"""Bytes: a log that has grown beyond this is written back."""
_ATTEMPTS = 3
"""At a new key, before others have to wait until it is done."""


class OpenFile:
    """An open file; every method may be called from any thread, one at a time is served.

    Attributes:
        path: The file, as it was asked for.
        file: The file itself, where the path is a link.
        header: Its first 16 bytes.
        writing: Whether a transaction of records is under way; it can't be closed or exchanged meanwhile.
        exchanged: Told the connection when the file got another one.
    """

    def __init__(
        self,
        claim: Claim,
        database: Database,
        salt: Header,
        key: RawKey,
        who: str,
        clock: Clock,
        profiles: Mapping[int, KdfProfile],
    ) -> None:
        """Take over a claimed file and its prepared connection."""
        self.path = claim.path
        self.file = claim.file
        self.writing = False
        self.exchanged: Callable[[Database], None] = lambda _database: None
        self._claim = claim
        self._who = who
        self._clock = clock
        self._profiles = profiles
        self._lock = threading.RLock()
        self._copies_done = threading.Condition(self._lock)
        self._copies = 0
        self._changing = threading.Lock()
        self._closing = self._closed = False
        self._take(database, salt, key)

    def _take(self, database: Database, salt: Header, key: RawKey) -> None:
        self._database = database
        self.header = salt
        self._key = key
        self._watch = Watch(self._claim)
        database.before_write = self._watch.check
        database.after_write = self._shorten_log

    @property
    def closed(self) -> bool:
        """Whether ``close`` was called."""
        return self._closed

    @contextmanager
    def access(self) -> Iterator[Database]:
        """The connection, for one thread at a time.

        Raises:
            VaultClosed: The vault is closed.
        """
        with self._lock:
            if self._closed:
                raise VaultClosed(self.path)
            yield self._database

    def refuse_while_writing(self) -> None:
        """Stop a caller that would pull the file from under its own transaction.

        Raises:
            RuntimeError: A transaction is under way: a bug.
        """
        if self.writing:
            message = "not inside a transaction"
            raise RuntimeError(message)

    def size(self) -> int:
        """Bytes of the file with what waits in its log.

        Raises:
            Unreadable: The operating system won't tell.
        """
        log = driver.log_of(self.file)
        try:
            return self.file.stat().st_size + (log.stat().st_size if log.exists() else 0)
        except OSError as error:
            raise Unreadable(self.path, error.strerror or "stat") from error

    def read(self, offset: int, length: int) -> bytes:
        """Bytes of the file as they are on disk, without what waits in its log; inside ``access``.

        Raises:
            Unreadable: The operating system won't read them.
        """
        return self._claim.read(offset, length)

    def close(self, tidy: Callable[[], object]) -> None:
        """Leave one file behind and give it up; twice does no harm.

        Copies that are being made are stopped. Where the file is no longer the one that was opened, it is
        left as it is, and what was open is left beside it (see ``rescue``).

        Args:
            tidy: Done before, while the file can still be written.

        Raises:
            StorageError: Something failed, say on a full disk. The file is closed nevertheless and nothing
                is lost, but a ``-wal`` file that belongs to it may lie beside it.
            VaultReplaced: The file is no longer the one that was opened.
        """
        with self._lock:
            if self._closed:
                return
            self.refuse_while_writing()
            self._closing = True
            self._copies_done.wait_for(lambda: not self._copies)
            if self.closed:  # by somebody else, while this one waited
                return
            failures: list[StorageError] = []
            try:
                for step in (tidy, self._write_log_back, self._let_go):
                    try:
                        step()
                    except StorageError as error:
                        failures.append(error)
            finally:  # whatever bug there may be, what was to be locked is locked
                self._closed = True
                del self._key  # whoever still holds the closed file holds no key
                self._claim.release()
            if failures:
                raise failures[-1]

    # --- keys -------------------------------------------------------------------------------------

    @property
    def profiles(self) -> Mapping[int, KdfProfile]:
        """The key profiles by number that it was opened with."""
        return self._profiles

    @property
    def key_id(self) -> str:
        """A name for the key, 8 hexadecimal digits that tell nothing about it; a new key has another."""
        return key_id(self.header.salt)

    def raw_key(self) -> RawKey:
        """The key itself, for a recovery code."""
        with self.access():
            return self._key

    def proves(self, secret: Secret) -> bool:
        """Whether that is the vault's passphrase or key; takes as long as opening does."""
        return unlocking.key_of(secret, self.header, self._profiles).same(self.raw_key())

    def change_passphrase(
        self,
        passphrase: str,
        *,
        progress: Progress = silent,
        cancelled: Cancel = never,
    ) -> None:
        """Put a complete new file under a new key, of the newest profile, in this one's place.

        Whatever happens, the file at this place opens with the old passphrase or with the new one. Copies
        made before keep the old one.

        Args:
            passphrase: As typed.
            progress: Told the work done and all work.
            cancelled: Asked between steps of 1 MiB, until the new file is complete.

        Raises:
            PassphraseTooShort: Fewer than 8 characters.
            Cancelled: The person stopped it; nothing has changed.
            VaultDamaged: A page of this vault is not authentic, or the journal does not fit.
            StorageError: It could not be written; nothing has changed.
            VaultClosed: The exchange left a file that can't be opened here and now; it is closed.
        """
        kdf.check_length(passphrase)
        salt = header.fresh(max(self._profiles))
        key = unlocking.key_of(passphrase, salt, self._profiles)
        told = Told(progress, lambda: cancelled() or self._closing)
        for attempt in range(1, _ATTEMPTS + 1):
            # Others go on reading and writing, until they have been in the way too often.
            alone = self._lock if attempt == _ATTEMPTS else contextlib.nullcontext()
            with self._changing, self._copying(), alone:
                if attempt == _ATTEMPTS:
                    self._await_copies(own=1)
                if self._rekeyed(salt, key, told, breathing=attempt < _ATTEMPTS):
                    return

    def _rekeyed(self, salt: Header, key: RawKey, told: Told, *, breathing: bool) -> bool:
        """Make the new file and put it in place; False where something was written meanwhile."""
        with building.Draft(self.file) as draft:
            with self.access() as database:
                self._watch.check()
                breathe = self._breathing if breathing else straight
                self._check_pages(breathe(told.first))
                copying.write(database, draft.path, key, salt, breathe(told.second), self.path)
                changes = database.changes
            rescue.note(draft.path, key, salt, self._who, self._clock, "passphrase.change", self.key_id)
            copying.prove(draft.path, self.path, key, salt, told.third)
            with driver.guarded(self.path):
                building.sync(draft.path)
            with self.access() as database:
                self._await_copies(own=1)
                if database.changes != changes:
                    return False
                draft.unlock()
                self._exchange(draft.path, salt, key)
                return True

    def replace_with(
        self, draft: building.Draft, salt: Header, key: RawKey, still: Callable[[], bool]
    ) -> bool:
        """Put another complete and proven file, beside this one, in its place, in one step; whether it was.

        Args:
            draft: The other file, on disk.
            salt: Its header.
            key: Its key.
            still: Whether to; asked when nothing can be written in between any more.

        Raises:
            VaultReplaced: This file is no longer the one that was opened; nothing has changed.
            StorageError: The file system said no; nothing has changed.
        """
        with self.access():
            self.refuse_while_writing()
            self._await_copies(own=0)  # meanwhile others write
            if not still():
                return False
            self._watch.check()
            with driver.guarded(self.path):
                building.sync(draft.path)
            draft.unlock()
            self._exchange(draft.path, salt, key)
            return True

    def _exchange(self, draft: Path, salt: Header, key: RawKey) -> None:
        """Close the connection, put the draft in the file's place, open that; or open the old one again."""
        self._write_log_back()
        self._database.close()
        try:
            # A log of the old file would be taken for one of the new.
            rescue.refuse_log(self._claim)
            self._claim.follow(draft)
            building.sync_folder(self.file.parent)
        except BaseException:
            self._reopen(self.header, self._key)
            raise
        self._reopen(salt, key)

    def _reopen(self, salt: Header, key: RawKey) -> None:
        try:
            database = unlocking.connect(self._claim, salt, key)
            try:
                driver.prepare(database)
                self._take(database, salt, key)
                self.exchanged(database)
            except BaseException:
                database.close()
                raise
        except BaseException as error:
            self._closed = True
            self._claim.release()
            if isinstance(error, StorageError):
                raise VaultClosed(self.path) from error
            raise

    # --- copies -----------------------------------------------------------------------------------

    def copy_to(
        self,
        path: Path,
        *,
        progress: Progress = silent,
        cancelled: Cancel = never,
    ) -> CopyFacts:
        """Make a complete, proven copy under the same key; others can read and write meanwhile.

        Args:
            path: Where; nothing is there.
            progress: Told the work done and all work.
            cancelled: Asked between steps of 1 MiB.

        Raises:
            VaultExists: Something is at that place.
            Cancelled: The person stopped it, or the vault is being closed; nothing is left behind.
            VaultDamaged: A page of this vault is not authentic, or the journal does not fit.
            StorageError: It could not be written; nothing is left behind.
        """
        building.sweep(path)  # first: a kill may have left a second name of what is there
        building.refuse_taken(path)
        told = Told(progress, lambda: cancelled() or self._closing)
        with self._copying(), building.Draft(path) as draft:
            with self.access() as database:
                key, salt = self._key, self.header
                self._check_pages(self._breathing(told.first))
                copying.write(database, draft.path, key, salt, self._breathing(told.second), path)
            facts = copying.prove(draft.path, path, key, salt, told.third)
            building.settle(draft.path, path)
            return facts

    def _check_pages(self, progress: Progress) -> None:
        # A page that was being written when the program was killed is whole in the log alone.
        with contextlib.suppress(StorageError):
            self._write_log_back()
        size = self.file.stat().st_size
        copying.check_source(self.path, self._claim.read, size, self._key, self.header, progress)

    def _breathing(self, tell: Progress) -> Progress:
        """Progress between whose steps others get their turn; what they write goes along into the copy."""

        def step(done: int, total: int) -> None:
            self._lock.release()
            try:
                tell(done, total)
            finally:
                self._lock.acquire()

        return step

    def _await_copies(self, own: int) -> None:
        # The connection of a copy that is under way stays open behind ``close``, and with it the old file.
        self._copies_done.wait_for(lambda: self._copies == own)

    @contextmanager
    def _copying(self) -> Iterator[None]:
        with self.access():
            self.refuse_while_writing()
            self._copies += 1
        try:
            yield
        finally:
            with self._lock:
                self._copies -= 1
                self._copies_done.notify_all()

    # --- the file at its place --------------------------------------------------------------------

    def check_place(self) -> None:
        """Look whether the file is still the one that was opened.

        Raises:
            VaultReplaced: It is not; nothing can be written any more.
        """
        with self.access():
            self._watch.check()

    def _let_go(self) -> None:
        rescue.close(self._database, self._claim, self._watch, self._save_beside)

    def _save_beside(self, path: Path) -> None:
        with building.Draft(path) as draft:
            copying.write(self._database, draft.path, self._key, self.header, silent, path)
            # Pages that somebody wrote into the file may have come along.
            copying.prove(draft.path, path, self._key, self.header, silent)
            building.settle(draft.path, path)

    def _write_log_back(self) -> None:
        self._watch.check()
        try:
            driver.checkpoint(self._database)
        finally:
            self._watch.note()

    def _shorten_log(self) -> None:
        # What was committed is durable; where this fails the log grows on, or the next write says why.
        with contextlib.suppress(StorageError, OSError):
            if driver.log_of(self.file).stat().st_size > _LARGEST_LOG:
                self._write_log_back()
