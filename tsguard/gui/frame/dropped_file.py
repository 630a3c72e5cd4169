"""Which files the window takes when they are dropped on it or handed over by the system."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

VAULT, PACK = ".tsg", ".tsgpack"


def taken(path: Path) -> bool:
    """Whether the window opens such a file: a vault or a content pack."""
    return path.suffix.lower() in {VAULT, PACK}


def is_pack(path: Path) -> bool:
    """Whether a file is a content pack by its name."""
    return path.suffix.lower() == PACK


def dropped_file(data: QMimeData) -> Path | None:
    """The one file that is being dragged, where the window opens it, else None."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if taken(path) else None
