from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.report.conftest import ON, make_document, make_snapshot

from tsguard.domain.answers import Answer
from tsguard.domain.disclosure import Level, level_of
from tsguard.domain.dossier import CHOSEN, LEVELS, DocumentKind, Edition
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.report.blocks import (
    Paragraph,
    line,
)
from tsguard.report.build import document_number
from tsguard.report.document import DisclosureBreach, Document, each_value, values
from tsguard.report.marked import Marked, compose, marked, said
from tsguard.report.sanitise import clean


def document(level: Level, value: Marked) -> Document:
    return Document(level, said("题"), said("公司"), said("脚"), said("号"), ON, (Paragraph(line(value)),))


def test_a_submission_with_an_internal_value_cannot_be_made() -> None:
    with pytest.raises(DisclosureBreach) as caught:
        document(Level.SUBMISSION, Marked("蓝鲸", Level.INTERNAL))
    assert caught.value.place == "/Document.blocks/Paragraph.text/Run.value"
    assert "蓝鲸" not in str(caught.value)


def test_an_internal_report_may_hold_both() -> None:
    assert "蓝鲸" in set(document(Level.INTERNAL, Marked("蓝鲸", Level.INTERNAL)).texts())


def test_a_field_comes_with_the_level_of_its_kind() -> None:
    answer = Answer("ORG-01", Verdict.MET, note="甲", reason="乙")
    for each in fields(Answer):
        assert marked(answer, each.name).level is level_of(Answer, each.name)


def test_a_sentence_with_an_internal_part_is_internal() -> None:
    evidence = Evidence("E-01", "e", "标题", file_name="客户.pdf")
    whole = compose("{a}：{b}", {"a": marked(evidence, "title"), "b": marked(evidence, "file_name")})
    assert (whole.text, whole.level) == ("标题：客户.pdf", Level.INTERNAL)


def test_braces_in_a_value_are_text() -> None:
    assert compose("理由：{reason}", {"reason": said("{0}{x}")}).text == "理由：{0}{x}"


def test_no_value_shows_in_a_repr() -> None:
    assert "蓝鲸" not in repr(Marked("蓝鲸", Level.INTERNAL))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("甲\x00乙\x07", "甲乙"),
        ("甲\u200b乙\ufeff\u202e丙\u2066", "甲乙丙"),
        ("甲\r\n乙\u2028丙", "甲\n乙\n丙"),
        ("甲\t乙\u00a0丙\u2003丁", "甲 乙 丙 丁"),
        ("甲\u3000乙", "甲\u3000乙"),
        ("葛\U000e0100某\ufe0f", "葛某"),
        ("e\u0301", "é"),
        ("甲\ud800乙", "甲乙"),
    ],
)
def test_what_cannot_be_printed_falls_away_the_same_way_each_time(typed: str, printed: str) -> None:
    assert clean(typed) == printed
    assert Marked(typed, Level.INTERNAL).text == printed


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("kind", CHOSEN)
def test_the_quick_walk_meets_every_value_in_the_same_order(kind: DocumentKind) -> None:
    for level in LEVELS[kind]:
        document = make_document(make_snapshot(), level, kind)
        assert list(each_value(document)) == [value for _place, value in values(document)]


def test_the_number_depends_on_state_level_and_date_only() -> None:
    snapshot = make_snapshot()
    number = document_number(snapshot, Edition(DocumentKind.REPORT, Level.SUBMISSION), ON)
    assert number == document_number(make_snapshot(), Edition(DocumentKind.REPORT, Level.SUBMISSION), ON)
    assert number.startswith("TSG-20261123-")
    assert len(number) == len("TSG-YYYYMMDD-XXXX-XXXX")
    assert number != document_number(snapshot, Edition(DocumentKind.REPORT, Level.INTERNAL), ON)
    assert number != document_number(
        snapshot, Edition(DocumentKind.REPORT, Level.SUBMISSION), date(2026, 11, 24)
    )


def test_the_same_input_makes_the_same_document(level: Level) -> None:
    assert make_document(make_snapshot(), level) == make_document(make_snapshot(), level)
