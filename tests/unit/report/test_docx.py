"""The DOCX read back twice: by python-docx, and by a walk over the bare XML that knows the schema's order."""

import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsguard.domain.disclosure import Level
from tsguard.domain.snapshot import Snapshot
from tsguard.errors import Cancelled
from tsguard.report.blocks import (
    Axis,
    Bar,
    Block,
    Cell,
    Chapter,
    Column,
    Contents,
    Cover,
    DataTable,
    Entry,
    Figure,
    Figures,
    Form,
    Heading,
    Mark,
    Paragraph,
    Picture,
    Radar,
    Review,
    Role,
    Row,
    Run,
    Signature,
    line,
    sign,
)
from tsguard.report.document import Document, values
from tsguard.report.docx.ooxml import MEASURE, shared_out
from tsguard.report.docx.writer import render_docx
from tsguard.report.marked import said
from tsguard.report.question import Choice, Question
from tsguard.report.sanitise import clean

ON = date(2026, 11, 23)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
RARE = "𬭎㵘䶮𠮷"

# ECMA-376 part 1, annex A: the children of each in the only order that Word takes.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "pBdr": "top left bottom right between bar",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed "
    "qFormat locked pPr rPr tblPr trPr tcPr tblStylePr",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
    "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "settings": "writeProtection view zoom removePersonalInformation mirrorMargins evenAndOddHeaders "
    "defaultTabStop characterSpacingControl compat rsids themeFontLang decimalSymbol listSeparator",
    "compat": "doNotExpandShiftReturn useFELayout compatSetting",
    "styles": "docDefaults latentStyles style",
}


def document(*blocks: Block) -> Document:
    return Document(
        level=Level.SUBMISSION,
        title=said("商业秘密保护自我评估报告"),
        company=said(f"示例{RARE}有限公司"),
        footing=said("商业秘密·报送材料"),
        number=said("TSG-20261123-AAAA-BBBB"),
        on=ON,
        blocks=blocks,
    )


def said_in(text: str, role: Role = Role.BODY) -> Paragraph:
    return Paragraph(line(said(text)), role)


def a_table(rows: int = 2) -> DataTable:
    return DataTable(
        (Column(said("编号"), 100), Column(said("名称"), 241), Column(said("得分率"), 100)),
        tuple(
            Row(
                (
                    Cell((said_in(f"第{n}行", Role.CELL),)),
                    Cell((said_in("名称", Role.CELL), said_in("细目", Role.DETAIL))),
                    Cell(bar=Bar(70, 40)),
                ),
                anchor=f"row-{n}",
                total=n == 1,
                joined=n == 1,
            )
            for n in range(rows)
        ),
    )


def every_block() -> tuple[Block, ...]:
    return (
        Cover(
            (said("报送版"),),
            (said("商业秘密保护"), said("自我评估报告")),
            said("自评材料"),
            (Entry(said("企业名称"), line(said(f"珠海{RARE}公司"))),),
            said("2026年11月23日"),
        ),
        Contents(said("目　录")),
        Chapter(said("一、甲章"), "chapter-1"),
        *(said_in(f"这是{role.value}段落。", role) for role in Role),
        Paragraph(
            (
                *(sign(mark) for mark in Mark),
                Run(said("见乙节"), link="section-1"),
                Run(said("无处"), link="gone"),
            )
        ),
        Heading(said("（一）乙节"), "section-1", new_page=True),
        Heading(said("（二）丙节"), "section-2", listed=False),
        a_table(),
        Form(
            (
                Entry(said("短栏"), line(said("短值"))),
                Entry(said("又短"), line(said("值"))),
                Entry(said("长栏"), line(said("很长的内容" * 20))),
                Entry(said("末栏"), line(said("两行\n内容"))),
            )
        ),
        Figures(
            (
                Figure(said("自评分"), said("81.0"), said("良好")),
                Figure(said("有据分"), said("40.0"), said("差")),
            )
        ),
        Radar(
            tuple(Axis(said(f"轴{n}"), (50, 20)) for n in "甲乙丙"),
            (said("自评"), said("有据")),
            said("图一"),
        ),
        Signature(said("法定代表人（签字）："), said("珠海公司"), said("年　月　日"), said("盖章处")),
        Picture("E-01/0", said("佐证第一页"), said("页面图像"), 100.0, 100.0),
        Review((said("所意见"), said("局意见")), said("经办人："), said("年　月　日"), said("盖章处")),
        Question(
            said("1"),
            said("ORG-01"),
            said("否决项"),
            strong=True,
            text=said("设有机构"),
            details=(said("查看任命"),),
            choices=(Choice(said("符合")), Choice(said("不适用"), open=False)),
            lines=(said("备注"),),
        ),
    )


# --- the independent reader ---------------------------------------------------------------------------


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def trees(data: bytes) -> dict[str, ET.Element]:
    return {name: ET.fromstring(content) for name, content in parts(data).items()}  # noqa: S314


def body(data: bytes) -> ET.Element:
    found = trees(data)["word/document.xml"].find(f"{W}body")
    assert found is not None
    return found


def text_of(node: ET.Element) -> str:
    made = []
    for each in node.iter():
        if each.tag == f"{W}t":
            made.append(each.text or "")
        elif each.tag == f"{W}br":
            made.append("\n")
    return "".join(made)


def han(text: str) -> str:
    return "".join(HAN.findall(text))


def expected(block: Block, whole: Document) -> Iterator[str]:
    """What a block says, in reading order."""
    match block:
        case Contents():
            yield block.title.text
            heads = [each for each in whole.blocks if isinstance(each, Chapter | Heading)]
            yield from (each.title.text for each in heads if getattr(each, "listed", True))
        case Radar():
            yield "项目"
            yield from (each.text for each in block.lanes)
            yield from (each.label.text for each in block.axes)
            yield block.caption.text
        case Picture():
            yield block.caption.text
        case Review():
            for office in block.offices:
                yield from (office.text, block.signatory.text, block.date_line.text, block.seal.text)
        case _:
            yield from (each.text for _place, each in values(block))


# --- words ------------------------------------------------------------------------------------------


def test_every_han_character_of_every_block_stands_in_order() -> None:
    whole = document(*every_block())
    wanted = han("".join(each for block in whole.blocks for each in expected(block, whole)))
    assert han(text_of(body(render_docx(whole)))) == wanted


def test_a_whole_report_carries_every_han_character(snapshot: Snapshot, level: Level, made: Callable) -> None:
    whole = made(snapshot, level)
    last = next(n for n, each in enumerate(whole.blocks) if getattr(each, "anchor", "") == "identity")
    left = replace(whole, blocks=whole.blocks[:last])
    wanted = han("".join(each for block in left.blocks for each in expected(block, left)))
    assert len(wanted) > 1000
    assert han(text_of(body(render_docx(whole)))) == wanted


@pytest.fixture
def made() -> Callable[[Snapshot, Level], Document]:
    """The report as the conftest beside makes it, without importing it by name."""
    from tsguard.domain.dossier import DocumentKind, Edition
    from tsguard.report.build import build
    from tsguard.rules.checks import run_checks
    from tsguard.scoring.sheet import score

    def make(snapshot: Snapshot, level: Level) -> Document:
        assessment = snapshot.assessment
        checks = run_checks(assessment.checklist, snapshot.secret_points, ON)
        sheet = score(assessment.checklist, assessment.programme, snapshot.answers, {"ORG-01"}, checks)
        edition = Edition(DocumentKind.REPORT, level)
        return build(snapshot, sheet, edition, checks=checks, program_version="0.1.0", on=ON)

    return make


def test_the_page_about_checking_the_pdf_is_left_out() -> None:
    """Its digests would be wrong after the first edit, and its attachment is not there."""
    kept, left_out = said_in("甲文"), said_in("乙文")
    whole = document(
        Contents(said("目录")),
        Chapter(said("甲"), "chapter-1"),
        kept,
        Chapter(said("核验信息"), "identity"),
        left_out,
    )
    assert han(text_of(body(render_docx(whole)))) == "目录甲甲甲文"


def test_python_docx_reads_the_same_words_and_the_page() -> None:
    opened = docx.Document(io.BytesIO(render_docx(document(*every_block()))))
    assert [each.text for each in opened.paragraphs if each.style.name == "Heading 1"] == ["一、甲章"]
    assert [each.text for each in opened.paragraphs if each.style.name == "Heading 2"] == ["（一）乙节"]
    data = next(each for each in opened.tables if each.style.name == "数据表")
    assert [cell.text for cell in data.rows[2].cells][:2] == ["第1行", "名称\n细目"]
    section = opened.sections[0]
    shape = [round(each.mm) for each in (section.page_width, section.page_height, section.left_margin)]
    assert shape == [210, 297, 28]
    measure = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    assert (round(measure / 36000), round(height / 36000)) == (156, 225)
    assert section.different_first_page_header_footer
    assert opened.settings.odd_and_even_pages_header_footer
    assert section.header.paragraphs[0].text == f"商业秘密保护自我评估报告\t示例{RARE}有限公司"
    assert section.footer.paragraphs[0].text == "商业秘密·报送材料　TSG-20261123-AAAA-BBBB\t— 第1页，共1页 —"
    assert section.even_page_footer.paragraphs[0].text.startswith("— 第1页，共1页 —\t商业秘密")


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_comes_back_as_it_is_printed(text: str) -> None:
    wanted = re.sub("[\ufffe\uffff]", "", clean(text))
    whole = document(said_in(text), DataTable((Column(said(text), 441),), (Row((Cell((said_in(text),)),)),)))
    found = [text_of(each) for each in body(render_docx(whole)).iter(f"{W}p")]
    assert [each for each in found if each] == ([wanted] * 3 if wanted else [])


def test_rare_characters_get_a_font_that_has_them() -> None:
    runs = list(body(render_docx(document(said_in(f"甲{RARE}乙A")))).iter(f"{W}r"))
    fonts = {
        text_of(each): each.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia")  # type: ignore[union-attr]
        for each in runs
    }
    assert fonts == {"甲": None, "𬭎": "SimSun-ExtB", "㵘䶮": "宋体", "𠮷": "SimSun-ExtB", "乙A": None}


def test_marks_are_characters_of_a_font_that_has_them() -> None:
    runs = body(render_docx(document(Paragraph(tuple(sign(mark) for mark in Mark))))).findall(f".//{W}r")
    assert "".join(text_of(each) for each in runs) == "●◐○⊖◌☐☑"
    assert {each.find(f"{W}rPr/{W}rFonts").get(f"{W}ascii") for each in runs} == {"Segoe UI Symbol"}  # type: ignore[union-attr]


def test_bars_show_both_lanes() -> None:
    found = text_of(body(render_docx(document(a_table(1)))))
    assert "■■■■│■■■□□□" in found


# --- what Word does with it -------------------------------------------------------------------------


def test_contents_are_a_field_that_is_right_without_updating() -> None:
    found = body(render_docx(document(*every_block())))
    lines = [
        each
        for each in found.findall(f"{W}p")
        if each.find(f"{W}pPr/{W}pStyle").get(f"{W}val") in {"TOC1", "TOC2"}  # type: ignore[union-attr]
    ]
    assert [text_of(each) for each in lines] == ["一、甲章", "（一）乙节"]
    marks = {each.get(f"{W}name") for each in found.iter(f"{W}bookmarkStart")}
    assert all(each.find(f"{W}hyperlink").get(f"{W}anchor") in marks for each in lines)  # type: ignore[union-attr]
    instructions = [each.text for each in found.iter(f"{W}instrText")]
    assert instructions == [r' TOC \o "1-2" \h \z \u ']
    kinds = [each.get(f"{W}fldCharType") for each in found.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]


def test_links_lead_to_bookmarks_and_dead_ones_are_plain_text() -> None:
    found = body(render_docx(document(*every_block())))
    starts = [each.get(f"{W}name") for each in found.iter(f"{W}bookmarkStart")]
    ids = [each.get(f"{W}id") for each in found.iter(f"{W}bookmarkStart")]
    assert len(set(starts)) == len(starts) == 5
    assert sorted(ids) == sorted(each.get(f"{W}id") for each in found.iter(f"{W}bookmarkEnd"))
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,39}", each or "") for each in starts)
    links = {text_of(each): each.get(f"{W}anchor") for each in found.iter(f"{W}hyperlink")}
    assert links["见乙节"] in starts
    assert "无处" not in links


def test_an_anchor_that_stands_twice_is_marked_once() -> None:
    table = a_table(1)
    found = body(render_docx(document(table, table)))
    assert len(list(found.iter(f"{W}bookmarkStart"))) == 1


def test_heads_repeat_rows_stay_whole_and_columns_fill_the_measure() -> None:
    found = body(render_docx(document(a_table(30))))
    table = found.find(f"{W}tbl")
    assert table is not None
    rows = table.findall(f"{W}tr")
    assert [each.find(f"{W}trPr/{W}tblHeader") is not None for each in rows] == [True] + [False] * 30
    assert all(each.find(f"{W}trPr/{W}cantSplit") is not None for each in rows)
    assert sum(int(each.get(f"{W}w", "0")) for each in table.iter(f"{W}gridCol")) == MEASURE


@pytest.mark.parametrize(
    "blocks", [(a_table(), a_table()), (a_table(),), (every_block()[-2], every_block()[-2])]
)
def test_a_paragraph_stands_after_each_table(blocks: tuple[Block, ...]) -> None:
    """Else Word joins two tables into one, and refuses a cell or body that ends in one."""
    children = list(body(render_docx(document(*blocks))))
    for each, following in pairwise(children):
        assert each.tag != f"{W}tbl" or following.tag == f"{W}p"


@pytest.mark.parametrize(("widths", "count"), [((1.0,), 1), ((1.0, 1.0, 1.0), 3), ((32.0, 85.5, 324.0), 3)])
def test_shared_out_widths_fill_the_measure(widths: tuple[float, ...], count: int) -> None:
    made = shared_out(widths)
    assert (sum(made), len(made)) == (MEASURE, count)


def test_chinese_is_set_as_chinese() -> None:
    styles = trees(render_docx(document(said_in("甲"))))["word/styles.xml"]
    by_id = {each.get(f"{W}styleId"): each for each in styles.findall(f"{W}style")}
    normal = by_id["Normal"].find(f"{W}pPr")
    assert normal is not None
    assert normal.find(f"{W}kinsoku") is not None
    text = by_id["TsgBody"]
    assert text.find(f"{W}pPr/{W}jc").get(f"{W}val") == "both"  # type: ignore[union-attr]
    assert text.find(f"{W}pPr/{W}ind").get(f"{W}firstLineChars") == "200"  # type: ignore[union-attr]
    assert text.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "仿宋"  # type: ignore[union-attr]
    assert text.find(f"{W}rPr/{W}rFonts").get(f"{W}ascii") == "Times New Roman"  # type: ignore[union-attr]
    assert styles.find(f".//{W}lang").get(f"{W}eastAsia") == "zh-CN"  # type: ignore[union-attr]


# --- structure --------------------------------------------------------------------------------------


def test_properties_stand_in_the_only_order_that_word_takes() -> None:
    seen = set()
    for tree in trees(render_docx(document(*every_block()))).values():
        for node in tree.iter():
            name = node.tag.removeprefix(W)
            if name in ORDER:
                seen.add(name)
                known = ORDER[name].split()
                children = [known.index(child.tag.removeprefix(W)) for child in node]
                assert children == sorted(children), (name, [child.tag for child in node])
    assert seen == set(ORDER)


def test_every_relationship_type_and_style_resolves() -> None:
    data = render_docx(document(*every_block()))
    found, tree = parts(data), trees(data)
    for name in found:
        if name.endswith(".rels"):
            base = PurePosixPath(name).parent.parent
            for each in tree[name]:
                assert str(base / each.get("Target", "")) in found
    types = {each.get("PartName"): each for each in tree["[Content_Types].xml"] if each.get("PartName")}
    assert {f"/{name}" for name in found if not name.endswith((".rels", "Types].xml"))} == set(types)
    ids = {each.get("Id") for each in tree["word/_rels/document.xml.rels"]}
    assert {each.get(f"{R}id") for each in tree["word/document.xml"].iter() if each.get(f"{R}id")} <= ids
    styles = {each.get(f"{W}styleId") for each in tree["word/styles.xml"].iter(f"{W}style")}
    for part in tree.values():
        for kind in ("pStyle", "tblStyle", "basedOn", "next"):
            assert {each.get(f"{W}val") for each in part.iter(f"{W}{kind}")} <= styles


def test_the_grid_and_the_cells_of_each_row_agree() -> None:
    for table in body(render_docx(document(*every_block()))).iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            spans = [each.find(f"{W}tcPr/{W}gridSpan") for each in row.findall(f"{W}tc")]
            assert sum(1 if each is None else int(each.get(f"{W}val", "")) for each in spans) == columns
            assert all(list(cell)[-1].tag == f"{W}p" for cell in row.findall(f"{W}tc"))


def test_nothing_of_the_template_the_clock_or_the_machine_comes_along() -> None:
    data = render_docx(document(*every_block()))
    found = parts(data)
    assert sorted(found) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]
    everything = b"".join(found.values()).lower()
    for word in (b"python", b"creator", b"lastmodifiedby", b"company>", b"manager", b"rsid", b"protection"):
        assert word not in everything
    core = docx.Document(io.BytesIO(data)).core_properties
    assert (core.title, core.author, core.last_modified_by) == ("商业秘密保护自我评估报告", "", "")
    assert core.created is not None
    assert core.created.date() == ON
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_document_makes_the_same_bytes() -> None:
    first = render_docx(document(*every_block()))
    time.sleep(2.1)  # a zip's clock goes in steps of two seconds
    assert render_docx(document(*every_block())) == first
    assert render_docx(replace(document(*every_block()), on=date(2026, 11, 24))) != first


def test_thousand_rows_and_progress() -> None:
    told: list[tuple[int, int]] = []
    data = render_docx(document(a_table(1000), said_in("末")), progress=lambda *each: told.append(each))
    assert told == [(1, 2), (2, 2)]
    assert len(body(data).findall(f"{W}tbl/{W}tr")) == 1001


def test_it_stops_within_a_long_table_when_told() -> None:
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 4

    with pytest.raises(Cancelled):
        render_docx(document(a_table(1000)), cancelled=cancelled)
    assert asked == 5
