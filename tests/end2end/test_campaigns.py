"""Each campaign in a small size; at length: ``python -m tests.campaigns``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "rounds"), [("kill", 24), ("full_disk", 64), ("damage", 20), ("plain_text", 1)]
)
def test_campaign(name: str, rounds: int) -> None:
    """In a process of its own: it forks, and limits files."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.campaigns", name, "--rounds", str(rounds)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(f"| {name} |") > 5
