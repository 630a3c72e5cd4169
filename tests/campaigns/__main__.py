"""Run all or the named campaigns, print their tables; the exit code is 1 where any promise was broken."""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from pathlib import Path

ALL = ("kill", "full_disk", "damage", "plain_text", "leaks")


def main() -> int:
    """Print a line for each promise and scenario, and each failure below."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(ALL)}; all by default")
    parser.add_argument("--rounds", type=int, default=500, help="how many; 500 by default")
    parser.add_argument("--companies", dest="rounds", type=int, help="the same, for leaks")
    parser.add_argument("--seed", type=int, default=20261123, help="of the chance that picks moments")
    options = parser.parse_args()
    if unknown := set(options.names) - set(ALL):
        parser.error(f"no campaign {', '.join(sorted(unknown))}")
    failures: list[str] = []
    print("| campaign | scenario | rounds | seconds | note | failures |")
    print("|---|---|---|---|---|---|", flush=True)
    for name in options.names or ALL:
        start = time.monotonic()
        for line in importlib.import_module(f"campaigns.{name}").run(options.rounds, options.seed):
            taken, start = time.monotonic() - start, time.monotonic()
            cells = (name, line.what, line.rounds, f"{taken:.1f}", line.note, len(line.failures))
            print(f"| {' | '.join(map(str, cells))} |", flush=True)
            failures += [f"{name}, {line.what}: {each}" for each in line.failures]
    for each in failures:
        print(each)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
