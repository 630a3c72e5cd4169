"""What is known of a piece of evidence before its pages are bound in.

Where its bytes come from, how large its pages are, or why there are none. It reads nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

MOST_BYTES = 200 * 1024 * 1024
"""Of one piece; it lies in memory while its pages are drawn."""
MOST_PAGES = 500
"""Of one piece."""


class BindFault(StrEnum):
    """Why a piece's pages are not bound in; the piece itself is as it was."""

    PAPER = "paper"
    LOST = "lost"
    OTHER_KIND = "other-kind"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    TOO_SLOW = "too-slow"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A piece of evidence whose pages may be bound in.

    Attributes:
        id: Such as ``E-03``.
        size: In bytes, as it is registered.
        read: Gives the content in chunks, from its beginning each time; None for paper.
    """

    id: str
    size: int
    read: Callable[[], Iterator[bytes]] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page's own size in points, both above zero."""

    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class Bound:
    """What became of one piece.

    Attributes:
        pages: Sizes of its pages; none where it has a fault.
        fault: Why there are none; None otherwise.
    """

    pages: tuple[PageSize, ...] = ()
    fault: BindFault | None = None


def picture_key(exhibit: str, page: int) -> str:
    """The key of a page's picture.

    Args:
        exhibit: The piece's id.
        page: Counted from 0.
    """
    return f"{exhibit}/{page}"
