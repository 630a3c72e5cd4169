"""The blank checklist as a workbook, and the filled rows of one that came back.

Nothing of a vault goes in. Of what comes back only the answer columns, number, id and code are read: texts
that somebody changed do not matter, nor do rows and columns that were moved, added or deleted. Every sheet
with the columns is read: which of them somebody meant is not guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tsguard.domain.checklist import Checklist
from tsguard.domain.scale_words import critical_word, verdict_word
from tsguard.domain.scales import Verdict
from tsguard.domain.typed_lines import sheet_of
from tsguard.domain.worksheet import Numbered, RowFault, TypedRow, TypedSheet, numbered, sheet_code
from tsguard.errors import WorkbookFault, WorkbookRefused
from tsguard.exchange.book_bytes import book_bytes
from tsguard.exchange.book_file import Sheet, read_sheets
from tsguard.exchange.cell_text import storable
from tsguard.i18n import _

_NUMBER, _ITEM, _SECTION, _TEXT, _CRITICAL, _EVIDENCE, _VERDICT, _NOTE, _WHERE = range(9)
_TITLES = ("编号", "条款号", "域", "条款", "关键", "要看的佐证", "判定", "说明/理由", "佐证在哪里")
"""The format's own words, by which the columns are found again: the same in every language."""
_SHEET, _REMARKS, _CODE_LABEL = "清单", "说明", "表号："
_WIDTHS = (6, 9, 14, 42, 9, 38, 11, 30, 22)
_READ = (_NUMBER, _ITEM, _VERDICT, _NOTE, _WHERE)
_TYPED = (_VERDICT, _NOTE, _WHERE)
_HEAD_ROW = 2
_HEAD, _LINE = "E4E9ED", "9AA5AB"
_CODE = re.compile(r"表号\s*(?:[:：]\s*)?([0-9A-Za-z]{6})\b")
_PROPERTY = "tsguard-sheet"
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


# --- writing ----------------------------------------------------------------------------------------


def worksheet_book(checklist: Checklist, remarks: Sequence[tuple[str, str]]) -> bytes:
    """The workbook.

    Args:
        checklist: What is asked.
        remarks: How to fill it in: what a line is about, and what it says.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - start-up time
    from openpyxl.packaging.custom import StringProperty  # noqa: PLC0415 - start-up time

    code = sheet_code(checklist)
    book: Any = Workbook()
    book.properties.creator = "tsguard"
    book.properties.title = _("商业秘密保护自评清单（空白）")
    book.custom_doc_props.append(StringProperty(name=_PROPERTY, value=code))
    sheet, notes = book.worksheets[0], book.create_sheet(_REMARKS)
    sheet.title = _SHEET
    rows = numbered(checklist)
    _write_items(sheet, rows, code)
    _set_paper(sheet, code, len(rows))
    _write_remarks(notes, remarks, code)
    return book_bytes(book)


def _write_items(sheet: Any, rows: Sequence[Numbered], code: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - start-up time

    thin = Side(style="thin", color=_LINE)
    frame = Border(thin, thin, thin, thin)
    _put(sheet, 1, 1, f"{_('商业秘密保护自评清单（空白）')}　{_CODE_LABEL}{code}").font = Font(
        bold=True, size=14
    )
    sheet.row_dimensions[1].height = 24
    for at, (title, width) in enumerate(zip(_TITLES, _WIDTHS, strict=True), 1):
        head = _put(sheet, _HEAD_ROW, at, title)
        head.font, head.fill, head.border = Font(bold=True), PatternFill("solid", fgColor=_HEAD), frame
        head.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(at)].width = width
    for row, each in enumerate(rows, _HEAD_ROW + 1):
        item = each.item
        texts = {
            _NUMBER: "",
            _ITEM: item.id,
            _SECTION: each.section.title,
            _TEXT: item.text,
            _CRITICAL: critical_word(item.critical),
            _EVIDENCE: "\n".join(item.evidence),
        }
        for column in range(len(_WIDTHS)):
            cell = _put(sheet, row, column + 1, texts.get(column, ""))
            cell.border = frame
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if column in _TYPED:
                cell.protection, cell.number_format = Protection(locked=False), "@"
        number = sheet.cell(row, _NUMBER + 1, each.number)
        number.alignment = Alignment(horizontal="center", vertical="top")
        number.font = Font(bold=True, size=12)
        sheet.row_dimensions[row].height = _height(texts[_TEXT], texts[_EVIDENCE])


def _height(text: str, evidence: str) -> float:
    """Points that a row needs, since a spreadsheet that opens it does not wrap anew by itself."""

    def lines(words: str, width: int) -> int:
        return sum(max(1, -(-2 * len(line) // width)) for line in words.split("\n"))

    most = max(lines(text, _WIDTHS[_TEXT] - 2), lines(evidence, _WIDTHS[_EVIDENCE] - 2), 2)
    return min(409.0, 15.0 * most + 4)


def _set_paper(sheet: Any, code: str, count: int) -> None:
    """Drop-downs, what stays in sight, what can be typed into, and A4 landscape."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - start-up time
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - start-up time

    last = _HEAD_ROW + max(count, 1)
    words = ",".join(verdict_word(verdict) for verdict in Verdict)
    # Keys and signs of the paper are understood as well, so nothing else is refused here.
    choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
    column = get_column_letter(_VERDICT + 1)
    sheet.add_data_validation(choice)
    choice.add(f"{column}{_HEAD_ROW + 1}:{column}{last}")
    sheet.freeze_panes = sheet.cell(_HEAD_ROW + 1, _ITEM + 2)
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(len(_WIDTHS))}{last}"
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.formatCells = False
    protection.autoFilter = protection.sort = False
    page = sheet.page_setup
    page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight = "landscape", 9, 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{_HEAD_ROW}"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom = 0.5, 0.6
    footer = sheet.oddFooter
    footer.left.text = f"{_CODE_LABEL}{code}"
    footer.center.text = _("商业秘密·填写后为内部资料·不得外传")
    footer.right.text = "&P/&N"


def _write_remarks(sheet: Any, remarks: Sequence[tuple[str, str]], code: str) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - start-up time

    sheet.column_dimensions["A"].width = 14
    sheet.column_dimensions["B"].width = 90
    for row, (title, text) in enumerate(((_CODE_LABEL, code), *remarks), 1):
        _put(sheet, row, 1, title).font = Font(bold=True)
        for cell in (sheet.cell(row, 1), _put(sheet, row, 2, text)):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.page_setup.paperSize = 9


def _put(sheet: Any, row: int, column: int, text: str) -> Any:
    """A text into a cell as a text, whatever it begins with."""
    cell: Any = sheet.cell(row, column)
    if text:
        cell.value = storable(text)
        cell.data_type = "s"
    return cell


# --- reading ----------------------------------------------------------------------------------------


def read_worksheet(path: Path) -> TypedSheet:
    """The filled rows of a workbook.

    Raises:
        Unreadable: The file can't be read.
        WorkbookRefused: It is no workbook, too large or damaged, or has no sheet with the columns
            判定 and 条款号 or 编号.
    """
    filled = [(sheet, head) for sheet in read_sheets(path) if (head := _header(sheet)) is not None]
    if not filled:
        raise WorkbookRefused(path, WorkbookFault.NO_ANSWER_COLUMNS)
    several = len(filled) > 1
    rows: list[TypedRow] = []
    codes: set[str] = set()
    for sheet, head in filled:
        code = _one_code(text for number, texts in sheet.rows if number < head for text in texts)
        codes.add(code)
        rows += _rows(sheet, head, code, sheet.title if several else "")
    return sheet_of(rows, codes.pop() if len(codes) == 1 else "")


def _header(sheet: Sheet) -> int | None:
    """The row of the titles."""
    return next((number for number, texts in sheet.rows if _columns(texts)), None)


def _columns(texts: Sequence[str]) -> dict[int, list[int]]:
    """Where the columns that are read stand, counted from 0, where a row is one of titles; else nothing."""
    titles = {_title(word): column for column, word in enumerate(_TITLES)}
    columns: dict[int, list[int]] = {}
    for at, text in enumerate(texts):
        column = titles.get(_title(text))
        if column in _READ:
            columns.setdefault(column, []).append(at)
    return columns if _VERDICT in columns and (_ITEM in columns or _NUMBER in columns) else {}


def _title(text: str) -> str:
    return "".join(text.split()).replace("／", "/")


def _one_code(texts: Iterable[str]) -> str:
    """The code in texts; "" for none, and for several, of which nobody knows the right one."""
    codes = {found[1].upper() for text in texts for found in _CODE.finditer(text)}
    return codes.pop() if len(codes) == 1 else ""


def _rows(sheet: Sheet, head: int, code: str, title: str) -> Iterator[TypedRow]:
    """The filled rows below the titles; titles and a code further down count for the rows below them."""
    merged, lost = _merged_rows(sheet), set(sheet.without_value)
    columns: dict[int, list[int]] = {}
    for number, texts in sheet.rows:
        if number < head:
            continue
        titles = _columns(texts)
        if titles:
            columns = titles
            continue
        found = {column: _distinct(texts[at] for at in places) for column, places in columns.items()}
        first = {column: next(iter(each), "") for column, each in found.items()}
        typed = {at for column in _TYPED for at in columns.get(column, ())}
        row = TypedRow(
            number,
            number=first.get(_NUMBER, ""),
            item=first.get(_ITEM, ""),
            verdict=first.get(_VERDICT, ""),
            note=first.get(_NOTE, ""),
            where=first.get(_WHERE, ""),
            code=code,
            sheet=title,
        )
        if any(left <= at <= right for left, right in merged.get(number, ()) for at in typed):
            row = replace(row, fault=RowFault.MERGED)
        elif any((number, at + 1) in lost for places in columns.values() for at in places):
            row = replace(row, fault=RowFault.FORMULA)
        elif not row.blank and any(len(each) > 1 for each in found.values()):
            row = replace(row, fault=RowFault.SEVERAL)
        if not row.blank:
            yield row
        elif any(map(_CODE.search, texts)):
            code = _one_code(texts)


def _merged_rows(sheet: Sheet) -> dict[int, list[tuple[int, int]]]:
    """By row, the columns that a range over several rows covers: it may have swallowed an answer."""
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415 - start-up time

    numbers = [number for number, _texts in sheet.rows]
    found: dict[int, list[tuple[int, int]]] = {}
    for each in sheet.merged:
        match = _RANGE.fullmatch(each)
        if match is None or int(match[2]) == int(match[4]):
            continue
        left, right = sorted(column_index_from_string(match[at]) - 1 for at in (1, 3))
        top, bottom = sorted(int(match[at]) for at in (2, 4))
        for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
            found.setdefault(number, []).append((left, right))
    return found


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))
