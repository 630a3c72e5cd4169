"""Going from page to page in the open vault."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from support.vaults import PASSPHRASE, QUICK

from tests.benchmarks.measure import Line, median, ms
from tests.benchmarks.window import opened, settle, wait
from tsguard.services.sample import create_sample

PAGES = ("profile", "checklist", "results", "points", "evidence", "export", "settings")
ROUNDS = 7


def run() -> Iterator[Line]:
    """Measure each page's first showing, and the later ones."""
    with tempfile.TemporaryDirectory() as folder:
        session = create_sample(Path(folder) / "x.tsg", PASSPHRASE, profiles=QUICK)
        first: dict[str, float] = {}
        later: dict[str, list[float]] = {page: [] for page in PAGES}
        with opened(session, Path(folder)) as window:
            assert window.shell is not None
            for turn in range(ROUNDS):
                for page in PAGES:
                    start = time.perf_counter()
                    window.shell.go(page)
                    settle()
                    spent = time.perf_counter() - start
                    if turn:
                        later[page].append(spent)
                    else:
                        first[page] = spent
                    wait(0.05)
            sections = []
            for item in ("ORG-01", "ITS-01", "HRM-05", "XIC-01", "EXT-02"):
                window.shell.go("checklist")
                settle()
                start = time.perf_counter()
                window.shell.go(f"checklist:{item}")
                settle()
                sections.append(time.perf_counter() - start)
    for page in PAGES:
        spent = median(later[page])
        yield Line(f"page {page}", ms(spent), f"first time {ms(first[page])}", "", "≤ 50 ms", spent <= 0.05)
    spent = median(sections)
    yield Line("another section of the checklist", ms(spent), "", "", "≤ 50 ms", spent <= 0.05)
