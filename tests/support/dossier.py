"""A rectification task, a clearance, and what was issued with its scan, for a session's registers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import Clearance, DocumentKind, IssuedDocument
from tsguard.domain.rectification import Rectification
from tsguard.services.issued import with_scan, without_scan
from tsguard.services.session import Session
from tsguard.store.telling import Cancel, Progress, never, silent

TASK = Rectification(
    item="HRM-05", problem="协议没有签全", measures="补签\n每月核对", department="人力资源部"
)
CLEARANCE = Clearance(
    key="c1" * 32,
    kind=DocumentKind.APPLICATION,
    source="secret_point/SP-0001/name",
    quote="……二十四节气……",
    page=3,
    reason="是节气，不是代号",
    cleared_on=date(2026, 11, 23),
)


def document(session: Session, **changes: object) -> IssuedDocument:
    """An entry for the assessment at hand."""
    assert session.assessment is not None
    made = IssuedDocument(
        assessment=session.assessment.id,
        kind=DocumentKind.REPORT,
        level=Level.SUBMISSION,
        number="2026-0001",
        dated=date(2026, 11, 23),
        issued_at="2026-11-23T04:05:06.789Z",
        file_name="珠海𬭎㵘䶮𠮷-自评报告.pdf",
        pages=12,
        size=345_678,
        sha256="a1" * 32,
        journal_head=session.file.journal_head,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def attach_scan(
    session: Session, issued_id: str, path: Path, progress: Progress = silent, cancelled: Cancel = never
) -> IssuedDocument:
    """Store a scan and bind it to an entry, as the window does; the entry as stored."""
    stored = session.cabinet.store_file(path, progress, cancelled)
    session.issued.put(with_scan(session.issued.get(issued_id), path, stored, session.today))
    return session.issued.get(issued_id)


def detach_scan(session: Session, issued_id: str) -> IssuedDocument:
    """Take a scan out of an entry; the entry as it was."""
    before = session.issued.get(issued_id)
    session.issued.put(without_scan(before))
    return before
