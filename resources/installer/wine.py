"""Windows programs on a machine that is not Windows: a prefix of its own, for building and trying.

Three libraries that wine lacks are built from ``wine_parts`` into the prefix; they never come near what is
shipped (``strangers`` looks for them).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from resources.installer.running import BuildFailed, Log

PARTS = Path(__file__).parent / "wine_parts"
_COMPILER = "x86_64-w64-mingw32-gcc"
_LIBRARIES = {"bcryptprimitives": ["-ladvapi32"], "icuuc": [], "mscms": []}
_TOLD = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml,winedbg.exe="}
"""Neither .NET nor a browser, and no debugger: one would hold a program that crashed until it is ended."""


class Wine:
    """One prefix.

    Args:
        prefix: Its folder.
        log: Where all is told.
        more: Variables for everything that runs in it.

    Attributes:
        prefix: Its folder.
        drive: Its drive C.
    """

    def __init__(self, prefix: Path, log: Log, more: Mapping[str, str] | None = None) -> None:
        self.prefix, self._log = prefix, log
        self.drive = prefix / "drive_c"
        self._env = {**_TOLD, **(more or {}), "WINEPREFIX": str(prefix)}

    def make(self) -> None:
        """Make the prefix afresh: a Windows 10 with what wine lacks.

        Raises:
            BuildFailed: wine or the compiler is missing, or wine does not start.
        """
        for name in ("wine", _COMPILER):
            if shutil.which(name) is None:
                message = (
                    f"{name} is missing; run .ci/setup --installer, or: apt install wine gcc-mingw-w64-x86-64"
                )
                raise BuildFailed(message)
        shutil.rmtree(self.prefix, ignore_errors=True)
        self.prefix.mkdir(parents=True)
        self._log.run(["wineboot", "-i"], env=self._env)
        self._log.run(["wineserver", "-w"], env=self._env)
        self._log.run(["wine", "winecfg", "-v", "win10"], env=self._env)
        for name, more in _LIBRARIES.items():
            target = self.drive / "windows" / "system32" / f"{name}.dll"
            target.unlink(missing_ok=True)
            command: list[str | Path] = [
                _COMPILER,
                "-shared",
                "-O2",
                "-s",
                "-o",
                target,
                PARTS / f"{name}.c",
                *more,
            ]
            self._log.run(command)

    def run(
        self,
        *command: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        codes: tuple[int, ...] = (0,),
    ) -> str:
        """Run a Windows program to its end; as ``Log.run``."""
        return self._log.run(["wine", *command], cwd=cwd, env={**self._env, **(env or {})}, codes=codes)

    def environ(self) -> dict[str, str]:
        """The variables that a program started by other means needs."""
        return dict(self._env)

    def close(self) -> None:
        """Wait until nothing runs in the prefix any more."""
        self._log.run(["wineserver", "-w"], env=self._env)

    @staticmethod
    def path(place: Path) -> str:
        """A place of this machine as Windows programs see it: the drive Z is its root."""
        return "Z:" + str(place.absolute()).replace("/", "\\")


def strangers(folder: Path) -> list[str]:
    """Files in a finished folder that came from the prefix instead of from Windows' packages."""
    return sorted(path.name for path in folder.rglob("*.dll") if path.stem.lower() in _LIBRARIES)
