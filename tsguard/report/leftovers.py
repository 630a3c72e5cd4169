"""Names of files in clear that are not whole yet, and the end of those that a killed program left.

A leftover is known by its name, which tells whose it is. What may be the only copy of a person's older file
is never taken away.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import secrets
import sys
import time
from contextlib import suppress
from pathlib import Path

ABANDONED_S = 24 * 3600.0
"""Seconds after which nobody is still at work on a file, whatever the number of its process says."""

_NAME = re.compile(r"\.tsguard-(?:([0-9a-f]{4})-([0-9]{1,10})-)?[0-9a-f]{12}\.(part|old)")
_SYNCHRONIZE = 0x00100000
_STILL_RUNNING = 0x102
_DENIED = 5
_MOST = 0xFFFF_FFFF
"""The largest number of a process that Windows has."""


def part_beside(place: Path) -> Path:
    """A new name beside a place, for the file that will go there once it is whole."""
    return _beside(place, "part")


def old_beside(place: Path) -> Path:
    """A new name beside a place, for the older file that was there."""
    return _beside(place, "old")


def sweep(folder: Path) -> None:
    """Take away what programs that run no more have left in a folder; whatever can't be, stays.

    Of an older file that was set aside only a second name goes.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            named = _NAME.fullmatch(entry.name)
            if named is None:
                continue
            with suppress(OSError):
                found = entry.stat(follow_symlinks=False)
                host, process, kind = named.groups()
                ours = host == _host() and not _runs(int(process))
                abandoned = time.time() - found.st_mtime > ABANDONED_S
                if not entry.is_file(follow_symlinks=False) or not (ours or abandoned):
                    continue
                # Scanning tells no number of links on Windows.
                if kind == "part" or os.lstat(entry.path).st_nlink > 1:
                    Path(entry.path).unlink()


def _beside(place: Path, kind: str) -> Path:
    return place.with_name(f".tsguard-{_host()}-{os.getpid()}-{secrets.token_hex(6)}.{kind}")


def _host() -> str:
    """This computer, as far as a folder in a network must tell it from others."""
    return hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:4]


def _runs(process: int) -> bool:
    """Whether a process of this computer runs; True where nobody can say."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - there only

        if process > _MOST:
            return False
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = kernel.OpenProcess(_SYNCHRONIZE, False, process)
        if not handle:
            return ctypes.get_last_error() == _DENIED
        try:
            return bool(kernel.WaitForSingleObject(handle, 0) == _STILL_RUNNING)
        finally:
            kernel.CloseHandle(handle)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
