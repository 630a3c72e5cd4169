"""Reading what is left of a vault, and holding its rows against its journal.

The journal is a second copy of every record: each entry carries the new state and its own hash. Where it has
no gap, it decides; a row that says otherwise was put back from an older copy of the file. Where entries are
missing, a row that is readable is the newest there is, but nothing proves it, and that is said of it. It must
not change anything, and takes nothing for proven that is not.
"""

from __future__ import annotations

from tsguard.domain.codec import from_json, to_json
from tsguard.store import records
from tsguard.store.audit import chain_faults, sound
from tsguard.store.driver import Row
from tsguard.store.journal import JournalEntry, sha256
from tsguard.store.migrations import MIGRATIONS
from tsguard.store.raw_pages import Cell, RawPages, Value
from tsguard.store.records import key_text
from tsguard.store.remains import CHUNKS, FoundRecord, Key, Origin, RecordFault, Remains
from tsguard.store.telling import Progress, silent

_LINKS, _FROZEN, _FILES, _JOURNAL = "evidence_items", "frozen_texts", "files", "journal"
_META = frozenset({"format", "created_at"})
"""Names in the table ``meta``, whose rows look like settings."""
_TABLES = {table.kind: table for table in records.TABLES}


def gather(pages: RawPages, progress: Progress = silent) -> Remains:
    """Read everything but the contents of files, and hold the rows against the journal.

    Args:
        pages: The vault.
        progress: Told the pages with rows that are done, and all of them; may raise ``Cancelled``.
    """
    remains = Remains(pages)
    links: dict[str, dict[int, str]] = {}
    rows: list[tuple[int, Row | None]] = []
    total = sum(len(tree.leaves) for tree in pages.trees.values()) + len(pages.strays)
    done = 0
    for name, tree in pages.trees.items():
        for number in tree.leaves:
            done += 1
            progress(done, total)
            for cell in pages.cells(number):
                _take(remains, rows, links, name, cell)
    for number in pages.strays:
        done += 1
        progress(done, total)
        for cell in pages.cells(number):
            _take_stray(remains, rows, links, cell)
    _read_journal(remains, rows)
    _link(remains, links)
    _decide(remains)
    wanted = {
        str(found.state[column])
        for found in remains.of_kind("assessment")
        for column in ("checklist_sha256", "programme_sha256")
    }
    remains.frozen_lost = tuple(sorted(wanted - set(remains.frozen)))
    return remains


# --- reading ------------------------------------------------------------------------------------------


def _take(
    remains: Remains,
    journal: list[tuple[int, Row | None]],
    links: dict[str, dict[int, str]],
    table: str,
    cell: Cell,
) -> None:
    pages = remains.pages
    if table == CHUNKS:
        _take_chunk(remains, cell)
        return
    values = pages.values(cell, table)
    named = None if values is None else pages.named(table, cell, values)
    if table == _JOURNAL:
        journal.append((cell.rowid, named))
    elif named is None:
        if table in pages.trees:
            pages.trees[table].whole = False
    elif table == _LINKS:
        _take_link(links, named)
    elif table == _FROZEN:
        _take_frozen(remains, named)
    elif table == _FILES:
        remains.listed[cell.rowid] = named
    else:
        _take_row(remains, table, named)


def _take_stray(
    remains: Remains, journal: list[tuple[int, Row | None]], links: dict[str, dict[int, str]], cell: Cell
) -> None:
    """A row of which nobody says what table it is of: its shape does, or nothing."""
    pages = remains.pages
    if pages.is_chunk(cell):
        _take_chunk(remains, cell)
        return
    values: tuple[Value, ...] | None = pages.values(cell)
    if values is None:
        return
    fitting = {
        table: named for table in pages.columns if (named := pages.named(table, cell, values)) is not None
    }
    if _FROZEN in fitting and _take_frozen(remains, fitting[_FROZEN]):
        return
    for table, named in fitting.items():
        if table == _JOURNAL:
            journal.append((cell.rowid, named))
        elif table == _LINKS:
            _take_link(links, named)
        elif table == _FILES:
            remains.listed.setdefault(cell.rowid, named)
        elif table not in {_FROZEN, CHUNKS} and not (table == "settings" and named["name"] in _META):
            _take_row(remains, table, named, stray=True)


def _take_chunk(remains: Remains, cell: Cell) -> None:
    first = remains.pages.beginning(cell, 2)
    if len(first) == 2 and all(isinstance(value, int) for value in first):
        remains.chunks.setdefault(int(first[0] or 0), {}).setdefault(int(first[1] or 0), cell)


def _take_link(links: dict[str, dict[int, str]], named: Row) -> None:
    links.setdefault(key_text((named["enterprise"], named["evidence"])), {})[named["position"]] = named[
        "item"
    ]


def _take_frozen(remains: Remains, named: Row) -> bool:
    if isinstance(named["json"], str) and sha256(named["json"].encode()) == named["sha256"]:
        remains.frozen[named["sha256"]] = named["json"]
        return True
    return False


def _take_row(remains: Remains, table: str, named: Row, *, stray: bool = False) -> None:
    known = next((each for each in records.TABLES if each.name == table), None)
    if known is None or any(not isinstance(named.get(key), str) for key in known.keys):
        return
    state = {column: named[column] for column in known.columns if column in named}
    key = (known.kind, key_text(known.key_of(state)))
    if key in remains.rows and remains.rows[key] != state:
        if stray:
            return
        remains.ambiguous.add(key)
    remains.rows[key] = state


def _link(remains: Remains, links: dict[str, dict[int, str]]) -> None:
    tree = remains.pages.trees.get(_LINKS)
    remains.links_whole = tree is not None and tree.whole
    for (kind, key), state in remains.rows.items():
        if kind == "evidence":
            found = links.get(key, {})
            state["items"] = [found[place] for place in sorted(found)]


def _read_journal(remains: Remains, rows: list[tuple[int, Row | None]]) -> None:
    for _number, row in rows:
        if row is not None and sound(row):
            entry = JournalEntry(**row)
            remains.entries.setdefault(entry.seq, entry)
    remains.entries = dict(sorted(remains.entries.items()))
    tree = remains.pages.trees.get(_JOURNAL)
    remains.tail_lost = tree is None or not tree.tail
    # An entry that is there and unreadable is told by its number.
    newest = max([*remains.entries, *(number for number, _row in rows)], default=0)
    remains.missing_entries = newest - len(remains.entries)
    remains.journal_faults = tuple(chain_faults(remains.entries, newest))


# --- deciding -----------------------------------------------------------------------------------------


def _decide(remains: Remains) -> None:
    newest: dict[Key, JournalEntry] = {}
    for entry in remains.entries.values():
        if entry.kind in _TABLES:
            newest[entry.kind, entry.key] = entry
    # From behind the last fault on, the journal tells everything.
    gap = max((fault.last for fault in remains.journal_faults), default=0)
    complete = not remains.tail_lost
    rows = remains.rows
    for key in dict.fromkeys([*newest, *rows]):
        last = newest.get(key)
        # Two rows of one key: neither can be believed.
        row = None if key in remains.ambiguous else rows.get(key)
        certain = complete and (last.seq > gap if last else not gap)
        _decide_one(remains, key, last, row, certain=certain)
    # Where the first page is lost nobody knows the version, and any table may have been there.
    version = remains.pages.version or len(MIGRATIONS)
    remains.incomplete = tuple(
        table.kind
        for table in records.TABLES
        if (remains.journal_faults or remains.tail_lost)
        and table.since <= version
        and not _whole(remains, table.kind)
    )


def _whole(remains: Remains, kind: str) -> bool:
    tree = remains.pages.trees.get(_TABLES[kind].name)
    return tree is not None and tree.whole and (kind != "evidence" or remains.links_whole)


def _decide_one(
    remains: Remains, key: Key, entry: JournalEntry | None, row: Row | None, *, certain: bool
) -> None:
    kind, name = key
    row_hash = None if row is None else sha256(to_json(row))
    after = entry.after_hash if entry else None
    if row is not None and row_hash == after:
        remains.records[key] = FoundRecord(kind, name, row, Origin.TABLE)
        return
    if certain:
        state = _state(entry)
        if state is not None:
            remains.records[key] = FoundRecord(kind, name, state, Origin.JOURNAL)
        if row is not None:
            # Incomplete links are a damage of theirs, not another state.
            cut = kind == "evidence" and not remains.links_whole
            fault = RecordFault.UNEXPECTED if state is None else RecordFault.ALTERED
            remains.faults[key] = RecordFault.UNREADABLE if cut else fault
        elif state is not None:
            remains.faults[key] = RecordFault.MISSING if _whole(remains, kind) else RecordFault.UNREADABLE
        return
    if row is not None and (kind != "evidence" or remains.links_whole):
        remains.records[key] = FoundRecord(kind, name, row, Origin.TABLE_ONLY)
        return
    state = _state(entry)
    # Where its table is whole, a record without a row was removed in the gap.
    if state is not None and not (row is None and _whole(remains, kind)):
        remains.records[key] = FoundRecord(kind, name, state, Origin.OLDER)
        remains.faults[key] = RecordFault.UNREADABLE


def _state(entry: JournalEntry | None) -> Row | None:
    if entry is None or entry.after is None:
        return None
    try:
        state = from_json(Row, entry.after)
    except ValueError:
        return None
    return state if _fits(entry, state) else None


def _fits(entry: JournalEntry, state: Row) -> bool:
    """Whether a state is of the record that its entry names, and says what it belongs to."""
    table = _TABLES[entry.kind]
    texts = [*table.keys, *(parent.column for parent in table.parents if parent.kind != "file")]
    if table is records.ASSESSMENTS:
        texts += ["modules", "checklist_sha256", "programme_sha256"]
    if any(not isinstance(state.get(name), str) for name in texts):
        return False
    if table.file and not (
        isinstance(state.get(table.file.sha256), str | None) and isinstance(state.get(table.file.size), int)
    ):
        return False
    if table is records.EVIDENCE and not isinstance(state.get("items"), list):
        return False
    return key_text(table.key_of(state)) == entry.key
