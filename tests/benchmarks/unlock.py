"""Opening a vault with 1,000 assessments, against its key derivation alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from support.vaults import PASSPHRASE

from tests.benchmarks.measure import Line, median, ms, timed
from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.scales import Verdict
from tsguard.services.content import choose_modules
from tsguard.services.session import Session
from tsguard.store.kdf import PROFILES, derive
from tsguard.store.vault import Vault

ASSESSMENTS = 1000


def run() -> Iterator[Line]:
    """Measure with the real key derivation."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.tsg"
        session = Session.create(path, PASSPHRASE, Enterprise(name="甲"))
        choose_modules(session, ["XIC"])
        first = session.assessment
        assert first is not None
        items = [item.id for item in first.checklist.items()]
        for item in items:
            session.put_answer(Answer(item, Verdict.PARTLY, note="备注" * 20))
        session.close()
        vault = Vault.open(path, PASSPHRASE, who="bench")
        with vault.write() as writer:
            for number in range(1, ASSESSMENTS):
                company = Enterprise(id=f"e{number:04d}", name=f"企业{number}")
                writer.put_enterprise(company)
                writer.put_assessment(replace(first, id=f"a{number:04d}", enterprise=company.id))
        vault.close()
        salt = b"TSG\x01" + bytes(12)
        derivation = median(timed(lambda: derive(PASSPHRASE, salt, PROFILES[1]), 7))
        opening = median(timed(lambda: Session.open(path, PASSPHRASE).close(), 7))
    yield Line(
        f"unlock and lock, {ASSESSMENTS} assessments",
        ms(opening),
        f"Argon2id {ms(derivation)}",
        f"{opening / derivation:.2f}",
        "≤ Argon2id + 100 ms",
        opening <= derivation + 0.1,
    )
