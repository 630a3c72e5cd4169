"""What came to a file after it was sealed: signatures and nothing else, or something more."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from support.certificates import CERTIFICATE_PASSPHRASE, make_pkcs12
from unit.report.conftest import make_document, make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.report import preview
from tsguard.report.examined import Added, Examined, ExamineFault, added_since, examine, printed
from tsguard.report.page_weight import MOST_BYTES
from tsguard.report.pdf import render
from tsguard.report.signatures import read_signatures
from tsguard.report.signing import sign


@pytest.fixture(scope="module")
def report() -> bytes:
    return render(make_document(make_snapshot(), Level.SUBMISSION)).data


def signed(data: bytes) -> bytes:
    return sign(data, make_pkcs12(), CERTIFICATE_PASSPHRASE)


def appended(data: bytes, change: Callable[[IncrementalPdfFileWriter, DictionaryObject], None]) -> bytes:
    """With an incremental update; ``change`` gets the first page, too."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]
    while "/Kids" in page:
        page = page["/Kids"][0]
    change(writer, page.get_object())
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_one_signature_and_two(report: bytes) -> None:
    once = signed(report)
    twice = signed(once)
    assert added_since(report, once) is Added.SIGNATURES
    assert added_since(report, twice) is Added.SIGNATURES
    found = read_signatures(twice)
    assert found is not None
    assert [(each.holds, each.whole) for each in found] == [(True, False), (True, True)]


def note(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    box = ArrayObject([NumberObject(each) for each in (0, 0, 500, 800)])
    stamp = DictionaryObject({pdf_name("/Subtype"): pdf_name("/Square"), pdf_name("/Rect"): box})
    page[pdf_name("/Annots")] = ArrayObject([writer.add_object(stamp)])
    writer.update_container(page)


def content(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    page[pdf_name("/Contents")] = writer.add_object(StreamObject(stream_data=b"0 0 500 500 re f"))
    writer.update_container(page)


def stream_in_place(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    stream = page["/Contents"]
    stream._data = b"0 0 500 500 re f"
    stream._encoded_data = None
    writer.mark_update(page.raw_get("/Contents"))


def action(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    script = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("x")}
    writer.root[pdf_name("/OpenAction")] = DictionaryObject(script)
    writer.update_root()


def other_form(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
    form = {pdf_name("/Fields"): ArrayObject(), NameObject("/XFA"): ArrayObject()}
    writer.root[pdf_name("/AcroForm")] = DictionaryObject(form)
    writer.update_root()


@pytest.mark.parametrize("change", [note, content, stream_in_place, action, other_form])
def test_anything_else_shows_even_below_a_signature(
    report: bytes, change: Callable[[IncrementalPdfFileWriter, DictionaryObject], None]
) -> None:
    made = appended(report, change)
    assert len(made) > len(report)
    assert added_since(report, made) is Added.MORE
    assert added_since(report, signed(made)) is Added.MORE


def test_a_signature_with_a_picture_is_told(report: bytes) -> None:
    """It may cover what stands on the page."""
    signer = SimpleSigner.load_pkcs12_data(make_pkcs12(), [], CERTIFICATE_PASSPHRASE.encode())
    made = PdfSigner(
        PdfSignatureMetadata("seal"), signer, new_field_spec=SigFieldSpec("seal", box=(0, 0, 500, 800))
    ).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(report)))
    assert added_since(report, made.getvalue()) is Added.DRAWN_SIGNATURES


def test_what_is_no_pdf_is_not_compared(report: bytes) -> None:
    assert added_since(report, b"") is Added.MORE
    assert added_since(b"%PDF-1.7\n", report) is Added.MORE


def test_what_stands_in_a_report(report: bytes) -> None:
    found = examine(report)
    assert isinstance(found, Examined)
    assert (found.creator, len(found.attachments), found.signed) == ("tsguard", 1, False)
    assert found.plain is report
    again = examine(signed(report))
    assert isinstance(again, Examined)
    assert again.signed
    assert examine(b"%PDF-1.7") is ExamineFault.BROKEN


def test_strings_on_pages_are_found_and_patience_ends(report: bytes) -> None:
    head = "ab" * 32
    assert printed(report, frozenset({head})) == (frozenset({head}), True)
    assert printed(report, frozenset({head, "没有印的字"})) == (frozenset({head}), True)
    assert printed(report, frozenset({"没有印的字"}), patience=-1) == (frozenset(), False)
    assert printed(b"%PDF-1.7", frozenset({"x"})) == (frozenset(), False)


def test_a_reader_that_is_busy_is_not_waited_for_long(report: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "_WAIT_S", 0.01)
    with preview.turn():
        assert printed(report, frozenset({"ab" * 32})) == (frozenset(), False)


def test_objects_are_not_searched_for_in_a_large_file(report: bytes) -> None:
    """Without a table of objects they have to be looked for; millions of them would take minutes."""
    lost = report[: report.rindex(b"startxref")]
    assert isinstance(examine(lost), Examined | ExamineFault)
    crowd = b"\n".join(b"%d 0 obj<<>>endobj" % number for number in range(1, 800_000))
    start = time.monotonic()
    assert examine(b"%PDF-1.7\n" + crowd + b"\n%%EOF\n") is ExamineFault.BROKEN
    assert time.monotonic() - start < 5


def unseen_field(script: str) -> Callable[[IncrementalPdfFileWriter, DictionaryObject], None]:
    """A signature's field without a place on the page, with a script where ``script`` says."""

    def change(writer: IncrementalPdfFileWriter, page: DictionaryObject) -> None:
        run = DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("x")})
        field = DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Widget"),
                pdf_name("/FT"): pdf_name("/Sig"),
                pdf_name("/T"): pdf_string("seal"),
                pdf_name("/Rect"): ArrayObject([NumberObject(0)] * 4),
            }
        )
        fields = [writer.add_object(field)]
        page[pdf_name("/Annots")] = ArrayObject(fields)
        if script == "/AA":
            field[pdf_name("/AA")] = DictionaryObject({pdf_name("/PO"): run})
        elif script == "/A":
            field[pdf_name("/A")] = run
        elif script == "other field":
            other = {pdf_name("/FT"): pdf_name("/Tx"), pdf_name("/T"): pdf_string("x")}
            fields.append(writer.add_object(DictionaryObject(other)))
        writer.update_container(page)
        writer.root[pdf_name("/AcroForm")] = DictionaryObject({pdf_name("/Fields"): ArrayObject(fields)})
        writer.update_root()

    return change


@pytest.mark.parametrize(
    ("script", "added"),
    [("", Added.SIGNATURES), ("/AA", Added.MORE), ("/A", Added.MORE), ("other field", Added.MORE)],
)
def test_a_signature_s_field_that_does_something_is_more(report: bytes, script: str, added: Added) -> None:
    """Run when the page is opened, a script can show another page than the one that was sealed."""
    assert added_since(report, appended(report, unseen_field(script))) is added


def many_pages(count: int, heavy: int = -1) -> bytes:
    """Blank pages with much beside them, as where evidence is bound in; the first one holds the word."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for at in range(count):
            pdf.add_blank_page()
            if at == heavy:
                pdf.pages[-1].Contents = pdf.make_stream(b"q Q " * (MOST_BYTES // 4 + 1))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        pdf.pages[0].Contents = pdf.make_stream(b"BT /F1 12 Tf 72 720 Td (c0ffee) Tj ET")
        pdf.Root.Beside = pikepdf.Array(
            [pdf.make_indirect(pikepdf.Dictionary(At=at)) for at in range(30_000)]
        )
        pdf.save(target, compress_streams=True)
    return target.getvalue()


def test_hundreds_of_pages_are_read_to_the_end() -> None:
    word = frozenset({"c0ffee"})
    assert printed(many_pages(100), word, patience=5) == (word, True)


def test_a_page_that_is_too_heavy_hides_no_other() -> None:
    word = frozenset({"c0ffee"})
    file = many_pages(3, heavy=1)
    assert printed(file, word) == (word, True)
    assert printed(file, word | {"decaf"}) == (word, False)
