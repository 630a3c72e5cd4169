"""Thousands of protected strings in one pass over a text.

It knows how a string may be interrupted, not whether a find is a leak.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tsguard.domain.disclosure import Guard
from tsguard.domain.protection import LEAST, ProtectedString
from tsguard.report.guard.normalise import JUMP, NUMERALS, Normal, is_mark, plain

WINDOW = 12
"""Characters of a long clause that are enough to know it by."""
_ANCHOR = 8
"""Characters that a window is filed under; just one in each window begins at a multiple of ``_STRIDE``."""
_STRIDE = WINDOW - _ANCHOR + 1
BY_WINDOWS = frozenset({Guard.PROSE, Guard.WORD, Guard.NAME})
_KEY = 4
"""Characters that long strings are filed under."""
SHORT = 3
"""Characters up to which a string is not pieced together over a jump or a mark."""
OTHER_FIGURES = 3
"""Characters from which on a string is also found with 七 for 7."""
_FIGURES = frozenset(NUMERALS) | frozenset("0123456789十百千万两几")
WHOLE_WORD = 4
"""Letters and digits up to which a string counts as a whole word only."""


@dataclass(frozen=True, slots=True)
class Needle:
    """A protected string as it is compared.

    Attributes:
        text: Comparable.
        protected: Where it comes from; of several records the first.
        whole: Whether it counts only where no letter or digit touches it.
        listed: Comparable number that a title is listed under, or "".
        figures: Which of its figures are in Chinese.
        window: Whether it is a piece of a longer text.
    """

    text: str = field(repr=False)
    protected: ProtectedString
    whole: bool = False
    listed: str = ""
    figures: str = ""
    window: bool = False


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A piece of a long text, with as much on either side as a window around it may take.

    Attributes:
        around: Comparable.
        at: Where in it the piece begins.
        protected: Where it comes from.
    """

    around: str = field(repr=False)
    at: int
    protected: ProtectedString


@dataclass(frozen=True, slots=True)
class Find:
    """A needle in a text, from ``start`` up to ``end`` of the comparable characters."""

    start: int
    end: int
    needle: Needle


class Needles:
    """All strings of a vault that are looked for.

    Args:
        strings: Protected strings; those that say why not are left out, of equal ones the first stays,
            a title only where nothing else is called so: a title is let off where it is listed.
    """

    def __init__(self, strings: Iterable[ProtectedString]) -> None:
        self._filed: dict[str, list[Needle | _Anchor]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        known: set[str] = set()
        around: set[tuple[str, int]] = set()
        for each in sorted(strings, key=lambda each: each.guard is Guard.TITLE):
            if each.unsought is not None:
                continue
            normal = Normal(each.text)
            text = normal.text
            if each.guard in BY_WINDOWS and len(text) > WINDOW:
                self._file_anchors(text, each, around)
            elif len(text) >= LEAST and text not in known:
                known.add(text)
                figures = _figures(normal, 0, len(text))
                needle = Needle(text, each, _is_whole_word(text), plain(each.listed_as), figures)
                self._filed.setdefault(text[:_KEY], []).append(needle)
                self._note(text[:_KEY])
        firsts, seconds = ({pair[place] for pair in self._lengths} for place in range(LEAST))
        self._begun = re.compile(f"{_any_of(firsts)}(?={_any_of(seconds)})")

    def _file_anchors(self, text: str, protected: ProtectedString, known: set[tuple[str, int]]) -> None:
        """File a long text so that every window of it is found."""
        margin = WINDOW - _ANCHOR
        for start in range(0, len(text) - _ANCHOR + 1, _STRIDE):
            begin = max(0, start - margin)
            around = text[begin : start + WINDOW]
            if (around, start - begin) not in known:
                known.add((around, start - begin))
                anchor = text[start : start + _ANCHOR]
                self._filed.setdefault(anchor, []).append(_Anchor(around, start - begin, protected))
                self._note(anchor)

    def _note(self, key: str) -> None:
        """Remember how long the keys are that begin with a pair, the longest first."""
        known = self._lengths.get(key[:LEAST], ())
        if len(key) not in known:
            self._lengths[key[:LEAST]] = tuple(sorted((*known, len(key)), reverse=True))

    def finds(self, normal: Normal) -> Iterator[Find]:
        """Every needle in a text, overlapping ones too; of a long one each window, as a needle itself."""
        filed, lengths = self._filed, self._lengths
        text = normal.text
        for begun in self._begun.finditer(text):
            start = begun.start()
            for length in lengths.get(text[start : start + LEAST], ()):
                for each in filed.get(text[start : start + length], ()):
                    if isinstance(each, _Anchor):
                        yield from _windows(normal, start, each)
                    elif text.startswith(each.text, start):
                        find = Find(start, start + len(each.text), each)
                        if _counts(normal, find):
                            yield find


def _any_of(characters: set[str]) -> str:
    """A pattern for one of these characters; of none, for nothing."""
    return f"[{''.join(map(re.escape, sorted(characters)))}]" if characters else "(?!)"


def _windows(normal: Normal, start: int, anchor: _Anchor) -> Iterator[Find]:
    """The windows around an anchor in which text and needle agree."""
    text, around = normal.text, anchor.around
    first, last = start, start + _ANCHOR
    shift = anchor.at - start
    while first > 0 and first + shift > 0 and text[first - 1] == around[first + shift - 1]:
        first -= 1
    while last < len(text) and last + shift < len(around) and text[last] == around[last + shift]:
        last += 1
    for begin in range(first, last - WINDOW + 1):
        part = text[begin : begin + WINDOW]
        needle = Needle(part, anchor.protected, _is_whole_word(part), window=True)
        find = Find(begin, begin + WINDOW, needle)
        if _counts(normal, find):
            yield find


def places(normal: Normal, needle: Needle) -> Iterator[Find]:
    """Every place of one needle in a text, overlapping ones too: those that ``Needles.finds`` has of it."""
    start = normal.text.find(needle.text)
    while start >= 0:
        find = Find(start, start + len(needle.text), needle)
        if _counts(normal, find):
            yield find
        start = normal.text.find(needle.text, start + 1)


def _counts(normal: Normal, find: Find) -> bool:
    """Whether characters that agree make a find."""
    if find.needle.window:
        return not (_across_cells(normal, find) or (find.needle.whole and _touched(normal, find)))
    if _pieced(normal, find) or (find.needle.whole and _touched(normal, find)):
        return False
    if not _has_figures(find.needle.text) or _figures(normal, find.start, find.end) == find.needle.figures:
        return True
    if len(find.needle.text) < OTHER_FIGURES or find.needle.text.isdecimal():
        return False
    first, last = normal.at[find.start], normal.at[find.end - 1]
    before, after = normal.raw[max(0, first - 1) : first], normal.raw[last + 1 : last + 2]
    return not (
        (normal.raw[first] in _FIGURES and before in _FIGURES)
        or (normal.raw[last] in _FIGURES and after in _FIGURES)
    )


def _has_figures(text: str) -> bool:
    return any("0" <= each <= "9" for each in text)


def _figures(normal: Normal, start: int, end: int) -> str:
    """Of the figures in a stretch, which are in Chinese."""
    text = normal.text[start:end]
    if not _has_figures(text):
        return ""
    return "".join(
        "C" if normal.raw[normal.at[place]] in NUMERALS else "A"
        for place, each in enumerate(text, start)
        if "0" <= each <= "9"
    )


def _is_whole_word(text: str) -> bool:
    return text.isascii() and (text.isdecimal() or (text.isalnum() and len(text) <= WHOLE_WORD))


def _across_cells(normal: Normal, find: Find) -> bool:
    """Whether it is the end of one cell with the beginning of another: a coincidence.

    Where the pieces are whole cells, such as words that a table or a wide gap sets apart, it is none.
    """
    inside = normal.raw[normal.at[find.start] : normal.at[find.end - 1]]
    return JUMP in inside and not normal.stands_alone(find.start, find.end)


def _pieced(normal: Normal, find: Find) -> bool:
    """Whether it is pieced together: over cells, or a short string over a jump or a mark."""
    if _across_cells(normal, find):
        return True
    if len(find.needle.text) > SHORT or find.needle.text in normal.raw:
        return False
    inside = normal.raw[normal.at[find.start] : normal.at[find.end - 1]]
    return len(inside) >= len(find.needle.text) and any(each == JUMP or is_mark(each) for each in inside)


def _touched(normal: Normal, find: Find) -> bool:
    """Whether a letter or digit stands right beside it in print; beside a number, a digit."""
    first, last = normal.at[find.start], normal.at[find.end - 1]
    before = normal.raw[first - 1 : first] if first else ""
    after = normal.raw[last + 1 : last + 2]
    number = find.needle.text.isdecimal()
    return any(
        _word(each, number=number) or (each in {".", ","} and number and _beyond(normal, first, last, each))
        for each in (before, after)
        if each
    )


def _word(character: str, *, number: bool) -> bool:
    folded = "" if character in NUMERALS else plain(character)
    return folded.isascii() and (folded.isdecimal() if number else folded.isalnum())


def _beyond(normal: Normal, first: int, last: int, sign: str) -> bool:
    """Whether a point or comma beside a number joins it to more digits."""
    raw = normal.raw
    left = raw[first - 1 : first] == sign and raw[max(0, first - 2) : first - 1].isdecimal()
    return left or (raw[last + 1 : last + 2] == sign and raw[last + 2 : last + 3].isdecimal())
