"""A content pack as one file (``.tsgpack``): a line that names it, the key, the signature, the payload.

Layout: ``tsgpack 1`` and a line feed, the publisher's public key (32 bytes), the Ed25519 signature (64
bytes), the payload to the end. Signed is ``tsguard content pack 1``, a zero byte, the public key and the
payload, so that no signature made for anything else fits. Not one byte of the payload is interpreted before
the signature holds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tsguard.errors import PackFault, PackRefused
from tsguard.exchange.pack_payload import Manifest, PayloadFault, packed, unpacked
from tsguard.exchange.pack_signature import KEY_BYTES, SIGNATURE_BYTES, PublicKey, SigningKey

LARGEST_PACK = 8 * 1024 * 1024
"""Bytes of a whole pack; the content that ships takes some 200 KB."""

_MAGIC = b"tsgpack 1\n"
_ANY_FORMAT = re.compile(rb"tsgpack [0-9]{1,6}\n")
_DOMAIN = b"tsguard content pack 1\0"


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack whose signature holds.

    Attributes:
        manifest: What it says of itself.
        key: Who signed it.
        sha256: Of the whole file, 64 hexadecimal digits.
        files: The content files by their names within the content folder.
        data: The whole file's bytes.
    """

    manifest: Manifest
    key: PublicKey
    sha256: str
    files: Mapping[str, bytes] = field(repr=False)
    data: bytes = field(repr=False)


def made_pack(manifest: Manifest, files: Mapping[str, bytes], key: SigningKey, path: Path) -> Pack:
    """Make and sign a pack; the same bytes for the same arguments.

    Args:
        manifest: What it says of itself.
        files: The content files by their names within the content folder.
        key: The publisher's.
        path: What an error calls it.

    Raises:
        PackRefused: A file's name or size is out of bounds.
    """
    try:
        payload = packed(manifest, files)
    except PayloadFault as error:
        raise PackRefused(path, error.fault) from error
    signature = key.sign(_message(key.public, payload))
    data = _MAGIC + key.public.raw + signature + payload
    if len(data) > LARGEST_PACK:
        raise PackRefused(path, PackFault.TOO_LARGE)
    return Pack(manifest, key.public, hashlib.sha256(data).hexdigest(), dict(files), data)


def opened_pack(data: bytes, publisher: PublicKey, path: Path) -> Pack:
    """The pack of a file's bytes, once the publisher's signature holds.

    Args:
        data: The file's bytes; of a larger file ``LARGEST_PACK + 1`` are enough.
        publisher: Whose signature counts.
        path: What an error calls it.

    Raises:
        PackRefused: It is no pack of the publisher's, or not as it left the publisher.
    """
    if not data.startswith(_MAGIC):
        newer = _ANY_FORMAT.match(data)
        raise PackRefused(path, PackFault.NEWER_FORMAT if newer else PackFault.NOT_A_PACK)
    if len(data) > LARGEST_PACK:
        raise PackRefused(path, PackFault.TOO_LARGE)
    start = len(_MAGIC) + KEY_BYTES + SIGNATURE_BYTES
    if len(data) <= start:
        raise PackRefused(path, PackFault.CUT_SHORT)
    key = PublicKey(data[len(_MAGIC) :][:KEY_BYTES])
    if key != publisher:
        raise PackRefused(path, PackFault.OTHER_KEY, key.fingerprint, publisher.fingerprint)
    signature, payload = data[start - SIGNATURE_BYTES : start], data[start:]
    if not publisher.signed(signature, _message(publisher, payload)):
        raise PackRefused(path, PackFault.CHANGED)
    try:
        manifest, files = unpacked(payload)
    except PayloadFault as error:
        raise PackRefused(path, error.fault) from error
    return Pack(manifest, key, hashlib.sha256(data).hexdigest(), files, data)


def _message(key: PublicKey, payload: bytes) -> bytes:
    return _DOMAIN + key.raw + payload
