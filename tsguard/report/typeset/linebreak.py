"""Chinese line breaking: spans in, set lines out. No PDF and no fonts in here; widths come from outside.

Greedy with a look back: a line takes what fits, then gives back up to a few em where the break there is
dearer than a looser line. ``break_lines`` is the whole interface; a better breaker replaces its body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from tsguard.report.typeset.gaps import GAPS, KINDS, Kind, beside_sign
from tsguard.report.typeset.kinsoku import NEVER, costs

Look = TypeVar("Look")
_ATOM = re.compile(r"——|……| +|\n|\u3000|[^\s\u2000-\U0010ffff·§×÷]+|.", re.DOTALL)
_PIECES = re.compile(r".{1,7}?[/_?&=.\-]|.{1,4}", re.DOTALL)
_SPACE_WIDE = 16
_TOUCHING = 1e-6
"""Points by which a sum of widths may miss what it stands for."""
_BACK = 8
"""Places that a line may give back to, at most."""
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


class Placed(NamedTuple, Generic[Look]):
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
    head_air: float = 0.0
    tail_air: float = 0.0


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
    atoms: list[_Atom[Look]] = []
    starts: list[int] = []
    forced: set[int] = set()
    at = 0
    for whole in _ATOM.findall(text):
        start = at
        at += len(whole)
        if whole[0] == " ":
            if atoms:
                atoms[-1].blank = whole
        elif len(whole) == 1:  # most of Chinese text
            owner = owners[start]
            if owner.sign:
                atoms.append(_Atom("", owner, owner.size))
            else:
                atoms.append(_Atom(whole, owner, width_of(whole, owner.look)))
            starts.append(start)
        else:
            for begin, piece, inside in _cut(whole, start, owners, width_of, narrowest):
                owner = owners[begin]
                if inside:
                    forced.add(begin)
                width = owner.size if owner.sign else width_of(piece, owner.look)
                atoms.append(_Atom("" if owner.sign else piece, owner, width))
                starts.append(begin)
    _set_gaps(atoms, starts, costs(text), forced)
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


def _set_gaps(atoms: list[_Atom[Look]], starts: list[int], held: dict[int, float], forced: set[int]) -> None:
    """The air of each atom, the room between neighbours, and what a break there costs.

    Args:
        atoms: Of one paragraph.
        starts: Where each begins in the text.
        held: The cost of a break before a place of the text that is not free.
        forced: Places inside a word before which a line may end.
    """
    left: _Atom[Look] | None = None
    ended: Kind | None = None
    for right, start in zip(atoms, starts, strict=True):
        text = right.text
        begins = ends = None
        if text:
            begins = KINDS[text[0]]
            ends = begins if len(text) == 1 else KINDS[text[-1]]
            if begins.opening:
                right.head_air = right.span.size / 2
            if ends.mark:
                right.tail_air = right.span.size / 2
        if left is not None:
            em = min(left.span.size, right.span.size)
            if ended is None or begins is None:
                space, stretch, shrink = beside_sign(drawn=ended is None, blank=bool(left.blank))
                if ended is None:
                    left.cost = NEVER
            else:
                space, stretch, shrink, closed, word = GAPS[ended, begins, bool(left.blank)]
                if closed:
                    left.cost = NEVER
                elif word:
                    left.cost = 4.0 if start in forced else NEVER
                else:
                    left.cost = held.get(start, 0.0)
            left.space, left.stretch, left.shrink = space * em, stretch * em, shrink * em
        left, ended = right, ends


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
    farthest, last = start, len(atoms) - 1
    limit = width + _TOUCHING
    for index in range(start, len(atoms)):
        atom = atoms[index]
        natural += atom.width
        filled = natural - atom.tail_air
        if filled - shrink > limit:
            break
        farthest = index
        if index == last:
            return index
        if atom.cost != NEVER:
            fitting.append((index, filled))
        natural += atom.space
        shrink += atom.shrink
    if not fitting:
        return farthest
    em = atoms[start].span.size
    candidates = (
        (max(width - filled, 0.0) / em + atoms[index].cost, index) for index, filled in fitting[-_BACK:]
    )
    return min(candidates, key=lambda each: (each[0], -each[1]))[1]


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
    natural = sum([atom.width for atom in atoms]) + sum([atom.space for atom in inner]) - head - tail
    room = width - natural
    ratio = 0.0
    if room < 0:
        shrink = sum([atom.shrink for atom in inner])
        ratio = max(room / shrink, -1.0) if shrink else 0.0
    elif justify:
        stretch = sum([atom.stretch for atom in inner])
        em = atoms[0].span.size
        loosest = _LOOSEST[width > _SPACE_WIDE * em]
        ratio = room / stretch if stretch else 0.0
        if room > loosest * em * max(len(inner), 1) or ratio * 0.08 > loosest:
            ratio = 0.0
    pieces: list[Placed[Look]] = []
    x = -head
    for atom in atoms:
        span = atom.span
        pieces.append(Placed(atom.text + atom.blank, span.look, span.size, x, span.sign))
        filled = x + atom.width
        x = filled + atom.space + ratio * (atom.stretch if ratio > 0 else atom.shrink)
    return Line(tuple(pieces), filled - tail)
