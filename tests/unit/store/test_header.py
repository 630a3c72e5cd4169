"""What is said of a file that can't be opened, before any key is derived."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard.errors import NotAVault, VaultDamaged, VaultMissing, VaultNewer
from tsguard.store import header
from tsguard.store.vault import Vault

PAGE = 4096


def opening(path: Path, profiles) -> None:
    """Each of these is found without the slow step."""

    def derive(*_):
        pytest.fail("a key was derived")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tsguard.store.kdf.derive", derive)
        Vault.open(path, "whatever it is", who="tester", profiles=profiles)


def test_missing(tmp_path, profiles):
    with pytest.raises(VaultMissing) as caught:
        opening(tmp_path / "没有.tsg", profiles)
    assert caught.value.path == tmp_path / "没有.tsg"


def test_missing_below_a_file(tmp_path, profiles):
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(VaultMissing):
        opening(tmp_path / "file" / "v.tsg", profiles)


def test_folder(tmp_path, profiles):
    with pytest.raises(NotAVault):
        opening(tmp_path, profiles)


def test_device(profiles):
    with pytest.raises(NotAVault):
        opening(Path(os.devnull), profiles)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"T",
        b"TSG",
        b"TSG\xc8" + bytes(11),
        b"SQLite format 3\0" + bytes(4080),
        b"tsg\xc8" + bytes(5000),
        b"\0" * 8192,
    ],
    ids=["empty", "1", "3", "15", "sqlite", "small letters", "zeros"],
)
def test_another_file(tmp_path, profiles, content):
    (tmp_path / "f").write_bytes(content)
    with pytest.raises(NotAVault):
        opening(tmp_path / "f", profiles)
    assert (tmp_path / "f").read_bytes() == content


@given(content=st.binary(max_size=64).filter(lambda content: not content.startswith(b"TSG")))
def test_random_bytes_are_no_header(content):
    with pytest.raises(NotAVault):
        header.parse(Path("f"), content, {1}, 1)


@given(profile=st.integers(2, 255), rest=st.binary(min_size=12, max_size=40))
def test_unknown_profile_is_newer(profile, rest):
    with pytest.raises(VaultNewer) as caught:
        header.parse(Path("f"), b"TSG" + bytes([profile]) + rest, {1}, 1)
    assert (caught.value.found, caught.value.known) == (profile, 1)


def test_profile_nought_is_never_given():
    with pytest.raises(VaultDamaged):
        header.parse(Path("f"), b"TSG\0" + bytes(12), {1}, 1)


def test_fresh_headers_differ_and_read_back():
    made = [header.fresh(7) for _ in range(50)]
    assert len(set(made)) == 50
    for each in made:
        assert header.parse(Path("f"), each.salt, {7}, 7) == each
        assert len(each.salt) == 16
        assert each.profile == 7


def test_a_test_vault_is_newer_for_the_program(closed):
    before = closed.read_bytes()
    with pytest.raises(VaultNewer):
        Vault.open(closed, "whatever it is", who="tester")
    assert closed.read_bytes() == before


def test_truncated_at_many_lengths(closed, profiles):
    whole = closed.read_bytes()
    lengths = [*range(16, 40), 100, 1000, 4095, 4097, 5000, 8191, 8193, len(whole) - 4095, len(whole) - 1]
    for length in lengths:
        closed.write_bytes(whole[:length])
        with pytest.raises(VaultDamaged) as caught:
            opening(closed, profiles)
        assert caught.value.what == "length"
    for length in range(16):
        closed.write_bytes(whole[:length])
        with pytest.raises(NotAVault):
            opening(closed, profiles)
