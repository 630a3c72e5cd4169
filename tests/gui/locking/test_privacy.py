"""Kept out of recordings: every window, from before it is shown until the person switches it off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tsguard.gui.locking.privacy import AVAILABLE, CaptureGuard
from tsguard.gui.program_settings import ProgramSettings


@pytest.fixture
def hidden() -> dict[int, bool]:
    return {}


@pytest.fixture
def guard(app, hidden):
    made = CaptureGuard(app, hidden.__setitem__)
    yield made
    made.set_on(False)


@pytest.fixture
def window(qtbot, app):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_windows_that_are_there_are_hidden_and_shown_again(guard, hidden, window):
    guard.set_on(True)
    assert hidden[int(window.winId())]
    guard.set_on(False)
    assert not hidden[int(window.winId())]


def test_a_tooltip_is_hidden_as_it_comes_into_being(qtbot, guard, hidden, window):
    guard.set_on(True)
    tip = QWidget(window, Qt.WindowType.ToolTip)
    tip.show()
    assert hidden[int(tip.windowHandle().winId())]


def test_switched_off_nothing_is_touched(qtbot, guard, hidden, window):
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    assert hidden == {}


def test_the_switch_is_only_there_where_it_does_something(qtbot, theme, store):
    for capture in (False, True):
        settings = ProgramSettings(theme, store, capture=capture)
        qtbot.addWidget(settings)
        settings.show()
        assert settings.no_capture.isVisible() is capture
    assert ProgramSettings(theme, store).no_capture.isHidden() is not AVAILABLE


def test_it_is_off_until_it_is_asked_for(qtbot, theme, store):
    settings = ProgramSettings(theme, store, capture=True)
    qtbot.addWidget(settings)
    assert not settings.no_capture.isChecked()
    settings.no_capture.click()
    assert store.value.screenshots_blocked
