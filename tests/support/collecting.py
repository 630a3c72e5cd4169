"""Dead widgets are destroyed between tests on the test's own thread, never by a worker's collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def garbage_waits() -> Iterator[None]:
    """As ``tsguard.gui.collecting`` does in the program."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()
