"""An event loop for coroutines that wait for nothing outside the process.

asyncio's own loops wake themselves by a pair of sockets, which on Windows go over the network's loopback.
This one waits on a condition: it can run code and threads, and no connection, pipe or process.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Wakeable:
    """Stands where a loop asks which of its files are ready: none ever, so it only waits."""

    def __init__(self) -> None:
        self._woken = threading.Event()

    def select(self, timeout: float | None) -> list[object]:
        """Wait until somebody wakes the loop, or some seconds."""
        self._woken.wait(timeout)
        self._woken.clear()
        return []

    def wake(self) -> None:
        """End the waiting; from any thread."""
        self._woken.set()


class _Loop(asyncio.BaseEventLoop):
    """Asks ``BaseEventLoop`` for no more than its three hooks."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Wakeable()

    def _write_to_self(self) -> None:
        self._selector.wake()

    def _process_events(self, event_list: list[object]) -> None:
        """There are none."""


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end, as ``asyncio.run``; for a thread without a loop."""
    loop = _Loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
