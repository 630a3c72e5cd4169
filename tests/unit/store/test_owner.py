"""Who has a vault open: told where it is known, and nothing that lies there does harm."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.windows import ON_WINDOWS, needs_links, needs_pipes

from tsguard.errors import VaultInUse
from tsguard.store import owner
from tsguard.store.vault import Vault

ELSEWHERE = {"account": "李㵘", "host": "另一台-PC", "process": 7, "since": "2026-11-23T04:05:06.789Z"}


def lay(vault: Path, content: object) -> Path:
    place = owner.place_of(vault)
    place.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return place


def test_written_and_withdrawn(tmp_path):
    vault = tmp_path / "企业.tsg"
    mine = owner.ours("王䶮", "2026-11-23T00:00:00.000Z")
    owner.write(vault, mine)
    assert owner.read(vault) == mine
    assert mine.here
    assert ON_WINDOWS or owner.place_of(vault).stat().st_mode & 0o777 == 0o600
    assert set(json.loads(owner.place_of(vault).read_bytes())) == {"account", "host", "process", "since"}
    owner.withdraw(vault, mine)
    assert not list(tmp_path.iterdir())


def test_anothers_is_not_withdrawn(tmp_path):
    vault = tmp_path / "v.tsg"
    lay(vault, ELSEWHERE)
    owner.withdraw(vault, owner.ours("a", "b"))
    assert owner.read(vault) is not None


@pytest.mark.parametrize("account", ["\udcff\ud800", "长" * 500, "𠮷" * 500, "a\0b", ""], ids=range(5))
def test_any_account_comes_back_and_goes(tmp_path, account, monkeypatch):
    """The system gives names that have no UTF-8, too."""
    monkeypatch.setattr(owner, "this_host", lambda: "\udc80𠮷" * 100)
    vault = tmp_path / "v.tsg"
    mine = owner.ours(account, "t")
    owner.write(vault, mine)
    assert owner.read(vault) == mine
    owner.withdraw(vault, mine)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["长" * 80 + ".tsg", "v", "-wal", "𠮷" * 60], ids=len)
def test_the_name_fits_and_is_the_vaults_own(tmp_path, name):
    place = owner.place_of(tmp_path / name)
    place.touch()
    assert place.parent == tmp_path
    assert owner.place_of(tmp_path / (name + "x")) != place
    assert len(os.fsencode(place.name)) <= 255


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"x"',
        b"7",
        b"{}",
        b"[" * 4096,
        b'{"a":' * 800,
        b"x" * 10_000_000,
        {**ELSEWHERE, "process": "x"},
        {**ELSEWHERE, "process": None},
        {**ELSEWHERE, "process": float("inf")},
        {**ELSEWHERE, "process": "9" * 4000},
        {"account": "a"},
        b'{"account": "a", "host": "b", "since": "c", "process": 1' + b"0" * 4500 + b"}",
    ],
    ids=lambda content: repr(content)[:24],
)
def test_what_makes_no_sense_is_nobody(tmp_path, make, reopen, content):
    vault = tmp_path / "v.tsg"
    make(vault).close()
    place = lay(vault, content)
    start = time.monotonic()
    assert owner.read(vault) is None
    assert time.monotonic() - start < 1
    reopen(vault).close()
    assert not place.exists()


@given(st.binary(max_size=300) | st.text().map(lambda text: json.dumps([text]).encode()))
def test_anything_is_read(tmp_path_factory, content):
    vault = tmp_path_factory.getbasetemp() / "anything.tsg"
    lay(vault, content)
    assert owner.read(vault) is None


def test_values_of_other_kinds_are_text_of_bounded_length(tmp_path):
    lay(tmp_path / "v", {"account": {"a": 1}, "host": ["x"] * 500, "since": 7, "process": True})
    found = owner.read(tmp_path / "v")
    assert found is not None
    assert (found.since, found.process) == ("7", 1)
    assert len(found.host) <= 200


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("fifo", marks=needs_pipes),
        "folder",
        *(pytest.param(kind, marks=needs_links) for kind in ("link", "loop", "link to the vault")),
    ],
)
def test_no_file_at_its_place(tmp_path, make, reopen, kind):
    """It neither hangs nor writes through a link, and the vault opens."""
    path, victim = tmp_path / "v.tsg", tmp_path / "victim"
    make(path).close()
    victim.write_bytes(b"precious")
    place = owner.place_of(path)
    if kind == "fifo":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to({"link": victim, "loop": place, "link to the vault": path}[kind])
    assert owner.read(path) is None
    vault = reopen(path)
    assert vault.enterprises() == ()
    vault.close()
    assert victim.read_bytes() == b"precious"
    reopen(path).close()


def test_made_anew_and_never_written_into(tmp_path, make):
    """Windows opens no hidden file for writing, and what lies there may be another name of something else."""
    path = tmp_path / "v.tsg"
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    owner.place_of(path).hardlink_to(victim)
    vault = make(path)
    assert owner.read(path) is not None
    assert victim.read_bytes() == b"precious"
    vault.close()
    assert not owner.place_of(path).exists()


def test_no_room_for_it(tmp_path, make, reopen, monkeypatch):
    """An empty one would stay for ever: it is nobody's."""

    class Full:
        def __init__(self, handle: int, *_args: object) -> None:
            os.close(handle)

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_error: object) -> None:
            pass

        def write(self, _content: bytes) -> None:
            raise OSError(28, "full")

    path = tmp_path / "v.tsg"
    make(path).close()
    with monkeypatch.context() as patched:
        patched.setattr(os, "fdopen", Full)
        vault = reopen(path)
    vault.close()
    assert [each.name for each in tmp_path.iterdir()] == ["v.tsg"]


def test_another_computer_says_so(tmp_path, make, reopen, passphrase, profiles):
    path = tmp_path / "v.tsg"
    make(path).close()
    place = lay(path, ELSEWHERE)
    before, said = path.read_bytes(), place.read_bytes()
    with pytest.raises(VaultInUse) as caught:
        reopen(path)
    error = caught.value
    assert (error.account, error.host, error.since) == ("李㵘", "另一台-PC", ELSEWHERE["since"])
    assert error.elsewhere
    assert (path.read_bytes(), place.read_bytes()) == (before, said)
    vault = Vault.open(path, passphrase, who="t", profiles=profiles, take_over=True)
    found = owner.read(path)
    assert found is not None
    assert found.here
    vault.close()
    assert not place.exists()


def test_a_stale_one_of_this_computer_is_no_hindrance(tmp_path, make, reopen):
    path = tmp_path / "v.tsg"
    make(path).close()
    lay(path, {**ELSEWHERE, "host": owner.this_host(), "process": 2**22 + 1})
    reopen(path).close()
    assert not owner.place_of(path).exists()


def test_who_has_it_open_here(vault, reopen: Callable[[Path], Vault]):
    with pytest.raises(VaultInUse) as caught:
        reopen(vault.path)
    assert (caught.value.account, caught.value.host) == ("tester", owner.this_host())
    assert caught.value.since == "2026-11-23T04:05:06.789Z"
    assert not caught.value.elsewhere


def test_a_refused_opener_leaves_the_owners_word(vault, reopen, passphrase, profiles):
    said = owner.place_of(vault.path).read_bytes()
    for take_over in (False, True):
        with pytest.raises(VaultInUse):
            Vault.open(vault.path, passphrase, who="x", profiles=profiles, take_over=take_over)
    assert owner.place_of(vault.path).read_bytes() == said


def test_a_wrong_passphrase_leaves_none(closed, profiles):
    with pytest.raises(Exception, match="path="):
        Vault.open(closed, "not this one", who="x", profiles=profiles)
    assert [each.name for each in closed.parent.iterdir()] == ["closed.tsg"]
