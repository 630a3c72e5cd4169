"""What a killed program left in clear goes at the next file into that folder; nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tsguard.report import leftovers
from tsguard.report.plain_file import PlainSet, replace_plain

_KILLED = """
import os, signal, sys
from pathlib import Path
from tsguard.report.plain_file import PlainSet

folder = Path(sys.argv[1])
with PlainSet() as files:
    files.write(folder / "one.pdf", (b"clear text",))
    files.write(folder / "two.pdf", (b"clear text", os.kill(os.getpid(), signal.SIGKILL)))
"""


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob(".tsguard-*"))


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_what_a_killed_export_left_goes_with_the_next_one(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], check=False)
    assert hidden(tmp_path)
    with PlainSet() as files:
        files.write(tmp_path / "one.pdf", (b"new",))
        assert len(hidden(tmp_path)) == 1
        files.write(tmp_path / "two.pdf", (b"new",))
        assert len(hidden(tmp_path)) == 2
        files.place()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.pdf", "two.pdf"]


def test_a_single_file_sweeps_too(tmp_path: Path) -> None:
    leftover = dead(tmp_path / "x", "part")
    replace_plain(tmp_path / "file.csv", (b"new",))
    assert not leftover.exists()


def dead(place: Path, kind: str) -> Path:
    """A leftover of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    name = leftovers.part_beside(place).name.replace(f"-{os.getpid()}-", f"-{ended.pid}-")
    path = place.with_name(name.replace(".part", f".{kind}"))
    path.write_bytes(b"clear text")
    return path


def test_what_somebody_works_on_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    sleeper = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        mine = leftovers.part_beside(tmp_path / "x")
        others = tmp_path / mine.name.replace(f"-{os.getpid()}-", f"-{sleeper.pid}-")
        gone = dead(tmp_path / "x", "part").name
        host = gone.split("-")[1]
        elsewhere = tmp_path / gone.replace(host, "0000" if host != "0000" else "1111")
        theirs = [tmp_path / ".tsguard-notes.part", tmp_path / f"{gone}.pdf", tmp_path / gone.lstrip(".")]
        for path in (mine, others, elsewhere, *theirs):
            path.write_bytes(b"x")
        leftovers.sweep(tmp_path)
        assert all(path.exists() for path in (mine, others, elsewhere, *theirs))
        assert not (tmp_path / gone).exists()
    finally:
        sleeper.communicate(b"\n")


def test_a_number_that_no_process_has_stops_nothing(tmp_path: Path) -> None:
    gone = dead(tmp_path / "x", "part")
    host = gone.name.split("-")[1]
    for number in (4294967295, 4294967296, 9999999999):
        (tmp_path / f".tsguard-{host}-{number}-{'a' * 12}.part").write_bytes(b"x")
    leftovers.sweep(tmp_path)
    assert not gone.exists()


def test_after_a_day_it_goes_whoever_it_was(tmp_path: Path) -> None:
    fresh, stale = (tmp_path / f".tsguard-{each * 12}.part" for each in "ab")
    for path in (fresh, stale):
        path.write_bytes(b"x")
    long_ago = time.time() - leftovers.ABANDONED_S - 60
    os.utime(stale, (long_ago, long_ago))
    leftovers.sweep(tmp_path)
    assert (fresh.exists(), stale.exists()) == (True, False)


def test_the_only_copy_of_an_older_file_stays(tmp_path: Path) -> None:
    only, second = dead(tmp_path / "x", "old"), dead(tmp_path / "x", "old")
    os.link(second, tmp_path / "older.pdf")
    leftovers.sweep(tmp_path)
    assert (only.exists(), second.exists(), (tmp_path / "older.pdf").exists()) == (True, False, True)


def test_a_folder_that_can_not_be_read_is_no_trouble(tmp_path: Path) -> None:
    leftovers.sweep(tmp_path / "missing")
