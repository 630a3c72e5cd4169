"""What ships with the program."""

from pathlib import Path

import pytest

from tsguard import assets
from tsguard.content.shelf import check, load_shelf
from tsguard.domain.basis import SourceStatus
from tsguard.domain.checklist import Measure
from tsguard.domain.scales import Critical
from tsguard.errors import UnknownModule

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def shelf():
    return load_shelf(assets.checklists())


def test_no_problem():
    assert check(assets.checklists())[1] == []


def test_the_core_has_119_items_in_twelve_sections(shelf):
    core = shelf.modules["core"]
    sizes = {section.id: len(section.items) for section in core.sections}
    assert sizes == {
        "ORG": 11, "IDC": 13, "CAR": 9, "PHY": 8, "ITS": 16, "HRM": 15,
        "NCA": 9, "OPS": 10, "EXT": 11, "INC": 9, "TRN": 4, "AUD": 4,
    }  # fmt: skip


def test_integrated_circuits_has_its_items_types_and_multipliers(shelf):
    module = shelf.modules["XIC"]
    assert len(list(module.items())) == 12
    assert len(module.secret_point_types) == 16
    multipliers = {each.item: each.hundredths for each in module.multipliers}
    assert multipliers["ITS-03"] == 150
    assert multipliers["OPS-05"] == 80
    assert len(multipliers) == 14


def test_vetoes_are_the_ones_the_domain_notes_name(shelf):
    vetoes = {item.id for item in shelf.modules["core"].items() if item.critical is Critical.VETO}
    assert vetoes == {
        "ORG-04", "IDC-01", "IDC-07", "CAR-01", "PHY-01", "ITS-03", "ITS-08",
        "HRM-05", "HRM-12", "HRM-13", "NCA-02", "NCA-08", "EXT-01",
    }  # fmt: skip


def test_vetoes_that_may_not_apply_say_when(shelf):
    may = {i.id for i in shelf.modules["core"].items() if i.critical is Critical.VETO and i.may_not_apply}
    assert may == {"NCA-02", "NCA-08", "EXT-01", "ITS-03", "ITS-08"}


def test_ids_are_a_promise(shelf):
    """An id that has been published never disappears and never changes its place by accident."""
    promised = [
        line
        for line in (DATA / "stable_ids.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    there = [item.id for module in shelf.modules.values() for item in module.items()]
    retired = [old for module in shelf.modules.values() for old, _new in module.retired]
    assert sorted(promised) == sorted(there + retired)


def test_each_of_the_seven_measures_is_covered_by_the_core(shelf):
    covered = {item.measure for item in shelf.modules["core"].items()}
    assert covered == set(Measure)


def test_no_two_items_say_the_same(shelf):
    for kind in ("text", "why", "small", "partial"):
        texts = [getattr(item, kind) for module in shelf.modules.values() for item in module.items()]
        assert len(texts) == len(set(texts)), kind


def test_state_secret_words_are_no_tiers(shelf):
    for module in shelf.modules.values():
        for kind in module.secret_point_types:
            assert kind.tier.value in {"core", "important", "general"}


def test_the_programme_says_that_it_is_not_official(shelf):
    programme = shelf.programmes["sample"]
    assert not programme.official
    assert "非官方" in programme.title
    assert [unit.points for unit in programme.units] == [12, 15, 8, 7, 14, 14, 5, 6, 8, 6, 3, 2]


def test_what_was_not_seen_is_never_called_seen(shelf):
    """The sources that the domain notes know from memory or second hand stay 待核."""
    for source in ("126号令", "竞业指引", "解释二", "ISO 27002", "网安法"):
        assert shelf.library.sources[source].status is not SourceStatus.SEEN
    assert shelf.library.sources["反法"].status_of("22") is not SourceStatus.SEEN
    assert shelf.library.sources["法释7"].status_of("6(4)") is SourceStatus.SEEN


def test_the_minimum_wage_is_a_parameter_with_its_date_and_status(shelf):
    (zhuhai,) = [wage for wage in shelf.parameters.minimum_wages if "珠海" in wage.place]
    assert zhuhai.monthly_yuan == 2080
    assert zhuhai.in_force.isoformat() == "2025-03-01"
    assert zhuhai.status.value == "unverified"


def test_a_frozen_checklist_carries_what_its_items_cite_and_no_more(shelf):
    checklist = shelf.freeze(["XIC", "XIC"])
    assert [module.id for module in checklist.modules] == ["core", "XIC"]
    cited = {citation.source for item in checklist.items() for citation in item.basis}
    assert {source.id for source in checklist.sources} == cited
    for item in checklist.items():
        for citation in item.basis:
            source = checklist.source(citation.source)
            assert source.paraphrase(citation.article), citation


def test_an_unknown_module_is_refused(shelf):
    with pytest.raises(UnknownModule):
        shelf.freeze(["XYZ"])


def test_what_weighs_most_is_left_out_only_with_a_signature(shelf):
    """关键项不允许选不适用，除非规则列明: the rule asks somebody to stand for it in writing."""
    for module in shelf.modules.values():
        for item in module.items():
            if item.critical is not Critical.NONE and item.may_not_apply:
                assert "书面" in item.not_applicable_when or "签字" in item.not_applicable_when, item.id
