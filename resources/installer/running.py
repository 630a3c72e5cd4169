"""Running one command of the build: everything it says goes to the log, its end to whoever watches."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_LAST_LINES = 25


class BuildFailed(Exception):
    """The build cannot go on; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Log:
    """One file that holds the whole build.

    Attributes:
        file: Where it lies.
        hidden: Words that must not stand in it: on Windows the signing program takes a passphrase as one.
    """

    file: Path
    hidden: tuple[str, ...] = field(default=(), repr=False)

    def say(self, words: str) -> None:
        """Say a line on the terminal and in the log."""
        for secret in self.hidden:
            words = words.replace(secret, "***")
        print(words, flush=True)  # noqa: T201 - a build speaks to its terminal
        self.keep(words)

    def keep(self, words: str) -> None:
        """Write a line into the log alone."""
        for secret in self.hidden:
            words = words.replace(secret, "***")
        with self.file.open("a", encoding="utf-8") as out:
            out.write(words.rstrip("\n") + "\n")

    def run(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        codes: tuple[int, ...] = (0,),
    ) -> str:
        """Run a command to its end.

        Its input is empty and its output a pipe: Windows' Python under wine bears nothing else.

        Args:
            command: The program and its arguments.
            cwd: Its folder.
            env: Variables beside those of this process.
            codes: Exit codes that are no failure.

        Returns:
            What it printed, errors included.

        Raises:
            BuildFailed: It is not there, or ended with another code.
        """
        words = [str(part) for part in command]
        self.keep(f"$ {' '.join(words)}")
        started = time.monotonic()
        try:
            done = subprocess.run(
                words,
                cwd=cwd,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
        except OSError as error:
            message = f"{words[0]} could not be started: {error.strerror}"
            raise BuildFailed(message) from error
        said = done.stdout.decode("utf-8", errors="replace")
        self.keep(said)
        self.keep(f"({done.returncode} after {time.monotonic() - started:.1f} s)")
        if done.returncode not in codes:
            end = "\n".join(said.rstrip().splitlines()[-_LAST_LINES:])
            message = (
                f"{' '.join(words[:4])} … ended with {done.returncode}:\n{end}\n\nThe whole log: {self.file}"
            )
            raise BuildFailed(message)
        return said


def windows_here() -> bool:
    """Whether the build runs on Windows itself."""
    return sys.platform == "win32"
