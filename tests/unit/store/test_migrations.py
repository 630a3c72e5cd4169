"""The mechanism, with steps that no vault will ever see."""

from __future__ import annotations

import pytest

from tsguard.domain.enterprise import Enterprise
from tsguard.errors import VaultNewer
from tsguard.store import migrations, records
from tsguard.store.migrations import MIGRATIONS, Migration

AT = "2027-01-01T00:00:00.000Z"
TODAY = [(each.number, each.name) for each in MIGRATIONS]
NEXT = len(MIGRATIONS) + 1


def add_colour(database):
    database.execute("ALTER TABLE enterprises ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'")


def table_then_crash(database):
    database.execute("CREATE TABLE extra (a TEXT) STRICT")
    database.execute("UPDATE enterprises SET name = 'changed'")
    raise KeyboardInterrupt


@pytest.fixture
def database(vault):
    with vault.write() as writer:
        writer.put_enterprise(Enterprise(id="e1", name="before"))
    return vault.file._database


def recorded(database):
    return [(row["number"], row["name"]) for row in database.rows("SELECT * FROM migrations ORDER BY number")]


def test_numbers_have_no_gaps():
    assert [each.number for each in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_todays_version(database):
    assert migrations.version(database) == len(MIGRATIONS) == 3
    assert recorded(database) == TODAY == [(1, "first tables"), (2, "application forms"), (3, "the dossier")]
    assert migrations.migrate(database, AT) == 0


def test_a_next_version(database):
    steps = (*MIGRATIONS, Migration(NEXT, "colour", add_colour))
    assert migrations.migrate(database, AT, steps) == 1
    assert migrations.migrate(database, AT, steps) == 0
    assert migrations.version(database) == NEXT
    assert recorded(database) == [*TODAY, (NEXT, "colour")]
    assert database.value("SELECT colour FROM enterprises") == "grey"
    with pytest.raises(VaultNewer):
        migrations.check_version(database)
    migrations.check_version(database, steps)


def test_interrupted(database):
    steps = (
        *MIGRATIONS,
        Migration(NEXT, "colour", add_colour),
        Migration(NEXT + 1, "crash", table_then_crash),
    )
    with pytest.raises(KeyboardInterrupt):
        migrations.migrate(database, AT, steps)
    assert migrations.version(database) == NEXT
    assert recorded(database) == [*TODAY, (NEXT, "colour")]
    assert database.value("SELECT count(*) FROM sqlite_master WHERE name = 'extra'") == 0
    assert [state["name"] for state in records.ENTERPRISES.states(database)] == ["before"]
    assert not database.in_transaction


def test_a_step_may_use_sqlite_utils(database):
    """It works in savepoints inside the step's transaction, so all of it still goes together."""

    def rebuild(inside):
        inside.utils["settings"].transform(rename={"value": "content"})
        inside.utils["settings"].insert({"name": "n", "content": "c"})
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        migrations.migrate(database, AT, (*MIGRATIONS, Migration(NEXT, "rebuild", rebuild)))
    assert {column.name for column in database.utils["settings"].columns} == {"name", "value"}
    assert migrations.version(database) == len(MIGRATIONS)
