"""``vault protected`` as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tsguard.cli.commands import program
from tsguard.domain.answers import Answer
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.services.content import choose_modules
from tsguard.services.session import Session

PASSPHRASE = "回形针 correct horse"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("自查 字串")
    (folder / "口令.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def empty(place: Path) -> Path:
    """Without a checklist."""
    path = place / "空.tsg"
    made = run("vault", "new", path, "--name", "甲公司", "--passphrase-file", place / "口令.txt")
    assert made.exit_code == 0, made.output
    return path


@pytest.fixture(scope="module")
def vault(place: Path) -> Path:
    path = place / "企业.tsg"
    run("vault", "new", path, "--name", "甲公司", "--passphrase-file", place / "口令.txt")
    session = Session.open(path, PASSPHRASE)
    choose_modules(session, [])
    session.points.add(SecretPoint(name="玄武𬭎㵘"))
    session.points.add(SecretPoint(name="一", note="给了珠海的客户"))
    session.points.add(SecretPoint(name="玄武𬭎㵘"))
    session.cabinet.add(Evidence(title="纸质的记录", paper_at="三号柜"))
    session.put_answer(Answer("HRM-05", Verdict.MET, note="客户华为很在意", ask_whom="人事部、张三"))
    session.close()
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(program, [str(each) for each in arguments])


def protected(vault: Path, *arguments: object) -> Result:
    return run("vault", "protected", vault, *arguments, "--passphrase-file", vault.parent / "口令.txt")


def test_one_string_a_line_and_each_once(vault: Path) -> None:
    result = protected(vault)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert set(lines) == {
        "玄武𬭎㵘", "SP-0001", "SP-0002", "SP-0003", "给了珠海的客户", "三号柜", "客户华为很在意", "张三",
    }  # fmt: skip
    assert len(lines) == len(set(lines))


def test_what_is_not_looked_for_stands_apart(vault: Path) -> None:
    error = protected(vault).stderr
    assert "共8条" in error
    assert "不查：一（秘点SP-0002的名称，太短" in error
    assert "不查：人事部（条款HRM-05的去问谁，部门或职务，不是人名）" in error
    assert "内部内容" in error
    assert "\x1b" not in error


def test_with_sources(vault: Path) -> None:
    rows = [line.split("\t") for line in protected(vault, "--sources").stdout.splitlines()]
    assert {len(row) for row in rows} == {2}
    assert ["三号柜", "佐证E-01的纸质原件位置"] in rows
    assert ["客户华为很在意", "条款HRM-05的备注"] in rows


def test_a_vault_without_a_checklist(empty: Path) -> None:
    result = protected(empty)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "共0条" in result.stderr


def test_only_after_the_passphrase(vault: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("wrong passphrase", encoding="utf-8")
    result = run("vault", "protected", vault, "--passphrase-file", wrong)
    assert result.exit_code != 0
    assert "玄武" not in result.output
