"""A question on paper: what a blank sheet asks, with boxes and lines to fill in by pen."""

from __future__ import annotations

from dataclasses import dataclass

from tsguard.report.marked import Marked


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to tick.

    Attributes:
        word: Beside its box.
        open: Whether there is a box; without one the word only says so.
    """

    word: Marked
    open: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """An item with room for an answer in handwriting; it never goes over two pages.

    Attributes:
        number: The running number, printed large.
        item: Its id.
        sign: 否决项 or 重点项; empty for the others.
        strong: Whether the sign is one for a veto.
        text: The requirement.
        details: In small print: what to look for.
        choices: The answers.
        lines: Labels of the lines to write on.
    """

    number: Marked
    item: Marked
    sign: Marked
    strong: bool
    text: Marked
    details: tuple[Marked, ...]
    choices: tuple[Choice, ...]
    lines: tuple[Marked, ...]
