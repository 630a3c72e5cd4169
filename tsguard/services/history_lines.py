"""Journal entries as lines for people, and typing that was stored in pieces as one line.

Works on what it is given and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from tsguard.domain.codec import from_json
from tsguard.services.history_fields import field_changes
from tsguard.services.history_words import (
    FieldChange,
    HistoryKind,
    Lookup,
    State,
    kind_of,
    sentence,
    vault_sentence,
)
from tsguard.store.journal import JournalEntry

TOGETHER = timedelta(minutes=5)
"""Pauses in typing up to this long are one line."""
NUMBERED = frozenset(
    {
        HistoryKind.EVIDENCE,
        HistoryKind.POINT,
        HistoryKind.RECTIFICATION,
        HistoryKind.ISSUED,
        HistoryKind.CLEARANCE,
    }
)
"""Kinds whose records come and go as a whole, by a number of their own."""
LARGEST_FOLD = 500
"""Entries in one line at most."""
CLOCK_SET_BACK = timedelta(minutes=1)
"""A clock that goes back less is being kept right by the computer, which is nothing to tell."""


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Which lines are wanted.

    Attributes:
        kinds: What they are about; empty for everything.
        text: Found in ids and in what was written, such as a note's words or a verdict's; eight or more
            hexadecimal digits find the entry with that digest as well.
        who: Whose; "" for everybody's.
        since: The first local day.
        until: The last local day.
    """

    kinds: tuple[HistoryKind, ...] = ()
    text: str = field(default="", repr=False)
    who: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return self != HistoryQuery()


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change for people: one entry of the journal, or several of one text typed in one go.

    Attributes:
        numbers: The entries' numbers, newest first.
        at: When the newest was written, in local time.
        began: When the oldest was.
        who: The account that did it.
        kind: What it is about.
        record: The record's id as people know it: ``HRM-05``, ``E-07``, a form field's id; "" for the rest.
        text: What was done, in one line.
        changes: What became of each field.
        digest: The newest entry's hash, 64 hexadecimal digits.
        clock_back: How far the computer's clock had gone back since the entry before, where that is
            a minute or more; else None.
        came: Whether the record was not there before.
        gone: Whether it was removed.
    """

    numbers: tuple[int, ...]
    at: datetime
    began: datetime
    who: str
    kind: HistoryKind
    record: str
    text: str = field(repr=False)
    changes: tuple[FieldChange, ...] = field(repr=False)
    digest: str
    clock_back: timedelta | None = None
    came: bool = False
    gone: bool = False

    @property
    def number(self) -> int:
        """The newest entry's number."""
        return self.numbers[0]

    @property
    def folded(self) -> int:
        """How many entries it stands for."""
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some lines and where to go on.

    Attributes:
        lines: Newest first.
        after: For the next page's ``before``; None where there is no more.
    """

    lines: tuple[HistoryLine, ...]
    after: int | None


def moment_of(at: str) -> datetime:
    """The moment that the journal wrote, in UTC."""
    return datetime.fromisoformat(at).astimezone(UTC)


def state_of(entry: JournalEntry | None) -> State | None:
    """The state that an entry left; None for none, an empty one where it can't be read."""
    if entry is None or entry.after is None:
        return None
    try:
        return from_json(dict[str, Any], entry.after)
    except ValueError:
        return {}


def lines_of(
    entries: Iterable[JournalEntry],
    previous: Mapping[int, JournalEntry],
    former_moments: Mapping[int, str],
    look: Lookup,
    zone: tzinfo | None,
) -> list[HistoryLine]:
    """A line for each entry.

    Args:
        entries: The entries.
        previous: The entry about the same record before each, by number.
        former_moments: When each number was written, for the numbers before these entries'.
        look: For what a state only names.
        zone: Of the local time; None for the computer's.
    """
    return [
        _line(entry, previous.get(entry.seq), former_moments.get(entry.seq - 1), look, zone)
        for entry in entries
    ]


def _line(
    entry: JournalEntry, earlier: JournalEntry | None, former: str | None, look: Lookup, zone: tzinfo | None
) -> HistoryLine:
    kind = kind_of(entry.kind)
    before, after = state_of(earlier), state_of(entry)
    changes = field_changes(kind, before, after, look)
    record = entry.key.partition("/")[2] if "/" in entry.key else ""
    moment = moment_of(entry.at)
    back = moment_of(former) - moment if former else timedelta()
    return HistoryLine(
        numbers=(entry.seq,),
        at=moment.astimezone(zone),
        began=moment.astimezone(zone),
        who=entry.who,
        kind=kind,
        record=record,
        text=vault_sentence(entry.action)
        if kind is HistoryKind.VAULT
        else sentence(kind, record or entry.key, changes, before, after),
        changes=changes,
        digest=entry.hash,
        clock_back=back if back >= CLOCK_SET_BACK else None,
        came=before is None and after is not None,
        gone=before is not None and after is None,
    )


def folds(newer: HistoryLine, older: HistoryLine) -> bool:
    """Whether two lines next to each other are the same text, typed on by the same person."""
    if newer.folded >= LARGEST_FOLD or len(newer.changes) != 1 or len(older.changes) != 1:
        return False
    one, other = newer.changes[0], older.changes[0]
    same = (newer.kind, newer.record, newer.who, one.name) == (
        older.kind,
        older.record,
        older.who,
        other.name,
    )
    # What a whole record came or went with is told by itself.
    whole = newer.kind in NUMBERED and (newer.gone or newer.came or older.came)
    pause = newer.began - older.at
    return one.typed and same and not whole and timedelta() <= pause <= TOGETHER


def folded(newer: HistoryLine, older: HistoryLine) -> HistoryLine:
    """Both as one line, from the older one's text to the newer one's."""
    change = replace(newer.changes[0], before=older.changes[0].before)
    came = older.came and newer.kind in {HistoryKind.ANSWER, HistoryKind.FORM}
    return replace(
        newer,
        numbers=newer.numbers + older.numbers,
        began=older.began,
        changes=(change,),
        text=sentence(newer.kind, newer.record, (change,), None if came else {}, None if newer.gone else {}),
        came=came,
        clock_back=older.clock_back,
    )


def fold(lines: Iterable[HistoryLine]) -> list[HistoryLine]:
    """The lines, newest first, with typing in pieces as one line."""
    made: list[HistoryLine] = []
    for line in lines:
        if made and folds(made[-1], line):
            made[-1] = folded(made[-1], line)
        else:
            made.append(line)
    return made
