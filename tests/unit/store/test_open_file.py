"""An open file: its size, its name, its log, and closing it whatever happens."""

from __future__ import annotations

import threading

import pytest
from support.windows import posix_replacing

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.errors import DiskFull, VaultClosed, VaultReplaced
from tsguard.store import driver, files
from tsguard.store.driver import Database
from tsguard.store.secret import RawKey, key_id


def answer(vault, item="N", note=""):
    with vault.write() as writer:
        writer.put_answer("a1", Answer(item, Verdict.MET, note=note))


def test_what_it_is(filled):
    file = filled.file
    assert file.path == file.file == filled.path
    assert file.key_id == key_id(file.header.salt)
    assert file.header.salt == filled.path.read_bytes()[:16]
    assert file.size() == filled.path.stat().st_size + driver.log_of(filled.path).stat().st_size


def test_proves(filled, passphrase):
    assert filled.file.proves(passphrase)
    assert filled.file.proves(filled.file.raw_key())
    assert filled.file.proves(RawKey(filled.file.raw_key().material))
    assert not filled.file.proves(passphrase + " ")
    assert not filled.file.proves("")
    assert not filled.file.proves(RawKey(bytes(32)))


def test_closed(filled, tmp_path, passphrase):
    filled.close()
    filled.close()
    for ask in (
        filled.file.raw_key,
        filled.file.check_place,
        lambda: filled.file.proves(passphrase),
        lambda: filled.file.copy_to(tmp_path / "copy"),
        lambda: filled.file.change_passphrase("long enough"),
    ):
        with pytest.raises(VaultClosed):
            ask()
    assert [each.name for each in tmp_path.iterdir()] == ["vault.tsg"]
    assert not any(isinstance(each, RawKey) for each in vars(filled.file).values()), (
        "nor does it keep the key"
    )


def test_the_log_stays_short(filled):
    """It is written back where it has grown beyond 4 MiB, without waiting for the end."""
    longest = 0
    for number in range(60):
        answer(filled, f"N-{number}", "n" * 200_000)
        longest = max(longest, driver.log_of(filled.path).stat().st_size)
    assert 3 * 2**20 < longest < 5 * 2**20
    assert filled.path.stat().st_size > 8 * 2**20
    assert len(filled.answers("a1")) == 61


def test_where_the_log_can_not_be_written_back_answers_are_still_stored(filled, monkeypatch):
    def full(_database):
        raise DiskFull(filled.path)

    with monkeypatch.context() as patched:
        patched.setattr(driver, "checkpoint", full)
        for number in range(40):
            answer(filled, f"N-{number}", "n" * 200_000)
    assert driver.log_of(filled.path).stat().st_size > 8 * 2**20
    answer(filled, "LAST")
    assert driver.log_of(filled.path).stat().st_size == 0
    assert len(filled.answers("a1")) == 42


@pytest.mark.parametrize(
    ("owner", "name"), [(files, "purge"), (driver, "checkpoint"), (Database, "close")], ids=str
)
def test_closed_whatever_fails(filled, reopen, monkeypatch, owner, name):
    """It says so, the file is free, and everything is there."""
    real = getattr(owner, name)

    def failing(*args, **kwargs):
        if name == "close":
            real(*args, **kwargs)
        raise DiskFull(filled.path)

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, failing)
        with pytest.raises(DiskFull):
            filled.close()
    assert filled.closed
    vault = reopen(filled.path)
    assert len(vault.answers("a1")) == 1
    vault.verify_journal()
    vault.close()
    assert [each.name for each in filled.path.parent.iterdir()] == ["vault.tsg"]


def test_many_close_at_once(filled):
    raised = []

    def close() -> None:
        try:
            filled.close()
        except BaseException as error:  # noqa: BLE001 - told to the test
            raised.append(error)

    threads = [threading.Thread(target=close) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not raised
    assert filled.closed


def test_not_closed_inside_a_transaction(filled):
    with pytest.raises(RuntimeError), filled.write():
        filled.close()
    assert not filled.closed
    answer(filled)


def test_a_refused_close_does_not_stop_copies(filled, tmp_path):
    with pytest.raises(RuntimeError), filled.write():
        filled.close()
    filled.file.copy_to(tmp_path / "copy")
    assert (tmp_path / "copy").stat().st_size


@posix_replacing
def test_nothing_is_written_once_it_is_somebody_elses(filled):
    filled.path.unlink()
    for _ in range(2):
        with pytest.raises(VaultReplaced):
            answer(filled)
    with pytest.raises(VaultReplaced) as caught:
        filled.close()
    assert caught.value.saved is not None
    assert caught.value.saved.stat().st_size
