"""Opening what lies under a name that others can put anything at: an ordinary file, or an error, at once.

For the ``opener`` of ``open``. It must not be used on a vault that is open here (see ``claim``).
"""

from __future__ import annotations

import errno
import os
import stat


def at_once(path: str, flags: int) -> int:
    """Open an ordinary file, never waiting for one: a pipe without a writer would wait for ever.

    Raises:
        OSError: It is something else, or can't be opened.
    """
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if stat.S_ISREG(os.fstat(handle).st_mode):
        return handle
    os.close(handle)
    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


def not_by_link(path: str, flags: int) -> int:
    """The same, and not through a symbolic link, where the system can tell.

    Raises:
        OSError: It is something else, or can't be opened.
    """
    return at_once(path, flags | getattr(os, "O_NOFOLLOW", 0))
