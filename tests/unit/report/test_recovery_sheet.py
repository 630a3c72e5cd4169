"""The sheet for the safe: one page, all of the code on it, and nowhere else."""

import dataclasses
import io
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tsguard.domain.recovery_code import GROUP_LENGTH, GROUPS, encode, groups_in
from tsguard.report.recovery_sheet import RecoverySheet, render_sheet
from tsguard.report.typeset.styles import LEFT, MEASURE

from .conftest import squeeze

KEY = bytes(range(32))
SHEET = RecoverySheet(
    company="珠海𬭎㵘䶮𠮷微电子有限公司",
    vault="㵘企业.tsg",
    lineage="0f1e2d3c4b5a",
    key_id="1a2b3c4d",
    on=date(2026, 11, 23),
    groups=encode(KEY),
)


@pytest.fixture(scope="module")
def data():
    return render_sheet(SHEET)


def pages_of(pdf_data):
    pdf = pypdfium2.PdfDocument(pdf_data)
    try:
        return [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()


def test_everything_stands_on_one_page(data, read, tmp_path: Path):
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    assert len(pages_of(data)) == 1
    text = squeeze(read(path))
    for said in (
        "恢复码", SHEET.company, SHEET.vault, SHEET.lineage, SHEET.key_id, "2026年11月23日", "像现金一样保管",
        "不用口令也能打开", "换了口令，这张纸就打不开这个保险库", "保管人", "封存日期", "封存签名", "第4行",
    ):  # fmt: skip
        assert squeeze(said) in text, said
    for group in SHEET.groups:
        assert group in text


@given(st.binary(min_size=32, max_size=32))
@settings(max_examples=10, deadline=None)
def test_the_groups_stand_in_order_under_their_numbers(key):
    code = encode(key)
    text = squeeze(pages_of(render_sheet(dataclasses.replace(SHEET, groups=code)))[0])
    at = 0
    for number, group in enumerate(code, 1):
        at = text.index(f"{number}{group}", at) + 1


def test_what_is_read_from_the_page_is_the_code(data):
    """Line by line, without the small type between."""
    found = re.findall(r"(?:[0-9A-Z] ?){6}(?=\r?\n)", pages_of(data)[0])[-11:]
    assert groups_in("\n".join(each.replace(" ", "") for each in found)) == SHEET.groups


@pytest.mark.parametrize("character", "WMQ8")
def test_no_character_touches_its_neighbour_and_no_group_the_frame(character):
    code = (character * GROUP_LENGTH,) * GROUPS
    pdf = pypdfium2.PdfDocument(
        render_sheet(dataclasses.replace(SHEET, key_id="", lineage="", company="", vault="", groups=code))
    )
    try:
        text = pdf[0].get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars()) if is_code(text, at, character)]
    finally:
        pdf.close()
    assert len(boxes) == GROUPS * GROUP_LENGTH
    rows = {round(bottom) for _left, bottom, _right, _top in boxes}
    assert len(rows) == 4
    for row in rows:
        places = sorted((left, right) for left, bottom, right, _top in boxes if round(bottom) == row)
        assert all(right < left for (_left, right), (left, _right) in pairwise(places))
        assert places[0][0] > LEFT + 5
        assert places[-1][1] < LEFT + MEASURE - 5


def is_code(text, at, character):
    """Whether it is one of the large characters rather than small type that has the same."""
    _left, bottom, _right, top = text.get_charbox(at)
    return text.get_text_range(at, 1) == character and top - bottom > 10


names = st.text(max_size=260) | st.text("珠海WI.-😀𬭎 [", min_size=100, max_size=260)


@given(names, names)
@example("😀" * 200, "W" * 250 + ".tsg")
@example("企业名称" * 50, "文件名" * 80 + ".tsg")
@example("", "")
@example("\ud800\u202e", "a\nb.tsg")
@settings(max_examples=30, deadline=None)
def test_any_names_leave_it_one_page(company, vault):
    made = render_sheet(dataclasses.replace(SHEET, company=company, vault=vault))
    (text,) = pages_of(made)
    assert all(group in squeeze(text) for group in SHEET.groups)
    assert "封存签名" in squeeze(text)


def test_a_character_without_a_font_is_printed_as_its_number():
    made = render_sheet(dataclasses.replace(SHEET, company="珠海😀公司"))
    assert "珠海[U+1F600]公司" in squeeze(pages_of(made)[0])


def test_a_long_name_keeps_its_end():
    made = render_sheet(dataclasses.replace(SHEET, vault="很长的名字" * 30 + "2026.tsg"))
    text = squeeze(pages_of(made)[0])
    assert "很长的名字很长的名字" in text
    assert re.search(r"[…⋯]\S*2026\.tsg", text)


def test_the_same_sheet_is_the_same_bytes(data):
    assert render_sheet(SHEET) == data


def test_the_metadata_name_nobody_and_no_key(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        facts = {key: str(value) for key, value in pdf.docinfo.items()}
        xmp = pdf.Root.Metadata.read_bytes().decode()
    assert facts["/Title"] == "恢复码"
    assert set(facts) == {"/Title", "/Creator", "/Producer", "/CreationDate", "/ModDate"}
    for told in (*facts.values(), xmp):
        for secret in (SHEET.company, "珠海", SHEET.key_id, SHEET.lineage, SHEET.vault, *SHEET.groups):
            assert secret not in told


def test_the_code_stands_in_no_repr():
    assert not any(group in repr(SHEET) for group in SHEET.groups)


def test_no_mark_of_state_secrecy_and_no_red(data):
    text = squeeze(pages_of(data)[0])
    for mark in ("绝密", "机密", "秘密", "★", "红头", "官方"):
        assert mark not in text
    pdf = pypdfium2.PdfDocument(data)
    try:
        picture = pdf[0].render(scale=0.5).to_pil().convert("RGB")
    finally:
        pdf.close()
    colours = [colour for _count, colour in picture.getcolors(1 << 20)]
    assert len(colours) > 10
    assert not any(red > 150 and green < 100 and blue < 100 for red, green, blue in colours)
