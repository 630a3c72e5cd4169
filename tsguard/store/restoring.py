"""From a backup to a vault again: the backup is only read; what goes to the vault's place is a proven copy.

Nothing is deleted or overwritten here: what was at the vault's place is copied by the caller before, or put
beside it under another name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tsguard.errors import Cancelled, VaultDamaged, VaultExists, WrongPassphrase, from_os, patience
from tsguard.store import building, copying, driver, header, rescue, unlocking
from tsguard.store.claim import Claim
from tsguard.store.copying import CopyFacts
from tsguard.store.driver import PAGE_SIZE, guarded
from tsguard.store.header import Header
from tsguard.store.journal import Clock
from tsguard.store.kdf import KdfProfile
from tsguard.store.open_file import OpenFile
from tsguard.store.pages import PageCheck
from tsguard.store.secret import RawKey, Secret
from tsguard.store.telling import Cancel, Progress, never, silent
from tsguard.store.vault import Vault

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What opens a file at rest.

    Attributes:
        key: Its key.
        salt: Its header.
    """

    key: RawKey
    salt: Header


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup that was opened with its key and counted.

    Attributes:
        facts: What it holds.
        newest_at: When its newest journal entry was written, UTC, as the journal writes it; "" for none.
    """

    facts: CopyFacts
    newest_at: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A copy of a backup beside the place it shall go to, proven.

    Attributes:
        draft: The file.
        unlocked: Its key and header, the backup's.
        facts: What it holds.
    """

    draft: building.Draft
    unlocked: Unlocked
    facts: CopyFacts


def first_entry_hash(file: OpenFile) -> str:
    """Hash of an open vault's oldest journal entry, with tables of any version; "" for an empty journal."""
    return entry_hash(file, 1)


def entry_hash(file: OpenFile, number: int) -> str:
    """Hash of one journal entry of an open vault, counted from 1; "" where there is none of that number."""
    with file.access() as database:
        found = database.value("SELECT hash FROM journal WHERE seq = ?", (number,))
        return "" if found is None else str(found)


def newest_entry_hash(file: OpenFile) -> str:
    """Hash of an open vault's newest journal entry; "" for an empty journal."""
    with file.access() as database:
        found = database.value("SELECT hash FROM journal ORDER BY seq DESC LIMIT 1")
        return "" if found is None else str(found)


def unlock(path: Path, secret: Secret, profiles: Mapping[int, KdfProfile]) -> Unlocked:
    """Find whether a secret opens a file at rest; for a passphrase this takes the time of its key.

    Raises:
        VaultMissing: There is no such file.
        NotAVault: It is something else.
        VaultNewer: A newer program wrote it.
        VaultInUse: It is open.
        WrongPassphrase: The secret does not open it.
        VaultDamaged: The secret does, and the first page is not authentic; or its length is none of a vault.
        Unreadable: The operating system won't read it.
    """
    with _claimed(path) as claim:
        return _unlock(claim, secret, profiles)


def check(path: Path, unlocked: Unlocked, progress: Progress = silent) -> Checked:
    """Open a backup with its key and count: every page, the journal's chain, every record against it.

    Raises:
        VaultDamaged: Something does not fit.
        StorageError: It can't be read.
    """
    with _claimed(path):
        facts = copying.prove(path, path, unlocked.key, unlocked.salt, progress)
        database = driver.connect(path, unlocked.key.material, unlocked.salt.salt)
        try:
            newest = database.value("SELECT at FROM journal ORDER BY seq DESC LIMIT 1")
        finally:
            database.close()
            copying.discard_logs(path)
        return Checked(facts, "" if newest is None else str(newest))


def copy_closed(
    path: Path,
    key: RawKey,
    target: Path,
    *,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> CopyFacts:
    """Make a complete, proven copy of a vault at rest, which is held meanwhile.

    Args:
        path: The vault, just closed by whoever has its key.
        key: Its key.
        target: Where; nothing is there.
        progress: Told the work done and all work.
        cancelled: Asked between steps of 1 MiB.

    Raises:
        VaultExists: Something is at that place.
        WriteFailed: A log lies beside the vault: it was not closed in order.
        Cancelled: The person stopped it; nothing is left behind.
        VaultDamaged: Something does not fit.
        StorageError: The file system said no; nothing is left behind.
    """
    building.refuse_taken(target)
    told = _halves(progress, cancelled)
    with _claimed(path) as claim:
        rescue.refuse_log(claim)
        salt = Header(claim.read(0, header.LENGTH))
        with building.Draft(target) as draft:
            _pour(claim, draft.path, told[0])
            facts = copying.prove(draft.path, target, key, salt, told[1])
            building.settle(draft.path, target)
            return facts


@contextmanager
def looked_into(
    backup: Path,
    unlocked: Unlocked,
    place: Path,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Iterator[Path]:
    """A copy of a backup to open and read, gone afterwards; the backup itself is never written to.

    Args:
        backup: The backup.
        unlocked: Its key and header.
        place: The copy lies beside this name.
        progress: Told the bytes done and all bytes.
        cancelled: Asked between steps of 1 MiB.

    Raises:
        Cancelled: The person stopped it.
        StorageError: The backup can't be read, or the copy not written.
    """
    told = _halves(progress, cancelled)
    building.sweep(place)
    with building.Draft(place) as draft:
        with _claimed(backup) as claim:
            _same_header(claim, unlocked)
            _pour(claim, draft.path, told[0])
        draft.unlock()
        yield draft.path


@contextmanager
def prepared(
    backup: Path,
    unlocked: Unlocked,
    place: Path,
    *,
    replaced: str,
    who: str,
    clock: Clock,
    profiles: Mapping[int, KdfProfile],
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Iterator[Ready]:
    """A copy of a backup beside a place, of this program's tables, with its journal entry, and proven.

    The entry ``vault.restore`` follows the head that the backup had, and its key names the one that is
    replaced.

    Args:
        backup: The backup.
        unlocked: Its key and header.
        place: Where it shall go.
        replaced: Head of the vault that it replaces; "" where there is none or nobody knows.
        who: Whom the entry names.
        clock: For the entry.
        profiles: The key profiles by number.
        progress: Told the work done and all work.
        cancelled: Asked between steps of 1 MiB.

    Raises:
        Cancelled: The person stopped it; nothing is left behind.
        VaultDamaged: The backup is damaged.
        StorageError: The file system said no; nothing is left behind.
    """
    told = _halves(progress, cancelled)
    with building.Draft(place) as draft:
        with _claimed(backup) as claim:
            _same_header(claim, unlocked)
            _pour(claim, draft.path, told[0])
        draft.unlock()
        key, salt = unlocked.key, unlocked.salt
        try:
            # Its tables are brought to this program's; the backup itself is the copy that is kept of before.
            Vault.open(
                draft.path,
                key,
                who=who,
                clock=clock,
                profiles=profiles,
                before_migration=_already_kept,
                announce=False,
            ).close()
            rescue.note(draft.path, key, salt, who, clock, "vault.restore", replaced or "vault")
            facts = copying.prove(draft.path, backup, key, salt, told[1])
        except VaultDamaged as error:
            raise VaultDamaged(backup, error.what) from None
        except WrongPassphrase:
            raise VaultDamaged(backup, "page 1") from None
        yield Ready(draft, unlocked, facts)


def settle(ready: Ready, target: Path) -> None:
    """Move a prepared copy to a place where nothing is.

    Raises:
        VaultExists: Something is there by now.
        StorageError: The file system said no.
    """
    building.settle(ready.draft.path, target)


@contextmanager
def held(path: Path) -> Iterator[Claim]:
    """Hold a file that can't be opened, so that nobody else works with it.

    Raises:
        VaultMissing: There is none.
        VaultInUse: Somebody has it open.
        Unreadable: The operating system won't open it.
    """
    with _claimed(path) as claim:
        yield claim


def displace(claim: Claim, ready: Ready, asides: Iterator[Path]) -> Path:
    """Put a prepared copy in the place of a file that can't be opened, which stays beside it.

    Its log goes with it: SQLite would take it for one of the copy.

    Args:
        claim: To the file.
        ready: The copy, beside it.
        asides: Names for what was there, best first.

    Returns:
        Where it is now.

    Raises:
        StorageError: The file system said no; what was there is at its place, or beside it, or both.
    """
    file = claim.file
    with guarded(claim.path):
        building.sync(ready.draft.path)
    aside = _beside(claim, asides)
    log = driver.log_of(file)
    try:
        if log.exists():
            patience.rename(log, driver.log_of(aside))
        claim.release()
        patience.replace(ready.draft.path, file)
    except OSError as error:
        raise from_os(claim.path, error) from error
    building.sync_folder(file.parent)
    return aside


def _beside(claim: Claim, asides: Iterator[Path]) -> Path:
    for aside in asides:
        if os.path.lexists(aside) or os.path.lexists(driver.log_of(aside)):
            continue
        try:
            os.link(claim.file, aside)
        except FileExistsError:
            continue
        except OSError:
            # A file system without links, such as a stick's.
            claim.release()
            try:
                patience.rename(claim.file, aside)
            except OSError as error:
                raise from_os(claim.path, error) from error
        return aside
    raise VaultExists(claim.path)


def _already_kept(_file: OpenFile, _version: int) -> None:
    """Keep no further copy before a migration."""


@contextmanager
def _claimed(path: Path) -> Iterator[Claim]:
    claim = Claim(path)
    try:
        yield claim
    finally:
        claim.release()


def _unlock(claim: Claim, secret: Secret, profiles: Mapping[int, KdfProfile]) -> Unlocked:
    salt = header.parse(claim.path, claim.read(0, header.LENGTH), profiles, max(profiles))
    header.check_length(claim.path, claim.size, driver.log_of(claim.file))
    key = unlocking.key_of(secret, salt, profiles)
    pages = PageCheck(key.material, salt.salt)
    if not pages.authentic(claim.read(0, PAGE_SIZE), 1):
        if pages.any_beyond_first(claim.read, claim.size):
            raise VaultDamaged(claim.path, "page 1")
        raise WrongPassphrase(claim.path)
    return Unlocked(key, salt)


def _same_header(claim: Claim, unlocked: Unlocked) -> None:
    """Make sure that the file is still the one that was unlocked.

    Raises:
        VaultDamaged: Another one is there by now.
    """
    if claim.read(0, header.LENGTH) != unlocked.salt.salt:
        raise VaultDamaged(claim.path, "header")


def _pour(claim: Claim, draft: Path, progress: Progress) -> None:
    """Copy a file at rest into an empty one, byte by byte.

    Raises:
        StorageError: It can't be read, or the other not written.
    """
    with guarded(draft), draft.open("r+b") as target:
        done = 0
        while chunk := claim.read(done, _CHUNK):
            target.write(chunk)
            done += len(chunk)
            progress(done, max(done, claim.size))


def _halves(progress: Progress, cancelled: Cancel) -> tuple[Progress, Progress]:
    """Progress of copying and of proving as one; both stop where the person asks."""

    def tell(done: int, total: int) -> None:
        progress(done, total)
        if cancelled():
            raise Cancelled

    return (lambda done, total: tell(done, 2 * total)), (lambda done, total: tell(total + done, 2 * total))
