"""The folder that freezing makes, and what it is called inside. Must not import what only the build has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

WINDOW = "商业秘密保护自评"
CONSOLE = "tsguard"


@dataclass(frozen=True, slots=True)
class Frozen:
    """A finished folder.

    Attributes:
        folder: With two executables and ``_internal``.
        bill: The bill of materials beside it.
        windows: Whether it is for Windows.
    """

    folder: Path
    bill: Path
    windows: bool

    @property
    def console(self) -> Path:
        """The executable of the commands."""
        return self.folder / (CONSOLE + (".exe" if self.windows else ""))

    @property
    def window(self) -> Path:
        """The executable of the window."""
        return self.folder / (WINDOW + (".exe" if self.windows else ""))
