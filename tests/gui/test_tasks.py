"""Slow work: results, errors and progress come back to the window's thread, in order, and stop when asked."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject

from tsguard.errors import Cancelled, DiskFull
from tsguard.gui.tasks import Progress, Tasks


def test_the_result_comes_back_on_the_windows_thread(qtbot, tasks: Tasks):
    told: list[tuple[int, bool]] = []
    here = threading.get_ident()
    tasks.run(
        lambda _progress: threading.get_ident(), lambda it: told.append((it, threading.get_ident() == here))
    )
    assert tasks.busy
    qtbot.waitUntil(lambda: bool(told))
    assert told[0][0] != here
    assert told[0][1]
    assert not tasks.busy


def test_work_is_done_in_order(qtbot, tasks: Tasks):
    told: list[int] = []
    for number in range(20):
        tasks.run(lambda _progress, number=number: number, told.append)
    qtbot.waitUntil(lambda: len(told) == 20)
    assert told == list(range(20))


def test_a_foreseen_error_goes_to_failed(qtbot, tasks: Tasks):
    def work(_progress: Progress) -> None:
        raise DiskFull(Path("d"))

    told: list[Exception] = []
    tasks.run(work, lambda _none: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], DiskFull)


def test_a_bug_goes_to_the_excepthook_with_its_traceback(qtbot, tasks: Tasks, monkeypatch):
    seen: list[tuple[object, ...]] = []
    monkeypatch.setattr(sys, "excepthook", lambda *facts: seen.append((*facts, threading.current_thread())))
    told: list[Exception] = []
    tasks.run(lambda _progress: 1 // 0, lambda _none: None, told.append)
    qtbot.waitUntil(lambda: bool(seen))
    kind, _error, trace, thread = seen[0]
    assert kind is ZeroDivisionError
    assert trace is not None
    assert thread is threading.main_thread()
    assert [type(error) for error in told] == [Cancelled]  # whoever waits for it waits no more


def test_progress_is_reported_and_cancelled(qtbot, tasks: Tasks):
    figures: list[tuple[int, int]] = []
    errors: list[Exception] = []
    begun = threading.Event()

    def work(progress: Progress) -> None:
        for number in range(1_000_000):
            progress.report(number, 1_000_000)
            begun.set()

    mine = tasks.run(
        work, lambda _none: None, errors.append, lambda done, total: figures.append((done, total))
    )
    begun.wait(5)
    qtbot.waitUntil(lambda: bool(figures))
    mine.cancel()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], Cancelled)
    assert mine.cancelled()
    assert len(figures) < 1000


def test_a_callback_of_a_dead_page_is_not_called(qtbot, tasks: Tasks):
    class Page(QObject):
        def done(self, _result: object) -> None:
            pytest.fail("called")

    page, told = Page(), []
    hold = threading.Event()
    tasks.run(lambda _progress: hold.wait(5), page.done)
    tasks.run(lambda _progress: None, told.append)
    shiboken6.delete(page)
    hold.set()
    qtbot.waitUntil(lambda: bool(told))


def test_closing_waits_and_calls_back_no_more(qtbot, app):
    tasks, told = Tasks(), []
    begun = threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress.report(0, 0)

    tasks.run(work, told.append, told.append)
    tasks.run(lambda _progress: 1, told.append, told.append)
    begun.wait(5)
    tasks.close()
    app.processEvents()
    assert told == []
    with pytest.raises(RuntimeError):
        tasks.run(lambda _progress: 1, told.append)


class TestLooking:
    """What only looks holds nobody up: not other work, not locking, not the end of the program."""

    @pytest.fixture
    def door(self):
        made = threading.Event()
        yield made
        made.set()

    def test_other_work_goes_on_beside_it(self, qtbot, tasks: Tasks, door: threading.Event):
        told: list[str] = []
        tasks.run(lambda _progress: door.wait(30), lambda _it: told.append("look"), looks=True)
        assert (tasks.looking, tasks.busy) == (True, False)
        tasks.run(lambda _progress: None, lambda _it: told.append("work"))
        qtbot.waitUntil(lambda: told == ["work"])
        assert tasks.looking
        door.set()
        qtbot.waitUntil(lambda: told == ["work", "look"])
        assert not tasks.looking

    def test_looks_are_in_order_and_tell_no_business(self, qtbot, tasks: Tasks):
        told: list[object] = []
        tasks.busy_changed.connect(told.append)
        for number in range(20):
            tasks.run(lambda _progress, number=number: number, told.append, looks=True)
        qtbot.waitUntil(lambda: not tasks.looking)
        assert told == list(range(20))

    def test_one_that_does_not_end_holds_up_no_closing(self, tasks: Tasks, door: threading.Event):
        begun = threading.Event()
        tasks.run(lambda _progress: (begun.set(), door.wait(30)), lambda _it: None, looks=True)
        assert begun.wait(10)
        tasks.close()
        assert tasks.stuck

    def test_one_that_ends_is_not_stuck(self, tasks: Tasks):
        tasks.run(lambda _progress: None, lambda _it: None, looks=True)
        tasks.close()
        assert not tasks.stuck
