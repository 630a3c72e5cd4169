"""Electronic signatures on a PDF: PAdES-B-B by a certificate in a PKCS#12 file.

pyHanko does it; it is an extra, loaded here only. The signature is appended: what was there stays byte for
byte, and the pages look the same. No time stamp is fetched: the program has no network.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tsguard.errors import SigningFault, SigningRefused
from tsguard.i18n import _
from tsguard.report.pyhanko_offline import keep_offline

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

EXTRA = "tsguard[sign]"
"""What pip installs."""
FIELD = "tsguard-signature"
"""The first signature field's name."""

_PFX = re.compile(rb"\x30(?:[\x00-\x80]|\x81.|\x82..|\x83...|\x84....)\x02\x01\x03\x30", re.DOTALL)
MOST_BYTES = 1024 * 1024
"""Of a certificate's file that is read."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Facts of a certificate that a document can be signed with.

    Attributes:
        subject: Whose it is, as it calls itself.
        issuer: Who gave it.
        starts: The day from which it holds.
        ends: The last day.
    """

    subject: str
    issuer: str
    starts: date
    ends: date

    def holds(self, on: date) -> bool:
        """Whether it is neither expired nor not yet valid on that day; that is a warning, no refusal."""
        return self.starts <= on <= self.ends


def read_certificate(pkcs12: bytes, passphrase: str) -> Certificate:
    """Look at a certificate before it signs.

    Args:
        pkcs12: The file; of a larger one than ``MOST_BYTES``, its beginning.
        passphrase: Its own; "" where it has none.

    Raises:
        SigningRefused: It can't be used, or pyHanko is not installed.
    """
    certificate: Any = _signer(pkcs12, passphrase).signing_cert
    return Certificate(
        subject=shown_name(certificate.subject.native),
        issuer=shown_name(certificate.issuer.native),
        starts=certificate.not_valid_before.date(),
        ends=certificate.not_valid_after.date(),
    )


def sign(data: bytes, pkcs12: bytes, passphrase: str, *, reason: str = "") -> bytes:
    """A PDF with a signature appended; what it had before is untouched.

    The signature states the moment at which it is made, by this computer's clock.

    Args:
        data: A finished PDF that is not encrypted.
        pkcs12: As for ``read_certificate``.
        passphrase: Its own; "" where it has none.
        reason: Why it is signed, shown by readers; "" for none.

    Raises:
        SigningRefused: The certificate can't be used, or pyHanko is not installed.
    """
    signer = _signer(pkcs12, passphrase)
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - an extra
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter  # noqa: PLC0415
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner  # noqa: PLC0415

    from tsguard.report.loop_without_sockets import run  # noqa: PLC0415 - start-up time

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    number = len(writer.prev.embedded_signatures) + 1
    name = FIELD if number == 1 else f"{FIELD}-{number}"
    metadata = PdfSignatureMetadata(name, reason=reason or None, subfilter=SigSeedSubFilter.PADES)
    field = SigFieldSpec(name, readable_field_name=_("电子签名"))
    with _refusing_key():
        signed = run(PdfSigner(metadata, signer, new_field_spec=field).async_sign_pdf(writer))
    return bytes(signed.getvalue())


def shown_name(parts: dict[str, object]) -> str:
    """A name as people know it: its common name, else its organisation, else all of it."""
    for key in ("common_name", "organization_name"):
        if parts.get(key):
            return str(parts[key])
    return "、".join(map(str, parts.values()))


def _signer(pkcs12: bytes, passphrase: str) -> SimpleSigner:
    keep_offline()
    try:
        from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise SigningRefused(SigningFault.NOT_INSTALLED, EXTRA) from error
    if len(pkcs12) > MOST_BYTES or not _PFX.match(pkcs12):
        raise SigningRefused(SigningFault.NOT_PKCS12)
    try:
        secret = passphrase.encode()
    except UnicodeEncodeError:
        raise SigningRefused(SigningFault.WRONG_PASSPHRASE) from None
    if b"\0" in secret:  # OpenSSL's binding stops the whole program at one
        raise SigningRefused(SigningFault.WRONG_PASSPHRASE)
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(pkcs12, [], secret or None)
    except ValueError as error:
        raise SigningRefused(_why(error.__cause__)) from None
    except (AttributeError, TypeError):  # neither key nor certificate in it
        raise SigningRefused(SigningFault.NO_KEY) from None
    return signer


def _why(cause: BaseException | None) -> SigningFault:
    """Why a file in the form of a PKCS#12 can't be loaded; only its reader's words tell."""
    words = str(cause).lower()
    if "password" in words:
        return SigningFault.WRONG_PASSPHRASE
    if "unsupported" in words or type(cause).__name__ == "UnsupportedAlgorithm":
        return SigningFault.KEY_KIND
    return SigningFault.NOT_PKCS12


@contextmanager
def _refusing_key() -> Iterator[None]:
    """Tell of a key that pyHanko can't sign with."""
    from pyhanko.sign.general import SigningError  # noqa: PLC0415 - an extra

    try:
        yield
    except (SigningError, NotImplementedError) as error:
        raise SigningRefused(SigningFault.KEY_KIND) from error
