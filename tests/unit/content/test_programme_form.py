"""The form of a programme file: what it may ask, and every fault of it with its line."""

from __future__ import annotations

import pytest

from tsguard import assets
from tsguard.content.nodes import parse
from tsguard.content.programmes import load_programme
from tsguard.domain.form import read
from tsguard.domain.programme import FieldKind, Programme
from tsguard.errors import ContentProblem
from tsguard.services.problems import problem_sentence

PROGRAMMES = assets.checklists() / "programmes"
HEAD = """\
programme: mine
title: 自写方案
version: "1"
official: "no"
disclaimer: 测试用。
units:
  - {id: u, title: 全部, points: 100, sections: [ORG]}
bands:
  - {id: high, title: 甲, at_least: 60}
  - {id: low, title: 乙, at_least: 0}
veto: {not_met_cap: low, partly_cap: low}
form:
  - group: 一组
    fields:
"""
FIRST = HEAD.count("\n") + 1
"""The line of the first field."""


def loaded(fields: str) -> tuple[Programme, list[ContentProblem]]:
    file = parse((HEAD + fields).encode(), "mine.yaml")
    programme = load_programme(file, shipped=False)
    assert programme is not None
    return programme, file.findings.problems


def faults(fields: str) -> list[tuple[int, str]]:
    return [(problem.line - FIRST + 1, problem.code) for problem in loaded(fields)[1]]


def one(*lines: str) -> str:
    """A field of these lines, the first of which is line 1."""
    return "      - " + "\n        ".join(lines) + "\n"


GOOD = 'required: "no"'

CASES = [
    (one("label: 栏", GOOD), [(1, "field-or-ask")]),
    (one("field: name", "ask: my_name", "label: 栏", "kind: text", GOOD), [(1, "field-or-ask")]),
    (one("field: nam", "label: 栏", GOOD), [(1, "unknown-value")]),
    (one("ask: Revenue", "label: 栏", "kind: text", GOOD), [(1, "bad-field-id")]),
    (one("ask: 营收", "label: 栏", "kind: text", GOOD), [(1, "bad-field-id")]),
    (one("ask: name", "label: 栏", "kind: text", GOOD), [(1, "asks-for-known-field")]),
    (one("ask: a", "label: 栏", GOOD), [(1, "missing-key")]),
    (one("ask: a", "label: 栏", "kind: number", GOOD), [(3, "unknown-value")]),
    (one("ask: a", "label: 栏", "kind: table", GOOD), [(3, "unknown-value")]),
    (one("ask: a", "label: 栏", "kind: text", 'required: "maybe"'), [(4, "unknown-value")]),
    (one("ask: a", "label: 栏", "kind: text", "colour: red", GOOD), [(4, "unknown-key")]),
    (one("field: name", "label: 栏", "kind: text", GOOD), [(3, "unknown-key")]),
    (one("ask: a", "label: 栏", "kind: text", "choices: [甲, 乙]", GOOD), [(4, "key-not-for-kind")]),
    (one("ask: a", "label: 栏", "kind: text", "least: 1", GOOD), [(4, "key-not-for-kind")]),
    (one("ask: a", "label: 栏", "kind: whole", "longest: 5", GOOD), [(4, "key-not-for-kind")]),
    (one("ask: a", "label: 栏", "kind: percent", "unit: 个", GOOD), [(4, "key-not-for-kind")]),
    (one("ask: a", "label: 栏", "kind: choice", GOOD), [(1, "missing-key")]),
    (one("ask: a", "label: 栏", "kind: choice", "choices: []", GOOD), [(4, "empty")]),
    (one("ask: a", "label: 栏", "kind: choice", "choices: [甲]", GOOD), [(4, "wrong-number-of-choices")]),
    (one("ask: a", "label: 栏", "kind: choice", "choices: [甲, 乙, 甲]", GOOD), [(4, "duplicate-choice")]),
    (one("ask: a", "label: 栏", "kind: text", "longest: 0", GOOD), [(4, "number-out-of-range")]),
    (one("ask: a", "label: 栏", "kind: text", "longest: 401", GOOD), [(4, "number-out-of-range")]),
    (one("ask: a", "label: 栏", "kind: long_text", "longest: 8001", GOOD), [(4, "number-out-of-range")]),
    (one("ask: a", "label: 栏", "kind: whole", "least: 1.5", GOOD), [(4, "bad-bound")]),
    (one("ask: a", "label: 栏", "kind: day", "most: 2026-02-30", GOOD), [(4, "bad-bound")]),
    (one("ask: a", "label: 栏", "kind: whole", "least: 9", "most: 3", GOOD), [(5, "bounds-crossed")]),
    (one("ask: a", "label: 栏", "kind: percent", "least: 101", GOOD), [(4, "bounds-crossed")]),
    (one("ask: a", "label: 栏", "kind: whole", 'most: "-1"', GOOD), [(4, "bounds-crossed")]),
    (
        one("ask: a", "label: 栏", "kind: text", GOOD) + one("ask: a", "label: 另一栏", "kind: day", GOOD),
        [(5, "duplicate-id")],
    ),
    (
        one("field: name", "label: 栏", GOOD) + one("field: name", "label: 另一栏", GOOD),
        [(4, "duplicate-id")],
    ),
    (
        one("field: name", "label: 栏", GOOD) + one("ask: a", "label: 栏", "kind: day", GOOD),
        [(5, "duplicate-label")],
    ),
    (one("ask: a", f"label: {'长' * 31}", "kind: text", GOOD), [(2, "too-long")]),
]


@pytest.mark.parametrize(("fields", "expected"), CASES)
def test_faults_with_their_lines(fields: str, expected: list[tuple[int, str]]) -> None:
    assert faults(fields) == expected


@pytest.mark.parametrize(("fields", "expected"), CASES)
def test_each_fault_has_a_sentence(fields: str, expected: list[tuple[int, str]]) -> None:
    for problem in loaded(fields)[1]:
        sentence = problem_sentence(problem)
        assert problem.code not in sentence.removeprefix("mine.yaml")
        assert "{" not in sentence
    assert expected


def test_all_faults_of_a_form_are_found_at_once() -> None:
    fields = one("label: 栏", GOOD) + one("ask: A", "label: 栏", "kind: whole", "unit: 个", "least: x", GOOD)
    assert faults(fields) == [
        (1, "field-or-ask"),
        (3, "bad-field-id"),
        (4, "duplicate-label"),
        (7, "bad-bound"),
    ]


def test_what_is_asked_comes_as_it_stands() -> None:
    programme, problems = loaded(
        one("ask: revenue", "label: 营收", "kind: money_wan", "least: -1,000", "hint: 以万元计", GOOD)
        + one("ask: kind_of", "label: 类型", "kind: choice", "choices: [甲, 乙]", 'required: "yes"')
        + one("ask: machines", "label: 设备", "kind: whole", "unit: 台", "most: 99", GOOD)
        + one("ask: since", "label: 起始", "kind: day", "least: 2020年1月1日", GOOD)
        + one("field: name", "label: 名称", GOOD)
    )
    assert problems == []
    revenue, kind_of, machines, since, name = programme.fields()
    assert (revenue.kind, revenue.least, revenue.hint, revenue.required) == (
        FieldKind.MONEY_WAN, "-1000.00", "以万元计", False,
    )  # fmt: skip
    assert (kind_of.choices, kind_of.required) == (("甲", "乙"), True)
    assert (machines.unit, machines.most) == ("台", "99")
    assert since.least == "2020-01-01"
    assert (name.field, name.ask, name.name) == ("name", "", "name")
    assert programme.asked("machines") == machines
    assert programme.asked("name") is None
    assert programme.asked("") is None


def shipped(name: str) -> Programme:
    path = PROGRAMMES / f"{name}.yaml"
    file = parse(path.read_bytes(), path.name)
    programme = load_programme(file, shipped=True)
    assert file.findings.problems == []
    assert programme is not None
    return programme


@pytest.mark.parametrize("name", ["sample", "park"])
def test_what_ships_is_not_official_and_says_so(name: str) -> None:
    programme = shipped(name)
    assert not programme.official
    assert "非官方" in programme.title
    assert "不是任何部门" in programme.disclaimer
    assert programme.sound
    assert all(
        (programme.conditions, programme.evidence_list, programme.commitment, programme.review_columns)
    )


def test_the_sample_asks_all_that_the_domain_notes_list() -> None:
    programme = shipped("sample")
    asked = {field.ask for field in programme.fields() if field.ask}
    assert asked >= {
        "industry_code", "revenue_year_1", "revenue_year_2", "revenue_year_3", "rd_spending_year_1",
        "rd_spending_year_2", "rd_spending_year_3", "export_share", "qualification", "patents",
        "rules_list", "secret_posts", "agreement_share", "non_compete_staff", "secret_areas",
        "systems_and_means", "training_sessions", "training_people", "training_coverage",
        "disclosure_agreements", "drills", "leak_happened", "leaks_and_rights", "highlights",
        "problems_and_plan",
    }  # fmt: skip
    kinds = {field.kind for field in programme.fields() if field.ask}
    assert kinds >= {
        FieldKind.LONG_TEXT, FieldKind.MONEY_WAN, FieldKind.PERCENT, FieldKind.CHOICE, FieldKind.YES_NO,
    }  # fmt: skip
    limits = {name: programme.asked(name) for name in ("highlights", "problems_and_plan")}
    assert all(field is not None and field.longest == 1000 for field in limits.values())
    assert len(programme.evidence_list) == 15
    assert len(programme.review_columns) == 4


def test_long_texts_warn_of_secret_content() -> None:
    for name in ("sample", "park"):
        for field in shipped(name).fields():
            if field.kind is FieldKind.LONG_TEXT:
                assert "不写" in field.hint, field.label


def test_the_second_one_is_quite_different() -> None:
    sample, park = shipped("sample"), shipped("park")
    assert len(park.units) == 5
    assert {unit.id for unit in park.units}.isdisjoint(unit.id for unit in sample.units)
    assert [band.at_least for band in park.bands] == [85, 65, 45, 0]
    assert {band.title for band in park.bands}.isdisjoint(band.title for band in sample.bands)
    assert park.fields()[0].field == "contact_name"
    assert [field.name for field in park.fields()] != [field.name for field in sample.fields()]
    assert {field.ask for field in park.fields()} - {field.ask for field in sample.fields()}
    assert {request.id for request in park.evidence_list}.isdisjoint(r.id for r in sample.evidence_list)
    assert len(park.review_columns) == 2


def test_the_same_id_means_the_same_kind_of_value_in_both() -> None:
    sample, park = shipped("sample"), shipped("park")
    shared = {field.ask for field in park.fields()} & {field.ask for field in sample.fields()} - {""}
    assert shared == {"agreement_share"}
    for name in shared:
        one_field, other = sample.asked(name), park.asked(name)
        assert one_field is not None
        assert other is not None
        assert read(one_field, "92.5%") == read(other, "92.5%")


CHOICE = ("ask: a", "label: 栏", "kind: choice", GOOD, "choices:")


@pytest.mark.parametrize(
    "choice",
    [
        '"甲\\n乙"',
        '"甲\\t乙"',
        '" 甲乙 "',
        '"甲\\u3000"',
        '"甲\\u2028乙"',
        "甲乙\u3000",
        "|\n              甲\n              乙",
    ],
)
def test_what_is_chosen_is_always_one_of_the_choices(choice: str) -> None:
    """A choice is cleaned as a typed value is."""
    programme, _problems = loaded(one(*CHOICE, f"  - {choice}", "  - 丙"))
    (asked,) = programme.fields()
    for each in asked.choices:
        reading = read(asked, each)
        assert (reading.text, reading.rule) == (each, None)
        assert "\n" not in each
        assert each == each.strip()


def test_choices_that_look_the_same_are_the_same() -> None:
    fields = one(*CHOICE, '  - "甲 乙"', '  - "甲\\n乙"', "  - 丙")
    assert (7, "duplicate-choice") in faults(fields)


@pytest.mark.parametrize("choice", ['"\\u200b"', '"\\uFE0F"'])
def test_a_choice_that_nobody_sees_is_refused(choice: str) -> None:
    assert 6 in [line for line, _code in faults(one(*CHOICE, f"  - {choice}", "  - 乙", "  - 丙"))]
