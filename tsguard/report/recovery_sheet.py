"""The sheet with the recovery code: one page to print, seal and lock away.

Made in memory only. The metadata have no name and no key number; the code stands on the page and nowhere
else, and in no repr. It bears no mark of secrecy, which is for state secrets alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tsguard.domain.disclosure import Level
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Block,
    Chapter,
    Entry,
    Form,
    Paragraph,
    Role,
    Run,
    line,
)
from tsguard.report.document import Document
from tsguard.report.finish import finish
from tsguard.report.fonts import WHITE, Face, Fonts, shipped_fonts
from tsguard.report.marked import said
from tsguard.report.sanitise import clean
from tsguard.report.typeset.flow import Box, Pen, Space, paginate
from tsguard.report.typeset.glyphs import operands
from tsguard.report.typeset.layout import boxes_of
from tsguard.report.typeset.linebreak import Line, Placed
from tsguard.report.typeset.setter import Ink, InkLine, Setter
from tsguard.report.typeset.styles import (
    ACCENT,
    GREY,
    HAIR,
    INK,
    LEFT,
    MEASURE,
    PAGE_HEIGHT,
    STYLES,
    THIN,
    TOP,
    Style,
)
from tsguard.report.typeset.surface import Surface

_GROUPS_A_LINE = 3
_SIZE, _PITCH = 19.0, 17.8
"""Of the code's characters, and from one to the next: all take the same room, as on a typewriter."""
_SIDE, _LABEL_COLUMN, _GAP = 14.0, 46.0, 22.0
_LINE_HEIGHT, _AIR = 42.0, 7.0
_LABEL = Style(size=8.5, leading=12, color=GREY)
_NUMBER = Style(size=7.5, leading=10, color=GREY)
_NAME_LINES, _NAME_WIDTH = 2, MEASURE - 112.0
_TAIL = 12
"""Characters at the end of a name that is cut in its middle."""


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What the sheet says.

    Attributes:
        company: The company's name.
        vault: The vault's file name without its folder.
        lineage: 12 hexadecimal digits, the same for a vault and all its copies.
        key_id: 8 hexadecimal digits that name the key without telling it.
        on: The day of printing.
        groups: The code, in order.
    """

    company: str
    vault: str
    lineage: str
    key_id: str
    on: date
    groups: tuple[str, ...] = field(repr=False)


def render_sheet(sheet: RecoverySheet, fonts: Fonts | None = None) -> bytes:
    """The sheet as a PDF of one A4 page; the same bytes for the same sheet.

    A name too long for two lines is cut in its middle, and a character of it that no font has stands there
    as its number: an odd name keeps nobody from printing the code.

    Args:
        sheet: What to print.
        fonts: Others than the ones that come with the program.
    """
    fonts = fonts or shipped_fonts()
    setter = Setter(fonts)
    boxes = [
        *boxes_of(_part(sheet, _head(sheet, setter)), setter),
        CodeBox(sheet.groups, setter),
        *boxes_of(_part(sheet, _advice()), setter),
        Space(8),
        *boxes_of(_part(sheet, _custody()), setter),
    ]
    (page,) = paginate(boxes, lambda: None)
    title = _("恢复码")
    surface = Surface(fonts, title)
    pen = Pen(surface, setter, {})
    for box, offset in page.boxes:
        box.draw(pen, LEFT, PAGE_HEIGHT - TOP - offset)
    return finish(surface.finish(), title=title, on=sheet.on, tags=surface.tags)


class CodeBox(Box):
    """The code in a frame: lines with their numbers, groups with theirs."""

    before = 10.0

    def __init__(self, groups: Sequence[str], setter: Setter) -> None:
        rows = [groups[at : at + _GROUPS_A_LINE] for at in range(0, len(groups), _GROUPS_A_LINE)]
        self._rows = [
            (
                setter.one(_("第{number}行").format(number=number), _LABEL),
                [
                    (setter.one(str(_GROUPS_A_LINE * (number - 1) + at), _NUMBER), _spaced(group, setter))
                    for at, group in enumerate(row, 1)
                ],
            )
            for number, row in enumerate(rows, 1)
        ]

    @property
    def height(self) -> float:
        """With the frame and some air below it."""
        return self._frame + 10

    @property
    def _frame(self) -> float:
        return len(self._rows) * _LINE_HEIGHT + 2 * _AIR

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Frame, then line by line."""
        surface = pen.surface
        surface.draw(
            f"{operands(ACCENT)} RG 1.1 w {x:.2f} {top - self._frame:.2f} {MEASURE:g} {self._frame:.2f} re S"
        )
        for at, (label, groups) in enumerate(self._rows):
            y = top - _AIR - at * _LINE_HEIGHT
            if at:
                surface.rule(x + _SIDE, y, x + MEASURE - _SIDE, y, THIN, HAIR)
            base = y - 33.5
            left = x + _SIDE + _LABEL_COLUMN
            surface.paragraph(label, x + _SIDE, base + 2)
            for number, group in groups:
                surface.paragraph(number, left + 1, y - 12)
                surface.paragraph(group, left, base)
                left += group.width + _GAP


def _spaced(group: str, setter: Setter) -> InkLine:
    """A group's characters, each in the middle of its room."""
    ink = Ink(Face.SANS_BOLD, _SIZE, INK)
    widths = [setter.fonts.width(character, ink.face) * _SIZE for character in group]
    pieces = tuple(
        Placed(character, ink, _SIZE, at * _PITCH + (_PITCH - width) / 2, sign=False)
        for at, (character, width) in enumerate(zip(group, widths, strict=True))
    )
    return Line(pieces, len(group) * _PITCH)


# --- what stands on it ------------------------------------------------------------------------------


def _part(sheet: RecoverySheet, blocks: Iterable[Block]) -> Document:
    """Blocks as a document of their own, since only documents are set."""
    nothing = said("")
    return Document(Level.INTERNAL, nothing, nothing, nothing, nothing, sheet.on, tuple(blocks))


def _head(sheet: RecoverySheet, setter: Setter) -> list[Block]:
    entries = (
        (_("企业名称"), _printable(sheet.company, setter)),
        (_("保险库文件"), _printable(sheet.vault, setter)),
        (_("保险库编号"), sheet.lineage),
        (_("钥匙编号"), sheet.key_id),
        (_("打印日期"), words.day(sheet.on)),
        (_("打印人"), ""),
    )
    return [
        Chapter(said(_("恢复码")), "code"),
        Paragraph(
            line(said(_("凭这张纸上的恢复码，不用口令也能打开下面的保险库。请像现金一样保管。"))), Role.LEAD
        ),
        Form(tuple(Entry(said(label), line(said(value))) for label, value in entries)),
    ]


def _advice() -> list[Block]:
    remarks = (
        (
            _("怎么认"),
            _(
                "共11组，每组6个字符，上方的小字是组号。没有字母I、L、O、U，像I和L的是数字1，像O的是0。"
                "输入时不分大小写，空格可有可无；输错了，程序会说是第几组。"
            ),
        ),
        (_("封存以前"), _("在程序里照着纸面输入一遍，确认它打得开这个保险库。")),
        (
            _("忘了口令"),
            _("选中保险库文件，用恢复码打开，照着纸面输入；打开后马上换口令，再打印新的。"),
        ),
        (
            _("怎么保管"),
            _(
                "装进信封封好，由法定代表人或其指定的人锁进保险柜，与电脑和保险库文件分开放。"
                "不拍照、不扫描、不复印，不用邮件或聊天软件传；这张纸的电子文件，打印后就删除。"
            ),
        ),
        (
            _("何时作废"),
            _(
                "换了口令，这张纸就打不开这个保险库了，请打印新的。换口令以前留下的副本和备份，"
                "它还打得开；那些文件没有删完，旧纸也要锁好，不要随手丢弃。"
            ),
        ),
    )
    return [
        Paragraph(line(Run(said(_("{label}：").format(label=label)), bold=True), said(text)), Role.LEAD)
        for label, text in remarks
    ]


def _custody() -> list[Block]:
    labels = (_("保管人"), _("封存日期"), _("封存签名"), _("存放处"))
    return [Form(tuple(Entry(said(label), line(said(""))) for label in labels))]


def _printable(name: str, setter: Setter) -> str:
    """A name on one or two lines, all of whose characters have a glyph."""
    whole = "".join(
        character
        if character in WHITE or setter.fonts.find(character, Face.SANS)
        else f"[U+{ord(character):04X}]"
        for character in " ".join(clean(name).split())
    )
    if _fits(whole, setter):
        return whole
    low, high = 0, len(whole) - _TAIL
    while low < high:
        middle = (low + high + 1) // 2
        if _fits(_cut(whole, middle), setter):
            low = middle
        else:
            high = middle - 1
    return _cut(whole, low)


def _cut(name: str, head: int) -> str:
    return f"{name[:head]}…{name[-_TAIL:]}"


def _fits(text: str, setter: Setter) -> bool:
    return len(setter.lines(line(said(text)), STYLES[Role.VALUE], _NAME_WIDTH)) <= _NAME_LINES
