"""The rows of a vault, read page by page past the damaged ones.

SQLite stops at the first page that is not authentic, and SQLCipher keeps refusing from then on. Here each
authentic page is decrypted by itself (AES-256-CBC with the raw key, the vector in the page's last 80 bytes),
and its rows are taken out as sqlite.org/fileformat2.html describes them, sections 1.6 and 2.1. Rows found
this way prove nothing by themselves: ``remains`` compares them with the journal. It must not change anything.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tsguard.store import schema
from tsguard.store.driver import PAGE_SIZE
from tsguard.store.header import LENGTH

_RESERVED = 80
_USABLE = PAGE_SIZE - _RESERVED
_LARGEST_LOCAL = _USABLE - 35
_SMALLEST_LOCAL = (_USABLE - 12) * 32 // 255 - 23
_TABLE_INNER, _TABLE_LEAF, _INDEX_INNER = 0x05, 0x0D, 0x02
_FIRST_HEADER = 100
_DEEPEST = 40
_MOST_READINGS = 16
"""Of each page on which a row goes on; an examination or a salvage needs three."""
_LONGEST_PAYLOAD = 256 * 1024 * 1024
_MOST_COLUMNS = 200
_FIXED = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8}
"""Bytes of a value by its serial type."""

_WHOLE = frozenset({1, 2, 3, 4, 5, 6, 8, 9})
"""Serial types of whole numbers."""

SCHEMA = "sqlite_schema"
Value = str | int | bytes | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One row where it lies.

    Attributes:
        rowid: Its number in the table.
        size: Bytes of the row.
        local: Its beginning, on the page.
        overflow: The page on which it goes on; 0 where it is whole.
    """

    rowid: int
    size: int
    local: bytes = field(repr=False)
    overflow: int


@dataclass(slots=True)
class Tree:
    """A table as far as it can be reached from its root.

    Attributes:
        name: The table.
        leaves: Its pages with rows, in order.
        whole: Whether all its pages are readable.
        tail: Whether the page with its newest rows is.
    """

    name: str
    leaves: list[int] = field(default_factory=list)
    whole: bool = True
    tail: bool = True


class RawPages:
    """The authentic pages of a file, decrypted, and the tables on them.

    Attributes:
        trees: By table.
        strays: Pages with rows that no table leads to, since the way is damaged.
        owners: Damaged pages by the table whose page it was; of the others nobody knows.
        columns: Each table's columns.
        path: The vault.
    """

    def __init__(
        self, read: Callable[[int, int], bytes], size: int, key: bytes, bad: frozenset[int], path: Path
    ) -> None:
        """Find the tables.

        Args:
            read: Gives the file's bytes from an offset.
            size: The file's length in bytes.
            key: 32 bytes.
            bad: Numbers of the pages that are not authentic.
            path: What errors shall call the file.
        """
        self.path = path
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # noqa: PLC0415 - start-up

        def cipher(vector: bytes) -> Cipher[modes.CBC]:
            return Cipher(algorithms.AES(key), modes.CBC(vector))

        self._cipher = cipher
        self._read, self._bad = read, bad
        self._count = size // PAGE_SIZE
        self.trees: dict[str, Tree] = {}
        self.owners: dict[int, str] = {}
        self.columns: dict[str, tuple[str, ...]] = {}
        self.types: dict[str, tuple[str, ...]] = {}
        self._needed: dict[str, tuple[bool, ...]] = {}
        self._seen: set[int] = set()
        self._steps = _MOST_READINGS * self._count
        self._find()

    # --- pages ------------------------------------------------------------------------------------

    def page(self, number: int) -> bytes | None:
        """A page decrypted; None where it is damaged or not there. The first one begins with its header."""
        if number in self._bad or not 1 <= number <= self._count:
            return None
        raw = self._read((number - 1) * PAGE_SIZE, PAGE_SIZE)
        if len(raw) != PAGE_SIZE:
            return None
        skip = LENGTH if number == 1 else 0
        decryptor = self._cipher(raw[_USABLE : _USABLE + 16]).decryptor()
        return bytes(skip) + decryptor.update(raw[skip:_USABLE]) + decryptor.finalize()

    def _find(self) -> None:
        for statement in schema.ALL_STATEMENTS:
            if found := re.match(r"\s*CREATE TABLE (\w+)", statement):
                self._describe(found[1], statement)
        roots: list[tuple[str, str, int]] = []
        lost = self._walk(Tree(SCHEMA), 1)
        leaves = self.trees[SCHEMA].leaves
        if lost:
            # Rows of the schema may lie on pages that its damaged ones led to.
            leaves = [*leaves, *(number for number in self._all_leaves() if number not in self._seen)]
        for number in leaves:
            for cell in self.cells(number):
                row = self.values(cell)
                if row is None or len(row) != 5 or row[0] not in {"table", "index"}:
                    continue
                kind, name, of, root, sql = row
                if isinstance(name, str) and isinstance(of, str) and isinstance(root, int) and root > 1:
                    roots.append((str(kind), of if kind == "index" else name, root))
                    # Of the tables of ours no version has other columns, whatever the file says.
                    if kind == "table" and isinstance(sql, str) and name not in self.columns:
                        self._describe(name, sql)
        for kind, name, root in roots:
            if kind == "table" and name not in self.trees:
                self._walk(Tree(name), root)
            elif kind == "index":
                self._walk_index(name, root)
        self.strays = [
            number for number in (self._all_leaves() if not self.complete else ()) if number not in self._seen
        ]

    @property
    def version(self) -> int:
        """The number of the last migration, as the first page says; 0 where that is damaged."""
        first = self.page(1)
        return int.from_bytes(first[60:64], "big") if first else 0

    @property
    def cut(self) -> bool:
        """Whether the first page says that there should be more pages."""
        first = self.page(1)
        return first is not None and int.from_bytes(first[28:32], "big") > self._count

    @property
    def complete(self) -> bool:
        """Whether every table of a vault can be reached whole."""
        names = set(self.columns) | {SCHEMA}
        return all(name in self.trees and self.trees[name].whole for name in names)

    def _describe(self, name: str, sql: str) -> None:
        # Everything after a comma is a column, if it begins with two words of which the second is a type.
        found = re.findall(r"(?:\(|,)\s*(\w+)\s+(TEXT|INTEGER|BLOB|REAL|ANY)\b([^,]*)", sql)
        self.columns[name] = tuple(column for column, _type, _rest in found)
        self.types[name] = tuple(
            "ROWID" if kind == "INTEGER" and "PRIMARY KEY" in rest else kind for _column, kind, rest in found
        )
        self._needed[name] = tuple("NOT NULL" in rest for _column, _kind, rest in found)

    def _all_leaves(self) -> Iterator[int]:
        for number in range(1, self._count + 1):
            page = self.page(number)
            if page is not None and page[_FIRST_HEADER if number == 1 else 0] == _TABLE_LEAF:
                yield number

    def _walk(self, tree: Tree, root: int) -> bool:
        """Find a table's leaves; whether something of it is damaged."""
        self.trees[tree.name] = tree
        self._descend(tree, root, 0, last=True)
        return not tree.whole

    def _descend(self, tree: Tree, number: int, depth: int, *, last: bool) -> None:
        page = None if number in self._seen else self.page(number)
        kind = page[_FIRST_HEADER if number == 1 else 0] if page else 0
        if page is None or depth > _DEEPEST or kind not in {_TABLE_INNER, _TABLE_LEAF}:
            tree.whole = False
            tree.tail = tree.tail and not last
            if page is None and number not in self._seen:
                self.owners[number] = tree.name
            return
        self._seen.add(number)
        if kind == _TABLE_LEAF:
            tree.leaves.append(number)
            return
        children = _children(page, number)
        for place, child in enumerate(children):
            self._descend(tree, child, depth + 1, last=last and place == len(children) - 1)

    def _walk_index(self, name: str, number: int, depth: int = 0) -> None:
        page = self.page(number)
        if page is None:
            self.owners.setdefault(number, f"{name} index")
        elif number not in self._seen and depth <= _DEEPEST:
            self._seen.add(number)
            if page[0] == _INDEX_INNER:
                for child in _children(page, number):
                    self._walk_index(name, child, depth + 1)

    # --- rows -------------------------------------------------------------------------------------

    def cells(self, number: int) -> Iterator[Cell]:
        """The rows of a page with rows; what is no row is left out."""
        page = self.page(number)
        if page is None:
            return
        start = _FIRST_HEADER if number == 1 else 0
        if page[start] != _TABLE_LEAF:
            return
        for offset in _pointers(page, start, 8):
            try:
                size, at = _varint(page, offset)
                rowid, at = _varint(page, at)
            except IndexError:
                continue
            if size > _LONGEST_PAYLOAD:
                continue
            local = size
            if size > _LARGEST_LOCAL:
                local = _SMALLEST_LOCAL + (size - _SMALLEST_LOCAL) % (_USABLE - 4)
                local = local if local <= _LARGEST_LOCAL else _SMALLEST_LOCAL
            overflow = int.from_bytes(page[at + local : at + local + 4], "big") if local < size else 0
            if at + local <= _USABLE:
                yield Cell(_signed(rowid), size, page[at : at + local], overflow)

    def payload(self, cell: Cell, owner: str = "") -> bytes | None:
        """All bytes of a row; None where one of its pages is damaged.

        Args:
            cell: The row.
            owner: Whose page the damaged one is then said to be.
        """
        if cell.size > self._count * PAGE_SIZE:
            return None
        parts, left, number = [cell.local], cell.size - len(cell.local), cell.overflow
        while left > 0:
            # Rows that share their pages, or go in a circle, would be read for ever.
            self._steps -= 1
            page = self.page(number) if self._steps > 0 else None
            if page is None:
                if owner:
                    self.owners.setdefault(number, owner)
                return None
            number = int.from_bytes(page[:4], "big")
            parts.append(page[4 : 4 + min(left, _USABLE - 4)])
            left -= len(parts[-1])
        return b"".join(parts)

    def values(self, cell: Cell, owner: str = "") -> tuple[Value, ...] | None:
        """A row's values, None where it can't be read whole."""
        payload = self.payload(cell, owner)
        return None if payload is None else decoded(payload)

    def beginning(self, cell: Cell, most: int) -> tuple[Value, ...]:
        """A row's first values, as far as they lie on its first page."""
        return decoded(cell.local, most) or ()

    def is_chunk(self, cell: Cell) -> bool:
        """Whether a row has the shape of a piece of a file: two numbers and bytes."""
        try:
            end, at = _varint(cell.local, 0)
            kinds: list[int] = []
            while at < end and len(kinds) <= 3:
                kind, at = _varint(cell.local, at)
                kinds.append(kind)
        except IndexError:
            return False
        return len(kinds) == 3 and kinds[0] in _WHOLE and kinds[1] in _WHOLE and _is_bytes(kinds[2])

    def rows(self, table: str) -> Iterator[tuple[Cell, tuple[Value, ...] | None]]:
        """A table's rows, None for one that can't be read whole."""
        tree = self.trees.get(table)
        for number in tree.leaves if tree else ():
            for cell in self.cells(number):
                yield cell, self.values(cell, table)

    def named(self, table: str, cell: Cell, values: tuple[Value, ...]) -> dict[str, Any] | None:
        """A row by column name; None where it does not have the table's shape."""
        columns, types = self.columns.get(table, ()), self.types.get(table, ())
        if len(values) != len(columns):
            return None
        made: dict[str, Any] = {}
        for name, kind, needed, value in zip(columns, types, self._needed[table], values, strict=True):
            fits = {"TEXT": str, "INTEGER": int, "BLOB": bytes, "ROWID": int}.get(kind, object)
            if not isinstance(value, fits) if value is not None else needed:
                return None
            if kind == "ROWID" and value is not None:
                return None
            made[name] = cell.rowid if kind == "ROWID" else value
        return made


def decoded(payload: bytes, most: int | None = None) -> tuple[Value, ...] | None:
    """The values of a row as SQLite writes them; None where it is none.

    Args:
        payload: The row.
        most: How many values are wanted, from the first; None for all.
    """
    try:
        end, at = _varint(payload, 0)
        if end > len(payload):
            return None
        kinds = []
        while at < end:
            kind, at = _varint(payload, at)
            kinds.append(kind)
            if len(kinds) > _MOST_COLUMNS:
                return None
        found: list[Value] = []
        for kind in kinds[:most]:
            length = _FIXED.get(kind, 0) if kind < 12 else (kind - 12) // 2
            content = payload[at : at + length]
            if len(content) < length:
                return None
            at += length
            found.append(_value(kind, content))
    except (IndexError, ValueError):
        return None
    return tuple(found)


def _is_bytes(kind: int) -> bool:
    return kind >= 12 and kind % 2 == 0


def _value(kind: int, content: bytes) -> Value:
    if kind == 0:
        return None
    if kind in {8, 9}:
        return kind - 8
    if kind <= 6:
        return int.from_bytes(content, "big", signed=True)
    if kind < 12:
        message = "a kind of value that a vault has not"
        raise ValueError(message)
    return content.decode() if kind % 2 else content


def _children(page: bytes, number: int) -> list[int]:
    """The pages below an inner page, in order."""
    start = _FIRST_HEADER if number == 1 else 0
    below = [int.from_bytes(page[offset : offset + 4], "big") for offset in _pointers(page, start, 12)]
    return [*below, struct.unpack(">I", page[start + 8 : start + 12])[0]]


def _pointers(page: bytes, start: int, header: int) -> list[int]:
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    at = start + header
    places = [int.from_bytes(page[at + 2 * each : at + 2 * each + 2], "big") for each in range(count)]
    return [place for place in dict.fromkeys(places) if at < place < _USABLE]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    number = 0
    for place in range(8):
        byte = data[at + place]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + place + 1
    return number << 8 | data[at + 8], at + 9


def _signed(number: int) -> int:
    return number - (1 << 64) if number >= 1 << 63 else number
