"""What is done with the vault as a file rather than with a record in it.

Facts, checks, copies and keys. It must not know what the records mean.
"""

from __future__ import annotations

from tsguard.store.info import VaultInfo
from tsguard.store.vault import Vault


class VaultFile:
    """An open vault's file."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def info(self) -> VaultInfo:
        """Facts about the file, none of its content."""
        return self._vault.info()

    def verify_journal(self) -> int:
        """Walk the journal's hash chain, and compare every record with it; the number of entries.

        Raises:
            VaultDamaged: Something does not fit.
        """
        return self._vault.verify_journal()
