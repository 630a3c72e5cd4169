"""When nobody has touched the program for a while: by two clocks, one of which may stand still or jump."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from support.clocks import Clock

from tsguard.gui.locking.idle import IdleWatch
from tsguard.gui.locking.moment import Moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(qtbot, app):
    made = QWidget()
    line = QLineEdit()
    QVBoxLayout(made).addWidget(line)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    line.setFocus()
    return made


@pytest.fixture
def said() -> list[object]:
    return []


@pytest.fixture
def watch(app, clock, said, window):
    made = IdleWatch(clock)
    made.warned.connect(said.append)
    made.resumed.connect(lambda: said.append("resumed"))
    made.expired.connect(lambda: said.append("expired"))
    made.start(10)
    yield made
    made.stop()


def test_it_warns_a_minute_before_and_then_is_over(watch, clock, said):
    clock.passes(539)
    watch.tick()
    assert said == []
    clock.passes(1)
    watch.tick()
    watch.tick()
    assert said == [60]
    clock.passes(59)
    watch.tick()
    assert said == [60]
    clock.passes(1)
    watch.tick()
    watch.tick()
    assert said == [60, "expired"]


def test_with_one_minute_half_of_it_is_warned_of(watch, clock, said):
    watch.start(1)
    clock.passes(29)
    watch.tick()
    assert said == []
    clock.passes(1)
    watch.tick()
    assert said == [30]


def test_a_touch_after_the_warning_takes_it_back(watch, clock, said):
    clock.passes(550)
    watch.tick()
    watch.touch()
    assert said == [60], "nothing moves under the mouse"
    clock.passes(1)
    watch.tick()
    assert said == [60, "resumed"]
    clock.passes(540)
    watch.tick()
    assert said == [60, "resumed", 60]


def test_who_goes_on_sees_the_warning_go_at_once(watch, clock, said):
    clock.passes(550)
    watch.tick()
    watch.carry_on()
    assert said == [60, "resumed"]


def test_never_is_never(watch, clock, said):
    watch.start(0)
    assert not watch.running
    clock.passes(10_000_000)
    watch.tick()
    watch.touch()
    assert said == []


def test_a_computer_that_slept_is_over_at_once_even_where_the_steady_clock_stood_still(watch, clock, said):
    clock.passes(3600, asleep=True)
    watch.tick()
    assert said == ["expired"]


def test_the_first_key_after_sleep_is_too_late(watch, clock, said):
    clock.passes(3600, asleep=True)
    watch.touch()
    assert said == ["expired"]
    watch.touch()
    watch.tick()
    assert said == ["expired"]


def test_a_wall_clock_that_is_set_back_does_not_keep_it_open(watch, clock, said):
    clock.now = replace(clock.now, wall=clock.now.wall - 86_400)
    clock.passes(600)
    watch.tick()
    assert said == ["expired"]


seconds = st.floats(0, 1e6)


@given(seconds, seconds, seconds, seconds)
def test_time_never_runs_backwards_and_the_faster_clock_counts(wall, steady, more, jump):
    early, late = Moment(wall, steady), Moment(wall + more, steady + jump)
    assert late.since(early) == pytest.approx(max(more, jump), abs=1e-6)
    assert early.since(late) == 0


# --- what is a touch ----------------------------------------------------------------------------------


def key(window):
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)


def shortcut(window):
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F1)


def button(window):
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def move(window):
    QTest.mouseMove(window.windowHandle(), QPoint(9, 9))
    QApplication.processEvents()


def wheel(window):
    at = QPointF(5, 5)
    none = Qt.MouseButton.NoButton
    keys, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, at, QPoint(), QPoint(0, 120), none, keys, phase, False)
    QApplication.sendEvent(window.windowHandle(), event)


def chinese(window):
    event = QInputMethodEvent("zhong", [])
    QApplication.sendEvent(QApplication.focusObject(), event)


def touch_screen(window):
    device = QTest.createTouchDevice()
    QTest.touchEvent(window.windowHandle(), device).press(1, QPoint(5, 5)).commit()
    QTest.touchEvent(window.windowHandle(), device).release(1, QPoint(5, 5)).commit()
    QApplication.processEvents()


@pytest.mark.parametrize("act", [key, shortcut, button, move, wheel, chinese, touch_screen])
def test_whatever_a_person_does_is_a_touch(watch, clock, said, window, act):
    clock.passes(500)
    act(window)
    clock.passes(500)
    watch.tick()
    assert said == []


def test_dialogs_are_heard_too(qtbot, watch, clock, said, window):
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    clock.passes(500)
    QTest.keyClick(other.windowHandle(), Qt.Key.Key_A)
    clock.passes(500)
    watch.tick()
    assert said == []


def test_a_mouse_that_lies_still_is_no_touch(watch, clock, said, window):
    def rest() -> None:
        at = QPointF(3, 3)
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window.windowHandle(), event)

    rest()
    clock.passes(500)
    rest()
    clock.passes(100)
    watch.tick()
    assert said == ["expired"]


def test_painting_and_hovering_of_nobody_is_no_touch(watch, clock, said, window):
    clock.passes(600)
    window.grab()
    window.resize(300, 200)
    QApplication.processEvents()
    watch.tick()
    assert said[-1] == "expired"


def test_once_stopped_it_hears_and_says_nothing(watch, clock, said, window):
    watch.stop()
    clock.passes(6000)
    key(window)
    watch.tick()
    assert said == []
