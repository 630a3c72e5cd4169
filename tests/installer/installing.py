"""Checks of installing, upgrading and removing. What the installed program does is not their matter."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.installer.computer import expect
from tests.installer.subject import PROGRAM, UNINSTALLER, WINDOW_PROGRAM, Subject, digest

DONE, UNFINISHED, RUNNING, NEWER = 0, 2, 4, 5
"""The installer's exit codes."""
_KEY = r"software\microsoft\windows\currentversion\uninstall\tsguard"
_OWN = r"software\tsguard"
_CLASSES = "software\\classes\\"
_TYPES = {".tsg": "tsguard.vault", ".tsgpack": "tsguard.pack"}
_PATIENCE_S = 240
_KIB = 1024


class Skipped(Exception):
    """A check can't be made here; the message says why."""


def fresh(subject: Subject) -> str:
    """A silent installation puts exactly the frozen folder in place."""
    start = time.monotonic()
    install(subject)
    took = time.monotonic() - start
    subject.expect_whole(subject.folder)
    return f"{len(subject.contents)} files, {took:.0f} s"


def registered(subject: Subject) -> str:
    """Windows knows the program, its version and size, how to remove it, and what its files are."""
    found = subject.computer.registry()
    folder = subject.computer.place(subject.folder)
    command = f'"{folder}\\{WINDOW_PROGRAM}" "%1"'
    for key, name, wanted in (
        (_KEY, "DisplayName", subject.name),
        (_KEY, "DisplayVersion", subject.version),
        (_KEY, "DisplayIcon", f"{folder}\\{WINDOW_PROGRAM}"),
        (_KEY, "InstallLocation", folder),
        (_KEY, "UninstallString", f'"{folder}\\{UNINSTALLER}"'),
        (_KEY, "QuietUninstallString", f'"{folder}\\{UNINSTALLER}" /S'),
        (_OWN, "Folder", folder),
        (_OWN, "Version", subject.version),
        *((_CLASSES + ending, "", kind) for ending, kind in _TYPES.items()),
        *((rf"{_CLASSES}{kind}\shell\open\command", "", command) for kind in _TYPES.values()),
    ):
        value = found.get(key, {}).get(name)
        expect(value == wanted, f"{key}\\{name} = {wanted}", value)
    for ending, kind in _TYPES.items():
        icon = str(found.get(rf"{_CLASSES}{kind}\defaulticon", {}).get("", ""))
        inside = icon.removeprefix(folder + "\\").replace("\\", "/")
        expect(inside in subject.contents, f"an icon of {ending} files that is there", icon)
    size = found[_KEY].get("EstimatedSize")
    there = sum(path.stat().st_size for path in subject.folder.rglob("*") if path.is_file()) // _KIB
    expect(isinstance(size, int) and abs(size - there) <= there // 50, f"EstimatedSize near {there}", size)
    return f"{there / _KIB:.0f} MiB installed"


def shortcuts(subject: Subject) -> str:
    """One shortcut in the Start menu, none on the desktop."""
    found = subject.computer.shortcuts()
    wanted = f"Start Menu/Programs/{subject.name}.lnk"
    expect(len(found) == 1 and found[0].as_posix().endswith(wanted), f"one shortcut, {wanted}", found)
    inside = found[0].read_bytes()
    for words in (WINDOW_PROGRAM, subject.computer.place(subject.folder)):
        expect(words.encode("utf-16-le") in inside, f"it leads to {words}", "not in it")
    return wanted


def refuses_while_running(subject: Subject) -> str:
    """While a program of the folder runs, neither the installer nor the uninstaller touches anything."""
    said = []
    for program in (WINDOW_PROGRAM, PROGRAM):
        with waiting(subject, program):
            before = state(subject)
            for name, command in (
                ("installer", (subject.setup, "/S")),
                ("uninstaller", _in_place(subject)),
            ):
                code = subject.computer.code(*command)
                expect(code == RUNNING, f"the {name} ends with {RUNNING} while {program} runs", code)
                expect(state(subject) == before, f"the {name} changed nothing", "something changed")
        said.append(program)
    return ", ".join(said)


def upgraded(subject: Subject) -> str:
    """Installing over it keeps what is the person's and nothing else."""
    left = subject.folder / "_internal" / "from-an-older-version.dll"
    left.write_bytes(b"old")
    before = subject.persons()
    install(subject)
    expect(not left.exists(), "a file of an older version is gone", left.name)
    subject.expect_whole(subject.folder)
    subject.expect_persons(before)
    subject.open_vault(subject.folder)
    return f"{len(before)} files of the person's as they were"


def older_refused(subject: Subject) -> str:
    """Over a newer version it refuses, unless it is told to."""
    computer = subject.computer
    computer.put(r"Software\tsguard", "Version", "99")
    before = state(subject)
    code = computer.install(subject.setup)
    expect(code == NEWER, f"ends with {NEWER} over version 99", code)
    expect(state(subject) == before, "nothing changed", "something changed")
    install(subject, "/OLDER")
    version = computer.registry()[_OWN].get("Version")
    expect(version == subject.version, f"with /OLDER version {subject.version} is there", version)
    return "/OLDER installs all the same"


def killed_half_way(subject: Subject) -> str:
    """An upgrade that is killed leaves the old program aside; the next one makes it whole."""
    before = subject.persons()
    count = killed(subject, subject.folder)
    install(subject)
    subject.expect_whole(subject.folder)
    subject.expect_persons(before)
    return f"killed after {count} files"


def full_disk(subject: Subject) -> str:
    """On a full disk nothing is lost: neither at first, nor in an upgrade, nor in one after a kill."""
    computer = subject.computer
    disk = computer.wine.drive / "小盘 disk"
    folder, filler = disk / "tsguard", disk / "filler.bin"
    at = f"/D={computer.place(folder)}"
    short = subject.size // 3

    def refused(what: str) -> None:
        free = shutil.disk_usage(disk).free
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, free - short)
        code = computer.install(subject.setup, at)
        filler.unlink()
        expect(code == UNFINISHED, f"{what} on a full disk ends with {UNFINISHED}", code)

    with tmpfs(disk, subject.size * 5 // 2):
        refused("a first installation")
        left = [path.name for path in folder.rglob("*")] if folder.exists() else []
        expect(not left, "nothing of it is left", left[:5])
        install(subject, at)
        refused("an upgrade")
        subject.expect_whole(folder)
        killed(subject, folder, at)
        refused("an upgrade after one that was killed")
        subject.expect_whole(folder)
        subject.tsguard(folder, "--version")
        computer.uninstall(folder)
        expect(not folder.exists(), "removed", _listed(folder)[:5])
    subject.expect_nothing()
    return "the old program is back each time"


def removed(subject: Subject) -> str:
    """Removing takes all of the program and nothing of the person's."""
    before = subject.persons()
    kinds = {".tsg", ".json"}
    expect(kinds <= {Path(name).suffix for name in before}, "vault, backups and settings", sorted(before))
    subject.computer.uninstall(subject.folder)
    subject.expect_nothing()
    subject.expect_persons(before)
    return f"{len(before)} files of the person's as they were"


def stranger_stays(subject: Subject) -> str:
    """What somebody else put into the folder survives."""
    install(subject)
    letter = subject.folder / "我的笔记 㵘.txt"
    letter.write_text("不是程序的文件", encoding="utf-8")
    before = digest(letter)
    subject.computer.uninstall(subject.folder)
    left = [path.name for path in subject.folder.rglob("*")]
    expect(left == [letter.name] and digest(letter) == before, f"only {letter.name} is left", left)
    letter.unlink()
    subject.folder.rmdir()
    subject.expect_nothing()
    return letter.name


def elsewhere(subject: Subject) -> str:
    """Into a folder with Chinese and spaces, inside one that holds other things; to be tried and removed."""
    chosen = subject.computer.wine.drive / "程序 目录 㵘"
    shutil.rmtree(chosen, ignore_errors=True)
    chosen.mkdir()
    (chosen / "别人的.txt").write_text("别人的", encoding="utf-8")
    install(subject, f"/D={subject.computer.place(chosen)}")
    folder = chosen / "tsguard"
    expect(folder.is_dir(), "a folder of its own in one that holds other things", _listed(chosen))
    subject.expect_whole(folder)
    # Its own folder is not a foreign one the next time.
    install(subject)
    subject.expect_whole(folder)
    expect(not subject.folder.exists(), "the upgrade goes where the program is", subject.folder)
    subject.tsguard(folder, "self-test", "--no-window")
    subject.computer.uninstall(folder)
    expect(_listed(chosen) == ["别人的.txt"], "only the other things are left", _listed(chosen))
    subject.expect_nothing()
    return subject.computer.place(folder)


def install(subject: Subject, *more: str) -> None:
    """Install without questions, to success."""
    code = subject.computer.install(subject.setup, *more)
    expect(code == DONE, f"the installer ends with {DONE}", code)


def killed(subject: Subject, folder: Path, *more: str) -> int:
    """Install over the program in a folder, and kill the installer while it writes.

    Returns:
        How many files it had written.
    """
    words = " ".join(more).split(" ") if more else []
    with subject.computer.started(subject.setup, "/S", *words) as running:
        until = time.monotonic() + _PATIENCE_S
        while not (count := _half_written(folder / "_internal")):
            if running.poll() is not None or time.monotonic() > until:
                break
            time.sleep(0.01)
        running.kill()
    expect(count, "the installer was killed while it wrote", "it was not: too fast or too slow")
    expect(not (folder / UNINSTALLER).exists(), "no uninstaller where the program is not whole", "there is")
    return count


def state(subject: Subject) -> tuple[object, ...]:
    """All that an installer could change: names, sizes and times in the folder, registry, shortcuts."""
    files = tuple(
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(subject.folder.rglob("*"))
    )
    ours = {key: value for key, value in subject.computer.registry().items() if "tsg" in key}
    return files, repr(ours), tuple(subject.computer.shortcuts())


@contextmanager
def waiting(subject: Subject, program: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of the installed folder that runs: the window with the vault, or a long command."""
    computer = subject.computer
    more = (computer.place(subject.vault),) if program == WINDOW_PROGRAM else ("self-test", "--no-window")
    with computer.started(subject.folder / program, *more) as running:
        until = time.monotonic() + _PATIENCE_S
        while program == WINDOW_PROGRAM and not computer.windows() and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(0.5)
        expect(running.poll() is None, f"{program} runs", f"it ended with {running.poll()}")
        yield running


@contextmanager
def tmpfs(place: Path, size: int) -> Iterator[None]:
    """A small disk at a place.

    Raises:
        Skipped: This user can't mount one.
    """
    place.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tsguard-trial", str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        place.rmdir()
        message = f"no small disk can be mounted here: {done.stderr.strip()}"
        raise Skipped(message)
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=False)  # noqa: S607 - found where the system has it
        place.rmdir()


def _in_place(subject: Subject) -> tuple[str | Path, ...]:
    """The uninstaller without the copy of itself, so that its exit code can be seen."""
    words = f"_?={subject.computer.place(subject.folder)}".split(" ")
    return (subject.folder / UNINSTALLER, "/S", *words)


def _half_written(inside: Path) -> int:
    """How many files a running installer has written, where the old program is aside and some are."""
    if not inside.with_name("_internal.old").is_dir() or not inside.is_dir():
        return 0
    count = sum(1 for path in inside.rglob("*") if path.is_file())
    return count if count >= 5 else 0


def _listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))
