"""Numbered steps from an empty database to today's tables.

Each runs in one transaction together with the record that it ran, so an interrupted one never was. It
must not run on a vault that a newer program wrote; ``check_version`` comes first and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tsguard.errors import VaultDamaged, VaultNewer
from tsguard.store.driver import Database
from tsguard.store.schema import add_version_2, add_version_3, create_version_1

FORMAT = 1
"""The reading of the file as a whole, table ``meta``, name ``format``. It changes only where a program
that knows the tables would still misread them."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step.

    Attributes:
        number: Counted from 1 without gaps; the database's ``user_version`` after it.
        name: A few words for the record.
        apply: Does it. References are checked meanwhile; nothing of it may commit.
    """

    number: int
    name: str
    apply: Callable[[Database], None]


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "first tables", create_version_1),
    Migration(2, "application forms", add_version_2),
    Migration(3, "the dossier", add_version_3),
)

_RECORD = """
CREATE TABLE IF NOT EXISTS migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT
"""


def version(database: Database) -> int:
    """The number of the last step that ran; 0 for an empty database."""
    return int(database.value("PRAGMA user_version"))


def check_version(database: Database, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Refuse what a newer program wrote, before anything is written.

    Raises:
        VaultNewer: The tables or their reading are newer than this program.
        VaultDamaged: The file holds no vault's tables.
    """
    found = version(database)
    if found > len(migrations):
        raise VaultNewer(database.path, found, len(migrations))
    if "meta" not in database.tables():
        raise VaultDamaged(database.path, "tables")
    written = database.value("SELECT value FROM meta WHERE name = 'format'")
    if not isinstance(written, str) or not written.isdecimal():
        raise VaultDamaged(database.path, "format")
    if int(written) > FORMAT:
        raise VaultNewer(database.path, int(written), FORMAT)


def migrate(database: Database, at: str, migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """Run the steps that have not run.

    Args:
        database: Checked by ``check_version``, or empty.
        at: The moment for the record, as the journal writes it.
        migrations: In order from 1.

    Returns:
        How many steps ran.

    Raises:
        StorageError: The step that was under way never was, and those before it stay.
    """
    waiting = migrations[version(database) :]
    for migration in waiting:
        with database.transaction():
            database.execute(_RECORD)
            migration.apply(database)
            database.execute(
                "INSERT INTO migrations (number, name, at) VALUES (?, ?, ?)",
                (migration.number, migration.name, at),
            )
            database.execute(f"PRAGMA user_version = {migration.number:d}")
    return len(waiting)
