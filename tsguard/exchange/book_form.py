"""What a module's workbook looks like: its sheets, its columns, the words for values.

The titles and words are a file format and no text of the screen: they are the same in every language
of the program, as the keys of a YAML file are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tsguard.rules.checks import CHECKS

ITEMS_SHEET = "条款"
MODULE_SHEET = "模块"
NOTES_SHEET = "说明"
NONE = "无"
"""Stands for a retired id's missing successor."""


class Shape(StrEnum):
    """How a cell's text becomes a field."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    CHOICE = "choice"
    LINES = "lines"
    PAIRS = "pairs"
    LISTS = "lists"
    SECRETS = "secrets"


@dataclass(frozen=True, slots=True)
class Entry:
    """One column of 条款, or one row of 模块.

    Attributes:
        key: Of the YAML file.
        title: As the sheet shows it.
        shape: How it is read.
        hint: What to write, one or two sentences.
        required: Whether every item, or the module, must have it.
        width: Of the column, in characters.
        words: What may be chosen, with the value that it stands for; "" leaves the field out.
        also: Further titles that are understood.
    """

    key: str
    title: str
    shape: Shape
    hint: str
    required: bool = True
    width: int = 14
    words: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()


_MEASURES = ("协议约定", "制度培训", "区域限制", "标识隔离", "系统限制", "离职返还", "其他")

ITEM_ENTRIES = (
    Entry("id", "编号", Shape.CODE, "模块编号加两位数字，如PCB-01。用过的编号不要再给别的条款。", width=11),
    Entry(
        "text", "要求", Shape.TEXT, "一句能查实的要求，不超过80个字，末尾不加句号。", width=36, also=("条款",)
    ),
    Entry(
        "weight",
        "权重",
        Shape.NUMBER,
        "1至5的整数，越大越要紧。",
        width=7,
        words={str(number): str(number) for number in range(1, 6)},
    ),
    Entry(
        "critical",
        "关键",
        Shape.CHOICE,
        "否决项做不到就封顶等级，要少用；一般的条款填“一般”。",
        required=False,
        width=9,
        words={"否决项": "veto", "重点项": "key", "一般": "none"},
    ),
    Entry("critical_why", "否决理由", Shape.TEXT, "否决项必须写明理由。", required=False, width=24),
    Entry(
        "measure",
        "措施类",
        Shape.CHOICE,
        "对应法释〔2020〕7号第六条的第几项；都不是的选“治理”。",
        width=12,
        words={
            **{f"{number}{word}": str(number) for number, word in enumerate(_MEASURES, start=1)},
            "治理": "governance",
        },
    ),
    Entry(
        "not_applicable",
        "不适用",
        Shape.CHOICE,
        "企业能不能答“不适用”。",
        width=9,
        words={"允许": "allowed", "不允许": "forbidden"},
    ),
    Entry(
        "not_applicable_when",
        "何时不适用",
        Shape.TEXT,
        "允许不适用的规则；否决项允许不适用时必须写。",
        required=False,
        width=24,
    ),
    Entry(
        "check",
        "台账核验",
        Shape.CHOICE,
        "由哪种台账核验来对照，一般不填。",
        required=False,
        width=14,
        words={name: name for name in CHECKS},
    ),
    Entry("why", "为什么", Shape.TEXT, "缺了会怎样，不超过120个字，末尾加句号。", width=40),
    Entry("how", "怎么做", Shape.LINES, "2至5步，一行一步（Alt+Enter换行），不用编号。", width=44),
    Entry("evidence", "佐证", Shape.LINES, "要拿出什么、什么样子，一行一件。", width=40, also=("证据",)),
    Entry(
        "partial", "部分符合", Shape.TEXT, "做到什么程度只算部分符合。", width=30, also=("怎样算部分符合",)
    ),
    Entry(
        "small", "小微替代", Shape.TEXT, "小微企业可以用什么代替，末尾加句号。", width=34, also=("小微企业",)
    ),
    Entry("quick", "快速自测", Shape.TEXT, "快速自测时问的一句白话，可不写。", required=False, width=28),
    Entry("basis", "依据", Shape.LINES, "简称§条（备注），一行一条，如：法释7§6(4)（参照）。", width=24),
)
"""In the order of the YAML file, which is the order of the columns."""

MODULE_ENTRIES = (
    Entry("module", "编号", Shape.CODE, "大写字母开头的2至12个大写字母或数字，如PCB；装进程序后前面加U。"),
    Entry(
        "kind",
        "类别",
        Shape.CHOICE,
        "行业模块，或者附加模块。",
        words={"行业模块": "sector", "附加模块": "addon"},
    ),
    Entry("title", "名称", Shape.TEXT, "不超过30个字。"),
    Entry("version", "版本", Shape.TEXT, "如2026.11。"),
    Entry("origin", "来源", Shape.TEXT, "谁写的、依据什么、有没有官方身份；随清单和报告显示。"),
    Entry("place", "次序", Shape.NUMBER, "在同类模块里排第几，1最前。可不写。", required=False),
    Entry("section_title", "域名称", Shape.TEXT, "这组条款的标题，不写就用名称。", required=False),
    Entry("short", "域短名", Shape.TEXT, "图上的短名，不超过4个字。"),
    Entry("with", "连带模块", Shape.LINES, "一起推荐的模块的编号，一行一个，可不写。", required=False),
    Entry(
        "secret_point_types",
        "秘点类型",
        Shape.SECRETS,
        "一行一种：名称：核心、重要或一般：技术信息、经营信息或其他。可不写。",
        required=False,
    ),
    Entry("leak_paths", "泄密途径", Shape.LINES, "常见的泄密途径，一行一种，可不写。", required=False),
    Entry(
        "leak_items",
        "途径对应条款",
        Shape.LISTS,
        "本模块哪几条应对哪种途径，一行一种，如：外协厂留存图纸：PCB-01、PCB-02。可不写。",
        required=False,
    ),
    Entry(
        "multipliers",
        "系数",
        Shape.PAIRS,
        "对通用条款权重的系数，0.5至3，一行一条，如：ITS-03：1.5。可不写。",
        required=False,
    ),
    Entry(
        "retired",
        "停用编号",
        Shape.PAIRS,
        "停用的编号和后继，一行一条，如：PCB-03：PCB-12；没有后继写无。可不写。",
        required=False,
    ),
)
"""In the order of the YAML file, which is the order of the rows."""

TIERS = {"核心": "core", "重要": "important", "一般": "general"}
CATEGORIES = {"技术信息": "technical", "经营信息": "business", "其他": "other"}

NOTES = (
    "这个工作簿写一个自有模块。“条款”一行一条，“模块”写模块本身；列的次序可以换，列名不要改。",
    "写好后运行tsguard modules import 文件名.xlsx --out 文件名.yaml，逐格检查，指出哪张表、第几行、哪一列。",
    "再运行tsguard modules add 文件名.yaml，就能在本机选用。它标为“非随程序发布”，报告里印出它的SHA-256。",
    "一格里写几条的（怎么做、佐证、依据等），一条一行，用Alt+Enter换行。",
    "不要合并单元格，不要用公式。自己加的列不会导入。",
    "权重、分值和阈值是编写人的建议，不要写成官方口径；依据只写依据库里有的简称。",
    "不要写绝密、机密、秘密级或★，那是国家秘密的标志。",
)
"""The first lines of 说明; what to write in each column follows them."""
