"""What was issued (出具记录), with the scans of sealed pages that came back.

A scan belongs to the very file that was sealed, by that file's SHA-256. It lies in the vault like evidence,
and whatever looks at evidence can look at it through ``scan_piece``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from tsguard.domain import validation
from tsguard.domain.dossier import IssuedDocument
from tsguard.domain.evidence import Evidence
from tsguard.domain.words import document_word
from tsguard.errors import UnknownRecord
from tsguard.i18n import _
from tsguard.services.cabinet import media_type
from tsguard.services.registers import RecordKind, Register
from tsguard.store.files import StoredFile

ISSUED: RecordKind[IssuedDocument] = RecordKind(
    name="issued_document",
    number=lambda number: f"D-{number:04d}",
    problems=validation.issued_problems,
    put=lambda writer, issued: writer.put_issued_document(issued),
    remove=lambda writer, enterprise, issued: writer.remove_issued_document(enterprise, issued),
)


def is_scan(path: Path) -> bool:
    """Whether a file's name says that it can be looked at as a scan: a PDF or a picture."""
    kind = media_type(path)
    return kind == "application/pdf" or kind.startswith("image/")


def scan_title(issued: IssuedDocument) -> str:
    """The scan for people: ``自评报告的盖章件``."""
    return _("{document}的盖章件").format(document=document_word(issued.kind))


def scan_piece(issued: IssuedDocument) -> Evidence:
    """The scan as a piece that the viewer and the writers of copies take; it is never stored as one."""
    return Evidence(
        id=issued.id,
        enterprise=issued.enterprise,
        title=scan_title(issued),
        file_name=issued.scan_name,
        media_type=issued.scan_type,
        size=issued.scan_size,
        sha256=issued.scan_sha256,
        sm3=issued.scan_sm3,
        dated=issued.scanned_on,
    )


def with_scan(issued: IssuedDocument, path: Path, stored: StoredFile, on: date) -> IssuedDocument:
    """The entry with what a scan's file tells: name, media type, size, digests, and the day."""
    return replace(
        issued,
        scan_sha256=stored.sha256,
        scan_sm3=stored.sm3,
        scan_name=path.name,
        scan_type=media_type(path),
        scan_size=stored.size,
        scanned_on=on,
    )


def without_scan(issued: IssuedDocument) -> IssuedDocument:
    """The entry without a scan."""
    return replace(
        issued, scan_sha256="", scan_sm3="", scan_name="", scan_type="", scan_size=0, scanned_on=None
    )


class IssuedRegister(Register[IssuedDocument]):
    """The register of issued documents, with the scans in it.

    A scan gets there in two steps: ``Cabinet.store_file`` reads it, in any thread, and the entry is put back
    as ``with_scan`` makes it. What is put back without it leaves the content until the vault is closed.
    """

    def scans(self) -> tuple[Evidence, ...]:
        """Every scan that is in the vault, as ``scan_piece`` makes it."""
        return tuple(scan_piece(issued) for issued in self if issued.sealed)

    def read(self, issued_id: str) -> Iterator[bytes]:
        """The content of a scan, in chunks.

        Raises:
            UnknownRecord: There is no such entry, or it has no scan.
            VaultDamaged: The content is not what was stored.
        """
        issued = self.get(issued_id)
        if not issued.sealed:
            raise UnknownRecord(self.kind.name, issued_id)
        return self._vault.read_file(issued.scan_sha256)
