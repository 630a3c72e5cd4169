"""The blank checklist as a workbook, and the filled rows of one that came back.

Nothing of a vault goes in. Of what comes back only the answer columns, number, id and code are read: texts
that somebody changed do not matter, nor do rows and columns that were moved, added or deleted.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tsguard.domain.checklist import Checklist
from tsguard.domain.scale_words import critical_word, verdict_word
from tsguard.domain.scales import Verdict
from tsguard.domain.worksheet import Numbered, RowFault, TypedRow, TypedSheet, numbered, sheet_code
from tsguard.errors import WorkbookFault, WorkbookRefused
from tsguard.exchange.book_file import Sheet, read_sheets
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
_HEADER_WITHIN = 20
_CODE = re.compile(r"表号\s*[:：]?\s*([0-9A-Za-z]{6})\b")
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
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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
        cell.value = text
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
    sheets = read_sheets(path)
    code = ""
    for sheet in sheets:
        head = _header(sheet)
        if head is None:
            continue
        row, columns = head
        codes = _codes(sheet, row)
        code = codes.pop() if len(codes) == 1 else ""
        return TypedSheet(code, tuple(_rows(sheet, row, columns)))
    raise WorkbookRefused(path, WorkbookFault.NO_ANSWER_COLUMNS)


def _header(sheet: Sheet) -> tuple[int, dict[int, int]] | None:
    """The row of the titles, and where the columns that are read stand, counted from 0."""
    titles = {_title(word): column for column, word in enumerate(_TITLES)}
    for number, texts in sheet.rows[:_HEADER_WITHIN]:
        columns: dict[int, int] = {}
        for at, text in enumerate(texts):
            column = titles.get(_title(text))
            if column is not None:
                columns.setdefault(column, at)
        if _VERDICT in columns and (_ITEM in columns or _NUMBER in columns):
            return number, {column: at for column, at in columns.items() if column in _READ}
    return None


def _title(text: str) -> str:
    return "".join(text.split()).replace("／", "/")


def _codes(sheet: Sheet, head: int) -> set[str]:
    """The sheet's codes above its titles; rows of another sheet that were put in may have brought theirs."""
    above = (text for number, texts in sheet.rows if number < head for text in texts)
    return {found[1].upper() for text in above for found in _CODE.finditer(text)}


def _rows(sheet: Sheet, head: int, columns: dict[int, int]) -> list[TypedRow]:
    merged = _merged_rows(sheet, head, {columns[each] for each in _TYPED if each in columns})
    lost = {number for number, column in sheet.without_value if column - 1 in columns.values()}
    rows = []
    for number, texts in sheet.rows:
        if number <= head:
            continue
        found = {column: texts[at].strip() if at < len(texts) else "" for column, at in columns.items()}
        fault = RowFault.MERGED if number in merged else RowFault.FORMULA if number in lost else None
        row = TypedRow(
            number,
            number=found.get(_NUMBER, ""),
            item=found.get(_ITEM, ""),
            verdict=found.get(_VERDICT, ""),
            note=found.get(_NOTE, ""),
            where=found.get(_WHERE, ""),
            fault=fault,
        )
        if not row.blank:
            rows.append(row)
    return rows


def _merged_rows(sheet: Sheet, head: int, typed: set[int]) -> set[int]:
    """Rows whose answer a merged cell may have swallowed: those that a range over several rows covers."""
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415 - start-up time

    last = max((number for number, _texts in sheet.rows), default=head)
    found: set[int] = set()
    for each in sheet.merged:
        match = _RANGE.fullmatch(each)
        if match is None:
            continue
        left, right = column_index_from_string(match[1]) - 1, column_index_from_string(match[3]) - 1
        if int(match[2]) < int(match[4]) and any(left <= at <= right for at in typed):
            found.update(range(max(head + 1, int(match[2])), min(last, int(match[4])) + 1))
    return found
