"""A file that somebody else replaced, removed or changed is left as it is, and nothing of ours is lost."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.windows import posix_replacing

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.errors import StorageError, Unreadable, VaultDamaged, VaultReplaced
from tsguard.store import driver, rescue
from tsguard.store.claim import Claim, is_held
from tsguard.store.vault import Vault


@pytest.fixture
def folder(tmp_path: Path, closed: Path) -> Path:
    made = tmp_path / "shared"
    made.mkdir()
    closed.rename(made / "v.tsg")
    return made


@pytest.fixture
def older(folder: Path, tmp_path: Path) -> Path:
    """The same vault as it was before the last work."""
    return Path(shutil.copy(folder / "v.tsg", tmp_path / "older"))


@pytest.fixture
def worked(older: Path, folder: Path, reopen: Callable[[Path], Vault]) -> Iterator[Vault]:
    """Open, with answers that are in the log alone."""
    vault = reopen(folder / "v.tsg")
    for number in range(20):
        answer(vault, f"NEW-{number}")
    assert driver.log_of(vault.path).stat().st_size
    yield vault
    vault.file._claim.release()


def answer(vault: Vault, item: str) -> None:
    with vault.write() as writer:
        writer.put_answer("a1", Answer(item, Verdict.MET))


def replaced(place: Path, other: Path) -> None:
    shutil.copy(other, place.with_name("incoming"))
    place.with_name("incoming").replace(place)


def replaced_by_something_else(place: Path, _other: Path) -> None:
    place.unlink()
    place.write_bytes(b"a text of somebody's")


def changed_in_place(place: Path, other: Path) -> None:
    with place.open("r+b") as file:
        file.write(other.read_bytes())
        file.truncate()


def cut(place: Path, _other: Path) -> None:
    os.truncate(place, place.stat().st_size - 4096)


def emptied(place: Path, _other: Path) -> None:
    os.truncate(place, 0)


def removed(place: Path, _other: Path) -> None:
    place.unlink()


def made_a_folder(place: Path, _other: Path) -> None:
    place.unlink()
    place.mkdir()


def made_a_link(place: Path, other: Path) -> None:
    place.unlink()
    place.symlink_to(other)


ALL = (
    pytest.param(replaced, marks=posix_replacing),
    pytest.param(replaced_by_something_else, marks=posix_replacing),
    changed_in_place,
    cut,
    emptied,
    pytest.param(removed, marks=posix_replacing),
    pytest.param(made_a_folder, marks=posix_replacing),
    pytest.param(made_a_link, marks=posix_replacing),
)


@pytest.mark.parametrize("happens", ALL, ids=lambda each: each.__name__)
def test_found_and_never_overwritten(worked, older, folder, reopen, happens):
    at_rest = worked.path.stat().st_mtime_ns
    if happens is changed_in_place:  # another state than ours: else it would be no change
        answer(worked, "BEFORE")
        worked.file._write_log_back()
        at_rest = worked.path.stat().st_mtime_ns
        answer(worked, "AFTER")
    happens(worked.path, older)
    if worked.path.is_file() and not worked.path.is_symlink():
        assert worked.path.stat().st_mtime_ns != at_rest
    foreign = worked.path.read_bytes() if worked.path.is_file() else None
    with pytest.raises(VaultReplaced) as caught:
        answer(worked, "LATE")
    assert caught.value.missing == (happens is removed)
    with pytest.raises(VaultReplaced):
        worked.file.check_place()
    with pytest.raises(VaultReplaced):
        worked.file.change_passphrase("another passphrase")
    had: set[str] = set()
    with contextlib.suppress(VaultDamaged):  # of a file that was cut, pages are missing
        had = set(worked.answers("a1"))
    with pytest.raises(VaultReplaced) as caught:
        worked.close()
    assert worked.closed
    assert (worked.path.read_bytes() if worked.path.is_file() else None) == foreign
    assert not driver.log_of(worked.path).exists()
    saved = caught.value.saved
    left = {each.name for each in folder.iterdir()} - {worked.path.name}
    if saved is None:
        # What was open could not be proven: its log is kept for whoever knows what it is.
        assert happens in {changed_in_place, cut, emptied}
        assert left == {"v.tsg-wal.orphan"}
        return
    assert left == {saved.name}
    vault = reopen(saved)
    assert set(vault.answers("a1")) == had
    assert had >= {f"NEW-{number}" for number in range(20)}
    vault.verify_journal()
    vault.verify_pages()
    vault.close()


@pytest.mark.parametrize("happens", [changed_in_place, cut, emptied], ids=lambda each: each.__name__)
def test_nor_where_an_open_file_can_not_be_moved(worked, older, folder, reopen, happens, monkeypatch):
    """As on Windows: there the log is emptied while the connection is closed."""
    spent = []

    def close(database: driver.Database, claim: Claim, *, moved: bool) -> None:
        assert not moved
        rescue._close_without_log(database, claim)
        spent.append(claim)

    monkeypatch.setattr(rescue, "_close_untouched", close)
    test_found_and_never_overwritten(worked, older, folder, reopen, happens)
    assert spent


@posix_replacing
def test_the_foreign_file_opens_afterwards_as_it_is(worked, older, reopen):
    replaced(worked.path, older)
    with pytest.raises(VaultReplaced):
        worked.close()
    vault = reopen(worked.path)
    assert len(vault.answers("a1")) == 200
    vault.verify_journal()
    vault.close()


def test_a_copy_that_is_not_proven_takes_no_logs_place(worked, older, folder, monkeypatch):
    """Pages of the foreign file may have come into what is saved: then the log is the only place of ours."""
    log = driver.log_of(worked.path).read_bytes()
    large = os.urandom(4096 * 8)
    worked.file._database.value("PRAGMA shrink_memory")
    with worked.path.open("r+b") as file:
        file.seek(100)
        file.write(large)
    with pytest.raises(VaultReplaced) as caught:
        worked.close()
    if caught.value.saved is None:
        assert (folder / "v.tsg-wal.orphan").read_bytes() == log
        assert {each.name for each in folder.iterdir()} == {"v.tsg", "v.tsg-wal.orphan"}
    else:
        pytest.fail("what can't be proven was called saved")


@posix_replacing
def test_no_room_to_save_it(worked, older, folder, monkeypatch):
    replaced(worked.path, older)
    log = driver.log_of(worked.path).read_bytes()

    def no(*_args: object) -> None:
        raise StorageError(worked.path)

    monkeypatch.setattr(rescue, "_beside", no)
    with pytest.raises(VaultReplaced) as caught:
        worked.close()
    assert caught.value.saved is None
    assert (folder / "v.tsg-wal.orphan").read_bytes() == log
    assert worked.path.read_bytes() == older.read_bytes()


@posix_replacing
def test_the_folder_is_gone(worked, folder, tmp_path):
    """As with a stick that was pulled out; it comes back, and everything is there."""
    folder.rename(tmp_path / "gone")
    with pytest.raises(VaultReplaced) as caught:
        answer(worked, "LATE")
    assert caught.value.missing
    with pytest.raises(VaultReplaced) as caught:
        worked.close()
    assert caught.value.saved is None
    assert worked.closed


@posix_replacing
def test_and_back_again(worked, folder, tmp_path, reopen):
    folder.rename(tmp_path / "gone")
    with pytest.raises(VaultReplaced):
        worked.close()
    (tmp_path / "gone").rename(folder)
    vault = reopen(folder / "v.tsg")
    assert len(vault.answers("a1")) == 220
    vault.verify_journal()
    vault.close()
    assert [each.name for each in folder.iterdir()] == ["v.tsg"]


def test_only_touched(worked, folder, reopen):
    """Virus scanners and copying programs set a file's time."""
    for moment in (0, 2_000_000_000):
        os.utime(worked.path, (moment, moment))
        answer(worked, f"TOUCHED-{moment}")
    worked.path.chmod(0o640)
    answer(worked, "MODE")
    worked.close()
    assert [each.name for each in folder.iterdir()] == ["v.tsg"]
    vault = reopen(worked.path)
    assert len(vault.answers("a1")) == 223
    vault.close()


def test_changed_within_the_same_tick(worked, older, folder):
    """Same length, same time: a program that keeps folders in step sets it, and FAT counts by 2 s."""
    answer(worked, "BEFORE")
    worked.file._write_log_back()
    answer(worked, "AFTER")
    before = worked.path.stat()
    time.sleep(0.02)
    content = bytearray(worked.path.read_bytes())
    content[100] ^= 1
    with worked.path.open("r+b") as file:
        file.write(content)
    os.utime(worked.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(VaultReplaced):
        answer(worked, "LATE")


def test_a_copy_under_way_is_not_mistaken(worked, tmp_path, reopen):
    """What only reads the file does no harm."""
    worked.file.copy_to(tmp_path / "copy.tsg")
    shutil.copy(worked.path, tmp_path / "plain")
    answer(worked, "LATE")
    worked.close()
    assert len(reopen(tmp_path / "copy.tsg").answers("a1")) == 220


def test_checkpoints_of_our_own_are_ours(worked, reopen):
    for number in range(30):
        answer(worked, f"N-{number}")
        worked.file._write_log_back()
        worked.file.check_place()
    worked.close()
    vault = reopen(worked.path)
    assert len(vault.answers("a1")) == 250
    vault.close()


def test_a_drive_that_went_away_keeps_nothing_open(worked, folder, monkeypatch, reopen):
    """Locking succeeds although the system tells nothing of the file any more."""
    held = worked.answers("a1")
    real = os.fstat

    def gone(handle: int) -> os.stat_result:
        if handle == worked.file._claim._handle:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
        return real(handle)

    monkeypatch.setattr(os, "fstat", gone)
    with pytest.raises(Unreadable):
        worked.close()
    assert worked.closed
    monkeypatch.undo()
    again = reopen(worked.path)
    assert again.answers("a1") == held
    again.verify_journal()
    again.close()


def test_a_bug_while_tidying_up_keeps_nothing_open(worked):
    def bug() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        worked.file.close(bug)
    assert worked.closed
    assert not is_held(worked.path)
