"""A workbook's cells to a module's fields, each fault with its sheet, row and column."""

import io

import pytest
from openpyxl import load_workbook

from tsguard import assets
from tsguard.content.writing import mapping
from tsguard.exchange.book_form import ITEM_ENTRIES, MODULE_ENTRIES
from tsguard.exchange.book_writing import book_of
from tsguard.exchange.module_book import one_line, read_book
from tsguard.services.module_books import skeleton
from tsguard.services.problems import _problem_words, problem_sentence

COLUMN = {entry.title: number for number, entry in enumerate(ITEM_ENTRIES, start=1)}
ROW = {entry.title: number for number, entry in enumerate(MODULE_ENTRIES, start=2)}


def fields(*, items=1):
    made = mapping(skeleton("PCB", "线路板").decode())
    (item,) = made["sections"][0]["items"]
    made["sections"][0]["items"] = [{**item, "id": f"PCB-{number:02}"} for number in range(1, items + 1)]
    return made


@pytest.fixture
def fill(tmp_path):
    """Writes the template, lets a test change it, and reads it back."""

    def make(change=lambda _book: None, *, items=1):
        book = load_workbook(io.BytesIO(book_of(fields(items=items))))
        change(book)
        book.save(tmp_path / "线路板.xlsx")
        return read_book(tmp_path / "线路板.xlsx")

    return make


def put(title, value, row=2):
    def change(book):
        book["条款"].cell(row, COLUMN[title]).value = value

    return change


def told(book):
    return [(problem.file, problem.code, problem.grave) for problem in book.problems]


def item(book, number=0):
    return book.fields["sections"][0]["items"][number]


def test_the_template_reads_back_as_it_is(fill):
    book = fill()
    assert told(book) == []
    assert book.fields == fields()
    assert book.cells["sections", 0, "items", 0, "weight"] == "条款!第2行 权重"
    assert book.cells["title",] == "模块!第4行 名称"


@pytest.mark.parametrize("name", ["xic", "xpr"])
def test_a_shipped_module_survives_the_way_through_a_workbook(tmp_path, name):
    whole = mapping((assets.checklists() / "sectors" / f"{name}.yaml").read_text(encoding="utf-8"))
    (tmp_path / "x.xlsx").write_bytes(book_of(whole))
    book = read_book(tmp_path / "x.xlsx")
    assert book.fields == whole
    assert told(book) == []


@pytest.mark.parametrize(
    ("title", "typed", "key", "meant"),
    [
        ("权重", 4.0, "weight", "4"),
        ("权重", "４", "weight", "4"),
        ("权重", " 4 ", "weight", "4"),
        ("权重", "'4", "weight", "4"),
        ("编号", " ｐｃｂ－０７ ", "id", "PCB-07"),
        ("关键", "否决项", "critical", "veto"),
        ("关键", "VETO", "critical", "veto"),
        ("措施类", 7, "measure", "7"),
        ("措施类", "（1）协议约定", "measure", "1"),
        ("措施类", "协议约定", "measure", "1"),
        ("措施类", "1 协议约定", "measure", "1"),
        ("措施类", "治理", "measure", "governance"),
        ("不适用", "不允许", "not_applicable", "forbidden"),
        ("要求", "前半句\n后半句", "text", "前半句后半句"),
        ("要求", "Use a\nVPN", "text", "Use a VPN"),
        ("要求", "=1+1", "text", None),
        ("怎么做", "1. 先写\n2、再查\n（3）留痕", "how", ["先写", "再查", "留痕"]),
        ("怎么做", "④归档\n- 复核\n• 抽查", "how", ["归档", "复核", "抽查"]),
        ("怎么做", "1.5倍以上的要写明\n-5℃保存", "how", ["1.5倍以上的要写明", "-5℃保存"]),
        ("依据", "法释7§6(1)\n\n126号令\n", "basis", ["法释7§6(1)", "126号令"]),
    ],
)  # fmt: skip
def test_what_people_type(fill, title, typed, key, meant):
    assert item(fill(put(title, typed))).get(key) == meant


@pytest.mark.parametrize(
    ("title", "typed", "code"),
    [
        ("关键", "很重要", "book-bad-choice"),
        ("措施类", "第八类", "book-bad-choice"),
        ("不适用", "看情况", "book-bad-choice"),
        ("权重", "=1+2", "book-formula"),
    ],
)
def test_a_cell_at_fault_is_named(fill, title, typed, code):
    assert told(fill(put(title, typed, row=3), items=2)) == [(f"条款!第3行 {title}", code, True)]


def test_columns_in_any_order_with_remarks_and_more(fill):
    def shuffle(book):
        sheet = book["条款"]
        sheet.insert_cols(1, 2)
        sheet.cell(1, 1).value, sheet.cell(2, 1).value = "备注", "自己看的"
        sheet.cell(2, 2).value = "没有列名的话"
        sheet.cell(1, COLUMN["权重"] + 2).value = "权重 *（1至5）"
        sheet.cell(1, COLUMN["佐证"] + 2).value = "证据"
        sheet.insert_rows(1, 2)
        sheet.cell(1, 1).value = "线路板行业条款"
        sheet.merge_cells("A1:D1")

    book = fill(shuffle)
    assert told(book) == [
        ("条款!第3行", "book-unknown-column", False),
        ("条款!第4行", "book-untitled-column", False),
    ]
    assert book.fields == fields()
    assert book.cells["sections", 0, "items", 0] == "条款!第4行"


def test_what_is_missing_is_told_once(fill):
    def spoil(book):
        book["条款"].delete_cols(COLUMN["为什么"])
        book["模块"].delete_rows(ROW["版本"])

    book = fill(spoil, items=3)
    assert [(place, code) for place, code, _grave in told(book)] == [
        ("模块", "book-no-row"),
        ("条款!第1行", "book-no-column"),
    ]


def test_a_row_that_nobody_knows_is_told_with_the_nearest(fill):
    def add(book):
        book["模块"].append(["版夲", "2026.12"])

    assert [code for _place, code, grave in told(fill(add)) if not grave] == ["book-unknown-row"]


def test_sheets_that_are_missing(fill):
    def only_items(book):
        del book["模块"]
        del book["说明"]
        book["条款"].title = "Sheet1"

    book = fill(only_items)
    assert [code for _place, code, _grave in told(book)] == ["book-no-sheet"]
    assert item(book)["id"] == "PCB-01", "the only sheet there is counts as the items'"

    def no_items(book):
        del book["条款"]

    assert [code for _place, code, _grave in told(fill(no_items))] == ["book-no-sheet"]


def test_no_header_no_items_doubles_and_merged_cells(fill):
    def blank(book):
        book["条款"].delete_rows(1, 5)

    def empty(book):
        book["条款"].delete_rows(2, 5)

    def double(book):
        book["条款"].cell(1, len(ITEM_ENTRIES) + 1).value = "权重"
        book["模块"].cell(30, 1).value = "名称"

    def merged(book):
        book["条款"].merge_cells("B2:B3")

    assert "book-no-header" in [code for _place, code, _grave in told(fill(blank))]
    assert "book-no-items" in [code for _place, code, _grave in told(fill(empty))]
    assert [code for _place, code, _grave in told(fill(double))] == ["book-repeated", "book-repeated"]
    assert told(fill(merged, items=2))[0] == ("条款", "book-merged", True)


@pytest.mark.parametrize(
    ("row", "typed", "key", "meant"),
    [
        ("系数", "its-03：1.5\nHRM-04: ０.8", "multipliers", {"ITS-03": "1.5", "HRM-04": "0.8"}),
        ("停用编号", "PCB-09：无\nPCB-08：PCB-01", "retired", {"PCB-09": "none", "PCB-08": "PCB-01"}),
        ("泄密途径", "1. 外协厂留存图纸\n2. 离职带走", "leak_paths", ["外协厂留存图纸", "离职带走"]),
        ("途径对应条款", "外协厂：留存图纸：pcb-01、PCB-02\n离职带走: PCB-03", "leak_items",
         {"外协厂：留存图纸": ["PCB-01", "PCB-02"], "离职带走": ["PCB-03"]}),
        ("秘点类型", "叠层：阻抗表：核心：技术信息\n客户名单：重要", "secret_point_types",
         [{"name": "叠层：阻抗表", "tier": "core", "category": "technical"},
          {"name": "客户名单", "tier": "important"}]),
        ("类别", "附加模块", "kind", "addon"),
        ("连带模块", "XFO\n", "with", ["XFO"]),
    ],
)  # fmt: skip
def test_the_module_sheet(fill, row, typed, key, meant):
    def change(book):
        book["模块"].cell(ROW[row], 2).value = typed

    assert fill(change).fields[key] == meant


@pytest.mark.parametrize(
    ("row", "typed"),
    [
        ("系数", "ITS-03 1.5"),
        ("停用编号", "PCB-09"),
        ("途径对应条款", "离职带走"),
        ("秘点类型", "版图"),
        ("秘点类型", "版图：绝密：技术信息"),
    ],
)
def test_lines_at_fault_in_the_module_sheet(fill, row, typed):
    def change(book):
        book["模块"].cell(ROW[row], 2).value = typed

    assert told(fill(change)) == [(f"模块!第{ROW[row]}行 {row}", "book-bad-line", True)]


def test_a_template_holds_no_formula_and_offers_what_may_be_chosen():
    whole = {**fields(), "title": "=HYPERLINK(1)", "origin": "+1"}
    book = load_workbook(io.BytesIO(book_of(whole)))
    assert book.sheetnames == ["条款", "模块", "说明"]
    for sheet in book:
        assert all(cell.data_type in {"s", "n"} for row in sheet.iter_rows() for cell in row)
    assert book["模块"].cell(ROW["名称"], 2).value == "=HYPERLINK(1)"
    assert book["条款"].freeze_panes == "C2"
    offered = {choice.formula1 for choice in book["条款"].data_validations.dataValidation}
    assert '"1,2,3,4,5"' in offered
    assert '"否决项,重点项,一般"' in offered
    assert all(len(each) <= 255 for each in offered), "Excel takes no more"
    assert book["条款"]["B2"].alignment.wrap_text


def test_every_code_has_words(fill):
    def spoil(book):
        book["条款"].cell(1, 30).value = "备注"
        put("关键", "大")(book)
        book["模块"].cell(ROW["系数"], 2).value = "?"
        book["模块"].cell(40, 1).value = "备注"

    for problem in fill(spoil).problems:
        assert problem.code in _problem_words()
        assert "{" not in problem_sentence(problem)


def test_lines_are_joined_as_a_reader_would():
    assert one_line("") == ""
    assert one_line("甲\n乙") == "甲乙"
    assert one_line("a\nb\n丙") == "a b丙"


@pytest.mark.parametrize("title", ["条款", "模块"])
def test_a_sheet_twice_is_refused(fill, title):
    def double(book):
        book.copy_worksheet(book[title]).title = f"{title} "

    assert ("线路板.xlsx", "book-repeated", True) in told(fill(double))


@pytest.mark.parametrize("typed", ["²", "④", "٤", "Ⅳ"])
def test_what_only_looks_like_a_digit_is_none(fill, typed):
    assert item(fill(put("权重", typed)))["weight"] == typed
    assert "book-bad-choice" in [code for _place, code, _grave in told(fill(put("措施类", typed)))]


def test_very_many_merged_cells_are_told_with_measure(fill):
    def merged(book):
        for row in range(2, 400, 2):
            book["条款"].merge_cells(start_row=row, end_row=row + 1, start_column=20, end_column=20)

    codes = [code for _place, code, _grave in told(fill(merged))]
    assert 1 < codes.count("book-merged") < 100


def test_no_text_stops_the_workbook(tmp_path):
    whole = {**fields(), "title": "响\x07铃", "origin": "末\uffff_x0041_"}
    (tmp_path / "x.xlsx").write_bytes(book_of(whole))
    book = read_book(tmp_path / "x.xlsx")
    assert (book.fields["title"], book.fields["origin"]) == ("响\ufffd铃", "末\ufffd_x0041_")


def test_brackets_that_nobody_closes_cost_little(fill):
    def change(book):
        for row in range(20, 40):
            book["模块"].cell(row, 1).value = "（" * 32_000
        book["条款"].cell(1, COLUMN["要求"]).value = "要求（必填"

    read = fill(change)
    assert "text" in item(read)
    assert [code for _place, code, grave in told(read) if grave] == []
