"""The blank sheet on paper: everything on it in order, on every page its code, and nobody's name."""

import re
import unicodedata
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from support.checklists import make_checklist, make_item, make_module

from tsguard.domain.scales import Critical
from tsguard.domain.worksheet import sheet_code
from tsguard.errors import MissingGlyphs
from tsguard.report.fonts import shipped_fonts
from tsguard.report.pdf import render, write
from tsguard.report.question import Question
from tsguard.report.typeset.flow import paginate
from tsguard.report.typeset.layout import anchors_of, boxes_of
from tsguard.report.typeset.questions import QuestionBox
from tsguard.report.typeset.setter import Setter
from tsguard.report.typeset.styles import HEIGHT
from tsguard.report.worksheet import build_worksheet, filling_remarks
from tsguard.services.content import shipped

from .conftest import squeeze

ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def checklist():
    return shipped().freeze(["XIC"])


@pytest.fixture(scope="module")
def written(checklist, tmp_path_factory):
    return write(build_worksheet(checklist, on=ON), tmp_path_factory.mktemp("纸") / "空白.pdf")


def pages_of(data):
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()


def test_every_item_stands_there_in_order_with_its_number(checklist, written, read):
    text = unicodedata.normalize("NFKC", squeeze(read(written.path)))
    drawn = "".join(squeeze(page) for page in pages_of(written.path.read_bytes()))
    at = drawn_at = 0
    for number, item in enumerate(checklist.items(), 1):
        at = text.find(item.id, at) + 1
        drawn_at = drawn.find(f"{number}{item.id}", drawn_at) + 1
        assert at, item.id
        assert drawn_at, item.id
    for item in checklist.items():
        assert unicodedata.normalize("NFKC", squeeze(item.text))[:12] in text, item.id
        assert unicodedata.normalize("NFKC", squeeze(item.evidence[0]))[:10] in text, item.id


def test_the_code_and_the_page_stand_on_every_page(checklist, written):
    pages = pages_of(written.path.read_bytes())
    code = sheet_code(checklist)
    assert len(pages) == written.pages
    assert all(code in page for page in pages)
    for number, page in enumerate(pages[1:], 2):
        assert f"第{number}页,共{len(pages)}页" in unicodedata.normalize("NFKC", squeeze(page))
        assert "不得外传" in page


def test_six_to_eight_items_to_a_page(checklist, written):
    items = sum(1 for _item in checklist.items())
    assert 4.8 <= items / (written.pages - 1) <= 8


def test_no_item_is_divided_and_none_stands_below_the_type_area(checklist):
    document = build_worksheet(checklist, on=ON)
    setter = Setter(shipped_fonts(), anchors_of(document))
    pages = paginate(list(boxes_of(document, setter)), lambda: None)
    boxes = [box for page in pages for box, _top in page.boxes if isinstance(box, QuestionBox)]
    assert len(boxes) == sum(isinstance(block, Question) for block in document.blocks)
    assert all(page.used <= HEIGHT + 0.01 for page in pages)
    # A section's head never ends a page.
    assert not any(page.boxes[-1][0].keeps_next for page in pages)


def test_the_signs_and_the_boxes_follow_the_item():
    items = [
        make_item("ORG-01", critical=Critical.VETO, may_not_apply=False),
        make_item("ORG-02", critical=Critical.KEY),
        replace(make_item("ORG-03"), evidence=(), not_applicable_when="没有场所"),
    ]
    document = build_worksheet(make_checklist(make_module({"ORG": items})), on=ON)
    veto, key, plain = (block for block in document.blocks if isinstance(block, Question))
    assert (veto.sign.text, veto.strong) == ("否决项", True)
    assert (key.sign.text, key.strong) == ("重点项", False)
    assert plain.sign.text == ""
    assert [choice.open for choice in veto.choices] == [True] * 4 + [False]
    assert all(choice.open for choice in key.choices)
    assert [each.text for each in plain.details] == ["不适用的情形：没有场所"]


def test_the_same_input_makes_the_same_bytes_without_a_name_in_them(checklist):
    document = build_worksheet(checklist, on=ON)
    one, other = render(document).data, render(build_worksheet(checklist, on=ON)).data
    assert one == other
    pdf = pypdfium2.PdfDocument(one)
    try:
        facts = pdf.get_metadata_dict()
    finally:
        pdf.close()
    assert facts["Author"] == ""
    assert facts["Title"] == "商业秘密保护自评清单（空白）"


def test_long_texts_and_many_items_still_stand_well():
    texts = ("要求" * 90, "短", "条款文字，" * 60)
    items = [
        replace(make_item(f"ORG-{n:02d}"), text=texts[n % 3], evidence=("佐证，" * 80,)) for n in range(1, 81)
    ]
    document = build_worksheet(make_checklist(make_module({"ORG": items})), on=ON)
    setter = Setter(shipped_fonts(), anchors_of(document))
    pages = paginate(list(boxes_of(document, setter)), lambda: None)
    assert all(page.used <= HEIGHT + 0.01 for page in pages)
    assert render(document).pages == len(pages)


def test_a_character_without_a_font_is_told_before_anything_is_written(tmp_path):
    item = replace(make_item("ORG-01"), text="要求😀")
    document = build_worksheet(make_checklist(make_module({"ORG": [item]})), on=ON)
    with pytest.raises(MissingGlyphs):
        write(document, tmp_path / "空白.pdf")
    assert not list(tmp_path.iterdir())


def test_the_remarks_have_no_blank_between_han_and_latin():
    for _label, text in filling_remarks():
        assert not re.search(r"[\u4e00-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u4e00-\u9fff]", text)
