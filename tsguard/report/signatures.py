"""What the signatures in a PDF say: whether they hold, what they cover, who made them by his own word.

pyHanko reads them; it is an extra, loaded here only. Whether a certificate can be trusted is not asked: that
needs the issuer's lists, and a network.
"""

from __future__ import annotations

import io
import logging
import struct
import zlib
from dataclasses import dataclass
from datetime import datetime

from tsguard.report.pyhanko_offline import keep_offline
from tsguard.report.signing import shown_name

_MOST = 20
"""Signatures that are looked at."""


@dataclass(frozen=True, slots=True)
class SignatureReading:
    """One signature.

    Attributes:
        signer: As the certificate calls its owner; "" where that can't be read.
        issuer: Who gave the certificate.
        stated_at: When it was made, by the signer's clock; None where it does not say.
        holds: Whether what it covers is as it was signed; None where that can't be told here: an algorithm
            such as SM2, a name with characters newer than Unicode 3.2 (pyHanko 0.38), a broken structure.
        whole: Whether it covers the file to its end.
    """

    signer: str
    issuer: str
    stated_at: datetime | None
    holds: bool | None
    whole: bool


def read_signatures(data: bytes) -> tuple[SignatureReading, ...] | None:
    """The signatures in a PDF that is not encrypted, oldest first.

    Returns:
        None where pyHanko is not installed; nothing at all where the file can't be read by it.
    """
    keep_offline()
    try:
        from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415 - an extra
        from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
        from pyhanko.sign.general import SigningError  # noqa: PLC0415
        from pyhanko.sign.validation.errors import SignatureValidationError  # noqa: PLC0415
        from pyhanko.sign.validation.generic_cms import validate_sig_integrity  # noqa: PLC0415
        from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature  # noqa: PLC0415
        from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415
    except ImportError:
        return None
    _keep_quiet()
    # A file from anywhere fails in a library for PDF, ASN.1 and certificates in as many ways as there are.
    faults = (
        PdfError, SigningError, SignatureValidationError, ValueError, TypeError, LookupError, AttributeError,
        ArithmeticError, NotImplementedError, RecursionError, AssertionError, OSError, struct.error,
        zlib.error,
    )  # fmt: skip

    def reading(found: EmbeddedPdfSignature) -> SignatureReading:
        certificate = found.signer_cert
        intact, valid = validate_sig_integrity(
            found.signer_info,
            cert=certificate,
            expected_content_type="data",
            actual_digest=found.compute_digest(),
        )
        return SignatureReading(
            signer=shown_name(certificate.subject.native),
            issuer=shown_name(certificate.issuer.native),
            stated_at=found.self_reported_timestamp,
            holds=bool(intact and valid),
            whole=found.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE,
        )

    try:
        signatures = PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures[:_MOST]
    except faults:
        return ()
    read: list[SignatureReading] = []
    for each in signatures:
        try:
            read.append(reading(each))
        except faults:
            read.append(SignatureReading("", "", None, holds=None, whole=False))
    return tuple(read)


def _keep_quiet() -> None:
    """Keep pyHanko's remarks on a file off the terminal."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
