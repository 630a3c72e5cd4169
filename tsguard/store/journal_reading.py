"""Reading the journal page by page, and what there was after one of its entries.

What it gives was written by ``Writer`` and is checked against its hashes; it must not change anything.
Nothing here is kept: memory is that of one page, or of one state of the records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, TypeVar

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.codec import from_json, from_plain
from tsguard.domain.dossier import Clearance, IssuedDocument
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.rectification import Rectification
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import VaultDamaged
from tsguard.store.driver import Database, Row
from tsguard.store.journal import JournalEntry, entry_hash, sha256
from tsguard.store.journal_filter import JournalFilter, condition
from tsguard.store.records import TABLES, Reader

T = TypeVar("T")
N = TypeVar("N", Evidence, SecretPoint, Rectification, IssuedDocument, Clearance)

_COLUMNS = "seq, at, who, action, kind, key, before_hash, after_hash, after, previous_hash, hash"
_TABLES = {table.kind: table for table in TABLES}
_BATCH = 300
"""Pairs of kind and key in one statement; SQLite takes many more."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted so far.

    Attributes:
        last: The number of the last entry that was counted.
        entries: How many were.
        wanted: How many of them are wanted.
        people: Whom they name.
    """

    last: int = 0
    entries: int = 0
    wanted: int = 0
    people: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PastRecords:
    """All records as they were after an entry of the journal.

    Attributes:
        seq: That entry's number; 0 for before the first.
        head: Its hash; "" for none.
        at: When it was written; "" for none.
        enterprises: In the order they were added, as everything else where no other order is given.
        assessments: By the day they were begun.
        answers: By assessment and item.
        evidence: In order of its numbers.
        secret_points: In order of their numbers.
        form_values: By assessment and field.
        rectifications: In order of their numbers.
        issued_documents: Likewise.
        clearances: Likewise.
    """

    seq: int
    head: str
    at: str
    enterprises: tuple[Enterprise, ...]
    assessments: tuple[Assessment, ...]
    answers: dict[tuple[str, str], Answer]
    evidence: tuple[Evidence, ...]
    secret_points: tuple[SecretPoint, ...]
    form_values: dict[tuple[str, str], FormValue]
    rectifications: tuple[Rectification, ...]
    issued_documents: tuple[IssuedDocument, ...]
    clearances: tuple[Clearance, ...]


class JournalReader:
    """Looks into the journal of an open vault, for as long as its lock is held."""

    def __init__(self, database: Database, reader: Reader) -> None:
        self._database = database
        self._reader = reader

    # --- page by page ---------------------------------------------------------------------------

    def page(self, wanted: JournalFilter, before: int | None, limit: int) -> tuple[JournalEntry, ...]:
        """The newest entries that are wanted, newest first.

        Args:
            wanted: Which ones.
            before: Only entries with a smaller number; None for the newest of all.
            limit: How many at most.
        """
        where, parameters = condition(wanted)
        if before is not None:
            where, parameters = f"{where} AND seq < ?", [*parameters, before]
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM journal WHERE {where} ORDER BY seq DESC LIMIT ?",  # noqa: S608
            (*parameters, max(0, limit)),
        )
        return tuple(JournalEntry(**row) for row in rows)

    def count(self, wanted: JournalFilter) -> int:
        """How many entries are wanted."""
        where, parameters = condition(wanted)
        return int(self._database.value(f"SELECT count(*) FROM journal WHERE {where}", parameters))  # noqa: S608

    def tally(self, after: int, wanted: JournalFilter) -> Tally:
        """How many entries there are behind one, by who wrote them, and how many of them are wanted.

        Args:
            after: Only entries with a larger number, so that what was counted is not counted again.
            wanted: Which ones are wanted.
        """
        where, parameters = condition(wanted)
        rows = self._database.rows(
            f"SELECT who, max(seq) AS last, count(*) AS entries, sum({where}) AS wanted "  # noqa: S608
            "FROM journal WHERE seq > ? GROUP BY who",
            [*parameters, after],
        )
        return Tally(
            last=max((row["last"] for row in rows), default=after),
            entries=sum(row["entries"] for row in rows),
            wanted=sum(row["wanted"] for row in rows),
            people=frozenset(row["who"] for row in rows),
        )

    def entries(self, numbers: Iterable[int]) -> dict[int, JournalEntry]:
        """The entries of these numbers; one that there is not is left out."""
        found: dict[int, JournalEntry] = {}
        asked = sorted(set(numbers))
        for start in range(0, len(asked), _BATCH):
            some = asked[start : start + _BATCH]
            marks = ", ".join("?" * len(some))
            for row in self._database.each(f"SELECT {_COLUMNS} FROM journal WHERE seq IN ({marks})", some):  # noqa: S608
                found[row["seq"]] = JournalEntry(**row)
        return found

    def previous(self, entries: Sequence[JournalEntry]) -> dict[int, JournalEntry]:
        """The entry about the same record before each of these, by the later one's number.

        An entry about a record that was not there before has none. The journal is walked backwards once
        for all, only as far as it must be: it has no index, since it is written far oftener than read.

        Raises:
            VaultDamaged: An entry does not follow from the one before.
        """
        pending: dict[tuple[str, str], list[int]] = {}
        for entry in sorted(entries, key=lambda each: each.seq):
            if entry.before_hash is not None:
                pending.setdefault((entry.kind, entry.key), []).append(entry.seq)
        before_of: dict[int, int] = {}
        wanted = list(pending)
        for start in range(0, len(wanted), _BATCH):
            some = {pair: pending[pair] for pair in wanted[start : start + _BATCH]}
            self._walk_back(some, before_of)
        found = self.entries(before_of.values())
        made = {seq: found[earlier] for seq, earlier in before_of.items()}
        for entry in entries:
            known = made.get(entry.seq)
            if entry.before_hash != (known.after_hash if known else None):
                raise VaultDamaged(self._database.path, f"journal entry {entry.seq}")
        return made

    def _walk_back(self, pending: dict[tuple[str, str], list[int]], before_of: dict[int, int]) -> None:
        marks = ", ".join("(?, ?)" for _pair in pending)
        newest = max(numbers[-1] for numbers in pending.values())
        sql = (
            "SELECT seq, kind, key FROM journal "  # noqa: S608
            f"WHERE seq < ? AND (kind, key) IN (VALUES {marks}) ORDER BY seq DESC"
        )
        parameters = [newest, *(part for pair in pending for part in pair)]
        with closing(self._database.each(sql, parameters)) as rows:
            for row in rows:
                numbers = pending.get((row["kind"], row["key"]))
                while numbers and numbers[-1] > row["seq"]:
                    before_of[numbers.pop()] = row["seq"]
                if numbers is not None and not numbers:
                    del pending[row["kind"], row["key"]]
                if not pending:
                    return

    def hashed(self, start: str, end: str = "", limit: int = 2) -> tuple[tuple[int, str], ...]:
        """Number and hash of the entries whose hash begins, or else ends, with some digits; oldest first.

        Args:
            start: Lower-case hexadecimal digits.
            end: Likewise; "" for any end.
            limit: How many at most.
        """
        ends, parameters = (" OR hash LIKE ?", [f"%{end}"]) if end else ("", [])
        rows = self._database.rows(
            f"SELECT seq, hash FROM journal WHERE hash LIKE ?{ends} ORDER BY seq LIMIT ?",  # noqa: S608
            (f"{start}%", *parameters, limit),
        )
        return tuple((row["seq"], row["hash"]) for row in rows)

    def moments(self, numbers: Iterable[int]) -> dict[int, str]:
        """When the entries of these numbers were written, as the journal writes it."""
        found: dict[int, str] = {}
        asked = sorted(set(numbers))
        for start in range(0, len(asked), _BATCH):
            some = asked[start : start + _BATCH]
            marks = ", ".join("?" * len(some))
            for row in self._database.each(f"SELECT seq, at FROM journal WHERE seq IN ({marks})", some):  # noqa: S608
                found[row["seq"]] = row["at"]
        return found

    # --- a past state ---------------------------------------------------------------------------

    def newest_before(self, moment: str) -> int:
        """The number of the last entry whose time is before a moment; 0 where there is none.

        Last by number: the clock may have gone back, and then later entries have earlier times.
        """
        return int(self._database.value("SELECT max(seq) FROM journal WHERE at < ?", (moment,)) or 0)

    def set_back(self, moment: str, limit: int) -> tuple[tuple[str, str, int], ...]:
        """Where the clock went from a moment or after it to before it, oldest first.

        Returns:
            The time it went from, the time it went to, and the number of the entry that has the latter.
        """
        rows = self._database.rows(
            "SELECT * FROM (SELECT seq, at, lag(at) OVER (ORDER BY seq) AS former FROM journal)"
            " WHERE former >= ? AND at < ? ORDER BY seq LIMIT ?",
            (moment, moment, limit),
        )
        return tuple((row["former"], row["at"], row["seq"]) for row in rows)

    def past(self, seq: int) -> PastRecords:
        """All records as they were after the entry of that number, rebuilt from the journal alone.

        Raises:
            VaultDamaged: An entry, or a frozen text, is not what its hash says; ``what`` names it.
        """
        states: dict[str, list[tuple[str, Row]]] = {}
        sql = (
            f"SELECT {', '.join(f'j.{name}' for name in _COLUMNS.split(', '))} FROM journal AS j JOIN ("  # noqa: S608
            "SELECT max(seq) AS newest, min(seq) AS oldest FROM journal WHERE seq <= ? "
            "AND kind NOT IN ('sequence', 'setting') GROUP BY kind, key) ON j.seq = newest ORDER BY oldest"
        )
        for row in self._database.each(sql, (seq,)):
            entry = self._checked(row)
            if entry.after is not None:
                states.setdefault(entry.kind, []).append((entry.key, self._state(entry)))
        last = self.entries([seq]).get(seq)

        def values(kind: type[T], name: str) -> tuple[T, ...]:
            return tuple(self._value(kind, name, state) for _key, state in states.get(name, []))

        return PastRecords(
            seq=seq if last else 0,
            head=last.hash if last else "",
            at=last.at if last else "",
            enterprises=values(Enterprise, "enterprise"),
            assessments=tuple(
                sorted(
                    (self.assessment(state) for _key, state in states.get("assessment", [])),
                    key=lambda each: each.started,
                )
            ),
            answers={
                (state["assessment"], state["item"]): answer
                for (_key, state), answer in zip(
                    states.get("answer", []), values(Answer, "answer"), strict=True
                )
            },
            evidence=_by_number(values(Evidence, "evidence")),
            secret_points=_by_number(values(SecretPoint, "secret_point")),
            form_values={(value.assessment, value.field): value for value in values(FormValue, "form_value")},
            rectifications=_by_number(values(Rectification, "rectification")),
            issued_documents=_by_number(values(IssuedDocument, "issued_document")),
            clearances=_by_number(values(Clearance, "clearance")),
        )

    def assessment(self, state: Row) -> Assessment:
        """The assessment of a state as the journal holds it, with the texts it froze.

        Raises:
            VaultDamaged: It is none, or a frozen text is not the one it names.
        """
        try:
            return self._reader.assessment(state)
        except KeyError:
            raise VaultDamaged(self._database.path, "journal") from None

    def _checked(self, row: Row) -> JournalEntry:
        entry = JournalEntry(**row)
        after_hash = None if entry.after is None else sha256(entry.after.encode())
        if entry.after_hash != after_hash or entry.hash != entry_hash(row):
            raise VaultDamaged(self._database.path, f"journal entry {entry.seq}")
        return entry

    def _state(self, entry: JournalEntry) -> Row:
        try:
            return from_json(dict[str, Any], entry.after or "")
        except ValueError:
            # The cause would carry the content.
            raise VaultDamaged(self._database.path, f"journal entry {entry.seq}") from None

    def _value(self, kind: type[T], name: str, state: Row) -> T:
        try:
            # A state of an older format may lack a field: it had its default.
            return from_plain(kind, _TABLES[name].plain(state))
        except ValueError:
            # The cause would carry the content.
            raise VaultDamaged(self._database.path, "journal") from None


def _by_number(records: tuple[N, ...]) -> tuple[N, ...]:
    """E-99 before E-100."""
    return tuple(sorted(records, key=lambda record: (len(record.id), record.id)))
