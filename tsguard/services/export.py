"""From a snapshot to a PDF on disk. Works on frozen values only, so it may run in another thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import tsguard
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.evidence import proved_items
from tsguard.domain.snapshot import Snapshot
from tsguard.domain.words import level_word
from tsguard.errors import NotReplaced
from tsguard.rules.checks import run_checks
from tsguard.scoring.sheet import score
from tsguard.services.file_names import safe_stem
from tsguard.store.claim import is_held

if TYPE_CHECKING:
    from tsguard.report.document import Document


@dataclass(frozen=True, slots=True)
class Exported:
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


def export_report(
    snapshot: Snapshot,
    level: Level,
    target: Path,
    *,
    on: date,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Exported:
    """Write the report of one level.

    Args:
        snapshot: The frozen state.
        level: Internal or submission.
        target: The PDF's place; an older file there is replaced only when the new one is complete.
        on: The date printed on it, and from which overdue is counted.
        progress: Called with pages done and pages expected.
        cancelled: Asked between pages.

    Raises:
        MissingGlyphs: Characters that no font has; nothing is written.
        Cancelled: The person stopped it; nothing is written.
        NotReplaced: A vault is there; it is untouched.
        StorageError: The file system said no; an older file is untouched.
    """
    document = _document(snapshot, level, on)
    return written(document, target, progress=progress, cancelled=cancelled)


def written(
    document: Document,
    target: Path,
    *,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool],
) -> Exported:
    """Draw and write a document; arguments and errors are those of ``export_report``."""
    if is_held(target):
        raise NotReplaced(target)  # before it is opened, which would drop SQLite's lock on it
    from tsguard.report.pdf import write  # noqa: PLC0415 - start-up time

    done = write(document, target, progress=progress, cancelled=cancelled)
    return Exported(done.path, done.pages, done.size, done.sha256)


def render_report(
    snapshot: Snapshot,
    level: Level,
    *,
    on: date,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bytes:
    """The PDF that ``export_report`` would write, in memory only.

    Raises:
        MissingGlyphs: Characters that no font has.
        Cancelled: The person stopped it.
    """
    from tsguard.report.pdf import render  # noqa: PLC0415 - start-up time

    return render(_document(snapshot, level, on), progress=progress, cancelled=cancelled).data


def _document(snapshot: Snapshot, level: Level, on: date) -> Document:
    # Drawing libraries take longer to import than the unlock page to show.
    from tsguard.report.build import build  # noqa: PLC0415 - start-up time

    assessment = snapshot.assessment
    checks = run_checks(assessment.checklist, snapshot.secret_points, on)
    proved = proved_items(snapshot.evidence, on)
    sheet = score(assessment.checklist, assessment.programme, snapshot.answers, proved, checks)
    edition = Edition(DocumentKind.REPORT, level)
    return build(snapshot, sheet, edition, checks=checks, program_version=tsguard.__version__, on=on)


def suggested_name(snapshot: Snapshot, level: Level) -> str:
    """A file name for a report: company, title, level, without what no file system allows."""
    return f"{safe_stem(f'{snapshot.enterprise.name}-{snapshot.assessment.title}-{level_word(level)}')}.pdf"
