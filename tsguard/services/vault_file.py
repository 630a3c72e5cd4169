"""What is done with the vault as a file rather than with a record in it.

Facts, checks, copies and keys. It must not know what the records mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from tsguard.errors import VaultReplaced, WrongPassphrase
from tsguard.store import restoring, specimen
from tsguard.store.copying import CopyFacts
from tsguard.store.info import VaultInfo
from tsguard.store.kdf import KdfProfile
from tsguard.store.restoring import Ready
from tsguard.store.secret import RawKey, Secret
from tsguard.store.specimen import Specimen
from tsguard.store.telling import Cancel, Progress, never, silent
from tsguard.store.vault import Vault

__all__ = ["Secret", "VaultFile"]

_LINEAGE = 12


class VaultFile:
    """An open vault's file; slow methods may run in another thread."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @property
    def path(self) -> Path:
        """The file."""
        return self._vault.path

    def info(self) -> VaultInfo:
        """Facts about the file, none of its content."""
        return self._vault.info()

    @property
    def lineage(self) -> str:
        """The same for a vault and all copies ever made of it, 12 hexadecimal digits.

        The start of the first journal entry's hash, which no change of passphrase or of tables touches.
        """
        return restoring.first_entry_hash(self._vault.file)[:_LINEAGE]

    @property
    def journal_head(self) -> str:
        """Hash of the newest journal entry, 64 hexadecimal digits."""
        return self._vault.journal_head

    @property
    def journal_length(self) -> int:
        """How many journal entries there are."""
        return self._vault.journal_length

    def entry_hash(self, number: int) -> str:
        """Hash of one journal entry, counted from 1; "" where there is none of that number."""
        return restoring.entry_hash(self._vault.file, number)

    # --- checks -----------------------------------------------------------------------------------

    def verify_journal(self) -> int:
        """Walk the journal's hash chain, and compare every record with it; the number of entries.

        Raises:
            VaultDamaged: Something does not fit.
        """
        return self._vault.verify_journal()

    def verify_pages(self) -> None:
        """Check that every page of the file is authentic.

        Raises:
            VaultDamaged: ``what`` names the first page that is not.
        """
        self._vault.verify_pages()

    def changed_on_disk(self) -> bool:
        """Whether the file at its place is no longer the one that was opened; then nothing is written."""
        try:
            self._vault.file.check_place()
        except VaultReplaced:
            return True
        return False

    def examined(self, progress: Progress = silent) -> AbstractContextManager[Specimen]:
        """A private copy to examine, page by page and past damaged ones; it is gone at the end of the block.

        Raises:
            DiskFull: No room for the copy.
            StorageError: It can't be read.
        """
        return specimen.taken_of(self._vault.file, progress)

    # --- keys -------------------------------------------------------------------------------------

    @property
    def key_id(self) -> str:
        """A name for the key that tells nothing of it, 8 hexadecimal digits; each passphrase has another."""
        return self._vault.file.key_id

    @property
    def salt(self) -> bytes:
        """The file's first 16 bytes; not secret, and others with each passphrase."""
        return self._vault.file.header.salt

    def proves(self, secret: Secret) -> bool:
        """Whether that is the vault's passphrase or key; takes as long as opening does."""
        return self._vault.file.proves(secret)

    def prove(self, secret: Secret) -> None:
        """Refuse what is not this vault's passphrase or key; takes as long as opening does.

        Raises:
            WrongPassphrase: It is not.
        """
        if not self.proves(secret):
            raise WrongPassphrase(self.path)

    def raw_key(self) -> RawKey:
        """The key itself, for the recovery code."""
        return self._vault.file.raw_key()

    def change_passphrase(
        self, passphrase: str, *, progress: Progress = silent, cancelled: Cancel = never
    ) -> None:
        """Put a complete new file under a new key in this one's place; copies made before keep the old one.

        Raises:
            PassphraseTooShort: Fewer than 8 characters.
            Cancelled: The person stopped it; nothing has changed.
            VaultDamaged: Something in this vault does not fit; nothing has changed.
            StorageError: The file system said no; nothing has changed.
        """
        self._vault.file.change_passphrase(passphrase, progress=progress, cancelled=cancelled)

    # --- copies -----------------------------------------------------------------------------------

    def copy_to(self, path: Path, *, progress: Progress = silent, cancelled: Cancel = never) -> CopyFacts:
        """Make a complete, proven copy under the same key; work goes on meanwhile.

        Raises:
            VaultExists: Something is at that place.
            Cancelled: The person stopped it, or the vault is being closed; nothing is left behind.
            VaultDamaged: Something in this vault does not fit.
            StorageError: The file system said no; nothing is left behind.
        """
        return self._vault.file.copy_to(path, progress=progress, cancelled=cancelled)

    @property
    def profiles(self) -> Mapping[int, KdfProfile]:
        """The key profiles by number that it was opened with."""
        return self._vault.file.profiles

    @property
    def place(self) -> Path:
        """Where the file itself lies, where the path is a link."""
        return self._vault.file.file

    def become(self, ready: Ready, head: str) -> bool:
        """Put a prepared copy of a backup in this vault's place, in one step, and close it.

        Nothing can be written in between: what this session still holds is of the vault of before.

        Args:
            ready: The copy.
            head: Hash of the newest journal entry that is kept elsewhere.

        Returns:
            Whether it was done; not where something was written since, which would be lost.

        Raises:
            VaultReplaced: The file is no longer the one that was opened; nothing has changed.
            StorageError: The file system said no; the vault is as it was, and open.
        """
        with self._vault.file.access():
            done = self._vault.file.replace_with(
                ready.draft, ready.unlocked.salt, ready.unlocked.key, lambda: self.journal_head == head
            )
            if done:
                self._vault.close()
            return done
