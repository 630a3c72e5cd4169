"""Every document of the largest company, and hundreds of pieces of evidence bound in: time and memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.measure import Line, child
from tsguard.domain.disclosure import Level

_MOST_MB = 1024


def run() -> Iterator[Line]:
    """Once each, since that takes minutes."""
    with tempfile.TemporaryDirectory() as folder:
        few = child("paper_child", "exhibits", "50", f"{folder}/few.pdf")
        many = child("paper_child", "exhibits", "500", f"{folder}/many.pdf")
        yield Line(
            f"exhibits, 500 pieces bound, {int(many['pages'])} pages",
            f"{many['seconds']:.0f} s, {many['mb']:.0f} MB",
            f"50 pieces {few['seconds']:.0f} s, {few['mb']:.0f} MB",
            f"{many['mb'] / few['mb']:.2f}",
            "≤ 2× the memory",
            many["mb"] <= 2 * few["mb"],
        )
        for level in Level:
            found = child("paper_child", "huge", level, str(Path(folder, level)))
            yield Line(
                f"largest dossier, {level}, {int(found['pages'])} pages in {int(found['files'])} files",
                f"{found['seconds']:.0f} s, {found['mb']:.0f} MB",
                f"{int(found['bytes']) // 1024} KB",
                "",
                f"≤ {_MOST_MB} MB",
                found["mb"] <= _MOST_MB,
            )
