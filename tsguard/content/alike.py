"""Texts that say the same in the same or nearly the same words.

Comparing each text with each other would take minutes for some thousand texts. So a text is first cut
into pairs of neighbouring characters; only two texts that share enough of their pairs are compared in
full. To find those, each text is looked up under its rarest pairs only: two texts that share a third of
their pairs can't differ in all of these.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from math import ceil

ALIKE = 0.85
"""From this share of common characters on (``SequenceMatcher.ratio``), two texts are nearly the same."""
SHORTEST = 8
"""Characters; shorter texts are compared for being equal only."""

_ENOUGH_PAIRS = 0.5
"""Dice's coefficient of two texts' pairs, below which they can't reach ``ALIKE`` but by chance."""

_MOST_UNDER = 100
"""Texts kept under one pair: a pair of more texts than that tells none apart."""
_MOST_COMPARED = 20
"""Texts that one is compared with in full; both bound what texts made to be alike can cost."""


def alike(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The later and the earlier index of each text that an earlier one equals or nearly equals.

    The first such earlier text is given, and each later text once.
    """
    first: dict[str, int] = {}
    pairs = [frozenset(text[at : at + 2] for at in range(len(text) - 1)) for text in texts]
    common = Counter(pair for each in pairs for pair in each)
    under: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        if text in first:
            yield index, first[text]
            continue
        first[text] = index
        if len(text) < SHORTEST:
            continue
        mine = pairs[index]
        rare = sorted(mine, key=lambda pair: (common[pair], pair))
        looked_up = rare[: len(rare) - ceil(len(rare) * _ENOUGH_PAIRS / (2 - _ENOUGH_PAIRS)) + 1]
        near = sorted({other for pair in looked_up for other in under[pair]})
        sharing = (other for other in near if _share(mine, pairs[other]))
        found = next((other for other in islice(sharing, _MOST_COMPARED) if _same(texts[other], text)), None)
        if found is not None:
            yield index, found
        for pair in looked_up:
            if len(under[pair]) < _MOST_UNDER:
                under[pair].append(index)


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) >= _ENOUGH_PAIRS * (len(one) + len(other))


def _same(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
