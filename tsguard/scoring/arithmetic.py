"""The one rounding rule: half away from zero, to tenths of a point.

A clerk re-adds a report from what is printed: each unit's score is rounded to a tenth, and the total
is the sum of the rounded unit scores. Nothing is rounded twice on the way and no float takes part.
"""

from __future__ import annotations


def divide_half_up(numerator: int, denominator: int) -> int:
    """``numerator / denominator`` to the nearest whole number, a half upwards.

    Args:
        numerator: Zero or more.
        denominator: More than zero.
    """
    return (2 * numerator + denominator) // (2 * denominator)


def tenths_text(tenths: int) -> str:
    """Tenths of a point as printed: 807 is ``80.7``."""
    return f"{tenths // 10}.{tenths % 10}"


def mass_text(mass: int) -> str:
    """Weight × multiplier × halves as a decimal without trailing zeros: 675 halves-hundredths is ``3.375``.

    ``mass`` counts in two-hundredths of a weight (see ``scoring.lanes``), so it has at most three decimals.
    """
    whole, rest = divmod(mass * 5, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")
