"""What differs where the tests run: Windows, the wine that stands in for it, or another system."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ON_WINDOWS = sys.platform == "win32"


def _under_wine() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    return hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")


def _makes_links() -> bool:
    """Whether a person can make symbolic links: some may on Windows, and wine says yes and makes none."""
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder, "link")
        try:
            link.symlink_to(Path(folder, "target"))
        except (OSError, NotImplementedError):
            return False
        return link.is_symlink()


UNDER_WINE = _under_wine()
LINKS = _makes_links()
PIPES = hasattr(os, "mkfifo")

windows_only = pytest.mark.skipif(not ON_WINDOWS, reason="only Windows has it")
not_under_wine = pytest.mark.skipif(UNDER_WINE, reason="wine does not do it as Windows does")
needs_links = pytest.mark.skipif(not LINKS, reason="no symbolic links can be made here")
needs_pipes = pytest.mark.skipif(not PIPES, reason="Windows has no pipes in folders")
needs_devices = pytest.mark.skipif(ON_WINDOWS, reason="Windows has no devices in folders")
needs_fork = pytest.mark.skipif(ON_WINDOWS, reason="Windows has neither fork nor signals")
posix_names = pytest.mark.skipif(ON_WINDOWS, reason="Windows takes no such file names")
posix_rights = pytest.mark.skipif(ON_WINDOWS, reason="Windows has other rights than POSIX modes")
posix_replacing = pytest.mark.skipif(
    ON_WINDOWS, reason="Windows neither replaces nor removes a file that is open"
)


@contextmanager
def let_go_after(file: Path, seconds: float) -> Iterator[None]:
    """Hold a file open as a virus scanner does, and let go of it behind the block's back."""
    holder = file.open("rb")
    timer = threading.Timer(seconds, holder.close)
    timer.start()
    try:
        yield
    finally:
        timer.join()
        holder.close()
