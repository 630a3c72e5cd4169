"""The blank checklist out and the answers in, as a person types it at a terminal."""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from support.vaults import TODAY
from support.windows import needs_devices

from tsguard.cli.commands import program
from tsguard.domain.worksheet import sheet_code
from tsguard.services.content import shipped
from tsguard.services.session import Session

PASSPHRASE = "回形针 correct horse"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("纸")
    (folder / "口令.txt").write_text(PASSPHRASE, encoding="utf-8")
    made = run("vault", "new", folder / "企业.tsg", "--name", "甲公司", *password(folder), "--module", "XIC")
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def vault(place, tmp_path):
    """A fresh copy of the vault for each test."""
    path = tmp_path / "企业.tsg"
    path.write_bytes((place / "企业.tsg").read_bytes())
    return path


@pytest.fixture(autouse=True)
def no_own_modules(monkeypatch, tmp_path):
    """The person's own folder is an empty one."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))


def password(folder):
    return "--passphrase-file", folder / "口令.txt"


def run(*arguments, **kwargs):
    return CliRunner().invoke(program, [str(each) for each in arguments], **kwargs)


CODE = sheet_code(shipped().freeze(["XIC"]))


def stored(path: Path):
    session = Session.open(path, PASSPHRASE, today=lambda: TODAY)
    found = {item: answer.verdict and answer.verdict.value for item, answer in session.answers.items()}
    session.close()
    return found


class TestExport:
    @pytest.mark.parametrize(("kind", "start"), [("--pdf", b"%PDF"), ("--xlsx", b"PK")])
    def test_a_file_with_its_code(self, tmp_path, kind, start):
        out = tmp_path / "空白"
        result = run("modules", "export", kind, "--module", "XIC", "--out", out)
        assert result.exit_code == 0, result.output
        assert CODE in result.output
        assert "131条" in result.output
        assert out.read_bytes().startswith(start)

    def test_a_file_that_is_there_stays_unless_forced(self, tmp_path):
        out = tmp_path / "空白.xlsx"
        out.write_text("别动", encoding="utf-8")
        result = run("modules", "export", "--xlsx", "--out", out)
        assert result.exit_code == 1
        assert out.read_text(encoding="utf-8") == "别动"
        assert run("modules", "export", "--xlsx", "--out", out, "--force").exit_code == 0
        assert out.read_bytes().startswith(b"PK")

    def test_usage(self, tmp_path):
        out = tmp_path / "空白.pdf"
        assert run("modules", "export", "--out", out).exit_code == 2
        assert run("modules", "export", "--pdf", "--xlsx", "--out", out).exit_code == 2
        unknown = run("modules", "export", "--pdf", "--module", "XYZ", "--out", out)
        assert unknown.exit_code == 1
        assert "XYZ" in unknown.output
        assert not out.exists()

    @pytest.mark.parametrize("kind", ["--pdf", "--xlsx"])
    def test_nothing_is_written_in_a_vaults_place(self, vault, tmp_path, kind):
        before = vault.read_bytes()
        other = tmp_path / "改名.xlsx"
        other.write_bytes(before)
        for target in (vault, other, tmp_path / "新库.tsg"):
            result = run("modules", "export", kind, "--force", "--out", target)
            assert result.exit_code == 1, result.output
            assert "保险库" in result.output
        assert vault.read_bytes() == other.read_bytes() == before
        assert not (tmp_path / "新库.tsg").exists()


class TestAnswers:
    def test_rows_that_contradict_each_other_are_not_taken_in_part_either(self, vault, place):
        lines = "ORG-01 1\nORG-01 3\nORG-02 1\n"
        result = run("answers", vault, "-", "--partial", *password(place), input=lines)
        assert result.exit_code == 1
        assert "第1行 ORG-01" in result.output
        assert "第2行 ORG-01" in result.output
        assert stored(vault) == {"ORG-02": "met"}

    def test_lines_under_another_sheets_code(self, vault, place):
        lines = f"表号 ABCDEF\n1 1\n表号 {CODE}\n2 1\n"
        result = run("answers", vault, "-", "--partial", *password(place), input=lines)
        assert result.exit_code == 1
        assert f"表号ABCDEF不是本次自评的{CODE}" in result.output
        assert stored(vault) == {"ORG-02": "met"}

    def test_a_negative_number_is_said_to_be_none(self, vault, place):
        result = run("answers", vault, "-", "--sheet", CODE, *password(place), input="-3 1\n")
        assert result.exit_code == 1
        assert "“-3”不是编号" in result.output
        assert stored(vault) == {}

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
    def test_a_pipe_that_nobody_writes_to_is_refused_at_once(self, vault, place, tmp_path):
        os.mkfifo(tmp_path / "管道")
        result = run("answers", vault, tmp_path / "管道", *password(place))
        assert result.exit_code == 1
        assert "管道" in result.output
        result = run("answers", vault, "-", "--passphrase-file", tmp_path / "管道", input="ORG-01 1\n")
        assert result.exit_code == 1
        assert stored(vault) == {}

    @pytest.mark.parametrize("path", ["/dev/zero", "/dev"])
    @needs_devices
    def test_a_passphrase_from_what_is_no_file(self, vault, path):
        result = run("answers", vault, "-", "--passphrase-file", path, input="ORG-01 1\n")
        assert result.exit_code == 1
        assert path in result.output

    @needs_devices
    def test_a_passphrase_from_a_pipe(self, vault):
        """As ``--passphrase-file <(…)`` of a shell gives it."""
        out, into = os.pipe()
        os.write(into, PASSPHRASE.encode())
        os.close(into)
        try:
            result = run("answers", vault, "-", "--passphrase-file", f"/dev/fd/{out}", input="ORG-01 1\n")
        finally:
            os.close(out)
        assert result.exit_code == 0, result.output
        assert stored(vault) == {"ORG-01": "met"}

    def test_without_a_file_and_a_terminal(self, vault, tmp_path):
        lines = tmp_path / "录入.txt"
        lines.write_text("ORG-01 1\n", encoding="utf-8")
        command = [sys.executable, "-m", "tsguard", "answers", str(vault), str(lines)]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True, check=False
        )
        said = done.stderr.decode()
        assert done.returncode == 2
        assert "这里没有终端" in said
        assert "Warning" not in said
        assert "Traceback" not in said

    def test_lines_from_a_file(self, vault, place, tmp_path):
        file = tmp_path / "录入.txt"
        file.write_text(f"表号：{CODE}\n1 1 有\nHRM-05 部分\n", encoding="utf-8")
        result = run("answers", vault, file, *password(place))
        assert result.exit_code == 0, result.output
        assert "新录入2条" in result.output
        assert stored(vault) == {"ORG-01": "met", "HRM-05": "partly"}

    def test_lines_from_standard_input(self, vault, place):
        result = run("answers", vault, "-", "--sheet", CODE, *password(place), input="2 3\n")
        assert result.exit_code == 0, result.output
        assert stored(vault) == {"ORG-02": "not_met"}

    def test_a_filled_workbook(self, vault, place, tmp_path):
        book_path = tmp_path / "表.xlsx"
        run("modules", "export", "--xlsx", "--module", "XIC", "--out", book_path)
        book = openpyxl.load_workbook(book_path)
        book["清单"]["G3"] = "符合"
        book.save(book_path)
        assert run("answers", vault, book_path, *password(place)).exit_code == 0
        assert stored(vault) == {"ORG-01": "met"}

    def test_one_faulty_row_keeps_all_out(self, vault, place):
        lines = "ORG-01 1\nORG-02 也许\n999 1\n"
        result = run("answers", vault, "-", *password(place), input=lines)
        assert result.exit_code == 1
        assert "第2行 ORG-02" in result.output
        assert "第3行 999" in result.output
        assert "没有录入任何内容" in result.output
        assert stored(vault) == {}

    def test_partial_takes_the_others(self, vault, place):
        result = run("answers", vault, "-", "--partial", *password(place), input="ORG-01 1\nORG-02 也许\n")
        assert result.exit_code == 1
        assert "其余的已录入" in result.output
        assert stored(vault) == {"ORG-01": "met"}

    def test_a_dry_run_stores_nothing(self, vault, place):
        result = run("answers", vault, "-", "--dry-run", *password(place), input="ORG-01 1\n")
        assert result.exit_code == 0
        assert "新录入1条" in result.output
        assert "没有录入" in result.output
        assert stored(vault) == {}

    def test_stored_answers_stay_unless_overwritten(self, vault, place):
        run("answers", vault, "-", *password(place), input="ORG-01 1\n")
        kept = run("answers", vault, "-", *password(place), input="ORG-01 3\nORG-02 1\n")
        assert kept.exit_code == 0
        assert "原答符合，纸上不符合，保留原答" in kept.output
        assert stored(vault) == {"ORG-01": "met", "ORG-02": "met"}
        taken = run("answers", vault, "-", "--overwrite", *password(place), input="ORG-01 3\n")
        assert "以纸上为准" in taken.output
        assert stored(vault)["ORG-01"] == "not_met"

    def test_control_characters_in_a_row_are_shown_and_not_obeyed(self, vault, place):
        result = run("answers", vault, "-", *password(place), input="ORG-01 \x1b[31m也许\n")
        assert result.exit_code == 1
        assert "\x1b" not in result.output

    def test_what_is_no_text(self, vault, place):
        result = run("answers", vault, "-", *password(place), input=b"\xff\xfe\xff")
        assert result.exit_code == 1
        assert "UTF-8" in result.output
