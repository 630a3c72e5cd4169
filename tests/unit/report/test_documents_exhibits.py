"""佐证目录: an index that leads to a cover sheet for each piece, one to a page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from unit.report.conftest import make_document, make_snapshot, squeeze

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Tier
from tsguard.domain.snapshot import Snapshot
from tsguard.report.blocks import Chapter, DataTable, Heading, Paragraph
from tsguard.report.chapters.covers import file_kind, size_text
from tsguard.report.document import Document
from tsguard.report.pdf import write

KIND = DocumentKind.EXHIBITS
SM3 = "89abcdef01234567" * 4
FILE = replace(make_snapshot().evidence[0], sm3=SM3, size=1536, expires=date(2027, 5, 1))
PAPER = Evidence("E-02", "e", "𬭎㵘䶮𠮷台账", ("IDC-02", "OLD-01"), tier=Tier.CORE, paper_at="三号柜")
LOST = Evidence("E-03", "e", "丢了的表", ("IDC-02",), file_name="客户乙.xlsx")


def with_pieces(*pieces: Evidence) -> Snapshot:
    return replace(make_snapshot(), evidence=pieces)


def exhibits(snapshot: Snapshot, level: Level) -> Document:
    return make_document(snapshot, level, KIND)


def cover(document: Document, piece: str) -> str:
    """Every text from a piece's cover head to the next head."""
    blocks = list(document.blocks)
    start = next(
        number
        for number, block in enumerate(blocks)
        if isinstance(block, Heading) and block.anchor == f"cover-{piece}"
    )
    end = next(
        (
            number
            for number, block in enumerate(blocks[start + 1 :], start + 1)
            if isinstance(block, Chapter | Heading)
        ),
        len(blocks),
    )
    return "\n".join(replace(document, blocks=tuple(blocks[start:end])).texts())


def test_a_cover_says_everything_of_its_piece(level: Level) -> None:
    text = cover(exhibits(with_pieces(FILE, PAPER), level), "E-01")
    for told in (
        "E-01",
        "任命决定",
        "2026-11-23",
        "一般",
        "是",
        "有效至2027-05-01",
        "ORG-01",
        "ORG-01的要求",
        "01234567 89abcdef",
        "89abcdef 01234567",
        "SHA-256",
        "SM3",
        "PDF文件",
        "1.5KB",
        "装订起始页",
    ):
        assert told in text, told
    assert ("客户甲.pdf" in text) == (level is Level.INTERNAL)


def test_paper_is_attached_as_the_original_and_its_place_stays_in_the_company(level: Level) -> None:
    text = cover(exhibits(with_pieces(FILE, PAPER), level), "E-02")
    assert "纸质件：原件另附" in text
    assert "清单中已没有这一条" in text
    assert "SHA-256" not in text
    assert ("三号柜" in text) == (level is Level.INTERNAL)
    assert "大小" not in cover(exhibits(with_pieces(PAPER), level), "E-02")


def test_a_lost_file_is_not_passed_off_as_paper(level: Level) -> None:
    text = cover(exhibits(with_pieces(LOST), level), "E-03")
    assert "电子件的内容已丢失，请重新取得" in text
    assert "纸质件" not in text
    assert ("客户乙" in text) == (level is Level.INTERNAL)


@pytest.mark.parametrize(
    ("tier", "redacted", "warned"),
    [
        (None, False, False),
        (None, True, False),
        (Tier.GENERAL, False, True),
        (Tier.CORE, False, True),
        (Tier.CORE, True, False),
    ],
)
def test_pieces_of_a_tier_that_were_not_redacted_are_warned_of(
    level: Level, tier: Tier | None, redacted: bool, warned: bool
) -> None:
    document = exhibits(with_pieces(replace(FILE, tier=tier, redacted=redacted)), level)
    texts = "\n".join(document.texts())
    assert ("注意：标有等级而没有脱敏的佐证有1件" in texts) == warned
    assert ("本件标有等级，没有脱敏" in cover(document, "E-01")) == warned


def test_a_warning_of_many_pieces_names_the_first_and_counts_all(level: Level) -> None:
    pieces = [replace(PAPER, id=f"E-{number:03d}") for number in range(1, 201)]
    document = exhibits(with_pieces(*pieces), level)
    warning = next(
        block.text
        for block in document.blocks
        if isinstance(block, Paragraph) and "注意" in block.text[0].value.text
    )
    text = "".join(run.value.text for run in warning)
    assert "200件" in text
    assert "E-030等。" in text


def test_the_index_leads_to_the_covers_and_every_link_arrives(level: Level) -> None:
    document = exhibits(with_pieces(FILE, PAPER), level)
    anchors = {block.anchor for block in document.blocks if isinstance(block, Chapter | Heading)}
    tables = [block for block in document.blocks if isinstance(block, DataTable)]
    anchors |= {row.anchor for table in tables for row in table.rows}
    links = {
        run.link
        for table in tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.content
        for run in paragraph.text
        if run.link
    }
    assert {"cover-E-01", "cover-E-02", "evidence-E-01"} <= links <= anchors


def test_the_covers_are_bookmarked_but_do_not_fill_the_contents(level: Level) -> None:
    document = exhibits(with_pieces(FILE, PAPER), level)
    heads = [
        block for block in document.blocks if isinstance(block, Heading) and block.anchor.startswith("cover-")
    ]
    assert len(heads) == 2
    assert not any(head.listed for head in heads)
    assert all(head.new_page for head in heads)


def test_the_programmes_list_is_in_it_and_an_empty_vault_says_so(level: Level) -> None:
    text = "\n".join(exhibits(with_pieces(), level).texts())
    assert "A01" in text
    assert "还没有登记佐证。" in text
    assert "佐证封面" not in text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0字节"),
        (1023, "1023字节"),
        (1024, "1.0KB"),
        (1536, "1.5KB"),
        (1024 * 1024, "1.0MB"),
        (12_345_678, "11.8MB"),
    ],
)
def test_sizes_as_people_read_them(size: int, text: str) -> None:
    assert size_text(size) == text


def test_an_unknown_kind_of_file_is_named_by_its_type() -> None:
    assert file_kind("application/pdf") == "PDF文件"
    assert file_kind("application/x-cad") == "application/x-cad"
    assert file_kind("") == "电子文件"


def test_each_piece_has_a_page_of_its_own(tmp_path: Path, level: Level) -> None:
    pieces = [
        replace(FILE if number % 2 else PAPER, id=f"E-{number:03d}", title=f"名称{number:03d}𬭎" + "长" * 150)
        for number in range(1, 121)
    ]
    target = tmp_path / "佐证目录.pdf"
    write(exhibits(with_pieces(*pieces), level), target)
    pdf = pypdfium2.PdfDocument(target)
    texts = [squeeze(page.get_textpage().get_text_range()) for page in pdf]
    pdf.close()
    covers = [text for text in texts if "佐证编号" in text]
    assert len(covers) == len(pieces)
    for piece, text in zip(pieces, covers, strict=True):
        assert piece.id in text
        assert squeeze(piece.title) in text


def test_rare_characters_come_back_from_the_pdf(
    tmp_path: Path, level: Level, read: Callable[[Path], str]
) -> None:
    target = tmp_path / "佐证目录.pdf"
    write(exhibits(with_pieces(FILE, PAPER, LOST), level), target)
    assert squeeze(read(target)).count("𬭎㵘䶮𠮷台账") == 2
