"""A module's fields into a workbook that people can fill in: drop-downs, hints, and no formula anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tsguard.exchange.book_bytes import book_bytes
from tsguard.exchange.book_form import (
    CATEGORIES,
    ITEM_ENTRIES,
    ITEMS_SHEET,
    MODULE_ENTRIES,
    MODULE_SHEET,
    NONE,
    NOTES,
    NOTES_SHEET,
    TIERS,
    Entry,
    Shape,
)
from tsguard.exchange.cell_text import storable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FIRST_ITEM_ROW = 2
"""Of the sheet 条款, below its titles."""
_LAST_ROW_WITH_CHOICES = 500
_HEAD = "DCE6EE"


def book_of(fields: Mapping[str, Any]) -> bytes:
    """A workbook of a module with one section.

    Args:
        fields: As in a module file; ``module_book.read_book`` reads the same back.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - start-up time

    book = Workbook()
    book.properties.creator = "tsguard"
    items, module, notes = book.worksheets[0], book.create_sheet(MODULE_SHEET), book.create_sheet(NOTES_SHEET)
    items.title = ITEMS_SHEET
    (section,) = fields["sections"]
    _items(items, section["items"])
    _module(module, {**fields, "section_title": section["title"], "short": section["short"]})
    _notes(notes)
    return book_bytes(book)


def _items(sheet: Any, items: Sequence[Mapping[str, Any]]) -> None:
    for column, entry in enumerate(ITEM_ENTRIES, start=1):
        _put(sheet, 1, column, entry.title, head=True)
        sheet.column_dimensions[_letter(column)].width = entry.width
        _offer(sheet, entry, f"{_letter(column)}{FIRST_ITEM_ROW}:{_letter(column)}{_LAST_ROW_WITH_CHOICES}")
        for row, item in enumerate(items, start=FIRST_ITEM_ROW):
            _put(sheet, row, column, _cell(entry, item.get(entry.key)))
    sheet.freeze_panes = "C2"


def _module(sheet: Any, fields: Mapping[str, Any]) -> None:
    for column, (title, width) in enumerate((("项目", 14), ("内容", 60), ("填写说明", 60)), start=1):
        _put(sheet, 1, column, title, head=True)
        sheet.column_dimensions[_letter(column)].width = width
    for row, entry in enumerate(MODULE_ENTRIES, start=2):
        _put(sheet, row, 1, entry.title)
        _put(sheet, row, 2, _cell(entry, fields.get(entry.key)))
        _put(sheet, row, 3, entry.hint)
        _offer(sheet, entry, f"B{row}")
    sheet.freeze_panes = "A2"


def _notes(sheet: Any) -> None:
    sheet.column_dimensions["A"].width = 14
    sheet.column_dimensions["B"].width = 100
    rows = [("", each) for each in NOTES] + [
        ("列", "填什么"),
        *((each.title, each.hint) for each in ITEM_ENTRIES),
    ]
    for row, (title, text) in enumerate(rows, start=1):
        _put(sheet, row, 1, title, head=title == "列")
        _put(sheet, row, 2, text, head=title == "列")


def _cell(entry: Entry, value: Any) -> str:
    """A field as its cell shows it."""
    if not value:
        return ""
    match entry.shape:
        case Shape.LINES:
            return "\n".join(value)
        case Shape.CHOICE:
            return next((word for word, meant in entry.words.items() if meant == value), str(value))
        case Shape.PAIRS:
            return "\n".join(f"{key}：{NONE if meant == 'none' else meant}" for key, meant in value.items())
        case Shape.LISTS:
            return "\n".join(f"{key}：{'、'.join(each)}" for key, each in value.items())
        case Shape.SECRETS:
            return "\n".join("：".join(_secret(each)) for each in value)
    return str(value)


def _secret(kind: Mapping[str, str]) -> list[str]:
    tiers = {value: word for word, value in TIERS.items()}
    categories = {value: word for word, value in CATEGORIES.items()}
    category = [categories[kind["category"]]] if "category" in kind else []
    return [kind["name"], tiers[kind["tier"]], *category]


def _put(sheet: Any, row: int, column: int, text: str, *, head: bool = False) -> None:
    """A text into a cell, as text: whatever it starts with, no spreadsheet computes it."""
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415 - start-up time

    cell = sheet.cell(row, column)
    if text:
        cell.value = storable(text)
        cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if head:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEAD)


def _offer(sheet: Worksheet, entry: Entry, cells: str) -> None:
    """A drop-down of what may be chosen."""
    if not entry.words:
        return
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - start-up time

    choice = DataValidation(type="list", formula1=f'"{",".join(entry.words)}"', allow_blank=True)
    choice.errorTitle, choice.error, choice.showErrorMessage = entry.title, entry.hint, True
    choice.promptTitle, choice.prompt, choice.showInputMessage = entry.title, entry.hint, True
    sheet.add_data_validation(choice)
    choice.add(cells)


def _letter(column: int) -> str:
    return chr(ord("A") + column - 1)
