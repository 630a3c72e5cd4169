"""The data for machines: cleared values only, the same bytes each time, by the schema that is published."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.assessments import make_material
from unit.report.conftest import make_snapshot

from tsguard import assets
from tsguard.domain.disclosure import Level, level_of
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.form import FormValue
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Verdict
from tsguard.domain.snapshot import Snapshot
from tsguard.report.assessment_data import _open, assessment_json
from tsguard.report.assessment_shape import (
    SCHEMA,
    AssessmentData,
    CompanyPart,
    DataFault,
    read_assessment,
    to_bytes,
)
from tsguard.report.document import DisclosureBreach

SCHEMA_FILE = assets.resources() / "schema" / "assessment-1.schema.json"
PEOPLE = {"legal_representative", "lead", "lead_post", "contact_name", "contact_phone"}
"""Cleared for a form, and of no use to a sum."""


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    return json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


@pytest.fixture
def data(snapshot: Snapshot) -> bytes:
    return assessment_json(make_material(snapshot))


def read(data: bytes) -> AssessmentData:
    found = read_assessment(data)
    assert isinstance(found, AssessmentData)
    return found


# --- what stands in it ----------------------------------------------------------------------------


def planted(record: Any, marks: list[str]) -> Any:
    """The record with a mark in every internal field."""
    changes: dict[str, Any] = {}
    for each in fields(record):
        if level_of(type(record), each.name) is Level.SUBMISSION:
            continue
        kind = str(each.type)
        if "date" in kind:
            changes[each.name] = date(1987, 3, 19)
        elif "int" in kind:
            changes[each.name] = 47110815
        elif kind.startswith("str"):
            marks.append(f"暗记{len(marks):03d}号")
            changes[each.name] = marks[-1]
    return replace(record, **changes)


def test_no_internal_field_of_any_record_gets_in() -> None:
    marks: list[str] = []
    snapshot = make_snapshot()
    full = replace(
        snapshot,
        enterprise=planted(snapshot.enterprise, marks),
        answers={item: planted(answer, marks) for item, answer in snapshot.answers.items()},
        evidence=tuple(planted(piece, marks) for piece in snapshot.evidence),
        secret_points=tuple(planted(point, marks) for point in snapshot.secret_points),
        form={"highlights": planted(FormValue(field="highlights", value="亮点正文"), marks)},
        rectifications=(planted(Rectification(), marks),),
    )
    assert len(marks) > 25
    for level in Level:
        text = assessment_json(make_material(full, level)).decode()
        for mark in (*marks, "1987-03-19", "47110815"):
            assert mark not in text
        assert "亮点正文" not in text


def test_an_internal_field_can_not_be_asked_for(snapshot: Snapshot) -> None:
    for record, name in (
        (snapshot.enterprise, "note"),
        (snapshot.evidence[0], "file_name"),
        (snapshot.secret_points[0], "name"),
        (snapshot.answers["ORG-01"], "note"),
    ):
        with pytest.raises(DisclosureBreach):
            _open(record, name)


def test_each_cleared_field_of_the_profile_is_decided() -> None:
    cleared = {
        each.name for each in fields(Enterprise) if level_of(Enterprise, each.name) is Level.SUBMISSION
    }
    assert set(CompanyPart.__struct_fields__) | PEOPLE == cleared
    assert not set(CompanyPart.__struct_fields__) & PEOPLE


def test_it_says_what_the_document_says(snapshot: Snapshot, data: bytes) -> None:
    found = read(data)
    assert (found.schema, found.document.number, found.journal_head) == (
        SCHEMA,
        "TSG-20261123-ABCD-0123",
        "ab" * 32,
    )
    assert found.company.name == "示例䶮𬭎芯片（珠海）有限公司"
    assert [item.id for item in found.items] == [item.id for item in snapshot.assessment.checklist.items()]
    by_id = {item.id: item for item in found.items}
    assert by_id["ORG-02"].reason == "没有自有场所"
    assert not by_id["ORG-02"].applies
    assert by_id["ORG-03"].multiplier_hundredths == 150
    assert (by_id["IDC-02"].verdict, by_id["IDC-02"].evidence, by_id["IDC-02"].evidenced) == (
        None,
        ("E-02",),
        False,
    )
    assert (by_id["XIC-01"].module, by_id["XIC-01"].unit) == ("XIC", "")
    check = by_id["IDC-01"].check
    assert check is not None
    assert (check.at_most, check.met, check.of) == (Verdict.PARTLY, 1, 2)
    assert (found.secret_points.total, found.secret_points.tiers.core) == (2, 1)
    assert found.figures.claimed is not None
    assert found.figures.claimed.tenths == 570


def test_a_reason_stands_there_only_where_it_is_one(snapshot: Snapshot) -> None:
    answers = dict(snapshot.answers)
    answers["ORG-03"] = replace(answers["ORG-03"], reason="以前的理由")
    assert "以前的理由" not in assessment_json(make_material(replace(snapshot, answers=answers))).decode()


# --- the same bytes -------------------------------------------------------------------------------


def test_the_same_state_gives_the_same_bytes(snapshot: Snapshot, data: bytes) -> None:
    backwards = replace(snapshot, answers=dict(reversed(snapshot.answers.items())))
    assert assessment_json(make_material(backwards)) == data
    assert to_bytes(read(data)) == data
    plain = json.loads(data)
    assert json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() == data


# --- the published schema -------------------------------------------------------------------------


def bare(node: Any) -> Any:
    """A schema without its words."""
    if isinstance(node, dict):
        return {
            key: {name: bare(each) for name, each in value.items()}
            if key in {"properties", "$defs"}
            else bare(value)
            for key, value in node.items()
            if key not in {"title", "description", "$schema", "$id"}
        }
    return [bare(each) for each in node] if isinstance(node, list) else node


def test_the_published_schema_is_the_shape_that_is_read(published: dict[str, Any]) -> None:
    assert bare(published) == bare(msgspec.json.schema(AssessmentData))


def test_the_published_schema_has_a_chinese_title_for_everything(published: dict[str, Any]) -> None:
    assert (published["$id"], published["$schema"]) == (
        SCHEMA,
        "https://json-schema.org/draft/2020-12/schema",
    )
    for name, part in published["$defs"].items():
        for place, node in ((name, part), *part.get("properties", {}).items()):
            assert any("\u4e00" <= each <= "\u9fff" for each in node["title"]) or "SHA" in node["title"], (
                place
            )


def test_data_keep_the_published_schema(published: dict[str, Any], data: bytes) -> None:
    checker = jsonschema.Draft202012Validator(published, format_checker=jsonschema.FormatChecker())
    checker.check_schema(published)
    assert [error.message for error in checker.iter_errors(json.loads(data))] == []


WRONG: dict[str, Any] = {
    "more": lambda plain: plain.update(more=1),
    "less": lambda plain: plain.pop("journal_head"),
    "digest": lambda plain: plain.update(journal_head="x"),
    "verdict": lambda plain: plain["items"][0].update(verdict="perhaps"),
    "weight": lambda plain: plain["items"][0].update(weight=0),
    "text for a number": lambda plain: plain["items"][0].update(weight="5"),
    "fraction": lambda plain: plain["figures"]["units"][0].update(claimed_tenths=1.5),
    "date": lambda plain: plain["document"].update(date="2026-13-01"),
    "no bands": lambda plain: plain["programme"].update(bands=[]),
    "hidden in an item": lambda plain: plain["items"][0].update(note="x"),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_both_refuse_the_same(published: dict[str, Any], data: bytes, change: Any) -> None:
    plain = json.loads(data)
    change(plain)
    checker = jsonschema.Draft202012Validator(published, format_checker=jsonschema.FormatChecker())
    assert not checker.is_valid(plain)
    assert read_assessment(json.dumps(plain).encode()) is DataFault.MALFORMED


# --- reading whatever comes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", DataFault.NOT_JSON),
        (b"\xff\xfe", DataFault.NOT_JSON),
        (b'{"a":' + b"[" * 100_000, DataFault.NOT_JSON),
        (b"[]", DataFault.FOREIGN),
        (b"{}", DataFault.FOREIGN),
        (b'{"schema":1}', DataFault.FOREIGN),
        (b'{"schema":"urn:other:1"}', DataFault.FOREIGN),
        (b'{"schema":"urn:tsguard:assessment:2"}', DataFault.NEWER),
        (b'{"schema":"urn:tsguard:assessment:1"}', DataFault.MALFORMED),
        (b'{"schema":"urn:tsguard:assessment:1","items":' + b"[" * 100_000, DataFault.NOT_JSON),
        (b" " * (33 * 1024 * 1024), DataFault.TOO_LARGE),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_assessment(data: bytes, fault: DataFault) -> None:
    assert read_assessment(data) is fault


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=6))
def test_any_bytes_are_an_assessment_or_a_fault(anything: bytes, changes: list[tuple[int, int]]) -> None:
    assert isinstance(read_assessment(anything), DataFault)
    made = bytearray(assessment_json(make_material(make_snapshot())))
    for at, value in changes:
        made[at % len(made)] = value
    found = read_assessment(bytes(made))
    assert isinstance(found, (AssessmentData, DataFault))
