"""What was read of a file: texts, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tsguard.domain.leaks import Place
from tsguard.report.guard.normalise import JUMP


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that was read.

    Attributes:
        place: Where it stands.
        text: As printed, with the breaks of ``normalise`` in it.
    """

    place: Place
    text: str = field(repr=False)


def apart(place: Place, texts: Iterable[str]) -> Passage:
    """Texts of one place that have nothing to do with each other, as one passage."""
    return Passage(place, JUMP.join(text.replace(JUMP, " ") for text in texts if text))


@dataclass(frozen=True, slots=True)
class Seam:
    """Two stretches of which the second may go on with what the first begins, with a page's end between.

    Attributes:
        before: The passage of the first.
        start: Where the first begins in it.
        end: Where it ends.
        after: The passage of the second.
        head: Where the second begins in it.
        tail: Where it ends.
    """

    before: Passage
    start: int
    end: int
    after: Passage
    head: int
    tail: int

    @property
    def text(self) -> str:
        """Both, with a line's end between."""
        return f"{self.before.text[self.start : self.end]}\n{self.after.text[self.head : self.tail]}"


@dataclass(frozen=True, slots=True)
class Readout:
    """Everything that could be read of a file.

    Attributes:
        passages: In reading order.
        seams: Where a text may go on from one page to the next.
        mute: Pages, counted from 1, without text that could be read: pictures, or letters of which the file
            does not say which they are.
    """

    passages: tuple[Passage, ...]
    seams: tuple[Seam, ...] = ()
    mute: tuple[int, ...] = ()


class IllegibleFile(ValueError):
    """A file that is locked, damaged or none of its format, so that its text can't be read."""
