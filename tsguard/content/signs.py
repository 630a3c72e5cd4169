"""Punctuation, widths and spaces of a Chinese text.

Knows nothing of items or files: a text in, its slips out. House rules: full-width punctuation beside
Han characters, half-width only inside Latin words and figures and in numbers of paragraphs such as (4);
no space beside a Han character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
"""The Han characters, for use inside a character class."""

_WIDE = "，。、；：？！（）《》“”"
_BLANK = "[ \\t\u3000\u00a0]"
_BESIDE_HAN = rf"(?<=[{HAN}{_WIDE}]){_BLANK}+(?=\S)|(?<=\S){_BLANK}+(?=[{HAN}{_WIDE}])"
_BEHIND_HAN = rf"(?<=[{HAN}])(?:[,;:?!)]|\((?!\d{{1,2}}\))|\.(?=[{HAN}]|$))"
_SLIPS = {
    "half-width-sign": rf"{_BEHIND_HAN}|[,;:?!(](?=[{HAN}])",
    "full-width-letter": "[\uff05\uff0d\uff0e\uff10-\uff19\uff20-\uff3a\uff41-\uff5a]+",
    "odd-space": rf"{_BESIDE_HAN}|{_BLANK}{{2,}}|[\u200b-\u200f\ufeff]",
    "doubled-sign": r"[，。、；：]{2,}|[，。、；：][？！]|[？！][，。、；：]|？{2,}|！{2,}",
    "odd-ellipsis": r"\.{3,}|(?<!…)(?:…|…{3,})(?!…)",
    "straight-quote": rf"(?<=[{HAN}{_WIDE}])[\"']|(?<!\d)[\"'](?=[{HAN}{_WIDE}])",
    "pause-before-and": "、(?:以及|及(?![时早格])|和(?![解谐平约]))",
}
_PATTERNS = {code: re.compile(pattern) for code, pattern in _SLIPS.items()}
_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "‘": "’", "【": "】", "〔": "〕", "「": "」"}
_CLOSING = frozenset(_PAIRS.values())
_AROUND = 5


def slips(text: str) -> Iterator[tuple[str, str]]:
    """The code of each slip in a text, with the slip and a few characters around it.

    A text can have several of a kind; only the first of each is told.
    """
    for code, pattern in _PATTERNS.items():
        if match := pattern.search(text):
            yield code, excerpt(text, match.start(), match.end())
    odd = _odd_bracket(text)
    if odd is not None:
        yield "unpaired-sign", excerpt(text, odd, odd + 1)


def excerpt(text: str, start: int, end: int) -> str:
    """That stretch of a text with a few characters on both sides."""
    return text[max(0, start - _AROUND) : end + _AROUND]


def _odd_bracket(text: str) -> int | None:
    """Where the first bracket or quotation mark stands that has no partner of its own width."""
    waiting: list[int] = []
    for position, sign in enumerate(text):
        if sign in _PAIRS:
            waiting.append(position)
        elif sign in _CLOSING:
            if not waiting or _PAIRS[text[waiting[-1]]] != sign:
                return position
            waiting.pop()
    return waiting[0] if waiting else None
