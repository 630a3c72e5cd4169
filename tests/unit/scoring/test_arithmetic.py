from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from tsguard.scoring.arithmetic import divide_half_up, mass_text, tenths_text


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_division_rounds_a_half_upwards_as_decimal_does(numerator, denominator):
    # Fifty digits are exact enough to tell a half from its neighbours here.
    exact = Decimal(numerator) / Decimal(denominator)
    if (2 * numerator) % denominator == 0:
        assert divide_half_up(numerator, denominator) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    else:
        assert divide_half_up(numerator, denominator) == round(exact)


def test_tenths_are_printed_with_one_decimal():
    assert [tenths_text(value) for value in (0, 5, 97, 807, 1000)] == ["0.0", "0.5", "9.7", "80.7", "100.0"]


def test_masses_are_printed_without_trailing_zeros():
    # weight 4 × 1.4 × a half = 2.8, counted in two-hundredths
    assert mass_text(4 * 140 * 1) == "2.8"
    assert mass_text(5 * 100 * 2) == "5"
    assert mass_text(3 * 125 * 1) == "1.875"
