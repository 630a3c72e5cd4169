"""From a backup to a vault: checked, into a new file, or in the place of the present one.

Whatever stood at the vault's place is kept: as a proven backup where it can be opened, else beside it under
another name. The backup itself is only read.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tsguard.errors import (
    NotAVault,
    StorageError,
    VaultDamaged,
    VaultExists,
    VaultInUse,
    VaultMissing,
    VaultNewer,
    WriteFailed,
    WrongPassphrase,
)
from tsguard.services import backups
from tsguard.services.account import account_name
from tsguard.services.backup_files import Places
from tsguard.services.backup_plan import DEFAULT_BUDGET, Reason
from tsguard.services.backups import Clock, now_utc
from tsguard.services.session import Session
from tsguard.services.vault_file import VaultFile
from tsguard.store import restoring
from tsguard.store.copying import CopyFacts
from tsguard.store.kdf import PROFILES, KdfProfile
from tsguard.store.restoring import Checked
from tsguard.store.secret import Secret
from tsguard.store.telling import Cancel, Progress, never, silent
from tsguard.store.vault import Vault

Profiles = Mapping[int, KdfProfile]

_ATTEMPTS = 5
"""Backups that are made where somebody goes on writing before the vault is replaced."""

_CANT_OPEN = (VaultDamaged, WrongPassphrase, NotAVault, VaultNewer)
"""Why a present file is put aside rather than backed up."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of restoring.

    Attributes:
        path: The vault.
        facts: What it holds.
        saved: Where the vault that was there before is now; None where none was.
    """

    path: Path
    facts: CopyFacts
    saved: Path | None = None


def verify(
    backup: Path, secret: Secret, *, profiles: Profiles = PROFILES, progress: Progress = silent
) -> Checked:
    """Open a backup with its passphrase or key and count; nothing in it is changed.

    Raises:
        WrongPassphrase: The secret does not open it.
        VaultDamaged: Something in it does not fit.
        StorageError: It can't be read.
    """
    return restoring.check(backup, restoring.unlock(backup, secret, profiles), progress)


def restore_to(
    backup: Path,
    secret: Secret,
    target: Path,
    *,
    profiles: Profiles = PROFILES,
    clock: Clock = now_utc,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Restored:
    """Make a vault of a backup at a place where nothing is.

    Raises:
        VaultExists: Something is there.
        WrongPassphrase: The secret does not open the backup.
        VaultDamaged: The backup is damaged.
        Cancelled: The person stopped it; nothing is left behind.
        StorageError: The file system said no; nothing is left behind.
    """
    _refuse_itself(backup, target)
    if target.exists() or target.is_symlink():
        raise VaultExists(target)
    unlocked = restoring.unlock(backup, secret, profiles)
    with _preparing(backup, unlocked, clock, profiles, progress, cancelled)(target, replaced="") as ready:
        restoring.settle(ready, target)
    return Restored(target, ready.facts)


def restore_over(
    backup: Path,
    secret: Secret,
    vault: Path,
    present: Secret | None,
    places: Places,
    *,
    budget: int = DEFAULT_BUDGET,
    profiles: Profiles = PROFILES,
    clock: Clock = now_utc,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Restored:
    """Put a backup in the place of a vault that is closed; from one moment to the next it is the other one.

    Args:
        backup: The backup.
        secret: Its passphrase or key.
        vault: The present vault's file, which need not be there.
        present: Its passphrase or key; None where nobody knows one that opens it.
        places: Where the present vault is backed up to.
        budget: As for any backup.
        profiles: The key profiles by number.
        clock: For journal and names.
        progress: Told the work done and all work.
        cancelled: Asked between steps of 1 MiB.

    Raises:
        WrongPassphrase: The secret does not open the backup.
        VaultDamaged: The backup is damaged.
        VaultInUse: The present vault is open.
        Cancelled: The person stopped it; the present vault is as it was.
        StorageError: The file system said no; what was there is at its place or beside it.
    """
    _refuse_itself(backup, vault)
    unlocked = restoring.unlock(backup, secret, profiles)
    prepared = _preparing(backup, unlocked, clock, profiles, progress, cancelled)
    try:
        opened = _present(vault, present, profiles)
    except VaultMissing:
        with prepared(vault, replaced="") as ready:
            restoring.settle(ready, vault)
        return Restored(vault, ready.facts)
    except _CANT_OPEN:
        with restoring.held(vault) as claim, prepared(claim.file, replaced="") as ready:
            aside = restoring.displace(claim, ready, _asides(claim.file, clock))
        return Restored(vault, ready.facts, aside)
    with contextlib.closing(opened):
        return _over(VaultFile(opened), places, budget, clock, cancelled, prepared)


def replace_open(
    backup: Path,
    secret: Secret,
    session: Session,
    places: Places,
    *,
    budget: int = DEFAULT_BUDGET,
    profiles: Profiles = PROFILES,
    clock: Clock = now_utc,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Restored:
    """Put a backup in the place of the vault that is open; it is locked afterwards, and only then.

    Arguments as for ``restore_over``.

    Raises:
        WrongPassphrase: The secret does not open the backup.
        VaultDamaged: The backup is damaged, or the open vault is.
        Cancelled: The person stopped it; the open vault is as it was.
        StorageError: The file system said no; the open vault is as it was.
    """
    _refuse_itself(backup, session.path)
    unlocked = restoring.unlock(backup, secret, profiles)
    prepared = _preparing(backup, unlocked, clock, profiles, progress, cancelled)
    return _over(session.file, places, budget, clock, cancelled, prepared)


def _preparing(
    backup: Path,
    unlocked: restoring.Unlocked,
    clock: Clock,
    profiles: Profiles,
    progress: Progress,
    cancelled: Cancel,
) -> Callable[..., contextlib.AbstractContextManager[restoring.Ready]]:
    """What prepares a copy of a backup, given the place it shall go to and what it replaces there."""
    return partial(
        restoring.prepared,
        backup,
        unlocked,
        who=account_name(),
        clock=clock,
        profiles=profiles,
        progress=progress,
        cancelled=cancelled,
    )


def _over(
    file: VaultFile,
    places: Places,
    budget: int,
    clock: Clock,
    cancelled: Cancel,
    prepared: Callable[..., contextlib.AbstractContextManager[restoring.Ready]],
) -> Restored:
    """Back an open vault up, then put the prepared copy in its place."""
    for _attempt in range(_ATTEMPTS):
        made = backups.back_up(
            file, places, Reason.BEFORE_RESTORE, budget=budget, clock=clock, cancelled=cancelled
        ).facts[0]
        with prepared(file.place, replaced=made.journal_head) as ready:
            if file.become(ready, made.journal_head):
                return Restored(file.path, ready.facts, made.path)
    raise VaultInUse(file.path)


def _present(vault: Path, secret: Secret | None, profiles: Profiles) -> Vault:
    """The present vault, open and found whole.

    Raises:
        VaultDamaged: Something in it does not fit.
        WrongPassphrase: Nobody knows what opens it.
        StorageError: Another reason why not.
    """
    if secret is None:
        if not vault.exists():
            raise VaultMissing(vault)
        raise WrongPassphrase(vault)
    opened = Vault.open(vault, secret, who=account_name(), profiles=profiles)
    try:
        opened.verify_journal()
        opened.verify_pages()
    except BaseException:
        with contextlib.suppress(StorageError):
            opened.close()
        raise
    return opened


def _asides(file: Path, clock: Clock) -> Iterator[Path]:
    moment = f"{clock().astimezone():%Y-%m-%d %H%M%S}"
    for number in range(1, 100):
        again = "" if number == 1 else f" {number}"
        yield file.with_name(f"{file.stem[:60]}（换下的 {moment}{again}）{file.suffix}")


def _refuse_itself(backup: Path, target: Path) -> None:
    """Make sure that a backup is not put in its own place.

    Raises:
        WriteFailed: It would be.
    """
    with contextlib.suppress(OSError):
        if backup.samefile(target):
            raise WriteFailed(target, "same file")
