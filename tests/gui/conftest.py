"""A window without a screen: Fusion, the shipped face where no other is there, one theme for each test."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QApplication
from support.collecting import garbage_waits

from tsguard.gui import fonts
from tsguard.gui.theme import Mode, Theme

__all__ = ["garbage_waits"]  # a fixture for every test here

# What the offscreen platform says when a window is shown; no real platform does.
OFFSCREEN = (r"This plugin does not support (propagateSizeHints|raise|grabbing)\(\)?",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore(*OFFSCREEN, extend=True))


@pytest.fixture(scope="session")
def app(qapp: QApplication) -> QApplication:
    qapp.setStyle("Fusion")
    fonts.install()
    return qapp


@pytest.fixture
def theme(app: QApplication) -> Theme:
    return Theme(app, Mode.LIGHT)


@pytest.fixture(params=[Mode.LIGHT, Mode.DARK])
def each_theme(app: QApplication, request: pytest.FixtureRequest) -> Theme:
    return Theme(app, request.param)
