import errno
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from unit.report.conftest import (
    form_document,
    make_document,
    printed_texts,
    read_with_pdfium,
    squeeze,
)

from tsguard.domain.disclosure import Level
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.snapshot import Snapshot
from tsguard.errors import Cancelled, DiskFull, MissingGlyphs, ReadOnly, StorageError, WriteFailed
from tsguard.report.blocks import (
    Chapter,
    Heading,
)
from tsguard.report.fonts import shipped_fonts
from tsguard.report.pdf import write


def is_han(character: str) -> bool:
    return ord(character) >= 0x3400 and not 0xFF00 <= ord(character) <= 0xFFEF


@pytest.fixture
def report(snapshot: Snapshot, level: Level, tmp_path: Path) -> Path:
    return write(make_document(snapshot, level), tmp_path / "报告.pdf").path


# --- text -------------------------------------------------------------------------------------------


def test_every_han_character_comes_back(
    snapshot: Snapshot, level: Level, report: Path, read: Callable[[Path], str]
) -> None:
    texts = "".join(printed_texts(make_document(snapshot, level)))
    assert set("䶮𬭎㵘𠮷") <= set(texts)
    missing = {character for character in texts if is_han(character)} - set(read(report))
    assert not missing


def test_every_paragraph_comes_back_whole(snapshot: Snapshot, level: Level, report: Path) -> None:
    """Drawing order is reading order, so text search and the leak guard find what stands on paper."""
    extracted = squeeze(read_with_pdfium(report))
    for text in printed_texts(make_document(snapshot, level)):
        assert squeeze(text) in extracted, text


@pytest.mark.parametrize("character", "😀\u0e01\U0010ffff")
def test_a_character_without_a_glyph_is_reported_before_anything_is_written(
    character: str, snapshot: Snapshot, tmp_path: Path
) -> None:
    named = replace(snapshot, enterprise=replace(snapshot.enterprise, name=f"甲{character}乙{character}"))
    with pytest.raises(MissingGlyphs) as caught:
        write(make_document(named, Level.SUBMISSION), tmp_path / "报告.pdf")
    assert caught.value.characters == (character,)
    assert not list(tmp_path.iterdir())


def test_missing_characters_are_named_once_in_the_order_met() -> None:
    assert shipped_fonts().missing(["好😀", "吗🙏😀", "\u3000 \n"]) == ("😀", "🙏")


# --- the file ---------------------------------------------------------------------------------------


def fonts_of(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font":
            yield each


def test_every_font_is_embedded(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        fonts = list(fonts_of(pdf))
        assert len(fonts) > 4
        for font in fonts:
            assert "/FontFile2" in font.FontDescriptor, font.BaseFont
            assert "Helvetica" not in str(font.BaseFont)


def test_the_same_document_gives_the_same_bytes(snapshot: Snapshot, level: Level, tmp_path: Path) -> None:
    first = write(make_document(snapshot, level), tmp_path / "甲.pdf")
    second = write(make_document(snapshot, level), tmp_path / "乙.pdf")
    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.sha256 == second.sha256


def test_metadata_name_the_report_and_nobody(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert {str(key) for key in pdf.docinfo.keys()} == {  # noqa: SIM118
            "/Title",
            "/Creator",
            "/Producer",
            "/CreationDate",
            "/ModDate",
        }
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261123")
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "商业秘密保护自我评估报告"
        assert "示例".encode() not in pdf.Root.Metadata.read_bytes()


def test_the_facts_of_the_written_file_are_right(snapshot: Snapshot, tmp_path: Path) -> None:
    written = write(make_document(snapshot, Level.INTERNAL), tmp_path / "报告.pdf")
    assert written.size == written.path.stat().st_size
    with pikepdf.open(written.path) as pdf:
        assert len(pdf.pages) == written.pages


def test_the_newest_digest_stands_there_to_be_compared(report: Path) -> None:
    pdf = pypdfium2.PdfDocument(report)
    text = squeeze("".join(page.get_textpage().get_text_range() for page in pdf))
    pdf.close()
    assert "变更记录末条摘要——" + "ab" * 32 in text


# --- pages ------------------------------------------------------------------------------------------


def test_each_page_but_the_cover_says_which_of_how_many_it_is(report: Path) -> None:
    pdf = pypdfium2.PdfDocument(report)
    texts = [squeeze(page.get_textpage().get_text_range()) for page in pdf]
    pdf.close()
    assert "第1页" not in texts[0]
    for number, text in enumerate(texts[1:], 2):
        assert f"—第{number}页，共{len(texts)}页—" in text


def test_bookmarks_are_the_chapters_and_sections(snapshot: Snapshot, level: Level, report: Path) -> None:
    document = make_document(snapshot, level)
    heads = [block.title.text for block in document.blocks if isinstance(block, Chapter | Heading)]
    with pikepdf.open(report) as pdf, pdf.open_outline() as outline:
        found = [
            title for root in outline.root for title in (root.title, *(kid.title for kid in root.children))
        ]
    assert found == heads
    assert len([head for head in heads if re.match("[一二三四五六七八]、", head)]) == 8


def test_the_contents_give_the_pages_of_the_heads(report: Path) -> None:
    pdf = pypdfium2.PdfDocument(report)
    texts = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    entries = re.findall(r"^([一二三四五六七八]、\S+) +(\d+)\s*$", texts[1].replace("\r", ""), re.MULTILINE)
    if len(entries) != 8:
        entries = re.findall(r"([一二三四五六七八]、[\u4e00-\u9fff]+)\s+(\d+)", texts[1])
    assert len(entries) == 8
    for title, number in entries:
        assert title in squeeze(texts[int(number) - 1])


def test_every_link_leads_somewhere(report: Path) -> None:
    with pikepdf.open(report) as pdf:
        links = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
        assert len(links) > 20
        for link in links:
            assert "/Dest" in link or "/A" in link


# --- what cannot be foreseen of people's input ------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "珠海" * 100,
        "A" * 200,
        "../../etc/passwd\\C:\\Users\\x|?*" * 6,
        "（" * 60 + "）" * 60,
        "甲\n乙\u202e丙" * 30,
        "",
    ],
)
def test_names_of_any_length_stay_inside_the_page(
    name: str, snapshot: Snapshot, level: Level, tmp_path: Path
) -> None:
    enterprise = replace(snapshot.enterprise, name=name, legal_representative=name, note=name)
    evidence = (replace(snapshot.evidence[0], title=name or "题", file_name=name),)
    document = make_document(replace(snapshot, enterprise=enterprise, evidence=evidence), level)
    path = write(document, tmp_path / "报告.pdf").path
    pdf = pypdfium2.PdfDocument(path)
    for page in pdf:
        textpage = page.get_textpage()
        for index in range(textpage.count_rects()):
            left, bottom, right, top = textpage.get_rect(index)
            assert left >= 70, page
            assert right <= 28 * 72 / 25.4 + 441 + 7, (name[:9], right)
            assert bottom > 50
            assert top < 800
    pdf.close()


def test_an_assessment_without_a_single_answer_can_be_printed(
    snapshot: Snapshot, level: Level, tmp_path: Path
) -> None:
    empty = replace(
        snapshot, enterprise=Enterprise(id="e"), answers={}, evidence=(), secret_points=(), journal_head=""
    )
    path = write(form_document(empty, level), tmp_path / "报告.pdf").path
    text = squeeze(read_with_pdfium(path))
    assert "未答" in text
    assert "未填（必填）" in text


# --- writing ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "kind"),
    [(errno.ENOSPC, DiskFull), (errno.EROFS, ReadOnly), (errno.EACCES, ReadOnly), (errno.EIO, WriteFailed)],
)
def test_a_refused_write_leaves_the_old_file_and_nothing_else(
    code: int, kind: type[StorageError], snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "报告.pdf"
    target.write_bytes(b"old")

    def refuse(_file: int) -> None:
        raise OSError(code, "refused")

    monkeypatch.setattr("tsguard.report.plain_file.os.fsync", refuse)
    with pytest.raises(kind) as caught:
        write(make_document(snapshot, Level.SUBMISSION), target)
    assert caught.value.path == target
    assert [each.name for each in tmp_path.iterdir()] == ["报告.pdf"]
    assert target.read_bytes() == b"old"


def test_a_missing_folder_is_a_failed_write(snapshot: Snapshot, tmp_path: Path) -> None:
    with pytest.raises(WriteFailed):
        write(make_document(snapshot, Level.SUBMISSION), tmp_path / "没有" / "报告.pdf")


@pytest.mark.parametrize("asked", [1, 5, 40])
def test_cancelling_leaves_nothing(asked: int, snapshot: Snapshot, tmp_path: Path) -> None:
    answers = iter([False] * asked)
    with pytest.raises(Cancelled):
        write(
            make_document(snapshot, Level.SUBMISSION),
            tmp_path / "报告.pdf",
            cancelled=lambda: next(answers, True),
        )
    assert not list(tmp_path.iterdir())


def test_progress_counts_every_page(snapshot: Snapshot, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    written = write(
        make_document(snapshot, Level.SUBMISSION),
        tmp_path / "报告.pdf",
        progress=lambda done, all_pages: told.append((done, all_pages)),
    )
    assert told == [(number, written.pages) for number in range(1, written.pages + 1)]
