"""Three causes, three errors: a wrong passphrase, a damaged file, no vault; and what each means."""

from __future__ import annotations

from pathlib import Path

import pytest

from tsguard.errors import NotAVault, TSGuardError, VaultDamaged, VaultNewer, WrongPassphrase
from tsguard.services.explain import explain
from tsguard.store.header import Header
from tsguard.store.secret import RawKey
from tsguard.store.unlocking import key_of
from tsguard.store.vault import Vault

PAGE = 4096


@pytest.fixture
def refused(closed: Path, passphrase, profiles):
    """What opening a changed vault raises; nothing is changed or left by it."""

    def find(change, secret=passphrase) -> TSGuardError:
        content = bytearray(closed.read_bytes())
        content = change(content) or content
        closed.write_bytes(content)
        with pytest.raises(TSGuardError) as caught:
            Vault.open(closed, secret, who="t", profiles=profiles)
        assert closed.read_bytes() == content
        assert [each.name for each in closed.parent.iterdir()] == [closed.name]
        return caught.value

    return find


def nothing(_content):
    return None


def first_page(content):
    content[2000] ^= 1


def first_page_zeros(content):
    content[16:PAGE] = bytes(PAGE - 16)


def test_wrong_passphrase(refused):
    assert type(refused(nothing, "not the passphrase")) is WrongPassphrase
    assert type(refused(nothing, RawKey(bytes(32)))) is WrongPassphrase


@pytest.mark.parametrize("change", [first_page, first_page_zeros])
def test_damaged_first_page(refused, change, passphrase):
    """SQLCipher says of it what it says of a wrong key; other pages tell that the key is right."""
    error = refused(change)
    assert type(error) is VaultDamaged
    assert error.what == "page 1"
    assert type(refused(nothing, passphrase + "x")) is WrongPassphrase


def test_no_vault(refused):
    assert type(refused(lambda _content: b"PK\x03\x04" + bytes(5000))) is NotAVault
    assert type(refused(lambda _content: b"SQLite format 3\0" + bytes(5000))) is NotAVault
    assert type(refused(lambda _content: b"")) is NotAVault


@pytest.mark.parametrize("length", [16, 17, PAGE - 1, PAGE + 1, 5 * PAGE - 7])
def test_cut(refused, length):
    error = refused(lambda content: content[:length])
    assert type(error) is VaultDamaged
    assert error.what == "length"


@pytest.mark.parametrize("pages", [1, 2, 7, 20])
def test_whole_pages_cut_off(refused, pages, closed):
    assert closed.stat().st_size > 20 * PAGE
    assert type(refused(lambda content: content[: pages * PAGE])) is VaultDamaged


@pytest.mark.parametrize("place", range(16))
def test_each_byte_of_the_header(refused, place):
    def flip(content):
        content[place] ^= 255

    error = refused(flip)
    assert type(error) is (NotAVault if place < 3 else VaultNewer if place == 3 else WrongPassphrase)


def test_profile_nought(refused):
    def flip(content):
        content[3] = 0

    assert type(refused(flip)) is VaultDamaged


def test_the_words_differ(refused, closed):
    whole = closed.read_bytes()
    errors = [refused(nothing, "not the passphrase"), refused(first_page), refused(lambda _content: b"text")]
    texts = []
    for error in errors:
        said = explain(error)
        texts.append(str(said))
        closed.write_bytes(whole)
    assert len(set(texts)) == 3


def test_a_key_is_taken_as_it_is(profiles):
    key = RawKey(bytes(range(32)))
    assert key_of(key, Header(b"TSG\xc8" + bytes(12)), profiles) is key


def test_a_passphrase_becomes_a_key_by_the_headers_profile(profiles):
    one = key_of("口令口令口令口令", Header(b"TSG\xc8" + bytes(12)), profiles)
    again = key_of("口令口令口令口令", Header(b"TSG\xc8" + bytes(12)), profiles)
    other = key_of("口令口令口令口令", Header(b"TSG\xc8" + bytes(11) + b"\1"), profiles)
    assert one.same(again)
    assert not one.same(other)
