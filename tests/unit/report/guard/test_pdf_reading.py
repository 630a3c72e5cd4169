"""Real PDFs: every place in which words can stand, and words that lines, cells and pages divide."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from datetime import date
from itertools import product

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from tsguard.domain.disclosure import Guard, Level
from tsguard.domain.dossier import DocumentKind
from tsguard.domain.leaks import Part, Place
from tsguard.domain.protection import ProtectedString
from tsguard.errors import Cancelled
from tsguard.report.blocks import Block, Cell, Chapter, Column, DataTable, Paragraph, Role, Row, line
from tsguard.report.document import Attachment, Document
from tsguard.report.guard.hits import hits
from tsguard.report.guard.passages import IllegibleFile, Readout
from tsguard.report.guard.pdf_descriptions import descriptions
from tsguard.report.guard.pdf_pages import _characters
from tsguard.report.guard.pdf_reading import _packed_xmp, read_pdf
from tsguard.report.guard.public import PublicTexts
from tsguard.report.guard.search import Needles
from tsguard.report.marked import said
from tsguard.report.pdf import render


def document(*blocks: Block, **more: object) -> Document:
    texts = {name: said(text) for name, text in (("title", "报告"), ("company", "某公司"), ("footing", "脚"))}
    return Document(
        level=Level.SUBMISSION,
        number=said("TSG-1"),
        on=date(2026, 11, 23),
        blocks=(Chapter(said("一、甲"), "one"), *blocks),
        **texts,
        **more,
    )


def leaks(readout: Readout, *words: str) -> set[str]:
    """Which of the words are found."""
    needles = Needles(ProtectedString(word, Guard.WORD, f"secret_point/{word}/name") for word in words)
    found = hits(readout, needles, PublicTexts(needles), DocumentKind.REPORT)
    return {hit.source.split("/")[1] for hit in found}


def words(length: int, count: int) -> list[str]:
    letters = "鲸鹤岚砚霁澜琥珀麒麟翎雁芷蓟钰璟骅鹭汐焱𬭎㵘䶮𠮷"
    return ["".join(each) for each, _at in zip(product(letters, repeat=length), range(count), strict=False)]


@pytest.mark.parametrize("length", [2, 3, 5, 9])
def test_words_that_lines_and_pages_divide_are_found_in_running_text(length):
    given = words(length, 570)
    text = "".join(f"{word}在" for word in given)
    data = render(document(Paragraph(line(said(text * 3))))).data
    readout = read_pdf(data)
    assert len([each for each in readout.passages if each.place.part is Part.PAGE]) > 1
    assert leaks(readout, *given) == set(given)


@pytest.mark.parametrize("length", [2, 3, 5, 9])
def test_words_that_pages_divide_are_found_in_cells_side_by_side(length):
    given = words(length, 570)
    texts = ["".join(f"{word}在" for word in given[at::3]) for at in range(3)]
    rows = tuple(
        Row(tuple(Cell((Paragraph(line(said(text)), Role.CELL),)) for text in texts)) for _row in range(9)
    )
    columns = tuple(Column(said(f"列{at}"), 147) for at in range(3))
    readout = read_pdf(render(document(DataTable(columns, rows))).data)
    assert len([each for each in readout.passages if each.place.part is Part.PAGE]) > 2
    assert leaks(readout, *given) == set(given)


def test_neighbouring_cells_make_no_word():
    """Of 支配, 方法, 支配 side by side in short cells nobody makes 配方 or 法支."""
    cells = tuple(Cell((Paragraph(line(said(text)), Role.CELL),)) for text in ("支配", "方法", "支配"))
    columns = tuple(Column(said(f"列{at}"), 147) for at in range(3))
    readout = read_pdf(render(document(DataTable(columns, (Row(cells),) * 120))).data)
    assert leaks(readout, "配方", "法支", "支配") == {"支配"}


@pytest.mark.parametrize(
    ("word", "printed"),
    [
        ("鲸鹤岚砚7芷龙", "鲸　鹤　岚　砚　7　芷　龙"),  # blanks that have no height at all
        ("鲸鹤一K7砚", "鲸鹤一K7砚"),  # a stroke that is all the height there is beside the gap
        ("鲸鹤K一7砚", "鲸鹤K一7砚"),
        ("鲸鹤—K7一", "鲸鹤—K7一"),
        ("鲸鹤K7砚", "鲸鹤·K7·砚"),
        ("鲸鹤一砚", "鲸鹤一　“—砚"),
    ],
)
def test_a_gap_is_measured_by_characters_that_have_a_height(word, printed):
    """A gap between Chinese and Latin is no cell's end, whatever stands beside it."""
    around = f"本厂用{printed}负责"
    cells = Row(tuple(Cell((Paragraph(line(said(text)), Role.CELL),)) for text in ("目前", around)))
    for block in (
        Paragraph(line(said(around))),
        DataTable((Column(said("左"), 100), Column(said("右"), 341)), (cells,)),
    ):
        assert leaks(read_pdf(render(document(block)).data), word) == {word}


def test_a_word_is_on_the_page_where_it_begins():
    filler = "这是一段很普通的文字。" * 400
    data = render(document(Paragraph(line(said(f"{filler}蓝鲸{filler}"))))).data
    needles = Needles([ProtectedString("蓝鲸", Guard.WORD, "secret_point/1/name")])
    (hit,) = hits(read_pdf(data), needles, PublicTexts(needles), DocumentKind.REPORT)
    with pypdfium2.PdfDocument(data) as pdf:
        assert "蓝鲸" in "".join(pdf[hit.place.page - 1].get_textpage().get_text_range().split())
    assert hit.quote[hit.start : hit.start + hit.length] == "蓝鲸"
    assert "普通的文字" in hit.quote
    assert "\n" not in hit.quote


def test_rare_characters_are_read_as_they_are():
    data = render(document(Paragraph(line(said("𬭎㵘䶮𠮷和其他字"))))).data
    text = read_pdf(data).passages[0].text
    assert "𬭎㵘䶮𠮷和其他字" in text.replace("\N{WORD JOINER}", "")
    needles = Needles([ProtectedString("㵘䶮𠮷和", Guard.WORD, "secret_point/1/name")])
    (hit,) = hits(read_pdf(data), needles, PublicTexts(needles), DocumentKind.REPORT)
    assert hit.quote.endswith("𬭎㵘䶮𠮷和其他字")
    assert hit.quote[hit.start : hit.start + hit.length] == "㵘䶮𠮷和"


def test_the_quick_and_the_slow_way_read_the_same(monkeypatch):
    data = render(document(Paragraph(line(said("两种读法 read the same，AB-12。" * 60))))).data
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0].get_textpage()
        quick = _characters(page)
        monkeypatch.setattr("tsguard.report.guard.pdf_pages._DOUBTFUL", re.compile(""))
        assert _characters(page).replace("\x02", "\ufffe") == quick.replace("\x02", "\ufffe")


def planted() -> Iterator[tuple[Part, bytes]]:
    """A PDF for each part, with 蓝鲸 in that part only."""
    plain = render(document(Paragraph(line(said("什么都没有"))))).data

    def changed(change) -> bytes:
        with pikepdf.open(io.BytesIO(plain)) as pdf:
            change(pdf)
            target = io.BytesIO()
            pdf.save(target)
            return target.getvalue()

    def info(pdf):
        pdf.docinfo["/Subject"] = "蓝鲸"

    def xmp(pdf):
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:description"] = "<蓝鲸> & 其他"

    def outline(pdf):
        with pdf.open_outline() as tree:
            tree.root.append(pikepdf.OutlineItem("第三章 蓝鲸", 0))

    def attached_name(pdf):
        pdf.attachments["蓝鲸.bin"] = pikepdf.AttachedFileSpec(pdf, b"\0\1\2")

    def attached(content):
        def attach(pdf):
            pdf.attachments["data.json"] = pikepdf.AttachedFileSpec(pdf, content)

        return attach

    def annotation(**keys):
        def add(pdf):
            made = Dictionary(Type=Name.Annot, Rect=Array([10, 10, 20, 20]), **keys)
            page = pdf.pages[0]
            page.Annots = Array([*page.get("/Annots", []), pdf.make_indirect(made)])

        return add

    def field(pdf):
        made = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("field"),
                V=String("蓝鲸"),
                Rect=Array([10, 10, 90, 20]),
                P=pdf.pages[0].obj,
            )
        )
        pdf.pages[0].Annots = Array([*pdf.pages[0].get("/Annots", []), made])
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([made])))

    def described(key):
        def describe(pdf):
            element = next(
                each
                for each in pdf.objects
                if isinstance(each, Dictionary) and each.get("/S") in {Name.P, Name.H1, Name.H2}
            )
            element[key] = String("图：(蓝鲸) \\")

        return describe

    yield Part.METADATA, changed(info)
    yield Part.METADATA, changed(xmp)
    yield Part.OUTLINE, changed(outline)
    yield Part.ATTACHMENT, changed(attached_name)
    for content in ('{"a": ["蓝鲸"]}', '{"\\u84dd\\u9cb8": 1}', "not json: 蓝鲸"):
        yield Part.ATTACHMENT, changed(attached(content.encode()))
    yield Part.ATTACHMENT, changed(attached("蓝鲸".encode("utf-16")))
    yield Part.ATTACHMENT, changed(attached("蓝鲸".encode("gb18030")))
    yield Part.ANNOTATION, changed(annotation(Subtype=Name.Text, Contents=String("蓝鲸")))
    yield Part.ANNOTATION, changed(annotation(Subtype=Name.Text, T=String("蓝鲸")))
    action = Dictionary(S=Name.URI, URI=String("https://example.org/%E8%93%9D%E9%B2%B8"))
    yield Part.ANNOTATION, changed(annotation(Subtype=Name.Link, A=action))
    yield Part.FORM_FIELD, changed(field)
    for key in ("/Alt", "/ActualText", "/E"):
        yield Part.DESCRIPTION, changed(described(key))


@pytest.mark.parametrize("at", range(16))
def test_every_part_of_the_file_is_read(at):
    part, data = list(planted())[at]
    needles = Needles([ProtectedString("蓝鲸", Guard.WORD, "secret_point/1/name")])
    found = hits(read_pdf(data), needles, PublicTexts(needles), DocumentKind.REPORT)
    assert {hit.place.part for hit in found} == {part}


def test_xmp_is_read_out_of_a_compressed_stream():
    packet = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:title>蓝鲸</dc:title></x:xmpmeta>".encode()
    data = b"1 0 obj <<>> stream\nno zip\nendstream stream\r\n" + zlib.compress(packet) + b"\nendstream"
    assert list(_packed_xmp(data)) == [packet]


def test_there_are_as_many_plants_as_cases():
    assert len(list(planted())) == 16


def test_the_report_carries_its_attachment_to_the_guard():
    attachment = Attachment("a.json", "application/json", said("数据"), '{"x": "蓝鲸"}'.encode())
    data = render(document(Paragraph(line(said("正文"))), attachments=(attachment,))).data
    (hit,) = [each for each in read_pdf(data).passages if "蓝鲸" in each.text]
    assert hit.place == Place(Part.ATTACHMENT, name="a.json")


def test_descriptions_that_can_not_be_read_quickly_are_read_page_by_page(monkeypatch):
    described = [data for part, data in planted() if part is Part.DESCRIPTION][:2]
    for data in described:
        told = descriptions(data)
        assert told is not None
        assert any("蓝鲸" in each for each in told.texts)
        monkeypatch.setattr("tsguard.report.guard.pdf_reading.descriptions", lambda _data: None)
        (found,) = [each for each in read_pdf(data).passages if "蓝鲸" in each.text]
        assert found.place == Place(Part.DESCRIPTION, 1)


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        (b"<</Alt (a\\(b\\)\\101)>>", ["a(b)A"]),
        (b"<</Alt (a\nb\\\nc)>>", ["a\nbc"]),
        (b"<</ActualText <FEFF84DD9CB8>>>", ["蓝鲸"]),
        (b"<</Alt<FEFF 84DD 9CB8>/E(x)>>", ["蓝鲸", "x"]),
        (b"<</Alt (\xef\xbb\xbf\xe8\x93\x9d)>>", ["蓝"]),
        (b"<</Alt (un(balanced)>>", None),
        (b"<</Type /Annot /Alternate (x)/Contents (y)>>", []),
        (b"<</Encrypt 1 0 R /Alt (x)>>", None),
        (b"<</Type /ObjStm /Filter /FlateDecode /Length 3>> stream\nabc\nendstream", None),
        (b"<</Type /ObjStm /Length 3 /DL 3 /F <</X (y)>> >> stream\nabc\nendstream", None),
        (b"1 0 obj <</Length 9>> stream\n/Alt (x) \nendstream", []),
    ],
)
def test_objects_are_read_without_a_library(objects, expected):
    told = descriptions(objects)
    assert (told and list(told.texts)) == expected


@pytest.mark.parametrize(
    ("objects", "leads_out"),
    [
        (b"<</S /URI /URI (https://x)>>", True),
        (b"<</S /#55RI /#55#52I (https://x)>>", True),
        (b"<</S /U#52I>>", True),
        (b"<</S /GoTo /D (x)>>", False),
        (b"1 0 obj <</Length 9>> stream\n/S /URI   \nendstream <</S /GoTo>>", False),
    ],
)
def test_whether_a_link_leads_out_is_told(objects, leads_out):
    told = descriptions(objects)
    assert told is not None
    assert told.leads_out is leads_out


@pytest.mark.parametrize(
    ("objects", "notes"),
    [
        (b"<</Type /Annot /Contents (a)/NM(b) /T <FEFF84DD> /Subj (c) >>", ("a", "b", "蓝", "c")),
        (b"<</Type /Page /Contents 3 0 R>> <</Type /Page/Contents [3 0 R]>> <</Contents (a)>>", ("a",)),
        (b"<</Type /Pages>> <</Type /Page /Contents 3 0 R>> <</Type /Annot /Contents 4 0 R>>", None),
        (b"<</Type /Annot /T 4 0 R>>", None),
        (b"<</Type /Annot /TU\n4 0 R>>", None),
        (b"<</Type /Font /ToUnicode 4 0 R>>", ()),
    ],
)
def test_what_annotations_say_is_told_unless_it_stands_elsewhere(objects, notes):
    told = descriptions(objects)
    assert told is not None
    assert told.notes == notes


def test_an_annotation_that_says_it_elsewhere_is_read_on_its_page():
    plain = render(document(Paragraph(line(said("什么都没有"))))).data
    for key, page in (("/Contents", 1), ("/T", 1)):
        for indirect in (True, False):
            with pikepdf.open(io.BytesIO(plain)) as pdf:
                text = String("蓝鲸")
                made = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 20, 20]))
                made[key] = pdf.make_indirect(text) if indirect else text
                pdf.pages[0].Annots = Array([pdf.make_indirect(made)])
                target = io.BytesIO()
                pdf.save(target)
            (found,) = [
                each
                for each in read_pdf(target.getvalue()).passages
                if "蓝鲸" in each.text and each.place.part is Part.ANNOTATION
            ]
            assert found.place == Place(Part.ANNOTATION, page if indirect else 0)


def test_what_can_not_be_opened_never_passes():
    data = render(document(Paragraph(line(said("正文"))))).data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        target = io.BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(user="x", owner="y"))
    for broken in (target.getvalue(), b"%PDF-1.7 nothing", b""):
        with pytest.raises(IllegibleFile):
            read_pdf(broken)


def test_it_stops_when_told():
    data = render(document(Paragraph(line(said("正文"))))).data
    with pytest.raises(Cancelled):
        read_pdf(data, cancelled=lambda: True)
    seen = []
    read_pdf(data, progress=lambda done, pages: seen.append((done, pages)))
    assert seen == [(at + 1, len(seen)) for at in range(len(seen))]
    assert seen


def test_a_page_without_text_is_told():
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        target = io.BytesIO()
        pdf.save(target)
    assert read_pdf(target.getvalue(), wary=True).mute == (1,)
