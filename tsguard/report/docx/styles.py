"""The styles of a DOCX: one table, named in Chinese where Word has no name of its own for them.

Fonts are those that Windows brings: 仿宋 for running text, 宋体 in tables, 黑体 for heads, Times New Roman
for Latin; sizes and leading follow the PDF's.
"""

from __future__ import annotations

from dataclasses import dataclass

from tsguard.report.blocks import Align, Role
from tsguard.report.docx.ooxml import MEASURE, part, tag, twips

LATIN, TEXT, TABLE, HEAD, SYMBOLS, RARE = (
    "Times New Roman",
    "仿宋",
    "宋体",
    "黑体",
    "Segoe UI Symbol",
    "SimSun-ExtB",
)
INK, GREY, ACCENT, HAIR = "000000", "595959", "1F3A5F", "A6A6A6"
SIDES = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTRE: "center"}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style.

    Attributes:
        name: As Word shows it; built-in names are Word's own, in English.
        font: For Han.
        size: In points, to the half.
        leading: Least distance from line to line, in points.
        side: ``left``, ``right``, ``center`` or ``both``.
        before: Room above, in points.
        after: Room below, in points.
        indent: First line, in hundredths of a character.
        left: Left indent, in points.
        color: Six hexadecimal digits.
        level: Outline level from 0; None for text.
        new_page: Whether it starts a page.
        keep_next: Whether it stays with the next paragraph.
        rule: Whether a rule stands below it.
        tab: Place of a right tab in twentieths of a point; 0 for none.
    """

    name: str
    font: str = TABLE
    size: float = 9
    leading: float = 14.2
    side: str = "left"
    before: float = 0
    after: float = 0
    indent: int = 0
    left: float = 0
    color: str = INK
    level: int | None = None
    new_page: bool = False
    keep_next: bool = False
    rule: bool = False
    tab: int = 0


BODY_STYLES: dict[Role, str] = {
    Role.BODY: "TsgBody",
    Role.LEAD: "TsgLead",
    Role.ANSWER: "TsgAnswer",
    Role.NOTE: "TsgNote",
    Role.CAPTION: "TsgCaption",
    Role.CELL: "TsgCell",
    Role.NUMBER: "TsgNumber",
    Role.CENTRED: "TsgCentred",
    Role.DETAIL: "TsgDetail",
    Role.SMALL: "TsgSmall",
    Role.IDS: "TsgIds",
    Role.HASH: "TsgHash",
    Role.LABEL: "TsgLabel",
    Role.VALUE: "TsgValue",
}
"""The style of each role of paragraph."""

STYLES: dict[str, Style] = {
    "Heading1": Style("heading 1", HEAD, 18, 28, after=12, level=0, new_page=True, keep_next=True, rule=True),
    "Heading2": Style("heading 2", HEAD, 12.5, 21.3, before=12, after=5, level=1, keep_next=True),
    "Heading3": Style("heading 3", HEAD, 12.5, 21.3, before=12, after=5, level=2, keep_next=True),
    "TOC1": Style("toc 1", HEAD, 12, 22),
    "TOC2": Style("toc 2", TEXT, 10.5, 17.5, left=24),
    "Header": Style("header", TABLE, 8.5, 12, color=GREY, tab=MEASURE, rule=True),
    "Footer": Style("footer", TABLE, 8.5, 12, color=GREY, tab=MEASURE),
    "TsgBody": Style("报告正文", TEXT, 12, 21.3, "both", indent=200),
    "TsgLead": Style("导语", TEXT, 10.5, 17.7, "both", after=5),
    "TsgAnswer": Style("现状说明", TEXT, 10.5, 17.7, "both", before=7, after=5),
    "TsgNote": Style("附注", TABLE, 8, 12.2, "both", before=4, after=5, color="404040"),
    "TsgCaption": Style("图表题", TABLE, 9, 14.2, "center", before=4, after=6),
    "TsgCell": Style("表内文字", TABLE, 9, 14.2, "left"),
    "TsgNumber": Style("表内数字", TABLE, 9, 14.2, "right"),
    "TsgCentred": Style("表内居中", TABLE, 9, 14.2, "center"),
    "TsgDetail": Style("表内细目", TABLE, 8, 12.2, "left", color="404040"),
    "TsgSmall": Style("表内小字", TABLE, 8, 12.2),
    "TsgIds": Style("表内编号", TABLE, 7.5, 11),
    "TsgHash": Style("表内摘要值", TABLE, 6.5, 9.2),
    "TsgLabel": Style("表单栏目", TABLE, 9.5, 14.2),
    "TsgValue": Style("表单内容", TEXT, 10.5, 15.6),
    "TsgHead": Style("表头", HEAD, 8.5, 14.2, keep_next=True),
    "TsgGap": Style("表后间隔", TABLE, 4, 8),
    "TsgCoverRemark": Style("封面标注", TABLE, 10.5, 16),
    "TsgCoverTitle": Style("封面标题", HEAD, 32, 48, "center"),
    "TsgCoverSubtitle": Style("封面副题", TEXT, 16, 26, "center", before=14, after=60),
    "TsgCoverLabel": Style("封面栏目", TABLE, 10.5, 20, color=GREY),
    "TsgCoverValue": Style("封面内容", TEXT, 12, 20),
    "TsgCoverDay": Style("封面日期", TEXT, 14, 22, "center", before=60),
    "TsgContentsTitle": Style("目录标题", HEAD, 18, 28, "center", after=14, new_page=True, keep_next=True),
    "TsgFigureTitle": Style("大数标题", HEAD, 10.5, 16, "center", before=4, keep_next=True),
    "TsgFigure": Style("大数", HEAD, 28, 38, "center", keep_next=True),
    "TsgFigureNote": Style("大数说明", TABLE, 8.5, 13, "center", after=4, color=GREY),
    "TsgSign": Style("签署栏", TEXT, 12, 30),
    "TsgSeal": Style("盖章处", TABLE, 8, 12, "center", color=GREY),
    "TsgQuestionNumber": Style("问题序号", HEAD, 16, 18, keep_next=True),
    "TsgQuestion": Style("问题", TABLE, 10.5, 15.5, "both", keep_next=True),
}
"""By id. Word's own ids, where it has the style itself, so that navigation and contents work."""


def fonts(han: str, latin: str = LATIN) -> str:
    """Both fonts of a style or run."""
    return tag("rFonts", hint="eastAsia", ascii=latin, eastAsia=han, hAnsi=latin, cs=latin)


def styles_part() -> bytes:
    """``word/styles.xml``."""
    defaults = tag(
        "docDefaults",
        tag(
            "rPrDefault",
            tag("rPr", fonts(TABLE), _size(10.5), tag("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")),
        ),
        tag("pPrDefault"),
    )
    normal = tag(
        "style",
        tag("name", val="Normal"),
        tag("qFormat"),
        tag(
            "pPr",
            tag("widowControl"),
            tag("kinsoku"),
            tag("overflowPunct", val="0"),
            tag("topLinePunct"),
            tag("autoSpaceDE"),
            tag("autoSpaceDN"),
            tag("snapToGrid", val="0"),
        ),
        type="paragraph",
        default=1,
        styleId="Normal",
    )
    return part(
        "styles",
        defaults,
        normal,
        _character(),
        _plain_table(),
        *(_paragraph(key, style) for key, style in STYLES.items()),
        _data_table(),
        _form(),
        _bare(),
    )


def fonts_part() -> bytes:
    """``word/fontTable.xml``: what stands in where a font is missing."""
    other = {
        TEXT: "FangSong,仿宋_GB2312,STFangsong,Noto Serif CJK SC",
        TABLE: "SimSun,STSong,Noto Serif CJK SC",
        HEAD: "SimHei,STHeiti,Noto Sans CJK SC",
        SYMBOLS: "MS Gothic,Apple Symbols,Noto Sans Symbols2",
        RARE: "SimSun-ExtG,宋体-ExtB,Noto Serif CJK SC",
        LATIN: "Liberation Serif",
    }
    return part(
        "fonts", *(tag("font", tag("altName", val=names), name=name) for name, names in other.items())
    )


def borders(kind: str, **edges: str) -> str:
    """Borders of a table, cell or paragraph.

    Args:
        kind: ``tblBorders``, ``tcBorders`` or ``pBdr``.
        edges: By edge in the schema's order, "eighths of a point:colour", such as ``8:000000``; "" for none.
    """
    made = []
    for edge, look in edges.items():
        weight, _colon, color = look.partition(":")
        made.append(
            tag(edge, val="single", sz=weight, space=0, color=color) if look else tag(edge, val="nil")
        )
    return tag(kind, *made)


def _size(points: float) -> str:
    half = round(points * 2)
    return tag("sz", val=half) + tag("szCs", val=half)


def _paragraph(key: str, style: Style) -> str:
    """A paragraph style; its children in the order of CT_Style, CT_PPr and CT_RPr."""
    properties = [
        tag("keepNext") if style.keep_next else "",
        tag("keepLines") if style.keep_next else "",
        tag("pageBreakBefore") if style.new_page else "",
        _rule(style) if style.rule else "",
        tag("tabs", tag("tab", val="right", pos=style.tab)) if style.tab else "",
        tag(
            "spacing",
            before=twips(style.before),
            after=twips(style.after),
            line=twips(style.leading),
            lineRule="atLeast",
        ),
        _indent(style),
        tag("jc", val=style.side),
        tag("outlineLvl", val=style.level) if style.level is not None else "",
    ]
    look = [fonts(style.font), tag("color", val=style.color), _size(style.size)]
    return tag(
        "style",
        tag("name", val=style.name),
        tag("basedOn", val="Normal"),
        tag("next", val="TsgBody") if style.level is not None else "",
        tag("uiPriority", val=9 if style.level is not None else 39),
        tag("qFormat"),
        tag("pPr", *properties),
        tag("rPr", *look),
        type="paragraph",
        styleId=key,
        **({} if style.name.isascii() else {"customStyle": 1}),
    )


def _rule(style: Style) -> str:
    head = style.level is not None
    edge = tag(
        "bottom",
        val="single",
        sz=9 if head else 4,
        space=4 if head else 6,
        color=ACCENT if head else HAIR,
    )
    return tag("pBdr", edge)


def _indent(style: Style) -> str:
    if style.indent:
        first = twips(style.size * style.indent / 100)
        return tag("ind", firstLineChars=style.indent, firstLine=first)
    return tag("ind", left=twips(style.left)) if style.left else ""


def _character() -> str:
    return tag(
        "style",
        tag("name", val="Default Paragraph Font"),
        tag("uiPriority", val=1),
        tag("semiHidden"),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )


def _plain_table() -> str:
    return tag(
        "style",
        tag("name", val="Normal Table"),
        tag("uiPriority", val=99),
        tag("semiHidden"),
        tag("tblPr", tag("tblInd", w=0, type="dxa"), _margins(0, 0)),
        type="table",
        default=1,
        styleId="TableNormal",
    )


def _margins(above: float, side: float) -> str:
    return tag(
        "tblCellMar",
        tag("top", w=twips(above), type="dxa"),
        tag("left", w=twips(side), type="dxa"),
        tag("bottom", w=twips(above), type="dxa"),
        tag("right", w=twips(side), type="dxa"),
    )


def _table(key: str, name: str, *children: str) -> str:
    return tag(
        "style",
        tag("name", val=name),
        tag("basedOn", val="TableNormal"),
        tag("uiPriority", val=59),
        *children,
        type="table",
        customStyle=1,
        styleId=key,
    )


def _data_table() -> str:
    edges = borders("tblBorders", top=f"9:{INK}", bottom=f"9:{INK}", insideH=f"3:{HAIR}")
    head = tag("tcPr", borders("tcBorders", bottom=f"5:{INK}"), tag("vAlign", val="bottom"))
    return _table(
        "TsgTable",
        "数据表",
        tag("tblPr", edges, _margins(2.6, 4)),
        tag("tblStylePr", head, type="firstRow"),
    )


def _form() -> str:
    outer, inner = f"8:{INK}", f"4:{INK}"
    edges = borders(
        "tblBorders", top=outer, left=outer, bottom=outer, right=outer, insideH=inner, insideV=inner
    )
    return _table(
        "TsgForm", "表单", tag("tblPr", edges, _margins(5, 6)), tag("tcPr", tag("vAlign", val="center"))
    )


def _bare() -> str:
    return _table("TsgBare", "无线表", tag("tblPr", _margins(1, 4)))
