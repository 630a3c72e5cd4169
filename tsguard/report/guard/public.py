"""What everybody may know: the texts of the checklist, the programme, and the program's own words.

A protected string is a leak only where what stands around it is not there in a public text as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass

from tsguard.report.guard.normalise import WRAP, Normal, plain
from tsguard.report.guard.search import Find, Needle, Needles, places

AROUND = 4
"""Characters on either side that must agree."""
LONG = 8
"""Characters of a find that say enough by themselves to tell a public text by."""
_END = "\ue000"
"""The end of a text, on either side."""


def texts_of(value: object) -> Iterator[str]:
    """Every text in a frozen checklist, programme or other tree of values."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            if each:
                yield str(each)
        elif isinstance(each, tuple | list | frozenset):
            waiting += each
        elif is_dataclass(each) and not isinstance(each, type):
            waiting += [getattr(each, field.name) for field in fields(each)]


class Folded:
    """Public texts made comparable, each a text of its own: may serve several guards.

    Args:
        texts: A title, a sentence, a cell.

    Attributes:
        texts: As given.
        normal: All of them, with an end on either side of each.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = frozenset(texts)
        self.normal = Normal(_END + _END.join(text.replace(_END, "") for text in self.texts) + _END)


class PublicTexts:
    """Public texts, with what stands around a protected string in them: looked for once one was found.

    Args:
        needles: What is looked for.
    """

    def __init__(self, needles: Needles) -> None:
        self._needles = needles
        self._later: list[Callable[[], object]] = []
        self._texts: list[Normal] = []
        self._around: dict[str, tuple[int, set[tuple[str, str]]]] = {}
        """By needle: in how many of the texts it was looked for already, and what stands around it there."""
        self._known: set[str] = set()
        self._own: dict[str, set[str]] = {}

    def withhold(self, texts: Iterable[str]) -> None:
        """Remember what is not public although a document prints it as if it were: the company's own content.

        Only texts with a protected string in them matter; ``add`` leaves out what repeats them.
        """
        for text in dict.fromkeys(texts):
            normal = Normal(text)
            found = {find.needle.text for find in self._needles.finds(normal)}
            if found:
                self._own.setdefault(normal.text, set()).update(found)

    def add(self, texts: Iterable[str] | Folded, *, sure: bool = True) -> None:
        """Make texts public.

        Args:
            texts: Public ones, each a text of its own.
            sure: Whether they are public even where the company's own content says the same.
        """
        if not isinstance(texts, Folded):
            new = {text for text in texts if text not in self._known}
            if not sure and self._own:
                new = {text for text in new if not self._repeats(plain(text))}
            texts = Folded(new)
        self._known |= texts.texts
        self._texts.append(texts.normal)

    def add_later(self, texts: Callable[[], Iterable[str] | Folded], *, sure: bool = True) -> None:
        """Make texts public that take some time to make, once they are needed to explain something."""
        self._later.append(lambda: self.add(texts(), sure=sure))

    def _repeats(self, text: str) -> bool:
        """Whether a text holds one that is withheld, or is a part of it that a protected string is in."""
        return any(
            own in text or (text in own and any(each in text for each in found))
            for own, found in self._own.items()
        )

    def explains(self, normal: Normal, find: Find) -> bool:
        """Whether the find stands there as it does in a public text.

        A line's end may be a text's end or none, so both are tried.
        """
        while not self._explained(normal, find):
            if not self._later:
                return False
            self._later.pop(0)()
        return True

    def _explained(self, normal: Normal, find: Find) -> bool:
        known = self._known_around(find.needle)
        if not known:
            return False
        long = len(find.needle.text) >= LONG
        rights = _after(normal, find.end, long=long)
        return any(
            (left, right) in known for left in _before(normal, find.start, long=long) for right in rights
        )

    def _known_around(self, needle: Needle) -> set[tuple[str, str]]:
        """What stands on either side of a needle in the texts that are public by now."""
        done, around = self._around.get(needle.text, (0, set()))
        for normal in self._texts[done:]:
            for find in places(normal, needle):
                left = normal.text[max(0, find.start - AROUND) : find.start]
                right = normal.text[find.end : find.end + AROUND]
                around.add((left[max(0, left.rfind(_END)) :], right[: right.find(_END) + 1 or AROUND]))
        self._around[needle.text] = len(self._texts), around
        return around


def _before(normal: Normal, start: int, *, long: bool) -> list[str]:
    """What may stand before: across breaks, or from a break that ends a text."""
    text, first = normal.text, start - AROUND
    found = [text[first:start] if first >= 0 else _END + text[:start]]
    found += [
        _END + text[place:start]
        for place in range(max(0, first + 1), start + 1)
        if _ends(normal, place, long=long)
    ]
    return found


def _after(normal: Normal, end: int, *, long: bool) -> list[str]:
    """As ``_before``, to the right."""
    text, last = normal.text, end + AROUND
    found = [text[end:last] if last <= len(text) else text[end:] + _END]
    found += [
        text[end:place] + _END
        for place in range(end, min(len(text), last - 1) + 1)
        if _ends(normal, place, long=long)
    ]
    return found


def _ends(normal: Normal, place: int, *, long: bool) -> bool:
    """Whether a text may end there: where a full line does, only beside a find that says enough by itself."""
    sign = normal.break_before(place)
    return bool(sign) and (long or sign != WRAP)
