"""Modules and programmes of a person's own: a folder on this computer, each file checked alone.

A file that is at fault is listed with its faults and used by nothing; it never keeps the others from
being used. Nothing here touches a vault: what an assessment uses is frozen there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, count, islice
from pathlib import Path

from tsguard.content.own import OwnContent, check_own
from tsguard.content.prefix import own_id, resolved
from tsguard.content.shelf import Shelf
from tsguard.domain.checklist import Module
from tsguard.domain.programme import Programme
from tsguard.errors import (
    ContentInvalid,
    ContentProblem,
    OwnContentExists,
    UnknownModule,
    Unreadable,
    WorkbookRefused,
    from_os,
    patience,
)
from tsguard.report.plain_file import create_plain, replace_plain
from tsguard.services.content import shipped, ships
from tsguard.services.explain import explain
from tsguard.services.given_file import given_bytes, refuse_held
from tsguard.services.module_books import from_book, is_book
from tsguard.services.printing import unprinted

LARGEST = 1024 * 1024
"""Bytes of one file; no module comes near."""
MOST_FILES = 200
"""Of a folder; further ones are not looked at, and that is said."""

_SUFFIXES = (".yaml", ".yml")
_MODULE_KEY = re.compile(rb"^module:[ \t]*[\"']?([A-Z][A-Z0-9]{0,11})", re.MULTILINE)
_PROGRAMME_KEY = re.compile(rb"^programme:[ \t]*[\"']?([A-Za-z][A-Za-z0-9_-]{0,19})", re.MULTILINE)
_AGAIN = re.compile(r"-[0-9]+$")
_MOST_NAMES = 20_000


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One file of the folder.

    Attributes:
        path: Where it is.
        content: What it holds, with its hash and its problems.
    """

    path: Path
    content: OwnContent

    @property
    def name(self) -> str:
        """Its file name."""
        return self.path.name

    @property
    def id(self) -> str:
        """The module's or programme's id as it counts; "" where the file could not be understood."""
        return self.content.id

    @property
    def kind_and_id(self) -> tuple[bool, str]:
        """Whether it is a programme, and its id: a module and a programme may have the same."""
        return self.programme is not None, self.id

    @property
    def sha256(self) -> str:
        """Of the file, 64 hexadecimal digits; "" where it could not be read."""
        return self.content.sha256

    @property
    def module(self) -> Module | None:
        """The module, as far as it was understood."""
        return self.content.module

    @property
    def programme(self) -> Programme | None:
        """The programme, as far as it was understood."""
        return self.content.programme

    @property
    def problems(self) -> tuple[ContentProblem, ...]:
        """What is wrong, in the order of the lines."""
        return self.content.problems

    @property
    def usable(self) -> bool:
        """Whether it may be chosen: nothing grave is wrong."""
        return self.content.usable


def own_files(folder: Path) -> tuple[OwnFile, ...]:
    """Every module and programme file of a folder, by name, each checked with the shipped content.

    Modules first, then programmes, then what could not be understood. A folder that is not there has none.
    Of two files with one id the one that ``add_own`` named after it counts, else the first by name.
    """
    names, more = _names(folder)
    read = {name: _read(folder / name) for name in names}
    claimed = {own_id(found) for data in read.values() if isinstance(data, bytes) for found in _claimed(data)}
    base, known = shipped(), dict[str, str]()
    found = {
        name: OwnContent("", None, None, (data,))
        for name, data in read.items()
        if not isinstance(data, bytes)
    }
    ranked = sorted(read.items(), key=lambda each: (_rank(*each), each[0]))
    # Programmes come second, since they may name items of the person's own modules.
    for programmes in (False, True):
        for name, data in ranked:
            if isinstance(data, bytes) and name not in found:
                content = check_own(base, data, name, claimed, known, unprinted=unprinted)
                if content.programme and not programmes:
                    continue
                found[name] = content
                if content.usable:
                    known[content.sha256] = name
                    base = _with(base, content)
    files = [OwnFile(folder / name, found[name]) for name in names]
    if more:
        problem = ContentProblem(folder.name, 0, "too-many-files", (("most", str(MOST_FILES)),))
        files.append(OwnFile(folder, OwnContent("", None, None, (problem,))))
    return tuple(sorted(files, key=lambda file: (file.module is None, file.programme is None)))


def shelf(folder: Path) -> Shelf:
    """The shipped content and whatever is usable of the folder."""
    return beside(own_files(folder))


def check_file(source: Path) -> OwnFile:
    """A file from anywhere, read and checked as if it were in the folder; a workbook is read as one.

    Raises:
        ContentInvalid: A workbook whose cells are at fault.
        Unreadable: The operating system does not give us the file.
        WorkbookRefused: A workbook of the wrong kind, too large or damaged.
    """
    return OwnFile(source, _content(source, shipped(), ())[1])


def check_files(paths: Iterable[Path], folder: Path) -> list[ContentProblem]:
    """The problems of files from anywhere, each checked as ``add_own`` would beside those before it.

    What can't be read is a problem of that file. A file that shipped, or is a copy of one, has none of its
    own: it would be held against itself.

    Args:
        paths: Modules, programmes, workbooks.
        folder: The person's own; a file there with the id of one of these is taken as its older self.
    """
    given = [path for path in dict.fromkeys(paths) if not ships(path)]
    first = {path: _tried(path, shipped(), ()) for path in given}
    claimed = {OwnFile(path, content).kind_and_id for path, content in first.items()}
    beside_them = [file for file in own_files(folder) if file.kind_and_id not in claimed]
    found: dict[Path, OwnContent] = {}
    for path in sorted(given, key=lambda path: first[path].programme is not None):
        found[path] = _tried(path, beside(beside_them), beside_them)
        beside_them.append(OwnFile(path, found[path]))
    return [problem for path in given for problem in found[path].problems]


def add_own(source: Path, folder: Path, *, replace_old: bool = False) -> OwnFile:
    """Check a file and copy it into the folder; a workbook becomes a module file.

    Args:
        source: A module or programme file, or a module's workbook.
        folder: The person's own; made where it is missing.
        replace_old: Whether the file that has the same id now may be replaced. A module never takes the
            place of a programme, nor a programme that of a module.

    Raises:
        ContentInvalid: Something grave is wrong with it; nothing was copied.
        OwnContentExists: Another file has this id, and it was not to be replaced.
        StorageError: The file system said no; what was there is untouched.
        WorkbookRefused: A workbook of the wrong kind, too large or damaged.
    """
    claimed = OwnFile(source, _content(source, shipped(), ())[1]).kind_and_id
    while True:
        # Names before files: what another program adds in between is then either seen or in the way.
        taken = _all_names(folder)
        there = own_files(folder)
        others = [file for file in there if file.kind_and_id != claimed]
        data, content = _content(source, beside(others), others)
        if not content.usable:
            raise ContentInvalid(content.problems)
        wanted = OwnFile(source, content).kind_and_id
        same = sorted(
            (file for file in there if file.kind_and_id == wanted), key=lambda file: not file.usable
        )
        for file in same:
            if file.sha256 == content.sha256 and file.usable:
                return file
        if same and not replace_old:
            raise OwnContentExists(content.id, same[0].name)
        _make(folder)
        if same:
            # A link leads to a file that is not ours to write.
            replace_plain(same[0].path, (data,), through_links=False)
            return OwnFile(same[0].path, content)
        target = folder / _free(taken, content)
        if create_plain(target, data):
            return OwnFile(target, content)
        # Another program was faster; what it added may have this very id.


def remove_own(named: str, folder: Path) -> OwnFile:
    """Remove a file from the folder; assessments that use it keep their frozen copy.

    Args:
        named: Its id, with or without the ``U``, or its file name.
        folder: The person's own.

    Raises:
        UnknownModule: No file there has that id or name.
        StorageError: The file system said no.
    """
    files = [file for file in own_files(folder) if file.path != folder]
    by_name = [file for file in files if file.name == named]
    by_id = [file for file in files if file.id and file.id in {named, own_id(named)}]
    found = by_name or sorted(by_id, key=lambda file: (not file.usable, file.id != named))
    if not found:
        raise UnknownModule(named, tuple(file.id or file.name for file in files))
    try:
        patience.remove(found[0].path, missing_ok=True)
    except OSError as error:
        raise from_os(found[0].path, error) from error
    return found[0]


# --- reading ------------------------------------------------------------------------------------------


def _names(folder: Path) -> tuple[list[str], bool]:
    """The names of the module files of a folder, and whether there are more than are looked at."""
    found: list[str] = []
    with suppress(OSError), os.scandir(folder) as entries:
        found.extend(
            entry.name
            for entry in islice(entries, _MOST_NAMES)
            if entry.name.lower().endswith(_SUFFIXES) and not entry.name.startswith(".")
        )
    return sorted(found)[:MOST_FILES], len(found) > MOST_FILES


def _read(path: Path) -> bytes | ContentProblem:
    """A file's bytes, or why they can't be had."""
    try:
        data = given_bytes(path, LARGEST)
    except Unreadable as error:
        return ContentProblem(path.name, 0, "unreadable-file", (("why", error.reason),))
    if len(data) > LARGEST:
        return ContentProblem(path.name, 0, "file-too-large", (("largest", str(LARGEST)),))
    return data


def _content(source: Path, whole: Shelf, others: Iterable[OwnFile]) -> tuple[bytes, OwnContent]:
    """A file from anywhere as a module or programme file, and what it holds beside other content.

    Args:
        source: The file.
        whole: The content it is to stand beside.
        others: The person's own files, whether they are usable or not.

    Raises:
        ContentInvalid: It is far too large, or a workbook whose cells are at fault.
        Unreadable: The operating system does not give us the file.
        WorkbookRefused: A workbook of the wrong kind, too large or damaged.
    """
    modules = {file.id for file in others if file.module}
    names = {file.sha256: file.name for file in others}
    if is_book(source):
        refuse_held(source)
        book = from_book(source, whole, modules, names)
        if book.content is None:
            raise ContentInvalid(book.problems)
        return book.data, replace(book.content, problems=book.problems)
    data = _read(source)
    if isinstance(data, ContentProblem):
        if data.code == "unreadable-file":
            raise Unreadable(source, dict(data.facts)["why"])
        raise ContentInvalid((data,))
    return data, check_own(whole, data, source.name, modules, names, compare=True, unprinted=unprinted)


def _tried(source: Path, whole: Shelf, others: Iterable[OwnFile]) -> OwnContent:
    """The same, with what can't be read told as a problem."""
    try:
        return _content(source, whole, others)[1]
    except ContentInvalid as error:
        problems = error.problems
    except Unreadable as error:
        problems = (ContentProblem(str(source), 0, "unreadable-file", (("why", error.reason),)),)
    except WorkbookRefused as error:
        why = explain(error).happened
        problems = (ContentProblem(str(source), 0, "book-refused", (("why", why),)),)
    return OwnContent("", None, None, problems)


def _claimed(data: bytes) -> list[str]:
    """What a file says its module's id is; whether that is true shows when it is checked."""
    return [found.decode() for found in _MODULE_KEY.findall(data)]


def _rank(name: str, data: bytes | ContentProblem) -> int:
    """0 for a file named as ``add_own`` names it, 1 where that name was taken, 2 for any other."""
    if isinstance(data, ContentProblem):
        return 2
    programmes = (found.decode() for found in _PROGRAMME_KEY.findall(data))
    stems = {own_id(found) for found in _claimed(data)} | {f"programme-{found}" for found in programmes}
    stem = Path(name).stem
    return 0 if stem in stems else 1 if _AGAIN.sub("", stem) in stems else 2


# --- the shelf and the folder ---------------------------------------------------------------------------


def _with(shelf: Shelf, content: OwnContent) -> Shelf:
    modules = {content.module.id: content.module} if content.module else {}
    programmes = {content.programme.id: content.programme} if content.programme else {}
    return replace(shelf, modules=shelf.modules | modules, programmes=shelf.programmes | programmes)


def beside(files: Iterable[OwnFile]) -> Shelf:
    """The shipped content and what is usable of some files that ``own_files`` gave."""
    whole = shipped()
    for file in files:
        if file.usable:
            whole = _with(whole, file.content)
    return replace(whole, modules={key: resolved(each, whole.modules) for key, each in whole.modules.items()})


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise from_os(folder, error) from error


def _all_names(folder: Path) -> frozenset[str]:
    """The names of whatever is in a folder, as a file system that knows no case has them."""
    try:
        return frozenset(path.name.casefold() for path in folder.iterdir())
    except OSError:
        return frozenset()


def _free(taken: Container[str], content: OwnContent) -> str:
    """A name that no file has, whatever is in that file."""
    stem = re.sub(r"\W", "-", content.id)
    stem = stem if content.module else f"programme-{stem}"
    names = chain((f"{stem}.yaml",), (f"{stem}-{number}.yaml" for number in count(2)))
    return next(name for name in names if name.casefold() not in taken)
