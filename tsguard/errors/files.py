"""Files and folders: what the file system said no to."""

from __future__ import annotations

import errno
from pathlib import Path

from tsguard.errors.base import TSGuardError
from tsguard.errors.patience import StillHeld

# Windows tells more by its own codes than by those that Python makes of them
# (learn.microsoft.com/windows/win32/debug/system-error-codes).
_WINDOWS_FULL = frozenset({39, 112, 1295})
_WINDOWS_REFUSED = frozenset({5, 19})
_WINDOWS_HELD = frozenset({32, 33})

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class StorageError(TSGuardError):
    """The file system said no.

    Attributes:
        path: The file or folder it was about.
    """

    def __init__(self, path: Path, **facts: object) -> None:
        super().__init__(path=path, **facts)
        self.path = path


class DiskFull(StorageError):
    """No room was left; what was being written is not written, what was there is untouched."""


class ReadOnly(StorageError):
    """The file or its folder can't be written to."""


class NotReplaced(StorageError):
    """What is at that place is no file of the kind that is written: a vault, a folder, a device."""


class Unreadable(StorageError):
    """The file can't be read: missing, a folder, or without permission.

    Attributes:
        reason: The operating system's short word for it.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason=reason)
        self.reason = reason


class WriteFailed(StorageError):
    """The operating system refused a write for another reason than room or permission.

    Attributes:
        reason: The operating system's short word for it.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason=reason)
        self.reason = reason


class NameRefused(StorageError):
    """Windows makes no file of that name, or one of another; nothing was written."""


class FileHeld(StorageError):
    """Another program has the file open and does not let go; it is as it was."""


class BackupFolderGone(StorageError):
    """The folder that a person chose for backups is not there now, such as a stick that is not plugged in."""


def from_os(path: Path, error: OSError) -> StorageError:
    """The error of ours for an operating system's that stopped a write."""
    code = getattr(error, "winerror", None)
    if isinstance(error, StillHeld) or code in _WINDOWS_HELD:
        return FileHeld(path)
    if error.errno in _FULL or code in _WINDOWS_FULL:
        return DiskFull(path)
    if error.errno in _REFUSED or code in _WINDOWS_REFUSED:
        return ReadOnly(path)
    return WriteFailed(path, error.strerror or type(error).__name__)
