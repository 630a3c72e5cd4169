import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard.report.typeset.linebreak import Line, Measure, Span, break_lines

EM = 10.0
NOT_FIRST = set("，。、；：！？）》〉」』】〗〕］｝”’…—～–·％%℃),.;:!?]}")
NOT_LAST = set("（《〈「『【〖〔［｛“‘([{§")
CORPUS = Path(__file__).with_name("corpus.txt").read_text(encoding="utf-8").splitlines()
TEXTS = st.text(
    alphabet=st.sampled_from(
        "商业秘密第二十四条款（）《》“”，。、；：——……ABCabc 0123456789.§%〔〕号年月日·/-\u3000\n"
    ),
    max_size=120,
)


def width_of(text: str, _look: None) -> float:
    return sum(EM * (1.0 if ord(character) > 0x2000 else 0.55) for character in text)


def set_lines(text: str, ems: float, *, justify: bool = True) -> tuple[Line[None], ...]:
    return break_lines([Span(text, None, EM)], Measure(ems * EM, ems * EM, justify), width_of)


def edges(lines: tuple[Line[None], ...]) -> list[tuple[str, str]]:
    """The last character of each line and the first of the next."""
    texts = [line.text.strip() for line in lines]
    return [(a[-1], b[0]) for a, b in pairwise(texts) if a and b]


@pytest.mark.parametrize("ems", [9.3, 11, 14, 18, 24, 32, 36, 42])
def test_no_forbidden_character_opens_or_closes_a_line(ems: float) -> None:
    for paragraph in CORPUS:
        for last, first in edges(set_lines(paragraph, ems)):
            assert first not in NOT_FIRST, paragraph
            assert last not in NOT_LAST, paragraph


@pytest.mark.parametrize("ems", [9.3, 11, 14, 18, 24, 32, 36, 42])
def test_articles_numbers_with_units_and_document_numbers_stay_whole(ems: float) -> None:
    whole = (
        r"第二十四条|第六条|第219条之一|〔2020〕7号|〔2024〕20号|24个月|3个工作日|12个月|1,900元|100–500万元|30%|§5\.2|§21|§40|附件1|"
        r"——|……|GB/T|ISO|1101"
    )
    for paragraph in CORPUS:
        set_text = "\n".join(line.text for line in set_lines(paragraph, ems))
        for match in re.finditer(whole, paragraph):
            assert set_text.count(match.group()) == paragraph.count(match.group()), (ems, match.group())


@given(TEXTS, st.floats(4, 50))
def test_nothing_is_lost_and_nothing_is_added(text: str, ems: float) -> None:
    lines = set_lines(text, ems)
    expected = "".join(part.lstrip(" ") for part in text.split("\n"))
    assert "".join(line.text for line in lines) == expected


@given(TEXTS, st.floats(4, 50), st.booleans())
def test_no_line_is_wider_than_its_measure(text: str, ems: float, justify: bool) -> None:
    """Half an em may be left over by the squeeze that a forced break could not have."""
    for line in set_lines(text, ems, justify=justify):
        assert line.width <= ems * EM + 1e-6


def test_justified_lines_fill_the_measure() -> None:
    lines = set_lines("商业秘密保护自我评估报告" * 12 + "。", 36)
    assert all(line.width == pytest.approx(36 * EM, abs=0.6 * EM) for line in lines[:-1])


@pytest.mark.parametrize("text", ["A" * 200, "0123456789abcdef" * 8, "https://example.org/" + "x" * 150])
def test_a_word_wider_than_the_line_is_cut_rather_than_overflowing(text: str) -> None:
    lines = set_lines(text, 9)
    assert len(lines) > 5
    assert all(line.width <= 9 * EM + 1e-6 for line in lines)


def test_han_and_latin_stand_a_quarter_apart_and_a_typed_space_stays_in_the_text() -> None:
    (tight,) = set_lines("用Wafer测", 40)
    (typed,) = set_lines("用 Wafer 测", 40)
    assert tight.width == pytest.approx(typed.width)
    assert tight.width == pytest.approx(2 * EM + 5 * 5.5 + 5.0)
    assert typed.text == "用 Wafer 测"


def test_adjacent_marks_share_their_empty_half() -> None:
    (line,) = set_lines("甲《乙》（丙）。丁", 40)
    assert line.width == pytest.approx(7.5 * EM + 0.5 * EM - 0.0, abs=0.5 * EM + 1e-6)


def test_no_single_character_is_left_on_the_last_line() -> None:
    lines = set_lines("商" * 73, 36)
    assert len(lines[-1].text) > 1


def test_a_newline_ends_a_line() -> None:
    assert [line.text for line in set_lines("甲乙\n丙", 40)] == ["甲乙", "丙"]
