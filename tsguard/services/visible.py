"""What was written by others, as it may stand in a sentence: nothing in it can forge a line or hide.

For names of files, keys and values of content files, answers of the operating system.
"""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def unseen(character: str) -> bool:
    """Whether a character is a control, a line break or invisible."""
    return unicodedata.category(character) in _UNSEEN


def visible(text: object) -> str:
    """The text with control and invisible characters as escapes, as Python writes them."""
    return "".join(repr(each)[1:-1] if unseen(each) else each for each in str(text))
