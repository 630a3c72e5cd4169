"""A Windows computer to try an installer on: a wine prefix, a home and a screen of its own.

What its programs see is asked through wine's own programs, or read from its drive. Must not know what is
tried on it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from resources.installer.running import BuildFailed, Log
from resources.installer.wine import Wine

_SIZE = "1366x768x24"
_LEAST_WIDE = 200
_LAST_LINES = 25
_LONGEST_S = 1800
"""After this a program is taken to hang; a group of tests may take long on a slow machine."""
_ENTRY = re.compile(r'(?:@|"((?:[^"\\]|\\.)*)")=(.*)')
_WINDOW = re.compile(r'^ +(0x[0-9a-f]+) (?:"(.*)"|\(has no name\)): \(("?.*)\) +(\d+)x(\d+)\+')

Registry = dict[str, dict[str, str | int]]
"""Values by name by key, key names in small letters; the value without a name is ""."""


class NotAsExpected(BuildFailed):
    """A check found something else.

    Args:
        expected: In words.
        found: Instead.
    """

    def __init__(self, expected: str, found: object) -> None:
        super().__init__(f"  expected: {expected}\n  found:    {found}")


def expect(holds: object, expected: str, found: object) -> None:
    """Go on where it holds.

    Raises:
        NotAsExpected: It does not.
    """
    if not holds:
        raise NotAsExpected(expected, found)


@dataclass(frozen=True, slots=True)
class Computer:
    """The computer while it is on.

    Attributes:
        wine: Its prefix.
        log: Everything that happens.
        variables: What its programs are started with.
        chinese: Whether it says that it speaks Chinese.
    """

    wine: Wine
    log: Log
    variables: Mapping[str, str] = field(repr=False)
    chinese: bool

    # --- places -----------------------------------------------------------------------------------

    @property
    def profile(self) -> Path:
        """The person's folder."""
        users = self.wine.drive / "users"
        (found,) = (each for each in users.iterdir() if each.name.lower() != "public")
        return found

    @property
    def local(self) -> Path:
        """``%LOCALAPPDATA%``."""
        return self.profile / "AppData" / "Local"

    def place(self, place: Path) -> str:
        """A place as programs see it."""
        if place.is_relative_to(self.wine.drive):
            return "C:\\" + str(place.relative_to(self.wine.drive)).replace("/", "\\")
        return Wine.path(place)

    def shortcuts(self) -> list[Path]:
        """Every shortcut to something of ours, wherever it lies."""
        found = (path for path in self.wine.drive.rglob("*.lnk") if path.is_file())
        return sorted(path for path in found if "tsguard".encode("utf-16-le") in path.read_bytes())

    # --- programs ---------------------------------------------------------------------------------

    def run(
        self, *command: str | Path, codes: tuple[int, ...] = (0,), env: Mapping[str, str] | None = None
    ) -> str:
        """Run a program to its end.

        Args:
            command: The program and its arguments.
            codes: Exit codes that are no failure.
            env: Variables beside the computer's.

        Returns:
            What it printed, errors included.

        Raises:
            NotAsExpected: It ended with another code, or not at all.
        """
        code, said = self._done(command, env)
        end = "\n".join(said.rstrip().splitlines()[-_LAST_LINES:])
        name = Path(command[0]).name
        expect(code in codes, f"{name} ends with {' or '.join(map(str, codes))}", f"{code}:\n{end}")
        return said

    def code(self, *command: str | Path, cwd: Path | None = None) -> int:
        """Run a program to its end, whatever end; its exit code.

        Raises:
            NotAsExpected: It does not end.
        """
        return self._done(command, None, cwd)[0]

    def _done(
        self, command: Sequence[str | Path], env: Mapping[str, str] | None, cwd: Path | None = None
    ) -> tuple[int, str]:
        words = ["wine", *map(str, command)]
        self.log.keep(f"$ {' '.join(words)}")
        start = time.monotonic()
        try:
            done = subprocess.run(
                words,
                cwd=cwd,
                env={**os.environ, **self.variables, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=_LONGEST_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            self.log.keep((error.stdout or b"").decode("utf-8", "replace"))
            self.stop()
            expected, found = f"{Path(command[0]).name} ends within {_LONGEST_S} s", "it was still there"
            raise NotAsExpected(expected, found) from error
        said = done.stdout.decode("utf-8", "replace")
        self.log.keep(said)
        self.log.keep(f"({done.returncode} after {time.monotonic() - start:.1f} s)")
        return done.returncode, said

    def install(self, setup: Path, *more: str) -> int:
        """Run an installer without questions.

        Its last argument may hold spaces and must not be quoted; wine quotes what holds one, so each word is
        handed over by itself.
        """
        code = self.code(setup, "/S", *" ".join(more).split(" ")) if more else self.code(setup, "/S")
        self.settle()
        return code

    def uninstall(self, folder: Path) -> None:
        """Run a folder's uninstaller without questions, to the end of the copy of itself that it starts."""
        self.code(folder / "uninstall.exe", "/S")
        self.settle()

    @contextmanager
    def started(self, *command: str | Path, last: bool = True) -> Iterator[subprocess.Popen[bytes]]:
        """A program that goes on; it is ended in the end.

        Args:
            command: The program and its arguments.
            last: Whether nothing else runs then, which is waited for.
        """
        words = ["wine", *map(str, command)]
        self.log.keep(f"$ {' '.join(words)} &")
        # A pipe and no file, for a window's program, too: Python does not start otherwise.
        running = subprocess.Popen(
            words,
            env={**os.environ, **self.variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            yield running
        finally:
            if running.poll() is None:
                running.send_signal(signal.SIGKILL)
            self.log.keep(running.communicate()[0].decode("utf-8", "replace"))
            if last:
                self.settle()

    @contextmanager
    def awake(self) -> Iterator[None]:
        """With wine's own services running, so that no program has to start them first."""
        with self.started("notepad"):
            wait_until(lambda: bool(self.windows()), 120, "wine's notepad", self.windows)
            yield

    def settle(self) -> None:
        """Wait until nothing runs any more."""
        self.wine.close()

    def stop(self) -> None:
        """End everything that runs."""
        self.log.run(["wineserver", "-k"], env=self.variables, codes=(0, 1))
        self.settle()

    # --- registry ---------------------------------------------------------------------------------

    def registry(self) -> Registry:
        """What stands in the registry under the person's ``Software``."""
        file = self.wine.drive / "trial.reg"
        self.run("regedit", "/E", self.place(file), r"HKEY_CURRENT_USER\Software")
        text = file.read_text("utf-16")
        file.unlink()
        return read_registry(text)

    def put(self, key: str, name: str, value: str) -> None:
        """Set a value of the person's own."""
        self.run("reg", "add", rf"HKCU\{key}", "/v", name, "/d", value, "/f")

    # --- screen -----------------------------------------------------------------------------------

    def windows(self) -> list[tuple[str, int, int]]:
        """The windows on the screen that can be seen, without those that Qt draws their frames in.

        Returns:
            Title, width and height of each.
        """
        tree = self._x("xwininfo", "-root", "-tree")
        found = []
        for line in tree.splitlines():
            match = _WINDOW.match(line)
            own = match is not None and not (match[2] or "").startswith("_q_") and int(match[4]) > _LEAST_WIDE
            if match and own and "IsViewable" in self._x("xwininfo", "-id", match[1]):
                found.append((match[2] or "", int(match[4]), int(match[5])))
        return found

    def picture(self, file: Path) -> bool:
        """Keep a picture of the screen, where there is a program that takes one."""
        if shutil.which("import") is None:
            return False
        self._x("import", "-window", "root", str(file))
        return file.is_file()

    def _x(self, *command: str) -> str:
        env = {**os.environ, **self.variables}
        done = subprocess.run(command, env=env, capture_output=True, check=False, stdin=subprocess.DEVNULL)
        return done.stdout.decode("utf-8", "replace")


def read_registry(text: str) -> Registry:
    """Read what ``regedit /E`` wrote; values that are neither text nor a number are left out."""
    found: Registry = {}
    key = ""
    for line in text.splitlines():
        if line.startswith("["):
            key = line.strip("[]").lower().removeprefix("hkey_current_user\\")
            found[key] = {}
        elif entry := _ENTRY.fullmatch(line):
            name, value = entry[1] or "", entry[2]
            if value.startswith('"'):
                found[key][name] = re.sub(r"\\(.)", r"\1", value[1:-1])
            elif value.startswith("dword:"):
                found[key][name] = int(value[6:], 16)
    return found


def wait_until(done: Callable[[], bool], seconds: float, expected: str, found: Callable[[], object]) -> float:
    """Wait for something.

    Returns:
        Seconds it took.

    Raises:
        NotAsExpected: It did not come.
    """
    start = time.monotonic()
    while not done():
        if time.monotonic() - start > seconds:
            words = f"{expected} within {seconds:.0f} s"
            raise NotAsExpected(words, found())
        time.sleep(0.05)
    return time.monotonic() - start


@contextmanager
def computer(folder: Path, log: Log, again: bool = False) -> Iterator[Computer]:
    """A new computer with Windows, and its screen, until the end of the block.

    Args:
        folder: Gets it; what was there is removed.
        log: Where all is told.
        again: Takes the computer that is there instead, as the last trial left it; for whoever works on one.

    Raises:
        BuildFailed: A program that is needed is missing.
    """
    for name in ("Xvfb", "xwininfo"):
        _found(name)
    again = again and folder.exists()
    if not again:
        shutil.rmtree(folder, ignore_errors=True)
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    locale = _chinese(folder / "locale", log)
    variables = {"HOME": str(home), "LC_ALL": "C.UTF-8", **locale}
    with _screen(log) as display:
        variables["DISPLAY"] = display
        wine = Wine(folder / "prefix", log, variables)
        if not again:
            wine.make()
        made = Computer(wine, log, {**wine.environ()}, bool(locale))
        made.settle()
        try:
            yield made
        finally:
            made.stop()


def _found(name: str) -> str:
    """Where a program of the system lies."""
    found = shutil.which(name)
    if found is None:
        message = f"{name} is missing; run .ci/setup --installer, or: apt install xvfb x11-utils"
        raise BuildFailed(message)
    return found


def _chinese(folder: Path, log: Log) -> dict[str, str]:
    """The variables of a Chinese system, where one can be made."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "zh_CN.UTF-8"
    if not made.exists() and _can_make_locales():
        log.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", made], codes=(0, 1))
    return {"LOCPATH": str(folder), "LC_ALL": "zh_CN.UTF-8"} if made.is_dir() else {}


def _can_make_locales() -> bool:
    return shutil.which("localedef") is not None and Path("/usr/share/i18n/locales/zh_CN").exists()


@contextmanager
def _screen(log: Log) -> Iterator[str]:
    reading, writing = os.pipe()
    with log.file.open("ab") as out:
        server = subprocess.Popen(
            [_found("Xvfb"), "-displayfd", str(writing), "-screen", "0", _SIZE, "-nolisten", "tcp"],
            pass_fds=[writing],
            stdout=out,
            stderr=out,
        )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            message = "Xvfb did not start"
            raise BuildFailed(message)
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()
