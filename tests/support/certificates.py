"""Throw-away certificates in PKCS#12, to sign with in tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

CERTIFICATE_PASSPHRASE = "证书-口令-1"
SIGNER = "珠海示例微电子有限公司"


def make_pkcs12(
    *,
    key: Any = None,
    signer: str = SIGNER,
    issuer: str = "示例证书机构",
    passphrase: str = CERTIFICATE_PASSPHRASE,
    with_key: bool = True,
    starts: datetime = datetime(2026, 1, 1),
    days: int = 730,
) -> bytes:
    """A certificate with its key; the issuer's own key is the same one, which nobody looks at here."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, signer)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(20261123)
        .not_valid_before(starts)
        .not_valid_after(starts + timedelta(days=days))
        .sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )
    locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return pkcs12.serialize_key_and_certificates(
        b"test", key if with_key else None, certificate, None, locked
    )
