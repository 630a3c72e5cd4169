"""Is the file still the one that was opened? Asked before each write, for the price of one look.

A folder that a network drive's program keeps in step replaces files, or writes into them, whenever it likes.
Since only checkpoints change a vault's file and this program makes them itself, whatever else changed it is
somebody else. It must not write.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from tsguard.errors import Unreadable, VaultReplaced
from tsguard.store.claim import Claim
from tsguard.store.driver import PAGE_SIZE


class Watch:
    """What the file looked like when this program last wrote it.

    Every writer of an SQLite database changes its first page. So a file that is of the same length and
    begins with the same page is taken for unchanged although its time is another one: virus scanners and
    copying programs touch that.
    """

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        self._path: Path = claim.file
        self._seen = (0, 0, 0)
        self._first = b""
        self.note()

    def note(self) -> None:
        """Take the file as it is now for ours.

        Raises:
            Unreadable: The operating system won't read it.
        """
        self._seen = self._look(self._held())
        self._first = self._first_page()

    def check(self) -> None:
        """Refuse a file that is not ours any more.

        Raises:
            VaultReplaced: Another file is at its place, or none, or it was changed there.
            Unreadable: The operating system won't read it.
        """
        try:
            at_place = os.stat(self._path)  # noqa: PTH116 - on the way of each write
        except FileNotFoundError:
            raise VaultReplaced(self._claim.path, missing=True) from None
        except OSError:
            raise VaultReplaced(self._claim.path) from None
        held = self._held()
        if (at_place.st_dev, at_place.st_ino) != (held.st_dev, held.st_ino):
            raise VaultReplaced(self._claim.path)
        seen = self._look(held)
        if seen == self._seen:
            return
        if seen[0] != self._seen[0] or self._first_page() != self._first:
            raise VaultReplaced(self._claim.path)
        self._seen = seen

    @property
    def moved(self) -> bool:
        """Whether another file or none is at its place, or nobody can tell; False if it was changed there."""
        try:
            at_place, held = self._path.stat(), self._held()
        except (OSError, Unreadable):
            return True
        return (at_place.st_dev, at_place.st_ino) != (held.st_dev, held.st_ino)

    def _held(self) -> os.stat_result:
        try:
            return os.fstat(self._claim.handle)
        except OSError as error:  # a network drive that went away
            raise Unreadable(self._claim.path, error.strerror or "stat") from error

    @staticmethod
    def _look(found: os.stat_result) -> tuple[int, int, int]:
        # The third can't be set, but where it is the time of creation, on Windows.
        return found.st_size, found.st_mtime_ns, found.st_ctime_ns

    def _first_page(self) -> bytes:
        return hashlib.sha256(self._claim.read(0, PAGE_SIZE)).digest()
