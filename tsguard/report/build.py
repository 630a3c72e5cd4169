"""From a snapshot and its figures to one document of the dossier. No clock, no files, no drawing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.snapshot import Snapshot
from tsguard.domain.words import document_word
from tsguard.i18n import _
from tsguard.report.chapters.company import write_company
from tsguard.report.chapters.exhibits import write_exhibits
from tsguard.report.chapters.front import write_front
from tsguard.report.chapters.gaps import write_gaps
from tsguard.report.chapters.items import write_items
from tsguard.report.chapters.method import write_method
from tsguard.report.chapters.points import write_points
from tsguard.report.chapters.results import write_results
from tsguard.report.chapters.sources import write_sources
from tsguard.report.document import Document
from tsguard.report.marked import marked, said
from tsguard.report.story import Material, Story
from tsguard.rules.checks import CheckResult
from tsguard.scoring.results import ScoreSheet

Chapter = Callable[[Material, Story], None]
"""Writes its part of a document."""

_CHAPTERS: dict[DocumentKind, tuple[Chapter, ...]] = {
    DocumentKind.REPORT: (
        write_front,
        write_company,
        write_results,
        write_items,
        write_gaps,
        write_points,
        write_exhibits,
        write_sources,
        write_method,
    ),
}


def build(
    snapshot: Snapshot,
    sheet: ScoreSheet,
    edition: Edition,
    *,
    checks: Mapping[str, CheckResult],
    program_version: str,
    on: date,
) -> Document:
    """One document of the dossier on one assessment.

    Args:
        snapshot: The vault's state.
        sheet: The figures of that very state.
        edition: Which document, for the company itself or for the bureau: cleared values only.
        checks: What the registers show, by item id, as the figures took it.
        program_version: Of the program.
        on: The document's date; the same input and date make the same document.

    Raises:
        DisclosureBreach: A bug: a chapter put an internal value into a submission.
    """
    number = document_number(snapshot, edition, on)
    material = Material(
        snapshot=snapshot,
        sheet=sheet,
        edition=edition,
        checks=checks,
        evidence=snapshot.evidence_by_item(),
        program_version=program_version,
        number=number,
        on=on,
    )
    story = Story()
    for write_chapter in _CHAPTERS[edition.kind]:
        write_chapter(material, story)
    internal = edition.level is Level.INTERNAL
    return Document(
        level=edition.level,
        title=said(document_title(edition.kind)),
        company=marked(snapshot.enterprise, "name"),
        footing=said(
            _("商业秘密·内部资料·不得外传") if internal else _("商业秘密·报送材料·未经许可不得公开")
        ),
        number=said(number),
        on=on,
        blocks=tuple(story.blocks),
    )


def document_title(kind: DocumentKind) -> str:
    """For the page head and the file's metadata."""
    return {
        DocumentKind.APPLICATION: _("商业秘密保护示范企业申报书"),
        DocumentKind.REPORT: _("商业秘密保护自我评估报告"),
        DocumentKind.RECTIFICATION: _("商业秘密保护整改计划"),
        DocumentKind.EXHIBITS: _("商业秘密保护佐证目录"),
        DocumentKind.PLAN: _("秘点保护操作方案"),
        DocumentKind.METHOD: _("商业秘密保护自评复核说明"),
    }.get(kind) or document_word(kind)


def document_number(snapshot: Snapshot, edition: Edition, on: date) -> str:
    """``TSG-YYYYMMDD-XXXX-XXXX``: the same for the same state, assessment, edition and date.

    The journal's head stands for the content, since every change of the vault moves it.
    """
    content = "\n".join(
        (
            snapshot.journal_head,
            snapshot.assessment.id,
            edition.kind.value,
            edition.level.value,
            on.isoformat(),
        )
    )
    digest = hashlib.sha256(content.encode()).hexdigest().upper()
    return f"TSG-{on:%Y%m%d}-{digest[:4]}-{digest[4:8]}"
