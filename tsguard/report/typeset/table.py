"""Tables: columns, rows, rules, and where a table may go on to the next page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import groupby

from tsguard.report.blocks import (
    Bar,
)
from tsguard.report.typeset.charts import draw_bar
from tsguard.report.typeset.flow import Box, Pen, count_fitting, draw_lines, draw_text
from tsguard.report.typeset.setter import SetLine
from tsguard.report.typeset.styles import HAIR, HEIGHT, INK, MIDDLE, THICK, THIN
from tsguard.report.typeset.tags import Artifact, Node, Tag

_TALL = 0.22 * HEIGHT
"""A row above this may be divided between pages."""
_WHOLE = 0.27 * HEIGHT
"""A table up to this stays in one piece: a hole of that size is less bad than two stumps."""
_STANDS = 0.1 * HEIGHT
"""A row above this may stand alone below what introduces the table; at a table's end none does."""


class Rules(Enum):
    """Rules between rows only, or a full grid."""

    DATA = 0
    GRID = 1


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell's lines and place.

    Attributes:
        lines: From top to bottom.
        x: Of its text, from the table's left.
        width: Of its text.
        bar: Drawn instead of lines.
        node: Its element; the parts of a divided cell share it.
        paragraphs: The elements of its paragraphs, where it has more than one.
    """

    lines: tuple[SetLine, ...]
    x: float
    width: float
    bar: Bar | None = None
    node: Node = field(default_factory=lambda: Node(Tag.TD), compare=False)
    paragraphs: tuple[Node, ...] = field(default=(), compare=False)

    @property
    def height(self) -> float:
        """Of its lines."""
        return sum(each.height for each in self.lines)


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row.

    Attributes:
        cells: From left to right.
        edges: Left edges of the cells but the first, for a grid.
        padding: Room above and below the lines.
        anchor: What links lead here by, or "".
        total: A stronger rule above.
        joined: No rule above, and no page break.
        part: Whether it is the second part of a divided row.
        node: Its element; the parts of a divided row share it.
    """

    cells: tuple[SetCell, ...]
    edges: tuple[float, ...]
    padding: float
    anchor: str = ""
    total: bool = False
    joined: bool = False
    part: bool = False
    node: Node = field(default_factory=lambda: Node(Tag.TR), compare=False)

    @property
    def height(self) -> float:
        """Of its tallest cell."""
        return max(cell.height for cell in self.cells) + 2 * self.padding


@dataclass(frozen=True, slots=True)
class _Nodes:
    """The elements of a table, which its parts on several pages share."""

    table: Node = field(default_factory=lambda: Node(Tag.TABLE))
    head: Node = field(default_factory=lambda: Node(Tag.THEAD))
    body: Node = field(default_factory=lambda: Node(Tag.TBODY))


class TableBox(Box):
    """Rows, with a head that is repeated; never one row alone on a page."""

    def __init__(
        self,
        head: SetRow | None,
        rows: Sequence[SetRow],
        width: float,
        rules: Rules,
        *,
        before: float = 0.0,
        nodes: _Nodes | None = None,
    ) -> None:
        self._nodes = nodes or _Nodes()
        self.before = before
        self._head = head
        self._rows = rows
        self._width = width
        self._rules = rules
        self._ends = True

    @property
    def height(self) -> float:
        """With its head."""
        return self._head_height + sum(row.height for row in self._rows)

    @property
    def _head_height(self) -> float:
        return self._head.height if self._head else 0.0

    @property
    def least(self) -> float:
        """The head and the fewest rows that it may be cut below; of a tall row, some lines; or all of it."""
        if self.height <= _WHOLE:
            return self.height
        wanted = 0.0
        for count, row in enumerate(self._rows, 1):
            if row.height > _TALL:
                return self._head_height + wanted + _TALL
            wanted += row.height
            if self._may_cut(count):
                break
        return self._head_height + wanted

    @property
    def anchors(self) -> Iterator[str]:
        """Of its rows."""
        return (row.anchor for row in self._rows if row.anchor)

    def split(self, room: float, *, force: bool) -> tuple[Box, Box] | None:
        """Between rows; a row that is tall itself between lines."""
        if self.height <= _WHOLE and not force:
            return None
        room -= self._head_height
        used, fitting = 0.0, 0
        for row in self._rows:
            if used + row.height > room:
                break
            used += row.height
            fitting += 1
        split_at = self._good_split(fitting)
        if split_at and not self._prefers_dividing(fitting, room - used):
            return self._parts(self._rows[:split_at], self._rows[split_at:])
        if fitting < len(self._rows):
            row = self._rows[fitting]
            if row.height > _TALL or (force and not split_at):
                divided = _divide(row, room - used)
                if divided:
                    first, second = divided
                    return self._parts([*self._rows[:fitting], first], [second, *self._rows[fitting + 1 :]])
        if split_at:
            return self._parts(self._rows[:split_at], self._rows[split_at:])
        return self._split_within(fitting) or (
            self._parts(self._rows[:fitting], self._rows[fitting:]) if force and fitting else None
        )

    def _split_within(self, fitting: int) -> tuple[Box, Box] | None:
        """Inside the last tall row that fits: two of its lines go with what may not stand alone."""
        for at in range(fitting - 1, -1, -1):
            row = self._rows[at]
            divided = _divide(row, row.height) if row.height > _TALL else None
            if divided:
                first, second = divided
                return self._parts([*self._rows[:at], first], [second, *self._rows[at + 1 :]])
        return None

    def _good_split(self, fitting: int) -> int:
        """The last place up to a row where two rows stand on either side, and no head or sum is torn off."""
        return next((count for count in range(fitting, 0, -1) if self._may_cut(count)), 0)

    def _may_cut(self, count: int) -> bool:
        """Whether the table may go on elsewhere after so many rows."""
        rows, left = self._rows, len(self._rows) - count
        if left < 1 or (rows[count].joined and not rows[count - 1].joined):
            return False
        if rows[count].total and left < 3:
            return False
        lonely = left == 1 and rows[count].height < _TALL
        return not lonely and (count > 1 or rows[0].height > _STANDS)

    def _prefers_dividing(self, fitting: int, left: float) -> bool:
        """Whether the next row is so tall that moving it whole would leave a hole."""
        return fitting < len(self._rows) and self._rows[fitting].height > _TALL and left > _TALL / 2

    def _parts(self, first: Sequence[SetRow], second: Sequence[SetRow]) -> tuple[Box, Box]:
        nodes = self._nodes
        top = TableBox(self._head, first, self._width, self._rules, before=self.before, nodes=nodes)
        top._ends = False
        rest = [replace(second[0], joined=False), *second[1:]]
        return top, TableBox(self._head, rest, self._width, self._rules, nodes=nodes)

    # --- drawing -------------------------------------------------------------------------------------

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Rules, then cells."""
        nodes = self._nodes
        self._draw_frame(pen, x, top)
        repeated = nodes.table.placed
        with pen.surface.within(nodes.table):
            if self._head:
                with pen.surface.apart(Artifact.REPEATED) if repeated else pen.surface.within(nodes.head):
                    self._draw_row(pen, self._head, x, top)
                top -= self._head.height
            with pen.surface.within(nodes.body):
                for number, row in enumerate(self._rows):
                    if number:
                        self._draw_rule_above(pen, row, x, top)
                    if row.anchor and not row.part:
                        pen.surface.anchor(row.anchor, top)
                    self._draw_row(pen, row, x, top)
                    top -= row.height

    def _draw_rule_above(self, pen: Pen, row: SetRow, x: float, y: float) -> None:
        if row.joined:
            return
        weight, color = (0.5, INK) if self._rules is Rules.GRID else (THIN, HAIR)
        if row.total:
            weight, color = MIDDLE, INK
        pen.surface.rule(x, y, x + self._width, y, weight, color)

    def _draw_frame(self, pen: Pen, x: float, top: float) -> None:
        right, bottom = x + self._width, top - self.height
        surface = pen.surface
        if self._rules is Rules.GRID:
            surface.rule(x, top, right, top, 1.0)
            surface.rule(x, bottom, right, bottom, 1.0)
            surface.rule(x, top + 0.5, x, bottom - 0.5, 1.0)
            surface.rule(right, top + 0.5, right, bottom - 0.5, 1.0)
            return
        surface.rule(x, top, right, top, THICK)
        if self._ends:
            surface.rule(x, bottom, right, bottom, THICK)
        else:
            surface.rule(x, bottom, right, bottom, THIN, HAIR)
        if self._head:
            y = top - self._head.height
            surface.rule(x, y, right, y, MIDDLE)

    def _draw_row(self, pen: Pen, row: SetRow, x: float, top: float) -> None:
        if self._rules is Rules.GRID:
            for edge in row.edges:
                pen.surface.rule(x + edge, top, x + edge, top - row.height, 0.5)
        with pen.surface.within(row.node):
            for cell in row.cells:
                start = top - row.padding
                if self._rules is Rules.GRID:
                    start = top - (row.height - cell.height) / 2
                with pen.surface.within(cell.node):
                    if cell.bar:
                        draw_bar(pen.surface, cell.bar, x + cell.x, top - row.height / 2, cell.width)
                    _draw_cell(pen, cell, x + cell.x, start)


def _draw_cell(pen: Pen, cell: SetCell, x: float, top: float) -> None:
    if not cell.paragraphs:
        draw_lines(pen, cell.lines, x, top, cell.width)
        return
    for number, group in groupby(cell.lines, key=lambda line: line.paragraph):
        lines = tuple(group)
        draw_text(pen, cell.paragraphs[number], lines, x, top, cell.width)
        top -= sum(each.height for each in lines)


def _divide(row: SetRow, room: float) -> tuple[SetRow, SetRow] | None:
    """A row in two at lines; None where less than two lines of its tallest cell would stand in the room."""
    room -= 2 * row.padding
    tallest = max(row.cells, key=lambda cell: cell.height)
    fitting = min(count_fitting(tallest.lines, room), len(tallest.lines) - 2)
    if fitting < 2:
        return None
    limit = sum(each.height for each in tallest.lines[:fitting])
    first, second = [], []
    for cell in row.cells:
        count = fitting if cell is tallest else count_fitting(cell.lines, limit)
        first.append(replace(cell, lines=cell.lines[:count]))
        second.append(replace(cell, lines=cell.lines[count:], bar=None))
    return (
        replace(row, cells=tuple(first)),
        replace(row, cells=tuple(second), part=True, joined=False, total=False),
    )
