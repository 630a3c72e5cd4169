"""The tests under Windows' Python, in wine: the layers below the window, and the window's smoke tests.

``python -m tests.installer.windows_tests``. The Python, its packages and its computer are made once and kept
while the lock and the checkout stay the same. Each group of tests runs in a process of its own, so that one
that ends Python takes only its group along.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from resources.installer import environment
from resources.installer.running import BuildFailed, Log
from resources.installer.wine import PARTS, Wine
from tests.installer.computer import Computer, NotAsExpected, computer
from tests.installer.places import ROOT

LOCK = ROOT / "requirements.lock"
WINDOW = (
    "tests/gui/on_windows",
    "tests/gui/test_start.py",
    "tests/gui/test_window.py",
    "tests/gui/test_locking.py",
    "tests/gui/test_portable.py",
    "tests/gui/test_by_key.py",
    "tests/gui/checklist",
    "tests/gui/exporting",
)
"""The window's smoke tests: start, every page, locking, keys, answering, exporting, what only Windows has."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a group.

    Attributes:
        group: Its folder or file.
        passed: How many did.
        failed: Names of those that failed, errors included.
        skipped: Reason and how many for it.
        ended: What ended the process before its time; "" where nothing did.
    """

    group: str
    passed: int
    failed: tuple[str, ...]
    skipped: dict[str, int]
    ended: str = ""

    @property
    def good(self) -> bool:
        """Whether something passed and nothing failed."""
        return bool(self.passed) and not self.failed and not self.ended

    def said(self) -> str:
        """In one line."""
        skipped = sum(self.skipped.values())
        words = f"{self.group}: {self.passed} passed, {len(self.failed)} failed, {skipped} skipped"
        return f"{words}; {self.ended}" if self.ended else words


def groups() -> tuple[str, ...]:
    """All groups: each folder of ``tests/unit``, what lies beside them, and the window's."""
    unit = ROOT / "tests" / "unit"
    folders = sorted(path for path in unit.iterdir() if path.is_dir() and any(path.rglob("test_*.py")))
    beside = sorted(unit.glob("test_*.py"))
    return (*(path.relative_to(ROOT).as_posix() for path in (*folders, *beside)), *WINDOW)


def prepare(folder: Path, log: Log) -> Path:
    """Windows' Python with the locked packages, made anew where the lock or the checkout is another.

    Returns:
        Its ``python.exe``.
    """
    parts = (
        LOCK,
        environment.LOCK,
        environment.PYTHON_LOCK,
        Path(environment.__file__),
        PARTS / "sitecustomize.py",
    )
    search = (Wine.path(ROOT),)
    made_of = (*(part.read_bytes() for part in parts), *(place.encode() for place in search))
    fingerprint = hashlib.sha256(b"".join(made_of)).hexdigest()
    kept, python = folder / "fingerprint", folder / "windows_python" / "python.exe"
    if python.is_file() and kept.is_file() and kept.read_text("ascii") == fingerprint:
        return python
    log.say("Windows' Python with the locked packages: a few minutes, once")
    kept.unlink(missing_ok=True)
    tools = environment.native(folder / "tools", log)
    python = environment.windows_python(tools, python.parent, log, LOCK, search)
    shutil.copy2(PARTS / "sitecustomize.py", python.parent / "Lib" / "site-packages")
    kept.write_text(fingerprint, "ascii")
    return python


def run(python: Path, group: str, pc: Computer, folder: Path, more: Sequence[str] = ()) -> Outcome:
    """Run a group of tests.

    Args:
        python: Windows' Python.
        group: A folder or file of tests, from the checkout's top.
        pc: Where it runs.
        folder: Gets the report.
        more: Arguments for pytest.
    """
    report = folder / f"{group.replace('/', '.')}.xml"
    report.unlink(missing_ok=True)
    words = ["-X", "faulthandler", "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider", "-m", "not slow"]
    command = [*words, f"--junitxml={Wine.path(report)}", *more, group]
    try:
        code = pc.code(python, *command, cwd=ROOT)
    except NotAsExpected:
        return Outcome(group, 0, (), {}, "it did not end")
    if not report.is_file():
        return Outcome(group, 0, (), {}, f"Python ended with {code} before its report; see the log")
    return read_report(group, report.read_text("utf-8"))


def read_report(group: str, report: str) -> Outcome:
    """Read what pytest wrote for machines."""
    passed, failed = 0, []
    skipped: dict[str, int] = {}
    # Written by the pytest that was just run.
    for case in ET.fromstring(report).iter("testcase"):  # noqa: S314
        kinds = {child.tag: child for child in case}
        if "failure" in kinds or "error" in kinds:
            failed.append(f"{case.get('classname', '')}::{case.get('name', '')}")
        elif "skipped" in kinds:
            reason = kinds["skipped"].get("message", "")
            skipped[reason] = skipped.get(reason, 0) + 1
        else:
            passed += 1
    return Outcome(group, passed, tuple(failed), skipped)


def windows_tests(folder: Path, log: Log, only: Sequence[str] = (), more: Sequence[str] = ()) -> bool:
    """Run the groups and say what came of them.

    Args:
        folder: Keeps Python, computer and reports.
        log: Everything that happens.
        only: Groups; all of them where there is none.
        more: Arguments for pytest.

    Returns:
        Whether everything passed.

    Raises:
        BuildFailed: Python or the computer can't be made.
    """
    python = prepare(folder, log)
    outcomes = []
    with computer(folder / "computer", log, again=True) as pc:
        for group in only or groups():
            start = time.monotonic()
            outcomes.append(run(python, group, pc, folder, more))
            log.say(f"  {outcomes[-1].said()} ({time.monotonic() - start:.0f} s)")
            for name in outcomes[-1].failed:
                log.say(f"      failed: {name}")
    skipped: dict[str, int] = {}
    for outcome in outcomes:
        for reason, count in outcome.skipped.items():
            skipped[reason] = skipped.get(reason, 0) + count
    for reason, count in sorted(skipped.items(), key=lambda each: -each[1]):
        log.say(f"  skipped {count:4}: {reason}")
    log.say(
        f"{sum(each.passed for each in outcomes)} passed, {sum(len(each.failed) for each in outcomes)} failed"
    )
    return all(each.good for each in outcomes)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tests; the exit code says whether all passed."""
    parser = argparse.ArgumentParser(description="Run the tests under Windows' Python in wine.")
    parser.add_argument("group", nargs="*", help="folders or files of tests (default: all that are meant)")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build" / "windows_tests", help="(default: %(default)s)"
    )
    parser.add_argument("-k", dest="names", help="only tests with such names, as pytest reads it")
    given = parser.parse_args(arguments)
    given.work.mkdir(parents=True, exist_ok=True)
    log = Log(given.work.absolute() / "windows_tests.log")
    log.file.unlink(missing_ok=True)
    more = ["-k", given.names] if given.names else []
    try:
        return 0 if windows_tests(given.work.absolute(), log, given.group, more) else 1
    except BuildFailed as error:
        log.say(f"\n{error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
