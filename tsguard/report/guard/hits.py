"""From finds to hits: what is a leak, which of several that overlap, how it is quoted, and its key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tsguard.domain.dossier import DocumentKind
from tsguard.domain.leaks import Hit, Place
from tsguard.errors import Cancelled
from tsguard.report.guard.normalise import JUMP, SOFT, WRAP, Normal
from tsguard.report.guard.passages import Readout, Seam
from tsguard.report.guard.public import AROUND, PublicTexts
from tsguard.report.guard.search import BY_WINDOWS, Find, Needles

QUOTED = 16
"""Characters of a quote on either side of the string."""
KEYED = 6
"""Comparable characters on either side that make a hit that very hit."""


_NEAR = 3 * AROUND
"""Characters from a page's end within which what explains a find may be on the other page."""
_PRINTED = {
    ord(JUMP): " ",
    ord("\t"): " ",
    ord(SOFT): "",
    ord(WRAP): "",
    ord("\r"): "",
    ord("\N{WORD JOINER}"): "",
}


@dataclass(frozen=True, slots=True)
class _Leak:
    """A stretch of a text that is one leak: a find, or the windows of one clause together."""

    normal: Normal
    start: int
    end: int
    source: str
    place: Place


def hits(
    readout: Readout,
    needles: Needles,
    public: PublicTexts,
    kind: DocumentKind,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Hit, ...]:
    """The leaks of a file, in reading order, each key once.

    Args:
        readout: What was read of the file.
        needles: What is looked for.
        public: What everybody may know.
        kind: The document.
        cancelled: Asked before each passage.

    Raises:
        Cancelled: ``cancelled`` said so.
    """
    excused, leaks = _over_seams(readout.seams, needles, public, cancelled)
    for passage in readout.passages:
        if cancelled():
            raise Cancelled
        normal = Normal(passage.text)
        kept = [
            find
            for find in needles.finds(normal)
            if not _is_listing(normal, find)
            and _spot(id(passage), normal, find) not in excused
            and not public.explains(normal, find)
        ]
        leaks += _joined(normal, kept, passage.place)
    found: dict[str, Hit] = {}
    for leak in sorted(leaks, key=lambda leak: leak.place.page or 1 << 30):
        hit = _hit(leak, kind)
        found.setdefault(hit.key, hit)
    return tuple(found.values())


_Spot = tuple[int, int, int, str]


def _spot(passage: int, normal: Normal, find: Find, shift: int = 0) -> _Spot:
    """A find by its place in the passage as read."""
    return passage, normal.at[find.start] + shift, normal.at[find.end - 1] + shift, find.needle.text


def _over_seams(
    seams: Iterable[Seam], needles: Needles, public: PublicTexts, cancelled: Callable[[], bool]
) -> tuple[set[_Spot], list[_Leak]]:
    """Finds that a page's end cuts off from what explains them, and leaks that go over a page's end."""
    excused: set[_Spot] = set()
    leaks: list[_Leak] = []
    for seam in seams:
        if cancelled():
            raise Cancelled
        normal = Normal(seam.text)
        edge = seam.end - seam.start
        kept = []
        for find in needles.finds(normal):
            first, last = normal.at[find.start], normal.at[find.end - 1]
            if last < edge - _NEAR or first > edge + _NEAR:
                continue  # its own page has everything around it
            crosses = first < edge < last
            if _is_listing(normal, find) or public.explains(normal, find):
                if last < edge:
                    excused.add(_spot(id(seam.before), normal, find, seam.start))
                elif first > edge:
                    excused.add(_spot(id(seam.after), normal, find, seam.head - edge - 1))
            elif crosses:
                kept.append(find)
        leaks += _joined(normal, kept, seam.before.place)
    return excused, leaks


def _is_listing(normal: Normal, find: Find) -> bool:
    """Whether a title stands where its piece is listed: on its own, or right behind its number."""
    listed = find.needle.listed
    if not listed:
        return False
    return normal.stands_alone(find.start, find.end) or normal.text.endswith(listed, 0, find.start)


def _joined(normal: Normal, finds: Iterable[Find], place: Place) -> Iterator[_Leak]:
    """Windows of one clause that overlap as one leak; of strings inside each other the longest."""
    stretches: list[_Leak] = []
    for find in sorted(finds, key=lambda find: (find.start, -find.end)):
        source = find.needle.protected.source
        last = stretches[-1] if stretches else None
        if last and find.end <= last.end:
            continue
        if (
            last
            and find.needle.protected.guard in BY_WINDOWS
            and source == last.source
            and find.start <= last.end
        ):
            stretches[-1] = _Leak(normal, last.start, find.end, source, place)
        else:
            stretches.append(_Leak(normal, find.start, find.end, source, place))
    yield from stretches


def _hit(leak: _Leak, kind: DocumentKind) -> Hit:
    normal = leak.normal
    first, last = normal.at[leak.start], normal.at[leak.end - 1] + 1
    left, string, right = (
        _one_line(part)
        for part in (
            normal.raw[max(0, first - QUOTED) : first],
            normal.raw[first:last],
            normal.raw[last : last + QUOTED],
        )
    )
    around = normal.text[_bound(normal, leak.start, -1) : _bound(normal, leak.end, 1)]
    said = normal.text[leak.start : leak.end]
    parts = (kind.value, leak.source, said, around)
    return Hit(
        key=_digest(parts),
        kind=kind,
        source=leak.source,
        place=leak.place,
        quote=left + string + right,
        start=len(left),
        length=len(string),
        group=_digest((leak.source, said)),
    )


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def _bound(normal: Normal, place: int, step: int) -> int:
    """Up to ``KEYED`` characters away, but not beyond a cell: what stands in the next one may change."""
    for _away in range(KEYED):
        if normal.break_before(place) == JUMP or not 0 < place < len(normal.text):
            break
        place += step
    return place


def _one_line(text: str) -> str:
    """The text without line ends and what the reader fills in, its cells apart by blanks."""
    return text.translate(_PRINTED)
