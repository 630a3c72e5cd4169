"""What was changed, by whom and when, in words; and what there was on a past day.

Reads only, page by page, and keeps nothing of what it read but counts and names of accounts.
The order of the journal is that of its numbers, whatever the computer's clock said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from tsguard.domain.answers import Answer, Assessment
from tsguard.errors import UnknownRecord, VaultDamaged
from tsguard.services import history_digest
from tsguard.services.history_digest import Candidate, DigestFinding
from tsguard.services.history_lines import (
    LARGEST_FOLD,
    HistoryLine,
    HistoryPage,
    HistoryQuery,
    fold,
    folds,
    lines_of,
    moment_of,
)
from tsguard.services.history_past import ClockJump, PastState, compared, sheet_of
from tsguard.services.history_words import HistoryKind, Lookup, State, values_called
from tsguard.services.registers import R
from tsguard.store.journal import JournalEntry, timestamp
from tsguard.store.journal_filter import JournalFilter
from tsguard.store.journal_reading import JournalReader, PastRecords, Tally
from tsguard.store.vault import Vault

PAGE = 100
"""Entries that are read at a time."""

_NOISE = (("sequence", ""), ("setting", "place"))
"""Which number comes next, and where the person was: no change of what the vault says."""
_ANY_QUERY = HistoryQuery()
_MORE = 32
_JUMPS = 20
_FAR_AHEAD = "9999-12-31T23:59:59.999Z"


class History:
    """The journal of an open vault for people."""

    def __init__(self, vault: Vault, zone: tzinfo | None = None) -> None:
        """Look into a vault's journal.

        Args:
            vault: The open vault.
            zone: Of the local time; None for the computer's.
        """
        self._vault = vault
        self._zone = zone
        self._tally = Tally()

    # --- line by line ---------------------------------------------------------------------------

    def page(
        self, query: HistoryQuery = _ANY_QUERY, *, before: int | None = None, limit: int = PAGE
    ) -> HistoryPage:
        """Lines, newest first.

        Args:
            query: Which ones.
            before: The former page's ``after``; None for the newest.
            limit: Entries to read; a text typed in many pieces may take some more.

        Raises:
            VaultClosed: The vault is locked.
            VaultDamaged: An entry does not follow from the one before about the same record.
        """
        wanted = self._filter(query)

        def read(reader: JournalReader) -> HistoryPage:
            look = self._lookup(reader)
            found = reader.page(wanted, before, max(1, limit))
            lines = fold(self._lines(reader, found, look))
            more = len(found) == max(1, limit)
            at = found[-1].seq if found else 0
            while more:
                found = reader.page(wanted, at, _MORE)
                more = bool(found)
                typed = list(self._still_typed(lines[-1], self._lines(reader, found, look)))
                if typed:
                    lines[-1:] = fold([lines[-1], *typed])
                    at = typed[-1].number
                if len(typed) < len(found):
                    break
            return HistoryPage(tuple(lines), at if more else None)

        return self._vault.read_journal(read)

    def all(self, query: HistoryQuery = _ANY_QUERY) -> Iterator[HistoryLine]:
        """All lines, newest first, read as they are asked for; errors as for ``page``."""
        before: int | None = None
        while True:
            page = self.page(query, before=before)
            yield from page.lines
            if page.after is None:
                return
            before = page.after

    def unfold(self, line: HistoryLine) -> tuple[HistoryLine, ...]:
        """The true entries behind a line, newest first; errors as for ``page``."""

        def read(reader: JournalReader) -> tuple[HistoryLine, ...]:
            entries = reader.entries(line.numbers)
            return tuple(
                self._lines(
                    reader,
                    tuple(entries[seq] for seq in line.numbers if seq in entries),
                    self._lookup(reader),
                )
            )

        return self._vault.read_journal(read)

    def line(self, number: int) -> HistoryLine:
        """The line of one entry.

        Raises:
            UnknownRecord: There is no entry of that number.
        """

        def read(reader: JournalReader) -> list[HistoryLine]:
            entries = reader.entries([number])
            return self._lines(reader, tuple(entries.values()), self._lookup(reader))

        found = self._vault.read_journal(read)
        if not found:
            raise UnknownRecord("journal", str(number))
        return found[0]

    def find_digest(self, typed: str) -> DigestFinding:
        """Look for the entry with a digest, such as the one that a report prints.

        Args:
            typed: Its first 8 digits or more; spaces don't matter.

        Raises:
            VaultClosed: The vault is locked.
        """
        digits = history_digest.read_digits(typed)

        def read(reader: JournalReader) -> DigestFinding:
            exact: list[Candidate] = []
            near: list[Candidate] = []
            if digits is not None and len(digits) >= history_digest.LEAST:
                group = history_digest.GROUP
                end = digits[-group:] if len(digits) == history_digest.LENGTH else ""
                exact = [Candidate(*each) for each in reader.hashed(digits)]
                if not exact:
                    near = [Candidate(*each) for each in reader.hashed(digits[:group], end)]
            found = history_digest.judged(digits, exact, near)
            if not found.number:
                return found
            at = self._local(reader.moments([found.number])[found.number])
            return replace(found, at=at, later=self._later(reader, found.number))

        return self._vault.read_journal(read)

    def later_than(self, number: int) -> int:
        """How many changes were written after an entry; the program's own notes don't count."""
        return self._vault.read_journal(lambda reader: self._later(reader, number))

    @staticmethod
    def _later(reader: JournalReader, number: int) -> int:
        return reader.tally(number, JournalFilter(but=_NOISE)).wanted

    def count(self, query: HistoryQuery = _ANY_QUERY) -> int:
        """How many entries there are to the query; lines may be fewer, since typing is folded."""
        if not query.narrows:
            return self._counted().wanted
        wanted = self._filter(query)
        return self._vault.read_journal(lambda reader: reader.count(wanted))

    def left_out(self) -> int:
        """How many entries no line stands for: numbers given out, and where the person was."""
        tally = self._counted()
        return tally.entries - tally.wanted

    def people(self) -> tuple[str, ...]:
        """Everybody whom the journal names, in order of their names."""
        return tuple(sorted(self._counted().people))

    # --- a past day -----------------------------------------------------------------------------

    def as_of(self, day: date) -> PastState:
        """Everything as it was at the end of a local day, rebuilt from the journal alone and checked.

        That is the state after the last entry, by number, whose time is not after the day's end. Where
        the clock went back over that end, entries before it count although they say a later time;
        ``jumps`` tells. Before the first entry there is nothing; a day to come has what there is now, with
        evidence and reviews as of that day.

        Takes some 0.5 s for 100,000 entries; may run in another thread.

        Raises:
            VaultClosed: The vault is locked.
            VaultDamaged: An entry or a frozen text is not what its hash says.
        """
        end = self._end_of(day)

        def read(reader: JournalReader) -> tuple[PastRecords, tuple[ClockJump, ...]]:
            jumps = tuple(
                ClockJump(seq, self._local(former), self._local(at))
                for former, at, seq in reader.set_back(end, _JUMPS)
            )
            return reader.past(reader.newest_before(end)), jumps

        past, jumps = self._vault.read_journal(read)
        company = past.enterprises[0] if past.enterprises else None
        owner = company.id if company else ""
        assessment = next((each for each in reversed(past.assessments) if each.enterprise == owner), None)
        if assessment and not assessment.programme.sound:
            raise VaultDamaged(self._vault.path, "programme")
        of = assessment.id if assessment else ""
        answers = {item: answer for (owned, item), answer in past.answers.items() if owned == of}
        evidence = _owned(past.evidence, owner)
        points = _owned(past.secret_points, owner)
        now, answers_now = self._now()
        return PastState(
            day=day,
            entries=past.seq,
            head=past.head,
            at=self._local(past.at) if past.at else None,
            enterprise=company,
            assessment=assessment,
            answers=answers,
            evidence=evidence,
            secret_points=points,
            form={name: value for (owned, name), value in past.form_values.items() if owned == of},
            rectifications=_owned(past.rectifications, owner),
            issued=_owned(past.issued_documents, owner),
            clearances=_owned(past.clearances, owner),
            sheet=sheet_of(assessment, answers, evidence, points, day) if assessment else None,
            jumps=jumps,
            items=compared(assessment, answers, evidence, now, answers_now),
        )

    def first_day(self) -> date | None:
        """The local day of the first entry; None for an empty journal."""
        found = self._vault.read_journal(lambda reader: reader.moments([1]))
        return self._local(found[1]).date() if found else None

    def last_day_before(self, day: date) -> date | None:
        """The last local day before another on which something was written; None where there is none."""
        end = self._start_of(day, latest=True)

        def read(reader: JournalReader) -> str | None:
            number = reader.newest_before(end)
            return reader.moments([number]).get(number)

        at = self._vault.read_journal(read)
        return self._local(at).date() if at else None

    # --- inside ---------------------------------------------------------------------------------

    def _counted(self) -> Tally:
        """The counts of now; only what was added since the last time is counted."""
        known = self._tally
        new = self._vault.read_journal(lambda reader: reader.tally(known.last, JournalFilter(but=_NOISE)))
        self._tally = Tally(
            new.last, known.entries + new.entries, known.wanted + new.wanted, known.people | new.people
        )
        return self._tally

    def _now(self) -> tuple[Assessment | None, dict[str, Answer]]:
        enterprises = self._vault.enterprises()
        assessments = self._vault.assessments(enterprises[0].id) if enterprises else ()
        if not assessments:
            return None, {}
        return assessments[-1], self._vault.answers(assessments[-1].id)

    def _lines(
        self, reader: JournalReader, entries: tuple[JournalEntry, ...], look: Lookup
    ) -> list[HistoryLine]:
        former = reader.moments(entry.seq - 1 for entry in entries)
        return lines_of(entries, reader.previous(entries), former, look, self._zone)

    @staticmethod
    def _still_typed(newest: HistoryLine, older: list[HistoryLine]) -> Iterator[HistoryLine]:
        newer = newest
        for count, line in enumerate(older, newest.folded):
            if count >= LARGEST_FOLD or not folds(newer, line):
                return
            yield line
            newer = line

    def _lookup(self, reader: JournalReader) -> Lookup:
        labels: dict[str, str] = {}

        def assessment(state: State) -> Assessment:
            return reader.assessment(dict(state))

        def form_label(name: str) -> str:
            if not labels:
                now, _answers = self._now()
                fields = now.programme.fields() if now else ()
                labels.update({field.ask: field.label for field in fields if field.ask})
            return labels.get(name, name)

        return Lookup(assessment, form_label)

    def _filter(self, query: HistoryQuery) -> JournalFilter:
        known = tuple(each.value for each in HistoryKind if each is not HistoryKind.OTHER)
        kinds = tuple(each.value for each in query.kinds if each is not HistoryKind.OTHER)
        only_known = bool(query.kinds) and HistoryKind.OTHER not in query.kinds
        text = query.text.strip()
        return JournalFilter(
            kinds=kinds if only_known else (),
            other_than=tuple(each for each in known if each not in kinds)
            if query.kinds and not only_known
            else (),
            but=_NOISE,
            who=query.who,
            since=self._start_of(query.since) if query.since else "",
            until=self._end_of(query.until) if query.until else "",
            text=text,
            atoms=values_called(text) if text else (),
            digest=history_digest.search_digits(text),
        )

    def _local(self, at: str) -> datetime:
        return moment_of(at).astimezone(self._zone)

    def _end_of(self, day: date) -> str:
        """The first moment after a local day, as the journal writes it."""
        try:
            return self._start_of(day + timedelta(days=1), latest=True)
        except OverflowError:
            return _FAR_AHEAD

    def _start_of(self, day: date, *, latest: bool = False) -> str:
        """The first moment of a local day; where midnight comes twice, the first or the latest.

        Where the clock is put forward at midnight, the day begins at the moment it is.
        """
        moments = []
        for turn in (0, 1):
            midnight = datetime.combine(day, time(fold=turn))
            try:
                local = midnight.replace(tzinfo=self._zone) if self._zone else midnight.astimezone()
                moments.append(local.astimezone(UTC))
            except (OverflowError, OSError, ValueError):  # a year that the system's calendar does not know
                moments.append(midnight.replace(tzinfo=UTC))
        moment = max(moments) if latest else moments[0]
        return timestamp(lambda: moment)


def _owned(records: tuple[R, ...], enterprise: str) -> tuple[R, ...]:
    return tuple(record for record in records if record.enterprise == enterprise)
