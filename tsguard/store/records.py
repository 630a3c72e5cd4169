"""How each kind of record lies in its table, and back.

A record's *state* is a dict of plain data: what the journal hashes, and what lies in the columns. This
module must not open transactions or write the journal.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.checklist import Checklist
from tsguard.domain.codec import from_json, from_plain, to_json, to_plain
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.programme import Programme
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import InvalidField, VaultDamaged
from tsguard.store.driver import Database, Row
from tsguard.store.journal import sha256

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parent:
    """A record that must be there before one that names it.

    Attributes:
        column: The column that names it; None or "" names nothing.
        kind: The parent's kind.
        table: The parent's table.
        key: The parent's column.
    """

    column: str
    kind: str
    table: str
    key: str = "id"


class Table:
    """A kind of record and its table.

    Attributes:
        kind: As the journal calls it.
        name: The table.
        keys: The columns of its primary key.
        columns: All columns.
        parents: What its records name.
    """

    def __init__(
        self,
        kind: str,
        name: str,
        keys: tuple[str, ...],
        columns: tuple[str, ...],
        parents: tuple[Parent, ...] = (),
    ) -> None:
        self.kind = kind
        self.name = name
        self.keys = keys
        self.columns = columns
        self.parents = parents
        listed = ", ".join(columns)
        marks = ", ".join("?" for _ in columns)
        where = " AND ".join(f"{key} = ?" for key in keys)
        changes = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in keys)
        # Only names from this module stand in the statements, never a value.
        self._select = f"SELECT {listed} FROM {name}"  # noqa: S608
        self._select_one = f"{self._select} WHERE {where}"
        self._put = (
            f"INSERT INTO {name} ({listed}) VALUES ({marks}) "  # noqa: S608
            f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}"
        )
        self._delete = f"DELETE FROM {name} WHERE {where}"  # noqa: S608

    def key_of(self, state: Row) -> tuple[str, ...]:
        """The key of a state."""
        return tuple(state[key] for key in self.keys)

    def state(self, database: Database, key: Sequence[str]) -> Row | None:
        """The state of one record, or None where there is none."""
        return database.one(self._select_one, key)

    def each(
        self, database: Database, where: str = "", parameters: Sequence[object] = (), order: str = "rowid"
    ) -> Generator[Row, None, None]:
        """The states of many records, one after another; see ``Database.each``.

        Args:
            database: Whose.
            where: A condition on the columns; "" for all.
            parameters: For its question marks.
            order: What they are ordered by.
        """
        condition = f" WHERE {where}" if where else ""
        return database.each(f"{self._select}{condition} ORDER BY {order}", parameters)

    def states(
        self, database: Database, where: str = "", parameters: Sequence[object] = (), order: str = "rowid"
    ) -> list[Row]:
        """The states of many records; arguments as for ``each``."""
        return list(self.each(database, where, parameters, order))

    def put(self, database: Database, state: Row) -> None:
        """Insert or update a record."""
        database.execute(self._put, [state[column] for column in self.columns])

    def delete(self, database: Database, key: Sequence[str]) -> None:
        """Remove a record that is there."""
        database.execute(self._delete, key)


class EvidenceTable(Table):
    """Evidence with the items it supports, which lie in a table of links."""

    def state(self, database: Database, key: Sequence[str]) -> Row | None:
        """The state of one record with ``items`` in order, or None where there is none."""
        state = super().state(database, key)
        if state is not None:
            state["items"] = [
                row["item"]
                for row in database.each(
                    "SELECT item FROM evidence_items WHERE enterprise = ? AND evidence = ? ORDER BY position",
                    key,
                )
            ]
        return state

    def each(
        self, database: Database, where: str = "", parameters: Sequence[object] = (), order: str = "rowid"
    ) -> Generator[Row, None, None]:
        """The states of many records with their ``items``; ``where`` may speak of the enterprise only."""
        condition = f" WHERE {where}" if where else ""
        items: dict[tuple[str, str], list[str]] = {}
        for row in database.each(
            f"SELECT enterprise, evidence, item FROM evidence_items{condition} ORDER BY position",  # noqa: S608
            parameters,
        ):
            items.setdefault((row["enterprise"], row["evidence"]), []).append(row["item"])
        for state in super().each(database, where, parameters, order):
            yield {**state, "items": items.get((state["enterprise"], state["id"]), [])}

    def put(self, database: Database, state: Row) -> None:
        """Insert or update a record and its links."""
        super().put(database, state)
        key = self.key_of(state)
        self._unlink(database, key)
        for position, item in enumerate(state["items"]):
            database.execute(
                "INSERT INTO evidence_items (enterprise, evidence, position, item) VALUES (?, ?, ?, ?)",
                (*key, position, item),
            )

    def delete(self, database: Database, key: Sequence[str]) -> None:
        """Remove a record that is there, and its links."""
        self._unlink(database, key)
        super().delete(database, key)

    def _unlink(self, database: Database, key: Sequence[str]) -> None:
        database.execute("DELETE FROM evidence_items WHERE enterprise = ? AND evidence = ?", key)


def _fields(value: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(value))


_ENTERPRISE = Parent("enterprise", "enterprise", "enterprises")

ENTERPRISES = Table("enterprise", "enterprises", ("id",), _fields(Enterprise))
ASSESSMENTS = Table(
    "assessment",
    "assessments",
    ("id",),
    (
        "id",
        "enterprise",
        "title",
        "baseline",
        "started",
        "modules",
        "checklist_sha256",
        "programme_sha256",
    ),
    (_ENTERPRISE,),
)
ANSWERS = Table(
    "answer",
    "answers",
    ("assessment", "item"),
    ("assessment", *_fields(Answer)),
    (Parent("assessment", "assessment", "assessments"),),
)
EVIDENCE = EvidenceTable(
    "evidence",
    "evidence",
    ("enterprise", "id"),
    tuple(name for name in _fields(Evidence) if name != "items"),
    (_ENTERPRISE, Parent("sha256", "file", "files", "sha256")),
)
SECRET_POINTS = Table(
    "secret_point", "secret_points", ("enterprise", "id"), _fields(SecretPoint), (_ENTERPRISE,)
)
FORM_VALUES = Table(
    "form_value",
    "form_values",
    ("assessment", "field"),
    _fields(FormValue),
    (Parent("assessment", "assessment", "assessments"),),
)
SETTINGS = Table("setting", "settings", ("name",), ("name", "value"))
SEQUENCES = Table(
    "sequence", "sequences", ("enterprise", "kind"), ("enterprise", "kind", "next"), (_ENTERPRISE,)
)
TABLES = (ENTERPRISES, ASSESSMENTS, ANSWERS, EVIDENCE, SECRET_POINTS, FORM_VALUES, SETTINGS, SEQUENCES)


def key_text(key: Sequence[str]) -> str:
    """A key as the journal writes it."""
    return "/".join(key)


def checked(state: Row) -> Row:
    """The state, with booleans as 0 and 1, if a database can hold it.

    Raises:
        InvalidField: A text with half a surrogate pair (rule ``unicode``), or a number beyond 64 bits
            (rule ``range``).
    """
    plain: Row = {}
    for name, value in state.items():
        plain[name] = int(value) if isinstance(value, bool) else value
        for part in value if isinstance(value, list) else (value,):
            if isinstance(part, str):
                try:
                    part.encode()
                except UnicodeEncodeError:
                    # The cause would carry the text.
                    raise InvalidField(name, "unicode") from None
            elif isinstance(part, int) and not -(2**63) <= part < 2**63:
                raise InvalidField(name, "range")
    return plain


def state_of(value: Enterprise | SecretPoint | FormValue) -> Row:
    """The state of a record whose columns are its fields."""
    return checked(to_plain(value))


def answer_state(assessment: str, value: Answer) -> Row:
    """The state of an answer."""
    return checked({"assessment": assessment, **to_plain(value)})


def evidence_state(value: Evidence) -> Row:
    """The state of a piece of evidence; paper names no file."""
    plain = to_plain(value)
    return checked({**plain, "items": list(plain["items"]), "sha256": plain["sha256"] or None})


def assessment_state(value: Assessment) -> tuple[Row, dict[str, str]]:
    """The state of an assessment, which names its frozen texts by their hash.

    Returns:
        The state, and the frozen texts as canonical JSON by SHA-256.

    Raises:
        InvalidField: Of ``checked``.
    """
    try:
        texts = {
            name: to_json(frozen)
            for name, frozen in (("checklist", value.checklist), ("programme", value.programme))
        }
        modules = to_json(value.modules).decode()
    except UnicodeEncodeError:
        raise InvalidField("checklist", "unicode") from None
    hashes = {name: sha256(text) for name, text in texts.items()}
    state = checked(
        {
            "id": value.id,
            "enterprise": value.enterprise,
            "title": value.title,
            "baseline": value.baseline.isoformat(),
            "started": value.started.isoformat(),
            "modules": modules,
            "checklist_sha256": hashes["checklist"],
            "programme_sha256": hashes["programme"],
        }
    )
    return state, {hashes[name]: text.decode() for name, text in texts.items()}


def frozen_text(database: Database, digest: str) -> str:
    """The frozen text of that SHA-256.

    Raises:
        VaultDamaged: It is missing or another one.
    """
    text = database.value("SELECT json FROM frozen_texts WHERE sha256 = ?", (digest,))
    if text is None or sha256(text.encode()) != digest:
        raise VaultDamaged(database.path, "frozen text")
    return str(text)


class Reader:
    """Makes values of states, and finds those that are none.

    Frozen texts are decoded once and shared: an auditor's thousand assessments have few checklists.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._frozen: dict[tuple[type, str], Any] = {}

    def value(self, kind: type[T], state: Row, table: Table) -> T:
        """The value of a state.

        Raises:
            VaultDamaged: The state is none of that kind.
        """
        try:
            return from_plain(kind, state)
        except ValueError:
            # The cause would carry the content.
            raise VaultDamaged(self._database.path, table.kind) from None

    def answer(self, state: Row) -> Answer:
        """The answer of a state.

        Raises:
            VaultDamaged: It is none.
        """
        return self.value(Answer, {name: state[name] for name in ANSWERS.columns[1:]}, ANSWERS)

    def evidence(self, state: Row) -> Evidence:
        """The evidence of a state.

        Raises:
            VaultDamaged: It is none.
        """
        return self.value(Evidence, {**state, "sha256": state["sha256"] or ""}, EVIDENCE)

    def assessment(self, state: Row) -> Assessment:
        """The assessment of a state, with its frozen texts.

        Raises:
            VaultDamaged: It is none, or a frozen text is not the one it names.
        """
        checklist = self._text(Checklist, state["checklist_sha256"])
        programme = self._text(Programme, state["programme_sha256"])
        try:
            return Assessment(
                id=state["id"],
                enterprise=state["enterprise"],
                title=state["title"],
                baseline=date.fromisoformat(state["baseline"]),
                started=date.fromisoformat(state["started"]),
                modules=from_json(tuple[str, ...], state["modules"]),
                checklist=checklist,
                programme=programme,
            )
        except ValueError:
            raise VaultDamaged(self._database.path, ASSESSMENTS.kind) from None

    def _text(self, kind: type[T], digest: str) -> T:
        found: T | None = self._frozen.get((kind, digest))
        if found is None:
            text = frozen_text(self._database, digest)
            try:
                found = from_json(kind, text)
            except ValueError:
                raise VaultDamaged(self._database.path, "frozen text") from None
            self._frozen[kind, digest] = found
        return found
