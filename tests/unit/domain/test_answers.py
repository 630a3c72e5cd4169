"""Answers: when a 不适用 is asked again."""

from datetime import date

import pytest

from tsguard.domain.answers import asked_again


@pytest.mark.parametrize(
    ("today", "again"),
    [
        (date(2026, 11, 23), date(2027, 11, 23)),
        (date(2023, 2, 28), date(2024, 2, 28)),
        (date(2024, 2, 29), date(2025, 2, 28)),
    ],
)
def test_a_year_later_also_from_the_29th_of_february(today: date, again: date) -> None:
    assert asked_again(today) == again
