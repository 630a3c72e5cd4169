"""Files in clear outside the vault: whole or not at all, readable by their owner, never over a vault.

It decides nothing about what may leave.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from tsguard.domain import windows_names
from tsguard.errors import (
    Cancelled,
    NameRefused,
    NotReplaced,
    ReadOnly,
    Unreadable,
    WriteFailed,
    from_os,
    patience,
)
from tsguard.report.leftovers import old_beside, part_beside, sweep

_VAULT_NAMES = (".tsg", ".tsg-wal", ".tsg-shm", ".tsg-journal")
_VAULT_STARTS = (b"TSG", b"7\x7f\x06\x82", b"7\x7f\x06\x83", b"SQLite format 3")


@dataclass(frozen=True, slots=True)
class PlainFile:
    """A file that was written.

    Attributes:
        path: Where it is.
        size: In bytes.
        sha256: 64 hexadecimal digits.
    """

    path: Path
    size: int
    sha256: str


class PlainWriter(Protocol):
    """Takes a file: ``replace_plain``, or ``PlainSet.write``."""

    def __call__(
        self, target: Path, chunks: Iterable[bytes], *, cancelled: Callable[[], bool] = ...
    ) -> PlainFile:
        """Take it, as ``replace_plain``."""
        ...


def replace_plain(
    target: Path,
    chunks: Iterable[bytes],
    *,
    total: int = 0,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
    through_links: bool = True,
) -> PlainFile:
    """Write a file; an older one of that name is replaced once the new one is whole.

    Args:
        target: Where.
        chunks: The content.
        total: Its size in bytes, for progress.
        progress: Told the bytes done and ``total``.
        cancelled: Asked before each chunk.
        through_links: Whether a symbolic link leads to its file; else the link itself is replaced.

    Raises:
        NameRefused: No file can be called so, on Windows.
        NotReplaced: A vault, a folder or a device is at that place; it is untouched.
        ReadOnly: The file there, or the folder, can't be written to.
        FileHeld: Another program has the file there open, and did not let go; it is untouched.
        DiskFull: No room was left; nothing was written.
        WriteFailed: The system refused for another reason.
        Cancelled: ``cancelled`` said so; nothing was written.
    """
    place = _place_of(target, through_links=through_links)
    with _part(place, target) as (part, file):
        made = _filled(target, file, chunks, lambda done: progress(done, total), cancelled)
        patience.replace(part, place)
    return made


class PlainSet:
    """Several files that get their places together, once all of them are whole.

    As a context: whatever ends it before ``place`` is done leaves every place as it was.
    """

    def __init__(self) -> None:
        self._staged: list[tuple[Path, Path, Path]] = []
        """Part, place, target."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        for part, _place, _target in self._staged:
            with suppress(OSError):
                patience.remove(part, missing_ok=True)
        self._staged.clear()

    def write(
        self, target: Path, chunks: Iterable[bytes], *, cancelled: Callable[[], bool] = lambda: False
    ) -> PlainFile:
        """Write a file beside its place; arguments and errors as ``replace_plain``."""
        place = _place_of(target, through_links=True)
        with _part(place, target) as (part, file):
            made = _filled(target, file, chunks, lambda _done: None, cancelled)
        self._staged.append((part, place, target))
        return made

    def place(self) -> None:
        """Give every file its place; where one can't have it, none has, and older files are back.

        Raises:
            StorageError: As ``replace_plain``.
        """
        older: list[tuple[Path, Path | None]] = []
        try:
            for part, place, target in self._staged:
                aside = None
                try:
                    _refuse_precious(place)
                    aside = _set_aside(place)
                    patience.replace(part, place)
                except OSError as error:
                    if aside is not None:
                        _bring_back(place, aside)
                    raise from_os(target, error) from error
                older.append((place, aside))
        except BaseException:
            for place, aside in reversed(older):
                _bring_back(place, aside)
            raise
        for _place, aside in older:
            if aside is not None:
                with suppress(OSError):
                    patience.remove(aside, missing_ok=True)


def create_plain(target: Path, data: bytes) -> bool:
    """Write a file where nothing is; of several programs that try at once one does.

    Returns:
        Whether it was written; False where something is at that place, which is untouched.

    Raises:
        StorageError: As ``replace_plain``.
    """
    _refuse_name(target)
    with _part(target, target) as (part, file):
        file.write(data)
        _whole(file)
        try:
            _placed(part, target)
        except FileExistsError:
            patience.remove(part)
            return False
    return True


def make_folder(folder: Path) -> bool:
    """Make a folder whose parent is there; whether it was made, False where it was there.

    Raises:
        StorageError: As ``replace_plain``.
    """
    _refuse_name(folder)
    try:
        folder.mkdir()
    except FileExistsError:
        if not folder.is_dir():
            raise NotReplaced(folder) from None
        return False
    except OSError as error:
        raise from_os(folder, error) from error
    return True


@contextmanager
def _part(place: Path, target: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file beside the place, open for writing; it is gone after a failure, which is told of the target."""
    sweep(place.parent)
    part = part_beside(place)
    try:
        # A report is nobody else's business, and the part of one even less.
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with open(handle, "wb") as file:  # noqa: PTH123 - takes over the handle
            yield part, file
    except BaseException as error:
        with suppress(OSError):
            patience.remove(part, missing_ok=True)
        if isinstance(error, OSError):
            raise from_os(target, error) from error
        raise


def _place_of(target: Path, *, through_links: bool) -> Path:
    """Where a file goes in the end.

    Raises:
        StorageError: Nothing can be written there.
    """
    try:
        linked = target.is_symlink()
        place = Path(os.path.realpath(target)) if linked and through_links else target
    except OSError as error:
        raise from_os(target, error) from error
    if "\0" in str(place):
        raise WriteFailed(target, os.strerror(errno.EINVAL))
    _refuse_name(target)
    if through_links or not linked:
        _refuse_precious(place)
    return place


def _filled(
    target: Path,
    file: BinaryIO,
    chunks: Iterable[bytes],
    progress: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> PlainFile:
    """Fill a file until it has reached the disk."""
    done, digest = 0, hashlib.sha256()
    for chunk in chunks:
        if cancelled():
            raise Cancelled
        file.write(chunk)
        digest.update(chunk)
        done += len(chunk)
        progress(done)
    _whole(file)
    return PlainFile(target, done, digest.hexdigest())


def _set_aside(place: Path) -> Path | None:
    """Another name for the older file at a place, so that it can come back; None where nothing is."""
    aside = old_beside(place)
    try:
        if os.name == "nt":
            _ask_for(place)
        try:
            os.link(place, aside)
        except FileNotFoundError:
            raise
        except OSError:  # a disk without hard links
            patience.rename(place, aside)
    except FileNotFoundError:
        return None
    return aside


def _ask_for(place: Path) -> None:
    """Find out whether a file is held, by a rename onto itself: a second name of it could not go then.

    Raises:
        FileNotFoundError: Nothing is there.
        StillHeld: It is.
    """
    try:
        patience.rename(place, place)
    except (FileNotFoundError, patience.StillHeld):
        raise
    except OSError:
        return  # whatever a drive in the network makes of such a rename


def _bring_back(place: Path, aside: Path | None) -> None:
    """Undo that a file got its place; the older one lies at ``aside``."""
    with suppress(OSError):
        if aside is None:
            patience.remove(place)
        elif place.exists() and place.samefile(aside):
            patience.remove(aside)  # it is there still; a system renames no file onto itself
        else:
            patience.replace(aside, place)


def _whole(file: BinaryIO) -> None:
    """Close a file that has reached the disk."""
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _placed(part: Path, target: Path) -> None:
    """Give a file its name.

    Raises:
        FileExistsError: Something has that name.
    """
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links: the name is taken first, then filled.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            patience.replace(part, target)
        except OSError:
            patience.remove(target)
            raise
    else:
        patience.remove(part)


def _refuse_name(target: Path) -> None:
    if os.name == "nt" and windows_names.is_refused(target.name):
        raise NameRefused(target)


def _refuse_precious(target: Path) -> None:
    try:
        found = target.stat()
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise from_os(target, error) from error
    # By name first: opening and closing a vault that this process has open would drop SQLite's lock on it.
    if not stat.S_ISREG(found.st_mode) or target.name.lower().endswith(_VAULT_NAMES):
        raise NotReplaced(target)
    if not found.st_mode & 0o222:
        raise ReadOnly(target)
    try:
        with target.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise Unreadable(target, error.strerror or "read") from error
    if start.startswith(_VAULT_STARTS):
        raise NotReplaced(target)
