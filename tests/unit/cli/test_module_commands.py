"""The ``modules`` commands as a person types them, and an own module all the way to the report."""

import hashlib
import json

import pypdfium2
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from support.windows import LINKS

from tsguard.cli.commands import program
from tsguard.services.module_books import skeleton


def run(*arguments, **kwargs):
    return CliRunner().invoke(program, [str(each) for each in arguments], **kwargs)


def new(target, *more, title="线路板"):
    return run("modules", "new", "PCB", "--title", title, "--out", target, *more)


def test_a_skeleton_passes_the_check_as_it_is(tmp_path):
    for name, more in (("pcb.yaml", ()), ("pcb.xlsx", ("--xlsx",))):
        assert new(tmp_path / name, *more).exit_code == 0
        checked = run("modules", "check", tmp_path / name)
        assert (checked.exit_code, checked.stderr) == (0, "")


def test_nothing_is_overwritten_without_force(tmp_path):
    target = tmp_path / "pcb.yaml"
    target.write_text("meins", encoding="utf-8")
    refused = new(target)
    assert refused.exit_code == 1
    assert "已经存在" in refused.stderr
    assert target.read_text(encoding="utf-8") == "meins"
    assert new(target, "--force").exit_code == 0
    assert target.read_text(encoding="utf-8") != "meins"
    if LINKS:
        (tmp_path / "haengt.yaml").symlink_to(tmp_path / "nirgends")
        assert new(tmp_path / "haengt.yaml").exit_code == 1
    vault = tmp_path / "x.tsg"
    vault.write_bytes(b"TSG" + b"0" * 100)
    assert new(vault, "--force").exit_code == 1
    assert vault.read_bytes().startswith(b"TSG0")


@pytest.mark.parametrize("module_id", ["pcb", "1CB", "P", "P-B", "../X", "线路板", "P" * 13, ""])
def test_ids_that_are_none_are_a_mistake_of_usage(tmp_path, module_id):
    result = run("modules", "new", module_id, "--title", "甲", "--out", tmp_path / "x.yaml")
    assert result.exit_code == 2
    assert not (tmp_path / "x.yaml").exists()


@pytest.mark.parametrize("title", ["", "  ", "长" * 31, "a\nb", "甲\u202e乙", "{x}"])
def test_titles_that_are_none_are_a_mistake_of_usage(tmp_path, title):
    assert new(tmp_path / "x.yaml", title=title).exit_code == 2


@pytest.mark.parametrize("title", ["=cmd|' /C calc'!A0", "a: b", "[x]", "- 甲", "#1", "No"])
def test_any_other_title_is_a_title(tmp_path, title):
    for name, more in (("a.yaml", ()), ("a.xlsx", ("--xlsx",))):
        assert new(tmp_path / name, *more, title=title).exit_code == 0
        assert run("modules", "add", tmp_path / name, "--replace").exit_code == 0
        assert f"\t{title}\t" in run("modules", "list").output


def test_faults_of_a_workbook_are_named_by_their_cells(tmp_path):
    path = tmp_path / "pcb.xlsx"
    new(path, "--xlsx")
    book = load_workbook(path)
    sheet = book["条款"]
    titles = {cell.value: cell.column for cell in sheet[1]}
    for column in range(1, sheet.max_column + 1):
        sheet.cell(3, column).value = sheet.cell(2, column).value
    sheet.cell(3, titles["编号"]).value = "PCB-02"
    sheet.cell(3, titles["权重"]).value = 9
    sheet.cell(3, titles["依据"]).value = "法释8§1"
    sheet.cell(3, titles["怎么做"]).value = None
    sheet.cell(2, titles["为什么"]).value = "长" * 121
    book["模块"]["B4"].value = "字" * 41
    book.save(path)
    result = run("modules", "import", path, "--out", tmp_path / "pcb.yaml")
    assert result.exit_code == 1
    assert not (tmp_path / "pcb.yaml").exists()
    for words in (
        "条款!第3行 权重  权重应当是1至5的整数，不是“9”。",
        "条款!第3行 依据  依据库里没有“法释8”。",
        "条款!第3行 怎么做  缺少怎么做。",
        "条款!第2行 为什么  为什么有121个字，超过120个字。",
        "模块!第4行 名称  名称有41个字，超过40个字。",
    ):
        assert words in result.stderr, result.stderr
    assert ".yaml" not in result.stderr


def test_a_row_that_repeats_another_names_it(tmp_path):
    path = tmp_path / "pcb.xlsx"
    new(path, "--xlsx")
    book = load_workbook(path)
    sheet = book["条款"]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(5, column).value = sheet.cell(2, column).value
    book.save(path)
    result = run("modules", "check", path)
    assert result.exit_code == 1
    assert "条款!第5行  编号PCB-01重复（先见于条款!第2行）。" in result.stderr
    assert "条款!第5行 要求  要求与条款!第2行 要求几乎相同" in result.stderr


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧格式"),
        ("a.csv", "编号,要求".encode(), "不是.xlsx工作簿"),
        ("a.xlsx", b"PK\x03\x04", "有损坏"),
    ],
)
def test_files_that_are_no_workbook(tmp_path, own_place, name, data, words):
    (tmp_path / name).write_bytes(data)
    for command in (("import", tmp_path / name, "--out", tmp_path / "o.yaml"), ("add", tmp_path / name)):
        result = run("modules", *command)
        assert result.exit_code == 1
        assert words in result.stderr
    assert not own_place.exists()


def test_listed_added_and_removed(tmp_path, own_place):
    path = tmp_path / "pcb.yaml"
    new(path)
    digits = hashlib.sha256(path.read_bytes()).hexdigest()
    added = run("modules", "add", path)
    assert added.exit_code == 0
    assert digits in added.output
    assert run("modules", "add", path).exit_code == 0, "the very same once more"
    (own_place / "kaputt.yaml").write_bytes(b"module: [")
    listed = run("modules", "list")
    assert listed.exit_code == 0
    line = next(line for line in listed.stdout.splitlines() if line.startswith("UPCB\t"))
    assert f"非随程序发布，SHA-256 {digits[:12]}，UPCB.yaml" in line
    assert not any("非随程序发布" in each for each in listed.stdout.splitlines() if each != line)
    assert "kaputt.yaml：不可用，1处问题" in listed.stderr
    new(path, "--force", title="另一个")
    clash = run("modules", "add", path)
    assert (clash.exit_code, "UPCB.yaml" in clash.stderr) == (1, True)
    assert run("modules", "add", path, "--replace").exit_code == 0
    assert run("modules", "remove", "PCB").exit_code == 0
    assert run("modules", "remove", "PCB").exit_code == 1
    assert "UPCB" not in run("modules", "list").output


def test_an_import_never_destroys_its_workbook(tmp_path):
    book, link, hard = tmp_path / "b.xlsx", tmp_path / "link.yaml", tmp_path / "hard.yaml"
    new(book, "--xlsx")
    if LINKS:
        link.symlink_to(book)
    hard.hardlink_to(book)
    before = book.read_bytes()
    for target in (book, *([link] if LINKS else []), hard, tmp_path / ".." / tmp_path.name / "b.xlsx"):
        result = run("modules", "import", book, "--out", target, "--force")
        assert (result.exit_code, "就是要读的文件" in result.stderr) == (1, True)
        assert book.read_bytes() == before


def test_check_takes_what_is_on_this_computer_into_account(tmp_path, own_place):
    own_place.mkdir(parents=True)
    (own_place / "x.yaml").write_bytes(skeleton("PCA", "甲").replace(b"id: PCA", b"id: PCB"))
    new(tmp_path / "pcb.yaml")
    result = run("modules", "check", tmp_path / "gone.yaml", tmp_path / "pcb.yaml")
    assert result.exit_code == 1
    assert f"{tmp_path / 'gone.yaml'}  读不了这个文件" in result.stderr
    assert "域编号UPCB与x.yaml重复。" in result.stderr
    refused = run("modules", "add", tmp_path / "gone.yaml")
    assert "保险库" not in refused.stderr


def test_usage_errors_are_2(tmp_path):
    for arguments in (("new", "PCB"), ("import", "x.xlsx"), ("add",), ("remove",), ("nix",)):
        assert run("modules", *arguments).exit_code == 2


def test_from_a_workbook_to_the_report(tmp_path):
    """A person fills the template in and brings it along; the report says what did not ship and its hash."""
    path, key, vault = tmp_path / "线路板.xlsx", tmp_path / "口令.txt", tmp_path / "厂.tsg"
    key.write_text("回形针 correct horse", encoding="utf-8")
    new(path, "--xlsx")
    book = load_workbook(path)
    sheet = book["条款"]
    titles = {cell.value: cell.column for cell in sheet[1]}
    items = {"PCB-01": "叠层与阻抗设计表只在受控目录存放", "PCB-02": "外协钻孔带用后由经办人收回并登记"}
    for row, (item, text) in enumerate(items.items(), start=2):
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row, column).value = sheet.cell(2, column).value
        sheet.cell(row, titles["编号"]).value = item
        sheet.cell(row, titles["要求"]).value = text
        sheet.cell(row, titles["权重"]).value = 4.0
    for column, texts in {
        "为什么": "钻孔带留在外协厂，换一家就能照着打样。",
        "怎么做": "1. 列出在外的钻孔带\n2. 逐份收回登记",
        "佐证": "钻孔带收回登记表，有双方签名",
        "部分符合": "有登记，个别没有收回",
        "小微替代": "负责人逐份当面收回，在送货单上记一笔。",
    }.items():
        sheet.cell(3, titles[column]).value = texts
    book.save(path)
    imported = run("modules", "import", path, "--out", tmp_path / "pcb.yaml")
    assert imported.exit_code == 0, imported.stderr
    assert run("modules", "add", tmp_path / "pcb.yaml").exit_code == 0
    digits = hashlib.sha256((tmp_path / "pcb.yaml").read_bytes()).hexdigest()
    made = run("vault", "new", vault, "--name", "甲厂", "--module", "UPCB", "--passphrase-file", key)
    assert made.exit_code == 0, made.stderr
    run("modules", "remove", "UPCB")
    facts = json.loads(run("score", vault, "--json", "--passphrase-file", key).output)
    assert [sector["id"] for sector in facts["sectors"]] == ["UPCB"]
    target = tmp_path / "报告.pdf"
    done = run("export", vault, "--level", "internal", "--out", target, "--passphrase-file", key)
    assert done.exit_code == 0, done.stderr
    with pypdfium2.PdfDocument(target) as paper:
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in paper)
    assert digits in text.lower()
    assert "非随程序发布" in text
    assert "外协钻孔带用后由经办人收回并登记" in text
