"""What may leave: a field that says nothing is internal."""

import dataclasses

import pytest

from tsguard.domain.answers import Answer
from tsguard.domain.disclosure import Level, level_of
from tsguard.domain.enterprise import FORM_FIELDS, Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.programme import COUNTED_FIELDS
from tsguard.domain.secret_points import SecretPoint

RECORDS = (Answer, Enterprise, Evidence, FormValue, SecretPoint)
NEVER_IN_A_SUBMISSION = {
    Answer: {"note", "ask_whom", "flagged"},
    Enterprise: {"id", "note"},
    FormValue: {"assessment"},
    Evidence: {"enterprise", "file_name", "paper_at"},
    SecretPoint: {
        "id", "enterprise", "name", "kind", "formed_on", "location", "holders", "review_on", "note",
    },
}  # fmt: skip
"""Written out a second time on purpose: clearing a field takes two places and a reviewer."""


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_internal_fields_are_just_these(kind):
    internal = {f.name for f in dataclasses.fields(kind) if level_of(kind, f.name) is Level.INTERNAL}
    assert internal == NEVER_IN_A_SUBMISSION[kind]


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_field_says_its_level(kind):
    """Nothing is internal by having been forgotten."""
    assert all(f.metadata for f in dataclasses.fields(kind))


def test_a_repr_holds_no_internal_value():
    point = SecretPoint(id="SP-0001", enterprise="e", name="玄武", location="保密柜", note="别说")
    answer = Answer("AA-01", note="别说", ask_whom="张三")
    for text in (repr(point), repr(answer)):
        assert not any(word in text for word in ("玄武", "保密柜", "别说", "张三"))


def test_levels():
    assert Level.INTERNAL.may_show(Level.INTERNAL)
    assert Level.INTERNAL.may_show(Level.SUBMISSION)
    assert Level.SUBMISSION.may_show(Level.SUBMISSION)
    assert not Level.SUBMISSION.may_show(Level.INTERNAL)


def test_an_unknown_field_is_a_bug():
    with pytest.raises(KeyError):
        level_of(Answer, "secret")


def test_an_application_form_can_ask_for_cleared_fields_only():
    for name in set(FORM_FIELDS) - {"sectors", *COUNTED_FIELDS}:
        assert level_of(Enterprise, name) is Level.SUBMISSION
