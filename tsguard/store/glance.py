"""What a vault file shows without its key: length and header. It must not wait, follow a link, or raise."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from tsguard.store.claim import is_held
from tsguard.store.header import LENGTH, MAGIC
from tsguard.store.secret import key_id

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
)


@dataclass(frozen=True, slots=True)
class Glance:
    """The outside of a file.

    Attributes:
        size: In bytes.
        key_id: A name for the key, 8 hexadecimal digits; "" where it has no vault's header, can't be read,
            or is open here (see ``claim``).
    """

    size: int
    key_id: str


def glance(path: Path) -> Glance | None:
    """Look at a file from outside; None where it is a link, no ordinary file, or not there."""
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    if is_held(path):
        return Glance(found.st_size, "")
    try:
        handle = os.open(path, _FLAGS)
    except OSError:
        return Glance(found.st_size, "")
    try:
        start = os.read(handle, LENGTH)
    except OSError:
        start = b""
    finally:
        os.close(handle)
    ours = len(start) == LENGTH and start.startswith(MAGIC) and start[len(MAGIC)] > 0
    return Glance(found.st_size, key_id(start) if ours else "")
