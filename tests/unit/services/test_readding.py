"""The score comes out of the data alone as it was made, and every changed figure shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.assessments import make_material
from support.checklists import make_checklist, make_item, make_module, make_programme
from unit.report.conftest import make_snapshot

from tsguard.domain.answers import Answer
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Critical, Verdict
from tsguard.domain.snapshot import Snapshot
from tsguard.report.assessment_data import assessment_json
from tsguard.report.assessment_shape import AssessmentData, read_assessment
from tsguard.services.readding import DataDoubt, Readded, readd


def data_of(snapshot: Snapshot) -> AssessmentData:
    found = read_assessment(assessment_json(make_material(snapshot)))
    assert isinstance(found, AssessmentData)
    return found


def changed(data: AssessmentData, part: str, **to: object) -> AssessmentData:
    """The data with fields of one part changed; ``items.0`` is the first item."""
    name, _dot, rest = part.partition(".")
    value = getattr(data, name)
    if not rest:
        new = msgspec.structs.replace(value, **to)
    elif rest.isdigit():
        new = tuple(
            msgspec.structs.replace(each, **to) if number == int(rest) else each
            for number, each in enumerate(value)
        )
    else:
        new = changed(value, rest, **to)
    return msgspec.structs.replace(data, **{name: new})


def kinds(found: Readded) -> list[DataDoubt]:
    return [kind for kind, _ids in found.doubts]


def test_a_report_s_score_adds_up() -> None:
    found = readd(data_of(make_snapshot()))
    assert found.adds_up
    assert [(unit.id, unit.stated, unit.equal, unit.sector) for unit in found.units] == [
        ("ORG", (330, 330), True, False),
        ("IDC", (240, 120), True, False),
        ("ITS", (0, 0), True, False),
        ("XIC", (0, 0), True, True),
    ]
    assert [(total.stated, total.found, total.found_band) for total in found.totals] == [
        (570, 570, "待建设"),
        (450, 450, "待建设"),
    ]


verdicts = st.sampled_from([None, *Verdict])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_assessment_adds_up(draw: st.DataObject) -> None:
    """Whatever is answered, proved, weighed, expired or left out."""
    weights = draw.draw(st.lists(st.integers(1, 5), min_size=9, max_size=9))
    criticals = draw.draw(st.lists(st.sampled_from(list(Critical)), min_size=9, max_size=9))
    may_not = draw.draw(st.lists(st.booleans(), min_size=9, max_size=9))
    ids = ("ORG-01", "ORG-02", "ORG-03", "IDC-01", "IDC-02", "ITS-01", "ITS-02", "XIC-01", "XIC-02")
    items = {
        name: make_item(
            name,
            weight,
            critical,
            may_not_apply=may,
            check="secret-points-reviewed" if name == "IDC-01" else "",
        )
        for name, weight, critical, may in zip(ids, weights, criticals, may_not, strict=True)
    }
    core = make_module(
        {name: [items[i] for i in ids if i.startswith(name)] for name in ("ORG", "IDC", "ITS")}
    )
    factors = draw.draw(st.dictionaries(st.sampled_from(ids[:7]), st.integers(50, 300), max_size=4))
    sector = make_module({"XIC": [items["XIC-01"], items["XIC-02"]]}, "XIC", factors)
    points = draw.draw(st.sampled_from([(60, 30, 10), (1, 1, 98), (33, 33, 34)]))
    snapshot = make_snapshot()
    answers = {
        name: Answer(
            name,
            draw.draw(verdicts),
            reason=draw.draw(st.sampled_from(["", " ", "没有这类业务"])),
            ask_again=draw.draw(st.sampled_from([None, date(2027, 1, 1)])),
        )
        for name in draw.draw(st.sets(st.sampled_from(ids)))
    }
    evidence = tuple(
        Evidence(f"E-{number:02d}", "e", "件", tuple(sorted(linked)), expires=expires)
        for number, (linked, expires) in enumerate(
            draw.draw(
                st.lists(
                    st.tuples(
                        st.sets(st.sampled_from(ids), max_size=3),
                        st.sampled_from([None, date(2026, 1, 1), date(2026, 11, 23)]),
                    ),
                    max_size=4,
                )
            ),
            1,
        )
    )
    assessment = replace(
        snapshot.assessment,
        checklist=make_checklist(core, sector),
        programme=make_programme(dict(zip(("ORG", "IDC", "ITS"), points, strict=True))),
    )
    found = readd(data_of(replace(snapshot, assessment=assessment, answers=answers, evidence=evidence)))
    assert found.doubts == ()
    assert found.adds_up


FIGURES = [
    ("figures.units.0", {"claimed_tenths": 331}),
    ("figures.units.0", {"evidenced_got": 1}),
    ("figures.units.0", {"points": 61}),
    ("figures.units.0", {"id": "XXX"}),
    ("figures.sectors.0", {"full": 401}),
    ("figures.claimed", {"tenths": 571}),
    ("figures.claimed", {"awarded": "model"}),
    ("figures.claimed", {"capped_by": ("ORG-01",)}),
    ("figures.evidenced", {"sum_tenths": 451}),
    ("figures", {"answered": 7}),
    ("figures", {"vetoes": ()}),
    ("figures", {"claimed": None}),
    ("figures", {"units": ()}),
    ("items.0", {"verdict": Verdict.MET}),
    ("items.0", {"weight": 4}),
    ("items.0", {"critical": Critical.NONE}),
    ("items.2", {"multiplier_hundredths": 100}),
    ("items.2", {"evidenced": False}),
    ("items.4", {"check": None}),
    ("programme.units.0", {"points": 50}),
]


@pytest.mark.parametrize(("part", "to"), FIGURES, ids=[f"{part} {next(iter(to))}" for part, to in FIGURES])
def test_every_changed_figure_shows(part: str, to: dict[str, object]) -> None:
    assert not readd(changed(data_of(make_snapshot()), part, **to)).adds_up


DOUBTS = [
    ("items.1", {"id": "ORG-01"}, DataDoubt.TWICE),
    ("evidence.1", {"id": "E-01"}, DataDoubt.TWICE),
    ("programme.units.1", {"id": "ORG"}, DataDoubt.TWICE),
    ("programme.units.1", {"sections": ("ORG",)}, DataDoubt.TWICE),
    ("items.0", {"module": "YYY"}, DataDoubt.UNKNOWN_MODULE),
    ("items.0", {"module": "XIC"}, DataDoubt.UNKNOWN_MODULE),
    ("items.0", {"unit": "IDC"}, DataDoubt.WRONG_UNIT),
    ("items.7", {"unit": "ORG"}, DataDoubt.WRONG_UNIT),
    ("items.1", {"reason": " "}, DataDoubt.LEFT_OUT),
    ("items.0", {"applies": False}, DataDoubt.LEFT_OUT),
    ("items.0", {"evidence": ("E-09",)}, DataDoubt.UNPROVED),
    ("items.5", {"evidenced": True}, DataDoubt.UNPROVED),
    ("programme.bands.3", {"at_least": 5}, DataDoubt.PROGRAMME),
    ("programme", {"not_met_cap": "none"}, DataDoubt.PROGRAMME),
]


@pytest.mark.parametrize(("part", "to", "kind"), DOUBTS, ids=[f"{part} {kind}" for part, _to, kind in DOUBTS])
def test_what_does_not_fit_within_the_data_is_named(
    part: str, to: dict[str, object], kind: DataDoubt
) -> None:
    found = readd(changed(data_of(make_snapshot()), part, **to))
    assert kind in kinds(found)
    assert not found.adds_up


def test_nothing_that_applies_is_no_score_and_adds_up() -> None:
    snapshot = make_snapshot()
    out = {
        item.id: Answer(item.id, Verdict.NOT_APPLICABLE, reason="没有", ask_again=date(2027, 1, 1))
        for item in snapshot.assessment.checklist.items()
    }
    found = readd(data_of(replace(snapshot, answers=out, secret_points=())))
    assert found.adds_up
    assert [total.found for total in found.totals] == [None, None]
