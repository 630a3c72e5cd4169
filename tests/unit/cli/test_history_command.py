"""``vault history`` as a person types it: lines, a past day, files that lie in clear."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tsguard.cli import history_command
from tsguard.cli.commands import program
from tsguard.domain.answers import Answer
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.services.session import Session, local_today

PASSPHRASE = "回形针 correct horse"
NAME = "珠海𬭎㵘䶮𠮷公司"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("变更 记录")
    (folder / "口令.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def vault(place: Path) -> Path:
    path = place / "企业.tsg"
    made = run("vault", "new", path, "--name", NAME, "--passphrase-file", place / "口令.txt")
    assert made.exit_code == 0, made.output
    session = Session.open(path, PASSPHRASE)
    session.put_answer(Answer("HRM-05", Verdict.MET, note="=1+1\x1b[2J"))
    session.points.add(SecretPoint(name="玄武\n第二行", tier=Tier.CORE))
    session.close()
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(program, [str(each) for each in arguments])


def history(vault: Path, *arguments: object) -> Result:
    return run("vault", "history", vault, *arguments, "--passphrase-file", vault.parent / "口令.txt")


def test_lines(vault: Path) -> None:
    result = history(vault)
    assert result.exit_code == 0, result.output
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert {len(line) for line in lines} == {5}
    assert lines[0][4].startswith("新增秘点SP-0001")
    assert lines[-1][4] == f"建立企业档案：{NAME}"
    assert "HRM-05的作答：未答→符合；备注" in result.stdout
    assert "\x1b" not in result.stdout
    assert "内部内容" in result.stderr


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--kind", "answer"), 1),
        (("--kind", "answer", "--kind", "point"), 2),
        (("--since", "2000-01-01"), 4),
        (("--until", "2000-01-01"), 0),
    ],
)
def test_filters(vault: Path, options: tuple[str, ...], count: int) -> None:
    result = history(vault, *options)
    assert result.exit_code == 0
    assert result.stdout.count("\t") == 4 * count
    assert ("没有这样的变更" in result.stdout) == (count == 0)


def test_csv(vault: Path, tmp_path: Path) -> None:
    target = tmp_path / "变更.csv"
    result = history(vault, "--csv", target)
    assert result.exit_code == 0, result.output
    assert "不加密" in result.stderr
    rows = list(csv.reader(io.StringIO(target.read_bytes().decode("utf-8-sig"), newline="")))
    assert any("'=1+1" in cell for row in rows for cell in row)


def test_a_reports_digest(vault: Path) -> None:
    session = Session.open(vault, PASSPHRASE)
    head, number = session.file.journal_head, session.file.journal_length
    session.close()
    found = history(vault, "--digest", f"{head[:8]} {head[8:].upper()}")
    assert found.exit_code == 0, found.output
    assert f"这是第{number}条" in found.stdout
    older = history(vault, "--digest", "0" * 64)
    assert older.exit_code == 1
    assert "没有这一条" in older.stdout
    short = history(vault, "--digest", "1234")
    assert short.exit_code == 1
    assert "至少要输入开头8位" in short.stdout


def test_as_of_today(vault: Path, tmp_path: Path) -> None:
    today = local_today().isoformat()
    result = history(vault, "--as-of", today)
    assert result.exit_code == 0, result.output
    assert "自评分：" in result.stdout
    assert "HRM-05\t符合\t符合\t" in result.stdout
    target = tmp_path / "清单.csv"
    assert history(vault, "--as-of", today, "--csv", target).exit_code == 0
    assert "HRM-05" in target.read_text(encoding="utf-8-sig")


def test_as_of_a_day_before_the_vault(vault: Path, tmp_path: Path) -> None:
    target = tmp_path / "清单.csv"
    result = history(vault, "--as-of", "2000-01-01", "--csv", target)
    assert result.exit_code == 0
    assert "还没有记录" in result.stdout
    assert not target.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--as-of", "2999-01-01"), "还没有到"),
        (("--as-of", "20260101"), "YYYY-MM-DD"),
        (("--as-of", "2026-02-30"), "YYYY-MM-DD"),
        (("--since", "gestern"), "YYYY-MM-DD"),
        (("--since", "2026-02-02", "--until", "2026-02-01"), "晚于"),
        (("--as-of", "2020-01-01", "--kind", "answer"), "不能与"),
        (("--digest", "0" * 64, "--kind", "answer"), "不能与"),
        (("--kind", "alles"), "alles"),
    ],
)
def test_mistakes_of_usage(vault: Path, options: tuple[str, ...], message: str) -> None:
    result = history(vault, *options)
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_vault_is_not_overwritten(vault: Path) -> None:
    before = vault.read_bytes()
    result = history(vault, "--csv", vault)
    assert result.exit_code == 1
    assert vault.read_bytes() == before


def test_every_kind_has_its_word() -> None:
    assert len(set(history_command._KINDS.values())) == len(history_command.HistoryKind)
