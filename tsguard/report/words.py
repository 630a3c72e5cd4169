"""The report's words for the domain's terms: one place, so that a tier reads the same everywhere."""

from __future__ import annotations

from datetime import date

from tsguard.domain.answers import Verdict
from tsguard.domain.basis import SourceKind, SourceStatus
from tsguard.domain.checklist import Critical, Measure, ModuleKind
from tsguard.domain.enterprise import District, Size
from tsguard.domain.secret_points import Category, Origin, Tier
from tsguard.i18n import _
from tsguard.report.document import Mark

MARKS = {
    Verdict.MET: Mark.MET,
    Verdict.PARTLY: Mark.PARTLY,
    Verdict.NOT_MET: Mark.NOT_MET,
    Verdict.NOT_APPLICABLE: Mark.NOT_APPLICABLE,
    Verdict.UNKNOWN: Mark.UNKNOWN,
}
_DIGITS = "〇一二三四五六七八九"


def verdict(value: Verdict | None) -> str:
    """The word for a verdict; unanswered is 未答."""
    words = {
        Verdict.MET: _("符合"),
        Verdict.PARTLY: _("部分符合"),
        Verdict.NOT_MET: _("不符合"),
        Verdict.NOT_APPLICABLE: _("不适用"),
        Verdict.UNKNOWN: _("不清楚"),
    }
    return words[value] if value else _("未答")


def critical(value: Critical) -> str:
    """否决项, 重点项, or nothing."""
    return {Critical.VETO: _("否决项"), Critical.KEY: _("重点项"), Critical.NONE: ""}[value]


def tier(value: Tier | None) -> str:
    """The word for a tier; never one of the state's."""
    words = {Tier.CORE: _("核心"), Tier.IMPORTANT: _("重要"), Tier.GENERAL: _("一般")}
    return words[value] if value else "—"


def category(value: Category) -> str:
    """The word for a category."""
    return {
        Category.TECHNICAL: _("技术信息"),
        Category.BUSINESS: _("经营信息"),
        Category.OTHER: _("其他信息"),
    }[value]


def origin(value: Origin) -> str:
    """The word for an origin."""
    return {
        Origin.OWN: _("自有"),
        Origin.JOINT: _("共有"),
        Origin.COMMISSIONED: _("委托"),
        Origin.LICENSED: _("被许可"),
        Origin.CUSTOMER: _("客户提供"),
    }[value]


def measure(value: Measure) -> str:
    """A class of measures in our words."""
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


def size(value: Size) -> str:
    """The word for a size class."""
    return {
        Size.MICRO: _("微型"),
        Size.SMALL: _("小型"),
        Size.MEDIUM: _("中型"),
        Size.LARGE: _("大型"),
    }[value]


def district(value: District) -> str:
    """A district's name; ``OTHER`` has none here."""
    return {
        District.XIANGZHOU: _("香洲区"),
        District.JINWAN: _("金湾区"),
        District.DOUMEN: _("斗门区"),
        District.HIGH_TECH: _("高新区"),
        District.HEZHOU: _("鹤洲新区"),
        District.OTHER: _("其他"),
    }[value]


def source_kind(value: SourceKind) -> str:
    """The word for a sort of rule."""
    return {
        SourceKind.LAW: _("法律"),
        SourceKind.INTERPRETATION: _("司法解释"),
        SourceKind.REGULATION: _("行政法规"),
        SourceKind.RULE: _("部门规章"),
        SourceKind.GUIDELINE: _("指引"),
        SourceKind.STANDARD: _("标准"),
        SourceKind.POLICY: _("政策文件"),
        SourceKind.CASE: _("案例"),
        SourceKind.FOREIGN: _("境外规则"),
    }[value]


def source_status(value: SourceStatus) -> str:
    """How a rule reached us; what was seen needs no word."""
    return {
        SourceStatus.SEEN: "",
        SourceStatus.SECOND_HAND: _("二手材料"),
        SourceStatus.UNVERIFIED: _("未核实"),
    }[value]


def module_kind(value: ModuleKind) -> str:
    """The word for a sort of module."""
    return {
        ModuleKind.CORE: _("通用模块"),
        ModuleKind.SECTOR: _("行业模块"),
        ModuleKind.ADDON: _("附加模块"),
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
