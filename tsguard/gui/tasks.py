"""Slow work off the window's thread: one worker, and one lasting object that brings results back.

Work takes frozen values and returns frozen values; it never touches a widget. Callbacks always run on
the window's thread.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from tsguard.errors import Cancelled, TSGuardError

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")

_EVERY_S = 0.04


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


class Tasks(QObject):
    """Runs work one after the other, and calls back on the window's thread.

    Signals:
        busy_changed(bool): There is work now, or none any more.
    """

    busy_changed = Signal(bool)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: ThreadPoolExecutor | None = None
        self._running: set[Progress] = set()
        self._closed = False
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything is running or waiting."""
        return bool(self._running)

    def run(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[TSGuardError], object] | None = None,
        progress: Callable[[int, int], object] | None = None,
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
        was_idle = not self._running
        self._running.add(mine)

        def finish(act: Callable[[], object]) -> Callable[[], None]:
            def on_window() -> None:
                self._running.discard(mine)
                if not self._running:
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

        if was_idle:
            self.busy_changed.emit(True)
        self._executor().submit(job)
        return mine

    def _executor(self) -> ThreadPoolExecutor:
        if self._worker is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - start-up time

            self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tsguard-work")
        return self._worker

    def cancel_all(self) -> None:
        """Ask everything to stop."""
        for known in tuple(self._running):
            known.cancel()

    def close(self) -> None:
        """Ask everything to stop, wait for what runs, and call back no more. Before the application goes."""
        self._closed = True
        self.cancel_all()
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)
        self._running.clear()

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
