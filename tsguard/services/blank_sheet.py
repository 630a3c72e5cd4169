"""A document that holds nothing of a vault onto the disk: the blank checklist for paper and pen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tsguard.errors import NotReplaced
from tsguard.store.claim import is_held

if TYPE_CHECKING:
    from tsguard.report.document import Document


@dataclass(frozen=True, slots=True)
class BlankSheet:
    """What was written.

    Attributes:
        path: Where.
        pages: How many.
        size: In bytes.
        sha256: Of the file.
    """

    path: Path
    pages: int
    size: int
    sha256: str


def write_sheet(
    document: Document,
    target: Path,
    *,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool],
) -> BlankSheet:
    """Draw and write a document.

    Raises:
        NotReplaced: A vault is there; it is untouched.
        TSGuardError: As ``report.pdf.write``.
    """
    if is_held(target):
        raise NotReplaced(target)  # before it is opened, which would drop SQLite's lock on it
    from tsguard.report.pdf import write  # noqa: PLC0415 - start-up time

    done = write(document, target, progress=progress, cancelled=cancelled)
    return BlankSheet(done.path, done.pages, done.size, done.sha256)
