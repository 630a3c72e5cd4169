"""What verifying says of files as exported, changed, signed, locked, foreign and hostile."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pikepdf import AttachedFileSpec, Name
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from support.certificates import CERTIFICATE_PASSPHRASE, SIGNER, make_pkcs12
from support.vaults import new_session
from unit.report.conftest import make_document, make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import CHOSEN, LEVELS, DocumentKind, Edition, IssuedDocument
from tsguard.errors import FileTooLarge, Unreadable
from tsguard.report.locking import locked_copy
from tsguard.report.pdf import render
from tsguard.report.seal import read_seal, seal
from tsguard.report.signing import sign
from tsguard.services import verify as verify_module
from tsguard.services.dossier import Order, make
from tsguard.services.known_content import Here
from tsguard.services.verify import Outcome, Result, Severity, VerifiedFile, verify
from tsguard.services.verify_words import (
    content_words,
    document_facts,
    doubt_words,
    finding_words,
    outcome_words,
    signature_words,
)

PASSPHRASE = "回形针-correct-horse"


@pytest.fixture(scope="module")
def report() -> bytes:
    return render(make_document(make_snapshot(), Level.SUBMISSION)).data


@pytest.fixture(scope="module")
def signed(report: bytes) -> bytes:
    return sign(report, make_pkcs12(), CERTIFICATE_PASSPHRASE)


def results(found: VerifiedFile, severity: Severity) -> set[Result]:
    return {each.result for each in found.findings if each.severity is severity}


def resaved(data: bytes, change: Callable[[pikepdf.Pdf], None] = lambda _pdf: None) -> bytes:
    """As another program writes it."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(target)
    return target.getvalue()


def with_data(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Another attachment in the place of the assessment."""

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(content)
        stream.Type, stream.Subtype = Name.EmbeddedFile, Name("/application/json")
        pdf.Root.AF[0].EF.F = stream

    return change


def data_of(report: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(report)) as pdf:
        return pdf.Root.AF[0].EF.F.read_bytes()


# --- as exported ----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", list(Level))
def test_a_report_as_exported(level: Level, tmp_path: Path) -> None:
    file = tmp_path / "报告 䶮.pdf"
    file.write_bytes(render(make_document(make_snapshot(), level)).data)
    found = verify(file)
    assert found.outcome is Outcome.WHOLE
    assert [each.result for each in found.findings] == [
        Result.FILE_OURS,
        Result.SEAL_WHOLE,
        Result.SIGNATURE_NONE,
        Result.DATA_SOUND,
        Result.PAPER_MATCHES,
        Result.SCORE_ADDS_UP,
        Result.CONTENT_OTHER,
    ]
    (document,) = found.documents
    assert (document.kind, document.level, document.on_paper) == (DocumentKind.REPORT, level, True)
    assert (document.company, document.journal_head) == ("示例䶮𬭎芯片（珠海）有限公司", "ab" * 32)
    assert (found.size, found.issued) == (file.stat().st_size, None)
    assert found.pages > 5
    facts = dict(document_facts(document))
    assert (facts["申报方案"], facts["程序版本"]) == ("测试方案（非官方）", "0.1.0")


def test_content_of_this_very_program_is_known(tmp_path: Path) -> None:
    session = new_session(tmp_path, "XIC")
    found = verify(render(make_document(session.snapshot(), Level.SUBMISSION)).data)
    session.close()
    assert found.outcome is Outcome.WHOLE
    assert found.has(Result.CONTENT_SAME)
    (document,) = found.documents
    assert {match.here for match in document.contents} == {Here.SAME}
    assert {match.id for match in document.contents} == {"core", "XIC", "sample", ""}


def test_content_from_elsewhere_and_content_that_was_changed(tmp_path: Path) -> None:
    session = new_session(tmp_path, "XIC")
    snapshot = session.snapshot()
    session.close()
    core, sector = snapshot.assessment.checklist.modules
    changed = replace(core, sha256="1" * 64)
    own = replace(sector, id="OWN", sha256="2" * 64, shipped=False)
    checklist = replace(snapshot.assessment.checklist, modules=(changed, own))
    snapshot = replace(snapshot, assessment=replace(snapshot.assessment, checklist=checklist))
    found = verify(render(make_document(snapshot, Level.SUBMISSION)).data)
    assert found.outcome is Outcome.DOUBTFUL
    here = {match.id: match.here for match in found.documents[0].contents}
    assert (here["core"], here["OWN"], here["sample"]) == (Here.CHANGED, Here.OWN, Here.SAME)
    assert {Result.CONTENT_CHANGED} == results(found, Severity.DOUBT)
    assert found.has(Result.CONTENT_OWN)


# --- changed --------------------------------------------------------------------------------------


def test_a_changed_byte(report: bytes) -> None:
    for at in (100, len(report) // 2, report.rindex(b"endstream") - 20):
        changed = report[:at] + bytes([report[at] ^ 0x55]) + report[at + 1 :]
        found = verify(changed)
        assert found.outcome in {Outcome.CHANGED, Outcome.UNREADABLE}


def test_saved_by_another_program(report: bytes) -> None:
    found = verify(resaved(report))
    assert found.outcome is Outcome.CHANGED
    assert results(found, Severity.BAD) == {Result.SEAL_NONE}
    assert found.has(Result.SCORE_ADDS_UP)


def test_something_appended(report: bytes) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(report))
    writer.root["/PageLayout"] = writer.root["/Type"]
    writer.update_root()
    target = io.BytesIO()
    writer.write(target)
    found = verify(target.getvalue())
    assert found.outcome is Outcome.CHANGED
    assert Result.SEAL_APPENDED in results(found, Severity.BAD)


def test_another_report_s_data_sealed_anew(report: bytes) -> None:
    snapshot = make_snapshot()
    answers = {**snapshot.answers, "ITS-01": replace(snapshot.answers["ITS-01"], note="改")}
    other = render(
        make_document(replace(snapshot, answers=answers, journal_head="cd" * 32), Level.SUBMISSION)
    ).data
    found = verify(seal(resaved(report, with_data(data_of(other)))))
    assert found.outcome is Outcome.CHANGED
    assert results(found, Severity.BAD) == {Result.PAPER_DIFFERS}
    assert [each.on_paper for each in found.documents] == [False]


def test_a_better_score_in_the_data_sealed_anew(report: bytes) -> None:
    plain = json.loads(data_of(report))
    plain["figures"]["claimed"]["tenths"] = 900
    plain["figures"]["units"][0]["claimed_tenths"] = 600
    forged = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    found = verify(seal(resaved(report, with_data(forged))))
    assert results(found, Severity.BAD) == {Result.PAPER_DIFFERS, Result.SCORE_DIFFERS}
    (unit, *_others) = found.documents[0].readded.units
    assert (unit.stated, unit.found, unit.equal) == ((600, 330), (330, 330), False)


@pytest.mark.parametrize(
    ("content", "result"),
    [
        (b"{", Result.DATA_MALFORMED),
        (b'{"schema":"urn:tsguard:assessment:1"}', Result.DATA_MALFORMED),
        (b'{"schema":"urn:tsguard:assessment:9","more":1}', Result.DATA_NEWER),
        (b'{"schema":"urn:other"}', Result.DATA_NONE),
    ],
)
def test_other_data(report: bytes, content: bytes, result: Result) -> None:
    found = verify(seal(resaved(report, with_data(content))))
    assert found.has(result)
    assert found.documents == ()


def test_data_that_another_program_wrote_anew(report: bytes) -> None:
    pretty = json.dumps(json.loads(data_of(report)), indent=1).encode()
    found = verify(seal(resaved(report, with_data(pretty))))
    assert Result.DATA_REWRITTEN in results(found, Severity.BAD)


@pytest.fixture(scope="module")
def bound() -> bytes:
    """All six documents in one file."""
    kinds = [kind for kind in CHOSEN if Level.SUBMISSION in LEVELS[kind]]
    editions = tuple(Edition(kind, Level.SUBMISSION) for kind in kinds)
    (made,) = make(make_snapshot(), Order(editions, date(2026, 11, 23), bound=True)).files
    return made.data


def test_six_documents_in_one_file(bound: bytes) -> None:
    found = verify(bound)
    assert found.outcome is Outcome.WHOLE
    assert len({each.number for each in found.documents}) == len(found.documents) == 6
    assert all(each.on_paper and each.readded.adds_up for each in found.documents)


@pytest.mark.parametrize("which", range(6))
def test_one_of_six_whose_data_were_changed_and_sealed_anew(bound: bytes, which: int) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        file = pdf.Root.AF[which].EF
        told = file.F.read_bytes()
        changed = told.replace(b'"staff":186', b'"staff":185', 1)
        assert changed != told
        stream = pdf.make_stream(changed)
        stream.Type, stream.Subtype = Name.EmbeddedFile, Name("/application/json")
        file.F = stream

    unsealed = b"\n".join(line for line in bound.split(b"\n") if not line.startswith(b"%tsguard-seal"))
    found = verify(seal(resaved(unsealed, change)))
    assert found.outcome is Outcome.CHANGED
    assert found.has(Result.SEAL_WHOLE)
    assert found.has(Result.PAPER_DIFFERS)
    assert [each.on_paper for each in found.documents].count(False) == 1


# --- locked and signed ----------------------------------------------------------------------------


def test_a_locked_copy(report: bytes) -> None:
    locked = locked_copy(report, PASSPHRASE)
    asked = verify(locked)
    assert (asked.outcome, [each.result for each in asked.findings]) == (Outcome.LOCKED, [Result.FILE_LOCKED])
    wrong = verify(locked, passphrase="不是这个口令")
    assert (wrong.outcome, wrong.has(Result.FILE_WRONG_PASSPHRASE)) == (Outcome.LOCKED, True)
    opened = verify(locked, passphrase=PASSPHRASE)
    assert opened.outcome is Outcome.WHOLE
    assert opened.has(Result.PAPER_MATCHES)
    assert verify(report, passphrase=PASSPHRASE).outcome is Outcome.WHOLE
    for found in (asked, wrong, opened):
        assert PASSPHRASE not in repr(found)


def test_a_signed_report(signed: bytes) -> None:
    found = verify(signed)
    assert found.outcome is Outcome.WHOLE
    assert found.has(Result.SEAL_SIGNED)
    assert found.has(Result.SIGNATURE_HOLDS)
    assert [(each.signer, each.holds, each.whole) for each in found.signatures] == [(SIGNER, True, True)]
    assert SIGNER in signature_words(found.signatures[0])


def test_a_signature_over_other_pages_does_not_hide_them(report: bytes) -> None:
    """Somebody changes a page, then signs: the signature holds, and still the file is not as exported."""
    writer = IncrementalPdfFileWriter(io.BytesIO(report))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    while "/Kids" in page:
        page = page["/Kids"][0].get_object()
    page["/Rotate"] = NumberObject(90)
    writer.update_container(page)
    target = io.BytesIO()
    writer.write(target)
    found = verify(sign(target.getvalue(), make_pkcs12(), CERTIFICATE_PASSPHRASE))
    assert found.has(Result.SIGNATURE_HOLDS)
    assert results(found, Severity.BAD) == {Result.SEAL_APPENDED}


def test_a_broken_signature(signed: bytes) -> None:
    at = signed.index(b"endstream") - 9
    found = verify(signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :])
    assert {Result.SEAL_CHANGED, Result.SIGNATURE_BROKEN} <= results(found, Severity.BAD) or (
        found.outcome is Outcome.UNREADABLE
    )


def test_signatures_are_not_checked_without_pyhanko(signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in [each for each in sys.modules if each.partition(".")[0] == "pyhanko"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    found = verify(signed)
    assert (found.outcome, found.has(Result.SIGNATURE_UNCHECKED)) == (Outcome.DOUBTFUL, True)


# --- the register ---------------------------------------------------------------------------------


def test_whether_a_vault_issued_it(report: bytes, signed: bytes) -> None:
    number = verify(report).documents[0].number
    entry = IssuedDocument(id="D-0003", number=number, sha256=verify(report).sha256)
    assert verify(report, issued=[IssuedDocument(id="D-0001"), entry]).issued == entry
    assert verify(report, issued=[entry]).has(Result.ISSUED_HERE)
    assert verify(signed, issued=[entry]).has(Result.ISSUED_OTHER_FILE)
    assert verify(report, issued=[]).has(Result.ISSUED_ELSEWHERE)
    assert verify(report, issued=[]).outcome is Outcome.WHOLE
    locked = locked_copy(report, PASSPHRASE)
    entry = replace(entry, sha256=verify(locked).sha256)
    assert verify(locked, issued=[entry]).has(Result.ISSUED_HERE)


# --- others' files --------------------------------------------------------------------------------


def docx() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return target.getvalue()


def foreign() -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "outcome", "result"),
    [
        (b"", Outcome.NOT_OURS, Result.FILE_NOT_PDF),
        (b"TSG\x01" + b"\0" * 5000, Outcome.NOT_OURS, Result.FILE_NOT_PDF),
        (docx(), Outcome.NOT_OURS, Result.FILE_DOCX),
        (foreign(), Outcome.NOT_OURS, Result.FILE_FOREIGN),
        (b"%PDF-1.7\n", Outcome.UNREADABLE, Result.FILE_DAMAGED),
        (b"%PDF-1.7\n" + b"\0" * 100_000, Outcome.UNREADABLE, Result.FILE_DAMAGED),
    ],
    ids=["empty", "vault", "docx", "foreign", "stump", "zeros"],
)
def test_other_files(data: bytes, outcome: Outcome, result: Result) -> None:
    found = verify(data)
    assert (found.outcome, [each.result for each in found.findings]) == (outcome, [result])
    assert found.documents == ()


@pytest.mark.parametrize("content", [b"{", b"{}", b'{"schema":"urn:other:1"}'])
def test_another_s_pdf_with_another_s_data(content: bytes) -> None:
    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AF = pikepdf.Array([AttachedFileSpec(pdf, content, filename="invoice.json").obj])

    assert verify(resaved(foreign(), attach)).outcome is Outcome.NOT_OURS


def test_half_a_report(report: bytes) -> None:
    assert verify(report[: len(report) // 2]).outcome in {
        Outcome.UNREADABLE,
        Outcome.CHANGED,
        Outcome.NOT_OURS,
    }


def test_what_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "没有.pdf", tmp_path / "a\0b"):
        with pytest.raises(Unreadable):
            verify(path)


def test_too_large_a_file(report: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(verify_module, "LARGEST_FILE", len(report) - 1)
    (tmp_path / "a.pdf").write_bytes(report)
    for source in (report, tmp_path / "a.pdf"):
        with pytest.raises(FileTooLarge):
            verify(source)


def test_an_attachment_that_unfolds_without_end(report: bytes) -> None:
    bomb = zlib.compress(b" " * (100 * 1024 * 1024), 1)

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(b"")
        stream.write(bomb, filter=Name.FlateDecode)
        pdf.Root.AF[0].EF.F = stream

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(report)) as pdf:
        change(pdf)
        pdf.save(target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    found = verify(target.getvalue())
    assert Result.DATA_MALFORMED in results(found, Severity.BAD)


def test_objects_that_unfold_without_end() -> None:
    """Whole but for its size: read without a bound it would pass for a PDF of somebody else's."""
    root = b"<</Type/Catalog/Pages 4 0 R>>"
    packed = zlib.compress(b"1 0 " + root + b" " * (300 * 1024 * 1024), 1)
    parts = [
        b"%PDF-1.7\n4 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n",
        b"2 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed),
        packed,
        b"\nendstream\nendobj\n",
    ]
    body = b"".join(parts)
    places = [(0, 0), (2, 2), (1, body.index(b"2 0 obj")), (1, len(body)), (1, 9)]
    table = b"".join(bytes([kind]) + place.to_bytes(3) + b"\0" for kind, place in places)
    cross = (
        b"3 0 obj\n<</Type/XRef/Size 5/W[1 3 1]/Root 1 0 R/Length %d>>\nstream\n" % len(table)
        + table
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )
    assert verify(body + cross).outcome is Outcome.UNREADABLE


def test_many_attachments_are_not_all_read(report: bytes) -> None:
    content = data_of(report)

    def change(pdf: pikepdf.Pdf) -> None:
        for number in range(200):
            spec = AttachedFileSpec(pdf, content, filename=f"{number}.json")
            pdf.Root.AF.append(spec.obj)

    assert len(verify(resaved(report, change)).documents) <= 64


# --- words ----------------------------------------------------------------------------------------


def test_every_result_has_its_words(report: bytes) -> None:
    for result in Result:
        facts = {"count": "7", "names": "甲、乙\u202e", "id": "D-0001"}
        said = finding_words(verify_module.Finding(result, facts))
        for text in (said.result, said.meaning):
            assert text.endswith("。"), result
            assert "{" not in text
            assert "\u202e" not in text
    for outcome in Outcome:
        assert all(text.endswith("。") for text in outcome_words(outcome))
    (document,) = verify(report).documents
    assert all(content_words(match) for match in document.contents)
    assert doubt_words(document.readded) == ()


def test_the_sealed_part_of_a_signed_file_is_the_report(report: bytes, signed: bytes) -> None:
    assert signed[: read_seal(signed).sealed] == report
