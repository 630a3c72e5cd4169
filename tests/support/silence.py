"""No test may do anything about a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support import network


@pytest.fixture(autouse=True)
def silence() -> Iterator[None]:
    """A test during which this process does anything about a network fails."""
    before = len(network.heard)
    yield
    assert network.heard[before:] == []
