"""A file that a person gave us: read at once and bounded, never a pipe, never a vault that is open here.

It decides nothing about what the bytes mean.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from tsguard.errors import Unreadable
from tsguard.store.at_once import at_once
from tsguard.store.claim import is_held


def given_bytes(path: Path, most: int) -> bytes:
    """The bytes of an ordinary file; where it has more than ``most``, the first ``most + 1`` of them.

    Raises:
        Unreadable: The operating system does not give it to us, it is no ordinary file, or it is held.
    """
    refuse_held(path)
    try:
        with open(path, "rb", opener=at_once) as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(path, getattr(error, "strerror", None) or "error") from error


def refuse_held(path: Path) -> None:
    """Refuse a vault that this process has open: closing it after a look would drop SQLite's lock on it.

    Raises:
        Unreadable: It is one.
    """
    if is_held(path):
        raise Unreadable(path, os.strerror(errno.EBUSY))
