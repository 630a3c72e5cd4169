"""An .xlsx file from wherever to rows of plain text. It knows nothing of what the rows mean.

No formula is computed, and whatever the parser stumbles over is one typed error. Why not with the library
that writes our workbooks: it bounds neither texts nor gaps nor entities, leaves out rows that stand in
another order than their numbers, and does not tell how a number is shown.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tsguard.errors import TSGuardError, WorkbookFault, WorkbookRefused
from tsguard.exchange.book_cells import Cells, cells_of, common_of
from tsguard.exchange.book_package import WORKBOOK, Package

MOST_SHEETS = 50

_LINKS = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet's content.

    Attributes:
        title: Its name.
        rows: Row number, counted from 1, with the texts of its cells, all rows equally wide; only rows
            that hold something, in order.
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
    package = Package(path)
    try:
        return tuple(_sheets(package))
    except TSGuardError:
        raise
    except MemoryError as error:
        raise WorkbookRefused(path, WorkbookFault.UNPACKS_TOO_LARGE) from error
    except Exception as error:
        raise WorkbookRefused(path, WorkbookFault.DAMAGED) from error


def _sheets(package: Package) -> Iterator[Sheet]:
    links = _links(package)
    listed: list[tuple[str, str]] = []

    def opened(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            kind, part = links.get(attributes.get("id", ""), ("", ""))
            if kind == "worksheet":
                listed.append((attributes.get("name", ""), part))

    package.walk(WORKBOOK, opened)
    if len(listed) > MOST_SHEETS:
        raise package.refused(WorkbookFault.TOO_MANY_SHEETS)
    common = common_of(package, dict(links.values()))
    for title, part in listed:
        yield _sheet(title, cells_of(package, part, common))


def _links(package: Package) -> dict[str, tuple[str, str]]:
    """Of each of the workbook's relations by its id: the last word of its kind, and its part."""
    links: dict[str, tuple[str, str]] = {}

    def opened(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode", "Internal") == "Internal":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            links[attributes.get("Id", "")] = (kind, target.lstrip("/"))

    if package.has(_LINKS):
        package.walk(_LINKS, opened)
    return links


def _sheet(title: str, cells: Cells) -> Sheet:
    width = max((column for row in cells.rows.values() for column in row), default=0)
    rows = (
        (number, tuple(cells.rows[number].get(column, "") for column in range(1, width + 1)))
        for number in sorted(cells.rows)
    )
    return Sheet(title, tuple(rows), tuple(sorted(cells.without_value)), tuple(cells.merged))
