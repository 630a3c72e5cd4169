"""The checklist on paper: running numbers, the sheet's code, and what a typed row means.

Pure: no files, no clock, no vault. A running number means an item only together with the sheet's code, since
another choice of modules numbers its items otherwise; an item's id means the same on every sheet.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Checklist, Item, Section
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import VERDICT_KEYS, Verdict
from tsguard.domain.validation import LONGEST_NAME, LONGEST_TEXT, one_line
from tsguard.i18n import _

CODE_LENGTH = 6
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
_NUMBER = re.compile(r"\d{1,5}")
_ID = re.compile(r"([A-Z][A-Z0-9]*?)[-_ ]?(\d{1,2})")
_LINE = re.compile(r"\s*(\w+(?:[-‐‑‒–—―−－﹣]\w+)?)(?:[\s.,:;、，．。：；)）]+|(?=\W)|$)(.*)", re.DOTALL)
_WORD = re.compile(r"([^\s,:;、，：；]+)[\s,:;、，：；]*(.*)", re.DOTALL)
_CODE_LINE = re.compile(r"\s*(?:表号|SHEET)\s*[:：]?\s*(\S+)\s*", re.IGNORECASE)


class RowFault(StrEnum):
    """Why a typed row can't be taken."""

    NO_ITEM = "no-item"
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
    """

    place: int
    number: str = ""
    item: str = ""
    verdict: str = ""
    note: str = ""
    where: str = ""
    fault: RowFault | None = None

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.fault or any(text.strip() for text in (self.verdict, self.note, self.where)))


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """A whole sheet as it came back.

    Attributes:
        code: The sheet's code as it stands there, or "".
        rows: Those that are filled in.
    """

    code: str
    rows: tuple[TypedRow, ...]


@dataclass(frozen=True, slots=True)
class PaperAnswer:
    """A row that was understood.

    Attributes:
        place: The row or line it came from.
        item: The item it answers.
        verdict: Given.
        note: May be ""; the reason where the verdict is 不适用.
        where: Where the evidence is, or "".
    """

    place: int
    item: str
    verdict: Verdict
    note: str
    where: str

    def says_the_same(self, other: PaperAnswer) -> bool:
        """Whether two rows on one item agree."""
        return replace(self, place=other.place) == other


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row that was not understood.

    Attributes:
        place: The row or line, counted from 1.
        what: The number or id as it stands there.
        fault: What is wrong.
        value: What the sentence about it quotes: the unknown verdict, the other row.
    """

    place: int
    what: str
    fault: RowFault
    value: str = ""


def sheet_code(checklist: Checklist) -> str:
    """Six characters that change with the items, their order and their texts."""
    lines = "\n".join(f"{item.id}\t{item.text}" for item in checklist.items())
    left = int.from_bytes(hashlib.sha256(lines.encode()).digest()[:8], "big")
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


def rows_of_text(text: str) -> TypedSheet:
    """Typed lines such as ``17 1 备注`` or ``HRM-05 部分``.

    A line ``表号 7KQ2MX`` gives the sheet's code; a line that begins with ``#`` is a remark.
    """
    code, rows = "", []
    for place, each in enumerate(text.splitlines(), 1):
        if not each.strip() or each.lstrip().startswith("#"):
            continue
        named = _CODE_LINE.fullmatch(each)
        if named:
            code = named[1]
        else:
            rows.append(_row_of_line(place, each))
    return TypedSheet(code, tuple(rows))


def _row_of_line(place: int, text: str) -> TypedRow:
    found = _LINE.fullmatch(text)
    if found is None:
        return TypedRow(place, item=text.strip(), fault=RowFault.NO_ITEM)
    key, rest = found.groups()
    word = _WORD.fullmatch(rest)
    verdict, note = (word[1], word[2].strip()) if word else ("", "")
    if _NUMBER.fullmatch(_narrow(key)):
        return TypedRow(place, number=key, verdict=verdict, note=note)
    return TypedRow(place, item=key, verdict=verdict, note=note)


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
        if _NUMBER.fullmatch(narrow):
            number = int(narrow)
            return self._numbered[number - 1] if 1 <= number <= len(self._numbered) else None
        found = _ID.fullmatch(narrow)
        item = f"{found[1]}-{int(found[2]):02d}" if found else narrow
        return self._items.get(item)

    def read(self, sheet: TypedSheet) -> Iterator[PaperAnswer | FaultyRow]:
        """Every filled row understood, or why not; an item twice counts once where both rows agree."""
        ours = same_code(sheet.code, self.code)
        seen: dict[str, PaperAnswer] = {}
        for row in sheet.rows:
            if row.blank and not row.number and not row.item:
                continue
            result = self.understand(row, ours=ours)
            if isinstance(result, PaperAnswer):
                before = seen.setdefault(result.item, result)
                if before is not result:
                    if not before.says_the_same(result):
                        yield FaultyRow(row.place, result.item, RowFault.TWICE, str(before.place))
                    continue
            yield result

    def understand(self, row: TypedRow, *, ours: bool) -> PaperAnswer | FaultyRow:
        """One row.

        Args:
            row: As it was filled in.
            ours: Whether it comes from this very sheet, so that its running number counts.
        """
        what = row.item.strip() or row.number.strip()

        def faulty(fault: RowFault, value: str = "") -> FaultyRow:
            return FaultyRow(row.place, what, fault, value)

        if row.fault:
            return faulty(row.fault)
        found = self._find_row(row, ours=ours)
        if isinstance(found, RowFault):
            return faulty(found)
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
        return PaperAnswer(row.place, found.item.id, verdict, note, where)

    def _find_row(self, row: TypedRow, *, ours: bool) -> Numbered | RowFault:
        number, item = row.number.strip(), row.item.strip()
        if item:
            found = None if _NUMBER.fullmatch(_narrow(item)) else self.find(item)
            if found is None:
                return RowFault.UNKNOWN_ID
            if ours and number and self.find(number) is not found:
                return RowFault.NUMBER_AND_ID_DIFFER
            return found
        if not number:
            return RowFault.NO_ITEM
        if not ours:
            return RowFault.NUMBER_OF_ANOTHER_SHEET
        return self.find(number) or RowFault.UNKNOWN_NUMBER


def answered(before: Answer, paper: PaperAnswer, today: date) -> Answer:
    """The answer that a row makes of the one that is stored.

    What the paper leaves empty stays as it was. A new 不适用 is asked again a year later. Where the
    evidence is goes into the note: it is a pointer for the company, not evidence in the register.
    """
    answer = replace(before, verdict=paper.verdict)
    note = ""
    if paper.verdict is Verdict.NOT_APPLICABLE:
        again = before.ask_again if before.verdict is Verdict.NOT_APPLICABLE else None
        answer = replace(answer, reason=paper.note, ask_again=again or _year_later(today))
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
    return "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split()).upper()


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
