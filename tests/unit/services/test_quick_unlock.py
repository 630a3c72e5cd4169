"""A key that a computer keeps for a person: nothing in clear, and useless elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from support.account import Account
from support.vaults import QUICK, new_session

from tsguard.services.quick_unlock import QuickUnlock
from tsguard.services.session import Session
from tsguard.store.user_secret import keeper


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return new_session(tmp_path / "保险 库")


def test_a_kept_key_opens_the_vault_wherever_it_was_moved(session: Session, tmp_path: Path) -> None:
    quick = QuickUnlock(tmp_path / "keys", Account("明"))
    assert not quick.keeps(session.file)
    assert quick.keep(session.file)
    assert quick.keeps(session.file)
    path = session.path
    session.close()
    moved = path.rename(tmp_path / "𠮷.tsg")
    assert quick.remembers(moved)
    secret = quick.secret_for(moved)
    assert secret is not None
    again = Session.open(moved, secret, profiles=QUICK)
    assert again.enterprise.name
    assert not quick.remembers(moved), "the file of an open vault is not touched"
    again.close()


def test_nothing_in_clear(session: Session, tmp_path: Path) -> None:
    quick = QuickUnlock(tmp_path / "keys", Account("明"))
    quick.keep(session.file)
    key = session.file.raw_key().material
    session.close()
    (kept,) = (tmp_path / "keys").iterdir()
    assert key not in kept.read_bytes()
    assert key.hex() not in kept.name
    assert session.path.stem not in kept.name


def test_another_account_gets_nothing(session: Session, tmp_path: Path) -> None:
    QuickUnlock(tmp_path / "keys", Account("明")).keep(session.file)
    session.close()
    assert QuickUnlock(tmp_path / "keys", Account("红")).secret_for(session.path) is None


def test_a_new_passphrase_makes_it_useless(session: Session, tmp_path: Path) -> None:
    quick = QuickUnlock(tmp_path / "keys", Account("明"))
    quick.keep(session.file)
    session.file.change_passphrase("另一个口令123")
    assert not quick.keeps(session.file)
    session.close()
    assert not quick.remembers(session.path)
    assert quick.secret_for(session.path) is None


def test_forgetting(session: Session, tmp_path: Path) -> None:
    quick = QuickUnlock(tmp_path / "keys", Account("明"))
    quick.keep(session.file)
    quick.forget(session.file.key_id)
    quick.forget(session.file.key_id)
    assert not quick.keeps(session.file)
    assert not list((tmp_path / "keys").iterdir())


@pytest.mark.parametrize("content", [b"", b"x", bytes(100), b"\xff" * 20_000])
def test_a_broken_file_is_no_key(session: Session, tmp_path: Path, content: bytes) -> None:
    quick = QuickUnlock(tmp_path / "keys", Account("明"))
    quick.keep(session.file)
    session.close()
    (kept,) = (tmp_path / "keys").iterdir()
    kept.write_bytes(content)
    assert quick.secret_for(session.path) is None


def test_a_folder_that_can_not_be_written(session: Session, tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file")
    quick = QuickUnlock(tmp_path / "keys", Account("明"))
    assert not quick.keep(session.file)
    assert not quick.keeps(session.file)


@pytest.mark.parametrize("name", ["missing.tsg", ".", "short.tsg"])
def test_what_is_no_vault_is_not_remembered(tmp_path: Path, name: str) -> None:
    (tmp_path / "short.tsg").write_bytes(b"TSG")
    quick = QuickUnlock(tmp_path / "keys", Account("明"))
    assert not quick.remembers(tmp_path / name)
    assert quick.secret_for(tmp_path / name) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps secrets for a person")
def test_absent_where_the_system_keeps_nothing(session: Session, tmp_path: Path) -> None:
    quick = QuickUnlock(tmp_path / "keys")
    assert not quick.available
    assert not quick.keep(session.file)
    assert not quick.remembers(session.path)
    assert not (tmp_path / "keys").exists()


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows has it")
def test_windows_gives_back_what_it_was_given() -> None:
    system = keeper()
    assert system is not None
    protected = system.protect(b"k" * 32, b"salt")
    assert protected is not None
    assert b"k" * 32 not in protected
    assert system.reveal(protected, b"salt") == b"k" * 32
    assert system.reveal(protected, b"other") is None
    assert system.reveal(b"garbage", b"salt") is None
