"""Runs and paragraphs: fonts for rare characters, drawn marks as characters, line ends, links."""

from __future__ import annotations

from itertools import groupby

from tsguard.report.blocks import Mark, Paragraph, Role, Run, Text, Tone
from tsguard.report.docx.fields import Targets
from tsguard.report.docx.ooxml import characters, tag
from tsguard.report.docx.styles import ACCENT, BODY_STYLES, GREY, RARE, SYMBOLS, TABLE, fonts
from tsguard.report.marked import Marked

MARKS = {
    Mark.MET: "●",
    Mark.PARTLY: "◐",
    Mark.NOT_MET: "○",
    Mark.NOT_APPLICABLE: "⊖",
    Mark.UNKNOWN: "◌",
    Mark.BOX: "☐",
    Mark.TICKED: "☑",
}
_TONES = {Tone.INK: "", Tone.GREY: tag("color", val=GREY), Tone.ACCENT: tag("color", val=ACCENT)}
_HINT = tag("rFonts", hint="eastAsia")
_RARE, _OLD = fonts(RARE), fonts(TABLE)
_SYMBOLS = fonts(SYMBOLS, SYMBOLS)


def paragraph(
    style: str,
    runs: str,
    *,
    keep_next: bool = False,
    new_page: bool = False,
    tabs: str = "",
    before: int | None = None,
    side: str = "",
) -> str:
    """A paragraph.

    Args:
        style: Its id.
        runs: Ready.
        keep_next: Whether it stays with the next one.
        new_page: Whether it starts a page.
        tabs: A ready ``w:tabs``, or "".
        before: Room above in twentieths of a point, other than the style's.
        side: Its side, other than the style's.
    """
    properties = tag(
        "pPr",
        tag("pStyle", val=style),
        tag("keepNext") if keep_next else "",
        tag("pageBreakBefore") if new_page else "",
        tabs,
        tag("spacing", before=before) if before is not None else "",
        tag("jc", val=side) if side else "",
    )
    return tag("p", properties, runs)


def plain(value: Marked | str, *, bold: bool = False) -> str:
    """A text as runs of its paragraph's look."""
    return _written(value if isinstance(value, str) else value.text, bold=bold, color="")


def runs_of(text: Text, targets: Targets) -> str:
    """Runs with their looks and links."""
    return "".join(_one(each, targets) for each in text)


def set_paragraph(
    block: Paragraph, targets: Targets, *, keep_next: bool = False, anchor: str = "", new_page: bool = False
) -> str:
    """A paragraph of a role, marked as an anchor's place where one is given."""
    runs = targets.marked(anchor, runs_of(block.text, targets)) if anchor else runs_of(block.text, targets)
    return paragraph(style_of(block.role), runs, keep_next=keep_next, new_page=new_page)


def style_of(role: Role) -> str:
    """The id of a role's style."""
    return BODY_STYLES[role]


def _one(run: Run, targets: Targets) -> str:
    color = _TONES[run.tone]
    if run.mark is not None:
        made = tag("r", tag("rPr", _SYMBOLS, color), tag("t", MARKS[run.mark]))
    else:
        made = _written(run.value.text, bold=run.bold, color=color)
    return targets.linked(run.link, made) if run.link else made


def _written(text: str, *, bold: bool, color: str) -> str:
    look = (tag("b") + tag("bCs") if bold else "") + color
    return "".join(
        tag("r", tag("rPr", font, look), _with_line_ends("".join(group)))
        for font, group in groupby(text, key=_font)
    )


def _font(character: str) -> str:
    """仿宋 has the characters of GBK only: older and rarer ones get a font that has them."""
    code = ord(character)
    if 0x20000 <= code <= 0x3FFFF:
        return _RARE
    return _OLD if 0x3400 <= code <= 0x4DBF or 0x9FA6 <= code <= 0x9FFF else _HINT


def _with_line_ends(text: str) -> str:
    return tag("br").join(
        f'<w:t xml:space="preserve">{characters(each)}</w:t>' if each else "" for each in text.split("\n")
    )
