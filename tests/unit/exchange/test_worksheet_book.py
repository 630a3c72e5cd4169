"""The blank checklist as a workbook, filled in by people in every way they do, and read back."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.checklists import make_checklist, make_item, make_module

from tsguard.domain.scales import Critical, Verdict
from tsguard.domain.worksheet import PaperAnswer, Reader, RowFault, TypedRow, sheet_code
from tsguard.errors import Unreadable, WorkbookFault, WorkbookRefused
from tsguard.exchange.worksheet_book import read_worksheet, worksheet_book

ITEMS = [
    replace(make_item("ORG-01", critical=Critical.VETO, may_not_apply=False), text="=1+1的制度"),
    make_item("ORG-02"),
    make_item("HRM-05", critical=Critical.KEY),
    make_item("HRM-06"),
]
CHECKLIST = make_checklist(make_module({"ORG": ITEMS[:2], "HRM": ITEMS[2:]}))
CODE = sheet_code(CHECKLIST)
BLANK = worksheet_book(CHECKLIST, (("谁来填", "大家"),))
HEAD, FIRST = 2, 3
COLUMNS = {
    title: at
    for at, title in enumerate(
        ("编号", "条款号", "域", "条款", "关键", "要看的佐证", "判定", "说明/理由", "佐证在哪里"), 1
    )
}


@pytest.fixture
def book():
    return openpyxl.load_workbook(io.BytesIO(BLANK))


@pytest.fixture
def back(tmp_path):
    """Saves a workbook and reads its rows, understood."""

    def save(book):
        path = tmp_path / "填好.xlsx"
        book.save(path)
        typed = read_worksheet(path)
        return typed, list(Reader(CHECKLIST).read(typed))

    return save


def fill(book, row, verdict, note="", where=""):
    sheet = book["清单"]
    for title, value in (("判定", verdict), ("说明/理由", note), ("佐证在哪里", where)):
        sheet.cell(row, COLUMNS[title]).value = value


class TestBlank:
    def test_every_item_has_its_row(self, book):
        rows = list(book["清单"].iter_rows(min_row=HEAD, values_only=True))
        assert rows[0] == tuple(COLUMNS)
        assert [row[:2] for row in rows[1:]] == [(n, item.id) for n, item in enumerate(ITEMS, 1)]
        assert [row[4] for row in rows[1:]] == ["否决项", None, "重点项", None]
        assert all(row[6:] == (None, None, None) for row in rows[1:])

    def test_a_text_is_never_a_formula(self, book):
        cell = book["清单"].cell(FIRST, COLUMNS["条款"])
        assert (cell.value, cell.data_type) == ("=1+1的制度", "s")

    def test_the_code_stands_in_a_cell_and_as_a_property(self, book):
        assert CODE in book["清单"]["A1"].value
        assert book["说明"]["B1"].value == CODE
        assert {each.name: each.value for each in book.custom_doc_props.props} == {"tsguard-sheet": CODE}

    def test_only_the_answers_can_be_typed_into(self, book):
        sheet = book["清单"]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        for row in sheet.iter_rows(min_row=FIRST):
            assert [cell.protection.locked for cell in row] == [True] * 6 + [False] * 3

    def test_drop_downs_frozen_titles_and_paper(self, book):
        sheet = book["清单"]
        (choice,) = sheet.data_validations.dataValidation
        assert choice.formula1 == '"符合,部分符合,不符合,不清楚,不适用"'
        assert str(choice.sqref) == f"G{FIRST}:G{FIRST + 3}"
        assert sheet.freeze_panes == f"C{FIRST}"
        assert sheet.print_title_rows == "$1:$2"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage

    def test_nobody_is_named(self, book):
        assert book.properties.creator == "tsguard"
        assert not book.properties.lastModifiedBy

    def test_a_blank_one_holds_no_answer(self, back, book):
        assert back(book)[0].rows == ()


def test_filled_rows_come_back(back, book):
    fill(book, 3, "符合", "有", "三号柜")
    fill(book, 4, 2)
    fill(book, 5, "不适用", "没有")
    typed, rows = back(book)
    assert typed.code == CODE
    assert rows == [
        PaperAnswer(3, "ORG-01", Verdict.MET, "有", "三号柜"),
        PaperAnswer(4, "ORG-02", Verdict.PARTLY, "", ""),
        PaperAnswer(5, "HRM-05", Verdict.NOT_APPLICABLE, "没有", ""),
    ]


def test_rows_and_columns_are_found_wherever_they_went(back, book):
    fill(book, 3, "符合", "甲")
    fill(book, 6, "不符合", "乙")
    sheet = book["清单"]
    sheet.move_range("A6:I6", rows=4)
    sheet.delete_rows(4)
    sheet.insert_cols(1, 2)
    sheet["A2"], sheet["A3"] = "我们的备注", "看过了"
    sheet.delete_cols(COLUMNS["条款"] + 2)
    sheet.insert_rows(1, 3)
    _typed, rows = back(book)
    assert [(row.item, row.verdict, row.note) for row in rows] == [
        ("ORG-01", Verdict.MET, "甲"),
        ("HRM-06", Verdict.NOT_MET, "乙"),
    ]


def test_texts_that_somebody_changed_do_not_matter(back, book):
    fill(book, 3, "√")
    sheet = book["清单"]
    sheet.cell(3, COLUMNS["条款"]).value = "别的话"
    sheet.cell(3, COLUMNS["关键"]).value = None
    assert back(book)[1] == [PaperAnswer(3, "ORG-01", Verdict.MET, "", "")]


@pytest.mark.parametrize("gone", ["编号", "条款号"])
def test_one_of_number_and_id_is_enough(back, book, gone):
    fill(book, 4, "符合")
    book["清单"].delete_cols(COLUMNS[gone])
    (row,) = back(book)[1]
    assert row.item == "ORG-02"


def test_numbers_of_another_sheet_are_not_taken_for_ours(back, book):
    fill(book, 4, "符合")
    sheet = book["清单"]
    sheet["A1"] = "表号：ABCDEF"
    (row,) = back(book)[1]
    assert row.item == "ORG-02"
    sheet.delete_cols(COLUMNS["条款号"])
    (row,) = back(book)[1]
    assert row.fault is RowFault.NUMBER_OF_ANOTHER_SHEET


def test_two_codes_are_none(back, book):
    book["清单"]["E1"] = "表号：ABCDEF"
    assert back(book)[0].code == ""


def test_a_very_long_cell_costs_little(back, book):
    # The square of its length would take half a minute each; the code still counts once.
    for row in range(40, 60):
        book["清单"].cell(row, 14).value = "x表号" + " " * 32_000 + "!"
    assert back(book)[0].code == sheet_code(CHECKLIST)


def test_a_formula_without_a_result_is_named_and_no_answer_is_guessed(back, book):
    fill(book, 3, '=IF(1,"符合","")')
    fill(book, 4, "符合", "=A1")
    faults = back(book)[1]
    assert [(row.place, row.fault) for row in faults] == [(3, RowFault.FORMULA), (4, RowFault.FORMULA)]


def test_a_verdict_merged_over_rows_is_refused_for_all_of_them(back, book):
    fill(book, 3, "符合")
    fill(book, 6, "符合")
    book["清单"].merge_cells("G3:G5")
    rows = back(book)[1]
    assert [(row.place, getattr(row, "fault", None)) for row in rows] == [
        (3, RowFault.MERGED),
        (4, RowFault.MERGED),
        (5, RowFault.MERGED),
        (6, None),
    ]


def test_cells_merged_within_a_row_keep_their_text(back, book):
    fill(book, 3, "符合", "甲")
    book["清单"].merge_cells("H3:I3")
    assert back(book)[1] == [PaperAnswer(3, "ORG-01", Verdict.MET, "甲", "")]


def test_a_row_added_below_without_an_id_is_named(back, book):
    fill(book, 12, "符合")
    (row,) = back(book)[1]
    assert (row.place, row.fault) == (12, RowFault.NO_ITEM)


def test_a_workbook_of_something_else(tmp_path):
    path = tmp_path / "别的.xlsx"
    other = openpyxl.Workbook()
    other.active.append(["姓名", "判定"])
    other.save(path)
    with pytest.raises(WorkbookRefused) as refused:
        read_worksheet(path)
    assert refused.value.fault is WorkbookFault.NO_ANSWER_COLUMNS


def zipped(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", WorkbookFault.NOT_A_WORKBOOK),
        ("编号,判定\n1,1\n".encode(), WorkbookFault.NOT_A_WORKBOOK),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), WorkbookFault.OLD),
        (BLANK[: len(BLANK) // 2], WorkbookFault.DAMAGED),
        (zipped(a_xml=b"x"), WorkbookFault.NOT_A_WORKBOOK),
        (zipped(xl__workbook_xml=bytes(51 * 1024 * 1024)), WorkbookFault.UNPACKS_TOO_LARGE),
        (BLANK + bytes(5 * 1024 * 1024), WorkbookFault.TOO_LARGE),
    ],
    ids=["empty", "csv", "xls", "cut", "zip", "bomb", "large"],
)
def test_hostile_files_are_refused_kindly(tmp_path, data, fault):
    path = tmp_path / "清单.xlsx"
    path.write_bytes(data)
    with pytest.raises(WorkbookRefused) as refused:
        read_worksheet(path)
    assert refused.value.fault is fault


def test_too_many_rows(tmp_path, book):
    for row in range(3, 2100):
        book["清单"].cell(row, 2).value = "ORG-01"
    book.save(tmp_path / "长.xlsx")
    with pytest.raises(WorkbookRefused) as refused:
        read_worksheet(tmp_path / "长.xlsx")
    assert refused.value.fault is WorkbookFault.TOO_MANY_ROWS


def test_a_missing_file(tmp_path):
    with pytest.raises(Unreadable):
        read_worksheet(tmp_path / "没有.xlsx")


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.none(),
            st.tuples(
                st.sampled_from(["符合", "部分符合", "不符合", "不清楚"]),
                st.text(st.characters(categories=("L", "N"), exclude_characters="\x00"), max_size=30),
                st.text("柜三号=+-@", max_size=8),
            ),
        ),
        min_size=4,
        max_size=4,
    )
)
def test_what_is_filled_in_comes_back_as_text(tmp_path_factory, filled):
    book = openpyxl.load_workbook(io.BytesIO(BLANK))
    for at, each in enumerate(filled):
        if each:
            for title, text in zip(("判定", "说明/理由", "佐证在哪里"), each, strict=True):
                cell = book["清单"].cell(FIRST + at, COLUMNS[title])
                cell.value = text
                cell.data_type = "s"
    path = tmp_path_factory.mktemp("表") / "填好.xlsx"
    book.save(path)
    rows = read_worksheet(path).rows
    wanted = [
        TypedRow(FIRST + at, str(at + 1), ITEMS[at].id, *(text.strip() for text in each))
        for at, each in enumerate(filled)
        if each
    ]
    assert list(rows) == wanted


def places(rows):
    return [(row.sheet, row.place, getattr(row, "fault", None)) for row in rows]


class TestSeveralSheets:
    def test_every_filled_sheet_is_read(self, back, book):
        fill(book, 3, "符合")
        copy = book.copy_worksheet(book["清单"])
        copy.title = "清单 (2)"
        copy.cell(4, COLUMNS["判定"]).value = "不符合"
        typed, rows = back(book)
        assert typed.code == CODE
        assert [(row.item, row.verdict) for row in rows] == [
            ("ORG-01", Verdict.MET),
            ("ORG-02", Verdict.NOT_MET),
        ]
        assert [row.sheet for row in rows] == ["清单", "清单 (2)"]

    def test_where_they_contradict_each_other_nothing_is_taken(self, back, book):
        fill(book, 3, "符合")
        copy = book.copy_worksheet(book["清单"])
        copy.cell(3, COLUMNS["判定"]).value = "不符合"
        _typed, rows = back(book)
        assert places(rows) == [("清单", 3, RowFault.TWICE), ("清单 Copy", 3, RowFault.TWICE)]
        assert rows[0].value == "“清单 Copy”第3行"

    def test_each_has_its_own_code(self, back, book):
        copy = book.copy_worksheet(book["清单"])
        copy["A1"] = "表号：ABCDEF"
        copy.delete_cols(COLUMNS["条款号"])
        fill(book, 3, "符合")
        copy.cell(4, COLUMNS["判定"] - 1).value = "符合"
        typed, rows = back(book)
        assert typed.codes == (CODE, "ABCDEF")
        assert places(rows) == [("清单", 3, None), ("清单 Copy", 4, RowFault.NUMBER_OF_ANOTHER_SHEET)]

    def test_one_whose_titles_stand_far_down(self, back, book):
        fill(book, 3, "符合")
        copy = book.copy_worksheet(book["清单"])
        copy.cell(4, COLUMNS["判定"]).value = "不符合"
        copy.insert_rows(2, 40)
        assert [row.item for row in back(book)[1]] == ["ORG-01", "ORG-02"]


def test_rows_of_another_sheet_below_bring_their_titles_and_their_code(back, book):
    sheet = book["清单"]
    fill(book, 3, "符合")
    sheet["A20"] = "商业秘密保护自评清单　表号：ABCDEF"
    for at, title in enumerate(("判定", "编号", "条款号"), 1):
        sheet.cell(21, at).value = title
    sheet["A22"], sheet["B22"] = "不符合", 2
    sheet["A23"], sheet["C23"] = "不符合", "HRM-05"
    assert [(row.place, getattr(row, "fault", row)) for row in back(book)[1]] == [
        (3, PaperAnswer(3, "ORG-01", Verdict.MET, "", "")),
        (22, RowFault.NUMBER_OF_ANOTHER_SHEET),
        (23, PaperAnswer(23, "HRM-05", Verdict.NOT_MET, "", "")),
    ]


@pytest.mark.parametrize("title", ["判定", "条款号", "说明/理由"])
def test_a_column_twice_is_read_twice(back, book, title):
    sheet = book["清单"]
    fill(book, 3, "符合", "甲")
    fill(book, 4, "符合", "甲")
    sheet.cell(HEAD, 12).value = title
    sheet.cell(3, 12).value = sheet.cell(3, COLUMNS[title]).value
    sheet.cell(4, 12).value = "HRM-05"
    sheet.cell(5, 12).value = ""
    sheet.cell(6, 12).value = "ORG-01" if title == "条款号" else None
    assert places(back(book)[1]) == [("", 3, None), ("", 4, RowFault.SEVERAL)]


def test_a_merged_cell_is_noticed_however_many_there_are(back, book):
    sheet = book["清单"]
    for each in range(300):
        sheet.merge_cells(start_row=200 + 2 * each, end_row=201 + 2 * each, start_column=12, end_column=13)
    fill(book, 3, "符合")
    sheet.merge_cells("G3:G6")
    assert {getattr(row, "fault", None) for row in back(book)[1]} == {RowFault.MERGED}


def test_numbers_that_are_none(back, book):
    sheet = book["清单"]
    sheet.delete_cols(COLUMNS["条款号"])
    for row, typed in enumerate(("¹", "②", "-3", "四"), 3):
        sheet.cell(row, 1).value, sheet.cell(row, COLUMNS["判定"] - 1).value = typed, "符合"
    assert {getattr(row, "fault", None) for row in back(book)[1]} == {RowFault.NOT_A_NUMBER}


@pytest.mark.parametrize("text", ["响\x07铃", "\x00", "末\uffff", "半\ud800", "_x0041_"])
def test_no_text_of_an_own_module_stops_the_workbook(tmp_path, text):
    items = [replace(make_item("ORG-01"), text=text, evidence=(text,)), make_item("ORG-02")]
    module = make_module({"ORG": items})
    module = replace(module, sections=(replace(module.sections[0], title=text),))
    checklist = make_checklist(module)
    path = tmp_path / "a.xlsx"
    path.write_bytes(worksheet_book(checklist, (("谁来填", text),)))
    made = openpyxl.load_workbook(path)
    assert made["清单"].cell(FIRST, COLUMNS["条款"]).value
    assert read_worksheet(path).code == sheet_code(checklist)
