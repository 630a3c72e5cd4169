"""The application form as it stands: what is in each field, what is missing, what is wrong; its programme.

It judges values only by the domain's rules and stores nothing itself but the choice of a programme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tsguard.domain.enterprise import District, Enterprise, Size
from tsguard.domain.form import FormRule, Reading, bound, grouped, longest, read
from tsguard.domain.programme import COUNTED_FIELDS, NUMBER_KINDS, FieldKind, FormField, Programme
from tsguard.domain.scale_words import tier_word
from tsguard.domain.scales import Tier
from tsguard.domain.words import district_word, size_word
from tsguard.errors import NothingAssessed
from tsguard.i18n import _
from tsguard.services.renewal import same_programme
from tsguard.services.session import Session


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A field of the form with what is in it.

    Attributes:
        field: The field.
        text: What is in it, as a person reads it or typed it; "" for nothing.
        rule: What an asked value breaks, or None.
    """

    field: FormField
    text: str
    rule: FormRule | None = None

    @property
    def missing(self) -> bool:
        """Whether the form is incomplete because of it."""
        return self.field.required and not self.text

    @property
    def open(self) -> bool:
        """Whether something is left to do: it is missing or wrong."""
        return self.missing or self.rule is not None


def entries(session: Session) -> tuple[FormEntry, ...]:
    """Every field of the programme's form with its value, in order; none before modules were chosen."""
    if session.assessment is None:
        return ()
    return tuple(_entry(session, field) for field in session.assessment.programme.fields())


def _entry(session: Session, field: FormField) -> FormEntry:
    if not field.ask:
        return FormEntry(field, taken_text(session, field.field))
    reading = reading_of(session, field)
    return FormEntry(field, reading.text, reading.rule)


def reading_of(session: Session, field: FormField) -> Reading:
    """What is stored for an asked field, held against its rules."""
    return read(field, session.form.value(field.ask))


def taken_text(session: Session, name: str) -> str:
    """What the profile or the registers say for a field, as a person reads it; "" for nothing.

    A count of none is nothing yet: the registers are empty because nobody has filled them.
    """
    if name in COUNTED_FIELDS:
        return _counted(session, name)
    if name == "sectors":
        return "、".join(
            module.title
            for module in session.checklist.modules
            if session.assessment and module.id in session.assessment.modules
        )
    return _profile_text(session.enterprise, name)


def _counted(session: Session, name: str) -> str:
    if name == "evidence_count":
        return _("{count}件").format(count=len(session.cabinet)) if len(session.cabinet) else ""
    points = tuple(session.points)
    if not points:
        return ""
    if name == "secret_point_count":
        return _("{count}项").format(count=len(points))
    counts = [(tier, sum(point.tier is tier for point in points)) for tier in Tier]
    return "，".join(_("{tier}{count}项").format(tier=tier_word(tier), count=count) for tier, count in counts)


def _profile_text(enterprise: Enterprise, name: str) -> str:
    if name == "district" and enterprise.district is District.OTHER:
        return enterprise.district_other.strip()
    value = getattr(enterprise, name)
    if isinstance(value, District):
        return district_word(value)
    if isinstance(value, Size):
        return size_word(value)
    if isinstance(value, int):
        return _("{count}人").format(count=f"{value:,}")
    return "" if value is None else str(value).strip()


def form_rule_sentence(field: FormField, rule: FormRule) -> str:
    """What is wrong with a value and what would be right, one sentence."""
    if rule is FormRule.NOT_A_NUMBER and field.kind is FieldKind.WHOLE:
        rule = FormRule.NOT_WHOLE  # an example with a decimal would mislead
    facts = {"least": shown_bound(field, "least"), "most": shown_bound(field, "most")}
    return _rule_words()[rule].format(longest=longest(field), **facts)


def _rule_words() -> Mapping[FormRule, str]:
    return {
        FormRule.TOO_LONG: _("太长了，最多{longest}个字。"),
        FormRule.NOT_A_NUMBER: _("请填数字，如1234.5或1,234.5。"),
        FormRule.NOT_WHOLE: _("请填整数。"),
        FormRule.TOO_PRECISE: _("小数位太多，请四舍五入后再填。"),
        FormRule.OTHER_UNIT: _("这一栏以万元计，请换算成万元再填。"),
        FormRule.BELOW: _("不能小于{least}。"),
        FormRule.ABOVE: _("不能大于{most}。"),
        FormRule.NOT_A_DAY: _("请填日期，如2026-03-01或2026年3月1日。"),
        FormRule.DAY_WITHOUT_YEAR: _("请写上四位数的年份，如2026年3月1日。"),
        FormRule.MONTH_WITHOUT_DAY: _("请写到日，如2026年3月1日。"),
        FormRule.NO_SUCH_DAY: _("没有这一天，请核对。"),
        FormRule.NOT_A_YEAR: _("请填四位数的年份，如2025。"),
        FormRule.NOT_YES_OR_NO: _("请选是或否。"),
        FormRule.NOT_A_CHOICE: _("现在填的不在这个方案的选项里，请重选。"),
        FormRule.NOT_A_PHONE: _("请填手机号或带区号的电话，如13800000000或0756-8888888。"),
        FormRule.PHONE_WITHOUT_AREA: _("请加上区号，如0756-8888888。"),
    }


def shown_bound(field: FormField, key: str) -> str:
    """``least`` or ``most`` as a person reads it, with its unit."""
    return spelt(field, bound(field, key)) + unit_of(field)


def spelt(field: FormField, canonical: str) -> str:
    """A right value as a person reads it, without its unit: numbers with separators."""
    return grouped(canonical) if canonical and field.kind in NUMBER_KINDS else canonical


def unit_of(field: FormField) -> str:
    """The unit that stands behind a value, "" for none."""
    if field.kind is FieldKind.MONEY_WAN:
        return _("万元")
    return "%" if field.kind is FieldKind.PERCENT else field.unit


# --- the programme ----------------------------------------------------------------------------------


def offered(session: Session, at_hand: Mapping[str, Programme]) -> tuple[Programme, ...]:
    """The programmes to choose from: the assessment's own as it is frozen, and those at hand.

    Args:
        session: The session.
        at_hand: By id; one that is just the frozen one is not offered twice.
    """
    current = session.assessment.programme if session.assessment else None
    others = tuple(each for each in at_hand.values() if current is None or not same_programme(each, current))
    return (current, *others) if current else others


def choose_programme(session: Session, programme: Programme) -> Programme:
    """Set the assessment on another programme, frozen with it; the programme as it was.

    Answers, evidence and the form's values stay; the checklist stays as it is frozen.

    Raises:
        NothingAssessed: No modules were chosen yet.
        ProgrammeDoesNotFit: It does not count exactly the checklist's core sections.
        StorageError: The file system said no.
    """
    assessment = session.assessment
    if assessment is None:
        raise NothingAssessed
    session.choose(assessment.modules, assessment.checklist, programme)
    return assessment.programme
