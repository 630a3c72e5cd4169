"""``python -m tsguard``: the window without arguments or for a vault's file, the commands otherwise."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tsguard.services.self_test import Window


def main() -> None:
    """Start the window, or the command that was typed.

    The two are imported only when needed: the window must not wait for the terminal's libraries,
    nor a command for Qt.
    """
    if len(sys.argv) == 1 or sys.argv[1].lower().endswith((".tsg", ".tsgpack")):
        from tsguard.gui.app import run  # noqa: PLC0415 - start-up time

        sys.exit(run(sys.argv))
    from tsguard.cli.commands import program  # noqa: PLC0415 - start-up time
    from tsguard.services.settings import stay_in, this_place  # noqa: PLC0415 - start-up time

    stay_in(this_place())
    program(obj=_window)


def _window() -> Window:
    """The window's part of the self-test, which the commands can't know by themselves."""
    from tsguard.gui.self_check import WindowCheck  # noqa: PLC0415 - start-up time

    return WindowCheck()


if __name__ == "__main__":
    main()
