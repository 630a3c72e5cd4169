"""Who holds a vault file: this process's claim to it, from before its first byte is read.

Why SQLite's own lock is not enough: POSIX locks belong to the process, and closing *any* handle to a file
drops all of them (measured: after one ``open().read()`` in the process that had the vault open, another
process opened it as well, and deleted its ``-wal`` file on leaving). So one handle per file, kept until
the vault is closed, with an flock, which lives and dies with that handle; all reading that goes past
SQLite uses that handle; and a list of the files this process has open is asked before opening.

Windows has no flock, but locks of bytes that belong to a handle: there one byte is locked that lies behind
the end of any file, where neither SQLite nor a copying program reads.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
import threading
from pathlib import Path

from tsguard.errors import (
    NotAVault,
    NotReplaced,
    StorageError,
    Unreadable,
    VaultInUse,
    VaultMissing,
    from_os,
    patience,
)
from tsguard.store import owner
from tsguard.store.at_once import at_once
from tsguard.store.driver import LOCK_OFFSET, PAGE_SIZE

if sys.platform == "win32":
    import ctypes
    import msvcrt

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateFileW.restype = ctypes.c_void_p
    _HELD = 33  # ERROR_LOCK_VIOLATION
    _OUR_BYTE = (0, 0x40000000)  # its place, lower and upper half: 2**62
    _READ_WRITE, _SHARED, _NEW = 0xC0000000, 0x7, 1
    _NONE = ctypes.c_void_p(-1).value
else:
    import fcntl

# State of the process, because the locks it watches over are: see above.
_held: set[tuple[int, int]] = set()
_held_lock = threading.Lock()

_LOCKS_END = LOCK_OFFSET + PAGE_SIZE
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def is_held(path: Path) -> bool:
    """Whether this process has that file open as a vault, under whatever name; the file is not opened."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return False
    with _held_lock:
        return (found.st_dev, found.st_ino) in _held


def refuse_replacing(path: Path) -> None:
    """Refuse to write over a vault that this process has open, before anybody opens it.

    Closing it again after a look would drop SQLite's lock on it.

    Raises:
        NotReplaced: It is one.
    """
    if is_held(path):
        raise NotReplaced(path)


def peek(path: Path, length: int) -> bytes | None:
    """The first bytes of a file that is not open here as a vault; None where it is, or can't be read."""
    if is_held(path):
        return None
    try:
        with open(path, "rb", buffering=0, opener=at_once) as file:
            return file.read(length)
    except (OSError, ValueError):
        return None


def lock_handle(handle: int) -> bool:
    """Lock an open file against other programs; whether nobody else has it.

    True also where the file system has no such lock; SQLite's has to do there.
    """
    if sys.platform == "win32":
        file = ctypes.c_void_p(msvcrt.get_osfhandle(handle))
        return bool(_kernel.LockFile(file, *_OUR_BYTE, 1, 0)) or ctypes.get_last_error() != _HELD
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True


def make_movable(path: Path) -> int:
    """Make a file that can be moved and removed by its name while this handle is open, on Windows as well.

    Raises:
        OSError: It can't be made, or something is there.
    """
    if sys.platform == "win32":
        file = _kernel.CreateFileW(str(path), _READ_WRITE, _SHARED, None, _NEW, 0, None)
        if file in {None, _NONE}:
            raise ctypes.WinError(ctypes.get_last_error())
        return msvcrt.open_osfhandle(file, os.O_RDWR)
    return os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600)


class Claim:
    """The exclusive claim to one existing file.

    Attributes:
        path: The file, as it was asked for.
        file: The file itself, absolute, where the path is a symbolic link to it.
        size: Its length in bytes when it was claimed.
    """

    def __init__(self, path: Path, mine: owner.Owner | None = None, *, take_over: bool = False) -> None:
        """Claim the file.

        Args:
            path: The file.
            mine: Who claims it, for others to read; None tells nobody.
            take_over: Claim it also where another computer says to have it open.

        Raises:
            VaultMissing: There is no such file.
            NotAVault: It is a folder or a device.
            Unreadable: The operating system won't open it.
            VaultInUse: It is claimed already, here, by another process, or, so it says, by another computer.
        """
        self.path = path
        # SQLite keeps its -wal beside the file itself, not beside a link.
        self.file = Path(os.path.realpath(path)) if path.is_symlink() else path.absolute()
        self._handle: int | None = None
        self._mine = mine
        found = self._regular(path)
        self._identity = (found.st_dev, found.st_ino)
        self.size = found.st_size
        self._enlist(self._identity)
        try:
            self._handle = self._open(path)
            self._ask_others(take_over)
        except BaseException:
            self._mine = None
            self.release()
            raise

    @staticmethod
    def _regular(path: Path) -> os.stat_result:
        try:
            found = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise VaultMissing(path) from None
        except (OSError, ValueError) as error:
            raise Unreadable(path, getattr(error, "strerror", None) or "name") from error
        if not stat.S_ISREG(found.st_mode):
            raise NotAVault(path)
        return found

    def _enlist(self, identity: tuple[int, int]) -> None:
        with _held_lock:
            if identity in _held:
                raise self._in_use()
            _held.add(identity)

    def _open(self, path: Path) -> int:
        try:
            handle = os.open(path, _FLAGS)
        except FileNotFoundError:
            raise VaultMissing(self.path) from None
        except OSError as error:
            raise Unreadable(self.path, error.strerror or "open") from error
        if not lock_handle(handle):
            os.close(handle)
            raise self._in_use()
        return handle

    def _ask_others(self, take_over: bool) -> None:
        found = owner.read(self.file)
        # One of this computer is of a program that was killed: the lock was free.
        if found is not None and not found.here and not take_over:
            raise VaultInUse(self.path, found.account, found.host, found.since, elsewhere=True)
        if self._mine is not None:
            owner.write(self.file, self._mine)

    def _in_use(self) -> VaultInUse:
        found = owner.read(self.file)
        if found is None:
            return VaultInUse(self.path)
        return VaultInUse(self.path, found.account, found.host, found.since)

    @property
    def handle(self) -> int:
        """The one handle to the file."""
        if self._handle is None:
            message = "the claim was released"
            raise RuntimeError(message)
        return self._handle

    def read(self, offset: int, length: int) -> bytes:
        """Bytes of the file as they are on disk, fewer where it ends or the page with SQLite's locks begins.

        That page is given as zeros, and by itself.

        Raises:
            Unreadable: The operating system won't read them.
        """
        try:
            if offset < LOCK_OFFSET:
                length = min(length, LOCK_OFFSET - offset)
            elif offset < _LOCKS_END:
                there = min(os.fstat(self.handle).st_size, _LOCKS_END) - offset
                return bytes(max(0, min(length, there)))
            os.lseek(self.handle, offset, os.SEEK_SET)
            return os.read(self.handle, length)
        except OSError as error:
            raise Unreadable(self.path, error.strerror or "read") from error

    def follow(self, draft: Path) -> None:
        """Put another file in this one's place, in one step, and hold that one from now on.

        Nobody else can come in between, except on Windows, where a file that is open can't be replaced.
        SQLite has neither of the two open.

        Args:
            draft: The other file, complete and on disk, in the same folder.

        Raises:
            VaultInUse: Somebody holds the draft.
            StorageError: The operating system won't replace it; this file is still there and held, on Windows
                as ``hold`` says.
        """
        if sys.platform == "win32":
            self._follow_unheld(draft)
            return
        found = self._regular(draft)
        identity = (found.st_dev, found.st_ino)
        self._enlist(identity)
        handle = None
        try:
            handle = self._open(draft)
            draft.replace(self.file)
        except BaseException as error:
            if handle is not None:
                os.close(handle)
            with _held_lock:
                _held.discard(identity)
            if isinstance(error, OSError):
                raise from_os(self.path, error) from error
            raise
        os.close(self.handle)
        with _held_lock:
            _held.discard(self._identity)
        self._handle, self._identity, self.size = handle, identity, found.st_size

    def _follow_unheld(self, draft: Path) -> None:
        os.close(self.handle)
        self._handle = None
        try:
            patience.replace(draft, self.file)
        except OSError as error:
            raise from_os(self.path, error) from error
        finally:
            # Whether somebody came in between, ``hold`` says once more.
            with contextlib.suppress(StorageError):
                self.hold()

    def hold(self) -> None:
        """Hold the file again where ``follow`` lost it to somebody, on Windows; nothing where it is held.

        Raises:
            VaultInUse: Somebody has it open.
            VaultMissing: It is gone.
            Unreadable: The operating system won't open it.
        """
        if self._handle is not None:
            return
        found = self._regular(self.file)
        handle = self._open(self.file)
        with _held_lock:
            _held.discard(self._identity)
            self._identity = (found.st_dev, found.st_ino)
            _held.add(self._identity)
        self._handle, self.size = handle, found.st_size

    def release(self) -> None:
        """Give the file up; only after its database is closed. Twice does no harm."""
        if self._mine is not None:
            owner.withdraw(self.file, self._mine)
            self._mine = None
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.close(self._handle)
            self._handle = None
        with _held_lock:
            _held.discard(self._identity)
