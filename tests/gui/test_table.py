"""Tables: sorting, filtering, choosing, copying; by mouse and by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tsguard.gui.theme import Theme
from tsguard.gui.widgets.rows import Cell, Column, Sign
from tsguard.gui.widgets.table import DataTable

ROWS = [("SP-02", "乙\t二", 9), ("SP-01", "甲", 1216), ("SP-03", "丙", 40)]


@pytest.fixture
def table(qtbot, each_theme: Theme) -> DataTable:
    columns = [
        Column("编号", lambda row: Cell(row[0], tone="ink3"), 90),
        Column("名称", lambda row: Cell(row[1], "第二行", icon="diamond"), main=True),
        Column("知悉", lambda row: Cell(f"{row[2]:,}", sort=row[2], ticks=(3, 7)), 120, "right"),
        Column("核对", lambda row: Cell(f"{row[2]}错", signs=(Sign("warning", "warn", "1"),)), 90),
        Column("得分", lambda row: Cell("80.7", bar=(row[2] / 2000, 0.1)), 90),
    ]
    made = DataTable(each_theme, columns, name="秘点台账", two_lines=True, several=True)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.set_rows(ROWS)
    made.show()
    return made


def ids(table: DataTable) -> list[str]:
    return [row[0] for row in table.shown()]


def test_sorts_by_what_cells_sort_by(table: DataTable):
    """1,216 is more than 40, whatever their texts say."""
    table.sort(2)
    assert ids(table) == ["SP-02", "SP-03", "SP-01"]
    table.sort(2, falling=True)
    assert ids(table) == ["SP-01", "SP-03", "SP-02"]


def test_the_head_sorts_by_key(qtbot, table: DataTable):
    head = table.horizontalHeader()
    qtbot.keyClick(head, Qt.Key.Key_Return)
    assert ids(table) == ["SP-01", "SP-02", "SP-03"]
    qtbot.keyClick(head, Qt.Key.Key_Return)
    assert ids(table) == ["SP-03", "SP-02", "SP-01"]
    qtbot.keyClick(head, Qt.Key.Key_Right)
    qtbot.keyClick(head, Qt.Key.Key_Space)
    head.grab()


def test_filters_and_keeps_the_current_row(table: DataTable):
    assert table.choose(lambda row: bool(row[0] == "SP-03"))
    table.set_filter(lambda row: row[2] > 10)
    assert ids(table) == ["SP-01", "SP-03"]
    assert table.value() == ROWS[2]
    table.set_filter(None)
    table.set_rows([*ROWS, ("SP-04", "丁", 1)])
    assert table.value() == ROWS[2]
    assert not table.choose(lambda row: bool(row[0] == "SP-99"))


def test_says_which_row_is_chosen_and_opened(qtbot, table: DataTable):
    table.setFocus()
    with qtbot.waitSignal(table.row_chosen) as told:
        table.selectRow(0)
    assert told.args == [ROWS[0]]
    with qtbot.waitSignal(table.row_chosen) as told:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert told.args == [ROWS[1]]
    with qtbot.waitSignal(table.row_opened) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [ROWS[1]]


def test_a_changed_value_stays_chosen_by_its_key(qtbot, theme: Theme):
    made = DataTable(theme, [Column("编号", lambda row: Cell(row[0]))], name="甲", key=lambda row: row[0])
    qtbot.addWidget(made)
    made.set_rows(ROWS)
    made.choose(lambda row: bool(row[0] == "SP-01"))
    told: list[object] = []
    made.row_chosen.connect(told.append)
    made.set_rows([("SP-00", "新", 1), ("SP-01", "改", 2)])
    assert told == [("SP-01", "改", 2)]
    assert made.values() == told
    made.set_rows([("SP-00", "新", 1)])
    assert told[-1] is None


def test_copies_tab_separated_text_with_its_head(qtbot, table: DataTable):
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QApplication.clipboard().text()
    assert text == "编号\t名称\t知悉\t核对\t得分\nSP-02\t乙 二 第二行\t9\t9错\t80.7"
    assert len(table.to_tsv().splitlines()) == 4


def test_no_copied_cell_is_a_formula(table: DataTable):
    table.set_rows([("SP-00", "=HYPERLINK(1)", 1), ("SP-01", "+甲\t乙", 2)])
    assert "\t'=HYPERLINK(1) 第二行\t" in table.to_tsv()
    assert "\t'+甲 乙 第二行\t" in table.to_tsv()


def test_a_row_can_be_replaced(table: DataTable):
    table.rows.replace(1, ("SP-01", "甲改", 3))
    assert ("SP-01", "甲改", 3) in table.shown()


def test_is_painted_selected_and_by_key(table: DataTable):
    table.window().setProperty("movesByKey", True)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.value() is None  # the keyboard being there chooses nothing
    assert not table.grab().isNull()
    assert table.content_height() == 32 + 3 * 50 + 1


def test_an_empty_table(table: DataTable):
    table.set_rows([])
    assert table.value() is None
    assert table.to_tsv() == "编号\t名称\t知悉\t核对\t得分"
