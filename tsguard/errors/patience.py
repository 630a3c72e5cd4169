"""Files that another program holds for a moment: wait for it, and say so where it does not let go.

On Windows a virus scanner, an indexer or a viewer can keep a file from being replaced, renamed or removed
while it has it open. Every such step on a finished file goes through here. It must not be used on a claim to
a vault: that another program has one open is told at once.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Done = TypeVar("Done")

PAUSES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.45, 0.5)
"""Seconds before each further attempt; two seconds together, within which a scanner is done with a file."""

# Windows' codes (learn.microsoft.com/windows/win32/debug/system-error-codes). A file that is open can't be
# replaced, and the system calls that a denied access.
_DENIED, _SHARING, _LOCKED = 5, 32, 33


class StillHeld(PermissionError):
    """Another program has the file open, and kept it for as long as we waited."""


def held(error: OSError) -> bool:
    """Whether the system's no may mean that another program has the file open; only Windows says so."""
    return getattr(error, "winerror", None) in {_DENIED, _SHARING, _LOCKED}


def patiently(act: Callable[[], Done], *, pause: Callable[[float], None] = time.sleep) -> Done:
    """Do something with a file, again and again while another program holds it.

    Args:
        act: Raises ``OSError`` where it could not be done, and has then changed nothing.
        pause: Waits that many seconds.

    Raises:
        StillHeld: It was held to the end.
        OSError: Whatever else the system said; at once.
    """
    for seconds in PAUSES:
        try:
            return act()
        except OSError as error:
            if not held(error):
                raise
        pause(seconds)
    try:
        return act()
    except OSError as error:
        if not held(error):
            raise
        raise StillHeld(errno.EACCES, error.strerror, error.filename) from error


def replace(source: Path, target: Path) -> None:
    """Give a file the name of another one, which is gone then, in one step.

    Raises:
        StillHeld: Another program has one of the two open; both are as they were.
        OSError: The system said no; both are as they were.
    """

    def act() -> None:
        source.replace(target)

    _try(act, target)


def rename(source: Path, target: Path) -> None:
    """Give a file a name that is free; on Windows nothing is ever overwritten by it.

    Raises:
        FileExistsError: It is taken, on Windows.
        StillHeld: Another program has the file open; it is as it was.
        OSError: The system said no; it is as it was.
    """

    def act() -> None:
        source.rename(target)

    _try(act, source)


def remove(file: Path, *, missing_ok: bool = False) -> None:
    """Remove a file.

    Args:
        file: Which.
        missing_ok: Whether it may be gone already.

    Raises:
        StillHeld: Another program has it open; it is still there.
        OSError: The system said no; it is still there.
    """

    def act() -> None:
        file.unlink(missing_ok=missing_ok)

    _try(act, file)


def _try(act: Callable[[], None], file: Path) -> None:
    try:
        act()
    except OSError as error:
        # No waiting makes a folder a file, or one writable that is not.
        if not held(error) or _never(file):
            raise
        patiently(act)


def _never(file: Path) -> bool:
    try:
        found = os.lstat(file)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) or not found.st_mode & 0o222
