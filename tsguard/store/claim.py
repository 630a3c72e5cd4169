"""Who holds a vault file: this process's claim to it, from before its first byte is read.

It must not read beyond the header. Why SQLite's own lock is not enough: POSIX locks belong to the
process, and closing *any* handle to a file drops all of them (measured: after one ``open().read()`` in
the process that had the vault open, another process opened it as well, and deleted its ``-wal`` file
on leaving). So one handle per file, kept until the vault is closed, with an flock, which lives and
dies with that handle; and a list of the files this process has open, asked before opening.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import threading
from pathlib import Path

from tsguard.errors import NotAVault, Unreadable, VaultInUse, VaultMissing

if sys.platform != "win32":
    import fcntl

# State of the process, because the locks it watches over are: see above.
_held: set[tuple[int, int]] = set()
_held_lock = threading.Lock()


def is_held(path: Path) -> bool:
    """Whether this process has that file open as a vault, under whatever name; the file is not opened."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return False
    with _held_lock:
        return (found.st_dev, found.st_ino) in _held


class Claim:
    """The exclusive claim to one existing file.

    Attributes:
        path: The file, as it was asked for.
        file: The file itself, absolute, where the path is a symbolic link to it.
        size: Its length in bytes when it was claimed.
    """

    def __init__(self, path: Path) -> None:
        """Claim the file.

        Raises:
            VaultMissing: There is no such file.
            NotAVault: It is a folder or a device.
            Unreadable: The operating system won't open it.
            VaultInUse: It is claimed already, here or by another process.
        """
        self.path = path
        # SQLite keeps its -wal beside the file itself, not beside a link.
        self.file = Path(os.path.realpath(path)) if path.is_symlink() else path.absolute()
        self._handle: int | None = None
        try:
            found = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise VaultMissing(path) from None
        except (OSError, ValueError) as error:
            raise Unreadable(path, getattr(error, "strerror", None) or "name") from error
        if not stat.S_ISREG(found.st_mode):
            raise NotAVault(path)
        self._identity = (found.st_dev, found.st_ino)
        self.size = found.st_size
        with _held_lock:
            if self._identity in _held:
                raise VaultInUse(path)
            _held.add(self._identity)
        try:
            self._handle = self._open()
        except BaseException:
            self.release()
            raise

    def _open(self) -> int:
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            handle = os.open(self.path, flags)
        except FileNotFoundError:
            raise VaultMissing(self.path) from None
        except OSError as error:
            raise Unreadable(self.path, error.strerror or "open") from error
        if sys.platform != "win32":
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
                raise VaultInUse(self.path) from None
            except OSError:
                # The file system has no flock; SQLite's lock has to do.
                pass
        return handle

    def start(self, length: int) -> bytes:
        """The file's first bytes, fewer if it has fewer.

        Raises:
            Unreadable: The operating system won't read it.
        """
        if self._handle is None:
            message = "the claim was released"
            raise RuntimeError(message)
        try:
            os.lseek(self._handle, 0, os.SEEK_SET)
            return os.read(self._handle, length)
        except OSError as error:
            raise Unreadable(self.path, error.strerror or "read") from error

    def release(self) -> None:
        """Give the file up; only after its database is closed. Twice does no harm."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = None
        with _held_lock:
            _held.discard(self._identity)
