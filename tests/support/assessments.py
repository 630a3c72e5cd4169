"""An assessment's data as a finished document carries them."""

from __future__ import annotations

from datetime import date

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.evidence import proved_items
from tsguard.domain.snapshot import Snapshot
from tsguard.report.story import Material
from tsguard.rules.checks import run_checks
from tsguard.scoring.sheet import score

ON = date(2026, 11, 23)


def make_material(snapshot: Snapshot, level: Level = Level.SUBMISSION) -> Material:
    """What a report of a snapshot is made from."""
    assessment = snapshot.assessment
    checks = run_checks(assessment.checklist, snapshot.secret_points, ON)
    proved = proved_items(snapshot.evidence, ON)
    return Material(
        snapshot=snapshot,
        sheet=score(assessment.checklist, assessment.programme, snapshot.answers, proved, checks),
        edition=Edition(DocumentKind.REPORT, level),
        checks=checks,
        evidence=snapshot.evidence_by_item(),
        program_version="0.1.0",
        number="TSG-20261123-ABCD-0123",
        on=ON,
    )
