"""What a vault still says, however much of it is damaged.

``gathering`` fills it in. It must not change anything, and takes nothing for proven that is not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tsguard.store.audit import ChainFault
from tsguard.store.driver import Row
from tsguard.store.journal import JournalEntry
from tsguard.store.raw_pages import Cell, RawPages

CHUNKS = "file_chunks"

Key = tuple[str, str]
"""Kind and key of a record, as the journal writes them."""


class Origin(StrEnum):
    """Where a record's state was found."""

    TABLE = "table"
    """In its table, and the journal says the same."""
    JOURNAL = "journal"
    """In the journal alone, which is complete from there on."""
    TABLE_ONLY = "table-only"
    """In its table alone; the journal entry about it is lost, so nothing proves that it is the newest."""
    OLDER = "older"
    """In the journal alone, and later entries are lost: it may have been changed or removed since."""

    @property
    def proven(self) -> bool:
        """Whether it is certain to be the newest state."""
        return self in {Origin.TABLE, Origin.JOURNAL}


class RecordFault(StrEnum):
    """What is wrong with a record in its table."""

    ALTERED = "altered"
    MISSING = "missing"
    UNEXPECTED = "unexpected"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """One record that can be told.

    Attributes:
        kind: As the journal calls it.
        key: Likewise.
        state: Its state.
        origin: Where it was found.
    """

    kind: str
    key: str
    state: Row = field(repr=False)
    origin: Origin


@dataclass(frozen=True, slots=True)
class FoundFile:
    """An evidence file's content, whole.

    Attributes:
        sha256: 64 hexadecimal digits.
        sm3: Likewise.
        size: In bytes.
        chunks: Where its pieces lie, in order.
    """

    sha256: str
    sm3: str
    size: int
    chunks: tuple[Cell, ...] = field(repr=False)


@dataclass(slots=True)
class Remains:
    """Everything that can be told of a vault.

    Attributes:
        pages: Its pages.
        entries: Journal entries whose own hash is right, by number.
        journal_faults: Where the chain does not hold, in order.
        missing_entries: How many entries are known to be lost.
        tail_lost: Whether the newest entries may be lost, nobody knows how many.
        records: What can be told, by kind and key.
        faults: Records that are not in their table as they should be.
        incomplete: Kinds of which there may have been more: neither row nor entry is left of those.
        frozen: Frozen texts whose hash is right.
        frozen_lost: Hashes of those that an assessment names and that are not there.
        links_whole: Whether all links of evidence to items were readable.
        rows: States as they lie in the tables.
        ambiguous: Keys of which there are two rows that differ.
        listed: The list of files, by its own numbers.
        chunks: Where the pieces of each lie, by that number.
    """

    pages: RawPages
    entries: dict[int, JournalEntry] = field(default_factory=dict, repr=False)
    journal_faults: tuple[ChainFault, ...] = ()
    missing_entries: int = 0
    tail_lost: bool = False
    records: dict[Key, FoundRecord] = field(default_factory=dict, repr=False)
    faults: dict[Key, RecordFault] = field(default_factory=dict)
    incomplete: tuple[str, ...] = ()
    frozen: dict[str, str] = field(default_factory=dict, repr=False)
    frozen_lost: tuple[str, ...] = ()
    links_whole: bool = True
    rows: dict[Key, Row] = field(default_factory=dict, repr=False)
    ambiguous: set[Key] = field(default_factory=set, repr=False)
    listed: dict[int, Row] = field(default_factory=dict, repr=False)
    chunks: dict[int, dict[int, Cell]] = field(default_factory=dict, repr=False)
    # Each is read once: without the list of files, every one may be the one that is looked for.
    _known: dict[int, tuple[str, str, int] | None] = field(default_factory=dict, repr=False)

    @property
    def head(self) -> str:
        """Hash of the newest entry that is left; "" where none is."""
        return self.entries[max(self.entries)].hash if self.entries else ""

    @property
    def length(self) -> int:
        """Number of the newest entry that is left."""
        return max(self.entries, default=0)

    @property
    def first_hash(self) -> str:
        """Hash of the first entry; of the second one's word for it where that is lost; "" where both are."""
        if 1 in self.entries:
            return self.entries[1].hash
        return self.entries[2].previous_hash if 2 in self.entries else ""

    def of_kind(self, kind: str) -> Iterator[FoundRecord]:
        """The records of a kind, in the order in which they were first written where that is known."""
        return (each for each in self.records.values() if each.kind == kind)

    # --- evidence files -----------------------------------------------------------------------------

    def stored_files(self) -> dict[str, int]:
        """Sizes of the stored files that are listed, by SHA-256."""
        return {str(row["sha256"]): int(row["size"]) for row in self.listed.values() if row["sha256"]}

    def file(self, sha256_wanted: str, step: Callable[[int], None] = lambda _count: None) -> FoundFile | None:
        """A file's content, read whole and compared; None where it is not there as it should be.

        Args:
            sha256_wanted: 64 hexadecimal digits.
            step: Told the bytes of each piece; may raise ``Cancelled``.
        """
        known = [number for number, row in self.listed.items() if row["sha256"] == sha256_wanted]
        unlisted = [number for number in self.chunks if number not in self.listed]
        for number in (*known, *unlisted):
            cells = self.chunks.get(number, {})
            if not cells or sorted(cells) != list(range(len(cells))):
                continue
            chunks = tuple(cells[place] for place in range(len(cells)))
            if number not in self._known:
                self._known[number] = self._digests(chunks, step)
            found = self._known[number]
            if found is not None and found[0] == sha256_wanted:
                return FoundFile(found[0], found[1], found[2], chunks)
        return None

    def chunk(self, cell: Cell) -> bytes | None:
        """The content of one piece; None where it can't be read."""
        values = self.pages.values(cell, CHUNKS)
        content = values[2] if values is not None and len(values) == 3 else None
        return content if isinstance(content, bytes) else None

    def _digests(self, chunks: tuple[Cell, ...], step: Callable[[int], None]) -> tuple[str, str, int] | None:
        from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - start-up time

        digest, sm3, size = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0
        for cell in chunks:
            content = self.chunk(cell)
            if content is None:
                return None
            digest.update(content)
            sm3.update(content)
            size += len(content)
            step(len(content))
        return digest.hexdigest(), sm3.finalize().hex(), size
