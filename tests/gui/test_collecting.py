"""Garbage is collected on the window's thread, never by a worker."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import ClassVar

from tsguard.gui.collecting import Collector
from tsguard.gui.tasks import Tasks


class Dead:
    """Garbage with a finaliser that says which thread collected it."""

    threads: ClassVar[list[int]] = []

    def __init__(self) -> None:
        self.self = self

    def __del__(self) -> None:
        Dead.threads.append(threading.get_ident())


def test_a_worker_that_allocates_collects_nothing(qtbot, app):
    Dead.threads.clear()
    collector, tasks = Collector(), Tasks()
    gone = [weakref.ref(Dead()) for _each in range(10)]

    def work(_progress):
        return sum(len([[] for _each in range(1000)]) for _turn in range(200))

    with qtbot.waitSignal(tasks.busy_changed, check_params_cb=lambda busy: not busy, timeout=20_000):
        tasks.run(work, lambda _result: None)
    assert Dead.threads == []
    gc.collect()
    assert set(Dead.threads) == {threading.get_ident()}
    assert all(ref() is None for ref in gone)
    tasks.close()
    collector.stop()
    assert gc.isenabled()


def test_the_collector_does_collect(app):
    collector = Collector()
    Dead.threads.clear()
    for _each in range(3000):
        Dead()
    for _turn in range(30):
        collector.collect()
    assert Dead.threads
    collector.stop()
