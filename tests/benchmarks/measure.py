"""Medians, and figures against figures of the same run."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CONFIG = tempfile.TemporaryDirectory()
_COMPILED = tempfile.TemporaryDirectory()


@dataclass(frozen=True, slots=True)
class Line:
    """One bar of the design with what was measured.

    Attributes:
        what: What was done.
        ours: Our figure with its unit.
        against: What it is held against, with its figure.
        ratio: Ours over theirs, or "" for an absolute bar.
        bar: What the design asks for.
        within: Whether it was kept in this run.
    """

    what: str
    ours: str
    against: str
    ratio: str
    bar: str
    within: bool


def against(what: str, ours: float, theirs: float, name: str, most: float) -> Line:
    """A line for a ratio; figures in seconds."""
    return Line(
        what, ms(ours), f"{name} {ms(theirs)}", f"{ours / theirs:.2f}", f"≤ {most:g}×", ours <= most * theirs
    )


def ms(seconds: float) -> str:
    """Seconds as milliseconds."""
    return f"{seconds * 1000:.1f} ms"


def timed(work: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each of some runs, after one that does not count."""
    work()
    found = []
    for _run in range(runs):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return found


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def child(module: str, *arguments: str) -> dict[str, float]:
    """The JSON that a module of this folder prints in a process of its own, with its ``wall`` time."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments],
        cwd=ROOT,
        env={
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": _COMPILED.name,  # as installed: not compiled anew at each start
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT / "tests"),
            "XDG_CONFIG_HOME": _CONFIG.name,  # nobody's own recent files
        },
        capture_output=True,
        check=True,
    )
    wall = time.perf_counter() - start
    facts: dict[str, float] = json.loads(done.stdout or b"{}")
    return {"wall": wall, **facts}


def in_turn(runs: int, *works: Callable[[], dict[str, float]]) -> list[list[dict[str, float]]]:
    """Results of works run A B A B …, so that drift hits all alike, after one round for nothing."""
    for work in works:
        work()
    rounds = [[work() for work in works] for _run in range(runs)]
    return [list(column) for column in zip(*rounds, strict=True)]
