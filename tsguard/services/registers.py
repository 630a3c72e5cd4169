"""Registers: numbered records of one kind that can be added, changed, taken out and put back.

The pattern for every 台账: the record kind says how it is numbered, checked and stored; the register
keeps memory and file in step. First the file, then memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, Self, TypeVar

from tsguard.domain import validation
from tsguard.domain.dossier import Clearance
from tsguard.domain.rectification import Rectification
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import InvalidField, UnknownRecord
from tsguard.store.vault import Vault
from tsguard.store.writer import Writer


class Record(Protocol):
    """What a register holds: a frozen dataclass with an id and its enterprise's id."""

    @property
    def id(self) -> str:
        """Given by the register, never reused."""

    @property
    def enterprise(self) -> str:
        """The enterprise it belongs to."""


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class RecordKind(Generic[R]):
    """How one kind of record is numbered, checked and stored.

    Attributes:
        name: The vault's name for it.
        number: Makes an id of a running number.
        problems: Finds what is wrong with a record.
        put: Stores one.
        remove: Takes one out.
    """

    name: str
    number: Callable[[int], str]
    problems: Callable[[R], Iterable[validation.FieldProblem]]
    put: Callable[[Writer, R], None]
    remove: Callable[[Writer, str, str], None]


SECRET_POINTS: RecordKind[SecretPoint] = RecordKind(
    name="secret_point",
    number=lambda number: f"SP-{number:04d}",
    problems=validation.secret_point_problems,
    put=lambda writer, point: writer.put_secret_point(point),
    remove=lambda writer, enterprise, point: writer.remove_secret_point(enterprise, point),
)

RECTIFICATIONS: RecordKind[Rectification] = RecordKind(
    name="rectification",
    number=lambda number: f"R-{number:04d}",
    problems=validation.rectification_problems,
    put=lambda writer, task: writer.put_rectification(task),
    remove=lambda writer, enterprise, task: writer.remove_rectification(enterprise, task),
)

CLEARANCES: RecordKind[Clearance] = RecordKind(
    name="clearance",
    number=lambda number: f"C-{number:04d}",
    problems=validation.clearance_problems,
    put=lambda writer, clearance: writer.put_clearance(clearance),
    remove=lambda writer, enterprise, clearance: writer.remove_clearance(enterprise, clearance),
)


def refuse_blocking(problems: Iterable[validation.FieldProblem]) -> None:
    """Raise for the first problem that keeps a value from being stored.

    Raises:
        InvalidField: There is one.
    """
    for problem in problems:
        if problem.blocking:
            raise InvalidField(problem.field, problem.rule)


class Register(Generic[R]):
    """The records of one kind of one enterprise, in order of their numbers.

    Attributes:
        kind: Of what.
    """

    def __init__(
        self,
        vault: Vault,
        enterprise: str,
        kind: RecordKind[R],
        records: Iterable[R],
        stored: Callable[[], None],
    ) -> None:
        self.kind = kind
        self._vault = vault
        self._enterprise = enterprise
        self._records = {record.id: record for record in records}
        self._stored = stored

    def __iter__(self) -> Iterator[R]:
        return iter(tuple(self._records.values()))

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._records

    def get(self, record_id: str) -> R:
        """The record of that id.

        Raises:
            UnknownRecord: There is none.
        """
        if record_id not in self._records:
            raise UnknownRecord(self.kind.name, record_id)
        return self._records[record_id]

    def add(self, record: R) -> R:
        """Store a new record and give it its number; the record as stored.

        Raises:
            InvalidField: A field that can't be stored.
            StorageError: The file system said no.
        """
        return self.add_all((record,))[0]

    def add_all(self, records: Iterable[R]) -> tuple[R, ...]:
        """Store new records in one transaction, all or none, numbered in their order; as stored.

        Raises:
            InvalidField: A field that can't be stored.
            StorageError: The file system said no.
        """
        drafts = tuple(map(validation.one_line, records))
        for draft in drafts:
            self.check(draft)
        if not drafts:
            return ()
        added = []
        with self._vault.write() as writer:
            for draft in drafts:
                number = writer.new_number(self.kind.name, self._enterprise)
                record = self._owned(draft, id=self.kind.number(number))
                self.kind.put(writer, record)
                added.append(record)
        self._records.update((record.id, record) for record in added)
        self._stored()
        return tuple(added)

    def put(self, record: R) -> R | None:
        """Store a changed or once removed record; as it was, None where it was not there.

        Raises:
            InvalidField: A field that can't be stored.
            StorageError: The file system said no.
        """
        before = self._records.get(record.id)
        self.put_all((record,))
        return before

    def put_all(self, records: Iterable[R]) -> None:
        """Store changed or once removed records in one transaction, all or none.

        Raises:
            InvalidField: A field that can't be stored.
            StorageError: The file system said no.
        """
        wanted = tuple(self._owned(validation.one_line(record)) for record in records)
        for record in wanted:
            self.check(record)
        changed = {record.id: record for record in wanted if record != self._records.get(record.id)}
        if not changed:
            return
        with self._vault.write() as writer:
            for record in changed.values():
                self.kind.put(writer, record)
        back = changed.keys() - self._records.keys()
        self._records.update(changed)
        if back:
            self._records = dict(sorted(self._records.items(), key=lambda pair: (len(pair[0]), pair[0])))
        self._stored()

    def remove(self, record_id: str) -> R:
        """Take a record out; the record, so that it can be put back. Its number is never given again.

        Raises:
            UnknownRecord: There is none of that id.
            StorageError: The file system said no.
        """
        return self.remove_all((record_id,))[0]

    def remove_all(self, record_ids: Iterable[str]) -> tuple[R, ...]:
        """Take different records out in one transaction, all or none; the records, to be put back.

        Raises:
            UnknownRecord: There is none of one of these ids.
            StorageError: The file system said no.
        """
        before = tuple(map(self.get, record_ids))
        if not before:
            return ()
        with self._vault.write() as writer:
            for record in before:
                self.kind.remove(writer, self._enterprise, record.id)
        for record in before:
            del self._records[record.id]
        self._stored()
        return before

    def check(self, record: R) -> None:
        """Refuse what can't be stored.

        Raises:
            InvalidField: A field that can't be stored.
        """
        refuse_blocking(self.kind.problems(record))

    def forget(self) -> Self:
        """Drop every decrypted value, at lock."""
        self._records = {}
        return self

    def _owned(self, record: R, **changes: Any) -> R:
        owned: R = replace(record, enterprise=self._enterprise, **changes)  # type: ignore[type-var]
        return owned
