"""A vault with 1,000 assessments and, on request, gigabytes of evidence: opening, an answer, checks, a copy.

``TSGUARD_EVIDENCE_GB=5 python -m tests.benchmarks scale`` for the long one; 0.1 by default.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from support.vaults import PASSPHRASE

from tests.benchmarks.measure import Line, median, ms, p95, timed
from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.services.cabinet import filed
from tsguard.services.content import choose_modules
from tsguard.services.session import Session
from tsguard.store.kdf import PROFILES, derive
from tsguard.store.vault import Vault

ASSESSMENTS = 1000
EVIDENCE_GB = float(os.environ.get("TSGUARD_EVIDENCE_GB", "0.1"))
_PIECE = 50 * 1024 * 1024
_MIB = 1024 * 1024


def run() -> Iterator[Line]:
    """Measure with the real key derivation."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "x.tsg"
        _make(path, folder)
        size = path.stat().st_size
        facts = f"{ASSESSMENTS} assessments, {size / 2**30:.1f} GiB"
        salt = b"TSG\x01" + bytes(12)
        derivation = median(timed(lambda: derive(PASSPHRASE, salt, PROFILES[1]), 5))
        opening = median(timed(lambda: Session.open(path, PASSPHRASE).close(), 5))
        yield Line(
            f"unlock and lock, {facts}",
            ms(opening),
            f"Argon2id {ms(derivation)}",
            f"{opening / derivation:.2f}",
            "≤ Argon2id + 100 ms",
            opening <= derivation + 0.1,
        )
        session = Session.open(path, PASSPHRASE)
        answers = _answers(session)
        yield Line(
            f"one answer written, {facts}",
            ms(p95(answers)),
            f"median {ms(median(answers))}",
            "",
            "p95 ≤ 16 ms",
            p95(answers) <= 0.016,
        )
        for what, work, least in (
            ("the journal and all records checked", session.file.verify_journal, 0),
            ("every page checked", session.file.verify_pages, 50),
            ("a proven copy", lambda: session.file.copy_to(folder / "copy.tsg"), 10),
        ):
            start = time.perf_counter()
            work()
            taken = time.perf_counter() - start
            speed = size / _MIB / taken
            yield Line(
                f"{what}, {facts}",
                f"{taken:.2f} s",
                f"{speed:.0f} MiB/s",
                "",
                f"≥ {least} MiB/s" if least else "reported",
                speed >= least,
            )
        session.close()


def _make(path: Path, folder: Path) -> None:
    session = Session.create(path, PASSPHRASE, Enterprise(name="甲"))
    choose_modules(session, ["XIC"])
    first = session.assessment
    assert first is not None
    for item in first.checklist.items():
        session.put_answer(Answer(item.id, Verdict.PARTLY, note="备注" * 20))
    source = folder / "evidence.bin"
    for _number in range(max(1, round(EVIDENCE_GB * 1024 * _MIB / _PIECE))):
        source.write_bytes(os.urandom(_PIECE))
        session.cabinet.add(filed(Evidence("", "", title="证"), source, session.cabinet.store_file(source)))
    source.unlink()
    session.close()
    vault = Vault.open(path, PASSPHRASE, who="bench")
    for number in range(1, ASSESSMENTS):
        with vault.write() as writer:
            company = Enterprise(id=f"e{number:04d}", name=f"企业{number}")
            writer.put_enterprise(company)
            writer.put_assessment(replace(first, id=f"a{number:04d}", enterprise=company.id))
            for item in list(first.checklist.items())[:10]:
                writer.put_answer(f"a{number:04d}", Answer(item.id, Verdict.MET))
    vault.close()


def _answers(session: Session) -> list[float]:
    items = [item.id for item in session.checklist.items()]
    found = []
    for number in range(130):
        start = time.perf_counter()
        session.put_answer(Answer(items[number % len(items)], Verdict.MET, note=str(number)))
        found.append(time.perf_counter() - start)
    return found[10:]
