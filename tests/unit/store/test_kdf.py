from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tsguard.errors import PassphraseTooShort
from tsguard.store import kdf
from tsguard.store.kdf import PROFILES, KdfProfile

CHEAP = KdfProfile(memory=8, iterations=1, lanes=1)


def test_profile_one_is_a_promise():
    """Vaults of profile 1 exist; these three figures never change."""
    assert PROFILES[1] == KdfProfile(memory=131072, iterations=3, lanes=4)


def test_the_list_is_closed():
    with pytest.raises(TypeError):
        PROFILES[2] = CHEAP


def test_profile_one_is_argon2id_of_nfkc_utf8():
    salt = b"TSG\x01" + bytes(range(12))
    expected = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=131072).derive(
        "保险库 passphrase".encode()
    )
    assert kdf.derive("保险库 ｐａｓｓｐｈｒａｓｅ", salt, PROFILES[1]) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("café au lait", "cafe\u0301 au lait"), ("１２３４５６７８", "12345678"), ("ﬁnancial", "financial")],
)
def test_equal_after_nfkc(one, other):
    assert kdf.derive(one, bytes(16), CHEAP) == kdf.derive(other, bytes(16), CHEAP)


def test_salt_and_passphrase_matter():
    keys = {
        kdf.derive(word, salt, CHEAP) for word in ("12345678", "12345679") for salt in (bytes(16), b"1" * 16)
    }
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}


def test_half_a_surrogate_pair_is_no_bug():
    assert len(kdf.derive("\ud800 and more", bytes(16), CHEAP)) == 32


@pytest.mark.parametrize("word", ["", "1234567", "e\u0301" * 7, "一二三四五六七"])
def test_too_short(word):
    with pytest.raises(PassphraseTooShort) as caught:
        kdf.check_length(word)
    assert caught.value.shortest == 8


@pytest.mark.parametrize("word", ["12345678", "一二三四五六七八", "ﷺ"])
def test_long_enough(word):
    """Characters are counted after normalisation: the last is one that becomes eighteen."""
    kdf.check_length(word)
