"""A kind of record and its table: the statements that put, find and remove a state.

Which kinds there are is ``records``' to say. This module must not open transactions or write the journal.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from tsguard.store.driver import Database, Row


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


@dataclass(frozen=True, slots=True)
class FileColumns:
    """The columns that say which stored file a record names; the ``Parent`` of kind ``file`` is the digest.

    Attributes:
        sha256: Its digest; NULL where the record names none, "" in the value that is made of it.
        sm3: Its other digest; "" for none.
        size: In bytes; 0 for none.
        name: As it was called; with a name and no digest its content is lost.
    """

    sha256: str
    sm3: str
    size: str
    name: str


class Table:
    """A kind of record and its table.

    Attributes:
        kind: As the journal calls it.
        name: The table.
        keys: The columns of its primary key.
        columns: All columns.
        parents: What its records name.
        file: Where its records name a stored file; None where they never do.
        since: The version that has it first.
    """

    def __init__(
        self,
        kind: str,
        name: str,
        keys: tuple[str, ...],
        columns: tuple[str, ...],
        parents: tuple[Parent, ...] = (),
        *,
        file: FileColumns | None = None,
        since: int = 1,
    ) -> None:
        self.kind = kind
        self.name = name
        self.keys = keys
        self.columns = columns
        self.parents = (*parents, Parent(file.sha256, "file", "files", "sha256")) if file else parents
        self.file = file
        self.since = since
        listed = ", ".join(columns)
        marks = ", ".join("?" for _ in columns)
        where = " AND ".join(f"{key} = ?" for key in keys)
        changes = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in keys)
        # Only names from records.py stand in the statements, never a value.
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

    def stored(self, plain: Row) -> Row:
        """A value's plain data as they lie in the table: no file is NULL, so that it refers to none."""
        return {**plain, self.file.sha256: plain[self.file.sha256] or None} if self.file else plain

    def plain(self, state: Row) -> Row:
        """A state as the plain data of a value, the other way round; one of an older format may lack it."""
        return {**state, self.file.sha256: state.get(self.file.sha256) or ""} if self.file else state

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
