"""What the vault stands on: versions of the cipher and its libraries, and a certificate to throw away.

For the self-test and for support. It must not open a vault, and nothing it makes is ever kept.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta

from tsguard.store.driver import load

_HOLDS = timedelta(days=30)


def engines() -> dict[str, str]:
    """Versions by name: SQLCipher, SQLite, cryptography, OpenSSL.

    Raises:
        ImportError: A library is not there.
        LookupError: SQLite without encryption answers, or one without full-text search.
    """
    import cryptography  # noqa: PLC0415 - start-up time
    from cryptography.hazmat.backends.openssl import backend  # noqa: PLC0415 - start-up time

    driver = load()
    with closing(driver.connect(":memory:")) as connection:
        row = connection.execute("PRAGMA cipher_version").fetchone()
        options = {option for (option,) in connection.execute("PRAGMA compile_options")}
    if not row:
        raise LookupError("SQLite without SQLCipher")
    if "ENABLE_FTS5" not in options:
        raise LookupError("SQLCipher without FTS5")
    return {
        "SQLCipher": str(row[0]),
        "SQLite": driver.sqlite_version,
        "cryptography": cryptography.__version__,
        "OpenSSL": backend.openssl_version_text().removeprefix("OpenSSL ").partition(" ")[0],
    }


def throwaway_certificate(name: str, passphrase: str, on: date) -> bytes:
    """A PKCS#12 file with a new key and a certificate that nobody vouches for.

    Args:
        name: Whose it says to be.
        passphrase: To open it with.
        on: A day on which it holds.
    """
    from cryptography import x509  # noqa: PLC0415 - start-up time
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12  # noqa: PLC0415
    from cryptography.x509.oid import NameOID  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.combine(on, time(), UTC) - _HOLDS
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + 2 * _HOLDS)
        .sign(key, hashes.SHA256())
    )
    locked = BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(b"self-test", key, certificate, None, locked)
