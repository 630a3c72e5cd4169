"""A copy of a PDF that opens with a passphrase only: AES-256, revision 6 of the standard handler.

Encryption is not allowed in PDF/A, so the copy drops that claim. It writes nothing to disk, and no
passphrase stands in an error.
"""

from __future__ import annotations

import io
import secrets
import stringprep
import unicodedata

import pikepdf
from pikepdf import Encryption, Permissions

from tsguard.domain.validation import Rule
from tsguard.errors import InvalidField, PassphraseTooLong, PassphraseTooShort
from tsguard.report.seal import SealState, read_seal, seal

SHORTEST = 8
"""Characters, as of a vault's passphrase."""
LONGEST = 127
"""Bytes in UTF-8; readers cut off what goes beyond (ISO 32000-2, 7.6.4.3.4)."""

_CLAIMS = ("pdfaid:part", "pdfaid:conformance", "pdfaid:rev", "pdfaid:amd", "pdfaid:corr")


def locked_copy(data: bytes, passphrase: str) -> bytes:
    """The same pages and attachments under a passphrase; each call gives other bytes.

    Printing and reading aloud are allowed, changing and copying are not. It has a seal of its own; a
    signature would no longer hold and is left out.

    Args:
        data: A PDF that is not encrypted.
        passphrase: As typed.

    Raises:
        PassphraseTooShort: Fewer than 8 characters.
        PassphraseTooLong: More than 127 bytes, which readers would cut off.
        InvalidField: It has half a character or a control character.
    """
    user = usable(passphrase)
    reading = read_seal(data)
    exported = data[: reading.sealed] if reading.state is SealState.APPENDED else data
    with pikepdf.open(io.BytesIO(exported)) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for claim in _CLAIMS:
                if claim in metadata:
                    del metadata[claim]
        target = io.BytesIO()
        pdf.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            encryption=Encryption(
                user=user,
                owner=secrets.token_urlsafe(32),  # nobody's: the rights are everybody's
                R=6,
                allow=Permissions(
                    accessibility=True,
                    extract=False,
                    modify_annotation=False,
                    modify_assembly=False,
                    modify_form=False,
                    modify_other=False,
                    print_lowres=True,
                    print_highres=True,
                ),
            ),
        )
    return seal(target.getvalue())


def usable(passphrase: str) -> str:
    """The passphrase as it goes into a file.

    Raises:
        PassphraseTooShort: Fewer than 8 characters.
        PassphraseTooLong: More than 127 bytes.
        InvalidField: It has half a character or a control character.
    """
    found = prepared(passphrase)
    if any(map(stringprep.in_table_c21_c22, found)):  # readers end it at a NUL
        raise InvalidField("passphrase", Rule.UNICODE.value)
    if len(found) < SHORTEST:
        raise PassphraseTooShort(SHORTEST)
    try:
        length = len(found.encode())
    except UnicodeEncodeError:
        raise InvalidField("passphrase", Rule.UNICODE.value) from None
    if length > LONGEST:
        raise PassphraseTooLong(LONGEST)
    return found


def prepared(passphrase: str) -> str:
    """What a PDF reader makes of a typed passphrase (SASLprep, RFC 4013), NFKC as a vault does."""
    mapped = "".join(
        " " if stringprep.in_table_c12(character) else character
        for character in passphrase
        if not stringprep.in_table_b1(character)
    )
    return unicodedata.normalize("NFKC", mapped)
