"""A window without a screen, and what pages stand on: a real vault, its model, the worker, the settings.

Fusion, the shipped face where no other is there, one theme for each test.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.collecting import garbage_waits
from support.popups import Popups
from support.vaults import QUICK, new_session

from tsguard.gui import fonts
from tsguard.gui.main_window import MainWindow
from tsguard.gui.opening import Opener
from tsguard.gui.session_model import SessionModel
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Mode, Theme
from tsguard.services.session import Session

__all__ = ["garbage_waits"]  # a fixture for every test here

# What the offscreen platform says when a window is shown, and on Windows of typefaces; no real platform does.
OFFSCREEN = (
    r"This plugin does not support (propagateSizeHints|raise|grabbing)\(\)?",
    r"QFontDatabase: Cannot find font directory",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True))


@pytest.fixture(scope="session")
def app(qapp: QApplication) -> QApplication:
    qapp.setStyle("Fusion")
    fonts.install()
    return qapp


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another temporary folder; else every vault of a test lies in it, and the window says so."""
    folder = str(tmp_path_factory.mktemp("temporary"))
    monkeypatch.setattr("tempfile.tempdir", folder)
    for name in ("TEMP", "TMP", "TMPDIR"):
        monkeypatch.setenv(name, folder)


@pytest.fixture
def theme(app: QApplication) -> Theme:
    return Theme(app, Mode.LIGHT)


@pytest.fixture(params=[Mode.LIGHT, Mode.DARK])
def each_theme(app: QApplication, request: pytest.FixtureRequest) -> Theme:
    return Theme(app, request.param)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A new vault with the core and one sector module chosen; nothing is answered."""
    made = new_session(tmp_path, "XIC")
    yield made
    if not made.closed:
        made.close()


@pytest.fixture
def model(session: Session) -> SessionModel:
    return SessionModel(session)


@pytest.fixture
def tasks(app: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> SettingsStore:
    """The settings; no backup is made at locking but where a test is about that."""
    made = SettingsStore(tmp_path / "settings.json")
    made.put(replace(made.value, backup_automatic=False))
    return made


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, store: SettingsStore, tmp_path: Path) -> Iterator[MainWindow]:
    """The whole window on its start page, with all real pages behind it."""
    made = MainWindow(theme, store, Opener(tmp_path / "samples", {"profiles": QUICK}))
    made.resize(1366, 720)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.tasks.close()
    if made.shell is not None:
        made.shell.model.lock()


@pytest.fixture
def popups(app: QApplication) -> Iterator[Popups]:
    """What is shown as a window of its own while the test runs."""
    spy = Popups()
    app.installEventFilter(spy)
    yield spy
    app.removeEventFilter(spy)
