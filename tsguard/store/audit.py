"""Does the journal tell the whole story? Its chain, and the records against their newest entries.

SQLCipher's own check lets a page pass that was put back from an older copy of the file (measured: 22 of
31 rows came back silently). Such a record no longer is what the journal last said of it. It must not
change anything. What it can't see is a whole file put back: for that each report carries the head.
"""

from __future__ import annotations

from contextlib import closing

from tsguard.domain.codec import to_json
from tsguard.errors import VaultDamaged
from tsguard.store.driver import Database
from tsguard.store.journal import Journal, sha256
from tsguard.store.records import TABLES, frozen_text, key_text


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
    return journal.length
