"""Reading past SQLite: the claim's one handle, and the page that nobody reads while SQLite locks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tsguard.store.claim import Claim, peek
from tsguard.store.driver import LOCK_OFFSET, PAGE_SIZE

_MIB = 1024 * 1024


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """More than 1 GiB, most of it a hole, with bytes before, in and behind the page of SQLite's locks."""
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.seek(LOCK_OFFSET - PAGE_SIZE)
        for letter in b"abcc":
            file.write(bytes([letter]) * PAGE_SIZE)
    return path


@pytest.mark.parametrize(
    ("offset", "length", "expected"),
    [
        (LOCK_OFFSET - PAGE_SIZE, _MIB, b"a" * PAGE_SIZE),
        (LOCK_OFFSET - 1, 1, b"a"),
        (LOCK_OFFSET, _MIB, bytes(PAGE_SIZE)),
        (LOCK_OFFSET, 10, bytes(10)),
        (LOCK_OFFSET + 4000, _MIB, bytes(96)),
        (LOCK_OFFSET + PAGE_SIZE, _MIB, b"c" * 2 * PAGE_SIZE),
        (LOCK_OFFSET + 3 * PAGE_SIZE, _MIB, b""),
    ],
)
def test_never_the_page_with_the_locks(large, offset, length, expected):
    claim = Claim(large)
    assert claim.read(offset, length) == expected
    claim.release()


@pytest.mark.parametrize("beyond", [0, 7])
def test_a_file_that_ends_there(large, beyond):
    with large.open("r+b") as file:
        file.truncate(LOCK_OFFSET + beyond)
    claim = Claim(large)
    assert claim.read(LOCK_OFFSET, _MIB) == bytes(beyond)
    claim.release()


def test_a_look_from_outside(tmp_path, closed, reopen):
    assert peek(closed, 3) == b"TSG"
    assert peek(tmp_path, 3) is None
    assert peek(tmp_path / "nothing", 3) is None
    vault = reopen(closed)
    assert peek(closed, 3) is None
    vault.close()
