"""Chinese line breaking: spans in, set lines out. No PDF and no fonts in here; widths come from outside.

Greedy with a look back: a line takes what fits, then gives back up to a few em where the break there is
dearer than a looser line. ``break_lines`` is the whole interface; a better breaker replaces its body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tsguard.report.typeset.kinsoku import (
    FULL_MARKS,
    NEVER,
    NO_AIR,
    NOT_FIRST,
    NOT_LAST,
    OPENING,
    STOPS,
    costs,
    is_han,
    is_latin,
)

Look = TypeVar("Look")
_ATOM = re.compile(r"——|……| +|\n|\u3000|[^\s\u2000-\U0010ffff·§×÷]+|.", re.DOTALL)
_PIECES = re.compile(r".{1,7}?[/_?&=.\-]|.{1,4}", re.DOTALL)
_SPACE_WIDE = 16
_LOOSEST = (0.08, 0.12)
"""Em added between characters beyond which a line stays ragged: in narrow columns, and elsewhere."""


@dataclass(frozen=True, slots=True)
class Span(Generic[Look]):
    """Text of one look.

    Attributes:
        text: With newlines where a line must end.
        look: Handed through to the lines.
        size: In points.
        sign: Whether it is a drawn sign of one em rather than text.
    """

    text: str
    look: Look
    size: float
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """How wide lines may be.

    Attributes:
        first: The first line, in points.
        rest: All others.
        justify: Whether lines are stretched to it.
    """

    first: float
    rest: float
    justify: bool


@dataclass(frozen=True, slots=True)
class Placed(Generic[Look]):
    """A piece on its line; ``x`` counts from the line's start and may lie left of it by an empty half em."""

    text: str
    look: Look
    size: float
    x: float
    sign: bool


@dataclass(frozen=True, slots=True)
class Line(Generic[Look]):
    """A set line: its pieces and the width that they fill."""

    pieces: tuple[Placed[Look], ...]
    width: float

    @property
    def text(self) -> str:
        """Its text with the blanks of the source."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Atom(Generic[Look]):
    """What never breaks inside, and the gap behind it."""

    text: str
    span: Span[Look]
    width: float
    blank: str = ""
    space: float = 0.0
    stretch: float = 0.0
    shrink: float = 0.0
    cost: float = 0.0
    head_air: float = field(default=0.0)
    tail_air: float = field(default=0.0)


def break_lines(
    spans: Sequence[Span[Look]], measure: Measure, width_of: Callable[[str, Look], float]
) -> tuple[Line[Look], ...]:
    """Lines that fill the measure.

    Args:
        spans: The text of a paragraph in its looks.
        measure: How wide lines may be.
        width_of: The natural width of a text in a look, in points.

    Returns:
        At least one line; their texts joined are the spans' texts, without newlines and leading spaces.
    """
    lines: list[Line[Look]] = []
    for number, part in enumerate(_at_newlines(spans)):
        width = measure.first if number == 0 else measure.rest
        atoms = _atoms(part, width_of, min(width, measure.rest))
        lines += _break(atoms, width, measure)
    return tuple(lines)


def _at_newlines(spans: Sequence[Span[Look]]) -> list[list[Span[Look]]]:
    parts: list[list[Span[Look]]] = [[]]
    for span in spans:
        first, *others = span.text.split("\n")
        parts[-1].append(Span(first, span.look, span.size, span.sign))
        parts += [[Span(text, span.look, span.size)] for text in others]
    return parts


# --- atoms and gaps ---------------------------------------------------------------------------------


def _atoms(
    spans: Sequence[Span[Look]], width_of: Callable[[str, Look], float], narrowest: float
) -> list[_Atom[Look]]:
    text = "".join("\ufffc" if span.sign else span.text for span in spans)
    owners = [span for span in spans for _ in (" " if span.sign else span.text)]
    held = costs(text)
    atoms: list[_Atom[Look]] = []
    starts: list[int] = []
    forced: set[int] = set()
    for match in _ATOM.finditer(text):
        if match.group()[0] == " ":
            if atoms:
                atoms[-1].blank = match.group()
            continue
        whole, at = match.group(), match.start()
        # Most of Chinese text is atoms of one character, which nothing cuts.
        cut = ((at, whole, False),) if len(whole) == 1 else _cut(whole, at, owners, width_of, narrowest)
        for start, piece, inside in cut:
            owner = owners[start]
            if inside:
                forced.add(start)
            width = owner.size if owner.sign else width_of(piece, owner.look)
            atoms.append(_Atom("" if owner.sign else piece, owner, width))
            starts.append(start)
    for index, atom in enumerate(atoms):
        character = atom.text[:1]
        if character in OPENING:
            atom.head_air = atom.span.size / 2
        if atom.text[-1:] in FULL_MARKS:
            atom.tail_air = atom.span.size / 2
        if index + 1 < len(atoms):
            start = starts[index + 1]
            _set_gap(atom, atoms[index + 1])
            _set_cost(atom, atoms[index + 1], held.get(start, 0.0), forced=start in forced)
    return atoms


def _cut(
    piece: str,
    start: int,
    owners: Sequence[Span[Look]],
    width_of: Callable[[str, Look], float],
    narrowest: float,
) -> Iterator[tuple[int, str, bool]]:
    """An atom where its look changes and, where it is wider than a line, in small pieces.

    Yields:
        Where each part starts, the part, and whether a line may end before it though it is inside a word.
    """
    for begin, part in _by_owner(piece, start, owners):
        owner = owners[begin]
        if len(part) < 2 or owner.sign or width_of(part, owner.look) <= narrowest:
            yield begin, part, False
            continue
        for match in _PIECES.finditer(part):
            small, at = match.group(), begin + match.start()
            if width_of(small, owner.look) > narrowest:
                yield from ((at + k, each, at + k > begin) for k, each in enumerate(small))
            else:
                yield at, small, at > begin


def _by_owner(piece: str, start: int, owners: Sequence[Span[Look]]) -> Iterator[tuple[int, str]]:
    at, end = start, start + len(piece)
    while at < end:
        stop = at + 1
        if owners[at] is owners[end - 1]:
            stop = end
        while stop < end and owners[stop] is owners[at]:
            stop += 1
        yield at, piece[at - start : stop - start]
        at = stop


def _set_gap(left: _Atom[Look], right: _Atom[Look]) -> None:
    """The room between two neighbours: natural, and what it may gain and lose, in points."""
    em = min(left.span.size, right.span.size)
    space, stretch, shrink = _gap(left, right)
    left.space, left.stretch, left.shrink = space * em, stretch * em, shrink * em


def _gap(left: _Atom[Look], right: _Atom[Look]) -> tuple[float, float, float]:
    if left.span.sign or right.span.sign:
        return (0.2, 0.0, 0.0) if left.span.sign else (0.25 if left.blank else 0.0, 0.08, 0.0)
    a, b = left.text[-1], right.text[0]
    if not left.blank and (a in NO_AIR or b in NO_AIR):
        return 0.0, 0.0, 0.0
    a_latin, b_latin = is_latin(a), is_latin(b)
    if a_latin and b_latin:
        return (0.25, 0.16, 0.07) if left.blank else (0.0, 0.0, 0.0)
    if (a_latin and is_han(b)) or (b_latin and is_han(a)):
        latin = a if a_latin else b
        if latin.isdigit():
            return 0.17, 0.06, 0.06
        return (0.25, 0.12, 0.125) if latin.isalpha() or latin in "%°+" or left.blank else (0.0, 0.0, 0.0)
    if a in FULL_MARKS:
        if b in FULL_MARKS or b in OPENING:
            return -0.5, 0.0, 0.0
        return 0.0, 0.10, 0.10 if a in STOPS else 0.25
    if b in OPENING:
        return (-0.5, 0.0, 0.0) if a in OPENING else (0.0, 0.06, 0.25)
    if b in FULL_MARKS:
        return 0.0, 0.03, 0.0
    if left.blank:
        return 0.25, 0.08, 0.08
    return (0.0, 0.08, 0.0) if a not in OPENING else (0.0, 0.0, 0.0)


def _set_cost(left: _Atom[Look], right: _Atom[Look], held: float, *, forced: bool) -> None:
    if left.span.sign or (not right.span.sign and right.text[0] in NOT_FIRST):
        left.cost = NEVER
    elif right.span.sign:
        left.cost = 0.0
    elif left.text[-1] in NOT_LAST:
        left.cost = NEVER
    elif is_latin(left.text[-1]) and is_latin(right.text[0]) and not left.blank:
        left.cost = 4.0 if forced else NEVER
    else:
        left.cost = held


# --- lines ------------------------------------------------------------------------------------------


def _break(atoms: list[_Atom[Look]], width: float, measure: Measure) -> list[Line[Look]]:
    if not atoms:
        return [Line((), 0.0)]
    lines: list[Line[Look]] = []
    start = 0
    while start < len(atoms):
        end = _end(atoms, start, width)
        if end == len(atoms) - 1 and lines:
            start, end = _without_runt(atoms, start, end, lines, measure)
        last = end == len(atoms) - 1
        lines.append(_line(atoms[start : end + 1], width, justify=measure.justify and not last))
        start, width = end + 1, measure.rest
    return lines


def _end(atoms: list[_Atom[Look]], start: int, width: float) -> int:
    """Index of the last atom of the line that starts at an index."""
    natural, shrink = -atoms[start].head_air, 0.0
    fitting: list[tuple[int, float]] = []
    farthest = start
    for index in range(start, len(atoms)):
        atom = atoms[index]
        natural += atom.width
        if natural - atom.tail_air - shrink > width + 1e-6:
            break
        farthest = index
        room = width - (natural - atom.tail_air)
        if index == len(atoms) - 1:
            return index
        if atom.cost != NEVER:
            fitting.append((index, max(room, 0.0)))
        natural += atom.space
        shrink += atom.shrink
    if not fitting:
        return farthest
    em = atoms[start].span.size
    best, _ = min(reversed(fitting[-8:]), key=lambda candidate: candidate[1] / em + atoms[candidate[0]].cost)
    return best


def _without_runt(
    atoms: list[_Atom[Look]], start: int, end: int, lines: list[Line[Look]], measure: Measure
) -> tuple[int, int]:
    """Take one more atom down from the line before, where the last line would be a single character."""
    alone = sum(atom.width for atom in atoms[start : end + 1])
    em = atoms[start].span.size
    previous = lines[-1]
    if alone > 1.6 * em or len(previous.pieces) < 6 or measure.rest < _SPACE_WIDE * em:
        return start, end
    for earlier in (start - 1, start - 2):
        if earlier > 0 and atoms[earlier - 1].cost == 0.0:
            first = start - len(previous.pieces)
            width = measure.first if len(lines) == 1 else measure.rest
            lines[-1] = _line(atoms[first:earlier], width, justify=measure.justify)
            return earlier, end
    return start, end


def _line(atoms: list[_Atom[Look]], width: float, *, justify: bool) -> Line[Look]:
    head, tail = atoms[0].head_air, atoms[-1].tail_air
    inner = atoms[:-1]
    natural = sum(atom.width for atom in atoms) + sum(atom.space for atom in inner) - head - tail
    room = width - natural
    ratio = 0.0
    if room < 0:
        shrink = sum(atom.shrink for atom in inner)
        ratio = max(room / shrink, -1.0) if shrink else 0.0
    elif justify:
        stretch = sum(atom.stretch for atom in inner)
        em = atoms[0].span.size
        loosest = _LOOSEST[width > _SPACE_WIDE * em]
        ratio = room / stretch if stretch else 0.0
        if room > loosest * em * max(len(inner), 1) or ratio * 0.08 > loosest:
            ratio = 0.0
    pieces: list[Placed[Look]] = []
    x = -head
    for atom in atoms:
        pieces.append(Placed(atom.text + atom.blank, atom.span.look, atom.span.size, x, atom.span.sign))
        filled = x + atom.width
        x = filled + atom.space + ratio * (atom.stretch if ratio > 0 else atom.shrink)
    return Line(tuple(pieces), filled - tail)
