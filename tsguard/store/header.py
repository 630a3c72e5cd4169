r"""The first 16 bytes of a vault file.

A vault is a file with this content, whatever its name ends with (by custom ``.tsg``)::

    offset  length  content
    0       3       54 53 47, the letters "TSG"
    3       1       the key profile, 1 to 255: how a passphrase becomes the key (``kdf.PROFILES``)
    4       12      random bytes, chosen when the file was made

    All 16 bytes together are the salt of the key derivation, and also the salt that SQLCipher keeps
    at this place of its files.

    16      4080    the rest of the first page, encrypted
    4096    4096 n  further pages, encrypted

From byte 16 on the file is an SQLCipher 4 database with that version's defaults: pages of 4096
bytes, AES-256-CBC, HMAC-SHA512 for each page. It is opened with the raw key:
``PRAGMA key = "x'KKKK…SSSS…'"`` with the key's 64 and the salt's 32 hexadecimal digits.

While a vault is open, and after a crash, a file of the same name with ``-wal`` behind it lies beside
it and belongs to it. In that time the length of the vault need not be a multiple of 4096. Two more lie
beside it then and are no part of it: ``.NAME.lock`` says who has it open (``owner``), and what begins with
``.NAME.tmp-`` is a draft of a copy, never anybody's only one (``building``).

The bytes of a file are final with its key: a new passphrase, or a newer profile, makes a new file with new
random bytes, which takes the old one's place.

**Promise.** These 16 bytes never change their meaning. A profile's number is never given twice, and
a program that does not know a number refuses the file as newer than itself and leaves it untouched.
What is inside has a version of its own (``migrations``).

This module must not touch what follows the header.
"""

from __future__ import annotations

import secrets
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from tsguard.errors import NotAVault, VaultDamaged, VaultNewer
from tsguard.store.driver import PAGE_SIZE

MAGIC = b"TSG"
LENGTH = 16


@dataclass(frozen=True, slots=True)
class Header:
    """A vault's first 16 bytes.

    Attributes:
        salt: All 16 of them; not secret.
    """

    salt: bytes

    @property
    def profile(self) -> int:
        """Number of the key profile, 1 to 255."""
        return self.salt[len(MAGIC)]


def fresh(profile: int) -> Header:
    """A header for a new vault.

    Args:
        profile: 1 to 255.
    """
    return Header(MAGIC + bytes([profile]) + secrets.token_bytes(LENGTH - len(MAGIC) - 1))


def parse(path: Path, start: bytes, known: Container[int], newest: int) -> Header:
    """Read a header.

    Args:
        path: The file, for the error.
        start: The file's first 16 bytes, or all it has.
        known: The numbers of the key profiles this program has.
        newest: The highest of them.

    Raises:
        NotAVault: Too short for a header, or another file's.
        VaultDamaged: A profile number that is never given.
        VaultNewer: A profile that this program does not know.
    """
    if len(start) < LENGTH or not start.startswith(MAGIC):
        raise NotAVault(path)
    header = Header(start[:LENGTH])
    if header.profile == 0:
        raise VaultDamaged(path, "header")
    if header.profile not in known:
        raise VaultNewer(path, header.profile, newest)
    return header


def check_length(path: Path, size: int, log: Path) -> None:
    """Find a truncated file before the slow key derivation.

    Args:
        path: The vault, for the error.
        size: Its length in bytes.
        log: Where its ``-wal`` file would be.

    Raises:
        VaultDamaged: The length is none that a vault at rest can have.
    """
    try:
        waiting = log.stat().st_size
    except OSError:
        waiting = 0
    if waiting:
        # Killed in the middle of writing the log back: SQLite finishes that when it opens the file.
        return
    if size < PAGE_SIZE or size % PAGE_SIZE:
        raise VaultDamaged(path, "length")
