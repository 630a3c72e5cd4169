"""A vault of version 2 opens, keeps all it has, and takes what version 3 brings; before that it is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.dossier import Clearance, IssuedDocument
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Verdict
from tsguard.store import damage, driver, header, kdf, migrations, salvage, specimen
from tsguard.store.driver import PAGE_SIZE
from tsguard.store.journal import Journal, timestamp, utc_now
from tsguard.store.kdf import KdfProfile
from tsguard.store.migrations import MIGRATIONS
from tsguard.store.salvage import StandIn
from tsguard.store.vault import Vault
from tsguard.store.writer import Writer


@pytest.fixture
def version_2(
    tmp_path: Path, passphrase: str, profiles: dict[int, KdfProfile], assessment: Assessment
) -> Path:
    """A vault made by the first two migrations alone, filled as the program of that time did."""
    path = tmp_path / "old.tsg"
    salt = header.fresh(max(profiles))
    database = driver.connect(
        path, kdf.derive(passphrase, salt.salt, profiles[salt.profile]), salt.salt, path
    )
    driver.prepare(database)
    at = timestamp(utc_now)
    migrations.migrate(database, at, MIGRATIONS[:2])
    with database.transaction():
        for name, value in (("format", "1"), ("created_at", at)):
            database.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (name, value))
    with database.transaction():
        writer = Writer(database, Journal(database, "tester", utc_now))
        writer.put_enterprise(Enterprise(id="e1", name="珠海某某科技有限公司"))
        writer.put_assessment(assessment)
        writer.put_answer("a1", Answer(item="ORG-01", verdict=Verdict.MET))
        writer.put_form_value(FormValue("a1", "revenue", "12.50"))
        writer.put_evidence(Evidence(id="E-01", enterprise="e1", title="纸质", paper_at="柜"))
    assert migrations.version(database) == 2
    driver.checkpoint(database)
    database.close()
    return path


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
