"""The tables of checklists/README.md are made from the files and stay true."""

import pytest

from tsguard import assets
from tsguard.content.coverage import coverage_tables, placed
from tsguard.content.shelf import load_shelf
from tsguard.domain.scales import Critical


@pytest.fixture(scope="module")
def shelf():
    return load_shelf(assets.checklists())


def rows(tables, table):
    lines = tables.split("\n\n")[table].strip().splitlines()
    heads, _rule, *body = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [dict(zip(heads, row, strict=True)) for row in body]


def test_the_readme_shows_what_there_is(shelf):
    readme = (assets.checklists() / "README.md").read_text(encoding="utf-8")
    made = placed(readme, coverage_tables(shelf))
    assert made == readme, "run: tsguard modules coverage --write checklists/README.md"


def test_a_text_without_marks_has_no_place():
    assert placed("# 标题\n", "|x|\n") is None


def test_figures_of_the_core_that_can_be_counted_by_hand(shelf):
    core = rows(coverage_tables(shelf), 0)[0]
    assert core["模块"] == "通用模块 `core`"
    assert (core["条款"], core["否决项"], core["快速自测"]) == ("119", "13", "25")
    measures = [int(core[f"({number})"]) for number in range(1, 8)]
    assert sum(measures) + int(core["治理"]) == 119
    assert all(measures)


def test_each_row_is_its_module_and_the_last_the_sum(shelf):
    *modules, total = rows(coverage_tables(shelf), 0)
    assert len(modules) == len(shelf.modules)
    for row, module in zip(modules, shelf.modules.values(), strict=True):
        assert module.id in row["模块"]
        assert int(row["条款"]) == len(list(module.items()))
        assert int(row["重点项"]) == sum(item.critical is Critical.KEY for item in module.items())
    for column in total:
        if column != "模块":
            assert int(total[column]) == sum(int(row[column]) for row in modules)


def test_the_library_and_the_thresholds_are_counted_by_status(shelf):
    tables = coverage_tables(shelf)
    *library, sources = rows(tables, 1)
    assert int(sources["文件"]) == len(shelf.library.sources) == sum(int(row["文件"]) for row in library)
    *figures, thresholds = rows(tables, 2)
    assert int(thresholds["个数"]) == len(shelf.parameters.thresholds)
    assert sum(int(row["个数"]) for row in figures) == len(shelf.parameters.thresholds)
