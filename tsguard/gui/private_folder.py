"""Private folders for files that may not outlive their use: a sample vault, a copy for another program.

Only the person's own account may enter one. What an earlier run left behind is recognised by its lock file,
which dies with its process. It must not know what lies inside.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QStandardPaths

from tsguard.errors import WriteFailed
from tsguard.services.settings import this_place

SAMPLE, OPENED = "sample-", "opened-"
_LOCK = "lock"


def private_root() -> Path:
    """Where private folders are kept.

    The person's own cache, which is not copied to other computers; a portable program's own folder, since it
    leaves nothing on a computer.
    """
    own = this_place()
    if own.portable:
        return own.folder / "private"
    place = QStandardPaths.StandardLocation.GenericCacheLocation
    return Path(QStandardPaths.writableLocation(place)) / "tsguard" / "private"


class PrivateFolder:
    """A private folder; wiped with everything in it.

    Attributes:
        path: Where it is.
    """

    def __init__(self, root: Path, prefix: str = SAMPLE) -> None:
        """Make a folder.

        Args:
            root: Where private folders are kept; made where it is missing.
            prefix: What it is for, ``SAMPLE`` or ``OPENED``.

        Raises:
            WriteFailed: The folder can't be made.
        """
        import secrets  # noqa: PLC0415 - start-up time

        self.path = root / f"{prefix}{secrets.token_hex(8)}"
        try:
            root.mkdir(parents=True, exist_ok=True)
            self.path.mkdir(mode=0o700)
        except OSError as error:
            raise WriteFailed(self.path, error.strerror or "mkdir") from error
        self._lock = _lock(self.path)
        self._lock.tryLock(0)

    def wipe(self) -> bool:
        """Take it away; whether it is gone. What another program holds goes later, or at the next start."""
        self._lock.unlock()
        return _remove(self.path)


def _lock(folder: Path) -> QLockFile:
    lock = QLockFile(str(folder / _LOCK))
    lock.setStaleLockTime(0)
    return lock


def _remove(folder: Path) -> bool:
    """Remove a folder and what is in it, as far as it can be; links are removed, never followed."""
    for place, folders, files in os.walk(folder, topdown=False):
        for name in files:
            _unlink(Path(place, name))
        for name in folders:
            inner = Path(place, name)
            if inner.is_symlink():
                _unlink(inner)
            else:
                _remove_empty(inner)
    _remove_empty(folder)
    return not folder.exists()


def _unlink(file: Path) -> None:
    with suppress(OSError):
        if not file.is_symlink():
            file.chmod(stat.S_IWRITE | stat.S_IREAD)  # Windows removes no file that is read-only
        file.unlink()


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def wipe_leftovers(root: Path) -> None:
    """Take away the private folders whose program is gone."""
    if not root.is_dir():
        return
    for prefix in (SAMPLE, OPENED):
        for folder in sorted(root.glob(f"{prefix}*")):
            if folder.is_symlink() or not folder.is_dir():
                continue
            lock = _lock(folder)
            if lock.tryLock(0):
                lock.unlock()
                _remove(folder)
