"""Killed at any moment, a vault has every answer it acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from tsguard.domain.answers import Assessment
from tsguard.domain.checklist import Checklist
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.programme import Programme
from tsguard.store.kdf import KdfProfile
from tsguard.store.vault import Vault

CHEAP = {200: KdfProfile(memory=8, iterations=1, lanes=1)}
PASSPHRASE = "killed at any moment"

CHILD = """
import os, sys
from pathlib import Path
from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.domain.evidence import Evidence
from tsguard.store.kdf import KdfProfile
from tsguard.store.vault import Vault
vault = Vault.open(Path(sys.argv[1]), sys.argv[2], who="child", profiles={200: KdfProfile(8, 1, 1)})
start = int(sys.argv[3])
for number in range(start, start + 100_000):
    item = f"ORG-{number}"
    with vault.write() as writer:
        writer.put_answer("a1", Answer(item=item, verdict=Verdict.MET, note="n" * (number * 37 % 3000)))
    os.write(1, (item + "\\n").encode())
    if number % 20 == 19:
        stored = vault.store_file(Path(sys.argv[4]), limit=10**9)
"""


def start_child(path: Path, start: int, evidence: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), PASSPHRASE, str(start), str(evidence)],
        stdout=subprocess.PIPE,
    )


@pytest.mark.slow
def test_kill(tmp_path: Path) -> None:
    path, evidence = tmp_path / "v.tsg", tmp_path / "evidence"
    evidence.write_bytes(os.urandom(3_000_000))
    vault = Vault.create(path, PASSPHRASE, who="parent", profiles=CHEAP)
    programme = Programme("p", "p", "1", False, "", "0" * 64, True, (), (), "", "")
    with vault.write() as writer:
        writer.put_enterprise(Enterprise(id="e1"))
        writer.put_assessment(
            Assessment(
                "a1", "e1", "t", date(2026, 1, 1), date(2026, 1, 1), (), Checklist((), (), "", ""), programme
            )
        )
    vault.close()
    acknowledged: list[str] = []
    chance = random.Random(20261123)  # noqa: S311 - moments, not secrets
    for _ in range(10):
        child = start_child(path, len(acknowledged) + 1000 * chance.randrange(1, 10**6), evidence)
        assert child.stdout is not None
        # From the first acknowledgement on it is killed at some moment, an answer being under way.
        first = child.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read()
        child.stdout.close()
        assert child.wait() == -signal.SIGKILL
        acknowledged += [line.decode() for line in (first + rest).splitlines(keepends=False)]
        vault = Vault.open(path, PASSPHRASE, who="parent", profiles=CHEAP)
        answers = vault.answers("a1")
        assert not [item for item in acknowledged if item not in answers]
        # At most the one that was committed and not yet told.
        unannounced = len(answers) - len(acknowledged)
        assert unannounced in {0, 1}
        acknowledged = list(answers)
        assert vault.verify_journal() == len(answers) + 2
        vault.verify_pages()
        with vault._access() as database:
            assert database.count("files") == 0
        vault.close()
        assert sorted(each.name for each in tmp_path.iterdir()) == ["evidence", "v.tsg"]
    assert len(acknowledged) > 10
