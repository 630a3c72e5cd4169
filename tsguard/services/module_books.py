"""Writing a module from scratch, as a commented file or as a workbook, and bringing a workbook home.

Faults are named by where the person typed: line of the file, or sheet, row and column.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from tsguard import assets
from tsguard.content.own import OwnContent, check_own
from tsguard.content.shelf import Shelf
from tsguard.content.writing import Place, mapping, scalar, written
from tsguard.errors import ContentProblem
from tsguard.exchange.book_writing import book_of
from tsguard.exchange.module_book import ModuleBook, read_book
from tsguard.services.printing import unprinted

_BOOK_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv"})
_SKELETON_ID, _SKELETON_TITLE = "NEW", "新模块"
_LONGEST_SECTION_TITLE = 30


@dataclass(frozen=True, slots=True)
class BookContent:
    """A workbook as a module file.

    Attributes:
        data: The module file's bytes; empty where the workbook itself is at fault.
        content: What the file holds; None where the workbook itself is at fault.
        problems: By sheet, row and column.
    """

    data: bytes
    content: OwnContent | None
    problems: tuple[ContentProblem, ...]

    @property
    def usable(self) -> bool:
        """Whether nothing grave is wrong with it."""
        return self.content is not None and not any(problem.grave for problem in self.problems)


def skeleton(module_id: str, title: str) -> bytes:
    """A commented module file with one complete item, sound as it is.

    Args:
        module_id: Such as ``PCB``.
        title: The module's name.
    """
    template = (assets.resources() / "samples" / "module.yaml").read_text(encoding="utf-8")
    text = template.replace(_SKELETON_ID, module_id)
    head, first, rest = text.partition(f"title: {_SKELETON_TITLE}\n")
    name = scalar(title)
    section = scalar(title[:_LONGEST_SECTION_TITLE])
    rest = rest.replace(f"title: {_SKELETON_TITLE}\n", f"title: {section}\n", 1)
    return (head + first.replace(_SKELETON_TITLE, name) + rest).encode()


def skeleton_book(module_id: str, title: str) -> bytes:
    """The same as a workbook, with drop-downs and explanations."""
    return book_of(mapping(skeleton(module_id, title).decode()))


def from_book(
    path: Path,
    shelf: Shelf,
    others: Container[str] = (),
    names: Mapping[str, str] = MappingProxyType({}),
) -> BookContent:
    """A workbook as a module file, checked.

    Args:
        path: The workbook.
        shelf: The content it is to stand beside.
        others: As for ``check_own``.
        names: Likewise.

    Raises:
        Unreadable: The operating system does not give us the file.
        WorkbookRefused: It is no .xlsx, has a password, is too large or damaged.
    """
    book = read_book(path)
    sound = not any(problem.grave for problem in book.problems)
    if not sound and not (book.fields.get("module") and book.fields["sections"][0]["items"]):
        return BookContent(b"", None, tuple(book.problems))
    made = written(book.fields)
    data = made.text.encode("utf-8", "replace")
    content = check_own(shelf, data, path.name, others, names, compare=True, unprinted=unprinted)
    told = (_in_cells(problem, made.places, book) for problem in content.problems)
    # What a cell at fault could not give is missing in the file, which needs no second word.
    found = tuple(problem for problem in told if sound or problem.code not in {"missing-key", "empty"})
    problems = (*book.problems, *found)
    return BookContent(data, content, problems) if sound else BookContent(b"", None, problems)


def is_book(path: Path) -> bool:
    """Whether a file is meant as a workbook, by its name; what can't be read as one is refused later."""
    return path.suffix.lower() in _BOOK_SUFFIXES


def _in_cells(problem: ContentProblem, places: Mapping[int, Place], book: ModuleBook) -> ContentProblem:
    """The problem of a module file, told of the cell that it comes from."""
    facts = dict(problem.facts)
    key = facts.get("key", "")
    place = places.get(problem.line, ())
    if problem.code == "missing-key" and "items" not in place:
        place = ()
    elif (*place, key) in book.cells:
        place = (*place, key)
    if key in book.titles:
        facts["key"] = book.titles[key]
    before = facts.get("first", "").removeprefix(f"{problem.file}:")
    if before.isdecimal():
        facts["first"] = _cell(places.get(int(before), ()), book, problem.file)
    return replace(problem, file=_cell(place, book, problem.file), line=0, facts=tuple(facts.items()))


def _cell(place: Place, book: ModuleBook, otherwise: str) -> str:
    """The cell that a value comes from, or the nearest one around it."""
    while place and place not in book.cells:
        place = place[:-1]
    return book.cells.get(place, otherwise)
