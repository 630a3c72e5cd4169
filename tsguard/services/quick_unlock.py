"""Unlocking without the passphrase, for one person on one computer; off until the person asks for it.

The vault's key is encrypted by the operating system for this account and lies in the account's own folder,
never in the vault. Whoever can act as this account can open the vault then, and the page that offers it says
so. Where the system keeps no such secrets there is nothing here.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from tsguard.errors import patience
from tsguard.services.own_file import write_own
from tsguard.services.vault_file import VaultFile
from tsguard.store.claim import peek
from tsguard.store.header import LENGTH
from tsguard.store.secret import RawKey, key_id
from tsguard.store.user_secret import Keeper, keeper

_KEY_LENGTH = 32
_LARGEST = 16 * 1024
_SUFFIX = ".key"


class QuickUnlock:
    """The keys that this computer keeps for this person, a file for each vault's key.

    A file is named by the key's id, so a new passphrase makes the old one useless, and the vault may be
    moved or renamed.

    Attributes:
        withheld: Whether the system could keep secrets, and is not asked to since the folder travels.
    """

    def __init__(self, folder: Path, system: Keeper | None = None, *, travels: bool = False) -> None:
        """Make it; nothing is read yet.

        Args:
            folder: Where the files lie.
            system: What encrypts; the operating system's own by default.
            travels: Whether the folder is carried from computer to computer. Nothing is kept there then: what
                one account of one computer encrypts is of no use anywhere else.
        """
        self._folder = folder
        found = system or keeper()
        self._system = None if travels else found
        self.withheld = travels and found is not None

    @property
    def available(self) -> bool:
        """Whether the operating system keeps secrets for a person."""
        return self._system is not None

    def remembers(self, path: Path) -> bool:
        """Whether the key of a vault that is not open is kept here."""
        salt = self._salt(path)
        return salt is not None and self.available and self._place(key_id(salt)).is_file()

    def secret_for(self, path: Path) -> RawKey | None:
        """The key of a vault that is not open; None where it is not kept, or the system won't give it."""
        salt = self._salt(path)
        if salt is None or self._system is None:
            return None
        try:
            with self._place(key_id(salt)).open("rb") as file:
                protected = file.read(_LARGEST)
        except OSError:
            return None
        material = self._system.reveal(protected, salt)
        return RawKey(material) if material is not None and len(material) == _KEY_LENGTH else None

    def keeps(self, file: VaultFile) -> bool:
        """Whether the key of an open vault is kept here."""
        return self.available and self._place(file.key_id).is_file()

    def keep(self, file: VaultFile) -> bool:
        """Keep the key of an open vault; whether the system and the disk said yes."""
        if self._system is None:
            return False
        protected = self._system.protect(file.raw_key().material, file.salt)
        if protected is None:
            return False
        try:
            write_own(self._place(file.key_id), protected)
        except OSError:
            return False
        return True

    def forget(self, key: str) -> None:
        """Throw the key of that id away, if it is kept."""
        with contextlib.suppress(OSError):
            patience.remove(self._place(key))

    def _place(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"

    @staticmethod
    def _salt(path: Path) -> bytes | None:
        start = peek(path, LENGTH)
        return start if start is not None and len(start) == LENGTH else None
