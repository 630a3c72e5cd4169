"""From a passphrase or a key to an open connection, or to the reason why not.

It must not keep what it is given.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping

from tsguard.errors import ReadOnly, VaultDamaged, WrongPassphrase
from tsguard.store import driver, header, kdf
from tsguard.store.claim import Claim
from tsguard.store.driver import Database
from tsguard.store.header import Header
from tsguard.store.kdf import KdfProfile
from tsguard.store.pages import PageCheck
from tsguard.store.secret import RawKey, Secret


def read_header(claim: Claim, profiles: Mapping[int, KdfProfile]) -> Header:
    """The header of a vault that can be opened and written.

    Raises:
        NotAVault: It is something else.
        VaultNewer: Of a profile that this program does not know.
        VaultDamaged: Its length is none that a vault can have.
        ReadOnly: The file or its folder can't be written to.
        Unreadable: The operating system won't read it.
    """
    salt = header.parse(claim.path, claim.read(0, header.LENGTH), profiles, max(profiles))
    header.check_length(claim.path, claim.size, driver.log_of(claim.file))
    if not (os.access(claim.file, os.W_OK) and os.access(claim.file.parent, os.W_OK)):
        raise ReadOnly(claim.path)
    return salt


def key_of(secret: Secret, salt: Header, profiles: Mapping[int, KdfProfile]) -> RawKey:
    """The key; for a passphrase this takes as long as the header's profile costs.

    The database libraries are imported beside it.
    """
    loading = threading.Thread(target=driver.load, daemon=True)
    loading.start()
    try:
        if isinstance(secret, RawKey):
            return secret
        return RawKey(kdf.derive(secret, salt.salt, profiles[salt.profile]))
    finally:
        loading.join()


def connect(claim: Claim, salt: Header, key: RawKey) -> Database:
    """Open a claimed file.

    A damaged first page looks to SQLCipher like a wrong key. If any other page is authentic under the key,
    the key is right.

    Raises:
        WrongPassphrase: The key does not open it.
        VaultDamaged: The key is right and the first page is not.
        StorageError: Of ``driver.connect``.
    """
    claim.hold()
    try:
        return driver.connect(claim.file, key.material, salt.salt, claim.path)
    except WrongPassphrase:
        if PageCheck(key.material, salt.salt).any_beyond_first(claim.read, claim.size):
            raise VaultDamaged(claim.path, "page 1") from None
        raise
