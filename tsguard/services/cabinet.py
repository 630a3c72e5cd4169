"""The cabinet: the register of evidence, with the files in it."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from tsguard.domain import validation
from tsguard.domain.evidence import Evidence, proved_items
from tsguard.errors import UnknownItem, UnknownRecord
from tsguard.services.registers import RecordKind, Register
from tsguard.store.files import StoredFile
from tsguard.store.telling import Cancel, Progress, never, silent
from tsguard.store.vault import Vault

EVIDENCE_LIMIT = 100 * 1024 * 1024
"""Bytes: the largest evidence file unless the vault's setting says otherwise."""
EVIDENCE_LIMIT_CHOICES = tuple(size * 1024 * 1024 for size in (20, 50, 100, 200, 500))
_LIMIT_SETTING = "evidence-limit"
_MOST_DIGITS = 12

EVIDENCE: RecordKind[Evidence] = RecordKind(
    name="evidence",
    number=lambda number: f"E-{number:02d}",
    problems=validation.evidence_problems,
    put=lambda writer, piece: writer.put_evidence(piece),
    remove=lambda writer, enterprise, piece: writer.remove_evidence(enterprise, piece),
)

_TYPES = mimetypes.MimeTypes()
"""Python's own list: the same on every computer, whatever its registry says."""


class FileSource(Protocol):
    """Where stored files are read from: the cabinet, or the register of issued documents with its scans."""

    def read(self, record_id: str, /) -> Iterator[bytes]:
        """The content of a record's file, in chunks.

        Raises:
            UnknownRecord: There is no such record, or it has no file.
            VaultDamaged: The content is not what was stored.
        """


def media_type(path: Path) -> str:
    """By the name's ending, such as ``application/pdf``."""
    return _TYPES.guess_type(path.name)[0] or "application/octet-stream"


def filed(evidence: Evidence, path: Path, stored: StoredFile) -> Evidence:
    """A record with what its file tells: name, media type, size and digests."""
    return replace(
        evidence,
        file_name=path.name,
        media_type=media_type(path),
        size=stored.size,
        sha256=stored.sha256,
        sm3=stored.sm3,
    )


class Cabinet(Register[Evidence]):
    """Numbered evidence: files in the vault and pointers to paper."""

    def __init__(
        self,
        vault: Vault,
        enterprise: str,
        records: Iterable[Evidence],
        stored: Callable[[], None],
        items: Callable[[], Collection[str]],
    ) -> None:
        """Take over an enterprise's evidence.

        Args:
            vault: The open vault.
            enterprise: The enterprise's id.
            records: What the vault has.
            stored: Called after each change.
            items: Gives the item ids that evidence may support.
        """
        super().__init__(vault, enterprise, EVIDENCE, records, stored)
        self._items = items

    def of(self, item_id: str) -> tuple[Evidence, ...]:
        """The evidence that supports an item."""
        return tuple(piece for piece in self if item_id in piece.items)

    def proved_items(self, today: date) -> frozenset[str]:
        """The items that have evidence which has not expired."""
        return proved_items(self, today)

    def check(self, record: Evidence) -> None:
        """Refuse what can't be stored.

        Raises:
            InvalidField: Without a title, or paper without its place.
            UnknownItem: It newly supports an item that the checklist lacks.
        """
        super().check(record)
        before = self.get(record.id).items if record.id in self else ()
        known = self._items()
        for item in record.items:
            if item not in known and item not in before:
                raise UnknownItem(item)

    @property
    def limit(self) -> int:
        """The largest evidence file in bytes."""
        stored = self._vault.setting(_LIMIT_SETTING)
        plain = stored is not None and stored.isascii() and stored.isdecimal() and len(stored) <= _MOST_DIGITS
        return int(stored) if stored and plain else EVIDENCE_LIMIT

    def set_limit(self, size: int) -> None:
        """Set the largest evidence file in bytes.

        Raises:
            StorageError: The file system said no.
        """
        with self._vault.write() as writer:
            writer.put_setting(_LIMIT_SETTING, str(size))
        self._stored()

    def store_file(self, path: Path, progress: Progress = silent, cancelled: Cancel = never) -> StoredFile:
        """Read a file into the vault, without a record yet; may run in another thread.

        Raises:
            EvidenceTooLarge: Larger than ``limit``.
            EvidenceEmpty: It has no content.
            Unreadable: It can't be read.
            Cancelled: The person stopped it.
            StorageError: The file system said no. Nothing of the file stays in any of these cases.
        """
        return self._vault.store_file(path, limit=self.limit, progress=progress, cancelled=cancelled)

    def read(self, evidence_id: str) -> Iterator[bytes]:
        """The content of a piece's file, in chunks.

        Raises:
            UnknownRecord: There is none of that id, or it is paper.
            VaultDamaged: The content is not what was stored.
        """
        piece = self.get(evidence_id)
        if piece.is_paper:
            raise UnknownRecord("evidence", evidence_id)
        return self._vault.read_file(piece.sha256)
