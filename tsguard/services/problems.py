"""Faults of content files in words, for the terminal and the window."""

from __future__ import annotations

from tsguard import errors
from tsguard.i18n import _


def problem_sentence(problem: errors.ContentProblem) -> str:
    """One fault of a content file, as ``file:line  sentence``."""
    facts = dict(problem.facts)
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    words = _problem_words().get(problem.code, problem.code)
    sentence = words.format_map({key: facts.get(key, "") for key in (*facts, "nearest", "first")})
    if facts.get("nearest"):
        sentence += _("是不是{nearest}？").format(nearest=facts["nearest"])
    return f"{place}  {sentence}"


def _problem_words() -> dict[str, str]:
    return {
        "alias": _("不能用YAML的引用（&和*）。"),
        "tag": _("不能用YAML的类型标签（!）。"),
        "too-deep": _("嵌套超过{deepest}层。"),
        "not-utf8": _("不是UTF-8编码。"),
        "not-yaml": _("不是合乎格式的YAML。{why}"),
        "file-too-large": _("文件超过{largest}字节。"),
        "key-not-text": _("键应当是文字。"),
        "duplicate-key": _("键{key}重复了。"),
        "missing-key": _("缺少{key}。"),
        "unknown-key": _("不认识的键{key}。"),
        "empty": _("{key}是空的。"),
        "text-expected": _("{key}应当是一段文字。"),
        "list-expected": _("{key}应当是列表。"),
        "mapping-expected": _("{key}这里应当是“键: 值”的形式。"),
        "too-long": _("{key}有{length}个字，超过{longest}个字。"),
        "unknown-value": _("{key}的值“{value}”不在{known}之中。"),
        "number-out-of-range": _("{key}应当是{least}至{most}的整数，不是“{value}”。"),
        "date-expected": _("{key}应当是YYYY-MM-DD的日期，不是“{value}”。"),
        "bad-id": _("编号“{id}”不合格式（大写字母开头，后接大写字母或数字）。"),
        "bad-item-id": _("条款编号“{id}”应当是“{section}-两位数字”。"),
        "duplicate-id": _("编号{id}重复（先见于{first}）。"),
        "duplicate-programme": _("申报方案编号{id}与{first}重复。"),
        "caps-do-not-bite": _("否决项的等级上限应当低于最高等级，且“不符合”的上限不高于“部分符合”的。"),
        "unknown-successor": _("停用编号{id}的后继{successor}不存在。"),
        "duplicate-module": _("模块编号{id}与{first}重复。"),
        "duplicate-section": _("域编号{id}与{first}重复。"),
        "core-is-one": _("只有编号为core的模块可以是通用模块，“{id}”不行。"),
        "bad-citation": _("依据“{citation}”不合写法，应如“法释7§6(4)（参照）”。"),
        "unknown-source": _("依据库里没有“{source}”。"),
        "unknown-article": _("依据库里“{source}”没有第“{article}”条的转述。"),
        "source-needs-article": _("“{source}”没有整体转述，须写明条号。"),
        "source-says-nothing": _("“{id}”既没有整体转述，也没有条文。"),
        "unknown-check": _("没有名为“{check}”的台账核验，可用：{known}。"),
        "veto-without-reason": _("否决项{id}没有写明理由（critical_why）。"),
        "veto-may-not-apply-without-rule": _("否决项{id}允许不适用，却没有写明规则（not_applicable_when）。"),
        "bad-multiplier": _("{id}的系数“{value}”应当在0.5至3之间，最多两位小数。"),
        "multiplier-of-unknown-item": _("系数所指的{id}不是通用条款。"),
        "state-secret-mark": _("“{name}”用了国家秘密的标志或字样。"),
        "retired-id-in-use": _("编号{id}已经停用，不能再用。"),
        "points-do-not-add-up": _("各单元分值合计{points}，应为{full}。"),
        "section-counted-twice": _("域{section}被两个单元计入。"),
        "section-not-counted": _("通用模块的域{section}没有计入任何单元。"),
        "unit-of-unknown-section": _("单元所指的域{section}不存在。"),
        "unknown-band": _("{key}所指的等级“{band}”不存在。"),
        "bands-not-falling-to-zero": _("等级应由高到低排列，最后一级从0分起。"),
        "unknown-item": _("条款{id}不存在。"),
        "unknown-figure": _("parameters.yaml里没有阈值“{id}”。"),
        "size-twice": _("规模{size}已在另一个预设里。"),
        "relief-of-fixed-item": _("条款{id}一律适用，不能预设为不适用。"),
        "unknown-module": _("没有编号为{id}的模块。"),
        "missing-file": _("找不到文件“{name}”。"),
    }
