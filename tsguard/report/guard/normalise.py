"""A text as the guard compares it, with the place of each character in the text as printed.

Width, letter case, accents, white space, invisible characters, hyphens, marks, traditional forms, radicals
that stand for a character, letters of other scripts that look Latin, and 三 for 3 make no difference. Every
character is taken for itself, so that what stands beside it changes nothing.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import accumulate, chain, count, repeat

SOFT = "\n"
"""A line's end, over which a word may go on."""
JUMP = "\x1f"
"""The end of a cell or a column: a word that goes on there is a coincidence, unless it is long."""
WRAP = "\x1e"
"""The end of a full line: what stands there is in the middle of a text."""
BREAKS = frozenset({SOFT, JUMP, WRAP})
_ENDING = frozenset({SOFT, JUMP})
_STRENGTH = {WRAP: 0, SOFT: 1, JUMP: 2}

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me", "Pd"})
_MARKS = frozenset({"Pc", "Ps", "Pe", "Pi", "Pf", "Po"})
_SAYING = frozenset(".%‰@&#*")
"""Marks that are part of what is said: 1.5, 85%, a@b."""
NUMERALS = dict(zip("〇一二三四五六七八九", "0123456789", strict=True))
"""Figures in Chinese, each taken for itself: 十二 is no 12."""
_LOOKALIKES = dict(
    zip(
        "аеорсухіјѕһвкмнтαβεοικνρτυχμ×ı",
        "aeopcyxijshbkmhtabeoiknptyxuxi",
        strict=True,
    )
)
"""Small letters that look Latin, or are typed for one, as μ is for u."""
_DOTS = frozenset("·•‧∙⋅・･᛫●\u2010\u2011\u2043\u2212\ufffe\ufffd\u3164\u115f\u2800\uffa0~_")
_RADICALS = dict(
    zip(
        "⺠⺟⻁⻄⻅⻆⻉⻋⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⺌⺮⺼⻌⻊⻖⻏",
        "民母虎西见角贝车长长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟小竹肉辶足阝阝",
        strict=True,
    )
)
"""Radicals of U+2E80 that fonts give for a character; Unicode has no decomposition for them."""
_STRETCH = 128
"""Characters as printed whose places are worked out together: a few of thousands are ever asked for."""
_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x323B0))


class Normal:
    """A text made comparable; where its characters stand is only worked out where something was found.

    Args:
        raw: As printed; ``SOFT`` and ``JUMP`` in it are breaks.

    Attributes:
        raw: As given.
        text: Comparable; no white space, no line ends.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        parts = [plain(raw[start : start + _STRETCH]) for start in range(0, len(raw), _STRETCH)]
        self.text = "".join(parts)
        self._sizes = list(map(len, parts))

    @cached_property
    def at(self) -> Places:
        """For each character of ``text`` where it stands in ``raw``."""
        return Places(self.raw, self._sizes)

    def break_before(self, place: int) -> str:
        """The strongest of the breaks that ``raw`` has right before a place in ``text``; "" for none."""
        start = self.at[place - 1] + 1 if place else 0
        end = self.at[place] if place < len(self.text) else len(self.raw)
        breaks = [each for each in self.raw[start:end] if each in BREAKS]
        return max(breaks, key=_STRENGTH.__getitem__, default="")

    def stands_alone(self, start: int, end: int) -> bool:
        """Whether texts may begin and end where this stretch of ``text`` does."""
        begins = start == 0 or self.break_before(start) in _ENDING
        return begins and (end == len(self.text) or self.break_before(end) in _ENDING)


class Places:
    """For each character of a comparable text where it stands in the text as printed.

    Args:
        raw: As printed.
        sizes: How many comparable characters each ``_STRETCH`` of it makes.
    """

    def __init__(self, raw: str, sizes: Iterable[int]) -> None:
        self._raw = raw
        self._ends = list(accumulate(sizes))
        self._worked_out: dict[int, list[int]] = {}

    def __len__(self) -> int:
        """How many comparable characters there are."""
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[int]:
        """All places, in order."""
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, place: int) -> int:
        """Where the comparable character at ``place``, from 0, stands.

        Raises:
            IndexError: There is none.
        """
        if not 0 <= place < len(self):
            raise IndexError(place)
        stretch = bisect_right(self._ends, place)
        there = self._worked_out.get(stretch)
        if there is None:
            first = stretch * _STRETCH
            sizes = map(len, map(_FOLDED.__getitem__, self._raw[first : first + _STRETCH]))
            there = self._worked_out[stretch] = list(chain.from_iterable(map(repeat, count(first), sizes)))
        return there[place - self._ends[stretch - 1] if stretch else place]


_SAME = NUMERALS | _LOOKALIKES


def _is_dropped(character: str) -> bool:
    return character in _DOTS or unicodedata.category(character) in _DROPPED or is_mark(character)


def is_mark(character: str) -> bool:
    """Whether a character parts what is said, such as a comma or a bracket."""
    return unicodedata.category(character) in _MARKS and character not in _SAYING and character not in _DOTS


class Folding(dict[str, str]):
    """What each character becomes: nothing, itself, or others; looked up once."""

    def __missing__(self, character: str) -> str:
        """Work it out."""
        simplified = simplified_forms()
        parts = unicodedata.normalize("NFKD", character).casefold()
        folded = "".join(
            _SAME.get(simple, simple)
            for part in unicodedata.normalize("NFKD", parts)
            for each in (_RADICALS.get(part, part),)
            for simple in (simplified.get(each, each),)
            if not _is_dropped(each)
        )
        self[character] = folded
        return folded


_FOLDED = Folding()


@lru_cache(maxsize=1)
def simplified_forms() -> dict[str, str]:
    """Traditional characters with their simplified form, of the library OpenCC; made once."""
    import opencc  # noqa: PLC0415 - only where something is looked through

    every = [chr(code) for first, last in _BLOCKS for code in range(first, last)]
    simple = opencc.OpenCC("t2s").convert("\n".join(every)).split("\n")
    return {one: other for one, other in zip(every, simple, strict=True) if one != other}


def plain(raw: str) -> str:
    """Only the comparable text."""
    return "".join(map(_FOLDED.__getitem__, raw))
