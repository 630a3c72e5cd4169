"""A document that holds nothing of a vault onto the disk: the blank checklist for paper and pen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tsguard.store.claim import refuse_replacing

if TYPE_CHECKING:
    from tsguard.report.document import Document
    from tsguard.report.pdf import WrittenReport


def write_sheet(
    document: Document,
    target: Path,
    *,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool],
) -> WrittenReport:
    """Draw and write a document.

    Raises:
        NotReplaced: A vault is there; it is untouched.
        TSGuardError: As ``report.pdf.write``.
    """
    refuse_replacing(target)
    from tsguard.report.pdf import write  # noqa: PLC0415 - start-up time

    return write(document, target, progress=progress, cancelled=cancelled)
