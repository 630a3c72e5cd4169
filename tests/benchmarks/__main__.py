"""Run all or the named benchmarks and print their lines."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

ALL = ("start", "unlock", "answers", "pages", "scores", "paper", "guard", "scale")


def main() -> None:
    """Print a table; the exit code is 0 whatever was measured."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(Path(__file__).parents[1]))
    print("| what | ours | against | ratio | bar | within |")
    print("|---|---|---|---|---|---|")
    for name in sys.argv[1:] or ALL:
        for line in importlib.import_module(f"tests.benchmarks.{name}").run():
            kept = "yes" if line.within else "NO"
            print(
                f"| {line.what} | {line.ours} | {line.against} | {line.ratio} | {line.bar} | {kept} |",
                flush=True,
            )


main()
