"""Everything an export needs, frozen at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tsguard.domain.answers import Answer, Assessment
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.rectification import Rectification
from tsguard.domain.secret_points import SecretPoint


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The vault's state that a report or a score is made from.

    Attributes:
        enterprise: The profile.
        assessment: With its frozen checklist and programme.
        answers: By item id; ids that the checklist no longer has are left out.
        evidence: In order of their numbers.
        secret_points: In order of their numbers.
        journal_head: Hash of the newest journal entry, printed in every report.
        taken_at: When, in UTC.
        form: What was filled into the application form, by the field's id.
        rectifications: In order of their numbers.
    """

    enterprise: Enterprise
    assessment: Assessment
    answers: Mapping[str, Answer]
    evidence: tuple[Evidence, ...]
    secret_points: tuple[SecretPoint, ...]
    journal_head: str
    taken_at: datetime
    form: Mapping[str, FormValue] = field(default_factory=dict)
    rectifications: tuple[Rectification, ...] = ()

    def evidence_by_item(self) -> dict[str, tuple[Evidence, ...]]:
        """The evidence of each item that has any."""
        found: dict[str, list[Evidence]] = {}
        for piece in self.evidence:
            for item in piece.items:
                found.setdefault(item, []).append(piece)
        return {item: tuple(pieces) for item, pieces in found.items()}
