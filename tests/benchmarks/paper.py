"""The report as it is exported, looked through by the leak guard, against its text through bare reportlab."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from support.vaults import PASSPHRASE, QUICK

from tests.benchmarks.measure import Line, against, child, in_turn, median
from tsguard.domain.disclosure import Level
from tsguard.services.sample import create_sample

_MOST_BYTES = 1024 * 1024
_MOST_GUARD = 0.2
"""The guard's part of an export."""


def run() -> Iterator[Line]:
    """Measure in processes of their own, so that imports and fonts count for both."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        vault = str(place / "x.tsg")
        create_sample(place / "x.tsg", PASSPHRASE, profiles=QUICK).close()
        for level in Level:
            yield from _report(vault, level, place)
        (dossier,) = in_turn(3, lambda: child("paper_child", "dossier", vault, str(place / "all")))
        share = median([each["guard"] / each["warm"] for each in dossier])
        yield Line(
            f"dossier, {int(dossier[0]['pages'])} pages in {int(dossier[0]['files'])} files",
            f"{median([each['seconds'] for each in dossier]):.2f} s",
            f"guard {share:.0%} of it",
            "",
            f"guard < {_MOST_GUARD:.0%}",
            share < _MOST_GUARD,
        )


def _report(vault: str, level: Level, place: Path) -> Iterator[Line]:
    target, text = place / f"{level}.pdf", place / f"{level}.txt"
    child("paper_child", "ours", vault, level, str(target))
    subprocess.run(["pdftotext", "-layout", target, text], check=True)  # noqa: S607
    ours, bare = in_turn(
        3,
        lambda: child("paper_child", "ours", vault, level, str(target)),
        lambda: child("paper_child", "bare", str(text), str(place / "bare.pdf")),
    )
    name = f"report, {level}"
    yield against(
        f"{name}, {int(ours[0]['pages'])} pages",
        median([each["seconds"] for each in ours]),
        median([each["seconds"] for each in bare]),
        f"bare reportlab, {int(bare[0]['pages'])} pages",
        2,
    )
    share = median([each["guard"] / each["warm"] for each in ours])
    yield Line(
        f"{name}, the guard", f"{share:.0%}", "its export", "", f"< {_MOST_GUARD:.0%}", share < _MOST_GUARD
    )
    size = target.stat().st_size
    yield Line(f"{name}, size", f"{size // 1024} KB", "", "", "≤ 1 MB", size <= _MOST_BYTES)
