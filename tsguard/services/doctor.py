"""Who examines vaults for a person: knows what this computer has seen and where its backups lie.

It must not keep a passphrase or anything out of a vault; of an examination it keeps the class and the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tsguard.services import health
from tsguard.services.backup_files import places_of
from tsguard.services.health import Health, Salvaged
from tsguard.services.seen import Checked, Comparison, SeenStates
from tsguard.services.session import Session
from tsguard.services.settings import load_settings
from tsguard.services.surroundings import Outside, outside
from tsguard.store.copying import CopyFacts
from tsguard.store.kdf import PROFILES, KdfProfile
from tsguard.store.secret import Secret
from tsguard.store.telling import Cancel, Progress


class Doctor:
    """Examines and salvages; slow methods may run in another thread."""

    def __init__(self, settings: Path, profiles: Mapping[int, KdfProfile] = PROFILES) -> None:
        """Make it.

        Args:
            settings: The person's settings file.
            profiles: The key profiles by number.
        """
        self._settings, self._profiles = settings, profiles

    @property
    def _seen(self) -> SeenStates:
        return SeenStates(self._settings, on=load_settings(self._settings).remember_recent)

    def outside(self, path: Path) -> Outside:
        """What can be seen without the passphrase; errors of ``surroundings.outside``."""
        return outside(path)

    def examine(self, path: Path, secret: Secret, progress: Progress, cancelled: Cancel) -> Health:
        """Examine a file that is not open; errors of ``health.examine``."""
        return health.examine(
            path,
            secret,
            seen=self._seen,
            places=places_of(load_settings(self._settings), self._settings),
            progress=progress,
            cancelled=cancelled,
            profiles=self._profiles,
        )

    def examine_open(self, session: Session, progress: Progress, cancelled: Cancel) -> Health:
        """Examine the open vault, and remember the day; errors of ``health.examine_open``."""
        found = health.examine_open(
            session,
            seen=self._seen,
            places=places_of(load_settings(self._settings), self._settings),
            progress=progress,
            cancelled=cancelled,
        )
        if not session.enterprise.sample:
            self.remember(session)
        self._seen.note_check(found.damage.first_hash, found.outcome.value, found.at)
        return found

    def last_check(self, session: Session) -> Checked | None:
        """When the vault was examined last on this computer, and the class; None where nobody knows."""
        return self._seen.last_check(session.file.lineage)

    def salvage(
        self,
        path: Path,
        secret: Secret,
        new: Path,
        passphrase: str,
        progress: Progress,
        cancelled: Cancel,
    ) -> Salvaged:
        """Make a new vault of what is left; errors of ``health.rescue``."""
        return health.rescue(
            path,
            secret,
            new,
            passphrase,
            progress=progress,
            cancelled=cancelled,
            profiles=self._profiles,
        )

    # --- what this computer has seen ----------------------------------------------------------------

    def compare(self, session: Session) -> Comparison:
        """How an open vault's state relates to the newest one seen here.

        Raises:
            StorageError: The vault can't be read.
        """
        file = session.file
        length = file.info().journal_entries
        return self._seen.compare(file.lineage, file.journal_head, length, file.entry_hash)

    def remember(self, session: Session) -> None:
        """Take an open vault's state for the newest one.

        Raises:
            StorageError: The vault can't be read.
        """
        file = session.file
        self._seen.note(file.lineage, file.journal_head, file.info().journal_entries)

    def expect(self, lineage: str, facts: CopyFacts) -> None:
        """Take a vault that the person has just put in place for the newest state.

        Args:
            lineage: Its lineage.
            facts: What it holds.
        """
        self._seen.note(lineage, facts.journal_head, facts.journal_entries)
