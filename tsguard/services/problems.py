"""Faults of content files in words, for the terminal and the window."""

from __future__ import annotations

from tsguard import errors
from tsguard.i18n import _
from tsguard.services.visible import visible


def problem_sentence(problem: errors.ContentProblem) -> str:
    """One fault of a content file, as ``file:line  sentence``."""
    file = visible(problem.file)
    place = f"{file}:{problem.line}" if problem.line else file
    return f"{place}  {problem_words(problem)}"


def problem_words(problem: errors.ContentProblem) -> str:
    """The sentence alone, for where the place stands beside it."""
    facts = {key: visible(value) for key, value in problem.facts}
    words = _problem_words().get(problem.code, problem.code)
    sentence = words.format_map({key: facts.get(key, "") for key in (*facts, "nearest", "first")})
    if facts.get("nearest"):
        sentence += _("是不是{nearest}？").format(nearest=facts["nearest"])
    return sentence


def _problem_words() -> dict[str, str]:
    return {
        "alias": _("不能用YAML的引用（&和*）。"),
        "tag": _("不能用YAML的类型标签（!）。"),
        "too-deep": _("嵌套超过{deepest}层。"),
        "not-utf8": _("不是UTF-8编码。"),
        "not-yaml": _("不是合乎格式的YAML。{why}"),
        "file-too-large": _("文件超过{largest}字节。"),
        "too-many-items": _("内容太多：一个文件最多{most}个键和值，请分成几个文件。"),
        "invisible-character": _("含有看不见的字符或控制字符（{codes}）。"),
        "unprintable-character": _("{key}里有字体印不出的字符：{found}（{codes}）。"),
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
        "bad-programme-id": _("方案编号“{id}”不合格式（字母开头，后接字母、数字、-或_，2至20个）。"),
        "reserved-id": _("编号“{id}”以U开头，U只用于非随程序发布的内容。"),
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
        "wrong-number-of-steps": _("how有{count}步，应为{least}至{most}步。"),
        "official-claim": _(
            "{key}里的“{found}”听上去是官方口径；没有这样的官方依据，请改写，或在同一句里写明不是。"
        ),
        "binding-claim": _(
            "{key}里的“{found}”说得像硬性规定，但这一条没有引用看到过原文、约束一般企业的法源。"
        ),
        "law-not-cited": _("{key}说到“{found}”怎样规定，这一条的basis却没有引用它。"),
        "law-not-hedged": _(
            "{key}说到“{found}”怎样规定，但所引条文没有看到原文，请写明据何得知（如“据公开材料”“待核”“参照”）。"
        ),
        "bare-figure": _(
            "{key}里的“{found}”是直接写出的数字，请在parameters.yaml里设阈值，这里写{{阈值编号}}。"
        ),
        "said-before": _("{key}与{first}几乎相同：“{found}”。"),
        "half-width-sign": _("{key}里“{found}”的汉字旁用了半角标点。"),
        "full-width-letter": _("{key}里“{found}”用了全角的数字或字母。"),
        "odd-space": _("{key}里“{found}”有多余的空格。"),
        "doubled-sign": _("{key}里“{found}”的标点重复。"),
        "odd-ellipsis": _("{key}里“{found}”的省略号应写作“……”。"),
        "straight-quote": _("{key}里“{found}”的引号应写作“”。"),
        "pause-before-and": _("{key}里“{found}”的“和”“及”之前不用顿号。"),
        "unpaired-sign": _("{key}里“{found}”的括号或引号不成对，或全角半角混用。"),
        "wrong-word": _("{key}里的“{found}”应为“{right}”。"),
        "traditional-character": _("{key}里有繁体字“{found}”。"),
        "no-full-stop": _("{key}的末尾“{found}”缺句号。"),
        "full-stop-at-end": _("{key}的末尾“{found}”不用句号。"),
        "unknown-check": _("没有名为“{check}”的台账核验，可用：{known}。"),
        "veto-without-reason": _("否决项{id}没有写明理由（critical_why）。"),
        "critical-may-not-apply-without-rule": _(
            "否决项或重点项{id}允许不适用，却没有写明规则（not_applicable_when）。"
        ),
        "may-not-apply-without-rule": _(
            "{id}允许不适用，却没有写明什么情况下（not_applicable_when）；一律适用的写forbidden。"
        ),
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
        "field-or-ask": _("每一栏写field（取自档案和台账）或ask（由方案自己问），两者取一。"),
        "bad-field-id": _("栏目编号“{id}”不合格式（小写字母开头，后接小写字母、数字或下划线）。"),
        "asks-for-known-field": _("企业档案或台账里已有{id}，请写field: {id}，不必再问。"),
        "duplicate-label": _("栏目名称“{label}”重复了。"),
        "duplicate-choice": _("选项“{choice}”重复了。"),
        "wrong-number-of-choices": _("选项有{count}个，应为{least}至{most}个。"),
        "key-not-for-kind": _("{key}只用于{kinds}。"),
        "bad-bound": _("{key}的值“{value}”不是这一栏能填的值。"),
        "bounds-crossed": _("最小值{least}大于最大值{most}。"),
        "unknown-leak-path": _("leak_items所指的途径“{path}”不在leak_paths里。"),
        "unknown-item": _("条款{id}不存在。"),
        "unknown-figure": _("parameters.yaml里没有阈值“{id}”。"),
        "size-twice": _("规模{size}已在另一个预设里。"),
        "relief-of-fixed-item": _("条款{id}一律适用，不能预设为不适用。"),
        "unknown-module": _("没有编号为{id}的模块。"),
        "book-no-sheet": _("工作簿里没有名为“{sheet}”的表。"),
        "book-no-header": _("没有找到标题行（要有“编号”和“要求”两列）。"),
        "book-no-column": _("缺少“{title}”这一列。"),
        "book-no-row": _("缺少“{title}”这一行。"),
        "book-repeated": _("“{title}”出现了两次。"),
        "book-unknown-column": _("不认识的列“{title}”，没有导入。"),
        "book-untitled-column": _("第{column}列有内容却没有列名，没有导入。"),
        "book-unknown-row": _("不认识的项目“{title}”，没有导入。"),
        "book-no-items": _("一条条款也没有。"),
        "book-bad-choice": _("“{value}”不在{known}之中。"),
        "book-bad-line": _("“{value}”不合写法，应如“{example}”。"),
        "book-merged": _("{range}是合并的单元格，请拆开后每格分别填写。"),
        "book-formula": _("公式没有结果或结果有错，请改成直接填写的文字。"),
        "book-refused": "{why}",
        "unreadable-file": _("读不了这个文件（{why}）。"),
        "too-many-files": _("文件夹里的文件超过{most}个，其余的没有看。"),
        "missing-file": _("找不到文件“{name}”。"),
    }
