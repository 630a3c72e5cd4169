"""What a submission still lacks: required fields of the programme's form, and what else a reader will see."""

from __future__ import annotations

from dataclasses import dataclass

from tsguard.domain.enterprise import District, Enterprise
from tsguard.domain.programme import COUNTED_FIELDS, FormField
from tsguard.domain.validation import enterprise_problems
from tsguard.i18n import _
from tsguard.services.explain import field_rule_sentence
from tsguard.services.session import Session

_PLACES = {
    "secret_point_count": "points",
    "secret_point_tiers": "points",
    "evidence_count": "evidence",
    "sectors": "profile:modules",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing.

    Attributes:
        label: What, as the form prints it.
        target: Where it is filled in, for ``Page.go``.
    """

    label: str
    target: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that is no gap of the form but worth a look.

    Attributes:
        text: One sentence.
        action: A verb.
        target: For ``Page.go``.
    """

    text: str
    action: str
    target: str


def gaps(session: Session) -> list[Gap]:
    """Required fields of the form that are empty, in the form's order."""
    assessment = session.assessment
    if assessment is None:
        return []
    return [
        Gap(field.label, _PLACES.get(field.field, f"profile:{field.field}"))
        for group in assessment.programme.form
        for field in group.fields
        if field.required and _empty(session, field)
    ]


def _empty(session: Session, field: FormField) -> bool:
    if field.field in COUNTED_FIELDS:
        return not len(session.cabinet if field.field == "evidence_count" else session.points)
    if field.field == "sectors":
        return not (session.assessment and session.assessment.modules)
    enterprise: Enterprise = session.enterprise
    if field.field == "district":
        return enterprise.district is District.OTHER and not enterprise.district_other.strip()
    value = getattr(enterprise, field.field, None)
    return value is None or (isinstance(value, str) and not value.strip())


def remarks(session: Session) -> list[Remark]:
    """Open vetoes, unanswered items, doubtful fields of the profile."""
    if session.assessment is None:
        return []
    sheet, said = session.sheet(), []
    failing = [veto.item for veto in sheet.vetoes if veto.fails]
    if failing:
        text = _("{count}条否决项不符合或未答，结果等级因此受限。").format(count=len(failing))
        said.append(Remark(text, _("去看"), f"checklist:{failing[0]}"))
    unanswered = sheet.asked - sheet.answered
    if unanswered:
        text = _("还有{count}条未答，按不符合计，报告里会标明。").format(count=unanswered)
        said.append(Remark(text, _("继续作答"), "checklist"))
    doubtful = [
        problem
        for problem in enterprise_problems(session.enterprise)
        if not problem.blocking and problem.field != "district_other"
    ]
    for problem in doubtful:
        text = field_rule_sentence(problem.rule)
        said.append(Remark(text, _("去改"), f"profile:{problem.field}"))
    return said
