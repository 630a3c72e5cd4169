"""From a snapshot and its figures to one document of the dossier. No clock, no files, no drawing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.snapshot import Snapshot
from tsguard.domain.words import document_word
from tsguard.i18n import _
from tsguard.report.assessment_data import assessment_json
from tsguard.report.blocks import Block
from tsguard.report.chapters.application import (
    write_application_form,
    write_declaration,
    write_requested,
    write_review,
    write_self_score,
)
from tsguard.report.chapters.company import write_company
from tsguard.report.chapters.covers import write_covers
from tsguard.report.chapters.exhibits import write_exhibits
from tsguard.report.chapters.front import write_front
from tsguard.report.chapters.gaps import write_gaps
from tsguard.report.chapters.grounds import write_coverage_sums, write_files, write_grounds
from tsguard.report.chapters.items import write_items
from tsguard.report.chapters.loose_ends import write_loose_ends
from tsguard.report.chapters.method import write_method
from tsguard.report.chapters.plan import write_overview
from tsguard.report.chapters.plan_duties import write_duties
from tsguard.report.chapters.plan_paths import write_paths
from tsguard.report.chapters.plan_steps import write_steps
from tsguard.report.chapters.plan_tiers import write_tiers
from tsguard.report.chapters.plan_types import write_types
from tsguard.report.chapters.points import write_points
from tsguard.report.chapters.recount import (
    write_calculator,
    write_rules_of_sums,
    write_total_sums,
    write_unit_sums,
)
from tsguard.report.chapters.remedies import write_remedies
from tsguard.report.chapters.results import write_results
from tsguard.report.chapters.sources import write_sources
from tsguard.report.chapters.tasks import write_tasks
from tsguard.report.document import Attachment, Document
from tsguard.report.exhibit_pages import Bound
from tsguard.report.identity import identity_blocks
from tsguard.report.marked import Marked, marked, said
from tsguard.report.story import Material, Story
from tsguard.rules.checks import CheckResult
from tsguard.scoring.results import ScoreSheet

DATA_NAME = "assessment.json"
"""What the attached assessment data is called in the file."""

_WITH_PAGES = "pages"
_NO_DIGEST = "0" * 64

Chapter = Callable[[Material, Story], None]
"""Writes its part of a document."""

_CHAPTERS: dict[DocumentKind, tuple[Chapter, ...]] = {
    DocumentKind.APPLICATION: (
        write_front,
        write_application_form,
        write_self_score,
        write_requested,
        write_declaration,
        write_review,
    ),
    DocumentKind.REPORT: (
        write_front,
        write_company,
        write_results,
        write_items,
        write_gaps,
        write_remedies,
        write_loose_ends,
        write_points,
        write_exhibits,
        write_sources,
        write_method,
    ),
    DocumentKind.RECTIFICATION: (write_front, write_tasks),
    DocumentKind.EXHIBITS: (write_front, write_exhibits, write_covers),
    DocumentKind.PLAN: (
        write_front,
        write_overview,
        write_tiers,
        write_types,
        write_paths,
        write_steps,
        write_duties,
    ),
    DocumentKind.METHOD: (
        write_front,
        write_rules_of_sums,
        write_calculator,
        write_unit_sums,
        write_total_sums,
        write_grounds,
        write_coverage_sums,
        write_files,
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
    bound: Mapping[str, Bound] | None = None,
) -> Document:
    """One document of the dossier on one assessment.

    Its last page says how it is checked, and the assessment is attached for machines, cleared values only.

    Args:
        snapshot: The vault's state.
        sheet: The figures of that very state.
        edition: Which document, for the company itself or for the bureau: cleared values only.
        checks: What the registers show, by item id, as the figures took it.
        program_version: Of the program.
        on: The document's date; the same input and date make the same document.
        bound: Of exhibits that are bound with their pages: what became of each piece, by id.

    Raises:
        DisclosureBreach: A bug: a chapter put an internal value into a submission.
    """
    material = _material(snapshot, sheet, edition, checks, program_version, on, bound or {})
    data = assessment_json(material)
    material = replace(material, data_sha256=hashlib.sha256(data).hexdigest())
    blocks = _chapters(material)
    return Document(
        level=edition.level,
        title=said(document_title(edition.kind)),
        company=marked(snapshot.enterprise, "name"),
        footing=footing(edition.level),
        number=said(material.number),
        on=on,
        blocks=(*blocks, *_identity(blocks, material)),
        attachments=(Attachment(DATA_NAME, "application/json", _data_title(), data),),
    )


def build_words(
    snapshot: Snapshot,
    sheet: ScoreSheet,
    edition: Edition,
    *,
    checks: Mapping[str, CheckResult],
    program_version: str,
    on: date,
) -> tuple[object, ...]:
    """Everything that ``build``'s document says, for comparing with it and never for giving out.

    Without its digests and the attached data, and nobody looks whether it holds an internal value. Arguments
    are those of ``build``.

    Returns:
        Blocks and marked values, as ``document.parts_of`` takes them apart.
    """
    given = _material(snapshot, sheet, edition, checks, program_version, on, {})
    material = replace(given, data_sha256=_NO_DIGEST)
    return (
        said(document_title(edition.kind)),
        marked(snapshot.enterprise, "name"),
        footing(edition.level),
        said(material.number),
        *_chapters(material),
        *_identity((), material),
        _data_title(),
    )


def _material(
    snapshot: Snapshot,
    sheet: ScoreSheet,
    edition: Edition,
    checks: Mapping[str, CheckResult],
    program_version: str,
    on: date,
    bound: Mapping[str, Bound],
) -> Material:
    """What the chapters are written from, still without the digest of the attached data."""
    return Material(
        snapshot=snapshot,
        sheet=sheet,
        edition=edition,
        checks=checks,
        evidence=snapshot.evidence_by_item(),
        program_version=program_version,
        # With the pages of its evidence it is another document than without.
        number=document_number(snapshot, edition, on, (_WITH_PAGES,) if bound else ()),
        on=on,
        bound=bound,
    )


def _chapters(material: Material) -> tuple[Block, ...]:
    """All chapters of a document."""
    story = Story()
    for write_chapter in _CHAPTERS[material.edition.kind]:
        write_chapter(material, story)
    return tuple(story.blocks)


def _identity(blocks: Sequence[Block], material: Material) -> tuple[Block, ...]:
    """The page that says how a document of these blocks is checked."""
    return identity_blocks(
        blocks,
        number=said(material.number),
        name=said(document_title(material.edition.kind)),
        level=material.edition.level,
        on=material.on,
        journal_head=material.snapshot.journal_head,
        data_sha256=material.data_sha256,
        program_version=material.program_version,
    )


def _data_title() -> Marked:
    return said(_("机器可读的自评数据（报送级）"))


def footing(level: Level) -> Marked:
    """What the foot of every page says about who may see it."""
    internal = level is Level.INTERNAL
    return said(_("商业秘密·内部资料·不得外传") if internal else _("商业秘密·报送材料·未经许可不得公开"))


def document_title(kind: DocumentKind) -> str:
    """For the page head and the file's metadata."""
    return {
        DocumentKind.APPLICATION: _("商业秘密保护申报书"),
        DocumentKind.REPORT: _("商业秘密保护自我评估报告"),
        DocumentKind.RECTIFICATION: _("商业秘密保护整改计划"),
        DocumentKind.EXHIBITS: _("商业秘密保护佐证目录"),
        DocumentKind.PLAN: _("秘点保护操作方案"),
        DocumentKind.METHOD: _("商业秘密保护自评复核说明"),
        DocumentKind.BOUND: _("商业秘密保护申报材料合订本"),
    }.get(kind) or document_word(kind)


def document_number(snapshot: Snapshot, edition: Edition, on: date, parts: Sequence[str] = ()) -> str:
    """``TSG-YYYYMMDD-XXXX-XXXX``: the same for the same state, assessment, edition and date.

    The journal's head stands for the content, since every change of the vault moves it.

    Args:
        snapshot: The vault's state.
        edition: Which document.
        on: Its date.
        parts: What a list or a bound file is of: the numbers of its documents.
    """
    content = "\n".join(
        (
            snapshot.journal_head,
            snapshot.assessment.id,
            edition.kind.value,
            edition.level.value,
            on.isoformat(),
            *parts,
        )
    )
    digest = hashlib.sha256(content.encode()).hexdigest().upper()
    return f"TSG-{on:%Y%m%d}-{digest[:4]}-{digest[4:8]}"
