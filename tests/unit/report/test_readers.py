"""What two independent readers get back out of PDF and DOCX, of every document and of any text at all."""

import io
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import sizes
from support.every_block import document
from unit.report.conftest import make_document, make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import CHOSEN, LEVELS, DocumentKind, Edition
from tsguard.domain.rectification import Rectification
from tsguard.domain.snapshot import Snapshot
from tsguard.errors import MissingGlyphs
from tsguard.report.blocks import Block, Cell, Chapter, Column, DataTable, Heading, Paragraph, Role, Row, line
from tsguard.report.document import Document, values
from tsguard.report.docx import render_docx
from tsguard.report.fonts import shipped_fonts
from tsguard.report.identity import IDENTITY_ANCHOR
from tsguard.report.marked import said
from tsguard.report.pdf import render, write
from tsguard.services.dossier import build_document

ON = date(2026, 11, 23)
HAN = re.compile("[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
EDITIONS = [Edition(kind, level) for kind in CHOSEN for level in LEVELS[kind]]
RARE = "𬭎㵘䶮𠮷"


# --- readers ----------------------------------------------------------------------------------------


def by_pdfium(data: bytes) -> str:
    pdf = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def by_poppler(data: bytes) -> str:
    """In the order in which it is drawn."""
    return subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"],  # noqa: S607
        input=data,
        check=True,
        capture_output=True,
    ).stdout.decode()


def by_python_docx(data: bytes) -> str:
    read = docx.Document(io.BytesIO(data))
    return "\n".join(
        "".join(each.text or "" for each in paragraph.iter("{*}t", "{*}br"))
        for paragraph in read.element.body.iter("{*}p")
    )


READERS = [
    pytest.param(by_pdfium, id="pdfium"),
    pytest.param(
        by_poppler,
        id="poppler",
        marks=pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed"),
    ),
]
Reader = Callable[[bytes], str]


# --- every document ---------------------------------------------------------------------------------


def company() -> Snapshot:
    """The small company, with rare characters wherever something is typed."""
    snapshot = make_snapshot()
    task = Rectification(
        "R-0001", "e", "ITS-01", problem=f"{RARE}没有做", measures=f"由{RARE}部补做", department=RARE
    )
    return replace(
        snapshot,
        enterprise=replace(snapshot.enterprise, name=f"示例{RARE}芯片（珠海）有限公司"),
        answers={item: replace(each, note=f"{RARE}备注") for item, each in snapshot.answers.items()},
        evidence=tuple(replace(each, title=f"{each.title}{RARE}") for each in snapshot.evidence),
        secret_points=tuple(replace(each, location=RARE) for each in snapshot.secret_points),
        rectifications=(task,),
    )


@cache
def made(edition: Edition) -> tuple[Document, bytes]:
    built = make_document(company(), edition.level, edition.kind)
    return built, render(built).data


def han(texts: str | Iterable[str]) -> str:
    return "".join(HAN.findall("".join(texts)))


def texts_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every text of a document but what stands at the head and foot of its pages."""
    return (value.text for _place, value in values(blocks))


def first_lost(wanted: str, found: str) -> str:
    """Where the wanted characters stop coming in order; "" where all of them come."""
    rest = iter(found)
    for at, character in enumerate(wanted):
        if character not in rest:
            return f"{wanted[max(0, at - 20) : at]}|{wanted[at : at + 20]}"
    return ""


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda each: f"{each.kind}-{each.level}")
@pytest.mark.parametrize("read", READERS)
def test_every_han_character_of_every_document_comes_back_in_order(edition: Edition, read: Reader) -> None:
    built, data = made(edition)
    wanted = han(texts_of(built.blocks))
    assert set(RARE) <= set(wanted)
    found = han(read(data))
    assert first_lost(wanted, found) == ""
    assert not Counter(wanted) - Counter(found)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda each: f"{each.kind}-{each.level}")
def test_a_character_that_is_gone_would_be_missed(edition: Edition) -> None:
    built, data = made(edition)
    wanted = han(texts_of(built.blocks))
    half = len(wanted) // 2
    assert first_lost(f"{wanted[:half]}龘{wanted[half:]}", han(by_pdfium(data)))


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda each: f"{each.kind}-{each.level}")
def test_every_character_of_every_document_is_in_its_docx(edition: Edition) -> None:
    built, _data = made(edition)
    last = next(
        at
        for at, block in enumerate(built.blocks)
        if isinstance(block, Chapter) and block.anchor == IDENTITY_ANCHOR
    )
    assert last > 3
    wanted = han(texts_of(built.blocks[:last]))  # the last page is about checking the PDF
    assert not Counter(wanted) - Counter(by_python_docx(render_docx(built)))


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda each: f"{each.kind}-{each.level}")
def test_every_han_character_of_a_large_company_comes_back(edition: Edition) -> None:
    """Rows that go over a page are drawn page by page, so their characters are only counted."""
    snapshot = sizes.huge(points=100, pieces=60, tasks=40, note=600)
    built = build_document(snapshot, edition, ON)
    data = render(built).data
    wanted = Counter(han(texts_of(built.blocks)))
    for read in (by_pdfium, by_poppler):
        assert not wanted - Counter(han(read(data))), read.__name__


# --- any text at all --------------------------------------------------------------------------------

ODD = st.one_of(
    st.sampled_from("𬭎㵘䶮𠮷𰻞𱁬㐀\u4dff鿿\uf900\ufa0e\ufa11侮⼀㈱①㎡ｱ…—～·《》（），。"),
    st.sampled_from("👍👨\u200d👩\u200d👧\U0001f1e8\U0001f1f3❤\ufe0f☐☑✓"),
    st.sampled_from("שלוםمرحبا\u202e\u202d\u2067\u2069\u200f\u061c"),
    st.sampled_from("\x00\x01\x07\x0b\x0c\x1b\x7f\x85\u2028\u2029\u200b\u2060\ufeff\u00ad\ufffe\uffff\ufffd"),
    st.sampled_from("e\u0301k\u0301A\u030a啊\u0301\u20dd葛\U000e0100\ufe00"),
    st.sampled_from("\ud800\udfff\udc00"),
    st.sampled_from("Aa09.-/_ \t\n\r\u3000\u00a0é§×%"),
    st.characters(),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
)
WORDS = st.one_of(
    st.text(ODD, max_size=40),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=200, max_size=200),
    st.text("Aa0-./", min_size=100, max_size=250),
    st.text("𬭎㵘䶮𠮷珠海（）《》，。A1 ", max_size=120),
    st.text(
        "𬭎𠮷\uf900\ufa0e豈①㎡ｱ—…é\u0301e甲A1- \u3000\t\n\x00\x1b\u2028\u200b\u200d\u202e\ufe0f\udc00",
        max_size=120,
    ),
)
LIGATURES = dict.fromkeys(range(0xFB00, 0xFB07))
"""Readers take Latin ligatures apart."""
_DROPPED = {"Cc", "Cf", "Cs"}


def printable(text: str) -> str:
    """What must come back: told here anew, without a look at how the program does it."""
    composed = re.sub(
        "[A-Za-z\u00c0-\u024f][\u0300-\u036f]+",
        lambda each: unicodedata.normalize("NFC", each.group()),
        text,
    )
    # An accent on anything but a Latin letter falls away: readers would lose the character under it.
    composed = re.sub("(?<![A-Za-z\u00c0-\u024f\u0300-\u036f])[\u0300-\u036f]+", "", composed)
    selectors = (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
    return "".join(
        each
        for each in composed
        if unicodedata.category(each) not in _DROPPED and ord(each) not in selectors and not each.isspace()
    )


def holding(text: str) -> Document:
    """The text as title, in a cell, as the run of a paragraph, and as heading; on one page, however long."""
    cells = Row((Cell((Paragraph(line(said(text)), Role.CELL),)), Cell((Paragraph(line(said("尾"))),))))
    return document(
        DataTable((Column(said("甲"), 220), Column(said("乙"), 221)), (cells,)),
        Paragraph(line(said(text), said("中"))),
        Heading(said(f"首{text}"), "one"),
        title=f"题{text}",
    )


def readable(found: str) -> str:
    """A reader's text without white space; a hyphen at a line's end comes as a noncharacter from pdfium."""
    return "".join(found.replace("\ufffe", "-").split())


@given(WORDS)
@example("e\u0301" * 9)
@example("\ud800" * 3)
@example("\x00甲\x00")
@example("W" * 250)
@example("\u202e" + "甲乙丙" * 60)
@settings(max_examples=150, deadline=None)
def test_any_text_comes_back_whole_or_is_named_and_nothing_is_written(text: str) -> None:
    wanted = printable(text)
    built = holding(text)
    missing = shipped_fonts().missing([wanted])
    try:
        data = render(built).data
    except MissingGlyphs as error:
        named = error.characters
    else:
        named = ()
    assert set(named) == set(missing)
    # PDFium loses characters beside an accent that has no letter to stand on; poppler is not asked either.
    alone = any(unicodedata.category(each) in {"Mn", "Mc", "Me"} for each in wanted)
    if missing or alone:
        return
    for read in (by_pdfium, by_poppler) if shutil.which("pdftotext") else (by_pdfium,):
        found = readable(read(data))
        for expected in (f"首{wanted}", f"{wanted}中", f"{wanted}尾"):
            assert unligated(expected) in unligated(found), (read.__name__, text)


def unligated(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", each) if ord(each) in LIGATURES else each for each in text)


@given(WORDS)
@settings(max_examples=300, deadline=None)
def test_any_text_comes_back_whole_from_docx(text: str) -> None:
    """Word has fonts of its own, so nothing is refused; what XML cannot hold is what print drops, too."""
    wanted = "".join(each for each in printable(text) if each not in "\ufffe\uffff")
    found = "".join(by_python_docx(render_docx(holding(text))).split())
    for expected in (f"首{wanted}", f"{wanted}中", wanted):
        assert expected in found


@pytest.mark.parametrize("text", ["甲😀", "שלום", "مرحبا", "👨\u200d👩\u200d👧", "𰻞\U0002ffff"])
@pytest.mark.parametrize("kind", [edition.kind for edition in EDITIONS if edition.level is Level.SUBMISSION])
def test_no_document_is_written_with_a_character_missing(
    kind: DocumentKind, text: str, tmp_path: Path
) -> None:
    snapshot = company()
    named = replace(snapshot, enterprise=replace(snapshot.enterprise, name=text))
    built = make_document(named, Level.SUBMISSION, kind)
    with pytest.raises(MissingGlyphs) as caught:
        write(built, tmp_path / "文件.pdf")
    assert set(caught.value.characters) == set(shipped_fonts().missing([printable(text)]))
    assert not list(tmp_path.iterdir())


ODD_NAMES = {
    "rare": "𬭎㵘䶮𠮷" * 50,
    "control": "\x00珠\u200b海\ud800公\u202e司\udfff" * 20,
    "latin": "W" * 200,
    "accents": "e\u0301" * 100,
    "compatibility": "豈更車\ufa0e\ufa11" * 40,
    "marks": "，。（" * 66,
}


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("kind", [edition.kind for edition in EDITIONS if edition.level is Level.SUBMISSION])
def test_every_document_of_a_company_with_an_odd_name_says_it_whole(kind: DocumentKind, name: str) -> None:
    snapshot = company()
    built = make_document(
        replace(snapshot, enterprise=replace(snapshot.enterprise, name=ODD_NAMES[name])),
        Level.SUBMISSION,
        kind,
    )
    assert printable(ODD_NAMES[name]) in readable(by_pdfium(render(built).data))
