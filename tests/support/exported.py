"""One document of a dossier on the disk, the way the window and the command line get there."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

from tsguard.domain.dossier import Edition, IssuedDocument
from tsguard.domain.snapshot import Snapshot
from tsguard.services.dossier import Order, make
from tsguard.services.issuing import write


def export_document(
    snapshot: Snapshot,
    edition: Edition,
    target: Path,
    *,
    on: date,
    clearances: Collection[str] = (),
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> IssuedDocument:
    """Make one document, look it through and write it as PDF; errors as ``make`` and ``write``."""
    made = make(
        snapshot, Order((edition,), on), clearances=clearances, progress=progress, cancelled=cancelled
    )
    (issued,) = write(made, target, cancelled=cancelled)
    return issued
