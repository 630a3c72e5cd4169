"""Real DOCX files: every part of the archive in which words can stand."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from tsguard.domain.disclosure import Guard
from tsguard.domain.dossier import DocumentKind, Format
from tsguard.domain.leaks import Part
from tsguard.domain.protection import ProtectedString
from tsguard.errors import Cancelled
from tsguard.report.guard import docx_reading
from tsguard.report.guard.docx_reading import read_docx
from tsguard.report.guard.hits import hits
from tsguard.report.guard.passages import IllegibleFile
from tsguard.report.guard.public import PublicTexts
from tsguard.report.guard.reading import read_back, read_evidence
from tsguard.report.guard.search import Needles


def saved(made) -> bytes:
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def parts(data: bytes, word: str = "蓝鲸", *, inside: bool = True) -> set[Part]:
    needles = Needles([ProtectedString(word, Guard.WORD, "secret_point/1/name")])
    readout = read_back(data, Format.DOCX, "示例.docx", inside=inside)
    return {hit.place.part for hit in hits(readout, needles, PublicTexts(needles), DocumentKind.REPORT)}


def body(made):
    made.add_paragraph("在蓝鲸里")


def runs(made):
    paragraph = made.add_paragraph("蓝")
    paragraph.add_run("鲸").bold = True


def line_break(made):
    paragraph = made.add_paragraph("蓝")
    paragraph.add_run().add_break()
    paragraph.add_run("鲸")


def heading(made):
    made.add_heading("蓝鲸")


def cell(made):
    made.add_table(1, 2).cell(0, 1).text = "蓝鲸"


def header(made):
    made.sections[0].header.paragraphs[0].text = "蓝鲸"


def footer(made):
    made.sections[0].footer.paragraphs[0].text = "蓝鲸"


def comment(made):
    run = made.add_paragraph("无").runs[0]
    made.add_comment(run, text="蓝鲸", author="审阅人")


def comment_author(made):
    run = made.add_paragraph("无").runs[0]
    made.add_comment(run, text="无", author="蓝鲸")


def core(made):
    made.core_properties.author = "蓝鲸"


def alt_text(made):
    from docx.oxml import OxmlElement

    element = OxmlElement("wp:docPr")
    element.set("descr", "蓝鲸")
    made.add_paragraph()._p.append(element)


def link(made):
    made.part.relate_to("https://example.org/蓝鲸", "http://x/hyperlink", is_external=True)


@pytest.mark.parametrize(
    ("plant", "part"),
    [
        (body, Part.PAGE), (runs, Part.PAGE), (line_break, Part.PAGE), (heading, Part.PAGE),
        (cell, Part.PAGE), (header, Part.PAGE), (footer, Part.PAGE), (comment, Part.PAGE),
        (comment_author, Part.PAGE), (core, Part.METADATA), (alt_text, Part.PAGE), (link, Part.PAGE),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)  # fmt: skip
def test_every_part_of_the_archive_is_read(plant, part):
    made = docx.Document()
    plant(made)
    assert parts(saved(made)) == {part}
    assert parts(saved(made), inside=False) == ({part} - {Part.PAGE})


def with_file(name: str, content: bytes) -> bytes:
    target = io.BytesIO(saved(docx.Document()))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        with_file("customXml/蓝鲸.bin", b""),
        with_file("embeddings/data.txt", "蓝鲸".encode()),
        with_file("embeddings/data.json", b'["\\u84dd\\u9cb8"]'),
    ],
)
def test_files_inside_are_attachments(data):
    assert parts(data) == {Part.ATTACHMENT}
    assert parts(data, inside=False) == set(), "what is inside an internal file is as internal as the file"


def test_an_archive_without_secrets_has_none_and_neighbouring_cells_make_no_word():
    made = docx.Document()
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "支配", "方法"
    assert parts(saved(made)) == parts(saved(made), "配方") == set()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"PK\x03\x04", saved(docx.Document())[:-200], with_file("word/a.xml", b"<a>"),
        with_file("word/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ],
)  # fmt: skip
def test_what_can_not_be_read_never_passes(data):
    with pytest.raises(IllegibleFile):
        read_docx(data)


def test_a_part_that_unfolds_too_far_is_refused(monkeypatch):
    data = with_file("word/big.xml", b"<a>" + b" " * 4096 + b"</a>")
    monkeypatch.setattr(docx_reading, "MOST_BYTES", 4000)
    with pytest.raises(IllegibleFile):
        read_docx(data)


def test_it_stops_when_told():
    with pytest.raises(Cancelled):
        read_docx(saved(docx.Document()), cancelled=lambda: True)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("说明：蓝鲸".encode(), "说明：蓝鲸"),
        ("说明：蓝鲸".encode("gb18030"), "说明：蓝鲸"),
        ("说明：蓝鲸".encode("utf-16"), "说明：蓝鲸"),
        ("说明：蓝鲸".encode("utf-8-sig"), "说明：蓝鲸"),
        (b"a,b\n1,2", "a,b\n1,2"),
    ],
)
def test_a_text_as_evidence_is_read_in_its_own_code(data, text):
    readout = read_evidence(data)
    assert readout is not None
    assert [each.text for each in readout.passages] == [text]


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0", b"\xff\xd8\xff\xe0abc", b"{\\rtf1 x}", b"\0\0"])
def test_a_picture_as_evidence_has_no_text(data):
    assert read_evidence(data) is None
