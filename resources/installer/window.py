"""The frozen program without a console: the window, opening the vault that was double-clicked."""

import sys

from tsguard.gui.app import run

if __name__ == "__main__":
    sys.exit(run(sys.argv))
