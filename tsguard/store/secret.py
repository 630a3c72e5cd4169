"""What opens a vault: the passphrase as typed, or the key itself. It must not keep either."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

_KEY_ID_LABEL = b"tsguard key id"


@dataclass(frozen=True, slots=True, eq=False)
class RawKey:
    """The key of a vault, as the recovery code carries it.

    Attributes:
        material: 32 bytes; in no repr and in no error.
    """

    material: bytes = field(repr=False)

    def same(self, other: RawKey) -> bool:
        """Whether the two are equal, in a time that tells nothing about where they differ."""
        return hmac.compare_digest(self.material, other.material)


Secret = str | RawKey
"""A passphrase as typed, or the key itself."""


def key_id(salt: bytes) -> str:
    """A name for the key that belongs to a header: 8 hexadecimal digits that tell nothing about the key.

    Args:
        salt: The file's first 16 bytes; each new passphrase brings new ones.
    """
    return hashlib.sha256(_KEY_ID_LABEL + salt).hexdigest()[:8]
