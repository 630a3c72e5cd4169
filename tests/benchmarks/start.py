"""Start to a usable unlock page, and memory after unlocking, against a bare window with one line."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from support.vaults import PASSPHRASE, QUICK

from tests.benchmarks.measure import Line, against, child, in_turn, median
from tsguard.services.sample import create_sample

ROUNDS = 9


def run() -> Iterator[Line]:
    """Measure whole processes in turn, imports cached by the round that does not count."""
    ours, bare = in_turn(ROUNDS, lambda: child("start_child", "ours"), lambda: child("start_child", "bare"))
    yield against(
        "start to painted unlock page",
        median([each["wall"] for each in ours]),
        median([each["wall"] for each in bare]),
        "bare window",
        1.5,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.tsg"
        create_sample(path, PASSPHRASE, profiles=QUICK).close()
        unlocked = [child("start_child", "unlocked", str(path)) for _run in range(3)]
        idle = [child("start_child", "bare") for _run in range(3)]
    ours_mb = median([each["rss_mb"] for each in unlocked])
    bare_mb = median([each["rss_mb"] for each in idle])
    yield Line(
        "memory, idle after unlock",
        f"{ours_mb:.0f} MB",
        f"bare window {bare_mb:.0f} MB",
        f"+{ours_mb - bare_mb:.0f} MB",
        "≤ bare + 60 MB",
        ours_mb <= bare_mb + 60,
    )
