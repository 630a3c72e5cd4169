"""What is more than text and tables in a PDF, as tables and lines: cover, figures, charts, places to sign."""

from __future__ import annotations

from tsguard.i18n import _
from tsguard.report.blocks import Cover, Figures, Mark, Radar, Review, Signature
from tsguard.report.docx.fields import Targets
from tsguard.report.docx.ooxml import MEASURE, shared_out, tag, twips
from tsguard.report.docx.runs import MARKS, paragraph, plain, runs_of
from tsguard.report.docx.styles import HAIR, SYMBOLS, borders, fonts
from tsguard.report.docx.tables import cell, row, table
from tsguard.report.marked import Marked, said
from tsguard.report.question import Question

_COVER_WIDTHS = (twips(78), twips(290))
_COVER_ROOM = 110
"""Above the title, in points."""
_SEAL = twips(113)
"""40 mm."""
_LINE_TO_SIGN = 110
_REVIEW_HEIGHT = 138


def cover(block: Cover, targets: Targets) -> list[str]:
    """Remarks, title, subtitle, rows, date."""
    made = [paragraph("TsgCoverRemark", plain(each)) for each in block.remarks]
    for number, each in enumerate(block.title):
        made.append(paragraph("TsgCoverTitle", plain(each), before=None if number else twips(_COVER_ROOM)))
    made.append(paragraph("TsgCoverSubtitle", plain(block.subtitle)))
    line = borders("tcBorders", bottom=f"3:{HAIR}")
    rows = [
        row(
            [
                cell(_COVER_WIDTHS[0], paragraph("TsgCoverLabel", plain(each.label))),
                cell(_COVER_WIDTHS[1], paragraph("TsgCoverValue", runs_of(each.value, targets)), edges=line),
            ]
        )
        for each in block.rows
    ]
    if rows:
        made.append(table("TsgBare", _COVER_WIDTHS, rows, left=(MEASURE - sum(_COVER_WIDTHS)) // 2))
    made.append(paragraph("TsgCoverDay", plain(block.day)))
    return made


def figures(block: Figures) -> str:
    """Large figures side by side."""
    widths = shared_out((1.0,) * len(block.figures))
    cells = [
        cell(
            width,
            paragraph("TsgFigureTitle", plain(each.title))
            + paragraph("TsgFigure", plain(each.value))
            + paragraph("TsgFigureNote", plain(each.note)),
            edges=borders(
                "tcBorders",
                **({"left": f"3:{HAIR}"} if number else {}),
                bottom=f"3:{HAIR}",
            ),
        )
        for number, (each, width) in enumerate(zip(block.figures, widths, strict=True))
    ]
    return table("TsgBare", widths, [row(cells)])


def radar(block: Radar) -> list[str]:
    """The chart's values as a table, with the chart's caption below."""
    widths = shared_out((2.0, *(1.0 for _lane in block.lanes)))
    heads = (said(_("项目")), *block.lanes)
    head = [
        cell(width, paragraph("TsgHead", plain(each), side="right" if number else "left"))
        for number, (each, width) in enumerate(zip(heads, widths, strict=True))
    ]
    rows = [row(head, head=True)]
    for axis in block.axes:
        cells = [cell(widths[0], paragraph("TsgCell", plain(axis.label)))]
        cells += [
            cell(width, paragraph("TsgNumber", plain(f"{value}%")))
            for value, width in zip(axis.values, widths[1:], strict=True)
        ]
        rows.append(row(cells))
    return [
        table("TsgTable", widths, rows, described=block.caption.text, head=True),
        paragraph("TsgCaption", plain(block.caption)),
    ]


def signature(block: Signature) -> str:
    """Name and line on the left, the seal's place on the right."""
    widths = (MEASURE - _SEAL, _SEAL)
    left = (
        _to_sign(block.signatory)
        + paragraph("TsgSign", plain(block.company))
        + paragraph("TsgSign", plain(block.date_line))
    )
    return table(
        "TsgBare",
        widths,
        [
            row(
                [
                    cell(widths[0], left, upright="center"),
                    cell(_SEAL, paragraph("TsgSeal", plain(block.seal)), edges=_dashed(), upright="center"),
                ],
                least=113,
            )
        ],
    )


def review(block: Review) -> str:
    """One row for each office."""
    widths = shared_out((92.0, 236.0, 113.0))
    framed = borders("tcBorders", right="")
    rows = [
        row(
            [
                cell(widths[0], paragraph("TsgLabel", plain(office)), upright="center"),
                cell(
                    widths[1],
                    _to_sign(block.signatory) + paragraph("TsgSign", plain(block.date_line)),
                    edges=framed,
                    upright="bottom",
                ),
                cell(
                    widths[2],
                    paragraph("TsgSeal", plain(block.seal)),
                    edges=borders("tcBorders", left=""),
                    upright="center",
                ),
            ],
            least=_REVIEW_HEIGHT,
        )
        for office in block.offices
    ]
    return table("TsgForm", widths, rows)


def question(block: Question) -> str:
    """Number and id on the left; text, boxes to tick and lines to write on beside it."""
    widths = shared_out((52.0, 389.0))
    left = paragraph("TsgQuestionNumber", plain(block.number)) + paragraph("TsgSmall", plain(block.item))
    if block.sign.text:
        left += paragraph("TsgSmall", plain(block.sign, bold=block.strong))
    box = tag("r", tag("rPr", fonts(SYMBOLS, SYMBOLS)), tag("t", MARKS[Mark.BOX]))
    choices = plain("\u3000").join(f"{box if each.open else ''}{plain(each.word)}" for each in block.choices)
    right = paragraph("TsgQuestion", plain(block.text))
    right += "".join(paragraph("TsgDetail", plain(each)) for each in block.details)
    right += paragraph("TsgCell", choices, before=twips(4)) if block.choices else ""
    end = widths[1] - twips(8)
    right += "".join(
        paragraph("TsgSmall", plain(each) + tag("r", tag("tab")), tabs=_line_tab(end), before=twips(5))
        for each in block.lines
    )
    line = borders("tcBorders", bottom=f"3:{HAIR}")
    return table(
        "TsgBare", widths, [row([cell(widths[0], left, edges=line), cell(widths[1], right, edges=line)])]
    )


def _to_sign(label: Marked) -> str:
    """A label with a line after it."""
    width = sum(12 if ord(each) > 255 else 6 for each in label.text)
    tabs = _line_tab(twips(width + _LINE_TO_SIGN))
    return paragraph("TsgSign", plain(label) + tag("r", tag("tab")), tabs=tabs)


def _line_tab(at: int) -> str:
    return tag("tabs", tag("tab", val="left", leader="underscore", pos=at))


def _dashed() -> str:
    edges = ("top", "left", "bottom", "right")
    return tag("tcBorders", *(tag(edge, val="dashed", sz=4, space=0, color=HAIR) for edge in edges))
