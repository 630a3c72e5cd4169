"""Does the journal tell the whole story? Its chain, and the records against their newest entries.

SQLCipher's own check lets a page pass that was put back from an older copy of the file (measured: 22 of
31 rows came back silently). Such a record no longer is what the journal last said of it. It must not
change anything. What it can't see is a whole file put back: for that each report carries the head.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from tsguard.domain.codec import to_json
from tsguard.errors import VaultDamaged
from tsguard.store import migrations
from tsguard.store.driver import Database, Row
from tsguard.store.journal import EMPTY_HEAD, Journal, JournalEntry, entry_hash, sha256
from tsguard.store.records import TABLES, frozen_text, key_text

_CHECKED = frozenset(
    {*(table.name for table in TABLES), "evidence_items", "files", "frozen_texts", "journal"}
)
"""Not the contents of files, which may be large, and which their digests prove when they are read."""


def verify(database: Database, journal: Journal) -> int:
    """Walk the journal and compare every record with the newest entry about it.

    Returns:
        The number of entries.

    Raises:
        VaultDamaged: ``what`` names the first entry or record that does not fit.
    """
    newest: dict[tuple[str, str], str] = {}
    for entry in journal.walk():
        if entry.after_hash is None:
            newest.pop((entry.kind, entry.key), None)
        else:
            newest[entry.kind, entry.key] = entry.after_hash
    there = database.tables()
    if migrations.version(database) >= len(migrations.MIGRATIONS) and any(
        table.name not in there for table in TABLES
    ):
        raise VaultDamaged(database.path, "tables")
    for table in TABLES:
        if table.name not in there:  # of a version before it; what the journal says of it stays in ``newest``
            continue
        with closing(table.each(database)) as states:
            for state in states:
                key = key_text(table.key_of(state))
                if newest.pop((table.kind, key), None) != sha256(to_json(state)):
                    raise VaultDamaged(database.path, f"{table.kind} {key}")
    for kind, key in newest:
        raise VaultDamaged(database.path, f"{kind} {key}")
    for row in database.rows("SELECT sha256 FROM frozen_texts"):
        frozen_text(database, row["sha256"])
    for name in sorted(there & _CHECKED):
        # A page of an index that was put back hides rows from a search that are in the table.
        if database.value(f"PRAGMA integrity_check({name})") != "ok":
            raise VaultDamaged(database.path, f"index of {name}")
    return journal.length


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Entries of the journal that are missing, or one that does not follow from the one before.

    Attributes:
        first: Number of the first of them.
        last: Number of the last.
        missing: Whether they are missing or not what their hash says; else the chain breaks between them.
    """

    first: int
    last: int
    missing: bool = True


def sound(row: Row) -> bool:
    """Whether an entry is what its own hash says."""
    try:
        after = row["after"]
        return (
            row["after_hash"] == (None if after is None else sha256(after.encode()))
            and row["hash"] == entry_hash(row)
            and isinstance(row["seq"], int)
            and row["seq"] > 0
            and all(
                isinstance(row[name], str) for name in ("at", "who", "action", "kind", "key", "previous_hash")
            )
        )
    except (KeyError, AttributeError, TypeError, UnicodeEncodeError):
        return False


def chain_faults(entries: Mapping[int, JournalEntry], newest: int) -> Iterator[ChainFault]:
    """Every place where the chain does not hold, in order; entries that are missing side by side are one.

    Args:
        entries: Those whose own hash is right, by number, in order.
        newest: Number of the newest that is known of.
    """
    expected, previous = 1, EMPTY_HEAD
    for number, entry in entries.items():
        if number > expected:
            yield ChainFault(expected, number - 1)
        elif entry.previous_hash != previous:
            yield ChainFault(number - 1, number, missing=False)
        expected, previous = number + 1, entry.hash
    if newest >= expected:
        yield ChainFault(expected, newest)
