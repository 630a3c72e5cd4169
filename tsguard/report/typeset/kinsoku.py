"""Which characters may not open or close a line, and what stays together. No widths and no PDF in here.

After the usual Chinese rules (避头尾, GB/T 15834 on punctuation) and after what readers of legal text expect:
an article's number, a document's number, a figure with its unit stay on one line.
"""

from __future__ import annotations

import re
from typing import Final

NEVER: Final = float("inf")
"""The cost of a break that may not be."""

OPENING = frozenset("（《〈「『【〖〔［｛“‘")
CLOSING = frozenset("）》〉」』】〗〕］｝”’")
PAUSES = frozenset("，、；：")
STOPS = frozenset("。．！？")
FULL_MARKS = CLOSING | PAUSES | STOPS
"""Full-width marks whose right half is empty."""

NOT_FIRST = FULL_MARKS | frozenset("·・…—～–‐%％‰℃°)]},.;:!?/々〃ー")
NOT_LAST = OPENING | frozenset("([{§№#￥$＃")
NO_AIR = frozenset("·–～§×÷")
"""No gap beside these."""

_NUMERAL = "〇零一二三四五六七八九十百千万亿两"
_UNIT = (
    "个月|个工作日|工作日|个自然日|小时|分钟|学时|人次|万元|亿元|平方米|毫米|厘米|元|万|亿|页|个|次|条|款|项|件|份|"
    "名|人|家|年|月|日|号|天|倍|分|处|套|台|场|类|级|档|域|周|批|组|位|面|行|字|层|期|岁|种|℃|%|％|‰"
)
_LABEL = r"[0-9]+(?:之[一二三四五六七八九])?(?:\([0-9一二三四五六七八九十]+\))*"

_TOGETHER: Final[tuple[tuple[float, str, re.Pattern[str]], ...]] = (
    (5.0, "§", re.compile(r"[\u4e00-\u9fff]{2,6}[0-9]*号?§")),
    (1.0, "（", re.compile(r"（[\u4e00-\u9fff]{1,3}）")),
    (2.0, "年", re.compile(r"\d{4} ?年 ?\d{1,2} ?月(?: ?\d{1,2} ?日)?")),
    (5.0, "", re.compile(r"(?:GB|DB\d*|ISO|IEC|RFC)(?:/[TZ])? ?[\d./]+(?:[-:—]\d{4})?")),
    (2.5, "〔", re.compile(r"(?:[\u4e00-\u9fff]{2,6}[发函令释]|[\u4e00-\u9fff])〔")),
    (1.0, "条第", re.compile(rf"条第(?=[{_NUMERAL}0-9]+[款项])")),
    (NEVER, "第", re.compile(rf"第 ?[{_NUMERAL}0-9]+ ?[条款项章节编号次页批类](?:之[{_NUMERAL}]+)?")),
    (NEVER, "〔", re.compile(r"〔\d{4}〕 ?第?\d+ ?号")),
    (NEVER, "", re.compile(r"\d%?[–～-]\d")),
    (NEVER, "", re.compile(rf"\d[\d,.]*%?(?:[–～-]\d[\d,.]*)? ?(?:{_UNIT})")),
    (NEVER, "", re.compile(rf"[{_NUMERAL}]{{2,}}(?:{_UNIT})?")),
    (NEVER, "§", re.compile(rf"[\u4e00-\u9fff]?\d*§{_LABEL}")),
    (NEVER, "附", re.compile(r"附[件录] ?[0-9A-Z一二三四五六七八九十]+")),
)
"""What a break costs, a text without which the pattern is nowhere, and the pattern.

Later entries win over earlier ones; a finite cost is the looseness in em that avoids the break.
"""


def costs(text: str) -> dict[int, float]:
    """What a break costs before each position that is not free."""
    held: dict[int, float] = {}
    for cost, needed, pattern in _TOGETHER:
        if needed in text:
            for match in pattern.finditer(text):
                for position in range(match.start() + 1, match.end()):
                    held[position] = cost
    return held


def is_latin(character: str) -> bool:
    """Whether a character belongs to a word of Latin letters, figures and their marks."""
    return (ord(character) < 0x2000 and character not in "·§×÷ ") or character == "№"
