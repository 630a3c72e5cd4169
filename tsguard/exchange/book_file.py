"""An .xlsx file from wherever to rows of plain text. It knows nothing of what the rows mean.

The file may be hostile: sizes are looked at before anything is unpacked, document types are refused,
no formula is computed, and whatever the parser stumbles over is one typed error.
"""

from __future__ import annotations

import io
import os
import re
import stat
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from tsguard.errors import TSGuardError, Unreadable, WorkbookFault, WorkbookRefused

if TYPE_CHECKING:
    from openpyxl import Workbook

LARGEST = 5 * 1024 * 1024
"""Bytes of the file."""
LARGEST_UNPACKED = 50 * 1024 * 1024
"""Bytes of all its parts."""
MOST_PARTS = 1000
MOST_ROWS = 2000
"""Of one sheet, the header among them; blank ones are not counted."""
MOST_COLUMNS = 128
"""What stands further right is not read."""
LAST_ROW = 1_048_576
"""No spreadsheet has more."""

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?)[\"']"
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MOST_MERGED = 100


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet's content.

    Attributes:
        title: Its name.
        rows: Row number, counted from 1, with the texts of its cells; only rows that hold something.
        without_value: Row and column number, from 1, of formulas whose result the file lacks, and of errors.
        merged: Ranges of merged cells, such as ``A5:A7``.
    """

    title: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    without_value: tuple[tuple[int, int], ...]
    merged: tuple[str, ...]


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook, in order.

    Raises:
        Unreadable: The operating system does not give us the file.
        WorkbookRefused: It is no .xlsx, has a password, is too large or damaged.
    """
    data = _read(path)
    try:
        parts = _unpacked(path, data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of features it drops
            return tuple(_sheets(path, data, parts))
    except TSGuardError:
        raise
    except MemoryError as error:
        raise WorkbookRefused(path, WorkbookFault.UNPACKS_TOO_LARGE) from error
    except Exception as error:
        raise WorkbookRefused(path, WorkbookFault.DAMAGED) from error


def _read(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable(path, os.strerror(22))
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(path, getattr(error, "strerror", None) or "error") from error
    if data.startswith(_COMPOUND):
        raise WorkbookRefused(path, WorkbookFault.ENCRYPTED if _ENCRYPTED in data else WorkbookFault.OLD)
    if not data.startswith(b"PK"):
        raise WorkbookRefused(path, WorkbookFault.NOT_A_WORKBOOK)
    if len(data) > LARGEST:
        raise WorkbookRefused(path, WorkbookFault.TOO_LARGE)
    return data


def _unpacked(path: Path, data: bytes) -> dict[str, bytes]:
    """The XML parts by name, once their sizes are known to be bearable."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise WorkbookRefused(path, WorkbookFault.DAMAGED) from error
    with archive:
        infos = archive.infolist()
        # A part never unpacks to more than its declared size: zipfile stops there.
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
            raise WorkbookRefused(path, WorkbookFault.UNPACKS_TOO_LARGE)
        if any(info.flag_bits & 1 for info in infos):
            raise WorkbookRefused(path, WorkbookFault.ENCRYPTED)
        if "xl/workbook.xml" not in archive.namelist():
            raise WorkbookRefused(path, WorkbookFault.NOT_A_WORKBOOK)
        parts = {
            info.filename: archive.read(info)
            for info in infos
            if info.filename.lower().endswith((".xml", ".rels"))
        }
    for part in parts.values():
        if _DOCTYPE.search(part) or b"\x00" in part[:64]:
            raise WorkbookRefused(path, WorkbookFault.DAMAGED)
    return parts


def _sheets(path: Path, data: bytes, parts: dict[str, bytes]) -> Iterator[Sheet]:
    files = _files_of_sheets(parts)
    values = _open(data, computed=True)
    # The results of formulas and the formulas themselves can't be had in one reading.
    formulas = _open(data, computed=False) if any(map(_FORMULA.search, parts.values())) else None
    try:
        for sheet in values.worksheets:
            part = parts.get(files.get(sheet.title, ""), b"")
            rows, errors = _rows(path, sheet)
            lost = _lost(formulas[sheet.title], rows) if formulas and _FORMULA.search(part) else []
            merged = [match[1].decode() for match in _MERGED.finditer(part)]
            yield Sheet(
                sheet.title, tuple(rows), tuple(sorted({*errors, *lost})), tuple(merged[:_MOST_MERGED])
            )
    finally:
        values.close()
        if formulas:
            formulas.close()


def _open(data: bytes, *, computed: bool) -> Workbook:
    from openpyxl import load_workbook  # noqa: PLC0415 - start-up time

    return load_workbook(io.BytesIO(data), read_only=True, data_only=computed, keep_links=False)


def _cells(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Row number and cells of the rows that hold something; the size the sheet claims is not believed."""
    sheet.reset_dimensions()
    blank: object = None
    for number, cells in enumerate(sheet.iter_rows(min_row=1, min_col=1, max_col=MOST_COLUMNS), start=1):
        if number > LAST_ROW:
            return
        if cells is blank:  # the rows of a gap are one and the same: a million of them cost next to nothing
            continue
        if all(cell.value is None for cell in cells):
            blank = cells
            continue
        yield number, cells


def _rows(path: Path, sheet: Any) -> tuple[list[tuple[int, tuple[str, ...]]], list[tuple[int, int]]]:
    rows: list[tuple[int, tuple[str, ...]]] = []
    errors: list[tuple[int, int]] = []
    for number, cells in _cells(sheet):
        texts = []
        for column, cell in enumerate(cells, start=1):
            wrong = cell.data_type == "e"
            if wrong:
                errors.append((number, column))
            texts.append("" if wrong else cell_text(cell.value))
        if any(texts) or errors:
            rows.append((number, tuple(texts)))
        if len(rows) > MOST_ROWS:
            raise WorkbookRefused(path, WorkbookFault.TOO_MANY_ROWS)
    return rows, errors


def _lost(sheet: Any, rows: list[tuple[int, tuple[str, ...]]]) -> list[tuple[int, int]]:
    """Where there is a formula and no result."""
    texts = dict(rows)
    return [
        (number, column)
        for number, cells in _cells(sheet)
        for column, cell in enumerate(cells, start=1)
        if cell.data_type == "f" and not texts.get(number, ("",) * column)[column - 1]
    ]


def _files_of_sheets(parts: dict[str, bytes]) -> dict[str, str]:
    """The part of each sheet by its title."""
    targets = {
        each.get("Id"): each.get("Target", "")
        for each in ET.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))  # noqa: S314 - no DOCTYPE
    }
    files: dict[str, str] = {}
    for each in ET.fromstring(parts["xl/workbook.xml"]).iter():  # noqa: S314 - has no DOCTYPE
        if each.tag.rpartition("}")[2] == "sheet":
            link = next((value for key, value in each.items() if key.rpartition("}")[2] == "id"), "")
            target = targets.get(link) or ""
            files[each.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return files


def cell_text(value: object) -> str:
    r"""A cell's value as the text that a person meant, without what can't be seen.

    Whole numbers lose their point (4.0 is 4), dates are YYYY-MM-DD, line breaks are ``\\n``, an
    apostrophe in front (a mark for text) and blanks at either end are dropped.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).replace("_x000D_", "\n").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    seen = "".join(
        character
        for character in text
        if character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
    )
    lines = (line.strip() for line in seen.strip().removeprefix("'").split("\n"))
    return "\n".join(line for line in lines if line)
