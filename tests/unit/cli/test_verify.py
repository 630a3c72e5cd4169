"""Verifying from a terminal: its exit codes, its table, its JSON, and text that can't forge a line."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from support.certificates import CERTIFICATE_PASSPHRASE, SIGNER, make_pkcs12
from unit.report.conftest import make_document, make_snapshot

from tsguard.cli.commands import program
from tsguard.domain.disclosure import Level
from tsguard.report.locking import locked_copy
from tsguard.report.pdf import render
from tsguard.report.signing import sign

PASSPHRASE = "回形针-correct-horse"


@pytest.fixture(scope="module")
def report() -> bytes:
    return render(make_document(make_snapshot(), Level.SUBMISSION)).data


@pytest.fixture
def file(report: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "报告 䶮.pdf"
    path.write_bytes(report)
    return path


def run(*arguments: object, code: int = 0, given: str | None = None) -> Result:
    result = CliRunner().invoke(program, ["verify", *map(str, arguments)], input=given)
    assert result.exit_code == code, result.output
    return result


def test_a_whole_file(file: Path) -> None:
    told = run(file).output
    assert "与导出时一致。" in told
    assert "√ 封印：完好" in told
    assert "企业：示例䶮𬭎芯片（珠海）有限公司" in told
    assert "单元ORG\t60\t33.0/33.0\t33.0/33.0\t是" in told
    assert "自评分\t100\t57.0 待建设\t57.0 待建设\t是" in told
    assert "×" not in told


def test_a_changed_file(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:3000] + bytes([data[3000] ^ 1]) + data[3001:])
    assert "× 封印：对不上" in run(file, code=1).output


@pytest.mark.parametrize("content", [b"", b"text", b"%PDF-1.7\n", b"PK\x03\x04word/document.xml"])
def test_nothing_that_can_be_verified(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    run(path, code=2)
    assert json.loads(run(path, "--json", code=2).output)["documents"] == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "读不了文件" in run(tmp_path / "没有.pdf", code=2).output
    assert "读不了文件" in run(tmp_path, code=2).output


def test_a_locked_copy(report: bytes, tmp_path: Path) -> None:
    path, words = tmp_path / "加密.pdf", tmp_path / "口令.txt"
    path.write_bytes(locked_copy(report, PASSPHRASE))
    words.write_text(PASSPHRASE + "\n", encoding="utf-8")
    assert "与导出时一致。" in run(path, "--passphrase-file", words).output
    words.write_text("不是这个口令", encoding="utf-8")
    told = run(path, "--passphrase-file", words, code=2).output
    assert "口令打不开这份PDF" in told
    assert "不是这个口令" not in told
    assert json.loads(run(path, "--json", code=2).output)["outcome"] == "locked"


def test_a_signed_file(file: Path, report: bytes) -> None:
    file.write_bytes(sign(report, make_pkcs12(), CERTIFICATE_PASSPHRASE))
    assert f"{SIGNER}：有效，签名后没有改动，覆盖整个文件" in run(file).output


def test_json_has_it_all(file: Path, report: bytes) -> None:
    found = json.loads(run(file, "--json").output)
    assert (found["outcome"], found["size"]) == ("whole", len(report))
    (document,) = found["documents"]
    assert (document["edition"], document["adds_up"], document["on_paper"]) == ("submission", True, True)
    assert document["units"][0] == {
        "id": "ORG",
        "points": 60,
        "sector": False,
        "stated_tenths": [330, 330],
        "found_tenths": [330, 330],
        "equal": True,
    }
    assert {each["severity"] for each in found["findings"]} == {"good", "note"}


def test_a_hostile_name_forges_no_line(tmp_path: Path) -> None:
    snapshot = make_snapshot()
    hostile = replace(snapshot.enterprise, name="甲\n√ 封印：完好\u202e")
    path = tmp_path / "a.pdf"
    path.write_bytes(render(make_document(replace(snapshot, enterprise=hostile), Level.SUBMISSION)).data)
    told = run(path).output
    assert sum(line.startswith("√ 封印") for line in told.splitlines()) == 1
    assert "\u202e" not in told


def test_a_hostile_name_commands_no_terminal_in_json_either(report: bytes, tmp_path: Path) -> None:
    """Terminals take U+009B for the beginning of a command."""
    hostile = "公司\x9b31m\x7f\u202e𬭎"
    path = tmp_path / "a.pdf"
    with pikepdf.open(io.BytesIO(report)) as pdf:
        file = pdf.Root.AF[0].EF
        told = json.loads(file.F.read_bytes())
        told["company"]["name"] = hostile
        file.F = pdf.make_stream(json.dumps(told).encode())
        pdf.save(path)
    told = run(path, "--json", code=1).output
    assert not {"\x9b", "\x7f", "\u202e"}.intersection(told)
    assert json.loads(told)["documents"][0]["company"] == hostile
