"""What was changed, when and by whom: appended with the change itself, never altered.

Each entry holds the hash of the one before, so an entry that is changed, missing or moved breaks the
chain. It must not be written outside a transaction, nor by anything but ``Writer``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tsguard.domain.codec import to_json
from tsguard.errors import VaultDamaged
from tsguard.store.driver import Database, Row

Clock = Callable[[], datetime]
"""Gives the present moment, aware of its time zone."""

EMPTY_HEAD = "0" * 64
"""The head of a journal without entries, and what its first entry follows."""

_COLUMNS = "seq, at, who, action, kind, key, before_hash, after_hash, after, previous_hash, hash"


def utc_now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def timestamp(clock: Clock) -> str:
    """The present moment as the journal writes it: ``2026-11-23T04:05:06.789Z``."""
    moment = clock().astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One change.

    Attributes:
        seq: Counted from 1 without gaps.
        at: UTC with milliseconds, ``2026-11-23T04:05:06.789Z``.
        who: As the session named itself.
        action: What was done, such as ``answer.set`` or ``evidence.remove``.
        kind: The kind of record, such as ``answer``.
        key: The record's key; parts are parted by ``/``.
        before_hash: SHA-256 of the record's state before, or None where there was none.
        after_hash: SHA-256 of ``after``, or None where the record was removed.
        after: The record's new state as canonical JSON, or None where it was removed.
        previous_hash: The ``hash`` of the entry before, 64 zeros for the first.
        hash: SHA-256 of the canonical JSON of all the other fields.
    """

    seq: int
    at: str
    who: str
    action: str
    kind: str
    key: str
    before_hash: str | None
    after_hash: str | None
    after: str | None = field(repr=False)
    previous_hash: str
    hash: str


def sha256(content: bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def entry_hash(row: Row) -> str:
    """The hash that an entry of these fields has."""
    return sha256(to_json({name: value for name, value in row.items() if name != "hash"}))


class Journal:
    """The journal of an open vault.

    The head is kept in memory, so an entry costs no reading.

    Attributes:
        head: Hash of the newest entry, ``EMPTY_HEAD`` without one.
        length: Number of entries.
    """

    def __init__(self, database: Database, who: str, clock: Clock) -> None:
        self._database = database
        self._who = who
        self._clock = clock
        newest = database.one("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
        self.head: str = newest["hash"] if newest else EMPTY_HEAD
        self.length: int = newest["seq"] if newest else 0

    def restore(self, head: str, length: int) -> None:
        """Forget entries whose transaction was rolled back.

        Args:
            head: As it was before the transaction.
            length: Likewise.
        """
        self.head = head
        self.length = length

    def append(self, action: str, kind: str, key: str, before: bytes | None, after: bytes | None) -> None:
        """Write an entry into the transaction under way.

        Args:
            action: Such as ``answer.set``.
            kind: Such as ``answer``.
            key: The record's.
            before: Canonical JSON of the old state, or None where there was none.
            after: Canonical JSON of the new state, or None where it is removed.
        """
        row: Row = {
            "seq": self.length + 1,
            "at": timestamp(self._clock),
            "who": self._who,
            "action": action,
            "kind": kind,
            "key": key,
            "before_hash": None if before is None else sha256(before),
            "after_hash": None if after is None else sha256(after),
            "after": None if after is None else after.decode(),
            "previous_hash": self.head,
        }
        row["hash"] = entry_hash(row)
        self._database.execute(
            f"INSERT INTO journal ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
            tuple(row.values()),
        )
        self.head = row["hash"]
        self.length += 1

    def entries(self, newest: int | None = None) -> tuple[JournalEntry, ...]:
        """The entries, oldest first.

        Args:
            newest: How many of the newest; None for all.
        """
        limit = -1 if newest is None else max(newest, 0)
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM journal ORDER BY seq DESC LIMIT ?",  # noqa: S608 - a constant
            (limit,),
        )
        return tuple(JournalEntry(**row) for row in reversed(rows))

    def walk(self) -> Iterator[JournalEntry]:
        """All entries, oldest first, each checked against the one before.

        Raises:
            VaultDamaged: An entry is changed, missing or out of its place; ``what`` names the first.
        """
        previous, count = EMPTY_HEAD, 0
        with closing(self._database.each(f"SELECT {_COLUMNS} FROM journal ORDER BY seq")) as rows:  # noqa: S608 - a constant
            for row in rows:
                count += 1
                entry = JournalEntry(**row)
                after_hash = sha256(entry.after.encode()) if isinstance(entry.after, str) else None
                if (
                    entry.seq != count
                    or entry.previous_hash != previous
                    or entry.after_hash != after_hash
                    or entry.hash != entry_hash(row)
                ):
                    raise VaultDamaged(self._database.path, f"journal entry {count}")
                previous = entry.hash
                yield entry
        if (previous, count) != (self.head, self.length):
            raise VaultDamaged(self._database.path, f"journal entry {count + 1}")
