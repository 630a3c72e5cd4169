"""The manual keeps what it says: each promise names the test that shows it, and links lead somewhere."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.manual import CHAPTERS

from tsguard.services import manual

ROOT = Path(__file__).parents[2]
FILES = sorted(CHAPTERS.glob("*.md"))
SHOWN_BY = re.compile(r"<!-- shown by: (\S+) -->")
PROMISES = "本软件的承诺"
TABLE = "谁能做什么"
NO_PROMISE = "无法承诺"
NEVER = (
    "绝对安全",
    "万无一失",
    "军用级",
    "银行级",
    "牢不可破",
    "无法破解",
    "百分之百",
    "100%",
    "官方",
    "权威",
)
JARGON = ("哈希", "派生", "WAL", "散列", "明文")
"""For all but the chapter on the file format, which is the IT colleague's."""
NETWORK = {
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "asyncio",
    "requests",
    "PySide6.QtNetwork",
}
WITHOUT_SOCKETS = [("loop_without_sockets.py", "asyncio")]
"""A loop that can open none: ``tests/end2end/test_no_network.py`` signs with it and listens."""

each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def section(text: str, title: str) -> str:
    """What stands under a heading of the second level."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def promises(text: str) -> list[str]:
    """The bullets of a chapter's promises, and the rows of the table that promise something."""
    bullets = [line for line in section(text, PROMISES).splitlines() if line.startswith("- ")]
    rows = [line for line in section(text, TABLE).splitlines() if line.startswith("| ")][1:]
    return bullets + [row for row in rows if row.split("|")[2].strip() != NO_PROMISE]


@cache
def names_in(path: str) -> frozenset[str]:
    """The tests of a file, as they are named on the command line after it."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    names = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            names |= {
                f"{node.name}::{inner.name}" for inner in node.body if isinstance(inner, ast.FunctionDef)
            }
        elif isinstance(node, ast.FunctionDef):
            names.add(node.name)
    return frozenset(name for name in names if name.rpartition("::")[2].startswith("test"))


@each_file
def test_every_chapter_promises_something_and_names_the_test(file: Path) -> None:
    said = promises(file.read_text(encoding="utf-8"))
    assert said
    assert [line for line in said if not SHOWN_BY.search(line)] == []


@each_file
def test_every_named_test_is_there(file: Path) -> None:
    missing = []
    for name in SHOWN_BY.findall(file.read_text(encoding="utf-8")):
        path, _colons, test = name.partition("::")
        if not (ROOT / path).is_file() or test not in names_in(path):
            missing.append(name)
    assert missing == []


@each_file
def test_no_remark_is_misspelt(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("<!--") == len(SHOWN_BY.findall(text))


@each_file
def test_wording(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert [word for word in NEVER if word in text] == []
    if not file.name.startswith("09"):
        assert [word for word in JARGON if word in text] == []
    prose = re.sub(r"`[^`]*`", "", "\n".join(plain_lines(text)))
    assert "！" not in prose
    assert "!" not in prose
    spaced = re.findall(r"[\u3400-\u9fff] [A-Za-z0-9]|[A-Za-z0-9] [\u3400-\u9fff]", prose)
    assert spaced == []
    assert re.findall(r"[\u3400-\u9fff][,;:?()]", prose) == []


def plain_lines(text: str) -> list[str]:
    """The lines outside code blocks, without remarks."""
    kept, in_code = [], False
    for line in re.sub(r"<!--.*?-->", "", text).splitlines():
        if line.startswith("```"):
            in_code = not in_code
        elif not in_code:
            kept.append(re.sub(r"^(#+|-|\d+\.) |\]\([^)]*\)", "", line))
    return kept


def test_chapters_come_in_order_with_title_and_headings() -> None:
    read = manual.chapters()
    assert [chapter.name for chapter in read] == [file.name for file in FILES]
    assert len({chapter.title for chapter in read}) == len(read)
    for chapter in read:
        assert chapter.headings[0] == manual.Heading(1, chapter.title)
        titles = [heading.title for heading in chapter.headings]
        assert len(set(titles)) == len(titles), "a link has to know which"
        assert PROMISES in titles
        assert "<!--" not in chapter.text
    (form,) = (chapter for chapter in read if chapter.name == "09-format.md")
    assert manual.Heading(3, "journal") in form.headings
    assert not any(heading.title.startswith("import") for heading in form.headings)


def test_every_link_leads_to_a_heading_of_the_manual() -> None:
    known = {chapter.name: {heading.title for heading in chapter.headings} for chapter in manual.chapters()}
    links = []
    for chapter in manual.chapters():
        for target in re.findall(r"\]\(([^)]*)\)", chapter.text):
            name, _hash, heading = target.partition("#")
            links.append(target)
            assert name in known, target
            assert not heading or heading in known[name], target
    assert links


@pytest.mark.parametrize(
    ("words", "chapter", "heading"),
    [
        ("保险柜 法定代表人", "02-passphrase.md", "恢复码"),
        ("ARGON2ID", "09-format.md", "第一步：由口令算出密钥"),
        ("ｂｉｔｌｏｃｋｅｒ", "04-lock.md", "内存里还会剩下什么"),
        ("更改口令", "02-passphrase.md", "更改口令"),
    ],
)
def test_search(words: str, chapter: str, heading: str) -> None:
    assert any((found.chapter, found.heading) == (chapter, heading) for found in manual.search(words))


@pytest.mark.parametrize("words", ["", "  ", "\u3000", "没有这样的一句话", "shown by", "tests/unit"])
def test_nothing_is_found(words: str) -> None:
    assert manual.search(words) == ()


@given(st.text(max_size=20))
def test_any_words_can_be_searched(words: str) -> None:
    known = {chapter.name for chapter in manual.chapters()}
    for found in manual.search(words):
        assert found.chapter in known
        assert found.line


def test_a_found_line_is_plain() -> None:
    lines = [found.line for found in manual.search("变更记录")]
    assert lines
    assert not [line for line in lines if re.search(r"\]\(|\*\*|`|^#|^- |\|", line)]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("第几块", "number，第几块，从0起"),
        ("建议至少有两份", "建议至少有两份，放在两个地方，其中一份不在办公室。"),
        (
            "防不了",
            "加密防的是偷看，防不了硬盘损坏、误删和丢失。备份是保险库的完整副本，本身就是一个保险库文件，同样是加密的。",
        ),
    ],
)
def test_how_a_line_is_shown(words: str, line: str) -> None:
    assert line in [found.line for found in manual.search(words)]


def test_nothing_speaks_to_a_network() -> None:
    """No module of the program imports what speaks to other computers."""
    found = []
    for path in (ROOT / "tsguard").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            else:
                continue
            found += [(path.name, name) for name in names if name in NETWORK or name.split(".")[0] in NETWORK]
    assert found == WITHOUT_SOCKETS
