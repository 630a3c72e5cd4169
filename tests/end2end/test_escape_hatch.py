"""The manual's last chapter carried out, word for word, by implementations that are not ours.

The commands are taken out of the chapter's code blocks, so what is written there can't come to differ from
what works. The key is derived by argon2-cffi, the file opened by SQLite3 Multiple Ciphers; no script of
the chapter knows this program.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.dossier import attach_scan
from support.manual import CHAPTERS, code_blocks

from tsguard.domain import recovery_code
from tsguard.domain.answers import Answer
from tsguard.domain.codec import to_json
from tsguard.domain.dossier import Clearance, IssuedDocument
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.services.cabinet import filed
from tsguard.services.content import choose_modules
from tsguard.services.session import Session

CHAPTER = CHAPTERS / "09-format.md"
BLOCKS = code_blocks(CHAPTER)
PASSPHRASE = " 回形针 Ｆｕｌｌ－Ｗｉｄｔｈ ﬁ ① 𬭎㵘䶮𠮷 "
BEFORE = "建立时用过的旧口令"
NOTE = '第一行\n第二行：𬭎㵘䶮𠮷，“引号”、"直引号"、\\反斜线、\t制表符、😀'
BLANK = "这里换成96位数"


@dataclass(frozen=True)
class Kept:
    """A vault as a person has it years later, and what it has to give back."""

    path: Path
    key: bytes
    head: str
    entries: int
    texts: dict[str, str]
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("保险库 的 备份")
    session = Session.create(folder / "企业𬭎 2026.tsg", BEFORE, Enterprise(name="珠海𬭎微电子"))
    choose_modules(session, ("XIC",))
    # Larger than two chunks, exactly one, one byte, and a name no file system would like.
    contents = {
        "大文件.bin": os.urandom(2 * 1024 * 1024 + 12345),
        "一块.bin": os.urandom(1024 * 1024),
        "记录㵘.txt": "会议纪要：代号𠮷\r\n".encode("gbk", "replace") + bytes(range(256)),
        "x": b"\0",
    }
    files = {}
    for name, content in contents.items():
        source = folder / name
        source.write_bytes(content)
        piece = Evidence(title=f"佐证{name}", items=("ORG-01", "HRM-05"))
        stored = session.cabinet.add(filed(piece, source, session.cabinet.store_file(source)))
        files[f"{stored.id}-{name}"] = content
        source.unlink()
    session.cabinet.add(Evidence(title="纸质", paper_at="档案室\\B柜"))
    gone = session.cabinet.add(Evidence(title="删除的", paper_at="无"))
    session.cabinet.remove(gone.id)
    session.points.add(SecretPoint(name="代号䶮"))
    session.rectifications.add(
        Rectification(item="HRM-05", measures="第一步\n第二步㵘", due=date(2026, 12, 31))
    )
    assert session.assessment is not None
    issued = IssuedDocument(
        assessment=session.assessment.id,
        number="1",
        dated=date(2026, 11, 23),
        issued_at="2026-11-23T04:05:06.789Z",
        file_name="报告.pdf",
        sha256="a" * 64,
        journal_head="b" * 64,
    )
    scan = folder / "盖章页𠮷.pdf"
    scan.write_bytes(b"%PDF-" + os.urandom(1_100_000))
    files[f"{session.issued.add(issued).id}-{scan.name}"] = scan.read_bytes()
    attach_scan(session, "D-0001", scan)
    scan.unlink()
    session.clearances.add(
        Clearance(key="c" * 64, source="answer/ORG-01/note", reason="通用词", cleared_on=date(2026, 11, 23))
    )
    session.put_answer(Answer(item="ORG-01", verdict=Verdict.MET, note=NOTE))
    session.put_answer(Answer(item="HRM-05", verdict=Verdict.PARTLY, flagged=True))
    session.put_answer(Answer(item="HRM-05", verdict=Verdict.UNKNOWN, ask_whom="人事部𠮷"))
    session.put_answer(Answer(item="IDC-01", note="只有备注"))
    texts = {item: session.item(item).text for item in ("ORG-01", "HRM-05", "IDC-01")}
    session.file.change_passphrase(PASSPHRASE)
    info, key = session.file.info(), session.file.raw_key().material
    session.close()
    return Kept(session.path, key, info.journal_head, info.journal_entries, texts, files)


def run(script: str, folder: Path, *arguments: object, typed: str) -> subprocess.CompletedProcess[str]:
    """Save a script of the chapter under its name and start it, away from this program's folders."""
    (folder / script).write_text(BLOCKS[script], encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-P", script, *map(str, arguments)],
        cwd=folder,
        input=f"{typed}\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def digits(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the first step gives."""
    done = run("key.py", tmp_path_factory.mktemp("key"), kept.path, typed=PASSPHRASE)
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout.strip()


def statements(name: str, digits: str = "") -> list[str]:
    """The statements of a block, with the digits put in as the chapter says."""
    block = BLOCKS[name]
    if digits:
        assert block.count(BLANK) == 1
        block = block.replace(BLANK, digits)
    assert BLANK not in block
    return [each.strip() for each in block.split(";") if each.strip()]


@pytest.fixture
def database(kept: Kept, digits: str) -> Iterator[apsw.Connection]:
    opened = apsw.Connection(str(kept.path))
    for statement in statements("open.sql", digits):
        result = opened.execute(statement).fetchall()
    assert result == [(kept.entries,)]
    yield opened
    opened.close()


def test_the_blocks_are_those_that_are_carried_out_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert BLOCKS
    for name, block in BLOCKS.items():
        assert source.count(f'"{name}"') > 0, name
        assert "tsguard" not in re.sub(r"b\"tsguard recovery code\"", "", block), "it must do without us"


def test_the_key_is_the_vaults(kept: Kept, digits: str) -> None:
    assert digits == kept.key.hex() + kept.path.read_bytes()[:16].hex()


def test_a_wrong_passphrase_opens_nothing(kept: Kept, tmp_path: Path) -> None:
    other = run("key.py", tmp_path, kept.path, typed=f"{PASSPHRASE}。").stdout.strip()
    opened = apsw.Connection(str(kept.path))
    *before, last = statements("open.sql", other)
    for statement in before:
        opened.execute(statement)
    with pytest.raises(apsw.NotADBError):
        opened.execute(last).fetchall()
    opened.close()


def test_another_file_is_no_vault(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"SQLite format 3\0" * 300)
    assert run("key.py", tmp_path, "other", typed="x").returncode


def test_the_answers_are_read_with_the_passphrase(kept: Kept, database: apsw.Connection) -> None:
    (answers,) = statements("answers.sql")
    rows = [row[1:] for row in database.execute(answers)]
    assert rows == [
        ("HRM-05", "unknown", "", "", None, "人事部𠮷"),
        ("IDC-01", None, "只有备注", "", None, ""),
        ("ORG-01", "met", NOTE, "", None, ""),
    ]
    (texts,) = statements("texts.sql")
    assert {row[0]: row[1] for row in database.execute(texts)} == kept.texts


def test_the_other_tables_are_read_too(database: apsw.Connection) -> None:
    found = [database.execute(statement).fetchall() for statement in statements("tables.sql")]
    enterprises, points, evidence, form, tasks, issued, cleared = found
    assert enterprises[0][1] == "珠海𬭎微电子"
    assert [row[1:3] for row in points] == [("SP-0001", "代号䶮")]
    assert [row[1] for row in evidence] == ["E-01", "E-02", "E-03", "E-04", "E-05"]
    assert form == []
    assert [row[1:3] for row in tasks] == [("R-0001", "HRM-05")]
    assert [row[1] for row in issued] == ["D-0001"]
    assert [row[1:3] for row in cleared] == [("C-0001", "c" * 64)]


def test_evidence_comes_back_byte_for_byte(kept: Kept, digits: str, tmp_path: Path) -> None:
    done = run("evidence.py", tmp_path, kept.path, "取出", typed=digits)
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.count("完好") == len(kept.files)
    assert {path.name: path.read_bytes() for path in (tmp_path / "取出").iterdir()} == kept.files


def test_evidence_comes_back_in_pieces(kept: Kept, database: apsw.Connection, tmp_path: Path) -> None:
    def writefile(name: str, content: bytes) -> int:
        """What SQLite's own shell has."""
        return (tmp_path / name).write_bytes(content)

    database.create_scalar_function("writefile", writefile, 2)
    (chunks,) = statements("chunks.sql")
    database.execute(chunks).fetchall()
    for name, content in kept.files.items():
        pieces = sorted(tmp_path.glob(f"{name.rpartition('-')[0]}.*"))
        assert b"".join(piece.read_bytes() for piece in pieces) == content


def test_the_journal_is_walked_by_the_documented_rules(kept: Kept, digits: str, tmp_path: Path) -> None:
    done = run("journal.py", tmp_path, kept.path, typed=digits)
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout.split() == [str(kept.entries), kept.head]


def test_the_head_on_a_report_is_found_in_the_journal(kept: Kept, database: apsw.Connection) -> None:
    block = BLOCKS["head.sql"]
    blank = "这里换成报告上的末条摘要"
    assert block.count(blank) == 1
    (found,) = database.execute(block.replace(blank, kept.head)).fetchall()
    assert found[0] == kept.entries
    assert database.execute(block.replace(blank, "0" * 64)).fetchall() == []


@given(
    st.dictionaries(
        st.text("abc_xyz", min_size=1),
        st.none() | st.integers(-(2**63), 2**63 - 1) | st.text() | st.lists(st.text(), max_size=3),
    )
)
def test_the_documented_json_is_the_journals(state: dict[str, object]) -> None:
    """Whatever a record may hold, control characters and rare ones among it."""
    code = next(
        node
        for node in ast.parse(BLOCKS["journal.py"]).body
        if isinstance(node, ast.FunctionDef) and node.name == "canonical"
    )
    names: dict[str, Any] = {"json": json}
    exec(ast.unparse(code), names)  # noqa: S102 - the chapter's own function
    assert names["canonical"](state).encode() == to_json(state)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE answers SET verdict = 'met' WHERE item = 'HRM-05'", "HRM-05"),
        ("DELETE FROM answers WHERE item = 'IDC-01'", "IDC-01"),
        ("UPDATE evidence_items SET item = 'ORG-02' WHERE position = 0", "evidence"),
        ("UPDATE frozen_texts SET json = replace(json, '商业秘密', '秘密')", "冻结"),
        ("UPDATE journal SET who = 'x' WHERE seq = 3", "第3条"),
        ("UPDATE journal SET after = '{}' WHERE seq = 4", "第4条"),
        ("DELETE FROM journal WHERE seq = 5", "第5条"),
    ],
)
def test_the_documented_walk_finds_a_change(
    kept: Kept, digits: str, tmp_path: Path, statement: str, said: str
) -> None:
    copy = tmp_path / "changed.tsg"
    copy.write_bytes(kept.path.read_bytes())
    opened = apsw.Connection(str(copy))
    for each in statements("open.sql", digits):
        if "query_only" not in each:
            opened.execute(each).fetchall()
    for (trigger,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        opened.execute(f"DROP TRIGGER {trigger}")
    opened.execute(statement)
    opened.close()
    done = run("journal.py", tmp_path, copy, typed=digits)
    assert done.returncode == 1
    assert said in done.stderr


def test_sqlciphers_own_library_opens_it(kept: Kept, digits: str) -> None:
    """As SQLCipher 4's shell does: the library with its defaults and nothing of ours."""
    from sqlcipher3 import dbapi2

    opened = dbapi2.connect(str(kept.path))
    for statement in statements("open-sqlcipher.sql", digits):
        result = opened.execute(statement).fetchall()
    assert result == [(kept.entries,)]
    opened.close()


def test_the_recovery_code_gives_the_same_key(kept: Kept, digits: str, tmp_path: Path) -> None:
    groups = recovery_code.encode(kept.key)
    for typed in (" ".join(groups), "-".join(groups).lower().replace("0", "o").replace("1", "l")):
        done = run("recovery.py", tmp_path, kept.path, typed=typed)
        assert (done.stderr, done.returncode) == ("", 0)
        assert done.stdout.strip() == digits


def test_a_wrong_group_is_named_by_the_documented_rules(kept: Kept, tmp_path: Path) -> None:
    groups = list(recovery_code.encode(kept.key))
    other = "2" if groups[6][2] != "2" else "3"
    groups[6] = groups[6][:2] + other + groups[6][3:]
    done = run("recovery.py", tmp_path, kept.path, typed=" ".join(groups))
    assert done.returncode == 1
    assert "第7组" in done.stderr


def test_every_table_and_column_is_documented(database: apsw.Connection) -> None:
    found = {
        table: [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    }
    text = CHAPTER.read_text(encoding="utf-8")
    documented = {}
    for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        name = part.splitlines()[0].strip("`")
        documented[name] = re.findall(r"^\| `(\w+)` \|", part.partition("\n## ")[0], flags=re.MULTILINE)
    assert documented == found
