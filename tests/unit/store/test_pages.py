"""Which pages are authentic: the same as SQLCipher's own check says, of the same damaged files."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard.store import driver, kdf, pages
from tsguard.store.pages import PageCheck

PAGE = driver.PAGE_SIZE


@pytest.fixture
def key(closed: Path, passphrase, profiles) -> bytes:
    return kdf.derive(passphrase, closed.read_bytes()[:16], profiles[200])


def found(content: bytes, key: bytes, salt: bytes) -> list[int]:
    return list(PageCheck(key, salt).damaged(lambda at, most: content[at : at + most], len(content)))


def sqlciphers(path: Path, key: bytes, salt: bytes) -> list[int]:
    """The pages that SQLCipher names, on a connection that has not read one of them."""
    connection = driver.load().connect(str(path))
    try:
        connection.execute("PRAGMA cipher_log_level = NONE").close()
        connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"").close()
        rows = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    finally:
        connection.close()
    return [int(number) for (row,) in rows for number in re.findall(r"page (\d+)", row)]


def test_sound(closed, key):
    content = closed.read_bytes()
    assert found(content, key, content[:16]) == []
    assert len(content) > 20 * PAGE


@pytest.mark.parametrize("seed", range(12))
def test_as_sqlcipher_says(closed, key, seed):
    chance = random.Random(seed)  # noqa: S311 - no secrets
    content = bytearray(closed.read_bytes())
    salt, last = bytes(content[:16]), len(content) // PAGE
    chosen = sorted(chance.sample(range(2, last + 1), chance.randrange(1, 6)))
    for page in chosen:
        content[(page - 1) * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
    closed.write_bytes(content)
    assert found(bytes(content), key, salt) == chosen
    assert sqlciphers(closed, key, salt) == chosen


@pytest.mark.parametrize("place", [16, 17, 100, 2000, 4015, 4016, 4031, 4032, 4095])
def test_every_region_of_a_page_counts(closed, key, place):
    content = bytearray(closed.read_bytes())
    salt = bytes(content[:16])
    for page in (1, 2):
        content[(page - 1) * PAGE + place] ^= 128
    assert found(bytes(content), key, salt) == [1, 2]


def test_the_salt_is_the_headers_affair(closed, key):
    """It is in no page's HMAC, but in the HMAC's key."""
    content = bytearray(closed.read_bytes())
    salt = bytes(content[:16])
    content[5] ^= 1
    assert found(bytes(content), key, salt) == []
    assert found(bytes(content), key, bytes(content[:16])) == list(range(1, len(content) // PAGE + 1))


def test_a_page_at_anothers_place(closed, key):
    content = bytearray(closed.read_bytes())
    third, fifth = content[2 * PAGE : 3 * PAGE], content[4 * PAGE : 5 * PAGE]
    content[2 * PAGE : 3 * PAGE], content[4 * PAGE : 5 * PAGE] = fifth, third
    assert found(bytes(content), key, bytes(content[:16])) == [3, 5]


@pytest.mark.parametrize("rest", [1, 16, 4095])
def test_a_rest_counts_as_a_page(closed, key, rest):
    content = closed.read_bytes()
    last = len(content) // PAGE
    assert found(content + b"x" * rest, key, content[:16]) == [last + 1]
    assert found(content[:-rest], key, content[:16]) == [last]


def test_zeros_are_damage(closed, key):
    """SQLCipher takes them for an empty page."""
    content = closed.read_bytes()
    content = content[: 6 * PAGE] + bytes(PAGE) + content[7 * PAGE :]
    assert found(content, key, content[:16]) == [7]


def test_the_page_that_sqlite_never_writes(closed, key, monkeypatch):
    """A vault of more than 1 GiB has it; it is empty and no damage."""
    assert pages._LOCK_PAGE == 262_145
    monkeypatch.setattr(pages, "_LOCK_PAGE", 7)
    content = closed.read_bytes()
    content = content[: 6 * PAGE] + bytes(2 * PAGE) + content[8 * PAGE :]
    assert found(content, key, content[:16]) == [8]


def test_a_file_that_ends_while_it_is_read(closed, key):
    content = closed.read_bytes()
    check = PageCheck(key, content[:16])
    assert list(check.damaged(lambda at, most: content[at : at + most], len(content) + PAGE)) == [
        len(content) // PAGE + 1
    ]
    assert list(check.damaged(lambda _at, _most: b"", PAGE)) == [1]


@given(page=st.binary(max_size=2 * PAGE), number=st.integers(1, 2**32 - 1))
def test_nothing_made_up_is_authentic(page, number):
    assert not PageCheck(bytes(32), bytes(16)).authentic(page, number)


def test_progress(closed, key):
    content = closed.read_bytes() + b"\0" * (3 * 1024 * 1024)
    told: list[tuple[int, int]] = []
    check = PageCheck(key, content[:16])
    list(check.damaged(lambda at, n: content[at : at + n], len(content), lambda *each: told.append(each)))
    assert told == sorted(told)
    assert len(told) >= 3
    assert told[-1] == (len(content), len(content))


def test_the_right_key_is_known_by_any_page_but_the_first(closed, key):
    content = bytearray(closed.read_bytes())
    salt = bytes(content[:16])
    content[16:PAGE] = bytes(PAGE - 16)

    def any_of(key: bytes) -> bool:
        check = PageCheck(key, salt)
        return check.any_beyond_first(lambda at, most: bytes(content[at : at + most]), len(content))

    assert any_of(key)
    assert not any_of(bytes(32))
    content[PAGE:-PAGE] = bytes(len(content) - 2 * PAGE)
    assert any_of(key)
    content[-PAGE:] = bytes(PAGE)
    assert not any_of(key)
