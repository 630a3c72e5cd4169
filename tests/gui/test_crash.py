"""Bugs: shown once, from any thread, and never with their words."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from tsguard.errors import WriteFailed
from tsguard.gui.crash import CrashHook, details


@pytest.fixture
def window(qtbot, app) -> QWidget:
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    return window


def raised() -> BaseException:
    secret = "白露甲卷"
    try:
        try:
            int(secret)
        except ValueError as error:
            raise KeyError(secret) from error
    except KeyError as error:
        return error


def test_details_hold_kinds_and_places_and_nothing_else():
    text = details(raised())
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert "test_crash.py:" in text
    assert "白露" not in text
    assert str(Path.home()) not in text


def test_a_bug_is_shown_once_and_never_with_its_words(qtbot, window, theme, capsys):
    hook = CrashHook(theme, window)
    error = raised()
    hook._from_python(type(error), error, error.__traceback__)
    thread = threading.Thread(target=hook._from_thread, args=(_args(error),))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: hook._dialog is not None)
    qtbot.wait(10)
    words = " ".join(child.text() for child in hook._dialog.findChildren(QWidget) if hasattr(child, "text"))
    assert "没料到的错误" in words
    assert "白露" not in capsys.readouterr().err
    body = hook._dialog.findChild(QWidget, "details")
    body.toggle()
    hook._dialog.reject()
    assert hook._dialog is None


def _args(error):
    return threading.ExceptHookArgs((type(error), error, error.__traceback__, None))


def test_a_foreseen_error_that_nobody_met_is_explained(qtbot, window, theme, tmp_path):
    hook = CrashHook(theme, window)
    error = WriteFailed(tmp_path, "test")
    hook._from_python(type(error), error, None)
    qtbot.waitUntil(lambda: hook._dialog is not None)
    assert "写不了文件" in hook._dialog.windowTitle()
    hook._dialog.reject()
