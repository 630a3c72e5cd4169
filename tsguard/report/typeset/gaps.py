"""What stands between two neighbours on a line: room, what it may gain and lose, and if a line may end there.

Characters of one kind behave alike, so each pair of kinds is thought through once. No widths and no PDF in
here, and no text is kept: single characters only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from tsguard.report.typeset.kinsoku import (
    FULL_MARKS,
    NO_AIR,
    NOT_FIRST,
    NOT_LAST,
    OPENING,
    STOPS,
    is_latin,
)


class Gap(NamedTuple):
    """The room between two neighbours, in em of the smaller one, and what a break there is.

    Attributes:
        space: Natural; negative where two halves of full-width marks are empty.
        stretch: What it may gain.
        shrink: What it may lose.
        closed: Whether no line may end there, whatever stands around it.
        word: Whether it is inside a word of Latin letters.
    """

    space: float
    stretch: float
    shrink: float
    closed: bool = False
    word: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What of a character matters to its neighbours; there is one value of each kind.

    Attributes:
        latin: Whether it belongs to a word of Latin letters and figures.
        digit: Whether it is a figure.
        letter: Whether it is a letter, or a mark that a gap stands beside as beside one.
        opening: Whether it opens a bracket or a quotation.
        mark: Whether its right half is empty.
        stop: Whether it ends a sentence.
        tight: Whether no gap stands beside it.
        not_first: Whether it may not begin a line.
        not_last: Whether it may not end one.
    """

    latin: bool
    digit: bool
    letter: bool
    opening: bool
    mark: bool
    stop: bool
    tight: bool
    not_first: bool
    not_last: bool

    @property
    def han(self) -> bool:
        """Whether it stands in a full em among Chinese text: not Latin, no mark."""
        return not (self.latin or self.mark or self.opening)


class _Kinds(dict[str, Kind]):
    """The kind of each character, looked up once."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[bool, ...], Kind] = {}

    def __missing__(self, character: str) -> Kind:
        traits = (
            is_latin(character),
            character.isdigit(),
            character.isalpha() or character in "%°+",
            character in OPENING,
            character in FULL_MARKS,
            character in STOPS,
            character in NO_AIR,
            character in NOT_FIRST,
            character in NOT_LAST,
        )
        found = self[character] = self._known.setdefault(traits, Kind(*traits))
        return found


class _Gaps(dict[tuple[Kind, Kind, bool], Gap]):
    """The gap of each pair of kinds, with or without a blank in the source, worked out once."""

    def __missing__(self, pair: tuple[Kind, Kind, bool]) -> Gap:
        left, right, blank = pair
        space, stretch, shrink = _room(left, right, blank=blank)
        word = left.latin and right.latin and not blank
        found = self[pair] = Gap(space, stretch, shrink, right.not_first or left.not_last, word)
        return found


KINDS: Final = _Kinds()
"""By character."""
GAPS: Final = _Gaps()
"""By the kinds of the left and the right neighbour, and whether the source has a blank between them."""


def beside_sign(*, drawn: bool, blank: bool) -> tuple[float, float, float]:
    """The room beside a drawn sign, as in ``Gap``.

    Args:
        drawn: Whether the sign stands left; else it stands right.
        blank: Whether the source has a blank there.
    """
    return (0.2, 0.0, 0.0) if drawn else (0.25 if blank else 0.0, 0.08, 0.0)


def _room(a: Kind, b: Kind, *, blank: bool) -> tuple[float, float, float]:
    if not blank and (a.tight or b.tight):
        return 0.0, 0.0, 0.0
    if a.latin and b.latin:
        return (0.25, 0.16, 0.07) if blank else (0.0, 0.0, 0.0)
    if (a.latin and b.han) or (b.latin and a.han):
        latin = a if a.latin else b
        if latin.digit:
            return 0.17, 0.06, 0.06
        return (0.25, 0.12, 0.125) if latin.letter or blank else (0.0, 0.0, 0.0)
    if a.mark:
        if b.mark or b.opening:
            return -0.5, 0.0, 0.0
        return 0.0, 0.10, 0.10 if a.stop else 0.25
    if b.opening:
        return (-0.5, 0.0, 0.0) if a.opening else (0.0, 0.06, 0.25)
    if b.mark:
        return 0.0, 0.03, 0.0
    if blank:
        return 0.25, 0.08, 0.08
    return (0.0, 0.08, 0.0) if not a.opening else (0.0, 0.0, 0.0)
