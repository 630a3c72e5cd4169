from dataclasses import replace

import pytest

from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import District, Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.secret_points import SecretPoint
from tsguard.domain.validation import (
    Rule,
    answer_problems,
    enterprise_problems,
    evidence_problems,
    secret_point_problems,
)

GOOD = Enterprise(name="珠海𬭎㵘䶮𠮷有限公司", credit_code="91350100M000100Y43", staff=50, rd_staff=20)


def found(problems):
    return {(problem.field, problem.rule, problem.blocking) for problem in problems}


def test_a_good_profile_has_no_problem():
    assert not enterprise_problems(GOOD)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": " "}, ("name", Rule.REQUIRED, True)),
        ({"name": "名" * 201}, ("name", Rule.TOO_LONG, True)),
        ({"rd_staff": -1}, ("rd_staff", Rule.OUT_OF_RANGE, True)),
        ({"rd_staff": 51}, ("rd_staff", Rule.MORE_THAN_STAFF, False)),
        ({"credit_code": "91350100M000100Y44"}, ("credit_code", Rule.CREDIT_CODE, False)),
        ({"district": District.OTHER}, ("district_other", Rule.DISTRICT_NAME, False)),
        ({"note": "长" * 4001}, ("note", Rule.TOO_LONG, True)),
    ],
)
def test_profile_problems(change, problem):
    assert found(enterprise_problems(replace(GOOD, **change))) == {problem}


def test_a_name_of_200_characters_with_emoji_and_path_characters_is_fine():
    assert not enterprise_problems(replace(GOOD, name=('珠海/..\\:*?"<>|😀' * 20)[:200]))


def test_a_secret_point_needs_a_name():
    assert found(secret_point_problems(SecretPoint(name=""))) == {("name", Rule.REQUIRED, True)}


def test_paper_needs_its_place_and_a_file_does_not():
    paper = Evidence(title="任命文件")
    assert found(evidence_problems(paper)) == {("paper_at", Rule.REQUIRED, True)}
    assert not evidence_problems(replace(paper, paper_at="档案柜"))
    assert not evidence_problems(replace(paper, sha256="0" * 64, size=300_000_000))


def test_a_note_may_be_long_and_a_reason_may_not():
    assert not answer_problems(Answer("AA-01", note="字" * 4000))
    assert found(answer_problems(Answer("AA-01", reason="字" * 201))) == {("reason", Rule.TOO_LONG, True)}
