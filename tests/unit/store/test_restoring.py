"""Copies of files at rest: proven, or not there; the file they are made of is only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.vaults import PASSPHRASE, QUICK, new_session
from tsguard.errors import Cancelled, VaultDamaged, VaultExists, VaultInUse, WriteFailed, WrongPassphrase
from tsguard.services.session import Session
from tsguard.store import restoring
from tsguard.store.secret import RawKey


@pytest.fixture
def closed(tmp_path: Path) -> tuple[Path, RawKey]:
    session = new_session(tmp_path / "v", choose=False)
    key = session.file.raw_key()
    session.close()
    return session.path, key


def test_a_copy_of_a_closed_vault_opens(closed: tuple[Path, RawKey], tmp_path: Path) -> None:
    path, key = closed
    facts = restoring.copy_closed(path, key, tmp_path / "copy.tsg")
    assert (tmp_path / "copy.tsg").read_bytes() == path.read_bytes()
    session = Session.open(tmp_path / "copy.tsg", PASSPHRASE, profiles=QUICK)
    assert session.file.journal_head == facts.journal_head
    session.close()


def test_it_overwrites_nothing_and_leaves_nothing(closed: tuple[Path, RawKey], tmp_path: Path) -> None:
    path, key = closed
    (tmp_path / "there.tsg").write_bytes(b"mine")
    with pytest.raises(VaultExists):
        restoring.copy_closed(path, key, tmp_path / "there.tsg")
    with pytest.raises(Cancelled):
        restoring.copy_closed(path, key, tmp_path / "new.tsg", cancelled=lambda: True)
    with pytest.raises(VaultDamaged):
        restoring.copy_closed(path, RawKey(bytes(32)), tmp_path / "new.tsg")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["there.tsg", "v"]


def test_with_a_log_beside_it_a_vault_is_not_at_rest(closed: tuple[Path, RawKey], tmp_path: Path) -> None:
    path, key = closed
    path.with_name(f"{path.name}-wal").write_bytes(b"waits")
    with pytest.raises(WriteFailed):
        restoring.copy_closed(path, key, tmp_path / "new.tsg")


def test_an_open_vault_is_not_copied_behind_its_back(tmp_path: Path) -> None:
    session = new_session(tmp_path, choose=False)
    with pytest.raises(VaultInUse):
        restoring.copy_closed(session.path, session.file.raw_key(), tmp_path / "new.tsg")
    session.close()


def test_a_wrong_secret_and_a_damaged_first_page_are_told_apart(closed: tuple[Path, RawKey]) -> None:
    path, key = closed
    with pytest.raises(WrongPassphrase):
        restoring.unlock(path, "falsch falsch", QUICK)
    assert restoring.unlock(path, PASSPHRASE, QUICK).key.same(key)
    content = bytearray(path.read_bytes())
    content[100] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(VaultDamaged):
        restoring.unlock(path, PASSPHRASE, QUICK)


def test_what_was_exchanged_after_unlocking_is_not_used(closed: tuple[Path, RawKey], tmp_path: Path) -> None:
    path, _key = closed
    unlocked = restoring.unlock(path, PASSPHRASE, QUICK)
    other = new_session(tmp_path / "other", choose=False)
    other.close()
    other.path.replace(path)
    with pytest.raises(VaultDamaged), restoring.looked_into(path, unlocked, tmp_path / "look.tsg"):
        pass
    assert not list(tmp_path.glob(".look*"))
