"""Blocks to boxes: which box sets which block. Words and figures come ready from the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
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
    Picture,
    Radar,
    Review,
    Role,
    Signature,
    Text,
)
from tsguard.report.document import Document
from tsguard.report.question import Question
from tsguard.report.typeset.charts import RadarBox
from tsguard.report.typeset.flow import Box, Space, TextBox
from tsguard.report.typeset.kinsoku import OPENING
from tsguard.report.typeset.pictures import PictureBox
from tsguard.report.typeset.plates import (
    ContentsLine,
    ContentsTitle,
    CoverBox,
    FiguresBox,
    HeadBox,
    ReviewBox,
    SignatureBox,
)
from tsguard.report.typeset.questions import QuestionBox
from tsguard.report.typeset.setter import SetLine, Setter, plain
from tsguard.report.typeset.styles import CONTENTS_TITLE, HEAD, HEIGHT, LINE, MEASURE, STYLES
from tsguard.report.typeset.table import Rules, SetCell, SetRow, TableBox
from tsguard.report.typeset.tags import Node, Scope, Tag

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
                if isinstance(block, DataTable) and isinstance(previous, DataTable | Form):
                    box.before = LINE
                elif isinstance(block, Form) and isinstance(previous, Figures):
                    box.before = LINE / 2
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
        case Picture():
            return [PictureBox(block, setter)]


def _contents(block: Contents, document: Document, setter: Setter) -> Iterator[Box]:
    lines = setter.lines(plain(block.title), CONTENTS_TITLE, MEASURE)
    contents = Node(Tag.TOC)
    title = ContentsTitle(lines, MEASURE, contents)
    yield title
    yield Space(LINE)
    entries = [
        each
        for each in document.blocks
        if isinstance(each, Chapter) or (isinstance(each, Heading) and each.listed)
    ]
    natural = sum(ContentsLine(each, contents, setter).height for each in entries)
    tightness = min(1.0, (HEIGHT - title.height - LINE) / natural) if natural else 1.0
    if tightness < _TIGHTEST:
        tightness = 1.0
    for each in entries:
        yield ContentsLine(each, contents, setter, tightness)


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
    lines = setter.lines(plain(column.title), HEAD[column.align], width)
    return SetCell(lines, x, width, node=Node(Tag.TH, scope=Scope.COLUMN))


def _cell(cell: Cell, x: float, width: float, setter: Setter) -> SetCell:
    lines: list[SetLine] = []
    for number, paragraph in enumerate(cell.content):
        found = setter.lines(paragraph.text, STYLES[paragraph.role], width)
        lines += (replace(each, paragraph=number) for each in found) if number else found
    if cell.bar:
        x, width = x + _BAR_INSET, width - _BAR_INSET
    several = tuple(Node(Tag.P) for _each in cell.content) if len(cell.content) > 1 else ()
    return SetCell(tuple(lines), x, width, cell.bar, Node(Tag.TD, span=cell.span), several)


# --- forms ------------------------------------------------------------------------------------------


def _form(form: Form, setter: Setter) -> Box:
    pairs: list[tuple[Entry, ...]] = []
    waiting: Entry | None = None
    for entry in form.entries:
        if waiting and _fits(entry, 3, setter):
            pairs.append((waiting, entry))
            waiting = None
            continue
        if waiting:
            pairs.append((waiting,))
            waiting = None
        if _fits(entry, 1, setter):
            waiting = entry
        else:
            pairs.append((entry,))
    if waiting:
        pairs.append((waiting,))
    widest = max((len(each) for each in pairs), default=1)
    rows = [_form_row(each, 2 * (widest - len(each)) + 1, setter) for each in pairs]
    return TableBox(None, rows, MEASURE, Rules.GRID)


def _fits(entry: Entry, column: int, setter: Setter) -> bool:
    """Whether a value stands on one line of a column."""
    room = _FORM_COLUMNS[column] - 2 * _FORM_PADDING[0]
    return setter.natural(entry.value, STYLES[Role.VALUE]) <= room


def _label_lines(text: Text, width: float, setter: Setter) -> tuple[SetLine, ...]:
    """As few lines as the width needs; a remark in brackets, or two characters at least, on the last."""
    style = STYLES[Role.LABEL]
    first = lines = setter.lines(text, style, width)
    found = None
    while len(lines) == len(first) > 1 and width > 2 * style.size:
        if lines[-1].line.pieces[0].text in OPENING:
            return lines
        if found is None and lines[-1].line.width > 1.6 * style.size:
            found = lines
        width -= style.size / 2
        lines = setter.lines(text, style, width)
    return found or first


def _form_row(entries: tuple[Entry, ...], span: int, setter: Setter) -> SetRow:
    """A row of labels and values; a value that stands alone takes ``span`` columns."""
    columns: tuple[float, ...] = _FORM_COLUMNS
    if len(entries) == 1:
        columns = (_FORM_COLUMNS[0], MEASURE - _FORM_COLUMNS[0])
    side, above = _FORM_PADDING
    texts = [
        (text, role, node)
        for entry in entries
        for text, role, node in (
            (plain(entry.label), Role.LABEL, Node(Tag.TH, scope=Scope.ROW)),
            (entry.value, Role.VALUE, Node(Tag.TD, span=span)),
        )
    ]
    cells, edges, left = [], [], 0.0
    for (text, role, node), width in zip(texts, columns, strict=True):
        inner = width - 2 * side
        if role is Role.LABEL:
            lines = _label_lines(text, inner, setter)
        else:
            lines = setter.lines(text, STYLES[role], inner)
        cells.append(SetCell(lines, left + side, inner, node=node))
        left += width
        edges.append(left)
    return SetRow(tuple(cells), tuple(edges[:-1]), above)
