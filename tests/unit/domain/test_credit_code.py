"""统一社会信用代码, GB 32100-2015."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard.domain.credit_code import ALPHABET, check_character, is_valid, normalised


def test_the_standards_own_example():
    """The example that GB 32100-2015 itself works out."""
    assert is_valid("91350100M000100Y43")


def test_a_code_worked_out_by_hand():
    # Body of one 1 and sixteen 0: sum = 1×3^0 = 1, check value 31 − 1 = 30, the last character Y.
    assert check_character("1" + "0" * 16) == "Y"
    # All zeros: the sum is a multiple of 31 already, so the check value is 0.
    assert check_character("0" * 17) == "0"


@pytest.mark.parametrize(
    "code",
    [
        "",
        "91350100M000100Y44",
        "91350100M000100Y4",
        "91350100M000100Y433",
        "91350100I000100Y43",
        "９１350100M000100Y43",
    ],
)
def test_wrong_codes(code):
    assert not is_valid(code)


bodies = st.text(ALPHABET, min_size=17, max_size=17)


@given(bodies, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(body, place, other):
    code = body + check_character(body)
    changed = code[:place] + other + code[place + 1 :]
    assert is_valid(changed) == (changed == code)


@given(bodies, st.integers(0, 15))
def test_two_neighbours_swapped_are_always_found(body, place):
    code = body + check_character(body)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_valid(swapped) == (swapped == code)


def test_typing_is_forgiven_blanks_and_small_letters():
    assert normalised(" 91350100 m000100y43 \n") == "91350100M000100Y43"
