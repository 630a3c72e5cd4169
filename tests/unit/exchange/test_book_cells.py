"""What a workbook's parts say, and what they only claim: numbers, texts, places, and their bounds."""

import re
import zipfile
from datetime import datetime, time

import pytest
from openpyxl import Workbook, load_workbook
from support.books import SHEET, cell, fault, repacked, saved, soon, with_rows, with_strings

from tsguard.errors import WorkbookFault
from tsguard.exchange.book_cells import MOST_MERGED, MOST_STRINGS
from tsguard.exchange.book_file import MOST_SHEETS, read_sheets
from tsguard.exchange.cell_text import LONGEST, storable


@pytest.fixture
def plain_book(tmp_path):
    return saved(tmp_path / "plain.xlsx", lambda sheet: sheet.append(["编号", "要求"]))


def texts(sheet):
    return {number: [cell for cell in cells if cell] for number, cells in sheet.rows}


def test_rows_and_cells_count_by_their_number_whatever_their_order(plain_book, tmp_path):
    rows = f'<row r="5">{cell("B5", "戊乙")}{cell("A5", "戊甲")}</row><row r="3">{cell("A3", "丙")}</row>'
    (sheet,) = read_sheets(with_rows(plain_book, tmp_path / "a.xlsx", rows))
    assert sheet.rows == ((3, ("丙", "")), (5, ("戊甲", "戊乙")))


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="3">{cell("A3", "甲")}</row><row r="3">{cell("A3", "乙")}</row>',
        f'<row r="3">{cell("A3", "甲")}{cell("A3", "乙")}</row>',
        f'<row r="-5">{cell("A5", "甲")}</row>',
        f'<row r="0">{cell("A1", "甲")}</row>',
        '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99999</v></c></row>',
    ],
)
def test_what_stands_nowhere_or_twice_is_damage(plain_book, tmp_path, rows):
    assert fault(with_rows(plain_book, tmp_path / "a.xlsx", rows)) is WorkbookFault.DAMAGED


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (datetime(2026, 5, 4, 13, 30), "yyyy-mm-dd hh:mm", "2026-05-04 13:30"),
        (datetime(2026, 5, 4), "yyyy-mm-dd", "2026-05-04"),
        (time(8, 5), "h:mm", "08:05"),
        (0.85, "0%", "85%"),
        (0.29, "0.00%", "29%"),
        (1.055, "0.0%", "105.5%"),
        (0.85, '0.00"%"', "0.85"),
        (123456789012345, "0", "123456789012345"),
        (1e20, "General", "100000000000000000000"),
        (0.1, "General", "0.1"),
        (4.0, "#,##0", "4"),
        (1e-9, "General", "0.000000001"),
    ],
)
def test_a_number_is_as_it_was_typed(tmp_path, value, shape, text):
    def fill(sheet):
        sheet["A1"] = value
        sheet["A1"].number_format = shape

    (sheet,) = read_sheets(saved(tmp_path / "a.xlsx", fill))
    assert sheet.rows == ((1, (text,)),)


@pytest.mark.parametrize("raw", ["NaN", "1e400", "1e-400", "-1e300", "1E+99999999"])
def test_a_number_without_measure_costs_nothing(plain_book, tmp_path, raw):
    path = with_rows(plain_book, tmp_path / "a.xlsx", f'<row r="1"><c r="A1"><v>{raw}</v></c></row>')
    (sheet,) = read_sheets(path)
    assert len(sheet.rows[0][1][0]) < 30


def test_a_chinese_excels_own_formats_and_days_since_1904(plain_book, tmp_path):
    def change(name, data):
        if name == SHEET:
            rows = '<row r="1"><c r="A1" s="1"><v>46146</v></c><c r="B1" s="2"><v>0.5</v></c></row>'
            return re.sub(rb"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>".encode(), data)
        if name == "xl/styles.xml":
            xfs = b'<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="31"/><xf numFmtId="33"/></cellXfs>'
            return re.sub(rb"<cellXfs.*</cellXfs>", xfs, data)
        return data

    (sheet,) = read_sheets(repacked(plain_book, tmp_path / "a.xlsx", change))
    assert sheet.rows == ((1, ("2026-05-04", "12:00")),)

    def older(name, data):
        old = name == "xl/workbook.xml"
        return data.replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>') if old else data

    since = repacked(tmp_path / "a.xlsx", tmp_path / "b.xlsx", older)
    (sheet,) = read_sheets(since)
    assert sheet.rows[0][1][0] == "2030-05-05"


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


SHARED = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c><c r="B{0}" t="s"><v>1</v></c></row>'


def test_a_text_in_pieces_loses_its_reading_aid_and_its_escapes(plain_book, tmp_path):
    strings = (
        f'<sst xmlns="{MAIN}"><si><r><t>珠</t></r><r><t>海</t></r><rPh sb="0" eb="1"><t>zhu</t></rPh></si>'
        "<si><t>一_x000D_\n二 _x005F_x0041_</t></si></sst>"
    )
    (sheet,) = read_sheets(with_strings(plain_book, tmp_path / "a.xlsx", strings, SHARED.format(1)))
    assert sheet.rows == ((1, ("珠海", "一\n二 _x0041_")),)


@pytest.mark.parametrize("raw", ["12345678901234567890", "-12345678901234567890"])
def test_a_big_whole_number_keeps_its_digits(plain_book, tmp_path, raw):
    path = with_rows(plain_book, tmp_path / "a.xlsx", f'<row r="1"><c r="A1"><v>{raw}</v></c></row>')
    assert read_sheets(path)[0].rows == ((1, (raw,)),)


def test_elements_of_drawings_are_no_rows(plain_book, tmp_path):
    """A button's anchor has a ``row`` of its own."""
    rows = f'<row r="1">{cell("A1", "甲")}</row>'
    after = '<controls><d:row xmlns:d="urn:d">5</d:row><d:c xmlns:d="urn:d" r="?"/></controls>'
    (sheet,) = read_sheets(with_rows(plain_book, tmp_path / "a.xlsx", rows, after))
    assert texts(sheet) == {1: ["甲"]}


def test_all_merged_cells_are_told_and_far_too_many_refused(plain_book, tmp_path):
    def merged(count):
        ranges = "".join(f'<mergeCell ref="D{n * 2}:D{n * 2 + 1}"/>' for n in range(1, count + 1))
        rows = f'<row r="1">{cell("A1", "甲")}</row>'
        after = f"<mergeCells>{ranges}</mergeCells>"
        return with_rows(plain_book, tmp_path / f"{count}.xlsx", rows, after)

    (sheet,) = read_sheets(merged(MOST_MERGED))
    assert sheet.merged[-1] == f"D{MOST_MERGED * 2}:D{MOST_MERGED * 2 + 1}"
    assert len(sheet.merged) == MOST_MERGED
    assert fault(merged(MOST_MERGED + 1)) is WorkbookFault.TOO_MANY_MERGED


def test_what_only_looks_like_merged_cells_costs_nothing(plain_book, tmp_path):
    text = "<![CDATA[" + "<mergeCell " * 100_000 + "]]>"
    path = with_rows(plain_book, tmp_path / "a.xlsx", f'<row r="1">{cell("A1", "甲")}</row>{text}')
    (sheet,) = soon(path)
    assert sheet.merged == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("part", ["worksheets/sheet1.xml", "sharedStrings.xml", "styles.xml"])
def test_entities_are_refused_whatever_a_part_is_called(plain_book, tmp_path, encoding, part):
    """A part is found by its relation: it need not end in .xml."""
    head = f'<?xml version="1.0" encoding="{encoding[:6]}"?>' if encoding != "utf-8" else ""
    body = f'<!DOCTYPE w [<!ENTITY a "{"x" * 10_000}">]><w>{"&a;" * 20_000}</w>'
    hidden = part.removesuffix(".xml") + ".dat"
    made = with_strings(plain_book, tmp_path / "a.xlsx", f'<sst xmlns="{MAIN}"/>', "")
    path = repacked(
        made, tmp_path / "b.xlsx", lambda _name, data: data.replace(part.encode(), hidden.encode())
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(f"xl/{hidden}", (head + body).encode(encoding))
    assert soon(path) is WorkbookFault.DAMAGED


def test_many_sheets(tmp_path):
    book = Workbook()
    for number in range(1, MOST_SHEETS):
        book.create_sheet(str(number))
    book.save(tmp_path / "a.xlsx")
    assert len(read_sheets(tmp_path / "a.xlsx")) == MOST_SHEETS
    book.create_sheet("太多")
    book.save(tmp_path / "b.xlsx")
    assert fault(tmp_path / "b.xlsx") is WorkbookFault.TOO_MANY_SHEETS


def test_gaps_on_every_sheet_cost_little(tmp_path):
    book = Workbook()
    for number in range(1, MOST_SHEETS):
        book.create_sheet(str(number))
    for sheet in book.worksheets:
        sheet["A1048576"] = "末行"
    book.save(tmp_path / "a.xlsx")
    found = soon(tmp_path / "a.xlsx", 1.0)
    assert [texts(sheet) for sheet in found] == [{1_048_576: ["末行"]}] * MOST_SHEETS


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (f'<row r="1">{cell("A1", "漢" * LONGEST)}</row>', None),
        (f'<row r="1">{cell("A1", "漢" * (LONGEST + 1))}</row>', WorkbookFault.CELL_TOO_LONG),
        (f'<row r="1">{cell("A1", "漢" * 15_000_000)}</row>', WorkbookFault.CELL_TOO_LONG),
        ('<row r="1">' + "<c/>" * 1_100_000 + "</row>", WorkbookFault.UNPACKS_TOO_LARGE),
        ('<row r="1">' + "<a>" * 200_000 + "</a>" * 200_000 + "</row>", None),
    ],
    ids=["longest", "one more", "45 MB", "cells", "deep"],
)
def test_one_huge_thing(plain_book, tmp_path, rows, told):
    found = soon(with_rows(plain_book, tmp_path / "a.xlsx", rows), 6.0)
    assert found is told if told else isinstance(found, tuple)


@pytest.mark.parametrize(
    ("text", "uses"),
    [("<si><t>a</t></si>" * (MOST_STRINGS + 1), 1), (f"<si><t>{'长' * 30_000}</t></si>" * 2, 200)],
)
def test_shared_texts_are_bounded_also_by_how_often_they_are_used(plain_book, tmp_path, text, uses):
    strings = f'<sst xmlns="{MAIN}">{text}</sst>'
    rows = "".join(map(SHARED.format, range(1, uses + 1)))
    path = with_strings(plain_book, tmp_path / "a.xlsx", strings, rows)
    assert soon(path) is WorkbookFault.UNPACKS_TOO_LARGE


def test_a_part_twice_or_missing_is_damage(plain_book, tmp_path):
    twice = repacked(plain_book, tmp_path / "a.xlsx", lambda _name, data: data)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(twice, "a") as archive:
        archive.writestr(SHEET, zipfile.ZipFile(plain_book).read(SHEET))
    assert fault(twice) is WorkbookFault.DAMAGED
    gone = tmp_path / "b.xlsx"
    with zipfile.ZipFile(plain_book) as old, zipfile.ZipFile(gone, "w") as new:
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
    assert fault(gone) is WorkbookFault.DAMAGED


@pytest.mark.parametrize(
    "text", ["响\x07铃", "\x00", "末\uffff", "半\ud800", "_x0041_", "\x1b[31m", "甲\n乙"]
)
def test_what_a_cell_can_not_carry_is_replaced(tmp_path, text):
    def fill(sheet):
        sheet["A1"].value = storable(text)
        sheet["A1"].data_type = "s"

    path = saved(tmp_path / "a.xlsx", fill)
    shown = load_workbook(path).worksheets[0]["A1"].value
    assert not {"\x07", "\x00", "\x1b", "\uffff", "\ud800"} & set(shown)
    (sheet,) = read_sheets(path)
    assert sheet.rows[0][1][0] == re.sub("[\x00\x07\x1b\uffff\ud800]", "\ufffd", text)
