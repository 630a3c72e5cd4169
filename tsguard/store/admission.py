"""Would a vault take this state? Tried on empty tables in memory, before a salvage writes anything.

Who has the key can write whatever he likes into a vault; one record that no program of ours ever wrote must
not stop all the others from coming over. It must not touch a file.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tsguard.domain.answers import Answer
from tsguard.domain.codec import from_plain, to_json, to_plain
from tsguard.domain.dossier import Clearance, IssuedDocument
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.rectification import Rectification
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import StorageError
from tsguard.store import driver, migrations, records
from tsguard.store.driver import Database, Row
from tsguard.store.table import Table

_VALUES: Mapping[str, type[Any]] = {
    "enterprise": Enterprise,
    "answer": Answer,
    "evidence": Evidence,
    "secret_point": SecretPoint,
    "form_value": FormValue,
    "rectification": Rectification,
    "issued_document": IssuedDocument,
    "clearance": Clearance,
}


class Admission:
    """Tries states on the tables of an empty vault."""

    def __init__(self, database: Database) -> None:
        """Take over an empty database in memory; use ``opened``."""
        self._database = database
        migrations.migrate(database, "")

    def takes(self, table: Table, state: Row) -> bool:
        """Whether a state makes a value, and its table takes it; every one that this program wrote does."""
        if any(isinstance(value, dict | float) for value in state.values()):
            return False
        kind = _VALUES.get(table.kind)
        try:
            if kind is not None:
                from_plain(kind, table.plain(state))
            made = completed(table, state)
            table.put(self._database, made)
            stored = table.state(self._database, table.key_of(made))
            table.delete(self._database, table.key_of(made))
            # What comes back as something else, such as 1 for true, the journal would call damage.
            return to_json(stored) == to_json(made)
        except (ValueError, KeyError, TypeError, OverflowError, StorageError, driver.load().Error):
            return False


@contextmanager
def opened(path: Path) -> Iterator[Admission]:
    """Empty tables, gone at the end of the block.

    Args:
        path: What errors shall call them.
    """
    connection = driver.load().connect(":memory:", isolation_level=None)
    with contextlib.closing(connection):
        yield Admission(Database(path, connection))


def completed(table: Table, state: Row) -> Row:
    """A state of an older format lacks fields that came later: they have their defaults."""
    made = {column: state[column] for column in table.columns if column in state}
    if table is records.EVIDENCE:
        made["items"] = list(state.get("items", ()))
    kind = _VALUES.get(table.kind)
    if kind is not None and len(made) < len(table.columns):
        for each in dataclasses.fields(kind):
            if each.name in table.columns and each.name not in made:
                plain = to_plain(each.default)
                made[each.name] = int(plain) if isinstance(plain, bool) else plain
    return made
