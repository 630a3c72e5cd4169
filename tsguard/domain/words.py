"""The one word for each value, looked up when shown; scales have theirs in ``domain.scale_words``.

Screen, paper and terminal share them.
"""

from __future__ import annotations

from tsguard.domain.basis import SourceKind, SourceStatus
from tsguard.domain.checklist import Measure, ModuleKind
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Format
from tsguard.domain.enterprise import District, Size
from tsguard.domain.parameters import ParameterStatus
from tsguard.domain.rectification import Recheck, RectificationSource
from tsguard.domain.secret_points import Category, Origin
from tsguard.i18n import _


def category_word(category: Category) -> str:
    """技术信息, 经营信息, 其他."""
    return {
        Category.TECHNICAL: _("技术信息"),
        Category.BUSINESS: _("经营信息"),
        Category.OTHER: _("其他"),
    }[category]


def origin_word(origin: Origin) -> str:
    """自研, 合作 and so on."""
    return {
        Origin.OWN: _("自研"),
        Origin.JOINT: _("合作"),
        Origin.COMMISSIONED: _("受托"),
        Origin.LICENSED: _("许可受让"),
        Origin.CUSTOMER: _("客户提供"),
    }[origin]


def measure_word(measure: Measure) -> str:
    """The short name of a class of measures of 法释〔2020〕7号 §6."""
    return {
        Measure.AGREEMENTS: _("协议约定"),
        Measure.RULES_AND_TRAINING: _("制度培训"),
        Measure.PREMISES: _("区域限制"),
        Measure.MARKING_AND_ISOLATION: _("标识隔离"),
        Measure.SYSTEMS: _("系统限制"),
        Measure.LEAVERS: _("离职返还"),
        Measure.OTHER: _("其他"),
        Measure.GOVERNANCE: _("治理"),
    }[measure]


def source_status_word(status: SourceStatus) -> str:
    """已核原文, or 待核 with how it reached us."""
    return {
        SourceStatus.SEEN: _("已核原文"),
        SourceStatus.SECOND_HAND: _("待核（二手材料）"),
        SourceStatus.UNVERIFIED: _("待核"),
    }[status]


def parameter_status_word(status: ParameterStatus) -> str:
    """已核原文, 待核 with how the figure reached us, or 本项目建议."""
    return {
        ParameterStatus.SEEN: _("已核原文"),
        ParameterStatus.SECOND_HAND: _("待核（二手材料）"),
        ParameterStatus.UNVERIFIED: _("待核"),
        ParameterStatus.PROPOSAL: _("本项目建议"),
    }[status]


def source_kind_word(kind: SourceKind) -> str:
    """法律, 司法解释 and so on."""
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
    }[kind]


def module_kind_word(kind: ModuleKind) -> str:
    """通用模块, 行业模块, 附加模块."""
    return {
        ModuleKind.CORE: _("通用模块"),
        ModuleKind.SECTOR: _("行业模块"),
        ModuleKind.ADDON: _("附加模块"),
    }[kind]


def document_word(kind: DocumentKind) -> str:
    """The name of a document of the dossier."""
    return {
        DocumentKind.APPLICATION: _("申报书"),
        DocumentKind.REPORT: _("自评报告"),
        DocumentKind.RECTIFICATION: _("整改计划"),
        DocumentKind.EXHIBITS: _("佐证目录"),
        DocumentKind.PLAN: _("秘点保护操作方案"),
        DocumentKind.METHOD: _("复核说明"),
        DocumentKind.TRANSMITTAL: _("材料移送清单"),
        DocumentKind.BOUND: _("申报材料合订本"),
    }[kind]


def format_word(form: Format) -> str:
    """PDF, Word."""
    return {Format.PDF: _("PDF"), Format.DOCX: _("Word")}[form]


def rectification_source_word(source: RectificationSource) -> str:
    """Where a problem was seen: 自评, 检查 and so on."""
    return {
        RectificationSource.ASSESSMENT: _("自评"),
        RectificationSource.INSPECTION: _("检查"),
        RectificationSource.INCIDENT: _("事件"),
        RectificationSource.REVIEW: _("评审"),
        RectificationSource.PARK: _("园区核查"),
    }[source]


def recheck_word(recheck: Recheck) -> str:
    """未复验, 复验通过, 复验未通过."""
    return {
        Recheck.OPEN: _("未复验"),
        Recheck.PASSED: _("复验通过"),
        Recheck.FAILED: _("复验未通过"),
    }[recheck]


def level_word(level: Level) -> str:
    """内部版, 报送版."""
    return {Level.INTERNAL: _("内部版"), Level.SUBMISSION: _("报送版")}[level]


def size_word(size: Size) -> str:
    """微型, 小型, 中型, 大型."""
    return {
        Size.MICRO: _("微型"),
        Size.SMALL: _("小型"),
        Size.MEDIUM: _("中型"),
        Size.LARGE: _("大型"),
    }[size]


def district_word(district: District) -> str:
    """香洲区 …, or 其他."""
    return {
        District.XIANGZHOU: _("香洲区"),
        District.JINWAN: _("金湾区"),
        District.DOUMEN: _("斗门区"),
        District.HIGH_TECH: _("高新区"),
        District.HEZHOU: _("鹤洲"),
        District.OTHER: _("其他"),
    }[district]
