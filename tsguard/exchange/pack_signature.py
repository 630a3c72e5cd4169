"""The publisher's Ed25519 signature on content packs (RFC 8032), and the files that its keys lie in.

The only module outside the store that may import ``cryptography``. It must not know what is signed, and
never tells, prints or keeps a private key.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY_BYTES = 32
SIGNATURE_BYTES = 64
LARGEST_KEY_FILE = 16 * 1024
"""Bytes of a PEM file; an encrypted Ed25519 key has some 400."""


class NotAKey(ValueError):
    """The data are no Ed25519 key in PEM."""


class OtherKind(ValueError):
    """A sound key of another kind."""


class NotEncrypted(ValueError):
    """A private key in clear."""


class WrongPassphrase(ValueError):
    """The passphrase does not open the key, or the key is damaged."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half.

    Attributes:
        raw: Its 32 bytes.
    """

    raw: bytes

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of its 32 bytes, 64 hexadecimal digits."""
        return hashlib.sha256(self.raw).hexdigest()

    def signed(self, signature: bytes, message: bytes) -> bool:
        """Whether the private half made this signature of 64 bytes over this very message."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - start-up time
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PublicKey,
        )

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    def pem(self) -> bytes:
        """As a SubjectPublicKeyInfo in PEM, which openssl reads, too."""
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - start-up time
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PublicKey,
        )

        return Ed25519PublicKey.from_public_bytes(self.raw).public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Both halves; nothing shows the private one.

    Attributes:
        public: The public half.
    """

    public: PublicKey
    _key: Ed25519PrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes; the same for the same message."""
        return self._key.sign(message)

    def pem(self, passphrase: str) -> bytes:
        """As PKCS#8 in PEM, encrypted with a passphrase (UTF-8)."""
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - start-up time

        return self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase.encode()),
        )


def new_key() -> SigningKey:
    """A new pair from the operating system's random numbers."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    return _signing(Ed25519PrivateKey.generate())


def public_key(pem: bytes) -> PublicKey:
    """The public key of a PEM file; what stands before its first line is a remark.

    Raises:
        NotAKey: There is none in it.
        OtherKind: It is a key, of another kind than Ed25519.
    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - start-up time
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    start = pem.find(b"-----BEGIN PUBLIC KEY-----")
    if start < 0 or len(pem) > LARGEST_KEY_FILE:
        raise NotAKey
    try:
        found = serialization.load_pem_public_key(pem[start:])
    except UnsupportedAlgorithm as error:
        raise OtherKind from error
    except ValueError as error:
        raise NotAKey from error
    if not isinstance(found, Ed25519PublicKey):
        raise OtherKind
    return PublicKey(found.public_bytes_raw())


def signing_key(pem: bytes, passphrase: str) -> SigningKey:
    """The key pair of an encrypted PKCS#8 file in PEM.

    Raises:
        NotAKey: There is none in it.
        NotEncrypted: The key is there in clear.
        OtherKind: It is a key, of another kind than Ed25519.
        WrongPassphrase: The passphrase does not open it.
    """
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - start-up time
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    if b"-----BEGIN PRIVATE KEY-----" in pem:
        raise NotEncrypted
    start = pem.find(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    if start < 0 or len(pem) > LARGEST_KEY_FILE:
        raise NotAKey
    try:
        # An empty passphrase is none to the library, which then speaks of a missing one.
        found = serialization.load_pem_private_key(pem[start:], passphrase.encode() or b"\0")
    except UnsupportedAlgorithm as error:
        raise OtherKind from error
    except ValueError as error:
        raise WrongPassphrase from error
    if not isinstance(found, Ed25519PrivateKey):
        raise OtherKind
    return _signing(found)


def _signing(key: Ed25519PrivateKey) -> SigningKey:
    return SigningKey(PublicKey(key.public_key().public_bytes_raw()), key)
