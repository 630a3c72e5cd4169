"""What time has passed, also where the computer slept meanwhile. Nothing of Qt."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment by two clocks, since neither tells the truth alone.

    The steady clock stands still in sleep on some systems; the wall clock can be set back.

    Attributes:
        wall: Seconds of the wall clock.
        steady: Seconds of the monotonic clock.
    """

    wall: float
    steady: float

    def since(self, earlier: Moment) -> float:
        """Seconds since an earlier moment, by the clock that saw more of them; never below 0."""
        return max(self.wall - earlier.wall, self.steady - earlier.steady, 0.0)


def this_moment() -> Moment:
    """Now."""
    return Moment(time.time(), time.monotonic())
