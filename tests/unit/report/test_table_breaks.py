"""Where a table may begin and go on: what may begin on a page can stay there, and no row is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard.report.typeset.linebreak import Line
from tsguard.report.typeset.setter import SetLine
from tsguard.report.typeset.styles import HEIGHT, LINE, Style
from tsguard.report.typeset.table import Rules, SetCell, SetRow, TableBox

STYLE = Style()


def row(lines: int, *, joined: bool = False, total: bool = False) -> SetRow:
    """A row of so many lines of table text."""
    text = tuple(SetLine(Line((), 0.0), STYLE) for _each in range(lines))
    return SetRow((SetCell(text, 0.0, 100.0),), (), 2.6, joined=joined, total=total)


def table(*rows: SetRow) -> TableBox:
    return TableBox(row(1), rows, 441.0, Rules.DATA)


def line_count(box: TableBox) -> int:
    return sum(len(each.cells[0].lines) for each in box._rows)


ROWS = st.lists(
    st.builds(row, st.integers(1, 40), joined=st.booleans(), total=st.booleans()), min_size=1, max_size=12
)


@given(ROWS, st.floats(0, HEIGHT))
def test_what_may_begin_in_a_room_stays_there_and_no_line_is_lost(rows: list[SetRow], more: float) -> None:
    box = table(*rows)
    room = box.least + more
    if box.height <= room:
        return
    parts = box.split(room, force=False)
    assert parts is not None
    first, second = parts
    assert isinstance(first, TableBox)
    assert isinstance(second, TableBox)
    assert first.height <= room + 0.01
    assert line_count(first) + line_count(second) == line_count(box)


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        ((1,) * 9, 2),  # never one short row alone
        ((1, 1, 1, 1), 4),  # a small table stays in one piece
        ((1, 1, 1), 3),
        ((1, 1), 2),
        ((6, 1, 1, 1, 1), 1),  # a row that fills enough may stand below its heading alone
        ((6, 1), 2),  # but its table's last row may not
        ((1, 6, 1, 1, 1), 2),
        ((1, 6, 1), 3),
    ],
)
def test_the_fewest_rows_that_a_table_begins_with(lines: tuple[int, ...], begins: int) -> None:
    rows = [row(count) for count in lines]
    wanted = row(1).height + sum(each.height for each in rows[:begins])
    assert table(*rows).least == pytest.approx(wanted)


def test_a_tall_row_begins_with_some_lines() -> None:
    assert table(row(30), row(1)).least < 12 * LINE
