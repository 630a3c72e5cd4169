"""Figures about an open vault. It must not change anything."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tsguard.store import migrations, records
from tsguard.store.driver import Database
from tsguard.store.header import Header
from tsguard.store.journal import Journal


@dataclass(frozen=True, slots=True)
class VaultInfo:
    """Figures about a vault.

    Attributes:
        path: The file.
        size: Its length in bytes, with what waits in its ``-wal`` file.
        format_version: Number of the last migration.
        kdf_profile: Number of the key profile, 1 to 255.
        created_at: UTC, as the journal writes it.
        enterprises: How many.
        assessments: How many.
        answers: How many.
        evidence: How many.
        secret_points: How many.
        rectifications: How many.
        issued_documents: How many.
        clearances: How many.
        journal_entries: How many.
        journal_head: Hash of the newest entry, 64 hexadecimal digits.
    """

    path: Path
    size: int
    format_version: int
    kdf_profile: int
    created_at: str
    enterprises: int
    assessments: int
    answers: int
    evidence: int
    secret_points: int
    rectifications: int
    issued_documents: int
    clearances: int
    journal_entries: int
    journal_head: str


def gather(path: Path, size: int, header: Header, database: Database, journal: Journal) -> VaultInfo:
    """The figures as they are now.

    Raises:
        StorageError: The vault can't be read.
    """
    counts = {table.name: database.count(table.name) for table in records.TABLES}
    return VaultInfo(
        path=path,
        size=size,
        format_version=migrations.version(database),
        kdf_profile=header.profile,
        created_at=str(database.value("SELECT value FROM meta WHERE name = 'created_at'")),
        enterprises=counts["enterprises"],
        assessments=counts["assessments"],
        answers=counts["answers"],
        evidence=counts["evidence"],
        secret_points=counts["secret_points"],
        rectifications=counts["rectifications"],
        issued_documents=counts["issued_documents"],
        clearances=counts["clearances"],
        journal_entries=journal.length,
        journal_head=journal.head,
    )
