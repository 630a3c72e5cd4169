"""Tables of a DOCX: data tables whose head is repeated, forms as grids, and the cells both are made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise

from tsguard.report.blocks import Bar, Cell, Column, DataTable, Entry, Form, Paragraph, Role, Row, Text
from tsguard.report.docx.fields import Targets
from tsguard.report.docx.ooxml import MEASURE, characters, shared_out, tag, twips
from tsguard.report.docx.runs import paragraph, plain, runs_of, set_paragraph
from tsguard.report.docx.styles import GREY, INK, SIDES, TABLE, borders, fonts

_FORM_COLUMNS = (100.0, 142.0, 92.0, 107.0)
_FORM_SIDES = 12.0
_VALUE_SIZE = 10.5
_STEPS = 10
"""Squares of a bar."""
_OFTEN = 100
"""Rows between two looks at whether to stop."""


def table(
    style: str,
    widths: Sequence[int],
    rows: Sequence[str],
    *,
    described: str = "",
    head: bool = False,
    left: int = 0,
) -> str:
    """A table of fixed columns.

    Args:
        style: Its id.
        widths: In twentieths of a point.
        rows: Ready.
        described: What it shows, for readers who do not see it.
        head: Whether the first row is one.
        left: Indent in twentieths of a point.
    """
    look = tag(
        "tblLook", val="0020" if head else "0000", firstRow=int(head), lastRow=0, firstColumn=0,
        lastColumn=0, noHBand=1, noVBand=1,
    )  # fmt: skip
    properties = tag(
        "tblPr",
        tag("tblStyle", val=style),
        tag("tblW", w=sum(widths), type="dxa"),
        tag("tblInd", w=left, type="dxa") if left else "",
        tag("tblLayout", type="fixed"),
        look,
        tag("tblDescription", val=described) if described else "",
    )
    grid = tag("tblGrid", *(tag("gridCol", w=each) for each in widths))
    return tag("tbl", properties, grid, *rows)


def row(cells: Sequence[str], *, head: bool = False, least: float = 0.0) -> str:
    """A row that stays whole.

    Args:
        cells: Ready.
        head: Whether it is repeated on each page.
        least: Its least height in points.
    """
    properties = tag(
        "trPr",
        tag("cantSplit"),
        tag("trHeight", val=twips(least), hRule="atLeast") if least else "",
        tag("tblHeader") if head else "",
    )
    return tag("tr", properties, *cells)


def cell(width: int, content: str, *, span: int = 1, edges: str = "", upright: str = "") -> str:
    """A cell.

    Args:
        width: In twentieths of a point.
        content: One paragraph or more.
        span: How many columns it takes.
        edges: A ready ``w:tcBorders``, or "".
        upright: ``top``, ``center`` or ``bottom``; "" as the table's style has it.
    """
    properties = tag(
        "tcPr",
        tag("tcW", w=width, type="dxa"),
        tag("gridSpan", val=span) if span > 1 else "",
        edges,
        tag("vAlign", val=upright) if upright else "",
    )
    return tag("tc", properties, content)


# --- data tables ------------------------------------------------------------------------------------


def data_table(block: DataTable, targets: Targets, check: Callable[[], None]) -> str:
    """Rows under a head that Word repeats."""
    widths = shared_out(tuple(each.width for each in block.columns))
    head = row([_head(each, width) for each, width in zip(block.columns, widths, strict=True)], head=True)
    rows = [head]
    for number, (each, following) in enumerate(pairwise((*block.rows, None))):
        if number % _OFTEN == 0:
            check()
        if each is not None:
            rows.append(_row(each, following, widths, targets))
    return table("TsgTable", widths, rows, head=True)


def _head(column: Column, width: int) -> str:
    return cell(width, paragraph("TsgHead", plain(column.title), side=SIDES[column.align]))


def _row(block: Row, following: Row | None, widths: Sequence[int], targets: Targets) -> str:
    joined_below = following is not None and following.joined
    edges = {}
    if block.joined:
        edges["top"] = ""
    elif block.total:
        edges["top"] = f"5:{INK}"
    if joined_below:
        edges["bottom"] = ""
    look = borders("tcBorders", **edges) if edges else ""
    cells, at = [], 0
    for number, each in enumerate(block.cells):
        width = sum(widths[at : at + each.span])
        at += each.span
        anchor = "" if number else block.anchor
        content = _content(each, targets, anchor, keep_next=joined_below)
        cells.append(cell(width, content, span=each.span, edges=look))
    return row(cells)


def _content(block: Cell, targets: Targets, anchor: str, *, keep_next: bool) -> str:
    if block.bar is not None:
        return paragraph("TsgCell", targets.marked(anchor, _bar(block.bar)), keep_next=keep_next)
    made = [
        set_paragraph(each, targets, anchor="" if number else anchor, keep_next=keep_next)
        for number, each in enumerate(block.content or (Paragraph((), Role.CELL),))
    ]
    return "".join(made)


def _bar(bar: Bar) -> str:
    """Grey squares as far as the claimed lane, a stroke at the evidenced one; the figures stand beside it."""
    claimed, evidenced = (min(_STEPS, (share * _STEPS + 50) // 100) for share in (bar.claimed, bar.evidenced))
    squares = "■" * claimed + "□" * (_STEPS - claimed)
    grey = tag("rPr", fonts(TABLE), tag("noProof"), tag("color", val=GREY), tag("sz", val=13))
    dark = tag("rPr", fonts(TABLE), tag("b"), tag("noProof"), tag("sz", val=13))
    return "".join(
        tag("r", look, tag("t", characters(text)))
        for look, text in ((grey, "\u3000" + squares[:evidenced]), (dark, "│"), (grey, squares[evidenced:]))
        if text
    )


# --- forms ------------------------------------------------------------------------------------------


def form(block: Form, targets: Targets) -> str:
    """A grid, two fields a row where both values stand on one line."""
    widths = shared_out(_FORM_COLUMNS)
    rows: list[str] = []
    waiting: Entry | None = None
    for entry in block.entries:
        if waiting and _fits(entry, 3):
            rows.append(_pair(waiting, entry, widths, targets))
            waiting = None
            continue
        if waiting:
            rows.append(_alone(waiting, widths, targets))
            waiting = None
        if _fits(entry, 1):
            waiting = entry
        else:
            rows.append(_alone(entry, widths, targets))
    if waiting:
        rows.append(_alone(waiting, widths, targets))
    return table("TsgForm", widths, rows)


def _fits(entry: Entry, column: int) -> bool:
    return _natural(entry.value) <= _FORM_COLUMNS[column] - _FORM_SIDES


def _natural(text: Text) -> float:
    """About how wide a value is in points; endless where it has lines of its own."""
    joined = "".join("口" if run.mark else run.value.text for run in text)
    if "\n" in joined:
        return MEASURE
    ems = sum(1.0 if unicodedata.east_asian_width(each) in "WFA" else 0.55 for each in joined)
    return ems * _VALUE_SIZE


def _pair(first: Entry, second: Entry, widths: Sequence[int], targets: Targets) -> str:
    contents = [each for entry in (first, second) for each in _field(entry, targets)]
    return row([cell(width, content) for width, content in zip(widths, contents, strict=True)])


def _alone(entry: Entry, widths: Sequence[int], targets: Targets) -> str:
    label, value = _field(entry, targets)
    return row([cell(widths[0], label), cell(sum(widths[1:]), value, span=len(widths) - 1)])


def _field(entry: Entry, targets: Targets) -> tuple[str, str]:
    return (
        paragraph("TsgLabel", plain(entry.label)),
        paragraph("TsgValue", runs_of(entry.value, targets)),
    )
