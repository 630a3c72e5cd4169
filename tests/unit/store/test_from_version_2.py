"""A vault of version 2 opens, keeps all it has, and takes what version 3 brings; before that it is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from unit.store.conftest import make_old

from tsguard.domain.answers import Assessment
from tsguard.domain.dossier import Clearance, IssuedDocument
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.rectification import Rectification
from tsguard.store import damage, salvage, specimen
from tsguard.store.driver import PAGE_SIZE
from tsguard.store.kdf import KdfProfile
from tsguard.store.migrations import MIGRATIONS
from tsguard.store.salvage import StandIn
from tsguard.store.vault import Vault
from tsguard.store.writer import Writer


@pytest.fixture
def version_2(tmp_path: Path, assessment: Assessment) -> Path:
    def more(writer: Writer) -> None:
        writer.put_form_value(FormValue("a1", "revenue", "12.50"))
        writer.put_evidence(Evidence(id="E-01", enterprise="e1", title="纸质", paper_at="柜"))

    return make_old(tmp_path / "old.tsg", 2, assessment, more)


def test_it_is_migrated_and_whole(version_2: Path, reopen: Callable[[Path], Vault]) -> None:
    vault = reopen(version_2)
    try:
        assert vault.info().format_version == len(MIGRATIONS)
        assert vault.form_values("a1") == (FormValue("a1", "revenue", "12.50"),)
        assert (vault.rectifications("e1"), vault.issued_documents("e1"), vault.clearances("e1")) == ((),) * 3
        assert vault.verify_journal() == 5
        with vault.write() as writer:
            writer.put_rectification(Rectification(id="R-0001", enterprise="e1"))
            writer.put_issued_document(
                IssuedDocument(id="D-0001", enterprise="e1", assessment="a1", sha256="d" * 64)
            )
            writer.put_clearance(Clearance(id="C-0001", enterprise="e1", key="c" * 64))
        assert vault.verify_journal() == 8
        info = vault.info()
        assert (info.rectifications, info.issued_documents, info.clearances) == (1, 1, 1)
    finally:
        vault.close()


def test_examined_before_it_is_migrated_it_misses_nothing(
    version_2: Path, passphrase: str, profiles: dict[int, KdfProfile], assessment: Assessment
) -> None:
    """Tables that came later are no loss, neither in a sound vault nor in one with a torn journal."""
    with specimen.taken(version_2) as copy:
        key = damage.key_for(copy, passphrase, profiles)
        with damage.opened(copy, key, lambda _done, _total: None) as (found, remains):
            assert found.sound
            assert not remains.incomplete
            (page,) = remains.pages.trees["journal"].leaves[-1:]
    content = bytearray(version_2.read_bytes())
    content[(page - 1) * PAGE_SIZE + 99] ^= 1
    version_2.write_bytes(content)
    with (
        specimen.taken(version_2) as copy,
        damage.opened(copy, key, lambda _done, _total: None) as (found, remains),
    ):
        assert not found.sound
        assert not set(remains.incomplete) & {"rectification", "issued_document", "clearance"}
        plan = salvage.plan(remains, StandIn(lambda _modules: "", ""))
    assert ("evidence", "e1/E-01") in {(each.kind, each.key) for each in plan.records}
