"""A copy is complete and proven before it is anybody's; it overwrites nothing and leaves no half."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.windows import ON_WINDOWS, needs_links, posix_replacing

from tsguard.domain.answers import Answer
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.errors import (
    Cancelled,
    DiskFull,
    StorageError,
    VaultClosed,
    VaultDamaged,
    VaultExists,
    VaultInUse,
    WriteFailed,
)
from tsguard.store import building, copying, driver, restoring
from tsguard.store.vault import Vault


@pytest.fixture
def opened(closed: Path, reopen: Callable[[Path], Vault], tmp_path: Path) -> Iterator[Vault]:
    """200 answers and a file of 3 MB, so that copying takes several steps."""
    vault = reopen(closed)
    large = tmp_path / "large"
    large.write_bytes(os.urandom(3_000_000))
    file = vault.store_file(large, limit=10**9)
    large.unlink()
    with vault.write() as writer:
        writer.put_evidence(
            Evidence("E-1", "e1", file_name="f", size=file.size, sha256=file.sha256, sm3=file.sm3)
        )
    yield vault
    if not vault.closed:
        vault.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "副本 㵘"
    folder.mkdir()
    return folder / "备份𠮷.tsg"


def answer(vault: Vault, item: str) -> None:
    with vault.write() as writer:
        writer.put_answer("a1", Answer(item, Verdict.MET))


def test_the_facts(opened, place, reopen, passphrase):
    told: list[tuple[int, int]] = []
    facts = opened.file.copy_to(place, progress=lambda *each: told.append(each))
    assert facts.path == place
    assert facts.size == place.stat().st_size > 3_000_000
    assert facts.journal_head == opened.journal_head
    assert facts.journal_entries == len(opened.journal())
    assert dict(facts.counts)["answer"] == 200
    assert dict(facts.counts)["evidence"] == 1
    assert facts.format_version == opened.info().format_version
    assert [done / total for done, total in told] == sorted(done / total for done, total in told)
    assert told[-1][0] == told[-1][1]
    assert [each.name for each in place.parent.iterdir()] == [place.name]
    copy = reopen(place)
    assert copy.answers("a1") == opened.answers("a1")
    assert copy.journal() == opened.journal()
    assert restoring.first_entry_hash(copy.file) == restoring.first_entry_hash(opened.file)
    (piece,) = copy.evidence("e1")
    assert sum(map(len, copy.read_file(piece.sha256))) == 3_000_000
    copy.close()


@pytest.mark.parametrize(
    "kind", ["file", "folder", pytest.param("link to nothing", marks=needs_links), "the vault itself"]
)
def test_never_overwrites(opened, place, kind):
    if kind == "file":
        place.write_bytes(b"precious")
    elif kind == "folder":
        place.mkdir()
    elif kind == "link to nothing":
        place.symlink_to(place.parent / "nothing")
    else:
        place = opened.path
    with pytest.raises(VaultExists):
        opened.file.copy_to(place)
    assert kind != "file" or place.read_bytes() == b"precious"
    answer(opened, "AFTER")


@pytest.mark.parametrize("links", [True, False])
def test_what_came_meanwhile_is_not_overwritten(opened, place, monkeypatch, links):
    if not links:
        monkeypatch.setattr(
            os, "link", lambda *_args, **_kwargs: (_ for _ in ()).throw(OSError(errno.EPERM, ""))
        )
    with pytest.raises(VaultExists):
        opened.file.copy_to(place, progress=lambda _done, _total: place.write_bytes(b"precious"))
    assert place.read_bytes() == b"precious"
    assert [each.name for each in place.parent.iterdir()] == [place.name]


def test_others_write_meanwhile(opened, place, reopen):
    """What is acknowledged before the last step is in the copy, and it is proven as a whole."""
    done: list[str] = []
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            answer(opened, f"N-{len(done)}")
            done.append(f"N-{len(done)}")

    writing = threading.Thread(target=write)
    writing.start()
    counts = []
    try:
        for number in range(5):
            before = len(done)
            facts = opened.file.copy_to(place.with_name(f"{number}.tsg"))
            counts.append((before, dict(facts.counts)["answer"] - 200, len(done)))
    finally:
        stop.set()
        writing.join()
    for before, held, after in counts:
        assert before <= held <= after + 1
    opened.verify_journal()
    opened.close()
    for number, (_before, held, _after) in enumerate(counts):
        copy = reopen(place.with_name(f"{number}.tsg"))
        assert set(copy.answers("a1")) >= {f"N-{each}" for each in range(held)}
        copy.verify_journal()
        copy.verify_pages()
        copy.close()


def test_closing_stops_it(opened, place, tmp_path):
    begun, go_on, raised = threading.Event(), threading.Event(), []

    def copy() -> None:
        try:
            opened.file.copy_to(place, progress=lambda _done, _total: begun.set() or go_on.wait(30))
        except StorageError as error:
            raised.append(error)
        except Cancelled as error:
            raised.append(error)

    closing = threading.Thread(target=opened.close)
    copying_thread = threading.Thread(target=copy)
    copying_thread.start()
    assert begun.wait(30)
    closing.start()
    closing.join(0.2)
    go_on.set()
    for thread in (copying_thread, closing):
        thread.join(30)
        assert not thread.is_alive()
    assert [type(each) for each in raised] == [Cancelled]
    assert opened.closed
    assert list(place.parent.iterdir()) == []
    with pytest.raises(VaultClosed):
        opened.file.copy_to(place)


@pytest.mark.parametrize("step", range(8))
@pytest.mark.parametrize("how", ["cancelled", "progress"])
def test_stopped_at_each_step(opened, place, step, how):
    asked = []

    def ask(*_args: object) -> bool:
        asked.append(1)
        if len(asked) > step:
            if how == "progress":
                raise ZeroDivisionError
            return True
        return False

    try:
        opened.file.copy_to(place, **{how: ask})
    except (Cancelled, ZeroDivisionError):
        assert list(place.parent.iterdir()) == []
    else:
        assert 0 < len(asked) <= step
    answer(opened, "AFTER")
    opened.verify_journal()
    opened.close()


@pytest.mark.parametrize("offset", [3, 16, 5000, 200_000, -1])
def test_a_bit_flips_between_writing_and_proving(opened, place, monkeypatch, offset):
    real = copying.write

    def then_flip(source, draft: Path, *args) -> None:
        real(source, draft, *args)
        content = bytearray(draft.read_bytes())
        content[offset] ^= 32
        draft.write_bytes(content)

    monkeypatch.setattr(copying, "write", then_flip)
    with pytest.raises(VaultDamaged) as caught:
        opened.file.copy_to(place)
    assert caught.value.path == place
    assert list(place.parent.iterdir()) == []


@pytest.mark.parametrize("how", ["copy", "passphrase"])
def test_damage_is_not_copied(opened, place, reopen, how):
    """SQLite makes zeros of such a page and says nothing; in the copy they would be authentic."""
    path = opened.path
    opened.close()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle + 2000] ^= 1  # a page of the 3 MB
    path.write_bytes(content)
    vault = reopen(path)
    with pytest.raises(VaultDamaged) as caught:
        vault.file.copy_to(place) if how == "copy" else vault.file.change_passphrase("long enough")
    assert caught.value.what == f"page {middle // 4096 + 1}"
    vault.close()
    assert list(place.parent.iterdir()) == []
    assert path.read_bytes()[middle : middle + 4096] == content[middle : middle + 4096]


def test_not_inside_a_transaction(opened, place):
    with pytest.raises(RuntimeError), opened.write():
        opened.file.copy_to(place)


@pytest.mark.parametrize("name", ["长" * 90, "a\0b", "no/such folder/x"])
def test_places_that_are_none(opened, place, name):
    try:
        target = place.with_name(name)
    except ValueError:
        target = place.parent / name
    with pytest.raises(StorageError):
        opened.file.copy_to(target)
    assert list(place.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (driver, "connect"),
        (driver.Database, "copy_into"),
        (driver.Database, "close"),
        (building, "sync"),
        (building, "_move"),
        (building, "sync_folder"),
        (copying, "prove"),
    ],
)
def test_a_step_fails(opened, place, monkeypatch, owner, name):
    real = getattr(owner, name)
    spent = []

    def failing(*args, **kwargs):
        if spent:
            return real(*args, **kwargs)
        spent.append(1)
        if name == "close":
            real(*args, **kwargs)
        raise DiskFull(place)

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, failing)
        with pytest.raises(DiskFull):
            opened.file.copy_to(place)
    assert spent
    answer(opened, "AFTER")
    opened.verify_journal()
    if name != "sync_folder":  # by then it is in its place, complete
        assert list(place.parent.iterdir()) == []
        opened.file.copy_to(place)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["/bin/mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if ON_WINDOWS or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no mounts here")
    try:
        yield folder
    finally:
        subprocess.run(["/bin/umount", "-l", str(folder)], check=True)


def test_no_room(opened, small_disk, place):
    with pytest.raises((DiskFull, WriteFailed)) as caught:
        opened.file.copy_to(small_disk / "copy.tsg")
    assert type(caught.value) is DiskFull
    assert list(small_disk.iterdir()) == []
    answer(opened, "AFTER")
    opened.file.copy_to(place)


def test_a_killed_ones_draft_goes_with_the_next(opened, place):
    """It lies where the copy should, and nobody else would ever look there."""
    stale = building.Draft(place)
    stale.unlock()
    stale.path.write_bytes(b"half")
    stale.path.with_name(stale.path.name + "-journal").write_bytes(b"")
    opened.file.copy_to(place)
    assert [each.name for each in place.parent.iterdir()] == [place.name]


# --- what a killed program left ---------------------------------------------------------------------


def test_sweeping(tmp_path, closed, reopen):
    stale = building.Draft(closed)
    stale.unlock()
    stale.path.with_name(stale.path.name + "-wal").write_bytes(b"x")
    stale.path.with_name(stale.path.name[:-1] + "z-wal").write_bytes(b"not a draft's name")
    alone = stale.path.with_name(f".{closed.name}.tmp-0123abcd-journal")
    alone.write_bytes(b"x")
    reopen(closed).close()
    assert not stale.path.exists()
    assert not alone.exists()
    assert len(list(tmp_path.iterdir())) == 2


@posix_replacing  # there no vault gets its place by a link
def test_a_draft_that_is_the_vault_itself(tmp_path, closed, reopen):
    """Killed after it was linked to its place."""
    os.link(closed, tmp_path / f".{closed.name}.tmp-0123abcd")
    vault = reopen(closed)
    assert len(vault.answers("a1")) == 200
    vault.close()
    assert [each.name for each in tmp_path.iterdir()] == [closed.name]


def test_a_live_draft_stays(tmp_path, closed, reopen):
    """Also another vault's, whose name begins with the same 40 characters."""
    one, other = tmp_path / ("长" * 40 + "甲.tsg"), tmp_path / ("长" * 40 + "乙.tsg")
    closed.rename(one)
    with building.Draft(other) as live:
        live.path.with_name(live.path.name + "-journal").write_bytes(b"x")
        reopen(one).close()
        assert live.path.exists()
        assert live.path.with_name(live.path.name + "-journal").exists()
    assert [each.name for each in tmp_path.iterdir()] == [one.name]


@pytest.mark.parametrize("name", ["my notes", "0123abcd.bak", "0123ABCD", "0123abcde", "", "0123abcd-shm"])
def test_only_drafts_are_swept(tmp_path, closed, reopen, name):
    """A file of somebody's with a name that begins alike is not ours to remove."""
    theirs = tmp_path / f".{closed.name}.tmp-{name}"
    theirs.write_bytes(b"precious")
    reopen(closed).close()
    assert theirs.read_bytes() == b"precious"


@needs_links
def test_a_draft_that_is_a_link_to_the_vault(tmp_path, closed, reopen):
    """Opening and closing it would drop SQLite's lock on the vault."""
    link = tmp_path / f".{closed.name}.tmp-0123abcd"
    link.symlink_to(closed)
    vault = reopen(closed)
    program = (
        "import sys, sqlite3; c = sqlite3.connect(sys.argv[1], timeout=0)\n"
        "try: c.execute('BEGIN IMMEDIATE'); print('got it')\n"
        "except sqlite3.OperationalError as error: print(error)\n"
        "except sqlite3.DatabaseError as error: print('read it')\n"
    )
    assert sqlite3.sqlite_version
    import sys

    done = subprocess.run(
        [sys.executable, "-c", program, str(closed)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "database is locked"
    with pytest.raises(VaultInUse):
        reopen(closed)
    vault.close()
    assert closed.stat().st_size


def test_a_second_name_that_a_kill_left_goes_although_the_place_is_taken(filled, tmp_path):
    """Killed between taking its place and letting go of its draft's name."""
    target = tmp_path / "副本.tsg"
    filled.file.copy_to(target)
    left = tmp_path / ".副本.tsg.tmp-0123abcd"
    os.link(target, left)
    with pytest.raises(VaultExists):
        filled.file.copy_to(target)
    assert not left.exists()
    assert target.exists()
