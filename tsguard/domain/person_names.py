"""Persons' names out of a field that says who: 研发部张三经理、李四（质量部）和王五等3人.

It only takes away what stands around a name, so that the name is part of what was typed. Whether a name is
looked for, ``protection`` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LEAST_NAME = 2
"""Characters that must be left of a name when something is taken away."""
_LONGEST = 4
"""Characters of a name that may stand right behind an office."""

OFFICES = ("部", "部门", "中心", "办公室", "委员会", "小组", "车间", "公司", "科室", "班组")
"""How the name of an office ends."""
TITLES = (
    "董事长", "总经理", "副总经理", "副总", "总监", "经理", "主任", "主管", "部长", "组长", "科长", "处长",
    "厂长", "所长", "院长", "校长", "班长", "总工程师", "工程师", "总工", "博士", "教授", "老师", "师傅",
    "先生", "女士", "小姐", "律师", "会计", "出纳", "秘书", "助理", "同志", "总", "工",
)  # fmt: skip
ROLES = frozenset(TITLES) | frozenset(
    {
        "法务", "人事", "财务", "行政", "研发", "采购", "销售", "生产", "质量", "档案", "信息",
        "保密员", "管理员", "专员", "专人", "档案员", "负责人", "责任人", "保管人", "经办人", "联系人",
        "当事人", "本人", "法定代表人", "法人", "员工", "全体员工", "各部门", "IT", "HR", "网管",
    }
)  # fmt: skip
"""Words that say what somebody does, not who it is."""

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧肖冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江"
    "傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎闫薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚欧司诸上官"
)
"""What most names begin with; only these are told apart from an office right before them."""
_NO_NAMES = frozenset({"高级", "常务", "任务", "方案", "金属", "石油", "万能", "上级", "司机", "施工"})
_APART = re.compile(r"[、，；：/,;:|\n()（）\[\]【】《》“”\"]+")
_BRACKETS = re.compile(r"([^、，；：/,;:|\n\s()（）]+)\s*[(（]([^()（）]*)[)）]")
_NUMBERS = re.compile(r"([0-9+][0-9\-]{6,})")
_AND = ("以及", "与", "及", "跟", "和")
_AND_OTHERS = re.compile(r"等[0-9一二三四五六七八九十几多两]*[人位名]?(?:员工|同事)?$")
_ASKED = re.compile(r"^(?:问|找|请|由)(?=..)")
_OF_OFFICE = re.compile(rf"^.+?(?:{'|'.join(sorted(OFFICES, key=len, reverse=True))})的?(?=..)")
_TITLE = re.compile(rf"(?:{'|'.join(sorted(TITLES, key=len, reverse=True))})$")


def names(text: str) -> list[str]:
    """The names, each once, in their order; blanks that part single characters stand inside a name.

    Args:
        text: As typed.
    """
    found: list[str] = []
    for stretch in _APART.split(_BRACKETS.sub(_bracketed, text)):
        for each in _NUMBERS.split(stretch):
            parts = each.split()
            whole = any(len(part) < LEAST_NAME for part in parts)
            for part in [each.strip()] if whole else parts:
                found += _persons(part)
    return list(dict.fromkeys(each for each in found if each))


def is_role(text: str) -> bool:
    """Whether the words name an office, a post in one, or a role: 研发部, 研发部经理, 保密员."""
    if text in ROLES:
        return True
    office = _without_title(text, LEAST_NAME + 1)
    return len(office) > LEAST_NAME and office.endswith(OFFICES)


def _bracketed(match: re.Match[str]) -> str:
    """Who it is: before the brackets, or in them where an office stands before; with any number in them."""
    head, inside = match.groups()
    if is_role(head):
        return f"{head}，{inside}"
    return "，".join((head, *_NUMBERS.findall(inside), ""))


def _persons(text: str) -> Iterator[str]:
    for word in _AND:
        parts = text.split(word)
        if len(parts) > 1 and all(len(part) >= LEAST_NAME for part in parts):
            for part in parts:
                yield from _persons(part)
            return
    yield _person(text)


def _person(text: str) -> str:
    """Without what stands around the name."""
    if is_role(text):
        return text
    shorter = _AND_OTHERS.sub("", text)
    text = _ASKED.sub("", shorter if len(shorter) >= LEAST_NAME else text)
    alone = _without_title(text, LEAST_NAME)
    behind = _OF_OFFICE.sub("", alone)
    if behind != alone and LEAST_NAME <= len(behind) <= _LONGEST and behind[0] in _SURNAMES:
        return alone if is_role(behind) or behind in _NO_NAMES else behind
    return alone


def _without_title(text: str, least: int) -> str:
    shorter = _TITLE.sub("", text).rstrip()
    return shorter if len("".join(shorter.split())) >= least else text
