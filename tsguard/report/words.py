"""What the report says in its own way; every other word is ``domain.words``'."""

from __future__ import annotations

from datetime import date

from tsguard.domain.basis import SourceStatus
from tsguard.domain.checklist import Measure
from tsguard.domain.scale_words import tier_word
from tsguard.domain.scales import Tier, Verdict
from tsguard.i18n import _
from tsguard.report.blocks import (
    Mark,
)

MARKS = {
    Verdict.MET: Mark.MET,
    Verdict.PARTLY: Mark.PARTLY,
    Verdict.NOT_MET: Mark.NOT_MET,
    Verdict.NOT_APPLICABLE: Mark.NOT_APPLICABLE,
    Verdict.UNKNOWN: Mark.UNKNOWN,
}
_DIGITS = "〇一二三四五六七八九"


def tier(value: Tier | None) -> str:
    """The word for a tier; a dash for evidence that shows no secret."""
    return tier_word(value) if value else "—"


def measure(value: Measure) -> str:
    """A class of measures in a whole phrase; charts and cells use ``domain.words.measure_word``."""
    return {
        Measure.AGREEMENTS: _("签订保密协议或在合同中约定保密"),
        Measure.RULES_AND_TRAINING: _("以章程、制度、培训等提出保密要求"),
        Measure.PREMISES: _("管理涉密场所，限制或区分来访人员"),
        Measure.MARKING_AND_ISOLATION: _("标记、分类、隔离、加密、封存和限制接触"),
        Measure.SYSTEMS: _("限制使用、访问、存储和复制的设备与系统"),
        Measure.LEAVERS: _("离职时登记、返还、清除、销毁并继续保密"),
        Measure.OTHER: _("其他合理措施"),
        Measure.GOVERNANCE: _("治理"),
    }[value]


def source_status(value: SourceStatus) -> str:
    """How a rule reached us; what was seen needs no word."""
    return {
        SourceStatus.SEEN: "",
        SourceStatus.SECOND_HAND: _("二手材料"),
        SourceStatus.UNVERIFIED: _("未核实"),
    }[value]


def day(value: date) -> str:
    """A date in running text, after GB/T 9704 without leading zeros."""
    return _("{year}年{month}月{day}日").format(year=value.year, month=value.month, day=value.day)


def numeral(number: int) -> str:
    """A Chinese numeral from 1 to 99."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def grouped(digest: str) -> str:
    """A hash in groups of eight, to compare by eye."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
