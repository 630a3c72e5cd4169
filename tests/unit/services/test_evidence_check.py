"""Every stored file is compared with its record, and what does not match is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.vaults import new_session

from tsguard.domain.evidence import Evidence
from tsguard.errors import Cancelled, VaultClosed
from tsguard.services.cabinet import filed
from tsguard.services.evidence_check import FaultKind, FileFault, fault_words, verify_files
from tsguard.services.session import Session

CONTENTS = (b"eins" * 400_000, b"zwei", b"drei", b"eins" * 400_000)


@pytest.fixture
def session(tmp_path: Path):
    made = new_session(tmp_path / "v", choose=False)
    for number, content in enumerate(CONTENTS, 1):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(content)
        made.cabinet.add(filed(Evidence(title=f"第{number}件"), path, made.cabinet.store_file(path)))
    made.cabinet.add(Evidence(title="纸质", paper_at="柜"))
    yield made
    if not made.closed:
        made.close()


def forge(session: Session, sql: str, *values: object) -> None:
    with session._vault._access() as database, database.transaction():
        database.execute("PRAGMA defer_foreign_keys = ON")
        database.execute(sql, values)


def test_all_is_well_and_shared_content_is_read_once(session) -> None:
    told: list[tuple[int, int]] = []
    assert verify_files(session.cabinet, session.issued, lambda *done: told.append(done)) == ()
    total = len(CONTENTS[0]) + len(CONTENTS[1]) + len(CONTENTS[2])
    assert told[-1] == (total, total)
    assert told == sorted(told)


def test_other_content_is_found_in_each_piece_that_shares_it(session) -> None:
    sha256 = session.cabinet.get("E-01").sha256
    forge(
        session,
        "UPDATE file_chunks SET content = zeroblob(length(content)) "
        "WHERE number = 1 AND file = (SELECT id FROM files WHERE sha256 = ?)",
        sha256,
    )
    assert verify_files(session.cabinet, session.issued) == (
        FileFault("E-01", "第1件", FaultKind.ALTERED),
        FileFault("E-04", "第4件", FaultKind.ALTERED),
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE files SET sm3 = ? WHERE sha256 = ?",
        "UPDATE files SET size = length(?) WHERE sha256 = ?",
    ],
)
def test_the_other_digest_and_the_size_count_too(session, sql) -> None:
    forge(session, sql, "0" * 64, session.cabinet.get("E-02").sha256)
    assert [(fault.evidence, fault.kind) for fault in verify_files(session.cabinet, session.issued)] == [
        ("E-02", FaultKind.ALTERED)
    ]


def test_a_chunk_that_is_gone_is_found(session) -> None:
    sha256 = session.cabinet.get("E-03").sha256
    forge(session, "DELETE FROM file_chunks WHERE file = (SELECT id FROM files WHERE sha256 = ?)", sha256)
    assert [fault.evidence for fault in verify_files(session.cabinet, session.issued)] == ["E-03"]


def test_a_file_that_is_gone_is_found(session) -> None:
    piece = session.cabinet.get("E-03")
    session.cabinet._records["E-03"] = replace(piece, sha256="f" * 64)
    (fault,) = verify_files(session.cabinet, session.issued)
    assert fault == FileFault("E-03", "第3件", FaultKind.MISSING)


def test_a_record_that_says_otherwise_is_found(session) -> None:
    piece = session.cabinet.get("E-04")
    session.cabinet._records["E-04"] = replace(piece, sm3="0" * 64)
    assert [fault.evidence for fault in verify_files(session.cabinet, session.issued)] == ["E-04"]


def test_stopping_and_locking(session) -> None:
    with pytest.raises(Cancelled):
        verify_files(session.cabinet, session.issued, cancelled=lambda: True)

    def lock(_done: int, _total: int) -> None:
        session.close()

    with pytest.raises((VaultClosed, Cancelled)):
        verify_files(session.cabinet, session.issued, lock)


@pytest.mark.parametrize("kind", FaultKind)
def test_every_kind_is_said_with_its_number(kind) -> None:
    said = fault_words(FileFault("E-07", "名称", kind))
    assert said.startswith("E-07")
    assert said.endswith("。")
