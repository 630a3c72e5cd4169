"""The examples in checklists/README.md are what the program reads."""

import re

import pytest

from tsguard import assets
from tsguard.content.shelf import check

README = (assets.checklists() / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(programme: .*?)```", README, re.DOTALL)


def test_there_is_a_whole_programme():
    assert len(EXAMPLES) == 1


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_whole_example_passes_the_check(tmp_path, example):
    path = tmp_path / "example.yaml"
    path.write_text(example, encoding="utf-8")
    shelf, problems = check(assets.checklists(), [path])
    assert problems == []
    assert shelf is not None
    assert [unit.points for unit in shelf.programme("mini").units] == [70, 30]
