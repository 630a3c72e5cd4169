"""The copy under a passphrase: opens with it however it is typed, claims nothing that it is not."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.certificates import CERTIFICATE_PASSPHRASE, make_pkcs12
from unit.report.conftest import make_document, make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.errors import InvalidField, PassphraseTooLong, PassphraseTooShort
from tsguard.report.locking import locked_copy, prepared, usable
from tsguard.report.pdf import render
from tsguard.report.seal import SealState, read_seal
from tsguard.report.signing import sign

PASSPHRASE = "回形针 Ａbc-𬭎㵘䶮𠮷"


@pytest.fixture(scope="module")
def report() -> bytes:
    return render(make_document(make_snapshot(), Level.SUBMISSION)).data


@pytest.fixture(scope="module")
def locked(report: bytes) -> bytes:
    return locked_copy(report, PASSPHRASE)


def test_it_opens_with_the_passphrase_only_and_is_sealed(report: bytes, locked: bytes) -> None:
    assert read_seal(locked).state is SealState.WHOLE
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(locked)
    with pikepdf.open(io.BytesIO(locked), password=prepared(PASSPHRASE)) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert pdf.user_password_matched
        assert not pdf.owner_password_matched
        assert pdf.allow.print_highres
        assert pdf.allow.accessibility
        assert not pdf.allow.modify_other
        assert not pdf.allow.extract
        with pikepdf.open(io.BytesIO(report)) as before:
            assert len(pdf.pages) == len(before.pages)
            assert [each.UF for each in pdf.Root.AF] == [each.UF for each in before.Root.AF]


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler is not installed")
def test_an_independent_reader_opens_it(locked: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(locked)
    told = subprocess.run(
        ["pdfinfo", "-upw", prepared(PASSPHRASE), str(file)],  # noqa: S607
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    assert "AES-256" in told
    assert "print:yes copy:no change:no" in told


def test_nothing_of_the_document_is_left_in_clear(locked: bytes) -> None:
    for text in ("示例䶮", "assessment", "商业秘密"):
        for coding in ("utf-8", "utf-16-be"):
            assert text.encode(coding) not in locked
    assert PASSPHRASE.encode() not in locked


def test_it_does_not_claim_to_be_pdf_a(report: bytes, locked: bytes) -> None:
    def claims(data: bytes, password: str = "") -> bool:
        with pikepdf.open(io.BytesIO(data), password=password) as pdf, pdf.open_metadata() as metadata:
            return any(key.endswith(("}part", "}conformance")) and "pdfa/ns/id" in key for key in metadata)

    assert claims(report)
    assert not claims(locked, prepared(PASSPHRASE))


def test_a_signature_that_would_not_hold_is_left_out(report: bytes) -> None:
    signed = sign(report, make_pkcs12(), CERTIFICATE_PASSPHRASE)
    with pikepdf.open(io.BytesIO(locked_copy(signed, PASSPHRASE)), password=prepared(PASSPHRASE)) as pdf:
        assert "/AcroForm" not in pdf.Root


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢＣ１２３４５", "ABC12345"),
        ("caf\u00e9-12345", "cafe\u0301-12345"),
        ("一二三四　五六七八", "一二三四 五六七八"),
    ],
)
def test_one_passphrase_however_it_is_typed(one: str, other: str) -> None:
    assert usable(one) == usable(other)


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_what_a_reader_makes_of_it_is_settled(text: str) -> None:
    assert prepared(prepared(text)) == prepared(text)


@pytest.mark.parametrize("short", ["", "1234567", "\u00ad" * 20])
def test_short_ones_are_refused(report: bytes, short: str) -> None:
    with pytest.raises(PassphraseTooShort):
        locked_copy(report, short)


def test_ones_that_readers_would_cut_off_are_refused(report: bytes) -> None:
    assert usable("字" * 42) == "字" * 42
    with pytest.raises(PassphraseTooLong) as told:
        locked_copy(report, "字" * 43)
    assert "字" not in str(told.value)
    with pytest.raises(InvalidField):
        locked_copy(report, "12345678\ud800")


@pytest.mark.parametrize(
    "passphrase", ["a\0bcdefgh", "abcdefgh\n", "\x1bpassphrase", "p\0a\0s\0s\0w\0o\0r\0d\0"]
)
def test_a_control_character_is_refused(passphrase: str) -> None:
    """Readers take what stands before a NUL for all of it; a file in UTF-16 has one after each letter."""
    with pytest.raises(InvalidField):
        locked_copy(b"", passphrase)
