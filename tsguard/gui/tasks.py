"""Slow work off the window's thread: one worker, and one lasting object that brings results back.

What only looks at a file from outside has a thread of its own: no reader of such files can promise to come
to an end, and locking must not wait for one.

Work takes frozen values and returns frozen values; it never touches a widget. Callbacks always run on
the window's thread.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from tsguard.errors import Cancelled, TSGuardError

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")

_EVERY_S = 0.04
_LAST_LOOK_S = 2.0


class Progress:
    """What the worker and the window know of one piece of work; safe in both threads."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        """Make it.

        Args:
            tell: Brings how far it is to the window; called at most 25 times a second.
        """
        self._tell = tell
        self._stop = threading.Event()
        self._next = 0.0

    def report(self, done: int, total: int) -> None:
        """Say how far it is; total 0 where nobody knows.

        Raises:
            Cancelled: The person asked to stop; the work lets it pass.
        """
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now >= self._next or done >= total:
            self._next = now + _EVERY_S
            self._tell(done, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()


class _Looker(threading.Thread):
    """Does one job after the other, and holds up nobody's end."""

    def __init__(self) -> None:
        super().__init__(name="tsguard-look", daemon=True)
        self.jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self.start()

    def run(self) -> None:
        """Work until there is None to do."""
        while (job := self.jobs.get()) is not None:
            job()
            del job  # and with it what it looked at


class Tasks(QObject):
    """Runs work one after the other, and calls back on the window's thread.

    Signals:
        busy_changed(bool): There is work now that has to end before the vault is locked, or none any more.
    """

    busy_changed = Signal(bool)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: ThreadPoolExecutor | None = None
        self._looker: _Looker | None = None
        self._running: set[Progress] = set()
        self._looks: set[Progress] = set()
        self._closed = False
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything is running or waiting that has to end before the vault is locked."""
        return bool(self._running)

    @property
    def looking(self) -> bool:
        """Whether anything that only looks is running or waiting."""
        return bool(self._looks)

    @property
    def stuck(self) -> bool:
        """Whether something that only looks did not end when all was closed."""
        return self._closed and self._looker is not None and self._looker.is_alive()

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[TSGuardError], object] | None = None,
        progress: Callable[[int, int], object] | None = None,
        *,
        looks: bool = False,
    ) -> Progress:
        """Do some work when what was asked for before is done.

        A callback whose object Qt has destroyed meanwhile (a page after locking) is not called.

        Args:
            work: Runs in the worker's thread; reports to its ``Progress``.
            done: Gets what it returned.
            failed: Gets the foreseen error, ``Cancelled`` among them. Other exceptions, and foreseen
                ones where this is None, go to ``sys.excepthook`` on the window's thread; it then gets
                ``Cancelled``, so that no page waits for ever.
            progress: Gets how far it is.
            looks: Whether it changes nothing, anywhere; then nobody waits for its end.

        Returns:
            To cancel it by.
        """
        if self._closed:
            message = "the window's tasks are closed"
            raise RuntimeError(message)

        def tell(count: int, total: int) -> None:
            if progress is not None:
                self._send(lambda: _alive(progress) and progress(count, total))

        mine = Progress(tell)
        kept = self._looks if looks else self._running
        was_idle = not kept
        kept.add(mine)

        def finish(act: Callable[[], object]) -> Callable[[], None]:
            def on_window() -> None:
                kept.discard(mine)
                if not looks and not kept:
                    self.busy_changed.emit(False)
                act()

            return on_window

        def job() -> None:
            try:
                if mine.cancelled():
                    raise Cancelled
                result = work(mine)
            except TSGuardError as error:
                self._send(finish(lambda error=error: _fail(failed, error)))  # type: ignore[misc]
            except BaseException as error:  # noqa: BLE001 - handed whole to the window's excepthook
                self._send(finish(lambda error=error: _bug(failed, error)))  # type: ignore[misc]
            else:
                self._send(finish(lambda: _alive(done) and done(result)))

        if was_idle and not looks:
            self.busy_changed.emit(True)
        if looks:
            if self._looker is None:
                self._looker = _Looker()
            self._looker.jobs.put(job)
        else:
            self._executor().submit(job)
        return mine

    def _executor(self) -> ThreadPoolExecutor:
        if self._worker is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - start-up time

            self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tsguard-work")
        return self._worker

    def cancel_all(self) -> None:
        """Ask everything to stop."""
        for known in (*self._running, *self._looks):
            known.cancel()

    def close(self) -> None:
        """Ask everything to stop, wait for what runs, and call back no more. Before the application goes.

        What only looks is waited for a moment; ``stuck`` tells whether it is still at it.
        """
        self._closed = True
        self.cancel_all()
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)
        if self._looker is not None:
            self._looker.jobs.put(None)
            self._looker.join(_LAST_LOOK_S)
        self._running.clear()
        self._looks.clear()

    def _send(self, act: Callable[[], object]) -> None:
        if not self._closed:
            self._arrived.emit(act)

    def _call(self, act: Callable[[], object]) -> None:
        if not self._closed:
            act()


def _alive(callback: Callable[..., Any]) -> bool:
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


def _fail(failed: Callable[[TSGuardError], object] | None, error: TSGuardError) -> None:
    if failed is None:
        _crash(error)
    elif _alive(failed):
        failed(error)


def _bug(failed: Callable[[TSGuardError], object] | None, error: BaseException) -> None:
    _crash(error)
    if failed is not None and _alive(failed):
        failed(Cancelled())


def _crash(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)
