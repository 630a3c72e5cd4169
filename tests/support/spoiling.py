"""A small vault with the truth about it, to be damaged."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tsguard.domain.answers import Answer
from tsguard.domain.codec import to_json
from tsguard.domain.dossier import Clearance, IssuedDocument
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.store import damage, specimen
from tsguard.store.driver import PAGE_SIZE
from tsguard.store.remains import Key, Origin
from tsguard.store.salvage import StandIn
from tsguard.store.secret import RawKey
from tsguard.store.vault import Vault

LARGE = 3 * 1024 * 1024 + 17


@dataclass
class Ground:
    """A vault and the truth about it."""

    path: Path
    key: RawKey
    truth: dict[Key, dict]
    stand_in: StandIn
    texts: tuple[str, ...]


@pytest.fixture
def ground(tmp_path, make, assessment, programme) -> Ground:
    path = tmp_path / "企业.tsg"
    vault = make(path)
    with vault.write() as writer:
        writer.put_enterprise(Enterprise(id="e1", name="珠海𬭎㵘䶮𠮷公司"))
        writer.put_assessment(assessment)
        writer.put_setting("place", "checklist:HRM-05")
    for number in range(60):
        with vault.write() as writer:
            writer.put_answer("a1", Answer(f"ORG-{number:02}", Verdict.MET, note=f"第{number}条" * 30))
    with vault.write() as writer:
        for number in range(0, 60, 3):
            writer.put_answer("a1", Answer(f"ORG-{number:02}", Verdict.PARTLY, note="改过" * 40))
        writer.remove_answer("a1", "ORG-07")
        writer.put_form_value(FormValue("a1", "name", "x" * 3000))
    for number, content in enumerate((b"small", b"large" * 20_000), 1):
        source = tmp_path / f"{number}.bin"
        source.write_bytes(content)
        stored = vault.store_file(source, limit=LARGE)
        with vault.write() as writer:
            given = writer.new_number("evidence", "e1")
            writer.put_evidence(
                Evidence(
                    id=f"E-{given:02}",
                    enterprise="e1",
                    title=f"佐证{number}",
                    items=("ORG-01", "ORG-02"),
                    file_name="x.bin",
                    size=stored.size,
                    sha256=stored.sha256,
                    sm3=stored.sm3,
                )
            )
            writer.put_secret_point(SecretPoint(id=f"S-{number:02}", enterprise="e1", name=f"配方{number}"))
    with vault.write() as writer:
        writer.remove_secret_point("e1", "S-02")
    _issue(vault, tmp_path)
    key = vault.file.raw_key()
    vault.close()
    with specimen.taken(path) as copy, damage.opened(copy, key, silent) as (found, remains):
        assert found.sound, found
        truth = {each: record.state for each, record in remains.records.items()}
        texts = tuple(remains.frozen.values())
        assert all(record.origin is Origin.TABLE for record in remains.records.values())
    empty = to_json({"modules": [], "sources": [], "library_version": "", "library_sha256": ""}).decode()
    return Ground(
        path, key, truth, StandIn(lambda _modules: empty, to_json(programme).decode(), "丢失"), texts
    )


def _issue(vault: Vault, folder: Path) -> None:
    """Tasks, an issued document with the scan of its sealed page and one without, and a clearance."""
    source = folder / "盖章页.pdf"
    source.write_bytes(b"sealed" * 1_500)
    scan = vault.store_file(source, limit=LARGE)
    with vault.write() as writer:
        for number in (1, 2):
            writer.new_number("rectification", "e1")
            task = Rectification(id=f"R-{number:04}", enterprise="e1", item="ORG-01", measures="补" * 700)
            writer.put_rectification(task)
            writer.new_number("issued_document", "e1")
            issued = IssuedDocument(
                id=f"D-{number:04}", enterprise="e1", assessment="a1", sha256=f"{number}" * 64, size=9
            )
            if number == 1:
                issued = replace(
                    issued,
                    scan_sha256=scan.sha256,
                    scan_sm3=scan.sm3,
                    scan_size=scan.size,
                    scan_name=source.name,
                )
            writer.put_issued_document(issued)
        writer.put_clearance(Clearance(id="C-0001", enterprise="e1", key="c" * 64, quote="引" * 900))


def silent(_done: int, _total: int) -> None:
    pass


def spoil(path: Path, *pages: int) -> Path:
    spoilt = path.with_name("坏.tsg")
    shutil.copyfile(path, spoilt)
    with spoilt.open("r+b") as file:
        for page in pages:
            # Elsewhere on each: content, vector or checksum; the header stays.
            file.seek((page - 1) * PAGE_SIZE + 16 + page * 577 % (PAGE_SIZE - 16))
            byte = file.read(1)
            file.seek(-1, 1)
            file.write(bytes([byte[0] ^ 0x55]))
    return spoilt
