"""Each file of tests/data/scoring is an example that a clerk can re-add."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from support.checklists import make_checklist, make_item, make_module, make_programme

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Critical, Verdict
from tsguard.scoring.results import Lane
from tsguard.scoring.sheet import score

EXAMPLES = sorted((Path(__file__).parents[2] / "data" / "scoring").glob("*.yaml"))


def read_item(text):
    item_id, weight, *critical = text.split()
    return make_item(item_id, int(weight), Critical(critical[0]) if critical else Critical.NONE)


def read_answer(item, text):
    verdict = Verdict(text.strip("+!"))
    excused = verdict is Verdict.NOT_APPLICABLE and not text.endswith("!")
    return Answer(
        item,
        verdict,
        reason="没有这种情况" if excused else "",
        ask_again=date(2027, 1, 1) if excused else None,
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_adds_up(path):
    example = yaml.safe_load(path.read_text(encoding="utf-8"))
    sections = {name: [read_item(text) for text in items] for name, items in example["items"].items()}
    core = make_module(sections)
    modules = [core]
    if "multipliers" in example:
        sector = make_module({"XX": [make_item("XX-01")]}, "XX", example["multipliers"])
        modules.append(sector)
    answers = {item: read_answer(item, text) for item, text in example["answers"].items()}
    evidenced = {item for item, text in example["answers"].items() if "+" in text}
    expect = example["expect"]

    sheet = score(make_checklist(*modules), make_programme(example["units"]), answers, evidenced)

    assert {unit.id: unit.claimed for unit in sheet.units} == expect["units"]
    assert sheet.claimed.tenths == expect["claimed"]
    assert sheet.evidenced.tenths == expect["evidenced"]
    assert sheet.claimed.band.awarded.id == expect["band"]
    if "reached" in expect:
        assert sheet.claimed.band.reached.id == expect["reached"]
    if "capped_by" in expect:
        assert list(sheet.claimed.band.capped_by) == expect["capped_by"]
    assert sheet.answered == expect["answered"]
    # What is printed can be re-added.
    counted = [unit for unit in sheet.units if unit.applies]
    assert sheet.claimed.sum_tenths == sum(unit.tenths(Lane.CLAIMED) for unit in counted)


def test_there_are_examples():
    assert len(EXAMPLES) >= 10
