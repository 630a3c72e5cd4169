"""What opens a vault shows itself nowhere."""

from __future__ import annotations

import copy

import pytest

from tsguard.store.secret import RawKey, key_id

KEY = bytes(range(32))


def test_the_key_is_in_no_repr():
    for shown in (repr(RawKey(KEY)), str(RawKey(KEY)), f"{RawKey(KEY)}", repr([RawKey(KEY)])):
        assert KEY.hex() not in shown
        assert repr(KEY)[2:-1] not in shown
        assert "000102" not in shown


@pytest.mark.parametrize("place", range(32))
def test_same_looks_at_every_byte(place):
    other = bytearray(KEY)
    other[place] ^= 1
    assert RawKey(KEY).same(RawKey(bytes(KEY)))
    assert not RawKey(KEY).same(RawKey(bytes(other)))


def test_not_compared_by_accident():
    """``==`` would tell by its time where two keys differ."""
    assert RawKey(KEY) != RawKey(KEY)
    assert copy.copy(RawKey(KEY)).same(RawKey(KEY))


def test_frozen():
    with pytest.raises(AttributeError):
        RawKey(KEY).material = b""  # type: ignore[misc]


def test_the_name_of_a_key():
    assert key_id(b"TSG\x01" + bytes(12)) == key_id(b"TSG\x01" + bytes(12))
    names = {key_id(b"TSG\x01" + bytes(11) + bytes([number])) for number in range(256)}
    assert len(names) == 256
    assert all(len(name) == 8 and int(name, 16) >= 0 for name in names)
