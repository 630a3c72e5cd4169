"""What a submission still lacks: required fields of the programme's form, and what else a reader will see."""

from __future__ import annotations

from dataclasses import dataclass

from tsguard.domain.validation import enterprise_problems
from tsguard.gui.application.places import place_of
from tsguard.i18n import _
from tsguard.services.application import entries, form_rule_sentence
from tsguard.services.explain import field_rule_sentence
from tsguard.services.session import Session


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
    return [Gap(entry.field.label, place_of(entry.field)) for entry in entries(session) if entry.missing]


def remarks(session: Session) -> list[Remark]:
    """Open vetoes, unanswered items, doubtful fields of the profile, wrong values of the form."""
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
    for entry in entries(session):
        if entry.rule is not None:
            text = _("申报表“{label}”：{reason}").format(
                label=entry.field.label, reason=form_rule_sentence(entry.field, entry.rule)
            )
            said.append(Remark(text, _("去改"), place_of(entry.field)))
    return said
