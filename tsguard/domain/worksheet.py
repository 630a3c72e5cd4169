"""The checklist on paper: running numbers, the sheet's code, and what a typed row means.

Pure: no files, no clock, no vault. A running number means an item only together with the sheet's code, since
another choice of modules numbers its items otherwise; an item's id means the same on every sheet.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice

from tsguard.domain.answers import Answer, asked_again
from tsguard.domain.checklist import Checklist, Item, Section
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import VERDICT_KEYS, Verdict
from tsguard.domain.validation import LONGEST_NAME, LONGEST_TEXT, one_line
from tsguard.domain.width import half_width
from tsguard.i18n import _

CODE_LENGTH = 6
_MOST_NAMED = 3
"""Other rows that the fault of a row names."""
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, O, 1, I and L, which look alike in handwriting."""

_VERDICTS = {
    **{key: verdict for verdict, key in VERDICT_KEYS.items()},
    "符合": Verdict.MET,
    "√": Verdict.MET,
    "✓": Verdict.MET,
    "✔": Verdict.MET,
    "部分符合": Verdict.PARTLY,
    "部分": Verdict.PARTLY,
    "△": Verdict.PARTLY,
    "不符合": Verdict.NOT_MET,
    "×": Verdict.NOT_MET,
    "✗": Verdict.NOT_MET,
    "✘": Verdict.NOT_MET,
    "X": Verdict.NOT_MET,
    "不清楚": Verdict.UNKNOWN,
    "?": Verdict.UNKNOWN,
    "不适用": Verdict.NOT_APPLICABLE,
}
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－﹣", "-"))
_NUMBER = re.compile(r"\d{1,5}", re.ASCII)
_ID = re.compile(r"([A-Z][A-Z0-9]*?)[-_ ]?(\d{1,2})", re.ASCII)


class RowFault(StrEnum):
    """Why a typed row can't be taken."""

    NO_ITEM = "no-item"
    NOT_A_NUMBER = "not-a-number"
    UNKNOWN_NUMBER = "unknown-number"
    UNKNOWN_ID = "unknown-id"
    NUMBER_OF_ANOTHER_SHEET = "number-of-another-sheet"
    NUMBER_AND_ID_DIFFER = "number-and-id-differ"
    NO_VERDICT = "no-verdict"
    UNKNOWN_VERDICT = "unknown-verdict"
    NO_REASON = "no-reason"
    ALWAYS_APPLIES = "always-applies"
    TOO_LONG = "too-long"
    TWICE = "twice"
    SEVERAL = "several"
    FORMULA = "formula"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Numbered:
    """An item with its place on the sheet.

    Attributes:
        number: Counted from 1 through the whole checklist.
        item: What is asked.
        section: Where it stands.
    """

    number: int
    item: Item
    section: Section


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row as somebody filled it in, not yet understood.

    Attributes:
        place: The row or line, counted from 1.
        number: The running number, or "".
        item: The item's id, or "".
        verdict: A word, a sign or a key.
        note: What the note says; the reason of a 不适用.
        where: Where the evidence is.
        fault: What is wrong with its cells already, or None.
        code: The code of the sheet that it comes from, "" for none; None where all rows have the sheet's.
        sheet: The title of its sheet where there are several, else "".
    """

    place: int
    number: str = ""
    item: str = ""
    verdict: str = ""
    note: str = ""
    where: str = ""
    fault: RowFault | None = None
    code: str | None = None
    sheet: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.fault or any(text.strip() for text in (self.verdict, self.note, self.where)))


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """A whole sheet as it came back.

    Attributes:
        code: The code of all rows that say none of their own, as it stands there, or "".
        rows: Those that are filled in.
    """

    code: str
    rows: tuple[TypedRow, ...]

    def code_of(self, row: TypedRow) -> str:
        """The code of the sheet that a row comes from, or ""."""
        return self.code if row.code is None else row.code

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that rows come from, "" among them for rows without; the sheet's if there are no rows."""
        return tuple(dict.fromkeys(map(self.code_of, self.rows))) or (self.code,)


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """A row that was understood.

    Attributes:
        place: The row or line it came from.
        item: The item it answers.
        verdict: Given.
        note: May be ""; the reason where the verdict is 不适用.
        where: Where the evidence is, or "".
        sheet: The title of its sheet where there are several, else "".
    """

    place: int
    item: str
    verdict: Verdict
    note: str
    where: str
    sheet: str = ""

    @property
    def said(self) -> PaperAnswer:
        """The row without its place: equal for rows that agree."""
        return replace(self, place=0, sheet="")


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row that was not understood.

    Attributes:
        place: The row or line, counted from 1.
        what: The number or id as it stands there.
        fault: What is wrong.
        value: What the sentence about it quotes: the unknown verdict, the other rows.
        sheet: The title of its sheet where there are several, else "".
    """

    place: int
    what: str
    fault: RowFault
    value: str = ""
    sheet: str = ""


def sheet_code(checklist: Checklist) -> str:
    """Six characters that change with the items, their order and their texts."""
    lines = "\n".join(f"{item.id}\t{item.text}" for item in checklist.items())
    left = int.from_bytes(hashlib.sha256(lines.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    code = ""
    while len(code) < CODE_LENGTH:
        left, digit = divmod(left, len(_ALPHABET))
        code += _ALPHABET[digit]
    return code


def same_code(typed: str, code: str) -> bool:
    """Whether a code that was typed or read is that one; case, width and gaps do not count."""
    return _narrow(typed) == code


def numbered(checklist: Checklist) -> tuple[Numbered, ...]:
    """All items with their running numbers, in reading order."""
    places = ((section, item) for section in checklist.sections for item in section.items)
    return tuple(Numbered(number, item, section) for number, (section, item) in enumerate(places, 1))


def verdict_of(text: str) -> Verdict | None:
    """What a word, sign or key of the paper means; None where it means nothing."""
    word = _narrow(text)
    known = _VERDICTS.get(word)
    return known or next((each for each in Verdict if _narrow(verdict_word(each)) == word), None)


def is_number(text: str) -> bool:
    """Whether it is written as a running number: one to five of the digits 0 to 9, also in full width."""
    return bool(_NUMBER.fullmatch(_narrow(text)))


def place_words(sheet: str, place: int) -> str:
    """Where a row stands: ``第17行``, with its sheet where there are several."""
    where = _("第{place}行").format(place=place)
    return _("“{sheet}”").format(sheet=sheet) + where if sheet else where


class Reader:
    """Understands the rows of one checklist's sheet.

    Attributes:
        code: The checklist's own.
    """

    def __init__(self, checklist: Checklist) -> None:
        self.code = sheet_code(checklist)
        self._numbered = numbered(checklist)
        self._items = {each.item.id: each for each in self._numbered}

    def find(self, key: str) -> Numbered | None:
        """The item of a running number of this sheet, or of an id as people type it; else None."""
        narrow = _narrow(key)
        if is_number(key):
            number = int(narrow)
            return self._numbered[number - 1] if 1 <= number <= len(self._numbered) else None
        found = _ID.fullmatch(narrow)
        item = f"{found[1]}-{int(found[2]):02d}" if found else narrow
        return self._items.get(item)

    def read(self, sheet: TypedSheet) -> tuple[PaperAnswer | FaultyRow, ...]:
        """Every filled row understood, or why not, in order.

        Rows on one item that agree are one; where they don't, none of them is taken.
        """
        results = [
            self.understand(row, ours=same_code(sheet.code_of(row), self.code))
            for row in sheet.rows
            if not row.blank or row.number or row.item
        ]
        firsts: dict[str, dict[PaperAnswer, PaperAnswer]] = {}
        for result in results:
            if isinstance(result, PaperAnswer):
                firsts.setdefault(result.item, {}).setdefault(result.said, result)
        found: list[PaperAnswer | FaultyRow] = []
        for result in results:
            if isinstance(result, FaultyRow):
                found.append(result)
                continue
            same = firsts[result.item]
            if len(same) > 1:
                others = (each for said, each in same.items() if said != result.said)
                named = islice(others, _MOST_NAMED)
                places = "、".join(place_words(each.sheet, each.place) for each in named)
                found.append(FaultyRow(result.place, result.item, RowFault.TWICE, places, result.sheet))
            elif result is same[result.said]:
                found.append(result)
        return tuple(found)

    def understand(self, row: TypedRow, *, ours: bool) -> PaperAnswer | FaultyRow:
        """One row.

        Args:
            row: As it was filled in.
            ours: Whether it comes from this very sheet, so that its running number counts.
        """
        what = row.item.strip() or row.number.strip()

        def faulty(fault: RowFault, value: str = "") -> FaultyRow:
            return FaultyRow(row.place, what, fault, value, row.sheet)

        if row.fault:
            return faulty(row.fault)
        found = self._find_row(row, ours=ours)
        if isinstance(found, RowFault):
            return faulty(found, row.number.strip() if found is RowFault.NOT_A_NUMBER else "")
        what = found.item.id if row.item.strip() else f"{found.number} {found.item.id}"
        note, where = _cleaned(row.note, row.where)
        if not row.verdict.strip():
            return faulty(RowFault.NO_VERDICT)
        verdict = verdict_of(row.verdict)
        if verdict is None:
            return faulty(RowFault.UNKNOWN_VERDICT, row.verdict.strip())
        if verdict is Verdict.NOT_APPLICABLE:
            if not found.item.may_not_apply:
                return faulty(RowFault.ALWAYS_APPLIES)
            note = " ".join(note.split("\n"))  # a reason is one line
            if not note:
                return faulty(RowFault.NO_REASON)
        most = LONGEST_NAME if verdict is Verdict.NOT_APPLICABLE else LONGEST_TEXT - LONGEST_NAME
        for text, longest in ((note, most), (where, LONGEST_NAME - len(_where_line("")))):
            if len(text) > longest:
                return faulty(RowFault.TOO_LONG, str(longest))
        return PaperAnswer(row.place, found.item.id, verdict, note, where, row.sheet)

    def _find_row(self, row: TypedRow, *, ours: bool) -> Numbered | RowFault:
        number, item = row.number.strip(), row.item.strip()
        if item:
            found = None if is_number(item) else self.find(item)
            if found is None:
                return RowFault.UNKNOWN_ID
            if ours and number and self.find(number) is not found:
                return RowFault.NUMBER_AND_ID_DIFFER
            return found
        if not number:
            return RowFault.NO_ITEM
        if not is_number(number):
            return RowFault.NOT_A_NUMBER
        if not ours:
            return RowFault.NUMBER_OF_ANOTHER_SHEET
        return self.find(number) or RowFault.UNKNOWN_NUMBER


def answered(before: Answer, paper: PaperAnswer, today: date) -> Answer:
    """The answer that a row makes of the one that is stored.

    What the paper leaves empty stays as it was. A new 不适用, and a new reason for one whose day has
    come, is asked again a year later. Where the evidence is goes into the note: it is a pointer for the
    company, not evidence in the register.
    """
    answer = replace(before, verdict=paper.verdict)
    note = ""
    if paper.verdict is Verdict.NOT_APPLICABLE:
        again = before.ask_again if before.verdict is Verdict.NOT_APPLICABLE else None
        if again and again <= today and paper.note != before.reason:
            again = None  # a new reason is asked again in its own time, not at once
        answer = replace(answer, reason=paper.note, ask_again=again or asked_again(today))
    else:
        note = paper.note
    where = _where_line(paper.where) if paper.where else ""
    if note:
        answer = replace(answer, note=_joined((note, where)))
    elif where and where not in before.note.split("\n"):
        answer = replace(answer, note=_joined((before.note, where)))
    return answer


def replaces(before: Answer, after: Answer) -> bool:
    """Whether an answer takes away something that was stored, rather than only adding to it."""
    adds = not before.note or f"{after.note}\n".startswith(f"{before.note}\n")
    return (
        before.verdict not in {None, after.verdict}
        or not adds
        or bool(before.reason.strip() and after.reason != before.reason)
    )


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(each for each in lines if each)


def _where_line(where: str) -> str:
    return _("佐证在：{where}").format(where=where)


def _cleaned(note: str, where: str) -> tuple[str, str]:
    answer = one_line(Answer("", note=note.strip(), reason=where.strip()))
    return answer.note.strip(), answer.reason.strip()


def _narrow(text: str) -> str:
    """Without width, case and white space; dashes are hyphens."""
    return "".join(half_width(text).translate(_DASHES).split()).upper()
