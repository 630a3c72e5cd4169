"""Checks of what the installed program does: its proof, its papers, its window, its silence, its speed."""

from __future__ import annotations

import re
import shutil
import statistics
import time
import zipfile
from pathlib import Path

from tests.installer.computer import expect, wait_until
from tests.installer.installing import waiting
from tests.installer.papers import differences, papers_of
from tests.installer.subject import CHINESE_NAME, MARK, PROGRAM, WINDOW_PROGRAM, Subject

ROOT = Path(__file__).resolve().parents[2]
OWN_FOLDER = "tsguard数据"
SLOWER = 1.5
"""How much longer the frozen program may take to start than its source."""
_ROUNDS = 5
_PATIENCE_S = 120
_CALL = re.compile(r"trace:(?:winsock|dnsapi):(\w+) .*")
_REACHING = re.compile(r"(?i)connect|getaddrinfo|gethostby|sendto|^send$|wsasend|dnsquery|listen$")


def proves_itself(subject: Subject) -> str:
    """The installed program's self-test, its window offscreen; its papers are kept for comparison."""
    kept = subject.keep / "windows"
    shutil.rmtree(kept, ignore_errors=True)
    said = subject.tsguard(subject.folder, "self-test", "--window", "--keep", subject.computer.place(kept))
    return _last(said)


def proves_itself_on_screen(subject: Subject) -> str:
    """The same with the window on the screen, by Windows' own plug-in."""
    said = subject.tsguard(subject.folder, "self-test", "--window", "--platform", "windows")
    return _last(said)


def same_papers(subject: Subject) -> str:
    """The sample company's papers are what the same program makes on this machine."""
    kept = subject.keep / "linux"
    shutil.rmtree(kept, ignore_errors=True)
    command = [*subject.linux, "self-test", "--no-window", "--keep", kept]
    subject.log.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"})
    here, there = papers_of(kept), papers_of(subject.keep / "windows")
    expect(here.keys() == there.keys(), f"papers {sorted(here)}", sorted(there))
    expect(any(name.endswith(".pdf") for name in here), "a PDF among them", sorted(here))
    said = []
    for name, data in here.items():
        if data == there[name]:
            said.append(f"{name}: byte for byte")
            continue
        apart = differences(data, there[name], name)
        subject.log.keep("\n".join(apart))
        expect(not apart, f"{name} as on this machine", "; ".join(apart[:20]))
        said.append(f"{name}: text for text")
    return "; ".join(said)


def window_opens(subject: Subject) -> str:
    """Double-clicking a vault shows the program's window; closing it keeps its settings."""
    computer = subject.computer
    subject.make_vault(subject.folder)
    command = str(computer.registry()[r"software\classes\tsguard.vault\shell\open\command"][""])
    expect(command.endswith('" "%1"'), "a command that takes the file", command)
    with waiting(subject, WINDOW_PROGRAM) as running:
        took = wait_until(
            lambda: any(title for title, _wide, _high in computer.windows()),
            _PATIENCE_S,
            "a window with a title",
            computer.windows,
        )
        time.sleep(3 + took)
        (title, wide, high), *others = computer.windows()
        expect(subject.vault.stem in title or "商业秘密保护自评" in title, "the program's title", title)
        expect(not others, "one window", others)
        picture = subject.keep / "window.png"
        seen = f"picture {picture}" if computer.picture(picture) else "no picture: ImageMagick is missing"
        # Asks the window to close, as the cross does.
        computer.run("taskkill", "/IM", WINDOW_PROGRAM)
        wait_until(
            lambda: running.poll() is not None, _PATIENCE_S, "it ends when closed", lambda: "it runs on"
        )
        expect(running.poll() == 0, "exit code 0", running.poll())
    settings = subject.own / "settings.json"
    expect(settings.is_file(), f"{settings.name} in the profile", sorted(subject.persons()))
    return f"“{title}” {wide}×{high}, {seen}"


def reaches_nothing(subject: Subject) -> str:
    """A self-test asks Windows for no address and connects to none, not even its own computer's."""
    computer = subject.computer
    # What wine itself does at its start must not be in the log.
    with computer.awake():
        said = computer.run(
            subject.folder / PROGRAM, "self-test", "--window", env={"WINEDEBUG": "+winsock,+dnsapi"}
        )
    seen = {match[1] for match in _CALL.finditer(said)}
    expect("WSAStartup" in seen, "calls of the network library are in the log", sorted(seen))
    calls = reaching(said)
    expect(not calls, "no call that could reach a network", calls[:5])
    return f"of the network library only {', '.join(sorted(seen))}"


def reaching(log: str) -> list[str]:
    """Lines of wine's log in which a program tried to reach a computer."""
    return [each[0] for each in _CALL.finditer(log) if _REACHING.search(each[1])]


def portable(subject: Subject) -> str:
    """The portable copy runs from a path with Chinese and spaces and leaves nothing in the profile."""
    stick = subject.computer.wine.drive / "U盘 审计 𬭎"
    shutil.rmtree(stick, ignore_errors=True)
    with zipfile.ZipFile(subject.portable) as archive:
        archive.extractall(stick)
    (folder,) = stick.iterdir()
    before = _files(subject.computer.profile)
    # On the screen: without one Qt opens fonts by names in the system's code page, which has no 𬭎.
    said = subject.tsguard(folder, "self-test", "--window", "--platform", "windows")
    place = subject.computer.place
    vault, secret = stick / "受审 企业.tsg", stick / "口令.txt"
    secret.write_text("流动 审计 𬭎 5521", encoding="utf-8")
    given = ("--passphrase-file", place(secret))
    subject.tsguard(folder, "vault", "new", place(vault), "--name", "受审企业", *given)
    subject.tsguard(folder, "vault", "backup", place(vault), *given)
    subject.expect_whole(folder, {MARK, *_own(folder)})
    expect(_own(folder), f"what is its own in {OWN_FOLDER} beside the program", "nothing")
    after = _files(subject.computer.profile)
    expect(after == before, "nothing new in the profile", sorted(after - before)[:5])
    shutil.rmtree(stick)
    return _last(said)


def start_times(subject: Subject) -> str:
    """How long the frozen program takes to start, beside its source in the same run."""
    frozen = ((subject.folder / PROGRAM, "--version"), (subject.folder / WINDOW_PROGRAM,))
    source = ((*subject.source, "--version"), (*subject.source[:1], "-c", _WINDOW_OF_SOURCE))
    with subject.computer.awake():
        words, slow = [], []
        for what, one, other in zip(("--version", "window"), frozen, source, strict=True):
            measure = _ended if what == "--version" else _shown
            pairs = [
                (measure(subject, one), measure(subject, other) if subject.source else 0.0)
                for _round in range(_ROUNDS)
            ]
            ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
            words.append(f"{what} {ours:.2f} s")
            if subject.source:
                words[-1] += f", from source {theirs:.2f} s, × {ours / theirs:.2f}"
                slow += [what] if ours > SLOWER * theirs else []
    said = "; ".join(words)
    expect(not slow, f"at most {SLOWER} × as long as from source", said)
    return said if subject.source else f"{said}; no source under Windows' Python here to compare with"


_WINDOW_OF_SOURCE = (
    "import os, sys; os.environ['QT_QPA_PLATFORM'] = 'windows'; "
    "from tsguard.gui.app import run; sys.exit(run(['tsguard']))"
)


def _ended(subject: Subject, command: tuple[str | Path, ...]) -> float:
    """Seconds until a command has said the version and ended."""
    start = time.perf_counter()
    said = subject.computer.run(*command)
    took = time.perf_counter() - start
    expect(subject.version in said, subject.version, said.strip())
    return took


def _shown(subject: Subject, command: tuple[str | Path, ...]) -> float:
    """Seconds until the window stands on the screen."""
    computer = subject.computer
    start = time.perf_counter()
    with computer.started(*command, last=False):
        wait_until(
            lambda: any(CHINESE_NAME in title for title, _wide, _high in computer.windows()),
            _PATIENCE_S,
            "a window",
            computer.windows,
        )
        return time.perf_counter() - start


def _last(said: str) -> str:
    return said.strip().splitlines()[-1]


def _files(folder: Path) -> set[str]:
    """Names of all files, but for what wine itself keeps there."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name for name in found if not name.startswith("AppData/Local/Temp/")}


def _own(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix() for path in (folder / OWN_FOLDER).rglob("*") if path.is_file()
    }
