"""Every kind of record comes back as it was put, and the tables agree with the values of today."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tsguard.domain.answers import Answer
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import Clearance, DocumentKind, Format, IssuedDocument
from tsguard.domain.enterprise import District, Enterprise, Size
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.rectification import Recheck, Rectification, RectificationSource
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import Category, Origin, SecretPoint
from tsguard.errors import InvalidField, UnknownRecord, VaultDamaged
from tsguard.store import records, schema
from tsguard.store.vault import Vault

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        "",
        "\0",
        "null",
        "None",
        "'; DROP TABLE answers; --",
        "𬭎㵘䶮𠮷",
        "\u3000 全角 ",
        "true",
        "0",
        "1e3",
        "2026-01-01",
    ]
)
COUNT = st.none() | st.integers(0, 2**63 - 1)
DAY = st.none() | st.dates()

ENTERPRISES = st.builds(
    Enterprise,
    id=st.just("e1"),
    **{field.name: TEXT for field in fields(Enterprise) if field.type == "str" and field.name != "id"},
    district=st.sampled_from(District),
    founded_on=DAY,
    size=st.sampled_from(Size),
    staff=COUNT,
    rd_staff=COUNT,
    secret_staff=COUNT,
    secrecy_staff=COUNT,
    sample=st.booleans(),
)
ANSWERS = st.builds(
    Answer,
    item=TEXT,
    verdict=st.none() | st.sampled_from(Verdict),
    note=TEXT,
    reason=TEXT,
    ask_again=DAY,
    ask_whom=TEXT,
    flagged=st.booleans(),
)
EVIDENCE = st.builds(
    Evidence,
    id=TEXT,
    enterprise=st.just("e1"),
    title=TEXT,
    items=st.lists(TEXT, max_size=4).map(tuple),
    file_name=TEXT,
    media_type=TEXT,
    size=st.integers(0, 2**63 - 1),
    sha256=st.just(""),
    sm3=TEXT,
    dated=DAY,
    expires=DAY,
    pages=COUNT,
    tier=st.none() | st.sampled_from(Tier),
    redacted=st.booleans(),
    paper_at=TEXT,
)
SECRET_POINTS = st.builds(
    SecretPoint,
    id=TEXT,
    enterprise=st.just("e1"),
    name=TEXT,
    category=st.sampled_from(Category),
    kind=TEXT,
    tier=st.sampled_from(Tier),
    origin=st.sampled_from(Origin),
    formed_on=DAY,
    location=TEXT,
    holders=COUNT,
    review_on=DAY,
    note=TEXT,
)
DIGEST = st.text("0123456789abcdef", min_size=64, max_size=64)
RECTIFICATIONS = st.builds(
    Rectification,
    enterprise=st.just("e1"),
    **{
        field.name: TEXT
        for field in fields(Rectification)
        if field.type == "str" and field.name != "enterprise"
    },
    source=st.sampled_from(RectificationSource),
    recheck=st.sampled_from(Recheck),
    due=DAY,
    done_on=DAY,
    checked_on=DAY,
    opened_on=DAY,
)
ISSUED = st.builds(
    IssuedDocument,
    id=TEXT,
    enterprise=st.just("e1"),
    assessment=st.just("a1"),
    kind=st.sampled_from(DocumentKind),
    level=st.sampled_from(Level),
    format=st.sampled_from(Format),
    number=TEXT,
    dated=DAY,
    issued_at=TEXT,
    file_name=TEXT,
    pages=st.integers(0, 2**63 - 1),
    size=st.integers(0, 2**63 - 1),
    sha256=DIGEST,
    journal_head=TEXT,
    signed=st.booleans(),
    locked=st.booleans(),
    scan_sha256=st.just(""),
    scan_sm3=TEXT,
    scan_name=TEXT,
    scan_type=TEXT,
    scan_size=st.integers(0, 2**63 - 1),
    scanned_on=DAY,
    note=TEXT,
)
CLEARANCES = st.builds(
    Clearance,
    id=TEXT,
    enterprise=st.just("e1"),
    key=DIGEST,
    kind=st.sampled_from(DocumentKind),
    source=TEXT,
    quote=TEXT,
    page=st.integers(0, 2**63 - 1),
    reason=TEXT,
    cleared_on=DAY,
)
ONE_VAULT_FOR_ALL = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_nothing_is_there_at_first(vault):
    assert vault.enterprises() == ()
    assert vault.assessments("e1") == ()
    assert vault.answers("a1") == {}
    assert vault.evidence("e1") == ()
    assert vault.secret_points("e1") == ()
    assert vault.form_values("a1") == ()
    assert vault.rectifications("e1") == ()
    assert vault.issued_documents("e1") == ()
    assert vault.clearances("e1") == ()
    assert vault.setting("s") is None
    assert vault.journal() == ()


@ONE_VAULT_FOR_ALL
@given(value=ENTERPRISES)
def test_enterprise(vault: Vault, value: Enterprise):
    with vault.write() as writer:
        writer.put_enterprise(value)
    assert vault.enterprises() == (value,)


@ONE_VAULT_FOR_ALL
@given(value=ANSWERS)
def test_answer(filled: Vault, value: Answer):
    with filled.write() as writer:
        writer.put_answer("a1", value)
    assert filled.answers("a1")[value.item] == value
    assert filled.answers("a2") == {}


@ONE_VAULT_FOR_ALL
@given(value=EVIDENCE)
def test_evidence(filled: Vault, value: Evidence):
    with filled.write() as writer:
        writer.put_evidence(value)
    assert value in filled.evidence("e1")
    assert filled.evidence("e2") == ()
    with filled.write() as writer:
        writer.remove_evidence("e1", value.id)
    assert filled.evidence("e1") == ()


@ONE_VAULT_FOR_ALL
@given(value=SECRET_POINTS)
def test_secret_point(filled: Vault, value: SecretPoint):
    with filled.write() as writer:
        writer.put_secret_point(value)
    assert value in filled.secret_points("e1")
    with filled.write() as writer:
        writer.remove_secret_point("e1", value.id)
    assert filled.secret_points("e1") == ()


@ONE_VAULT_FOR_ALL
@given(value=RECTIFICATIONS)
def test_rectification(filled: Vault, value: Rectification):
    with filled.write() as writer:
        writer.put_rectification(value)
    assert value in filled.rectifications("e1")
    assert filled.rectifications("e2") == ()
    with filled.write() as writer:
        writer.remove_rectification("e1", value.id)
    assert filled.rectifications("e1") == ()


@ONE_VAULT_FOR_ALL
@given(value=ISSUED)
def test_issued_document(filled: Vault, value: IssuedDocument):
    with filled.write() as writer:
        writer.put_issued_document(value)
    assert value in filled.issued_documents("e1")
    assert filled.issued_documents("e2") == ()
    with filled.write() as writer:
        writer.remove_issued_document("e1", value.id)
    assert filled.issued_documents("e1") == ()


@ONE_VAULT_FOR_ALL
@given(value=CLEARANCES)
def test_clearance(filled: Vault, value: Clearance):
    with filled.write() as writer:
        writer.put_clearance(value)
    assert value in filled.clearances("e1")
    assert filled.clearances("e2") == ()
    with filled.write() as writer:
        writer.remove_clearance("e1", value.id)
    assert filled.clearances("e1") == ()


@ONE_VAULT_FOR_ALL
@given(field=TEXT, value=TEXT.filter(bool))
def test_form_value(filled: Vault, field: str, value: str):
    stored = FormValue("a1", field, value)
    with filled.write() as writer:
        writer.put_form_value(stored)
    assert filled.form_values("a1") == (stored,)
    assert filled.form_values("a2") == ()
    with filled.write() as writer:
        writer.remove_form_value("a1", field)
    assert filled.form_values("a1") == ()


@ONE_VAULT_FOR_ALL
@given(name=TEXT, value=TEXT)
def test_setting(vault: Vault, name: str, value: str):
    with vault.write() as writer:
        writer.put_setting(name, value)
    assert vault.setting(name) == value


def test_all_of_it_outlives_closing(filled, reopen, assessment):
    before = filled.enterprises(), filled.assessments("e1"), filled.answers("a1"), filled.journal()
    assert before[1] == (assessment,)
    filled.close()
    again = reopen(filled.path)
    assert (again.enterprises(), again.assessments("e1"), again.answers("a1"), again.journal()) == before
    assert again.verify_journal() == 3
    again.close()


def test_assessments_are_oldest_first_and_share_frozen_texts(filled, assessment):
    older = replace(assessment, id="z", started=date(2025, 1, 1))
    same_day = replace(assessment, id="0")
    with filled.write() as writer:
        writer.put_assessment(same_day)
        writer.put_assessment(older)
    assert filled.assessments("e1") == (older, assessment, same_day)
    assert len({id(each.checklist) for each in filled.assessments("e1")}) == 1
    with filled._access() as database:
        assert database.value("SELECT count(*) FROM frozen_texts") == 2


def test_numbers_sort_as_numbers(filled):
    with filled.write() as writer:
        for number in (100, 9, 99, 10):
            writer.put_evidence(Evidence(id=f"E-{number:02}", enterprise="e1", title="t"))
            writer.put_secret_point(SecretPoint(id=f"SP-{number:02}", enterprise="e1", name="n"))
    assert [each.id for each in filled.evidence("e1")] == ["E-09", "E-10", "E-99", "E-100"]
    assert [each.id for each in filled.secret_points("e1")] == ["SP-09", "SP-10", "SP-99", "SP-100"]


DOCUMENT = IssuedDocument(id="D-0001", enterprise="e1", assessment="a1", sha256="d" * 64)


def test_unknown_parents(filled, assessment):
    missing = [
        ("enterprise", "e9", lambda w: w.put_assessment(replace(assessment, id="n", enterprise="e9"))),
        ("enterprise", "e9", lambda w: w.put_assessment(replace(assessment, enterprise="e9"))),
        ("assessment", "a9", lambda w: w.put_answer("a9", Answer(item="ORG-01"))),
        ("enterprise", "e9", lambda w: w.put_evidence(Evidence(id="E-01", enterprise="e9", title=""))),
        (
            "file",
            "f" * 64,
            lambda w: w.put_evidence(Evidence(id="E-01", enterprise="e1", title="", sha256="f" * 64)),
        ),
        ("enterprise", "e9", lambda w: w.put_secret_point(SecretPoint(id="S", enterprise="e9", name=""))),
        ("enterprise", "e9", lambda w: w.put_rectification(Rectification(id="R", enterprise="e9"))),
        ("enterprise", "e9", lambda w: w.put_clearance(Clearance(id="C", enterprise="e9", key="c" * 64))),
        ("enterprise", "e9", lambda w: w.put_issued_document(replace(DOCUMENT, enterprise="e9"))),
        ("assessment", "a9", lambda w: w.put_issued_document(replace(DOCUMENT, assessment="a9"))),
        ("file", "f" * 64, lambda w: w.put_issued_document(replace(DOCUMENT, scan_sha256="f" * 64))),
        ("enterprise", "e9", lambda w: w.new_number("evidence", "e9")),
    ]
    before = filled.journal()
    for kind, key, change in missing:
        with pytest.raises(UnknownRecord) as caught, filled.write() as writer:
            change(writer)
        assert (caught.value.kind, caught.value.key) == (kind, key)
    assert filled.journal() == before


def test_removing_what_is_not_there(filled):
    for change in (
        lambda w: w.remove_answer("a1", "ORG-99"),
        lambda w: w.remove_answer("a9", "ORG-01"),
        lambda w: w.remove_evidence("e1", "E-01"),
        lambda w: w.remove_secret_point("e1", "SP-0001"),
        lambda w: w.remove_rectification("e1", "R-0001"),
        lambda w: w.remove_issued_document("e1", "D-0001"),
        lambda w: w.remove_clearance("e1", "C-0001"),
    ):
        with pytest.raises(UnknownRecord), filled.write() as writer:
            change(writer)


def test_numbers_are_never_given_twice(filled, reopen):
    given_out = []
    for _ in range(3):
        with filled.write() as writer:
            number = writer.new_number("secret_point", "e1")
            writer.put_secret_point(SecretPoint(id=f"SP-{number:04}", enterprise="e1", name="n"))
        with filled.write() as writer:
            writer.remove_secret_point("e1", f"SP-{number:04}")
        given_out.append(number)
    filled.close()
    again = reopen(filled.path)
    with again.write() as writer:
        given_out.append(writer.new_number("secret_point", "e1"))
        assert writer.new_number("evidence", "e1") == 1
    assert given_out == [1, 2, 3, 4]
    again.close()


def test_half_a_surrogate_pair_is_refused(filled, assessment):
    for field, change in (
        ("note", lambda w: w.put_answer("a1", Answer(item="ORG-01", note="secret\udc00"))),
        (
            "items",
            lambda w: w.put_evidence(Evidence(id="E-01", enterprise="e1", title="", items=("\ud800",))),
        ),
        ("value", lambda w: w.put_setting("s", "\ud800")),
        ("title", lambda w: w.put_assessment(replace(assessment, title="\ud800"))),
        ("checklist", lambda w: w.put_assessment(replace(assessment, modules=("\ud800",)))),
    ):
        with pytest.raises(InvalidField) as caught, filled.write() as writer:
            change(writer)
        assert (caught.value.field, caught.value.rule) == (field, "unicode")
        assert "secret" not in str(caught.value)


def test_numbers_beyond_64_bits_are_refused(vault):
    with pytest.raises(InvalidField) as caught, vault.write() as writer:
        writer.put_enterprise(Enterprise(id="e1", staff=2**63))
    assert (caught.value.field, caught.value.rule) == ("staff", "range")


@pytest.mark.parametrize("table", records.TABLES, ids=lambda table: table.name)
def test_columns_are_the_fields(vault, table):
    with vault._access() as database:
        columns = {
            row["name"] for row in database.rows("SELECT name FROM pragma_table_info(?)", (table.name,))
        }
    assert columns == set(table.columns)


@pytest.mark.parametrize(
    ("table", "column", "members"),
    [
        ("enterprises", "district", District),
        ("enterprises", "size", Size),
        ("answers", "verdict", Verdict),
        ("evidence", "tier", Tier),
        ("secret_points", "tier", Tier),
        ("secret_points", "category", Category),
        ("secret_points", "origin", Origin),
        ("rectifications", "source", RectificationSource),
        ("rectifications", "recheck", Recheck),
        ("issued_documents", "kind", DocumentKind),
        ("issued_documents", "level", Level),
        ("issued_documents", "format", Format),
        ("clearances", "kind", DocumentKind),
    ],
)
def test_checks_know_the_members(table, column, members):
    statement = next(each for each in schema.ALL_STATEMENTS if f"CREATE TABLE {table} (" in each)
    listed = re.search(rf"CHECK \({column} IN\s*\(([^)]*)\)\)", statement)
    assert set(re.findall(r"'(\w+)'", listed[1])) == {member.value for member in members}


def test_every_table_is_strict(vault):
    with vault._access() as database:
        loose = database.rows(
            "SELECT name FROM pragma_table_list WHERE strict = 0 AND name NOT LIKE 'sqlite%'"
        )
    assert loose == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE frozen_texts SET json = '{}'",
        "UPDATE answers SET ask_again = 'someday'",
        "UPDATE assessments SET baseline = 'someday'",
        "UPDATE assessments SET modules = '[1]'",
    ],
)
def test_a_record_that_is_none_is_damage(filled, statement):
    with filled._access() as database:
        database.execute(statement)
    with pytest.raises(VaultDamaged) as caught:
        (filled.answers("a1"), filled.assessments("e1"))
    assert "someday" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_thousand_enterprises_load_fast(vault):
    import time

    with vault.write() as writer:
        for number in range(1000):
            writer.put_enterprise(Enterprise(id=f"e{number}", name=f"企业{number}"))
    start = time.perf_counter()
    assert len(vault.enterprises()) == 1000
    assert time.perf_counter() - start < 0.5
