"""One vault file: why it is not opened, or not written any more."""

from __future__ import annotations

from pathlib import Path

from tsguard.errors.files import StorageError


class VaultError(StorageError):
    """Something about one vault file."""


class VaultMissing(VaultError):
    """There is no file at that place."""


class VaultExists(VaultError):
    """A file is there already; a new vault never overwrites one."""


class NotAVault(VaultError):
    """The file is something else: its first bytes are not a vault's."""


class WrongPassphrase(VaultError):
    """The passphrase does not open this vault (or, rarely, its first page is damaged)."""


class VaultDamaged(VaultError):
    """The file is a vault, and part of it can't be read.

    Attributes:
        what: Which part, in a word for the developer.
    """

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(path, what=what)
        self.what = what


class VaultNewer(VaultError):
    """A newer tsguard wrote this vault; it was left untouched.

    Attributes:
        found: The version the file has.
        known: The newest version this program knows.
    """

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(path, found=found, known=known)
        self.found = found
        self.known = known


class VaultInUse(VaultError):
    """Another window or program holds this vault open.

    Attributes:
        account: Whose account it is open in, "" where nobody knows.
        host: The computer's name, "" where nobody knows.
        since: UTC, as the journal writes it; "" where nobody knows.
        elsewhere: Whether only the other computer's word says so, in a folder that two computers share;
            it may have been switched off meanwhile.
    """

    def __init__(
        self, path: Path, account: str = "", host: str = "", since: str = "", *, elsewhere: bool = False
    ) -> None:
        super().__init__(path, account=account, host=host, since=since, elsewhere=elsewhere)
        self.account = account
        self.host = host
        self.since = since
        self.elsewhere = elsewhere


class VaultReplaced(VaultError):
    """What lies at the vault's place is no longer what was opened; nothing is written there any more.

    Attributes:
        missing: Whether nothing lies there at all.
        saved: Where what was open has been saved, once it is closed; None where it was not.
    """

    def __init__(self, path: Path, *, missing: bool = False, saved: Path | None = None) -> None:
        super().__init__(path, missing=missing, saved=saved)
        self.missing = missing
        self.saved = saved


class VaultClosed(VaultError):
    """The vault was locked or closed before this was asked of it."""
