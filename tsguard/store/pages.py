"""Which pages of a vault are authentic, found without SQLCipher: page by page, so one does not hide the next.

SQLCipher itself gives up the whole connection at the first page that is not, and says of a damaged first
page what it says of a wrong key. Layout of SQLCipher 4 (its design document): a page of 4096 bytes ends
in 16 bytes of initialisation vector, 64 bytes of HMAC-SHA512 and no padding; the HMAC runs over the
encrypted bytes, the vector and the page's number, 32 bits, little-endian; the first page starts with the
16 bytes of salt, which the HMAC leaves out. Its key is PBKDF2-HMAC-SHA512 of the raw key, two rounds,
with the salt's bytes XOR 0x3a. This module must not decrypt anything.
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Callable, Iterator

from tsguard.store.driver import LOCK_OFFSET, PAGE_SIZE
from tsguard.store.header import LENGTH

_MASK, _ROUNDS, _HMAC_KEY = 0x3A, 2, 32
_HMAC = 64
_AT_ONCE = 256
_LOCK_PAGE = LOCK_OFFSET // PAGE_SIZE + 1

Read = Callable[[int, int], bytes]
"""Gives the file's bytes from an offset, at most so many."""


class PageCheck:
    """Tells authentic pages of one vault from others."""

    def __init__(self, key: bytes, salt: bytes) -> None:
        """Make it.

        Args:
            key: 32 bytes.
            salt: The file's first 16 bytes.
        """
        # Not Python's own, which lacks the derivation where it was built without OpenSSL.
        from cryptography.hazmat.primitives.hashes import SHA512  # noqa: PLC0415 - start-up time
        from cryptography.hazmat.primitives.hmac import HMAC  # noqa: PLC0415
        from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC  # noqa: PLC0415

        masked = bytes(byte ^ _MASK for byte in salt)
        derived = PBKDF2HMAC(SHA512(), length=_HMAC_KEY, salt=masked, iterations=_ROUNDS).derive(key)
        self._begun = HMAC(derived, SHA512())

    def authentic(self, page: bytes, number: int) -> bool:
        """Whether a page is what a program with the key wrote at that place.

        Args:
            page: All 4096 bytes.
            number: Counted from 1.
        """
        if len(page) != PAGE_SIZE:
            return False
        covered = page[LENGTH if number == 1 else 0 : PAGE_SIZE - _HMAC]
        found = self._begun.copy()
        found.update(covered + struct.pack("<I", number))
        return hmac.compare_digest(found.finalize(), page[PAGE_SIZE - _HMAC :])

    def damaged(
        self, read: Read, size: int, progress: Callable[[int, int], None] = lambda _done, _total: None
    ) -> Iterator[int]:
        """The numbers of the pages that are not authentic, rising; a rest behind the last page counts as one.

        A page of zeros counts too: SQLCipher reads it as empty, but never leaves one in a vault.

        Args:
            read: Reads the file.
            size: Its length in bytes.
            progress: Told the bytes done and all bytes, after each MiB.
        """
        number, offset = 1, 0
        while offset < size:
            block = read(offset, min(_AT_ONCE * PAGE_SIZE, size - offset))
            if not block:
                yield number
                return
            for start in range(0, len(block), PAGE_SIZE):
                if number != _LOCK_PAGE and not self.authentic(block[start : start + PAGE_SIZE], number):
                    yield number
                number += 1
            offset += len(block)
            progress(offset, size)

    def any_beyond_first(self, read: Read, size: int) -> bool:
        """Whether some page after the first is authentic, which shows that the key is the right one.

        Looks at the eight pages after the first and the last eight.
        """
        last = size // PAGE_SIZE
        numbers = {*range(2, min(last, 9) + 1), *range(max(2, last - 7), last + 1)}
        return any(
            self.authentic(read((number - 1) * PAGE_SIZE, PAGE_SIZE), number) for number in sorted(numbers)
        )
