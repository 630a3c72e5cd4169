"""What Windows does differently with a vault's file: open files stay, names mean devices, paths are short."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.windows import let_go_after, windows_only

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.errors import FileHeld, NameRefused, VaultClosed, VaultInUse, patience
from tsguard.errors.patience import StillHeld
from tsguard.store import building, owner
from tsguard.store.claim import Claim, lock_handle, make_movable
from tsguard.store.vault import Vault

NEW = "another passphrase 㵘"

ELSEWHERE = """
import sys
from pathlib import Path
from tsguard.errors import VaultInUse
from tsguard.store.claim import Claim
try:
    Claim(Path(sys.argv[1])).release()
    print("free")
except VaultInUse as error:
    print("held by", error.account.encode("ascii", "replace").decode())
"""


def elsewhere(path: Path) -> str:
    """What another program is told that wants the file."""
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(path)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout.strip()


def test_another_program_is_told_whose_it_is_and_takes_nothing_away(vault):
    """By our own lock, before SQLite is asked; and at once."""
    said = owner.place_of(vault.path).read_bytes()
    assert elsewhere(vault.path) == "held by tester"
    assert owner.place_of(vault.path).read_bytes() == said
    vault.close()
    assert elsewhere(vault.path) == "free"


def test_the_lock_lives_with_its_handle(closed):
    claim = Claim(closed)
    other = os.open(closed, os.O_RDONLY)
    assert not lock_handle(other)
    claim.release()
    assert lock_handle(other)
    os.close(other)


def test_in_use_is_said_at_once(vault, reopen):
    """A lock of another program is no matter of waiting."""
    start = time.monotonic()
    with pytest.raises(VaultInUse):
        reopen(vault.path)
    assert time.monotonic() - start < 1


def test_a_draft_is_moved_and_removed_while_it_is_locked(tmp_path):
    handle = make_movable(tmp_path / "draft")
    with pytest.raises(FileExistsError):
        make_movable(tmp_path / "draft")
    (tmp_path / "draft").rename(tmp_path / "place")
    (tmp_path / "place").unlink()
    os.close(handle)
    assert list(tmp_path.iterdir()) == []


def test_exchanged_although_a_scanner_reads_it(filled, profiles):
    with let_go_after(filled.path, 0.5):
        filled.file.change_passphrase(NEW)
    assert filled.answers("a1")["ORG-01"].verdict is Verdict.MET
    filled.close()
    Vault.open(filled.path, NEW, who="t", profiles=profiles).close()


@pytest.mark.parametrize("before", [True, False])
def test_somebody_comes_in_between(filled, profiles, passphrase, monkeypatch, before):
    """There a file is let go while it is exchanged; whoever has it then keeps it, and both are told."""
    real, intruders = patience.replace, []

    def replace(source: Path, target: Path) -> None:
        if not before:
            real(source, target)
        intruders.append(os.open(target, os.O_RDONLY))
        assert lock_handle(intruders[0])
        if before:
            raise StillHeld(13, "held")

    with monkeypatch.context() as patched:
        patched.setattr(patience, "replace", replace)
        patched.setattr(Claim, "follow", Claim._follow_unheld)
        with pytest.raises(VaultClosed):
            filled.file.change_passphrase(NEW)
    assert filled.closed
    os.close(intruders[0])
    again = Vault.open(filled.path, passphrase if before else NEW, who="t", profiles=profiles)
    assert again.answers("a1")["ORG-01"].verdict is Verdict.MET
    again.close()


@windows_only
def test_what_is_never_let_go_is_said_and_nothing_has_changed(filled, reopen):
    before = filled.file.key_id
    start = time.monotonic()
    with filled.path.open("rb"), pytest.raises(FileHeld) as caught:
        filled.file.change_passphrase(NEW)
    assert 1.5 < time.monotonic() - start < 60
    assert caught.value.path == filled.path
    assert filled.file.key_id == before
    with filled.write() as writer:
        writer.put_answer("a1", Answer("ORG-02", Verdict.MET))
    filled.close()
    again = reopen(filled.path)
    assert set(again.answers("a1")) == {"ORG-01", "ORG-02"}
    again.close()
    assert [each.name for each in filled.path.parent.iterdir()] == [filled.path.name]


@windows_only
def test_the_file_that_says_whose_it_is_is_hidden(vault, reopen):
    import ctypes

    place = owner.place_of(vault.path)
    assert ctypes.windll.kernel32.GetFileAttributesW(str(place)) & 2
    vault.close()
    assert not place.exists()
    # One that a killed program left is hidden, too, and is taken over.
    owner.write(vault.path, owner.ours("tester", "t"))
    reopen(vault.path).close()
    assert not place.exists()


def test_paths_of_more_than_260_characters(tmp_path, make, reopen, profiles):
    folder = tmp_path
    while len(str(folder)) < 300:
        folder /= "长文件夹 𬭎㵘䶮𠮷 " + "l" * 50  # SQLite takes no more than 500 bytes elsewhere
    folder.mkdir(parents=True)
    path = folder / "企业 名称.tsg"
    vault = make(path)
    vault.file.copy_to(folder / "备份.tsg")
    vault.file.change_passphrase(NEW)
    vault.close()
    Vault.open(path, NEW, who="t", profiles=profiles).close()
    reopen(folder / "备份.tsg").close()
    assert sorted(each.name for each in folder.iterdir()) == ["企业 名称.tsg", "备份.tsg"]


@windows_only
def test_a_path_that_says_it_may_be_long(closed, reopen):
    long = Path("\\\\?\\" + str(closed))
    vault = reopen(long)
    with pytest.raises(VaultInUse):
        reopen(closed)
    vault.close()
    reopen(closed).close()
    assert [each.name for each in closed.parent.iterdir()] == [closed.name]


@windows_only
@pytest.mark.parametrize(
    "name", ["CON", "NUL", "aux.tsg", "a.tsg.", "a.tsg ", "ab:c.tsg", "x?.tsg", "COM1.tsg"]
)
def test_names_that_are_none(tmp_path, make, closed, reopen, name):
    with pytest.raises(NameRefused) as caught:
        make(tmp_path / name)
    assert caught.value.path == tmp_path / name
    vault = reopen(closed)
    with pytest.raises((NameRefused, FileExistsError)):
        vault.file.copy_to(tmp_path / name)
    vault.close()
    assert [each.name for each in tmp_path.iterdir()] == [closed.name]


def test_a_killed_programs_draft_is_swept_and_a_living_ones_is_not(tmp_path, closed):
    living, killed = building.Draft(closed), building.Draft(closed)
    killed.unlock()
    building.sweep(closed)
    assert not killed.path.exists()
    assert living.path.exists()
    with living:
        pass
    assert [each.name for each in tmp_path.iterdir()] == [closed.name]
