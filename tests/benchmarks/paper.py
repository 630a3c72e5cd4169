"""The report, against the same text through bare reportlab."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from support.vaults import PASSPHRASE, QUICK

from tests.benchmarks.measure import Line, against, child, in_turn, median
from tsguard.domain.disclosure import Level
from tsguard.services.export import export_report
from tsguard.services.sample import create_sample


def run() -> Iterator[Line]:
    """Measure in processes of their own, so that imports and fonts count for both."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        session = create_sample(place / "x.tsg", PASSPHRASE, profiles=QUICK)
        written = export_report(session.snapshot(), Level.INTERNAL, place / "x.pdf", on=date(2026, 11, 23))
        session.close()
        text = place / "x.txt"
        subprocess.run(["pdftotext", "-layout", written.path, text], check=True)  # noqa: S607
        ours, bare = in_turn(
            3,
            lambda: child("paper_child", "ours", str(place / "x.tsg"), str(place / "ours.pdf")),
            lambda: child("paper_child", "bare", str(text), str(place / "bare.pdf")),
        )
    pages = written.pages
    yield against(
        f"report, {pages} pages",
        median([each["seconds"] for each in ours]),
        median([each["seconds"] for each in bare]),
        f"bare reportlab, {int(bare[0]['pages'])} pages",
        2,
    )
    yield Line("report, size", f"{written.size // 1024} KB", "", "", "≤ 1 MB", written.size <= 1024 * 1024)
