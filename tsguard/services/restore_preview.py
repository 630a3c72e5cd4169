"""What is in a backup, and how it differs from the present vault.

The backup itself is only read: a copy of it is opened, and is gone afterwards.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tsguard.errors import TSGuardError, VaultDamaged, WriteFailed
from tsguard.services.backup_files import Places
from tsguard.services.restore_differences import Difference, compared
from tsguard.services.session import Session
from tsguard.services.vault_file import VaultFile
from tsguard.store import restoring
from tsguard.store.kdf import PROFILES, KdfProfile
from tsguard.store.secret import Secret
from tsguard.store.telling import Cancel, Progress, never, silent

Profiles = Mapping[int, KdfProfile]


@dataclass(frozen=True, slots=True)
class Preview:
    """A backup beside the present vault.

    Attributes:
        backup: The backup.
        enterprise: The company's name in it.
        entries: Journal entries in it.
        newest_at: When its newest one was written; None where nobody knows.
        counts: Its records by kind.
        lost: Why the present vault could not be opened; None where it was, or where there is none.
        compared: Whether it was compared with a present vault.
        same_vault: Whether both come from one vault.
        ahead: Journal entries that only the present vault has.
        behind: Journal entries that only the backup has.
        differences: What would be different, in the order of the kinds.
    """

    backup: Path
    enterprise: str
    entries: int
    newest_at: datetime | None
    counts: tuple[tuple[str, int], ...]
    lost: TSGuardError | None
    compared: bool
    same_vault: bool
    ahead: int
    behind: int
    differences: tuple[Difference, ...]


def preview(
    backup: Path,
    secret: Secret,
    present: Session | None,
    places: Places,
    *,
    lost: TSGuardError | None = None,
    profiles: Profiles = PROFILES,
    progress: Progress = silent,
    cancelled: Cancel = never,
) -> Preview:
    """What is in a backup, and what differs from the present vault.

    Args:
        backup: The backup.
        secret: Its passphrase or key.
        present: The vault as it is now, open; None where it can't be opened or there is none.
        places: A copy of the backup is opened in the local one, and is gone afterwards.
        lost: Why it can't be opened.
        profiles: The key profiles by number.
        progress: Told the work done and all work.
        cancelled: Asked between steps of 1 MiB.

    Raises:
        WrongPassphrase: The secret does not open the backup.
        VaultDamaged: The backup is damaged.
        Cancelled: The person stopped it.
        StorageError: It can't be read, or there is no room for the copy.
    """
    with _opened(backup, secret, places, profiles, progress, cancelled) as then:
        then.file.verify_journal()
        info = then.file.info()
        common = 0 if present is None else _common(then.file, present.file)
        entries = 0 if present is None else present.file.info().journal_entries
        newest = then.history.page(limit=1).lines
        return Preview(
            backup=backup,
            enterprise=then.enterprise.name,
            entries=info.journal_entries,
            newest_at=newest[0].at if newest else None,
            counts=(
                ("answer", info.answers),
                ("evidence", info.evidence),
                ("secret_point", info.secret_points),
                ("rectification", info.rectifications),
                ("issued_document", info.issued_documents),
                ("clearance", info.clearances),
            ),
            lost=lost,
            compared=present is not None,
            same_vault=common > 0,
            ahead=entries - common,
            behind=info.journal_entries - common,
            differences=() if present is None else compared(then, present),
        )


@contextmanager
def _opened(
    backup: Path,
    secret: Secret,
    places: Places,
    profiles: Profiles,
    progress: Progress,
    cancelled: Cancel,
) -> Iterator[Session]:
    """A session on a copy of the backup; both go in the end."""
    unlocked = restoring.unlock(backup, secret, profiles)
    try:
        places.local.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WriteFailed(places.local, error.strerror or "mkdir") from error
    place = places.local / "preview.tsg"
    with restoring.looked_into(backup, unlocked, place, progress, cancelled) as copy:
        try:
            session = Session.open(
                copy, unlocked.key, profiles=profiles, before_migration=_already_kept, announce=False
            )
        except VaultDamaged as error:
            raise VaultDamaged(backup, error.what) from None
        with contextlib.closing(session):
            yield session


def _already_kept(_file: object, _version: int) -> None:
    """Keep no further copy of a copy."""


def _common(one: VaultFile, other: VaultFile) -> int:
    """How many journal entries two vaults have in common from the first on: the chain parts only once."""
    low, high = 0, min(one.info().journal_entries, other.info().journal_entries)
    while low < high:
        middle = (low + high + 1) // 2
        if one.entry_hash(middle) == other.entry_hash(middle):
            low = middle
        else:
            high = middle - 1
    return low
