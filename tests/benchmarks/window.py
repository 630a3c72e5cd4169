"""A real window, offscreen, on a real vault."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tsguard.gui.app import Application
from tsguard.gui.main_window import MainWindow
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.theme import Theme
from tsguard.services.session import Session


def application() -> Application:
    """The one application of this process."""
    return Application.instance() or Application(sys.argv[:1])  # type: ignore[return-value]


@contextmanager
def opened(session: Session, folder: Path) -> Iterator[MainWindow]:
    """A shown window of 1366×720 with the session open; locked in the end."""
    app = application()
    store = SettingsStore(folder / "settings.json")
    window = MainWindow(Theme(app, store.mode), store)
    window.resize(1366, 720)
    window.show()
    window.start.opened.emit(session)
    settle()
    yield window
    assert window.shell is not None
    window.shell.model.lock()
    window.deleteLater()
    settle()


def settle() -> None:
    """Let everything that is pending be done and painted."""
    app = application()
    for _turn in range(3):
        app.processEvents()


def wait(seconds: float) -> None:
    """Let the window live for a while."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        settle()
