"""Drawn signs: verdicts and boxes. No font has them all, and the word always stands beside them."""

from __future__ import annotations

from math import cos, pi, sin

from tsguard.report.blocks import (
    Mark,
)

_ARC = 0.5523
"""Length of a Bézier handle for a quarter of a circle of radius 1."""


def circle(x: float, y: float, radius: float) -> str:
    """Path operators of a circle."""
    k = _ARC * radius
    left, right, low, high = x - radius, x + radius, y - radius, y + radius
    return (
        f"{right:.2f} {y:.2f} m "
        f"{right:.2f} {y + k:.2f} {x + k:.2f} {high:.2f} {x:.2f} {high:.2f} c "
        f"{x - k:.2f} {high:.2f} {left:.2f} {y + k:.2f} {left:.2f} {y:.2f} c "
        f"{left:.2f} {y - k:.2f} {x - k:.2f} {low:.2f} {x:.2f} {low:.2f} c "
        f"{x + k:.2f} {low:.2f} {right:.2f} {y - k:.2f} {right:.2f} {y:.2f} c h"
    )


def polygon(points: list[tuple[float, float]]) -> str:
    """Path operators of a closed polygon."""
    first, *others = points
    rest = " ".join(f"{x:.2f} {y:.2f} l" for x, y in others)
    return f"{first[0]:.2f} {first[1]:.2f} m {rest} h"


def around(x: float, y: float, radius: float, count: int) -> list[tuple[float, float]]:
    """Points on a circle, clockwise from the top."""
    return [
        (x + radius * sin(2 * pi * index / count), y + radius * cos(2 * pi * index / count))
        for index in range(count)
    ]


def draw_mark(mark: Mark, x: float, y: float, size: float, color: str) -> str:
    """Operators of a mark of one em on a baseline.

    Args:
        mark: Which.
        x: The em's left edge.
        y: The baseline.
        size: The em, in points.
        color: Three operands.
    """
    start = f"{color} RG {color} rg"
    middle = y + 0.38 * size
    if mark in {Mark.BOX, Mark.TICKED}:
        return f"{start} {_box(x + 0.5 * size, middle, size, ticked=mark is Mark.TICKED)}"
    return f"{start} {_disc(mark, x + 0.44 * size, middle, 0.30 * size, 0.075 * size)}"


def _box(x: float, y: float, size: float, *, ticked: bool) -> str:
    half = 0.37 * size
    box = f"{0.055 * size:.3f} w {x - half:.2f} {y - half:.2f} {2 * half:.2f} {2 * half:.2f} re S"
    if not ticked:
        return box
    return (
        f"{box} {0.1 * size:.3f} w 1 J 1 j {x - 0.22 * size:.2f} {y + 0.02 * size:.2f} m "
        f"{x - 0.06 * size:.2f} {y - 0.17 * size:.2f} l {x + 0.24 * size:.2f} {y + 0.22 * size:.2f} l S"
    )


def _disc(mark: Mark, x: float, y: float, radius: float, weight: float) -> str:
    ring = circle(x, y, radius)
    if mark is Mark.MET:
        return f"{weight:.3f} w {ring} B"
    if mark is Mark.UNKNOWN:
        step = 2 * pi * radius / 16
        return f"{weight:.3f} w [{step:.3f} {step:.3f}] 0 d {ring} S"
    outline = f"{weight:.3f} w {ring} S"
    if mark is Mark.NOT_APPLICABLE:
        return f"{outline} {x - 0.6 * radius:.2f} {y:.2f} m {x + 0.6 * radius:.2f} {y:.2f} l S"
    if mark is Mark.PARTLY:
        k = _ARC * radius
        return (
            f"{outline} {x:.2f} {y + radius:.2f} m "
            f"{x - k:.2f} {y + radius:.2f} {x - radius:.2f} {y + k:.2f} {x - radius:.2f} {y:.2f} c "
            f"{x - radius:.2f} {y - k:.2f} {x - k:.2f} {y - radius:.2f} {x:.2f} {y - radius:.2f} c h f"
        )
    return outline
