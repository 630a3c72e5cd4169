"""Workbooks as other programs write them, and as nobody should."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tsguard.errors import WorkbookFault, WorkbookRefused
from tsguard.exchange.book_file import Sheet, read_sheets

SHEET = "xl/worksheets/sheet1.xml"


def saved(path: Path, fill: Callable[[Any], object]) -> Path:
    """A workbook whose one sheet a test fills."""
    book = Workbook()
    fill(book.worksheets[0])
    book.save(path)
    return path


def fault(path: Path) -> WorkbookFault:
    """Why a workbook is refused."""
    with pytest.raises(WorkbookRefused) as caught:
        read_sheets(path)
    assert caught.value.path == path
    return caught.value.fault


def soon(path: Path, seconds: float = 3.0) -> tuple[Sheet, ...] | WorkbookFault:
    """What becomes of a file, which must not take long."""
    started = time.perf_counter()
    found: tuple[Sheet, ...] | WorkbookFault
    try:
        found = read_sheets(path)
    except WorkbookRefused as refused:
        found = refused.fault
    assert time.perf_counter() - started < seconds
    return found


def repacked(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A copy of a workbook with parts changed; ``change`` gets name and bytes, and gives the bytes back."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def cell(place: str, text: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def with_rows(source: Path, target: Path, rows: str, after: str = "") -> Path:
    """A copy with other rows, and with more behind them."""

    def change(name: str, data: bytes) -> bytes:
        if name != SHEET:
            return data
        head, _start, rest = data.partition(b"<sheetData>")
        tail = rest.partition(b"</sheetData>")[2]
        return head + b"<sheetData>" + rows.encode() + b"</sheetData>" + after.encode() + tail

    return repacked(source, target, change)


def with_strings(
    source: Path, target: Path, strings: str, rows: str, part: str = "sharedStrings.xml"
) -> Path:
    """A copy with other rows and with a table of texts."""
    link = f'<Relationship Id="texts" Type="urn:x/sharedStrings" Target="{part}"/></Relationships>'.encode()
    bare = with_rows(source, target.with_name(f"bare-{target.name}"), rows)

    def change(name: str, data: bytes) -> bytes:
        linking = name == "xl/_rels/workbook.xml.rels"
        return data.replace(b"</Relationships>", link) if linking else data

    repacked(bare, target, change)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", strings)
    return target
