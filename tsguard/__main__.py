"""``python -m tsguard``: the window without arguments or for a vault's file, the commands otherwise."""

from __future__ import annotations

import sys


def main() -> None:
    """Start the window, or the command that was typed.

    The two are imported only when needed: the window must not wait for the terminal's libraries,
    nor a command for Qt.
    """
    if len(sys.argv) == 1 or sys.argv[1].lower().endswith(".tsg"):
        from tsguard.gui.app import run  # noqa: PLC0415 - start-up time

        sys.exit(run(sys.argv))
    from tsguard.cli.commands import program  # noqa: PLC0415 - start-up time

    program()


if __name__ == "__main__":
    main()
