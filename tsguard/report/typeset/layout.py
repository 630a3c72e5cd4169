"""Blocks to boxes: which box sets which block. Words and figures come ready from the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from tsguard.report.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Contents,
    Cover,
    DataTable,
    Entry,
    Figures,
    Form,
    Heading,
    Paragraph,
    Radar,
    Review,
    Role,
    Signature,
)
from tsguard.report.document import Document
from tsguard.report.question import Question
from tsguard.report.typeset.charts import RadarBox
from tsguard.report.typeset.flow import Box, Space, TextBox
from tsguard.report.typeset.plates import (
    ContentsLine,
    CoverBox,
    FiguresBox,
    HeadBox,
    ReviewBox,
    SignatureBox,
)
from tsguard.report.typeset.questions import QuestionBox
from tsguard.report.typeset.setter import Setter, plain
from tsguard.report.typeset.styles import CONTENTS_TITLE, HEAD, HEIGHT, LINE, MEASURE, STYLES
from tsguard.report.typeset.table import Rules, SetCell, SetRow, TableBox

_FORM_COLUMNS = (100.0, 142.0, 92.0, 107.0)
_FORM_PADDING = (6.0, 5.0)
_DATA_PADDING = (4.0, 2.6)
_DENSE = 0.9
_BAR_INSET = 17.0
"""Keeps a bar away from the figures left of it."""
_TIGHTEST = 0.8
"""How far the lines of the contents may close up to stay on one page."""


def boxes_of(document: Document, setter: Setter) -> Iterator[Box]:
    """The boxes of a document, in reading order."""
    previous: Block | None = None
    for block, following in pairwise((*document.blocks, None)):
        if block is not None:
            for box in _boxes(block, following, document, setter):
                if isinstance(block, DataTable) and isinstance(previous, DataTable):
                    box.before = LINE
                yield box
        previous = block


def anchors_of(document: Document) -> frozenset[str]:
    """Every anchor that a link may lead to."""
    found: set[str] = set()
    for block in document.blocks:
        if isinstance(block, Chapter | Heading):
            found.add(block.anchor)
        elif isinstance(block, DataTable):
            found.update(row.anchor for row in block.rows if row.anchor)
    return frozenset(found)


def _boxes(block: Block, following: Block | None, document: Document, setter: Setter) -> Iterable[Box]:
    match block:
        case Cover():
            return [CoverBox(block, setter)]
        case Contents():
            return _contents(block, document, setter)
        case Chapter() | Heading():
            return [HeadBox(block, setter)]
        case Paragraph():
            return [_paragraph(block, following, setter)]
        case DataTable():
            return [_data_table(block, setter)]
        case Form():
            return [_form(block, setter)]
        case Figures():
            return [FiguresBox(block, setter)]
        case Radar():
            return [RadarBox(block, setter)]
        case Signature():
            return [SignatureBox(block, setter)]
        case Review():
            return [ReviewBox(office, block, setter) for office in block.offices]
        case Question():
            return [QuestionBox(block, setter)]


def _contents(block: Contents, document: Document, setter: Setter) -> Iterator[Box]:
    lines = setter.lines(plain(block.title), CONTENTS_TITLE, MEASURE)
    title = TextBox(lines, MEASURE, keeps_next=True)
    title.new_page = True
    yield title
    yield Space(LINE)
    entries = [each for each in document.blocks if isinstance(each, Chapter | Heading)]
    natural = sum(ContentsLine(each, setter).height for each in entries)
    tightness = min(1.0, (HEIGHT - title.height - LINE) / natural) if natural else 1.0
    if tightness < _TIGHTEST:
        tightness = 1.0
    for each in entries:
        yield ContentsLine(each, setter, tightness)


def _paragraph(block: Paragraph, following: Block | None, setter: Setter) -> Box:
    lines = setter.lines(block.text, STYLES[block.role], MEASURE)
    leads = isinstance(following, DataTable | Form | Figures)
    after = 5.0 if leads or block.role in {Role.LEAD, Role.ANSWER, Role.NOTE} else 0.0
    before = {Role.NOTE: 4.0, Role.ANSWER: 7.0}.get(block.role, 0.0)
    return TextBox(lines, MEASURE, before=before, after=after, keeps_next=leads and len(lines) < 6)


# --- tables -----------------------------------------------------------------------------------------


def _data_table(table: DataTable, setter: Setter) -> Box:
    lefts = [0.0]
    for column in table.columns:
        lefts.append(lefts[-1] + column.width)
    side, above = _DATA_PADDING
    above = _DENSE if table.dense else above
    head = SetRow(
        tuple(_head_cell(column, lefts[n], lefts, setter) for n, column in enumerate(table.columns)), (), 2.6
    )
    rows = []
    for row in table.rows:
        cells, column_number = [], 0
        for cell in row.cells:
            left, right = lefts[column_number], lefts[column_number + cell.span]
            column_number += cell.span
            x = left + (side if left else 0.0)
            width = right - x - (side if right < lefts[-1] else 0.0)
            cells.append(_cell(cell, x, width, setter))
        rows.append(SetRow(tuple(cells), (), above, row.anchor, row.total, row.joined))
    return TableBox(head, rows, MEASURE, Rules.DATA, before=2.0)


def _head_cell(column: Column, left: float, lefts: list[float], setter: Setter) -> SetCell:
    side = _DATA_PADDING[0]
    x = left + (side if left else 0.0)
    right = left + column.width
    width = right - x - (side if right < lefts[-1] else 0.0)
    return SetCell(setter.lines(plain(column.title), HEAD[column.align], width), x, width)


def _cell(cell: Cell, x: float, width: float, setter: Setter) -> SetCell:
    lines = tuple(
        each
        for paragraph in cell.content
        for each in setter.lines(paragraph.text, STYLES[paragraph.role], width)
    )
    if cell.bar:
        x, width = x + _BAR_INSET, width - _BAR_INSET
    return SetCell(lines, x, width, cell.bar)


# --- forms ------------------------------------------------------------------------------------------


def _form(form: Form, setter: Setter) -> Box:
    rows: list[SetRow] = []
    waiting: Entry | None = None
    for entry in form.entries:
        if waiting and _fits(entry, 3, setter):
            rows.append(_form_row((waiting, entry), setter))
            waiting = None
            continue
        if waiting:
            rows.append(_form_row((waiting,), setter))
            waiting = None
        if _fits(entry, 1, setter):
            waiting = entry
        else:
            rows.append(_form_row((entry,), setter))
    if waiting:
        rows.append(_form_row((waiting,), setter))
    return TableBox(None, rows, MEASURE, Rules.GRID)


def _fits(entry: Entry, column: int, setter: Setter) -> bool:
    """Whether a value stands on one line of a column."""
    room = _FORM_COLUMNS[column] - 2 * _FORM_PADDING[0]
    return setter.natural(entry.value, STYLES[Role.VALUE]) <= room


def _form_row(entries: tuple[Entry, ...], setter: Setter) -> SetRow:
    columns: tuple[float, ...] = _FORM_COLUMNS
    if len(entries) == 1:
        columns = (_FORM_COLUMNS[0], MEASURE - _FORM_COLUMNS[0])
    side, above = _FORM_PADDING
    texts = [
        (text, role)
        for entry in entries
        for text, role in ((plain(entry.label), Role.LABEL), (entry.value, Role.VALUE))
    ]
    cells, edges, left = [], [], 0.0
    for (text, role), width in zip(texts, columns, strict=True):
        inner = width - 2 * side
        cells.append(SetCell(setter.lines(text, STYLES[role], inner), left + side, inner))
        left += width
        edges.append(left)
    return SetRow(tuple(cells), tuple(edges[:-1]), above)
