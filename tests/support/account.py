"""A person's system that keeps secrets, as far as a test needs it."""

from __future__ import annotations

import hashlib
import hmac


class Account:
    """What one person's system keeps, as far as a test needs it: another account reveals nothing."""

    def __init__(self, name: str) -> None:
        self._name = name.encode()

    def _stream(self, purpose: bytes, length: int) -> bytes:
        return hashlib.shake_256(self._name + purpose).digest(length)

    def protect(self, content: bytes, purpose: bytes) -> bytes | None:
        mixed = bytes(a ^ b for a, b in zip(content, self._stream(purpose, len(content)), strict=True))
        return hmac.digest(self._name + purpose, mixed, "sha256") + mixed

    def reveal(self, protected: bytes, purpose: bytes) -> bytes | None:
        mark, mixed = protected[:32], protected[32:]
        if not hmac.compare_digest(mark, hmac.digest(self._name + purpose, mixed, "sha256")):
            return None
        return bytes(a ^ b for a, b in zip(mixed, self._stream(purpose, len(mixed)), strict=True))
