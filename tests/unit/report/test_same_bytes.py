"""The same state, order and date make the same bytes, whoever runs it, wherever and however often.

The large company takes some minutes and is left out, unless ``TSGUARD_HUGE=1`` is set.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from support import sizes
from unit.report.conftest import make_snapshot

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import CHOSEN, LEVELS, DocumentKind, Edition
from tsguard.domain.snapshot import Snapshot
from tsguard.services import issuing
from tsguard.services.dossier import Order, make

ROOT = Path(__file__).parents[3]
ON = date(2026, 11, 23)
CHILD = """
import json, sys
from pathlib import Path
sys.path[:0] = sys.argv[3:]  # an embedded Python of Windows reads no PYTHONPATH
from unit.report.test_same_bytes import COMPANIES, digests
print(json.dumps(digests(COMPANIES[sys.argv[1]](), Path(sys.argv[2]))))
"""
COMPANIES = {
    "small": make_snapshot,
    "large": lambda: sizes.huge(points=60, pieces=30, tasks=20, note=200),
}
ELSEWHERE = {
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "another place": {
        "PYTHONHASHSEED": "4294967295",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "LANGUAGE": "en",
    },
    "an old terminal": {"PYTHONHASHSEED": "77", "TZ": "America/Anchorage", "LC_ALL": "C", "COLUMNS": "20"},
}


def digests(snapshot: Snapshot, folder: Path) -> dict[str, str]:
    """SHA-256 of each file of every order: apart with DOCX, bound, and with the pages of evidence."""
    found: dict[str, str] = {}
    for level in Level:
        editions = tuple(Edition(kind, level) for kind in CHOSEN if level in LEVELS[kind])
        for bound, evidence in ((False, False), (True, False), (False, True)):
            wanted = tuple(each for each in editions if not evidence or each.kind is DocumentKind.EXHIBITS)
            order = Order(wanted, ON, docx=not bound, bound=bound, with_evidence=evidence)
            made = make(snapshot, order, contents=sizes.contents)
            target = folder / f"{level}-{bound}-{evidence}"
            issuing.write(made.without({hit.key for hit in made.open_hits}), target)
            for path in sorted(target.iterdir()) if target.is_dir() else [target]:
                name = f"{target.name}/{path.name if path is not target else ''}"
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def digests_elsewhere(company: str, folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    folder.mkdir()
    environment = {**os.environ, **more}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", CHILD, company, str(folder), str(ROOT), str(ROOT / "tests")],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=True,
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def compare(company: str, folder: Path, places: Mapping[str, Mapping[str, str]]) -> None:
    (folder / "1").mkdir()
    first = digests(COMPANIES[company](), folder / "1")
    kinds = sum(len(LEVELS[kind]) for kind in CHOSEN)
    assert len(first) > 2 * kinds
    assert any(name.endswith(".docx") for name in first)
    (folder / "2").mkdir()
    assert digests(COMPANIES[company](), folder / "2") == first
    for name, environment in places.items():
        assert digests_elsewhere(company, folder / name, environment) == first, name


def test_a_small_company(tmp_path: Path) -> None:
    compare("small", tmp_path, {"another place": ELSEWHERE["another place"]})


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("TSGUARD_HUGE"), reason="takes minutes: set TSGUARD_HUGE=1")
def test_a_large_company(tmp_path: Path) -> None:
    compare("large", tmp_path, ELSEWHERE)


def test_another_day_makes_other_bytes(tmp_path: Path) -> None:
    """So that equal digests mean something."""
    snapshot = make_snapshot()
    edition = Edition(CHOSEN[0], Level.SUBMISSION)
    first, second = (make(snapshot, Order((edition,), on)).files[0].data for on in (ON, date(2026, 11, 24)))
    assert first != second
