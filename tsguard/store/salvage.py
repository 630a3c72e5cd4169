"""A new vault from what is left of a damaged one.

Nothing is taken over that contradicts the journal, and whatever can't be proven is named. The new vault is
written through the ordinary ``Writer``: a journal of its own, whose first entry names the old one's head.
Contents of files and frozen texts come over whole or not at all: their hashes prove them, wherever a copy is
found. It must not change the damaged file, nor overwrite anything.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tsguard.domain.codec import from_json
from tsguard.errors import VaultDamaged, patience
from tsguard.store import admission, building, copying, driver, header, kdf, records, unlocking
from tsguard.store.admission import Admission, completed
from tsguard.store.copying import CopyFacts
from tsguard.store.driver import Database, Row
from tsguard.store.journal import Clock, Journal, sha256, timestamp
from tsguard.store.kdf import KdfProfile
from tsguard.store.remains import FoundFile, FoundRecord, Key, Origin, Remains
from tsguard.store.table import Table
from tsguard.store.telling import Progress, silent
from tsguard.store.writer import Writer

_NUMBERED = frozenset({"evidence", "secret_point", "rectification", "issued_document", "clearance"})
_WITH_FILES = {table.kind: table.file for table in records.WITH_FILES if table.file}
_MOST_SKIPPED = 1000
_HIGHEST = 2**62


class Loss(StrEnum):
    """What of a record is lost."""

    ALL = "all"
    """It can't be taken over, since what it belongs to is lost."""
    CONTENT = "content"
    """A piece of evidence, or the scan of an issued document: its file; the rest is there, and proves
    nothing (see ``content_lost`` and ``scan_lost``)."""
    CHECKLIST = "checklist"
    """An assessment: the checklist it was answered against; its answers are there."""
    PROGRAMME = "programme"
    """An assessment: the programme it was scored by."""


@dataclass(frozen=True, slots=True)
class LostRecord:
    """A record of which something is lost.

    Attributes:
        kind: As the journal calls it.
        key: Likewise.
        loss: What.
    """

    kind: str
    key: str
    loss: Loss


@dataclass(frozen=True, slots=True)
class StandIn:
    """What is put in the place of frozen texts that are lost, so that the answers can be kept.

    Attributes:
        checklist: Makes one without items for a choice of modules, as canonical JSON; the person then
            chooses anew.
        programme: One that is sound, likewise.
        lost_file: The words that then stand where a paper is kept.
    """

    checklist: Callable[[Sequence[str]], str] = field(repr=False)
    programme: str = field(repr=False)
    lost_file: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a salvage takes over.

    Attributes:
        records: In the order in which they are written.
        files: Contents of stored files, by SHA-256.
        texts: Frozen texts, by SHA-256.
        lost: What is known to be lost.
        doubtful: Records among ``records`` that nothing proves to be the newest state.
        outdated: Those of them that are in the journal alone, so that a newer state may be lost.
        from_journal: How many of ``records`` were not in their table as they should be.
        incomplete: Kinds of which there may have been more than anybody can tell.
        head: Hash of the damaged vault's newest readable entry; "" where none is.
    """

    records: tuple[FoundRecord, ...] = field(repr=False)
    files: Mapping[str, FoundFile] = field(repr=False)
    texts: Mapping[str, str] = field(repr=False)
    lost: tuple[LostRecord, ...]
    doubtful: tuple[Key, ...]
    outdated: tuple[Key, ...]
    from_journal: int
    incomplete: tuple[str, ...]
    head: str

    @property
    def loses(self) -> bool:
        """Whether anything is or may be lost; a record in its table alone is not, it is only unproven."""
        return bool(self.lost or self.outdated or self.incomplete)


def plan(
    remains: Remains,
    stand_in: StandIn,
    candidates: Callable[[Sequence[str]], Iterable[str]] = lambda _modules: (),
    progress: Progress = silent,
) -> Plan:
    """Decide what comes over. Every file's content is read once.

    Args:
        remains: What is left.
        stand_in: For lost frozen texts.
        candidates: Gives texts that may be the lost ones for a choice of modules; only their hash decides.
        progress: Told the bytes of files read and all of them.

    Raises:
        VaultDamaged: Nothing is left of any enterprise.
    """
    if not any(remains.of_kind("enterprise")):
        raise VaultDamaged(remains.pages.path, "enterprise")
    texts = dict(remains.frozen)
    lost: list[LostRecord] = []
    kept: dict[Key, FoundRecord] = {}
    files = _files(remains, progress)
    with admission.opened(remains.pages.path) as tables:
        for table in records.TABLES:
            for found in remains.of_kind(table.kind):
                mended = _mended(table, found, kept, lost, texts, files, tables, stand_in, candidates)
                if mended is None:
                    lost.append(LostRecord(found.kind, found.key, Loss.ALL))
                else:
                    kept[found.kind, found.key] = mended
    _count_on(remains, kept)
    named = {record.state[name] for record in kept.values() for name in _texts_of(record)}
    return Plan(
        records=tuple(kept.values()),
        files=files,
        texts={digest: text for digest, text in texts.items() if digest in named},
        lost=tuple(lost),
        doubtful=tuple(
            key for key, record in kept.items() if not record.origin.proven and record.kind != "sequence"
        ),
        outdated=tuple(
            key for key, record in kept.items() if record.origin is Origin.OLDER and key[0] != "sequence"
        ),
        from_journal=sum(record.origin in {Origin.JOURNAL, Origin.OLDER} for record in kept.values()),
        incomplete=remains.incomplete,
        head=remains.head,
    )


def _mended(
    table: Table,
    found: FoundRecord,
    kept: Mapping[Key, FoundRecord],
    lost: list[LostRecord],
    texts: dict[str, str],
    files: Mapping[str, FoundFile],
    tables: Admission,
    stand_in: StandIn,
    candidates: Callable[[Sequence[str]], Iterable[str]],
) -> FoundRecord | None:
    """A record as it comes over; None where it can't."""
    if _orphaned(table, found.state, kept) or not tables.takes(table, found.state):
        return None
    if table is records.ASSESSMENTS:
        return _with_texts(found, texts, lost, stand_in, candidates)
    if table.file and (named := found.state[table.file.sha256]) and named not in files:
        lost.append(LostRecord(found.kind, found.key, Loss.CONTENT))
        return dataclasses.replace(found, state=_without_content(table, found.state, stand_in.lost_file))
    return found


def _files(remains: Remains, progress: Progress) -> dict[str, FoundFile]:
    wanted = {
        str(found.state[columns.sha256]): int(found.state[columns.size])
        for kind, columns in _WITH_FILES.items()
        for found in remains.of_kind(kind)
        if found.state[columns.sha256]
    }
    total, done = sum(wanted.values()), 0
    whole: dict[str, FoundFile] = {}

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress(min(done, total), max(total, 1))

    for digest in wanted:
        found = remains.file(digest, step)
        if found is not None:
            whole[digest] = found
    return whole


def _orphaned(table: Table, state: Row, kept: Mapping[Key, FoundRecord]) -> bool:
    return any(
        (parent.kind, state[parent.column]) not in kept
        for parent in table.parents
        if state[parent.column] and parent.kind != "file"
    )


def _texts_of(record: FoundRecord) -> tuple[str, ...]:
    return ("checklist_sha256", "programme_sha256") if record.kind == "assessment" else ()


def _with_texts(
    found: FoundRecord,
    texts: dict[str, str],
    lost: list[LostRecord],
    stand_in: StandIn,
    candidates: Callable[[Sequence[str]], Iterable[str]],
) -> FoundRecord:
    state = dict(found.state)
    if all(state[name] in texts for name in _texts_of(found)):
        return found
    try:
        modules = from_json(tuple[str, ...], state["modules"])
    except ValueError:
        modules = ()
    for text in candidates(modules):
        texts.setdefault(sha256(text.encode()), text)
    for name, loss in (("checklist_sha256", Loss.CHECKLIST), ("programme_sha256", Loss.PROGRAMME)):
        if state[name] not in texts:
            lost.append(LostRecord(found.kind, found.key, loss))
            other = stand_in.checklist(modules) if loss is Loss.CHECKLIST else stand_in.programme
            state[name] = sha256(other.encode())
            texts[state[name]] = other
    return dataclasses.replace(found, state=state)


def _without_content(table: Table, state: Row, words: str) -> Row:
    """The record of a file that is lost: its name stays, which nothing else has, so it proves nothing."""
    assert table.file is not None  # noqa: S101 - the caller has looked
    name = state.get(table.file.name) or state["id"]
    gone = {table.file.sha256: None, table.file.sm3: "", table.file.size: 0, table.file.name: name}
    return {**state, **gone, **({"paper_at": words} if table is records.EVIDENCE else {})}


def _count_on(remains: Remains, kept: dict[Key, FoundRecord]) -> None:
    """No number that was ever given is given again, also where the register of numbers is lost."""
    highest: dict[Key, int] = {}
    for kind, name in (*((entry.kind, entry.key) for entry in remains.entries.values()), *kept):
        owner, _slash, last = name.rpartition("/")
        digits = re.search(r"(\d{1,9})$", last)
        if kind in _NUMBERED and owner and digits:
            highest[owner, kind] = max(highest.get((owner, kind), 0), int(digits[1]))
    unknown = min(remains.missing_entries, _MOST_SKIPPED)
    for (owner, kind), number in highest.items():
        key = ("sequence", f"{owner}/{kind}")
        there = kept.get(key)
        if ("enterprise", owner) not in kept or (there and there.origin.proven):
            continue
        following = min(max(number + 1 + unknown, there.state["next"] if there else 0), _HIGHEST)
        state = {"enterprise": owner, "kind": kind, "next": following}
        kept[key] = FoundRecord("sequence", key[1], state, Origin.OLDER)


# --- writing ------------------------------------------------------------------------------------------


class _Salvager(Writer):
    """Takes over states as they were found."""

    def text(self, digest: str, text: str) -> None:
        """Store a frozen text."""
        self._execute("INSERT INTO frozen_texts (sha256, json) VALUES (?, ?)", (digest, text))

    def record(self, found: FoundRecord) -> None:
        """Store a record."""
        table = next(each for each in records.TABLES if each.kind == found.kind)
        self._put(table, completed(table, found.state))


def write(
    path: Path,
    passphrase: str,
    remains: Remains,
    made: Plan,
    *,
    who: str,
    clock: Clock,
    profiles: Mapping[int, KdfProfile],
    progress: Progress = silent,
) -> CopyFacts:
    """Make the new vault, and prove it: every page, the journal, every record.

    Args:
        path: Where; nothing is there.
        passphrase: The new vault's, which may be the old one.
        remains: Where the contents of files lie.
        made: What comes over.
        who: Whom the new journal names.
        clock: For the new journal.
        profiles: The key profiles by number; the newest is used.
        progress: Told the bytes of files written and all of them.

    Raises:
        PassphraseTooShort: Fewer than 8 characters.
        VaultExists: Something is at that place.
        Cancelled: Of ``progress``; nothing is left behind.
        StorageError: It could not be written; nothing is left behind.
    """
    kdf.check_length(passphrase)
    building.refuse_taken(path)
    salt = header.fresh(max(profiles))
    key = unlocking.key_of(passphrase, salt, profiles)

    def fill(database: Database) -> None:
        journal = Journal(database, who, clock)
        early = [found for found in made.records if found.kind not in _WITH_FILES]
        with database.transaction():
            journal.append("vault.salvage", "vault", made.head, None, None)
            writer = _Salvager(database, journal)
            for digest, text in made.texts.items():
                writer.text(digest, text)
            for found in early:
                writer.record(found)
            writer.end()
        _write_files(database, remains, made, progress)
        with database.transaction():
            writer = _Salvager(database, journal)
            for found in made.records:
                if found.kind in _WITH_FILES:
                    writer.record(found)
            writer.end()

    building.build(path, salt, key, timestamp(clock), fill)
    try:
        return copying.prove(path, path, key, salt, lambda _done, _total: None)
    except BaseException:
        patience.remove(path, missing_ok=True)
        raise


def _write_files(database: Database, remains: Remains, made: Plan, progress: Progress) -> None:
    total, done = sum(each.size for each in made.files.values()), 0
    for each in made.files.values():
        with database.transaction():
            file = database.insert("INSERT INTO files (size) VALUES (0)")
        for number, cell in enumerate(each.chunks):
            content = remains.chunk(cell)
            if content is None:
                raise VaultDamaged(database.path, f"file {each.sha256}")
            with database.transaction():
                database.execute(
                    "INSERT INTO file_chunks (file, number, content) VALUES (?, ?, ?)",
                    (file, number, content),
                )
            done += len(content)
            progress(done, max(total, 1))
        with database.transaction():
            database.execute(
                "UPDATE files SET sha256 = ?, sm3 = ?, size = ? WHERE id = ?",
                (each.sha256, each.sm3, each.size, file),
            )
        driver.checkpoint(database)
