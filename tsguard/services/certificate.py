"""A certificate looked at before it signs (电子签名证书): whose it is, and whether it still holds.

Nothing of it is kept. An expired one is warned of, not refused: the person may have nothing else at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tsguard.i18n import _
from tsguard.services.given_file import given_bytes
from tsguard.services.visible import visible


@dataclass(frozen=True, slots=True)
class CertificateLook:
    """A certificate that can sign.

    Attributes:
        subject: Whose it is, as it calls itself.
        issuer: Who gave it.
        starts: The day from which it holds.
        ends: The last day.
        warning: A sentence where it does not hold on the day of signing; "" otherwise.
    """

    subject: str
    issuer: str
    starts: date
    ends: date
    warning: str


def look_at_certificate(file: Path, passphrase: str, on: date) -> CertificateLook:
    """Look at a PKCS#12 file.

    Args:
        file: With certificate and private key.
        passphrase: Its own; "" where it has none.
        on: The day of signing.

    Raises:
        SigningRefused: It can't be used, or signing is not installed.
        Unreadable: The file can't be read.
    """
    from tsguard.report.signing import MOST_BYTES, read_certificate  # noqa: PLC0415 - start-up time

    found = read_certificate(given_bytes(file, MOST_BYTES), passphrase)
    return CertificateLook(
        visible(found.subject),
        visible(found.issuer),
        found.starts,
        found.ends,
        _warning(found.starts, found.ends, on),
    )


def _warning(starts: date, ends: date, on: date) -> str:
    if on > ends:
        return _("证书已于{day}到期，签出的文件可能不被认可。").format(day=ends.isoformat())
    if on < starts:
        return _("证书从{day}起才有效，签出的文件可能不被认可。").format(day=starts.isoformat())
    return ""
