"""A module's workbook to the fields of a module file, each with the cell that it stands in.

Whether the fields make a sound module is not decided here; a fault found later can be named by its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeAlias

from tsguard.domain.width import half_width
from tsguard.errors import ContentProblem
from tsguard.exchange.book_file import Sheet, read_sheets
from tsguard.exchange.book_form import (
    CATEGORIES,
    ITEM_ENTRIES,
    ITEMS_SHEET,
    MODULE_ENTRIES,
    MODULE_SHEET,
    NONE,
    NOTES_SHEET,
    TIERS,
    Entry,
    Shape,
)

Place: TypeAlias = "tuple[str | int, ...]"
"""Keys and positions that lead to a value, as in the module file."""

_HEADER_WITHIN = 10
_MOST_MERGED_TOLD = 20
_MARK = re.compile(r"(?:[(（]?[0-9]{1,2}[)）、.．](?![0-9])|[①-⑳]|[-–—•·●▪*](?![0-9]))\s*")
_PAIR = re.compile(r"([^：:]+)[：:]([^：:]+)")
_BETWEEN = re.compile(r"[、，,；;\s]+")
_BRACKETS = re.compile(r"[（(][^)）]*[)）]?|[*＊\s]")
"""A bracket that nobody closed goes to the end: so no text makes the search start over and over."""


@dataclass(slots=True)
class ModuleBook:
    """What a workbook holds.

    Attributes:
        fields: As in a module file: texts, lists and mappings; keys in the file's order.
        cells: Where each value stands, such as ``条款!第7行 权重``; an item's own place is its row.
        titles: What the sheet calls each key, for items and for the module.
        problems: Faults of the workbook itself; where one is grave the fields are incomplete.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    cells: dict[Place, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    problems: list[ContentProblem] = field(default_factory=list)


def read_book(path: Path) -> ModuleBook:
    """Read a module's workbook.

    Raises:
        Unreadable: The operating system does not give us the file.
        WorkbookRefused: It is no .xlsx, has a password, is too large or damaged.
    """
    sheets: dict[str, Sheet] = {}
    book = ModuleBook(titles={entry.key: entry.title for entry in (*MODULE_ENTRIES, *ITEM_ENTRIES)})
    for sheet in read_sheets(path):
        title = sheet.title.strip()
        if sheets.setdefault(title, sheet) is not sheet and title != NOTES_SHEET:
            _note(book, path.name, "book-repeated", title=title)
    items_sheet, module_sheet = sheets.get(ITEMS_SHEET), sheets.get(MODULE_SHEET)
    if items_sheet is None:
        others = [sheet for title, sheet in sheets.items() if title not in {MODULE_SHEET, NOTES_SHEET}]
        items_sheet = others[0] if len(others) == 1 else None
    for title, there in ((ITEMS_SHEET, items_sheet), (MODULE_SHEET, module_sheet)):
        if there is None:
            _note(book, path.name, "book-no-sheet", sheet=title)
    module = _module_fields(book, module_sheet) if module_sheet else {}
    items = _items(book, items_sheet) if items_sheet else []
    book.fields = _arranged(module, items)
    return book


def _arranged(module: dict[str, Any], items: list[dict[str, Any]]) -> dict[str, Any]:
    """The fields in the order of a module file; the one section is named after the module."""
    title = module.get("section_title") or module.get("title", "")
    section = {"id": module.get("module", ""), "title": title, "short": module.get("short", "")}
    first = {
        key: module.get(key) for key in ("module", "kind", "place", "title", "version", "origin", "with")
    }
    rest = {entry.key: module.get(entry.key) for entry in MODULE_ENTRIES if entry.key not in first}
    section = {key: value for key, value in section.items() if value}
    fields = {**first, "sections": [{**section, "items": items}], **rest}
    return {key: value for key, value in fields.items() if value and key not in {"section_title", "short"}}


# --- the sheet 模块 -----------------------------------------------------------------------------------


def _module_fields(book: ModuleBook, sheet: Sheet) -> dict[str, Any]:
    by_title = _by_title(MODULE_ENTRIES)
    fields: dict[str, Any] = {}
    for number, cells in sheet.rows:
        title = _title(cells[0])
        place = f"{sheet.title}!第{number}行"
        entry = by_title.get(title)
        if entry is None:
            if title and title not in {"项目", "内容"}:
                _advise(book, place, "book-unknown-row", title=title, nearest=_nearest(title, by_title))
            continue
        if entry.key in fields:
            _note(book, place, "book-repeated", title=entry.title)
            continue
        place = f"{place} {entry.title}"
        if (number, 2) in sheet.without_value:
            _note(book, place, "book-formula")
        fields[entry.key] = _value(book, entry, cells[1] if len(cells) > 1 else "", place)
        book.cells[_module_place(entry.key)] = place
    for entry in MODULE_ENTRIES:
        if entry.required and entry.key not in fields:
            _note(book, sheet.title, "book-no-row", title=entry.title)
    if not fields.get("section_title"):
        book.cells[_module_place("section_title")] = book.cells.get(("title",), sheet.title)
    book.cells["sections", 0] = book.cells.get(("module",), sheet.title)
    book.cells[()] = sheet.title
    return fields


def _module_place(key: str) -> Place:
    """Where a row of 模块 ends up in the module file."""
    return {"section_title": ("sections", 0, "title"), "short": ("sections", 0, "short")}.get(key, (key,))


# --- the sheet 条款 -----------------------------------------------------------------------------------


def _items(book: ModuleBook, sheet: Sheet) -> list[dict[str, Any]]:
    by_title = _by_title(ITEM_ENTRIES)
    header = next(
        (
            (number, cells)
            for number, cells in sheet.rows[:_HEADER_WITHIN]
            if {"id", "text"} <= {by_title[each].key for each in map(_title, cells) if each in by_title}
        ),
        None,
    )
    if header is None:
        _note(book, sheet.title, "book-no-header")
        return []
    columns = _columns(book, sheet, *header)
    merged = [each for each in sheet.merged if max(map(int, re.findall(r"[0-9]+", each))) >= header[0]]
    for each in merged[:_MOST_MERGED_TOLD]:
        _note(book, sheet.title, "book-merged", range=each)
    items: list[dict[str, Any]] = []
    for number, cells in sheet.rows:
        if number <= header[0]:
            continue
        lost = {column for row, column in sheet.without_value if row == number}
        if any(column - 1 in columns for column in lost) or any(cells[at] for at in columns):
            items.append(_item(book, sheet, number, cells, columns, lost, len(items)))
    if not items:
        _note(book, sheet.title, "book-no-items")
    _tell_of_untitled(book, sheet, *header)
    return items


def _tell_of_untitled(book: ModuleBook, sheet: Sheet, header: int, titles: Sequence[str]) -> None:
    """Say which columns hold something and have no title, since nothing of them is taken over."""
    for position, title in enumerate(titles):
        rows = [number for number, cells in sheet.rows if number > header and cells[position]]
        if rows and not _title(title):
            _advise(book, f"{sheet.title}!第{rows[0]}行", "book-untitled-column", column=str(position + 1))


def _columns(book: ModuleBook, sheet: Sheet, number: int, titles: Sequence[str]) -> dict[int, Entry]:
    """The known columns by their position, counted from 0, in the order of the module file."""
    by_title = _by_title(ITEM_ENTRIES)
    place = f"{sheet.title}!第{number}行"
    found: dict[str, int] = {}
    for position, written in enumerate(titles):
        title = _title(written)
        entry = by_title.get(title)
        if entry is None:
            if title:
                nearest = _nearest(title, by_title)
                _advise(book, place, "book-unknown-column", title=title, nearest=nearest)
        elif entry.key in found:
            _note(book, place, "book-repeated", title=entry.title)
        else:
            found[entry.key] = position
    for entry in ITEM_ENTRIES:
        if entry.required and entry.key not in found:
            _note(book, place, "book-no-column", title=entry.title)
    return {found[entry.key]: entry for entry in ITEM_ENTRIES if entry.key in found}


def _item(
    book: ModuleBook,
    sheet: Sheet,
    number: int,
    cells: Sequence[str],
    columns: Mapping[int, Entry],
    lost: set[int],
    position: int,
) -> dict[str, Any]:
    row = f"{sheet.title}!第{number}行"
    here: Place = ("sections", 0, "items", position)
    book.cells[here] = row
    fields: dict[str, Any] = {}
    for column, entry in columns.items():
        place = f"{row} {entry.title}"
        book.cells[*here, entry.key] = place
        if column + 1 in lost:
            _note(book, place, "book-formula")
        value = _value(book, entry, cells[column], place)
        if value:
            fields[entry.key] = value
    return fields


# --- cells --------------------------------------------------------------------------------------------


def _value(book: ModuleBook, entry: Entry, text: str, place: str) -> Any:
    """A cell's text as the field that its column makes of it."""
    match entry.shape:
        case Shape.LINES:
            return list(_lines(text))
        case Shape.CHOICE:
            return _choice(book, entry, text, place)
        case Shape.CODE:
            return _half_width(text).replace(" ", "").replace("\n", "").upper()
        case Shape.NUMBER:
            return _half_width(text)
        case Shape.PAIRS:
            return dict(_pairs(book, entry, text, place))
        case Shape.LISTS:
            return dict(_lists(book, text, place))
        case Shape.SECRETS:
            return list(_secrets(book, text, place))
    return one_line(text)


def one_line(text: str) -> str:
    """The text on one line: a break between two Latin characters becomes a blank, any other nothing."""
    joined = ""
    for line in text.split("\n"):
        gap = " " if joined[-1:].isascii() and joined[-1:] and line[:1].isascii() else ""
        joined += gap + line
    return joined


def _lines(text: str) -> Iterator[str]:
    """One entry for each line that says something, without the mark in front of it."""
    for line in text.split("\n"):
        mark = _MARK.match(line)
        bare = line[mark.end() :] if mark else line
        if bare.strip():
            yield bare.strip()


def _choice(book: ModuleBook, entry: Entry, text: str, place: str) -> str:
    """The value behind a word; a number in front of the word, or the value itself, will do as well."""
    if not text:
        return ""
    asked = _half_width(text).replace(" ", "").replace("\n", "").strip("()").lower()
    for word, value in entry.words.items():
        known = {word, value, word.lstrip("0123456789"), f"{value}){word.lstrip('0123456789')}"}
        if asked in known or (text.strip() in known):
            return value
    words = "、".join(entry.words)
    nearest = _nearest(asked, entry.words)
    _note(book, place, "book-bad-choice", value=text, known=words, nearest=nearest)
    return ""


def _pairs(book: ModuleBook, entry: Entry, text: str, place: str) -> Iterator[tuple[str, str]]:
    for line in _lines(text):
        pair = _PAIR.fullmatch(line)
        if pair is None:
            _note(book, place, "book-bad-line", value=line, example=_example(entry))
            continue
        key, value = (_half_width(part).replace(" ", "") for part in pair.groups())
        yield key.upper(), "none" if value == NONE else value.upper() if value != "none" else value


def _lists(book: ModuleBook, text: str, place: str) -> Iterator[tuple[str, list[str]]]:
    """Each line's name with the codes behind its last colon."""
    for line in _lines(text):
        name, _colon, codes = line.replace("：", ":").rpartition(":")
        found = [each for each in _BETWEEN.split(_half_width(codes).upper()) if each]
        if name.strip() and found:
            yield line[: len(name)].strip(), found
        else:
            _note(book, place, "book-bad-line", value=line, example="外协厂留存图纸：PCB-01、PCB-02")


def _secrets(book: ModuleBook, text: str, place: str) -> Iterator[dict[str, str]]:
    for line in _lines(text):
        name, *marks = [part.strip() for part in re.split(r"[：:]", line)]
        while len(marks) > 2 or (marks and marks[0] not in TIERS and len(marks) > 1):
            name = f"{name}：{marks.pop(0)}"
        if (
            not name
            or not marks
            or marks[0] not in TIERS
            or any(each not in CATEGORIES for each in marks[1:])
        ):
            _note(book, place, "book-bad-line", value=line, example="版图：核心：技术信息")
            continue
        kind = {"name": name, "tier": TIERS[marks[0]]}
        yield kind | ({"category": CATEGORIES[marks[1]]} if marks[1:] else {})


def _example(entry: Entry) -> str:
    return "ITS-03：1.5" if entry.key == "multipliers" else "PCB-03：PCB-12"


def _half_width(text: str) -> str:
    return half_width(text).strip()


def _title(text: str) -> str:
    """A title without what people add to it: remarks in brackets, asterisks, blanks."""
    return _BRACKETS.sub("", text)


def _by_title(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {title: entry for entry in entries for title in (entry.title, entry.key, *entry.also)}


def _nearest(word: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(word, list(known), 1, 0.5)), "")


def _note(book: ModuleBook, place: str, code: str, **facts: str) -> None:
    book.problems.append(ContentProblem(place, 0, code, tuple(facts.items())))


def _advise(book: ModuleBook, place: str, code: str, **facts: str) -> None:
    book.problems.append(ContentProblem(place, 0, code, tuple(facts.items()), grave=False))
