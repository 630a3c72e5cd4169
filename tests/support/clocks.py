"""A clock that tests move by hand."""

from __future__ import annotations

from tsguard.gui.locking.moment import Moment


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = Moment(1_800_000_000.0, 500.0)

    def __call__(self) -> Moment:
        return self.now

    def passes(self, seconds: float, *, asleep: bool = False) -> None:
        """Let time pass; the steady clock stands still in sleep."""
        steady = self.now.steady + (0 if asleep else seconds)
        self.now = Moment(self.now.wall + seconds, steady)
