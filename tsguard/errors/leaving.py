"""What is about to leave the vault and may not yet."""

from __future__ import annotations

from tsguard.errors.base import TSGuardError


class LeaksFound(TSGuardError):
    """The leak guard found protected strings in what was to be exported; nothing was written.

    Attributes:
        count: How many hits nobody has cleared.
    """

    def __init__(self, count: int) -> None:
        super().__init__(count=count)
        self.count = count
