"""From a passphrase to a key, by one of a closed list of profiles.

The list is closed so that a hostile file can't ask for a terabyte of memory. This module must not keep
a passphrase or a key, and none may stand in an error.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tsguard.errors import PassphraseTooShort

KEY_LENGTH = 32
"""In bytes."""

SHORTEST_PASSPHRASE = 8
"""In characters, after normalisation."""


@dataclass(frozen=True, slots=True)
class KdfProfile:
    """Costs of Argon2id (RFC 9106).

    Attributes:
        memory: In KiB, at least 8 × lanes.
        iterations: Passes over it.
        lanes: Worked on at the same time.
    """

    memory: int
    iterations: int
    lanes: int


PROFILES: Mapping[int, KdfProfile] = MappingProxyType(
    {1: KdfProfile(memory=128 * 1024, iterations=3, lanes=4)}
)
"""By the number in the file's header; numbers are never given twice. 1 took 0.35 s in 2026."""


def normalised(passphrase: str) -> str:
    """The passphrase in NFKC, so that every keyboard and system makes the same characters of it."""
    return unicodedata.normalize("NFKC", passphrase)


def check_length(passphrase: str) -> None:
    """Refuse a passphrase that is too short for a new vault.

    Raises:
        PassphraseTooShort: It has fewer than 8 characters.
    """
    if len(normalised(passphrase)) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort(SHORTEST_PASSPHRASE)


def derive(passphrase: str, salt: bytes, profile: KdfProfile) -> bytes:
    """The key of 32 bytes; takes as long as the profile costs and lets other threads run.

    Args:
        passphrase: As typed.
        salt: 16 bytes, the file's header.
        profile: The header's.
    """
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - start-up time

    function = Argon2id(
        salt=salt,
        length=KEY_LENGTH,
        iterations=profile.iterations,
        lanes=profile.lanes,
        memory_cost=profile.memory,
    )
    # A half of a surrogate pair, which some input methods let slip, has no UTF-8; it still opens the
    # vault that it was chosen for.
    return function.derive(normalised(passphrase).encode("utf-8", "surrogatepass"))
