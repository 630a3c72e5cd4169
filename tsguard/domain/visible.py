"""What of a text can be seen: a text of invisible characters alone says nothing."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_ADDED = frozenset({"Mn", "Me"})
"""Marks and variation selectors, which show only on a character before them."""
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing."""


def trimmed(text: str) -> str:
    """The text without invisible characters at its ends; "" where nothing of it can be seen."""
    first, last = 0, len(text)
    while first < last and _unseen(text[first]):
        first += 1
    while first < last and _unseen(text[last - 1]):
        last -= 1
    kept = text[first:last]
    return (
        kept if any(unicodedata.category(each) not in _ADDED and not _unseen(each) for each in kept) else ""
    )


def _unseen(character: str) -> bool:
    return character in _FILLERS or unicodedata.category(character) in _UNSEEN
