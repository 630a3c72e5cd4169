"""What can be ticked, and what is said of it in figures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.vaults import new_session

from tsguard.domain.checklist import CORE
from tsguard.gui.profile.offer import consequence, offer, quick_minutes, size_line, teaser, total_line
from tsguard.services.content import shipped


def test_sectors_then_addons_then_what_only_the_vault_has(tmp_path):
    session = new_session(tmp_path, "XIC", "XFO")
    modules = shipped().modules
    found = offer(modules.values(), session.assessment)
    assert [each.id for each in found.sectors] == ["XIT", "XNE", "XIC", "XBI", "XHA", "XEQ", "XCH", "XPR"]
    assert [each.id for each in found.addons] == ["XFO"]
    assert (found.own, found.kept) == ((), ())
    here = offer([each for each in modules.values() if each.id != "XIC"], session.assessment)
    assert [each.id for each in here.kept] == ["XIC"]
    own = replace(modules["XHA"], id="UHA", shipped=False)
    assert offer([*modules.values(), own], None).own == (own,)
    session.close()


def test_a_frozen_module_is_offered_as_frozen(tmp_path):
    session = new_session(tmp_path, "XIC")
    newer = replace(shipped().modules["XIC"], version="2099.01")
    found = offer([*shipped().modules.values(), newer], session.assessment)
    assert found.module("XIC").version == shipped().modules["XIC"].version
    session.close()


def test_figures_of_one_module():
    module = shipped().modules["XPR"]
    assert size_line(module) == "13条，其中重点项7条"
    assert size_line(replace(module, sections=())) == "0条"
    assert teaser(replace(module, leak_paths=("甲", "乙", "丙"))) == "3种泄密途径，如甲、乙"
    assert teaser(replace(module, leak_paths=())) == ""
    assert "否决项" in size_line(shipped().modules[CORE])


def test_the_sum_names_each_of_a_few_and_counts_many():
    modules = shipped().modules
    core = modules[CORE]
    assert total_line(core, []) == "只用通用模块，共119条。"
    assert total_line(core, [modules["XPR"]]) == "共132条：通用119条、打印耗材13条。"
    four = [modules[each] for each in ("XIT", "XNE", "XIC", "XPR")]
    assert total_line(core, four) == "共168条：通用119条、4个模块49条。"


@pytest.mark.parametrize(
    ("before", "after", "answered", "words"),
    [
        ("", "", "", ""),
        ("XIC", "XIC", "XIC-01", ""),
        ("", "XPR", "", "加上打印耗材的13条。"),
        ("", "XPR", "XPR-01 XPR-02", "加上打印耗材的13条，以前答过的2条还在。"),
        ("XIC", "", "", "去掉集成电路的12条，不再计分。"),
        ("XIC", "", "XIC-01", "去掉集成电路的12条，不再计分；已答的1条留着，选回来就在。"),
        ("XIC", "XPR XFO", "", "加上打印耗材、涉外经贸的27条。去掉集成电路的12条，不再计分。"),
    ],
)
def test_what_another_choice_does(before, after, answered, words):
    modules = shipped().modules
    had, wanted = ([modules[each] for each in ids.split()] for ids in (before, after))
    assert consequence(had, wanted, answered.split()) == words


@pytest.mark.parametrize(("questions", "minutes"), [(25, 15), (24, 15), (1, 5), (33, 20), (50, 30)])
def test_minutes_of_the_quick_check(questions, minutes):
    assert quick_minutes(questions) == minutes
