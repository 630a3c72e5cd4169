"""The score of a full assessment."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from support.vaults import PASSPHRASE, QUICK

from tests.benchmarks.measure import Line, median, ms, timed
from tsguard.scoring.sheet import score
from tsguard.services.sample import create_sample


def run() -> Iterator[Line]:
    """Measure on the sample company, with its evidence and register checks."""
    with tempfile.TemporaryDirectory() as folder:
        session = create_sample(Path(folder) / "x.tsg", PASSPHRASE, profiles=QUICK)
        assessment, checks = session.assessment, session.checks()
        proved = session.cabinet.proved_items(session.today)
        answers = dict(session.answers)
        assert assessment is not None
        spent = median(
            timed(lambda: score(assessment.checklist, assessment.programme, answers, proved, checks), 200)
        )
        session.close()
    yield Line("score, all lanes and gaps, 131 items", ms(spent), "", "", "≤ 5 ms", spent <= 0.005)
