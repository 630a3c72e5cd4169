"""What is pasted into a spreadsheet or opened in one: each cell in its place, none a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard.services.plain_copy import as_csv, as_tsv

_STARTS = "=+-@"

HOSTILE = [
    "=1+1",
    '"=1+1"',
    '"=1+1',
    '""=1+1""',
    '"',
    '"a\tb"',
    "＝1+1",
    " =1+1",
    "@SUM(1)",
    '" \n=1"',
]


def pasted(text: str) -> list[list[str]]:
    """As spreadsheets take it: a cell that begins with a quotation mark is a quoted one."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))


@pytest.mark.parametrize("cell", HOSTILE)
def test_a_pasted_cell_is_no_formula_and_stays_in_its_cell(cell: str) -> None:
    rows = pasted(as_tsv([("甲", cell, "乙"), ("丙", "丁", "戊")]))
    assert [len(row) for row in rows] == [3, 3]
    assert not rows[0][1].startswith(tuple(_STARTS))
    assert (rows[0][0], rows[0][2], rows[1]) == ("甲", "乙", ["丙", "丁", "戊"])


@given(st.lists(st.lists(st.text('"=\t\n a', max_size=8), min_size=2, max_size=4), min_size=1, max_size=4))
def test_any_table_comes_back_with_its_cells(table: list[list[str]]) -> None:
    rows = pasted(as_tsv(table))
    shaped = [[" ".join(cell.split()) for cell in row] for row in table]
    assert [[cell.removeprefix("'") for cell in row] for row in rows] == shaped
    assert not any(cell.startswith(tuple(_STARTS)) for row in rows for cell in row)


@pytest.mark.parametrize("cell", HOSTILE)
def test_a_cell_of_a_file_is_no_formula(cell: str) -> None:
    text = as_csv([("甲", cell, "乙")]).decode("utf-8-sig")
    (row,) = csv.reader(io.StringIO(text, newline=""))
    assert len(row) == 3
    assert row[1].removeprefix("'") == cell
    assert not row[1].startswith(tuple(_STARTS))
