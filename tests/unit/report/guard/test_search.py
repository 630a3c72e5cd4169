"""Many strings at once find what each would find alone; and what counts as a find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard.domain.disclosure import Guard
from tsguard.domain.protection import ProtectedString, Unsought
from tsguard.report.guard.normalise import JUMP, SOFT, Normal, plain
from tsguard.report.guard.search import WINDOW, Needles


def needles(*texts: str, guard: Guard = Guard.WORD) -> Needles:
    return Needles(ProtectedString(text, guard, f"secret_point/{at}/name") for at, text in enumerate(texts))


def found(needle: str, text: str, guard: Guard = Guard.WORD) -> list[str]:
    """What of the text was taken for the needle, as printed."""
    normal = Normal(text)
    return [
        normal.raw[normal.at[find.start] : normal.at[find.end - 1] + 1]
        for find in needles(needle, guard=guard).finds(normal)
    ]


@pytest.mark.parametrize(
    ("needle", "text", "expected"),
    [
        # Two characters are looked for like any others.
        ("配方", "本公司配方，配\n方", ["配方", "配\n方"]),
        ("配方", f"支配{JUMP}方法", []),
        ("新配方", f"新配{JUMP}方法", []),
        # Words set apart are whole cells; the end of one with the beginning of another is a coincidence.
        ("新配方表", f"新配{JUMP}方表", [f"新配{JUMP}方表"]),
        ("新配方表", f"名称{JUMP}新配{JUMP}方表{JUMP}日期", [f"新配{JUMP}方表"]),
        ("新配方表", f"创新配{JUMP}方表", []),
        ("新配方表", f"新配{JUMP}方表格", []),
        ("新配方表", f"创新配{JUMP}方表格", []),
        ("新配方表", "创新配\n方表格", ["新配\n方表"]),
        ("蓝鲸", "藍 鯨", ["藍 鯨"]),
        # A few letters or digits are a word of their own.
        ("V2", "升级到V2。", ["V2"]),
        ("V2", "V2 12项", ["V2"]),
        ("V2", "V21，AV2，Ｖ２Ｘ", []),
        ("V2", "使用V2版", ["V2"]),
        ("ABCDE", "xABCDEx", ["ABCDE"]),
        ("SP-0001", "见SP—0001号", ["SP—0001"]),
        # Numbers are whole numbers.
        ("20261", "编号20261", ["20261"]),
        ("20261", "120261，202612，20261.5，3.20261", []),
        ("20261", "20261号，共20261。", ["20261", "20261"]),
        ("20261", "A20261", ["20261"]),
        # Mixed ones have no such rule.
        ("蓝鲸V2", "蓝鲸V21", ["蓝鲸V2"]),
        ("𬭎㵘", "由𬭎㵘负责", ["𬭎㵘"]),
    ],
)
def test_what_counts(needle, text, expected):
    assert found(needle, text) == expected


def test_a_long_clause_is_not_pieced_together_over_cells():
    clause = "样机在南山工厂三号线由外协单位调试完成"
    cells = f"本厂样机在南山工厂{JUMP}三号线由外协单位的人"
    assert found(clause, cells, guard=Guard.PROSE) == []
    assert found(clause, cells.replace(JUMP, SOFT), guard=Guard.PROSE)
    assert found(clause, f"样机在南山工厂三号线由外协{JUMP}三号线由外协单位", guard=Guard.PROSE)


def test_a_long_clause_is_known_by_any_part_of_it():
    clause = "样机在南山工厂三号线由外协单位调试完成"
    for start in range(len(clause) - WINDOW + 1):
        part = clause[start : start + WINDOW]
        assert found(clause, f"前面{part}后面", Guard.PROSE) == [part]
    assert not found(clause, f"前面{clause[: WINDOW - 1]}后面", Guard.PROSE)


def test_what_is_not_sought_is_not_found_and_of_equal_strings_the_first_counts():
    strings = (
        ProtectedString("蓝鲸", Guard.TITLE, "evidence/E-01/title", listed_as="E-01"),
        ProtectedString("藍鯨", Guard.WORD, "secret_point/1/name"),
        ProtectedString("蓝 鲸", Guard.WORD, "secret_point/2/name"),
        ProtectedString("白鹤", Guard.WORD, "secret_point/3/name", Unsought.SHORT),
    )
    (find,) = Needles(strings).finds(Normal("蓝鲸和白鹤"))
    assert find.needle.protected.source == "secret_point/1/name"


WORDS = st.text("甲乙丙丁戊", min_size=2, max_size=7)


@given(st.lists(WORDS, max_size=12, unique=True), st.text("甲乙丙丁戊 \n", max_size=80))
def test_all_at_once_finds_what_each_finds_alone(words, text):
    normal = Normal(text)
    together = {(find.start, find.needle.text) for find in needles(*words).finds(normal)}
    alone = {
        (start, word)
        for word in words
        for start in range(len(normal.text))
        if normal.text.startswith(plain(word), start)
    }
    assert together == alone


@given(st.text("甲乙丙", min_size=WINDOW + 1, max_size=60), st.text("甲乙丙", max_size=60))
def test_every_window_of_a_long_text_is_found_and_nothing_else(clause, text):
    normal = Normal(text)
    windows = {clause[at : at + WINDOW] for at in range(len(clause) - WINDOW + 1)}
    expected = {at for at in range(len(text)) if text[at : at + WINDOW] in windows}
    assert {find.start for find in needles(clause, guard=Guard.PROSE).finds(normal)} == expected


@pytest.mark.parametrize("note", ["甲" * 4000, "甲乙丙丁" * 1000])
def test_a_note_that_says_the_same_over_and_over_costs_no_more(note):
    """Each piece of it is filed once, or a long text would be compared with it thousands of times."""
    many = needles(note, guard=Guard.PROSE)
    assert sum(map(len, many._filed.values())) <= 24
    assert len({find.start for find in many.finds(Normal(note))}) == len(note) - WINDOW + 1
