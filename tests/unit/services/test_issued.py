"""The scan of a sealed page: taken in, looked at, copied out, swept away, and never on the disk by itself."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.dossier import attach_scan, detach_scan, document
from support.vaults import PASSPHRASE, QUICK, TODAY, new_session, reopened

from tsguard.domain.evidence import Evidence
from tsguard.errors import (
    Cancelled,
    EvidenceEmpty,
    EvidenceTooLarge,
    UnknownRecord,
    Unreadable,
    VaultDamaged,
)
from tsguard.services import evidence_copies, evidence_view, restore
from tsguard.services.cabinet import filed
from tsguard.services.evidence_check import FaultKind, FileFault, verify_files
from tsguard.services.issued import scan_piece
from tsguard.services.session import Session

PNG = b"\x89PNG\r\n\x1a\n" + b"seal" * 400_000


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """With one issued document."""
    made = new_session(tmp_path / "库")
    made.issued.add(document(made))
    yield made
    if not made.closed:
        made.close()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "盖章页 𬭎㵘䶮𠮷.png"
    path.write_bytes(PNG)
    return path


def files(session: Session) -> int:
    with session._vault._access() as database:
        return int(database.count("files"))


def test_it_is_bound_to_what_was_sealed_and_stays(session: Session, scan: Path) -> None:
    told: list[tuple[int, int]] = []
    sealed = attach_scan(session, "D-0001", scan, progress=lambda *done: told.append(done))
    assert sealed.sealed
    assert (sealed.scan_name, sealed.scan_type, sealed.scan_size) == (scan.name, "image/png", len(PNG))
    assert (sealed.scan_sha256, sealed.scanned_on) == (hashlib.sha256(PNG).hexdigest(), TODAY)
    assert sealed.sha256 == document(session).sha256
    assert told[-1] == (len(PNG), len(PNG))
    scan.unlink()
    session = reopened(session)
    assert session.issued.get("D-0001") == sealed
    assert b"".join(session.issued.read("D-0001")) == PNG
    session.close()


def test_what_the_history_says(session: Session, scan: Path, tmp_path: Path) -> None:
    attach_scan(session, "D-0001", scan)
    other = tmp_path / "重扫.png"
    other.write_bytes(PNG + b"2")
    attach_scan(session, "D-0001", other)
    detach_scan(session, "D-0001")
    lines = list(session.history.all())[:3]
    assert [line.text for line in lines] == [
        "取出了D-0001的盖章件",
        "换了D-0001的盖章件",
        "存入了D-0001的盖章件",
    ]
    assert lines[1].changes[0].before.startswith("盖章页 𬭎㵘䶮𠮷.png（2MB，摘要")


def test_it_is_shown_and_copied_out_like_evidence(session: Session, scan: Path, tmp_path: Path) -> None:
    piece = scan_piece(attach_scan(session, "D-0001", scan))
    shown = evidence_view.load(session.issued, piece)
    assert (shown.look, shown.data) == (evidence_view.Look.PICTURE, PNG)
    out = tmp_path / "取出"
    out.mkdir()
    copied = evidence_copies.write_copy(session.issued, piece, out / evidence_copies.saved_name(piece))
    assert copied.name == "D-0001_自评报告的盖章件.png"
    assert copied.read_bytes() == PNG
    assert evidence_copies.may_open(piece)


def test_nothing_of_it_lies_in_clear(session: Session, scan: Path, tmp_path: Path) -> None:
    attach_scan(session, "D-0001", scan)
    evidence_view.load(session.issued, scan_piece(session.issued.get("D-0001")))
    session.close()
    scan.unlink()
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or b"sealseal" not in path.read_bytes()


def test_taken_out_it_can_be_put_back_until_the_vault_is_closed(session: Session, scan: Path) -> None:
    sealed = attach_scan(session, "D-0001", scan)
    assert detach_scan(session, "D-0001") == sealed
    assert not session.issued.get("D-0001").sealed
    with pytest.raises(UnknownRecord):
        session.issued.read("D-0001")
    session.issued.put(sealed)
    assert b"".join(session.issued.read("D-0001")) == PNG
    detach_scan(session, "D-0001")
    assert files(session) == 1
    session = reopened(session)
    assert files(session) == 0
    with pytest.raises(UnknownRecord):
        session.issued.put(sealed)
    assert not session.issued.get("D-0001").sealed
    session.close()


def test_one_content_for_evidence_and_scan_is_kept_once_and_as_long_as_one_names_it(
    session: Session, scan: Path
) -> None:
    piece = session.cabinet.add(filed(Evidence(title="同一页"), scan, session.cabinet.store_file(scan)))
    attach_scan(session, "D-0001", scan)
    assert files(session) == 1
    session.cabinet.remove(piece.id)
    session = reopened(session)
    assert b"".join(session.issued.read("D-0001")) == PNG
    session.close()


def test_what_can_not_be_taken_in_changes_nothing(session: Session, scan: Path, tmp_path: Path) -> None:
    before, entries = session.issued.get("D-0001"), session.file.journal_length
    empty = tmp_path / "空.pdf"
    empty.touch()
    session.cabinet.set_limit(1_000_000)
    for path, kind in (
        (scan, EvidenceTooLarge),
        (empty, EvidenceEmpty),
        (tmp_path, Unreadable),
        (tmp_path / "没有.pdf", Unreadable),
        (session.path, Unreadable),
    ):
        with pytest.raises(kind):
            attach_scan(session, "D-0001", path)
    assert session.issued.get("D-0001") == before
    assert files(session) == 0
    assert session.file.journal_length == entries + 1  # the limit


def test_stopped_nothing_is_kept(session: Session, scan: Path) -> None:
    with pytest.raises(Cancelled):
        attach_scan(session, "D-0001", scan, cancelled=lambda: True)
    assert (files(session), session.issued.get("D-0001").sealed) == (0, False)


def test_a_note_written_while_a_scan_is_read_is_kept(session: Session, scan: Path) -> None:
    def write(_done: int, _total: int) -> None:
        session.issued.put(replace(session.issued.get("D-0001"), note="已送达"))

    attach_scan(session, "D-0001", scan, progress=write)
    assert (session.issued.get("D-0001").note, session.issued.get("D-0001").sealed) == ("已送达", True)


def test_the_check_of_all_files_reads_scans_too(session: Session, scan: Path, tmp_path: Path) -> None:
    paper = tmp_path / "佐证.bin"
    paper.write_bytes(os.urandom(3_000))
    session.cabinet.add(filed(Evidence(title="一件"), paper, session.cabinet.store_file(paper)))
    attach_scan(session, "D-0001", scan)
    told: list[tuple[int, int]] = []
    assert verify_files(session.cabinet, session.issued, lambda *done: told.append(done)) == ()
    assert told[-1] == (len(PNG) + 3_000,) * 2
    digest = session.issued.get("D-0001").scan_sha256
    with session._vault._access() as database, database.transaction():
        database.execute(
            "UPDATE file_chunks SET content = zeroblob(length(content)) "
            "WHERE number = 1 AND file = (SELECT id FROM files WHERE sha256 = ?)",
            (digest,),
        )
    assert verify_files(session.cabinet, session.issued) == (
        FileFault("D-0001", "自评报告的盖章件", FaultKind.ALTERED),
    )
    with pytest.raises(VaultDamaged):
        b"".join(session.issued.read("D-0001"))


def test_a_scan_taken_out_while_all_are_checked_is_no_fault(
    session: Session, scan: Path, tmp_path: Path
) -> None:
    other = tmp_path / "第二份.bin"
    other.write_bytes(os.urandom(5_000))
    session.issued.add(document(session))
    attach_scan(session, "D-0001", scan)
    attach_scan(session, "D-0002", other)
    assert verify_files(session.cabinet, session.issued, lambda *_done: _take_out(session, "D-0002")) == ()
    assert not session.issued.get("D-0002").sealed
    attach_scan(session, "D-0002", other)

    def replace_it(_done: int, _total: int) -> None:
        if session.issued.get("D-0002").scan_name == other.name:
            attach_scan(session, "D-0002", scan)

    assert verify_files(session.cabinet, session.issued, replace_it) == ()
    assert session.issued.get("D-0002").scan_size == len(PNG)


def _take_out(session: Session, issued_id: str) -> None:
    if session.issued.get(issued_id).sealed:
        detach_scan(session, issued_id)


def test_a_copy_of_the_vault_brings_it_along(session: Session, scan: Path, tmp_path: Path) -> None:
    attach_scan(session, "D-0001", scan)
    facts = session.file.copy_to(tmp_path / "副本.tsg")
    assert dict(facts.counts)["issued_document"] == 1
    restored = tmp_path / "恢复.tsg"
    restore.restore_to(tmp_path / "副本.tsg", PASSPHRASE, restored, profiles=QUICK)
    again = Session.open(restored, PASSPHRASE, profiles=QUICK)
    assert b"".join(again.issued.read("D-0001")) == PNG
    again.close()
