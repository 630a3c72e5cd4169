"""The application form: values that outlive the programme, and what is missing or wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.vaults import new_session, reopened

from tsguard.domain.enterprise import District
from tsguard.domain.form import LONGEST_STORED, FormRule
from tsguard.domain.programme import BOUNDED_KINDS, FieldKind, FormField, FormGroup, Programme
from tsguard.domain.scales import Verdict
from tsguard.errors import DiskFull, InvalidField, NothingAssessed
from tsguard.services.application import (
    choose_programme,
    entries,
    form_rule_sentence,
    offered,
    shown_bound,
    spelt,
    taken_text,
)
from tsguard.services.content import shipped
from tsguard.services.session import Session

FIELDS = (
    FormField("name", "企业名称", required=True),
    FormField("", "营业收入", required=True, ask="revenue", kind=FieldKind.MONEY_WAN),
    FormField("", "出口占比", required=False, ask="export", kind=FieldKind.PERCENT),
    FormField("evidence_count", "佐证件数", required=True),
)


def with_form(session: Session, *fields: FormField) -> Programme:
    """Set the assessment on its programme with another form."""
    assert session.assessment is not None
    programme = replace(session.assessment.programme, id="mine", form=(FormGroup("组", fields),))
    choose_programme(session, programme)
    return programme


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = new_session(tmp_path)
    with_form(made, *FIELDS)
    yield made
    if not made.closed:
        made.close()


def standing(session: Session) -> dict[str, tuple[str, bool, FormRule | None]]:
    return {entry.field.name: (entry.text, entry.missing, entry.rule) for entry in entries(session)}


def test_put_returns_what_was_there_and_keeps_the_canonical_value(session: Session) -> None:
    assert session.form.put(FIELDS[1], "1,234.5万元") == ""
    assert session.form.value("revenue") == "1234.50"
    assert session.form.put(FIELDS[1], "") == "1234.50"
    assert session.form.value("revenue") == ""
    assert "revenue" not in session.form.values


def test_what_is_wrong_is_kept_as_it_was_typed(session: Session) -> None:
    session.form.put(FIELDS[1], "500元")
    assert standing(session)["revenue"] == ("500元", False, FormRule.OTHER_UNIT)
    assert "万元" in form_rule_sentence(FIELDS[1], FormRule.OTHER_UNIT)


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e\u2066", "\ufe0f", "\u3164"])
def test_what_nobody_can_see_is_not_filled_in(session: Session, unseen: str) -> None:
    long_text = FormField("", "亮点", required=True, ask="best", kind=FieldKind.LONG_TEXT)
    with_form(session, long_text)
    session.form.put_back("best", unseen)  # as an older program stored it
    assert standing(session)["best"] == ("", True, None)
    session.form.put(long_text, unseen)
    assert "best" not in session.form.values


def test_a_frozen_programme_with_senseless_bounds_can_be_filled_in(session: Session) -> None:
    bad = [replace(FIELDS[1], ask=kind, kind=kind, least="abc", most="NaN") for kind in FieldKind]
    with_form(session, *(replace(each, label=each.ask) for each in bad))
    for each in bad:
        session.form.put(each, "5")
        assert shown_bound(each, "least")[:3] != "abc" or each.kind not in BOUNDED_KINDS
    assert standing(session)["whole"] == ("5", False, None)


def test_what_is_missing(session: Session) -> None:
    assert standing(session) == {
        "name": (session.enterprise.name, False, None),
        "revenue": ("", True, None),
        "export": ("", False, None),
        "evidence_count": ("", True, None),
    }


def test_everything_is_there_after_reopening(session: Session) -> None:
    session.form.put(FIELDS[1], "12")
    session.form.put(FIELDS[2], "120%")
    again = reopened(session)
    try:
        assert (again.form.value("revenue"), again.form.value("export")) == ("12.00", "120%")
        assert again.file.verify_journal()
        assert again.snapshot().form["revenue"].value == "12.00"
    finally:
        again.close()


def test_a_lock_forgets(session: Session) -> None:
    session.form.put(FIELDS[1], "12")
    session.close()
    assert session.form.value("revenue") == ""
    assert not session.form.values


def test_a_snapshot_does_not_change_with_the_session(session: Session) -> None:
    session.form.put(FIELDS[1], "12")
    snapshot = session.snapshot()
    session.form.put(FIELDS[1], "13")
    assert snapshot.form["revenue"].value == "12.00"


def test_the_same_value_again_writes_nothing(session: Session) -> None:
    session.form.put(FIELDS[1], "12")
    before = session.file.info().journal_entries
    session.form.put(FIELDS[1], "１２.00")
    session.form.put(FIELDS[2], "")
    assert session.file.info().journal_entries == before


def test_before_modules_were_chosen(tmp_path: Path) -> None:
    blank = new_session(tmp_path / "b", choose=False)
    try:
        assert entries(blank) == ()
        assert offered(blank, shipped().programmes) == tuple(shipped().programmes.values())
        with pytest.raises(NothingAssessed):
            blank.form.put(FIELDS[1], "12")
        with pytest.raises(NothingAssessed):
            choose_programme(blank, shipped().programmes["park"])
    finally:
        blank.close()


@pytest.mark.parametrize(
    ("typed", "rule"), [("字" * (LONGEST_STORED + 1), "far-too-long"), ("\ud800", "unicode")]
)
def test_what_can_not_be_stored_at_all_changes_nothing(session: Session, typed: str, rule: str) -> None:
    session.form.put(FIELDS[1], "12")
    with pytest.raises(InvalidField) as caught:
        session.form.put(FIELDS[1], typed)
    assert (caught.value.field, caught.value.rule) == ("revenue", rule)
    assert session.form.value("revenue") == "12.00"


def test_a_failed_write_leaves_memory_as_it_was(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.form.put(FIELDS[1], "12")

    def refuse() -> None:
        raise DiskFull(session.path)

    monkeypatch.setattr(session._vault, "write", refuse)
    with pytest.raises(DiskFull):
        session.form.put(FIELDS[1], "13")
    with pytest.raises(DiskFull):
        session.form.put(FIELDS[1], "")
    assert session.form.value("revenue") == "12.00"


class TestAnotherProgramme:
    def test_no_value_is_lost_and_the_same_id_shows_the_same_value(self, session: Session) -> None:
        session.form.put(FIELDS[1], "12")
        session.form.put(FIELDS[2], "92.5")
        before = session.assessment.programme if session.assessment else None
        choose_programme(session, shipped().programmes["park"])
        assert "revenue" not in standing(session)
        assert (session.form.value("revenue"), session.form.value("export")) == ("12.00", "92.5")
        assert before is not None
        assert choose_programme(session, before).id == "park"
        assert standing(session)["revenue"] == ("12.00", False, None)

    def test_a_value_that_is_none_in_the_other_programme_is_shown_as_wrong(self, session: Session) -> None:
        session.form.put(FIELDS[1], "12.50")
        with_form(session, replace(FIELDS[1], kind=FieldKind.WHOLE))
        assert standing(session)["revenue"] == ("12.50", False, FormRule.NOT_WHOLE)

    def test_answers_and_checklist_stay_and_the_score_is_another(self, session: Session) -> None:
        for item in list(session.checklist.items())[:60]:
            session.put_answer(replace(session.answer(item.id), verdict=Verdict.MET))
        answers, checklist = dict(session.answers), session.checklist
        before = session.sheet()
        choose_programme(session, shipped().programmes["park"])
        after = session.sheet()
        assert (dict(session.answers), session.checklist) == (answers, checklist)
        assert [unit.points for unit in after.units] == [25, 25, 25, 15, 10]
        assert sum(unit.points for unit in after.units) == 100
        assert after.claimed is not None
        assert before.claimed is not None
        assert after.claimed.band.awarded.title in {"三星", "二星", "一星", "未达标"}
        assert {veto.item for veto in after.vetoes} == {veto.item for veto in before.vetoes}

    def test_its_caps_bite(self, session: Session) -> None:
        choose_programme(session, shipped().programmes["park"])
        for item in session.checklist.items():
            session.put_answer(replace(session.answer(item.id), verdict=Verdict.MET))
        claimed = session.sheet().claimed
        assert claimed is not None
        assert (claimed.tenths, claimed.band.awarded.id) == (1000, "three")
        session.put_answer(replace(session.answer("ORG-04"), verdict=Verdict.PARTLY))
        partly = session.sheet().claimed
        assert partly is not None
        assert (partly.band.reached.id, partly.band.awarded.id) == ("three", "two")
        session.put_answer(replace(session.answer("ORG-04"), verdict=Verdict.NOT_MET))
        not_met = session.sheet().claimed
        assert not_met is not None
        assert not_met.band.awarded.id == "one"

    def test_it_is_frozen_and_offered_once(self, session: Session) -> None:
        choose_programme(session, shipped().programmes["park"])
        again = reopened(session)
        try:
            assert again.assessment is not None
            assert again.assessment.programme == shipped().programmes["park"]
            assert [each.id for each in offered(again, shipped().programmes)].count("park") == 1
        finally:
            again.close()

    def test_an_own_one_is_offered_beside_those_at_hand(self, session: Session) -> None:
        found = offered(session, shipped().programmes)
        assert found[0].id == "mine"
        assert {each.id for each in found[1:]} == set(shipped().programmes)


class TestTakenFields:
    @pytest.mark.parametrize(
        ("name", "value", "text"),
        [
            ("staff", 1286, "1,286人"),
            ("staff", None, ""),
            ("staff", 0, "0人"),
            ("department", "  ", ""),
            ("district", District.OTHER, ""),
        ],
    )
    def test_the_profile(self, session: Session, name: str, value: object, text: str) -> None:
        session.save_enterprise(replace(session.enterprise, **{name: value}))
        assert taken_text(session, name) == text

    def test_every_field_a_form_may_take_has_a_text(self, session: Session) -> None:
        for programme in shipped().programmes.values():
            for field in programme.fields():
                if not field.ask:
                    assert isinstance(taken_text(session, field.field), str)


def test_every_rule_has_a_sentence_with_its_figures() -> None:
    field = FormField("", "栏", required=False, ask="f", kind=FieldKind.MONEY_WAN, least="-1000.00")
    for rule in FormRule:
        sentence = form_rule_sentence(field, rule)
        assert sentence.endswith("。")
        assert "{" not in sentence
    assert form_rule_sentence(field, FormRule.BELOW) == "不能小于-1,000.00万元。"
    day = FormField("", "栏", required=False, ask="f", kind=FieldKind.DAY, most="2026-12-31")
    assert form_rule_sentence(day, FormRule.ABOVE) == "不能大于2026-12-31。"


def test_spelling_for_people() -> None:
    money = FormField("", "栏", required=False, ask="f", kind=FieldKind.MONEY_WAN)
    year = FormField("", "栏", required=False, ask="f", kind=FieldKind.YEAR)
    assert (spelt(money, "12345.60"), spelt(money, ""), spelt(year, "2025")) == ("12,345.60", "", "2025")
    assert shown_bound(year, "least") == "1900"
