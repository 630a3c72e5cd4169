"""What a reader without eyes gets: everything once, in order, under its heading, and nothing else."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.every_block import DATA, LONG, ON, document, every_block, question, table
from support.tagged import Tagged, read_tagged
from unit.report.conftest import make_document, make_snapshot, squeeze

from tsguard.domain.disclosure import Level
from tsguard.report.blocks import Block, Chapter, Heading, Paragraph, Radar, Review, Role, Run, line
from tsguard.report.document import values
from tsguard.report.fonts import shipped_fonts
from tsguard.report.marked import said
from tsguard.report.pdf import render
from tsguard.report.recovery_sheet import RecoverySheet, render_sheet
from tsguard.report.sanitise import clean
from tsguard.report.typeset.tags import Artifact, Node, Tag, Tags

SHEET = RecoverySheet("珠海𬭎公司", "企业.tsg", "0f1e2d3c4b5a", "1a2b3c4d", ON, ("ABC234",) * 11)
FILES = {
    "every block": lambda: render(document(*every_block(), data=DATA)).data,
    "report, submission": lambda: render(make_document(make_snapshot(), Level.SUBMISSION)).data,
    "report, internal": lambda: render(make_document(make_snapshot(), Level.INTERNAL)).data,
    "nothing in it": lambda: render(document()).data,
    "recovery sheet": lambda: render_sheet(SHEET),
}


@pytest.fixture(scope="module", params=FILES)
def pdf(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(FILES[request.param]())) as opened:
        yield opened


@pytest.fixture(scope="module")
def file(pdf: pikepdf.Pdf) -> Tagged:
    return read_tagged(pdf)


@pytest.fixture(scope="module")
def full() -> Iterator[Tagged]:
    with pikepdf.open(io.BytesIO(FILES["every block"]())) as opened:
        yield read_tagged(opened)


def tags_of(*blocks: Block) -> Tagged:
    """The tags of a document; what needs the open file is not to be asked."""
    with pikepdf.open(io.BytesIO(render(document(*blocks)).data)) as opened:
        return read_tagged(opened)


# --- any file ---------------------------------------------------------------------------------------


def test_everything_drawn_is_text_of_an_element_or_an_artifact(file: Tagged) -> None:
    assert not file.strays


def test_every_mark_stands_in_the_tree_once_and_leads_back_to_its_element(file: Tagged) -> None:
    found = [(mark, element.source.objgen) for element in file.root.all(*Tag) for mark in element.marks]
    assert sorted(mark for mark, _element in found) == sorted(file.texts)
    assert dict(found) == {mark: owner.objgen for mark, owner in file.owners.items()}


def test_an_element_knows_its_parent(file: Tagged) -> None:
    for element in file.root.all(*Tag):
        for kid in element.kids:
            assert isinstance(kid, str) or kid.source.P.objgen == element.source.objgen


def test_all_rows_of_a_table_have_as_many_columns(file: Tagged) -> None:
    for each in file.root.all("Table"):
        widths = {
            sum(int(cell.attribute("/ColSpan") or 1) for cell in row.kids if not isinstance(cell, str))
            for row in each.all("TR")
        }
        assert len(widths) == 1
        assert len(list(each.all("THead"))) <= 1


def test_every_head_cell_says_what_it_heads(file: Tagged) -> None:
    for each in file.root.all("THead"):
        assert {str(cell.attribute("/Scope")) for cell in each.all("TH")} == {"/Column"}
    for each in file.root.all("TH"):
        assert each.attribute("/Scope") is not None


def test_no_level_of_headings_is_left_out(file: Tagged) -> None:
    levels = [int(each.tag[1]) for each in file.root.all("H1", "H2", "H3")]
    assert levels[:1] in ([], [1])
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_figure_says_what_it_shows_and_stands_on_its_page(file: Tagged) -> None:
    for each in file.root.all("Figure"):
        assert len(str(each.source.Alt)) > 10
        left, bottom, right, top = (float(edge) for edge in each.attribute("/BBox"))
        assert 0 <= left < right <= 596
        assert 0 <= bottom < top <= 842


def test_every_link_belongs_to_an_element_and_says_where_it_leads(pdf: pikepdf.Pdf, file: Tagged) -> None:
    links = list(file.root.all("Link"))
    annotations = [each.objgen for page in pdf.pages for each in page.obj.get("/Annots", [])]
    held = [each.objgen for link in links for each in link.annotations]
    assert sorted(held) == sorted(annotations)
    for link in links:
        assert link.annotations
        for each in link.annotations:
            assert squeeze(str(each.Contents)) in squeeze(link.text)
            assert squeeze(str(each.Contents))


# --- every kind of block ----------------------------------------------------------------------------


@pytest.mark.parametrize("level", [None, *Level])
def test_the_text_of_the_document_in_reading_order(level: Level | None) -> None:
    made = make_document(make_snapshot(), level) if level else document(*every_block())
    with pikepdf.open(io.BytesIO(render(made).data)) as opened:
        root = read_tagged(opened).root
    for contents in root.all("TOC"):
        contents.kids = contents.kids[:1]  # the lines say again what the heads say
    text, at = squeeze(root.text), 0
    for block in made.blocks:
        mixed = isinstance(block, Radar | Review)  # drawn in another order than the fields stand in
        for place, value in values(block):
            if place.endswith(".alt"):
                continue
            words = squeeze(value.text)
            found = text.find(words, at)
            assert found >= 0, value.text
            at = at if mixed else found + len(words)


def test_headings_are_the_bookmarks_and_each_stands_there_once(full: Tagged) -> None:
    heads = [block for block in every_block() if isinstance(block, Chapter | Heading)]
    found = [(each.tag, each.text) for each in full.root.all("H1", "H2")]
    assert found == [("H1" if isinstance(head, Chapter) else "H2", head.title.text) for head in heads]


def test_sections_lie_in_their_chapters(full: Tagged) -> None:
    chapters = [kid for kid in full.root.kids if not isinstance(kid, str) and list(kid.all("H1"))]
    assert [len(list(each.all("H2"))) for each in chapters] == [2, 0]
    assert [each.tag for each in chapters] == ["Sect", "Sect"]


def test_a_part_that_stands_in_no_chapter_has_a_heading_of_the_first_level() -> None:
    heads = tags_of(Heading(said("甲"), "a"), Heading(said("乙"), "b"), Chapter(said("丙"), "c"))
    assert [each.tag for each in heads.root.all("H1", "H2")] == ["H1", "H1", "H1"]
    assert [each.text for each in heads.root.all("H1")] == ["甲", "乙", "丙"]


def test_parts_bound_into_one_file_have_headings_of_three_levels() -> None:
    heads = tags_of(
        Chapter(said("甲"), "a"),
        Chapter(said("乙"), "b", depth=1),
        Heading(said("丙"), "c", depth=2),
        Chapter(said("丁"), "d", depth=1),
        Chapter(said("戊"), "e"),
        Heading(said("己"), "f", depth=2),
    )
    found = [(each.tag, each.text) for each in heads.root.all("H1", "H2", "H3")]
    assert found == [("H1", "甲"), ("H2", "乙"), ("H3", "丙"), ("H2", "丁"), ("H1", "戊"), ("H2", "己")]
    assert [kid.tag for kid in heads.root.kids if not isinstance(kid, str)] == ["Sect", "Sect"]


def test_a_picture_is_a_figure_that_says_what_it_shows(full: Tagged) -> None:
    (picture,) = (each for each in full.root.all("Figure") if "营业执照" in str(each.source.Alt))
    assert picture.text == ""
    assert len(picture.marks) == 1


def test_a_table_over_pages_is_one_with_its_head_told_once(full: Tagged) -> None:
    wide = max(full.root.all("Table"), key=lambda each: len(list(each.all("TR"))))
    pages = {page for element in wide.all(*Tag) for page, _number in element.marks}
    assert len(pages) > 2
    assert [each.text for each in wide.all("TH")] == ["编号", "内容", "占比", "判定"]
    assert len(list(wide.all("TR"))) == 1 + len(table(40).rows)
    assert [kid.tag for kid in wide.kids if not isinstance(kid, str)] == ["THead", "TBody"]
    assert sum("编号内容占比判定" in text for text in full.artifacts) == len(pages) - 1


def test_a_cell_over_pages_is_one_and_an_empty_one_stays(full: Tagged) -> None:
    (tall,) = (each for each in full.root.all("TR") if LONG * 3 in each.text)
    first, second, *empty = (kid for kid in tall.kids if not isinstance(kid, str))
    assert first.text == "长"
    assert [each.text for each in second.all("P")] == [LONG * 120, "末段"]
    assert len({page for page, _number in next(second.all("P")).marks}) > 1
    assert [(each.tag, each.kids) for each in empty] == [("TD", []), ("TD", [])]


def test_a_paragraph_over_pages_is_one(full: Tagged) -> None:
    texts = [each for each in full.root.all("P") if each.text.startswith("第") and LONG in each.text]
    assert [each.text for each in texts] == [f"第{number}段。" + LONG * 4 for number in range(12)]
    assert any(len({page for page, _number in each.marks}) == 2 for each in texts)


def test_a_link_over_lines_is_one_with_an_area_on_each(full: Tagged) -> None:
    (wide,) = (each for each in full.root.all("Link") if "链接处" in each.text)
    assert wide.text == "链接处" * 9
    assert len(wide.annotations) == 2


def test_a_line_of_the_contents_is_one_link_with_its_page(full: Tagged) -> None:
    (contents,) = full.root.all("TOC")
    assert [kid.tag for kid in contents.kids if not isinstance(kid, str)] == ["Caption"] + ["TOCI"] * 4
    lines = [each.text for each in contents.all("TOCI")]
    assert re.fullmatch(r"一、概况3", lines[0])
    assert all(len(list(each.all("Link"))) == 1 for each in contents.all("TOCI"))


def test_the_radar_says_all_its_values(full: Tagged) -> None:
    figure = next(full.root.all("Figure"))
    said_of_it = str(figure.source.Alt)
    for axis, claimed in zip("东南西北", range(61, 65), strict=True):
        assert f"{axis}{claimed}%" in said_of_it
        assert f"{axis}{100 - claimed}%" in said_of_it
    assert "自评率：" in said_of_it
    assert "有据率：" in said_of_it


def test_verdict_marks_are_seen_and_boxes_are_read(full: Tagged) -> None:
    assert [each.text for each in full.root.all("TD") if "符合" in each.text] == ["符合"] * 40
    (options,) = (each for each in full.root.all("TR") if "选项" in each.text)
    assert options.text == "选项☑是☐否空白"
    (choices,) = (each for each in full.root.all("P") if "一律适用" in each.text)
    assert choices.text == "☐符合一律适用"


def test_words_on_two_lines_stay_two_words() -> None:
    text = "one two three four " * 30
    (found,) = tags_of(Paragraph(line(said(text + "end")))).root.all("P")
    assert found.text == text + "end"


def test_a_question_reads_number_id_and_sign_one_by_one(full: Tagged) -> None:
    texts = [each.text for each in full.root.all("P")]
    at = texts.index("ORG-07")
    assert texts[at - 1 : at + 3] == ["7", "ORG-07", "否决项", "问题正文"]


def test_readers_that_know_nothing_of_tags_find_the_boxes(tmp_path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(render(document(question())).data)
    pages = pypdfium2.PdfDocument(path)
    found = squeeze("".join(page.get_textpage().get_text_range() for page in pages))
    pages.close()
    assert re.search("[☐□]符合", found)
    if shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, encoding="utf-8")  # noqa: S607
        assert re.search("[☐□]符合", squeeze(told.stdout))


def test_page_furniture_is_nobodys_text(full: Tagged) -> None:
    assert all("示例公司" in text and f"第{number}页" in text for number, text in
               enumerate(full.artifacts[1:], 2))  # fmt: skip
    assert "脚注" not in full.root.text


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler is not installed")
def test_poppler_reads_the_same_tree(file: Tagged, pdf: pikepdf.Pdf, tmp_path) -> None:
    path = tmp_path / "x.pdf"
    pdf.save(path)
    told = subprocess.run(
        ["pdfinfo", "-struct-text", path],  # noqa: S607
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    quoted = "".join(re.findall(r'^ *"(.*)"$', told, re.MULTILINE))
    assert squeeze(quoted) == squeeze(file.root.text).translate({ord("☐"): "□", ord("☑"): "√"})


# --- whatever people type ---------------------------------------------------------------------------

TEXTS = st.text(
    st.sampled_from("甲乙，。（）《》—…A1 -\n\t\u3000\u202e\u200b\x07é𬭎㵘䶮𠮷א℃"), max_size=60
) | st.sampled_from(["珠海" * 100, "W" * 200, "（" * 90, ""])


@given(st.lists(TEXTS, min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_any_text_is_tagged_whole(texts: list[str]) -> None:
    fonts = shipped_fonts()
    kept = ["".join(each for each in text if not fonts.missing([clean(each)])) for text in texts]
    rows = tuple(Paragraph(line(said(text), Run(said(text), bold=True)), Role.BODY) for text in kept)
    file = tags_of(*rows)
    assert not file.strays
    assert squeeze(file.root.text) == "".join(squeeze(clean(text)) * 2 for text in kept)


def test_every_kind_of_block_is_drawn_here() -> None:
    """A new kind has to be put into ``every_block``."""
    assert {type(block) for block in every_block()} == set(Block.__args__)


# --- the tree by itself -----------------------------------------------------------------------------


def test_text_outside_any_element_is_a_bug_that_shows() -> None:
    with pytest.raises(LookupError):
        Tags().for_text()


def test_marks_are_opened_as_seldom_as_may_be() -> None:
    tags = Tags()
    paragraph = Node(Tag.P)
    with tags.within(paragraph):
        assert tags.for_text() == "/P <</MCID 0>> BDC"
        assert tags.for_text() == ""
        assert tags.for_shape() == "EMC /Artifact BMC"
        assert tags.for_shape() == ""
        assert tags.for_text() == "EMC /P <</MCID 1>> BDC"
        assert tags.for_sign("☑") == "EMC /P <</MCID 2 /ActualText <FEFF2611>>> BDC"
        assert tags.close() == "EMC "
        assert tags.close() == ""
    assert tags.pages == [[paragraph] * 3]


def test_inside_an_artifact_there_is_nothing_to_read() -> None:
    tags = Tags()
    with tags.apart(Artifact.HEADER), tags.within(Node(Tag.P)):
        assert tags.for_text() == Artifact.HEADER.value
        assert tags.for_shape() == ""
    assert not tags.root.kids
