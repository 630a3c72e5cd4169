"""A private copy of a vault that is to be examined: the file with its log, byte for byte, read once.

Examining must not change what it looks at, and a disk that is failing should be read no oftener than it has
to. The copy is as encrypted as the vault. Its log is written back here and not by SQLite, which gives up at
a damaged first page; layout of a log: sqlite.org/fileformat2.html, section 4. This module must not decrypt
anything, and never opens a file of the person's for writing.
"""

from __future__ import annotations

import contextlib
import shutil
import stat
import struct
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tsguard.errors import Cancelled, DiskFull, Unreadable, VaultDamaged
from tsguard.store import driver
from tsguard.store.claim import Claim
from tsguard.store.driver import PAGE_SIZE
from tsguard.store.header import LENGTH
from tsguard.store.open_file import OpenFile
from tsguard.store.telling import Progress, silent

_BLOCK = 256 * PAGE_SIZE
_LARGEST_LOG = 1024 * 1024 * 1024
_LOG_HEADER, _FRAME_HEADER = 32, 24
_LOG_MAGIC = 0x377F0682
_TRIES = 3
_PREFIX = ".tsguard-copy-"
_ABANDONED_S = 24 * 3600

_Reader = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class LogState:
    """What was in the log beside a vault.

    Attributes:
        written_back: Pages that were taken over from it.
        doubtful: Transactions that stand behind its first unreadable place and could not be taken over; a
            computer that was switched off while writing leaves at most one, which nobody was told of.
    """

    written_back: int = 0
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class Specimen:
    """The copy.

    Attributes:
        path: The vault it is of.
        file: The copy, with its log written back.
        size: Bytes of the copy.
        found: Bytes of the vault as it lies there.
        salt: Its first 16 bytes, fewer where it has fewer.
        unread: Pages that the disk would not give, counted from 1; zeros stand for them.
        log: What its log held.
    """

    path: Path
    file: Path
    size: int
    found: int
    salt: bytes
    unread: tuple[int, ...]
    log: LogState


@contextmanager
def taken(path: Path, progress: Progress = silent) -> Iterator[Specimen]:
    """Copy a vault that is not open; the copy is gone at the end.

    Raises:
        VaultMissing: There is no such file.
        VaultInUse: Somebody has it open.
        Unreadable: The operating system gives nothing of it.
        DiskFull: No room for the copy, neither in the temporary folder nor beside the vault.
        VaultDamaged: Its log is larger than any of this program's.
        Cancelled: Of ``progress``.
    """
    claim = Claim(path, take_over=True)
    try:
        with _folder(path, claim.size) as folder:
            copied = _Copy(folder, path, claim.size, progress)
            copied.whole(claim.read)
            copied.log(driver.log_of(claim.file))
            # Nobody needs to wait while the copy is looked at.
            claim.release()
            yield copied.specimen()
    finally:
        claim.release()


@contextmanager
def taken_of(file: OpenFile, progress: Progress = silent) -> Iterator[Specimen]:
    """Copy the open vault; others can write meanwhile.

    Its own connection is not used: one bad page would make it unusable.

    Raises:
        VaultClosed: It is closed.
        Unreadable: The operating system gives nothing of it.
        DiskFull: No room for the copy.
        Cancelled: Of ``progress``.
    """
    size = file.size()
    with _folder(file.path, size) as folder:
        copied = _Copy(folder, file.path, size, progress)
        for attempt in range(_TRIES):
            # What is committed goes to the log; the file itself changes only when that is written back.
            before = _look(file)
            if attempt < _TRIES - 1:
                copied.whole(lambda offset, length: _locked_read(file, offset, length))
            with file.access():
                if attempt == _TRIES - 1:
                    copied.whole(file.read)
                elif _look(file) != before:
                    continue
                copied.log(driver.log_of(file.file))
                break
        yield copied.specimen()


def _locked_read(file: OpenFile, offset: int, length: int) -> bytes:
    with file.access():
        return file.read(offset, length)


def _look(file: OpenFile) -> tuple[int, int, bytes]:
    found = file.file.stat()
    return found.st_size, found.st_mtime_ns, _locked_read(file, 0, PAGE_SIZE)


@contextmanager
def _folder(path: Path, size: int) -> Iterator[Path]:
    """A folder that nobody else can read, where there is room."""
    needed = size + size // 8 + 16 * 1024 * 1024
    for place in (Path(tempfile.gettempdir()), path.absolute().parent):
        try:
            if shutil.disk_usage(place).free < needed:
                continue
            _sweep(place)
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        except OSError:
            continue
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return
    raise DiskFull(path)


def _sweep(place: Path) -> None:
    """Take away copies that a killed program left; none is looked at for a day."""
    for left in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            found = left.lstat()
            if stat.S_ISDIR(found.st_mode) and time.time() - found.st_mtime > _ABANDONED_S:
                shutil.rmtree(left, ignore_errors=True)


class _Copy:
    """A copy in the making."""

    def __init__(self, folder: Path, path: Path, size: int, progress: Progress) -> None:
        self._path, self._file, self._size = path, folder / "vault", size
        self._log_file = folder / "log"
        self._progress = progress
        self._unread: list[int] = []
        self._found = 0

    def whole(self, read: _Reader) -> None:
        """Copy the file; where a block can't be read, by page, with zeros for what is lost."""
        self._unread.clear()
        offset, given = 0, False
        with driver.guarded(self._path), self._file.open("wb") as out:
            while True:
                try:
                    block = read(offset, _BLOCK)
                except Unreadable:
                    block = self._by_page(read, offset, min(_BLOCK, max(self._size - offset, 0)))
                    given = given or any(block)
                else:
                    given = True
                if not block:
                    break
                out.write(block)
                offset += len(block)
                self._progress(min(offset, self._size), max(self._size, 1))
        if not given:
            raise Unreadable(self._path, "read")
        self._found = offset

    def _by_page(self, read: _Reader, offset: int, length: int) -> bytes:
        parts = []
        for start in range(offset, offset + length, PAGE_SIZE):
            try:
                parts.append(read(start, min(PAGE_SIZE, offset + length - start)))
            except Unreadable:
                self._unread.append(start // PAGE_SIZE + 1)
                parts.append(b"\0" * min(PAGE_SIZE, offset + length - start))
        return b"".join(parts)

    def log(self, log: Path) -> None:
        """Copy the log, where there is one with something in it.

        Raises:
            VaultDamaged: It is larger than this program ever lets one grow.
            Unreadable: The operating system won't read it.
        """
        with contextlib.suppress(OSError):
            self._log_file.unlink()
        try:
            size = log.stat().st_size
            if size > _LARGEST_LOG:
                raise VaultDamaged(self._path, "log")
            if size:
                shutil.copyfile(log, self._log_file)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise Unreadable(self._path, error.strerror or "read") from error

    def specimen(self) -> Specimen:
        """Write the log back, and look at the result."""
        with driver.guarded(self._path):
            state = write_back(self._log_file, self._file) if self._log_file.exists() else LogState()
            with self._file.open("rb") as file:
                salt = file.read(LENGTH)
            size = self._file.stat().st_size
        return Specimen(self._path, self._file, size, self._found, salt, tuple(self._unread), state)


def write_back(log: Path, file: Path) -> LogState:
    """Take over from a log what was committed, up to its first unreadable place.

    Args:
        log: The log.
        file: The database; it is changed.
    """
    with log.open("rb") as source, file.open("r+b") as target:
        head = source.read(_LOG_HEADER)
        if len(head) < _LOG_HEADER:
            return LogState()
        magic, _version, page_size, _count, salt, other, first, second = struct.unpack(">8I", head)
        order = ">" if magic & 1 else "<"
        sums = _sums(head[:24], (0, 0), order)
        readable = magic | 1 == _LOG_MAGIC | 1 and page_size == PAGE_SIZE and sums == (first, second)
        pending: dict[int, int] = {}
        written, doubtful = 0, 0
        while True:
            at = source.tell()
            frame = source.read(_FRAME_HEADER + PAGE_SIZE)
            if len(frame) < _FRAME_HEADER + PAGE_SIZE:
                break
            number, pages, mine, others, first, second = struct.unpack(">6I", frame[:_FRAME_HEADER])
            if not readable:
                # Frames of an earlier use of the log have another salt; with a broken head nobody knows.
                doubtful += bool(pages and (mine, others) == (salt, other))
                continue
            sums = _sums(frame[_FRAME_HEADER:], _sums(frame[:8], sums, order), order)
            if (mine, others) != (salt, other) or sums != (first, second) or not number:
                readable = False
                doubtful += bool(pages and (mine, others) == (salt, other))
                continue
            pending[number] = at + _FRAME_HEADER
            if pages:
                written += _take_over(source, target, pending, pages)
                pending.clear()
                source.seek(at + _FRAME_HEADER + PAGE_SIZE)
        target.flush()
        return LogState(written, doubtful)


def _take_over(source: BinaryIO, target: BinaryIO, pages: dict[int, int], count: int) -> int:
    for number, at in pages.items():
        if number > count:
            continue
        source.seek(at)
        target.seek((number - 1) * PAGE_SIZE)
        target.write(source.read(PAGE_SIZE))
    target.truncate(count * PAGE_SIZE)
    return len(pages)


def _sums(data: bytes, start: tuple[int, int], order: str) -> tuple[int, int]:
    """The two running sums of a log."""
    one, two = start
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        one = (one + even + two) & 0xFFFFFFFF
        two = (two + odd + one) & 0xFFFFFFFF
    return one, two


def cancelling(progress: Progress, cancelled: Callable[[], bool]) -> Progress:
    """A progress that stops the work when it is told to."""

    def told(done: int, total: int) -> None:
        if cancelled():
            raise Cancelled
        progress(done, total)

    return told
