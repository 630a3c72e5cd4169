"""The leak guard's share of an export, in processor time: the machine is used for other things as well."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from support.leaking import ON, seeded, word
from support.vaults import PASSPHRASE, QUICK

from tests.benchmarks.measure import Line, ms
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition, Format
from tsguard.domain.leaks import Part, Place
from tsguard.domain.secret_points import SecretPoint
from tsguard.domain.snapshot import Snapshot
from tsguard.report.guard.passages import Passage, Readout
from tsguard.report.pdf import render
from tsguard.services.dossier import build_document
from tsguard.services.leak_guard import LeakGuard
from tsguard.services.sample import create_sample

_BAR = 0.2
_RUNS = 12
_EDITION = Edition(DocumentKind.REPORT, Level.SUBMISSION)
_COMMON = ("配方", "工艺", "客户名单", "参数", "图纸", "源代码", "模具", "日志", "权限", "样品", "价格")


def run() -> Iterator[Line]:
    """The sample's report as it is, with common words as names, and a search for many strings."""
    with tempfile.TemporaryDirectory() as folder:
        session = create_sample(Path(folder) / "x.tsg", PASSPHRASE, profiles=QUICK, today=lambda: ON)
        snapshot = session.snapshot()
        session.close()
    yield _share("leak guard, sample report", snapshot)
    points = tuple(SecretPoint(id=f"SP-9{at:03}", name=name) for at, name in enumerate(_COMMON))
    named = replace(snapshot, secret_points=(*snapshot.secret_points, *points))
    yield _share("leak guard, names out of the checklist", named)
    yield _many(snapshot)


def _share(what: str, snapshot: Snapshot) -> Line:
    """The guard's share of making the report and looking it through."""
    data = render(build_document(snapshot, _EDITION, ON)).data

    def export() -> object:
        return render(build_document(snapshot, _EDITION, ON))

    def look() -> object:
        guard = LeakGuard(snapshot)
        return guard.inspect(data, format=Format.PDF, edition=_EDITION, file_name="示例.pdf")

    made, looked = _used(export, look)
    share = looked / (made + looked)
    return Line(what, ms(looked), f"export {ms(made + looked)}", f"{share:.2f}", f"< {_BAR:g}", share < _BAR)


def _many(snapshot: Snapshot) -> Line:
    """5,000 protected strings in 60,000 characters, against the plain way of one after another."""
    random = seeded(1)
    names = {word(random, 2) for _each in range(8000)}
    points = tuple(SecretPoint(id=f"SP-{at:04}", name=name) for at, name in enumerate(sorted(names)[:5000]))
    texts = [text for item in snapshot.assessment.checklist.items() for text in (item.text, item.why)]
    text = ("".join(texts) * 20)[:60_000]
    guard = LeakGuard(replace(snapshot, secret_points=points))
    readout = Readout((Passage(Place(Part.PAGE, 1), text),))
    ours, plainly = _used(
        lambda: guard.among(readout, _EDITION), lambda: [point.name in text for point in points]
    )
    ratio = ours / plainly
    return Line(
        "5,000 strings in 60,000 characters", ms(ours), f"one by one {ms(plainly)}", f"{ratio:.2f}", "≤ 1×",
        ratio <= 1,
    )  # fmt: skip


def _used(*works: Callable[[], object]) -> tuple[float, ...]:
    """Seconds of processor time, of each the least of some runs after one that does not count.

    They run in turn; what else the machine does meanwhile can only add to either.
    """
    found: list[list[float]] = [[] for _work in works]
    for run in range(_RUNS + 1):
        for work, times in zip(works, found, strict=True):
            start = time.process_time()
            work()
            if run:
                times.append(time.process_time() - start)
    return tuple(map(min, found))
