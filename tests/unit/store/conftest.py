"""Real encrypted vaults with a key derivation that costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.basis import Article, Citation, Source, SourceKind, SourceStatus
from tsguard.domain.checklist import Checklist, Item, Measure, Module, ModuleKind, Section
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.programme import Band, Programme, Unit
from tsguard.domain.scales import Critical, Verdict
from tsguard.store import driver, header, kdf, migrations
from tsguard.store.journal import Journal, timestamp, utc_now
from tsguard.store.kdf import KdfProfile
from tsguard.store.migrations import MIGRATIONS
from tsguard.store.vault import Vault
from tsguard.store.writer import Writer

CHEAP = {200: KdfProfile(memory=8, iterations=1, lanes=1)}
"""No program but the tests' knows number 200, so such a vault never passes for a real one."""

PASSPHRASE = "correct horse 商业秘密"

NOW = datetime(2026, 11, 23, 4, 5, 6, 789000, tzinfo=UTC)


def frozen_clock() -> datetime:
    return NOW


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return frozen_clock


@pytest.fixture
def profiles() -> dict[int, KdfProfile]:
    return CHEAP


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def make() -> Callable[[Path], Vault]:
    def create(path: Path) -> Vault:
        return Vault.create(path, PASSPHRASE, who="tester", clock=frozen_clock, profiles=CHEAP)

    return create


@pytest.fixture
def reopen() -> Callable[[Path], Vault]:
    def opened(path: Path) -> Vault:
        return Vault.open(path, PASSPHRASE, who="tester", clock=frozen_clock, profiles=CHEAP)

    return opened


@pytest.fixture
def vault(tmp_path: Path, make: Callable[[Path], Vault]) -> Iterator[Vault]:
    """An empty open vault."""
    opened = make(tmp_path / "vault.tsg")
    yield opened
    opened.close()


@pytest.fixture
def filled(vault: Vault, assessment: Assessment) -> Vault:
    """A vault with one enterprise, one assessment and one answer."""
    with vault.write() as writer:
        writer.put_enterprise(Enterprise(id="e1", name="珠海某某科技有限公司"))
        writer.put_assessment(assessment)
        writer.put_answer("a1", Answer(item="ORG-01", verdict=Verdict.MET))
    return vault


@pytest.fixture
def closed(tmp_path: Path, make: Callable[[Path], Vault], assessment: Assessment) -> Path:
    """The file of a closed vault with some pages of content."""
    path = tmp_path / "closed.tsg"
    vault = make(path)
    with vault.write() as writer:
        writer.put_enterprise(Enterprise(id="e1", name="珠海某某科技有限公司"))
        writer.put_assessment(assessment)
        for number in range(200):
            writer.put_answer("a1", Answer(item=f"ORG-{number:02}", verdict=Verdict.MET, note="n" * 300))
    vault.close()
    return path


@pytest.fixture
def checklist() -> Checklist:
    item = Item(
        id="ORG-01",
        text="有保密制度",
        why="否则无从证明",
        how=("写", "发", "签"),
        evidence=("制度",),
        basis=(Citation("法释7", "6(2)"),),
        weight=5,
        critical=Critical.VETO,
        critical_why="基础",
        partial="有而未发布",
        small="一页纸也可",
        measure=Measure.RULES_AND_TRAINING,
        may_not_apply=False,
        not_applicable_when="",
        check="",
    )
    module = Module(
        id="core",
        kind=ModuleKind.CORE,
        title="通用",
        version="2026.11",
        origin="test",
        sha256="0" * 64,
        shipped=True,
        sections=(Section("ORG", "组织", "组织", "core", (item,)),),
        retired=(("ORG-00", "ORG-01"),),
    )
    source = Source(
        id="法释7",
        title="规定",
        number="法释〔2020〕7号",
        issuer="最高人民法院",
        issued="2020-09-10",
        in_force="2020-09-12",
        replaces="",
        kind=SourceKind.INTERPRETATION,
        binds="法院",
        status=SourceStatus.SEEN,
        checked_on=date(2026, 11, 1),
        note="",
        text="",
        articles=(Article("6(2)", "制度、培训", SourceStatus.SEEN),),
    )
    return Checklist((module,), (source,), "2026.11", "1" * 64)


@pytest.fixture
def programme() -> Programme:
    return Programme(
        id="sample",
        title="示例方案，非官方",
        version="2026.11",
        official=False,
        disclaimer="非官方",
        sha256="2" * 64,
        shipped=True,
        units=(Unit("u1", "组织", 100, ("ORG",)),),
        bands=(Band("good", "良好", 80), Band("low", "待加强", 0)),
        not_met_cap="low",
        partly_cap="good",
    )


@pytest.fixture
def assessment(checklist: Checklist, programme: Programme) -> Assessment:
    return Assessment(
        id="a1",
        enterprise="e1",
        title="2026年度自评",
        baseline=date(2026, 11, 1),
        started=date(2026, 11, 23),
        modules=("XIC", "overseas"),
        checklist=checklist,
        programme=programme,
    )


def make_old(
    path: Path, version: int, assessment: Assessment, more: Callable[[Writer], None] = lambda _writer: None
) -> Path:
    """A vault made by the first migrations alone, filled as the program of that time did."""
    salt = header.fresh(max(CHEAP))
    key = kdf.derive(PASSPHRASE, salt.salt, CHEAP[salt.profile])
    database = driver.connect(path, key, salt.salt, path)
    driver.prepare(database)
    at = timestamp(utc_now)
    migrations.migrate(database, at, MIGRATIONS[:version])
    with database.transaction():
        for name, value in (("format", "1"), ("created_at", at)):
            database.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (name, value))
    with database.transaction():
        writer = Writer(database, Journal(database, "tester", utc_now))
        writer.put_enterprise(Enterprise(id="e1", name="珠海某某科技有限公司"))
        writer.put_assessment(assessment)
        writer.put_answer("a1", Answer(item="ORG-01", verdict=Verdict.MET))
        more(writer)
    assert migrations.version(database) == version
    assert ("form_values" in database.tables()) == (version > 1)
    driver.checkpoint(database)
    database.close()
    return path
