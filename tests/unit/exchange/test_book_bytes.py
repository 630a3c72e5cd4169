"""Workbooks are made in memory: no sheet lies in clear in a temporary folder, not even for a moment."""

import io
import tempfile
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from tsguard.exchange.book_bytes import book_bytes


@pytest.fixture
def no_temporary_file(monkeypatch):
    def refuse(*_arguments, **_named):
        pytest.fail("a temporary file was asked for")

    for name in ("mkstemp", "NamedTemporaryFile", "TemporaryFile", "mkdtemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    # openpyxl took the name when it was imported.
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", refuse)


def book():
    made = Workbook()
    first, second = made.worksheets[0], made.create_sheet("说明")
    first.append(["编号", "𬭎㵘䶮𠮷", 12.5])
    second["B2"] = "恒通精密"
    return made


def test_what_is_read_back_is_what_was_put_in(no_temporary_file):
    read = load_workbook(io.BytesIO(book_bytes(book())))
    assert [sheet.title for sheet in read.worksheets] == ["Sheet", "说明"]
    assert [cell.value for cell in read.worksheets[0][1]] == ["编号", "𬭎㵘䶮𠮷", 12.5]
    assert read["说明"]["B2"].value == "恒通精密"


def test_the_files_inside_are_those_that_openpyxl_writes():
    plain = io.BytesIO()
    book().save(plain)
    theirs, ours = zipfile.ZipFile(plain), zipfile.ZipFile(io.BytesIO(book_bytes(book())))
    assert ours.testzip() is None
    assert ours.namelist() == theirs.namelist()
    for name in theirs.namelist():
        if name != "docProps/core.xml":  # when it was made
            assert ours.read(name) == theirs.read(name), name
