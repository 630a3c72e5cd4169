"""The private copy that an examination works on: whole, with its log, gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.spoiling import ground, silent
from support.windows import ON_WINDOWS

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.errors import DiskFull, Unreadable, VaultDamaged
from tsguard.store import damage, driver, specimen
from tsguard.store.claim import Claim
from tsguard.store.driver import PAGE_SIZE

__all__ = ["ground"]  # a fixture


def test_what_waits_in_the_log_is_seen(ground, reopen, tmp_path):
    vault = reopen(ground.path)
    with vault.write() as writer:
        writer.put_answer("a1", Answer("ORG-01", Verdict.NOT_MET))
    kept = tmp_path / "killed.tsg"
    shutil.copyfile(ground.path, kept)
    shutil.copyfile(driver.log_of(ground.path), driver.log_of(kept))
    vault.close()
    before = (kept.read_bytes(), driver.log_of(kept).read_bytes())
    with specimen.taken(kept) as copy, damage.opened(copy, ground.key, silent) as (found, remains):
        assert found.sound
        assert found.log.written_back
        assert remains.records["answer", "a1/ORG-01"].state["verdict"] == "not_met"
    assert (kept.read_bytes(), driver.log_of(kept).read_bytes()) == before
    log = bytearray(before[1])
    log[40 + 24 + 100] ^= 1
    driver.log_of(kept).write_bytes(log)
    with specimen.taken(kept) as copy, damage.opened(copy, ground.key, silent) as (found, remains):
        assert found.log.doubtful
        assert remains.records["answer", "a1/ORG-01"].state["verdict"] == "met"


def test_the_open_vault_is_examined_with_what_it_has_not_written_back(ground, reopen):
    vault = reopen(ground.path)
    with vault.write() as writer:
        writer.put_answer("a1", Answer("ORG-01", Verdict.NOT_MET))
    with specimen.taken_of(vault.file) as copy, damage.opened(copy, ground.key, silent) as (found, remains):
        assert found.sound
        assert found.head == vault.journal_head
        assert remains.records["answer", "a1/ORG-01"].state["verdict"] == "not_met"
        folder = copy.file.parent
    assert not folder.exists()
    assert vault.answers("a1")["ORG-01"].verdict is Verdict.NOT_MET
    vault.close()


def test_copies_that_a_killed_program_left_are_taken_away(ground, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    old, fresh = tmp_path / ".tsguard-copy-old", tmp_path / ".tsguard-copy-fresh"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "vault").write_bytes(b"x")
    os.utime(old, (1, 1))
    with specimen.taken(ground.path) as copy:
        assert copy.file.parent.parent == tmp_path
        assert ON_WINDOWS or copy.file.parent.stat().st_mode & 0o077 == 0
        assert not old.exists()
    assert fresh.exists()
    assert not copy.file.exists()


def test_without_room_for_the_copy_it_is_said(ground, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: SimpleNamespace(free=1000))
    with pytest.raises(DiskFull), specimen.taken(ground.path):
        pass


def test_what_the_disk_does_not_give_is_told_and_the_rest_is_read(ground, monkeypatch):
    real = Claim.read

    def read(claim: Claim, offset: int, length: int) -> bytes:
        if offset < 6 * PAGE_SIZE and offset + length > 4 * PAGE_SIZE:
            raise Unreadable(claim.path, "Input/output error")
        return real(claim, offset, length)

    monkeypatch.setattr(Claim, "read", read)
    with specimen.taken(ground.path) as copy:
        assert copy.unread == (5, 6)
        assert copy.size == ground.path.stat().st_size
        with damage.opened(copy, ground.key, silent) as (found, _remains):
            assert found.bad_pages == (5, 6)
            assert found.unread == 2


def test_a_disk_that_gives_nothing(ground, monkeypatch):
    def read(claim: Claim, _offset: int, _length: int) -> bytes:
        raise Unreadable(claim.path, "Input/output error")

    monkeypatch.setattr(Claim, "read", read)
    with pytest.raises(Unreadable), specimen.taken(ground.path):
        pass


def test_a_log_beyond_measure_is_not_read(ground):
    log = driver.log_of(ground.path)
    log.touch()
    os.truncate(log, 2**40)
    with pytest.raises(VaultDamaged, match="log"), specimen.taken(ground.path):
        pass


@given(st.binary(max_size=9000))
def test_a_log_of_rubbish_changes_nothing(tmp_path_factory, rubbish):
    folder = tmp_path_factory.getbasetemp() / "rubbish"
    folder.mkdir(exist_ok=True)
    log, file = folder / "log", folder / "file"
    log.write_bytes(rubbish)
    file.write_bytes(b"x" * 2 * PAGE_SIZE)
    assert not specimen.write_back(log, file).written_back
    assert file.read_bytes() == b"x" * 2 * PAGE_SIZE
