"""Signatures: made by pyHanko, appended, seen; each thing that can be wrong with a certificate is told."""

from __future__ import annotations

import io
import sys
import zlib
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from support import verapdf
from support.certificates import CERTIFICATE_PASSPHRASE, SIGNER, make_pkcs12
from unit.report.conftest import make_document, make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.errors import SigningFault, SigningRefused
from tsguard.report.examined import Added, Examined, added_since, examine
from tsguard.report.pdf import render
from tsguard.report.seal import SealState, read_seal
from tsguard.report.signatures import read_signatures
from tsguard.report.signing import Certificate, read_certificate, sign


@pytest.fixture(scope="module")
def report() -> bytes:
    return render(make_document(make_snapshot(), Level.SUBMISSION)).data


@pytest.fixture(scope="module")
def signed(report: bytes) -> bytes:
    return sign(report, make_pkcs12(), CERTIFICATE_PASSPHRASE, reason="报送")


def test_it_is_appended_holds_and_covers_all(report: bytes, signed: bytes) -> None:
    assert signed.startswith(report)
    found = read_seal(signed)
    assert (found.state, found.sealed) == (SealState.APPENDED, len(report))
    signatures = read_signatures(signed)
    assert signatures is not None
    (one,) = signatures
    assert (one.signer, one.issuer, one.holds, one.whole) == (SIGNER, "示例证书机构", True, True)
    assert one.stated_at is not None
    assert abs((datetime.now(UTC) - one.stated_at).total_seconds()) < 600
    assert added_since(report, signed) is Added.SIGNATURES


def test_it_is_pades(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert field.V.SubFilter == pikepdf.Name("/ETSI.CAdES.detached")
        assert str(field.V.Reason) == "报送"
        assert pdf.check_pdf_syntax() == []


def test_the_pages_look_the_same(report: bytes, signed: bytes) -> None:
    one, other = pypdfium2.PdfDocument(report), pypdfium2.PdfDocument(signed)
    assert len(one) == len(other)
    for index in (0, len(one) - 1):
        assert bytes(one[index].render(scale=0.5).buffer) == bytes(other[index].render(scale=0.5).buffer)


def test_it_stays_pdf_a_and_pdf_ua(signed: bytes, tmp_path: Path) -> None:
    if verapdf.why_not():
        pytest.skip(verapdf.why_not())
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed)
    for flavour, verdict in verapdf.verdicts([file])[file].items():
        assert verdict.checks > 1000
        assert not verdict.broken, flavour


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(65537, 2048),
        ec.generate_private_key(ec.SECP384R1()),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["rsa", "ecdsa", "ed25519"],
)
def test_keys_of_every_usual_kind(report: bytes, key: object) -> None:
    signatures = read_signatures(sign(report, make_pkcs12(key=key, passphrase=""), ""))
    assert signatures is not None
    assert [each.holds for each in signatures] == [True]


def test_rare_characters_in_the_signer_s_name(report: bytes) -> None:
    signatures = read_signatures(sign(report, make_pkcs12(signer="𬭎㵘䶮𠮷公司"), CERTIFICATE_PASSPHRASE))
    assert signatures is not None
    assert [(each.signer, each.holds) for each in signatures] == [("𬭎㵘䶮𠮷公司", True)]


def test_a_changed_byte_breaks_it(report: bytes, signed: bytes) -> None:
    at = report.index(b"endstream") - 10
    changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    signatures = read_signatures(changed)
    assert signatures is not None
    assert [each.holds for each in signatures] == [False]


def test_what_comes_after_it_is_not_covered(signed: bytes) -> None:
    signatures = read_signatures(signed + b"1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n")
    assert signatures is None or not any(each.whole for each in signatures)


@pytest.mark.parametrize(
    ("pkcs12", "passphrase", "fault"),
    [
        (make_pkcs12(), "错的口令", SigningFault.WRONG_PASSPHRASE),
        (make_pkcs12(), "", SigningFault.WRONG_PASSPHRASE),
        (make_pkcs12(with_key=False), CERTIFICATE_PASSPHRASE, SigningFault.NO_KEY),
        (b"", "口令", SigningFault.NOT_PKCS12),
        (b"-----BEGIN CERTIFICATE-----\n", "口令", SigningFault.NOT_PKCS12),
        (make_pkcs12()[:-40], CERTIFICATE_PASSPHRASE, SigningFault.NOT_PKCS12),
        (b"\x30\x82" * 2_000_000, "口令", SigningFault.NOT_PKCS12),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_certificate_is_told(
    report: bytes, pkcs12: bytes, passphrase: str, fault: SigningFault
) -> None:
    for refused in (lambda: sign(report, pkcs12, passphrase), lambda: read_certificate(pkcs12, passphrase)):
        with pytest.raises(SigningRefused) as told:
            refused()
        assert told.value.fault is fault
        assert not passphrase or passphrase not in str(told.value)


@pytest.mark.parametrize("passphrase", ["a\0b", "\ud800", "口" * 100_000])
def test_a_passphrase_that_no_certificate_has(report: bytes, passphrase: str) -> None:
    with pytest.raises(SigningRefused) as told:
        sign(report, make_pkcs12(), passphrase)
    assert told.value.fault is SigningFault.WRONG_PASSPHRASE


def test_an_expired_certificate_is_told_and_still_signs(report: bytes) -> None:
    file = make_pkcs12(starts=datetime(2020, 1, 1), days=365)
    found = read_certificate(file, CERTIFICATE_PASSPHRASE)
    assert found == Certificate(SIGNER, "示例证书机构", date(2020, 1, 1), date(2020, 12, 31))
    assert not found.holds(date(2026, 11, 23))
    assert found.holds(date(2020, 12, 31))
    assert read_signatures(sign(report, file, CERTIFICATE_PASSPHRASE))


def test_without_pyhanko_it_says_what_to_install(report: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in sys.modules if each.partition(".")[0] == "pyhanko"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    with pytest.raises(SigningRefused) as told:
        sign(report, make_pkcs12(), CERTIFICATE_PASSPHRASE)
    assert (told.value.fault, told.value.extra) == (SigningFault.NOT_INSTALLED, "tsguard[sign]")
    assert read_signatures(report) is None


def in_object_stream(packed: bytes) -> bytes:
    """A signature field whose signature lies in an object stream with that packed content."""
    made = bytearray(b"%PDF-1.7\n")
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[4 0 R]>>>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        4: b"<</FT/Sig/T(x)/V 5 0 R>>",
        6: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
        % (len(packed), packed),
    }
    places = {5: b"\2\0\6\0"}
    for number, content in objects.items():
        places[number] = b"\1" + len(made).to_bytes(2, "big") + b"\0"
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(places.get(number, bytes(4)) for number in range(8))
    at = len(made)
    made += b"7 0 obj\n<</Type/XRef/Size 8/Root 1 0 R/W[1 2 1]/Length %d>>\nstream\n" % len(table)
    return bytes(made + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % at)


@pytest.mark.parametrize("packed", [b"not packed at all", zlib.compress(b"5 0 " + b"<<>>" * 1000)[:20], b""])
def test_a_signature_in_a_broken_stream_is_none_that_can_be_read(packed: bytes) -> None:
    made = in_object_stream(packed)
    found = examine(made)
    assert isinstance(found, Examined)
    assert found.signed
    assert read_signatures(made) == ()
