"""Workbooks from wherever: what is hostile, damaged or no workbook is one typed error, soon."""

import csv
import random
import time as time_
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from support.books import fault, repacked, saved

from tsguard.errors import Unreadable, WorkbookFault, WorkbookRefused
from tsguard.exchange.book_cells import MOST_ROWS
from tsguard.exchange.book_file import read_sheets
from tsguard.exchange.book_package import LARGEST, LARGEST_UNPACKED
from tsguard.exchange.cell_text import cell_text


@pytest.fixture
def plain_book(tmp_path):
    return saved(tmp_path / "plain.xlsx", lambda sheet: sheet.append(["编号", "要求"]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (4.0, "4"),
        (4, "4"),
        (1.5, "1.5"),
        (-0.0, "0"),
        (True, "TRUE"),
        (date(2026, 11, 1), "2026-11-01"),
        (datetime(2026, 11, 1), "2026-11-01"),
        (datetime(2026, 11, 1, 8, 30), "2026-11-01 08:30"),
        (datetime(2026, 11, 1, 8, 30, 5), "2026-11-01 08:30:05"),
        (datetime(2026, 11, 1, 8, 29, 59, 999000), "2026-11-01 08:30"),
        (time(13, 30), "13:30"),
        (timedelta(hours=30, minutes=5), "30:05"),
        (1.5e20, "150000000000000000000"),
        (0.00001, "0.00001"),
        ("  好\u3000\xa0", "好"),
        ("'0012", "0012"),
        ("一\r\n二\r三\r\n四", "一\n二\n三\n四"),
        ("a\tb", "a b"),
        ("零\u200b宽\u202e反\x07铃", "零宽反铃"),
        ("\ud800半", "半"),
        ("𬭎", "𬭎"),
        (float("inf"), "inf"),
    ],
)
def test_a_cell_is_what_a_person_meant(value, text):
    assert cell_text(value) == text


def test_rows_keep_their_numbers(tmp_path):
    def fill(sheet):
        sheet["A1"], sheet["B3"], sheet["C3"] = "编号", 4.0, "x\ny"
        sheet["A4"] = "   "

    (sheet,) = read_sheets(saved(tmp_path / "a.xlsx", fill))
    assert [(number, [cell for cell in cells if cell]) for number, cells in sheet.rows] == [
        (1, ["编号"]), (3, ["4", "x\ny"]),
    ]  # fmt: skip
    assert sheet.rows[1][1][1] == "4"


def test_formulas_without_a_result_and_errors_are_told(tmp_path):
    def fill(sheet):
        sheet.append(["编号", "=1+1", "#REF!"])
        sheet["C1"].data_type = "e"

    (sheet,) = read_sheets(saved(tmp_path / "a.xlsx", fill))
    assert sheet.without_value == ((1, 2), (1, 3))


def test_merged_cells_are_told(tmp_path):
    def fill(sheet):
        sheet.append(["编号", "要求"])
        sheet.merge_cells("A2:A4")

    (sheet,) = read_sheets(saved(tmp_path / "a.xlsx", fill))
    assert sheet.merged == ("A2:A4",)


def test_what_is_no_workbook(tmp_path):
    old, locked, table, empty, text, other = (tmp_path / name for name in "abcdef")
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    locked.write_bytes(old.read_bytes() + "EncryptedPackage".encode("utf-16-le"))
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["编号", "要求"])
    empty.touch()
    text.write_bytes(b"PK\x03\x04 not a zip")
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert [fault(path) for path in (old, locked, table, empty, text, other)] == [
        WorkbookFault.OLD,
        WorkbookFault.ENCRYPTED,
        WorkbookFault.NOT_A_WORKBOOK,
        WorkbookFault.NOT_A_WORKBOOK,
        WorkbookFault.DAMAGED,
        WorkbookFault.NOT_A_WORKBOOK,
    ]


def test_what_can_not_be_read(tmp_path):
    for path in (tmp_path, tmp_path / "没有.xlsx", tmp_path / ("长" * 300)):
        with pytest.raises(Unreadable):
            read_sheets(path)


def test_too_large_as_it_is(plain_book, tmp_path):
    large = tmp_path / "large.xlsx"
    large.write_bytes(plain_book.read_bytes() + b"\0" * LARGEST)
    assert fault(large) is WorkbookFault.TOO_LARGE


def test_a_zip_bomb_is_refused_before_it_is_unpacked(plain_book, tmp_path):
    bomb = repacked(plain_book, tmp_path / "bomb.xlsx", lambda _name, data: data)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", b"\0" * (LARGEST_UNPACKED + 1))
    assert bomb.stat().st_size < LARGEST
    started = time_.perf_counter()
    assert fault(bomb) is WorkbookFault.UNPACKS_TOO_LARGE
    assert time_.perf_counter() - started < 0.5


def test_many_parts_are_refused(plain_book, tmp_path):
    many = repacked(plain_book, tmp_path / "many.xlsx", lambda _name, data: data)
    with zipfile.ZipFile(many, "a") as archive:
        for number in range(1001):
            archive.writestr(f"x/{number}", b"")
    assert fault(many) is WorkbookFault.UNPACKS_TOO_LARGE


def test_entities_are_refused(plain_book, tmp_path):
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    for encoded in (laughs, laughs.decode().encode("utf-16")):
        bomb = repacked(
            plain_book,
            tmp_path / "laughs.xlsx",
            lambda name, data, encoded=encoded: encoded if name == "xl/workbook.xml" else data,
        )
        assert fault(bomb) is WorkbookFault.DAMAGED


def test_too_many_rows(tmp_path):
    def fill(sheet):
        for number in range(MOST_ROWS + 1):
            sheet.append([f"X-{number}"])

    assert fault(saved(tmp_path / "a.xlsx", fill)) is WorkbookFault.TOO_MANY_ROWS


@pytest.mark.parametrize(
    ("more", "rows"),
    [
        ('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>', [1]),
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', [1, 1_048_576]),
        ('<row r="999999999"><c r="A999999999"><v>1</v></c></row>', [1]),
    ],
    ids=["beyond the columns", "the last row", "beyond the rows"],
)
def test_a_sheet_that_lies_about_its_size_costs_little(plain_book, tmp_path, more, rows):
    def lie(name, data):
        if name != "xl/worksheets/sheet1.xml":
            return data
        data = data.replace(b'ref="A1:B1"', b'ref="A1:XFD1048576"')
        return data.replace(b"</sheetData>", more.encode() + b"</sheetData>")

    path = repacked(plain_book, tmp_path / "lie.xlsx", lie)
    started = time_.perf_counter()
    (sheet,) = read_sheets(path)
    assert [number for number, _cells in sheet.rows] == rows
    assert time_.perf_counter() - started < 4


def test_damage_anywhere_is_a_typed_error_or_a_reading(plain_book):
    """Bytes flipped at random: never another exception."""
    whole = plain_book.read_bytes()
    dice = random.Random(11)  # noqa: S311 - no secret
    for _round in range(150):
        data = bytearray(whole)
        for _flip in range(dice.randint(1, 8)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        plain_book.write_bytes(bytes(data[: dice.choice([len(data), dice.randrange(len(data))])]))
        with suppress(WorkbookRefused):
            read_sheets(plain_book)


def test_damage_inside_the_parts_is_a_typed_error_or_a_reading(plain_book, tmp_path):
    dice = random.Random(7)  # noqa: S311 - no secret

    def spoil(name, data):
        if not name.endswith(".xml") or not dice.randint(0, 1):
            return data
        spoilt = bytearray(data)
        at = dice.randrange(len(spoilt))
        spoilt[at : at + dice.randint(0, 4)] = bytes(dice.choices(b'<>"/=&;:0r', k=dice.randint(0, 4)))
        return bytes(spoilt)

    for _round in range(100):
        path = repacked(plain_book, tmp_path / "spoilt.xlsx", spoil)
        with suppress(WorkbookRefused):
            read_sheets(path)


def test_a_password_inside_the_zip(plain_book, tmp_path):
    data = bytearray(plain_book.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    path = tmp_path / "locked.xlsx"
    path.write_bytes(bytes(data))
    assert fault(path) is WorkbookFault.ENCRYPTED


def test_bytes_only_no_zip_slip(plain_book, tmp_path):
    """Nothing is unpacked to disk, whatever the parts are called."""
    with zipfile.ZipFile(plain_book, "a") as archive:
        archive.writestr("../../evil.xml", b"<x/>")
    before = sorted(tmp_path.rglob("*"))
    read_sheets(plain_book)
    assert sorted(tmp_path.rglob("*")) == before
