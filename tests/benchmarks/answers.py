"""One answer, from the click to durable on disk and redrawn; flat from 131 to 10,000 items."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from support.checklists import make_checklist, make_item, make_module, make_programme
from support.vaults import new_session

from tests.benchmarks.measure import Line, median, ms, p95
from tests.benchmarks.window import opened, settle
from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.services.session import Session

ANSWERS = 120
VERDICTS = (Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET)


def run() -> Iterator[Line]:
    """Measure in a real window, and the write alone without one."""
    with tempfile.TemporaryDirectory() as folder:
        small = new_session(Path(folder) / "a", "XIC")
        small_times = _clicks(small, Path(folder) / "a", "ORG")
        large = new_session(Path(folder) / "b", "XIC")
        _make_large(large)
        large_times = _clicks(large, Path(folder) / "b", "S00")
        bare = _bare_commits(Path(folder) / "c")
        writes = _writes(Path(folder) / "d")
    yield Line(
        "one answer, click to stored and redrawn, p95 of 120",
        ms(p95(small_times)),
        f"median {ms(median(small_times))}",
        "",
        "p95 ≤ 16 ms",
        p95(small_times) <= 0.016,
    )
    yield Line(
        "the same with 10,000 items",
        ms(p95(large_times)),
        f"median {ms(median(large_times))} against {ms(median(small_times))}",
        f"{median(large_times) / median(small_times):.2f}",
        "flat; p95 ≤ 16 ms",
        p95(large_times) <= 0.016,
    )
    yield Line(
        "one answer written, without the window",
        ms(median(writes)),
        f"bare SQLCipher commit {ms(median(bare))}",
        f"{median(writes) / median(bare):.2f}",
        "≤ 3×",
        median(writes) <= 3 * median(bare),
    )


def _clicks(session: Session, folder: Path, section: str) -> list[float]:
    items = [item.id for item in session.checklist.items() if item.id.startswith(section)]
    found = []
    with opened(session, folder) as window:
        assert window.shell is not None
        window.shell.go(f"checklist:{items[0]}")
        settle()
        model = window.shell.model
        for number in range(ANSWERS):
            start = time.perf_counter()
            model.answer(items[number % len(items)], VERDICTS[number % len(VERDICTS)])
            settle()
            found.append(time.perf_counter() - start)
    return found[10:]


def _make_large(session: Session) -> None:
    sections = {
        f"S{number:02d}": [make_item(f"S{number:02d}-{item:02d}") for item in range(100)]
        for number in range(100)
    }
    programme = make_programme({"ALL": 100}, {"ALL": tuple(sections)})
    session.choose((), make_checklist(make_module(sections)), programme)


def _writes(folder: Path) -> list[float]:
    session = new_session(folder, "XIC")
    items = [item.id for item in session.checklist.items()]
    found = []
    for number in range(2 * ANSWERS):
        start = time.perf_counter()
        session.put_answer(Answer(items[number % len(items)], VERDICTS[(number // len(items)) % 3]))
        found.append(time.perf_counter() - start)
    session.close()
    return found[10:]


def _bare_commits(folder: Path) -> list[float]:
    from sqlcipher3 import dbapi2

    folder.mkdir()
    connection = dbapi2.connect(str(folder / "bare.db"), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{'ab' * 32}'\"")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "locking_mode=EXCLUSIVE"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT) STRICT")
    found = []
    for number in range(2 * ANSWERS):
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t VALUES (?, ?)", (number, "x" * 200))
        connection.execute("COMMIT")
        found.append(time.perf_counter() - start)
    connection.close()
    return found[10:]
