"""The cells of one sheet, as its part in the package tells them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tsguard.errors import WorkbookFault
from tsguard.exchange.book_package import WORKBOOK, Package
from tsguard.exchange.cell_text import LONGEST, cell_text, number_text, unescaped

MOST_ROWS = 2000
"""Of one sheet, the header among them; blank ones are not counted."""
MOST_COLUMNS = 128
"""What stands further right is not read."""
LAST_ROW = 1_048_576
"""No spreadsheet has more."""
MOST_MERGED = 5000
"""Merged ranges of one sheet."""
MOST_STRINGS = 100_000
"""In the table that all sheets share."""

_CELL = re.compile(r"([A-Z]{1,3})[0-9]+", re.ASCII)
_RANGE = re.compile(r"[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?", re.ASCII)
_DAY, _TIME = "yyyy-mm-dd", "h:mm"
_CHINESE_FORMATS = dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), _DAY) | dict.fromkeys(
    (*range(32, 36), 55, 56), _TIME
)
"""Formats that a Chinese Excel has by number only."""


@dataclass(slots=True)
class Common:
    """What the sheets of a workbook share.

    Attributes:
        strings: The table of texts.
        formats: The number format of each style.
        since_1904: Whether days are counted from 1904.
    """

    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    since_1904: bool = False


@dataclass(slots=True)
class Cells:
    """What stands on a sheet.

    Attributes:
        rows: By row number, counted from 1, the texts by column, counted from 1; only those that say
            something, each part in whatever order the file has it.
        without_value: Row and column of formulas whose result the file lacks, and of errors.
        merged: Ranges of merged cells.
    """

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    without_value: set[tuple[int, int]] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)


class _Text:
    """Collects the text of one element, piece by piece, and stops where no cell could hold it."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._pieces: list[str] = []
        self._length = 0
        self.open = False

    def clear(self) -> None:
        self._pieces.clear()
        self._length = 0
        self.open = False

    def add(self, piece: str) -> None:
        if self.open:
            self._length += len(piece)
            if self._length > LONGEST:
                raise self._package.refused(WorkbookFault.CELL_TOO_LONG)
            self._pieces.append(piece)

    def take(self) -> str:
        text = "".join(self._pieces)
        self.clear()
        return text


def common_of(package: Package, targets: Mapping[str, str]) -> Common:
    """What the sheets share.

    Args:
        package: The workbook.
        targets: The workbook's other parts by the last word of their kind, such as ``sharedStrings``.
    """
    common = Common()

    def opened(name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            common.since_1904 = attributes.get("date1904") in {"1", "true"}

    package.walk(WORKBOOK, opened)
    if package.has(targets.get("sharedStrings", "")):
        common.strings = _strings(package, targets["sharedStrings"])
    if package.has(targets.get("styles", "")):
        common.formats = _formats(package, targets["styles"])
    return common


def _strings(package: Package, part: str) -> list[str]:
    strings: list[str] = []
    text = _Text(package)
    phonetic = [0]

    def opened(name: str, _attributes: Mapping[str, str]) -> None:
        if name == "rPh":
            phonetic[0] += 1
        elif name == "t":
            text.open = not phonetic[0]

    def closed(name: str) -> None:
        if name == "rPh":
            phonetic[0] -= 1
        elif name == "t":
            text.open = False
        elif name == "si":
            raw = text.take()
            package.count_text(len(raw))
            strings.append(cell_text(unescaped(raw)))
            if len(strings) > MOST_STRINGS:
                raise package.refused(WorkbookFault.UNPACKS_TOO_LARGE)

    package.walk(part, opened, closed, text.add)
    return strings


def _formats(package: Package, part: str) -> list[str]:
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 - start-up time

    known: dict[int, str] = {**BUILTIN_FORMATS, **_CHINESE_FORMATS}
    styles: list[int] = []
    inside = [False]

    def opened(name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt" and "formatCode" in attributes:
            known[int(attributes.get("numFmtId", "0"))] = attributes["formatCode"]
        elif name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            styles.append(int(attributes.get("numFmtId", "0")))

    def closed(name: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    package.walk(part, opened, closed)
    return [known.get(each, "") for each in styles]


def cells_of(package: Package, part: str, common: Common) -> Cells:
    """What stands on the sheet of a part."""
    walk = _SheetWalk(package, common)
    package.walk(part, walk.opened, walk.closed, walk.text.add)
    return walk.cells


class _SheetWalk:
    """Follows a sheet's elements; a number that the file gives to a row or cell counts, not its order."""

    def __init__(self, package: Package, common: Common) -> None:
        self.cells = Cells()
        self.text = _Text(package)
        self._package = package
        self._common = common
        self._row = self._column = 0
        self._seen: set[int] = set()
        self._columns: set[int] = set()
        self._kind = self._style = ""
        self._inside = self._phonetic = self._formula = False

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            if self._row < 1 or self._row in self._seen:
                raise self._package.refused(WorkbookFault.DAMAGED)
            self._seen.add(self._row)
            self._columns.clear()
        elif name == "c":
            self._open_cell(attributes)
        elif name == "mergeCell" and _RANGE.fullmatch(attributes.get("ref", "")):
            self.cells.merged.append(attributes["ref"])
            if len(self.cells.merged) > MOST_MERGED:
                raise self._package.refused(WorkbookFault.TOO_MANY_MERGED)
        elif self._inside:
            if name == "rPh":
                self._phonetic = True
            elif name == "f":
                self._formula = True
            elif name == "v" or (name == "t" and self._kind == "inlineStr" and not self._phonetic):
                self.text.open = True

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        self._inside, self._phonetic, self._formula = True, False, False
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self.text.clear()
        place = _CELL.fullmatch(attributes["r"]) if "r" in attributes else None
        if "r" in attributes and place is None:
            raise self._package.refused(WorkbookFault.DAMAGED)
        self._column = _column(place[1]) if place else self._column + 1
        if self._column in self._columns or not self._row:
            raise self._package.refused(WorkbookFault.DAMAGED)
        self._columns.add(self._column)

    def closed(self, name: str) -> None:
        if name == "rPh":
            self._phonetic = False
        elif name in {"v", "t"}:
            self.text.open = False
        elif name == "c":
            self._inside = False
            self._close_cell()

    def _close_cell(self) -> None:
        raw = self.text.take()
        if self._column > MOST_COLUMNS or self._row > LAST_ROW:
            return
        self._package.count_text(len(raw))
        text = "" if self._kind == "e" else self._shown(raw)
        if self._kind == "e" or (self._formula and not text):
            self.cells.without_value.add((self._row, self._column))
        elif not text:
            return
        self.cells.rows.setdefault(self._row, {})[self._column] = text
        if len(self.cells.rows) > MOST_ROWS:
            raise self._package.refused(WorkbookFault.TOO_MANY_ROWS)

    def _shown(self, raw: str) -> str:
        if not raw:
            return ""
        match self._kind:
            case "s":
                text = self._common.strings[_position(raw)]
                self._package.count_text(len(text))
                return text
            case "b":
                return cell_text(raw in {"1", "true"})
            case "d":
                return cell_text(_moment(raw))
            case "n":
                style = _position(self._style or "0")
                formats: Sequence[str] = self._common.formats
                shape = formats[style] if style < len(formats) else ""
                return number_text(raw, shape, since_1904=self._common.since_1904)
        return cell_text(unescaped(raw))


def _position(raw: str) -> int:
    """A position that counts from 0; a negative one is damage and not the end of the list."""
    found = int(raw)
    if found < 0:
        raise IndexError(raw)
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _moment(raw: str) -> datetime | str:
    try:
        return datetime.fromisoformat(raw)
    except ValueError:
        return raw
