"""How slow work is told of, and stopped. It must not know what the work is."""

from __future__ import annotations

from collections.abc import Callable

from tsguard.errors import Cancelled

Progress = Callable[[int, int], None]
"""Told the work done and all work, in units of the same kind; may raise ``Cancelled``."""

Cancel = Callable[[], bool]
"""Asked whether to stop."""


def silent(_done: int, _total: int) -> None:
    """Report progress to nobody."""


def never() -> bool:
    """Cancel nothing."""
    return False


def straight(tell: Progress) -> Progress:
    """Let nobody in between."""
    return tell


class Told:
    """Progress of three parts as one."""

    def __init__(self, progress: Progress, cancelled: Cancel) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def first(self, done: int, total: int) -> None:
        """The check of what is copied."""
        self._tell(done, total, 0)

    def second(self, done: int, total: int) -> None:
        """The copying."""
        self._tell(done, total, 1)

    def third(self, done: int, total: int) -> None:
        """The proof."""
        self._tell(done, total, 2)

    def _tell(self, done: int, total: int, before: int) -> None:
        self._progress(before * total + done, 3 * total)
        if self._cancelled():
            raise Cancelled
