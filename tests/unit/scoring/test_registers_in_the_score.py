"""Register checks support a claim as far as they go, and flag what goes further."""

from datetime import date

from support.checklists import make_checklist, make_item, make_module, make_programme

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Measure
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.rules.checks import run_checks
from tsguard.scoring.sheet import score

TODAY = date(2026, 11, 23)


def point(number, review_on):
    return SecretPoint(id=f"SP-{number}", enterprise="e", name=f"甲{number}", review_on=review_on)


def sheet_for(points, verdict):
    item = make_item("AA-01", check="secret-points-reviewed")
    checklist = make_checklist(make_module({"AA": [item]}))
    checks = run_checks(checklist, points, TODAY)
    return score(checklist, make_programme({"AA": 100}), {"AA-01": Answer("AA-01", verdict)}, (), checks)


def test_an_empty_register_says_nothing():
    sheet = sheet_for([], Verdict.MET)
    assert (sheet.claimed.tenths, sheet.evidenced.tenths) == (1000, 0)
    assert not sheet.item("AA-01").contradicted


def test_a_complete_register_supports_the_claim_without_a_file():
    sheet = sheet_for([point(1, TODAY)], Verdict.MET)
    assert sheet.evidenced.tenths == 1000


def test_a_claim_above_the_register_is_flagged_and_not_changed():
    sheet = sheet_for([point(1, TODAY), point(2, date(2026, 11, 22))], Verdict.MET)
    assert (sheet.claimed.tenths, sheet.evidenced.tenths) == (1000, 500)
    assert sheet.item("AA-01").contradicted


def test_a_register_never_lifts_a_claim():
    sheet = sheet_for([point(1, TODAY)], Verdict.PARTLY)
    assert (sheet.claimed.tenths, sheet.evidenced.tenths) == (500, 500)


def test_several_modules_the_highest_multiplier_wins_and_none_multiplies_twice():
    core = make_module({"AA": [make_item("AA-01"), make_item("AA-02")]})
    first = make_module({"XA": [make_item("XA-01")]}, "XA", {"AA-01": 150, "AA-02": 80})
    second = make_module({"XB": [make_item("XB-01")]}, "XB", {"AA-01": 140})
    assert make_checklist(core, first, second).multipliers() == {"AA-01": 150, "AA-02": 80}


def test_coverage_speaks_of_the_seven_classes_only():
    items = [make_item("AA-01", measure=Measure.LEAVERS), make_item("AA-02", measure=Measure.GOVERNANCE)]
    checklist = make_checklist(make_module({"AA": items}))
    sheet = score(checklist, make_programme({"AA": 100}), {"AA-01": Answer("AA-01", Verdict.MET)})
    assert [coverage.measure.value for coverage in sheet.coverage] == list("1234567")
    assert {c.measure: c.claimed for c in sheet.coverage if c.items} == {Measure.LEAVERS: 100}
