"""What was changed, by whom and when, in words; and what there was on a past day."""

from __future__ import annotations

from tsguard.store.vault import Vault


class History:
    """The journal of an open vault for people."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
