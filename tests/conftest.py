"""What holds for all tests."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from hypothesis import settings
from support.windows import UNDER_WINE

if UNDER_WINE:
    # There every look at a file takes its time, which says nothing about the program's.
    settings.register_profile("wine", deadline=None)
    settings.load_profile("wine")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the window's options, too, where its plug-in is not installed: the layers below run without Qt."""
    if find_spec("pytestqt") is None:
        for name in ("qt_api", "qt_log_level_fail"):
            parser.addini(name, "for pytest-qt, which is not here")
