"""The commands as a person types them: exit codes, messages with what and where, nothing lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from support.windows import LINKS, needs_devices, needs_pipes, posix_names

from tsguard.cli.commands import program
from tsguard.services.session import Session

DATA = Path(__file__).parents[2] / "data" / "content"
PASSPHRASE = "回形针 correct horse"
TSGUARD = (sys.executable, "-m", "tsguard")
NAME = "珠海𬭎㵘䶮𠮷公司"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("命令行 与空格")
    (folder / "口令.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def vault(place):
    path = place / "珠海𬭎㵘䶮𠮷.tsg"
    result = run(
        "vault",
        "new",
        path,
        "--name",
        "珠海𬭎㵘䶮𠮷公司",
        "--module",
        "XIC",
        "--passphrase-file",
        place / "口令.txt",
    )
    assert result.exit_code == 0, result.output
    assert "清单131条" in result.output
    return path


def run(*arguments, **kwargs):
    return CliRunner().invoke(program, [str(each) for each in arguments], **kwargs)


def test_info(vault, place):
    result = run("vault", "info", vault, "--passphrase-file", place / "口令.txt")
    assert result.exit_code == 0
    assert "珠海𬭎㵘䶮𠮷公司" in result.output
    assert "首尾相扣" in result.output
    session = Session.open(vault, PASSPHRASE)
    for line in (
        f"末条摘要：{session.file.journal_head}",
        f"保险库编号：{session.file.lineage}",
        f"钥匙编号：{session.file.key_id}",
    ):
        assert line in result.output.splitlines()
    session.close()


def test_the_passphrase_may_come_from_the_prompt(vault):
    result = run("score", vault, input=PASSPHRASE + "\n")
    assert result.exit_code == 0
    assert "已答0/131" in result.output
    assert PASSPHRASE not in result.output


def test_a_prompt_for_a_new_vault_asks_twice(place):
    path = place / "两遍.tsg"
    result = run(
        "vault", "new", path, "--name", "甲", input="eins zwei drei\nanders\neins zwei drei\neins zwei drei\n"
    )
    assert result.exit_code == 0
    assert path.exists()


def test_score_as_json(vault, place):
    result = run("score", vault, "--json", "--passphrase-file", place / "口令.txt")
    facts = json.loads(result.output)
    assert facts["claimed"]["tenths"] == 0
    assert facts["asked"] == 131
    assert facts["official"] is False
    assert len(facts["units"]) == 12
    assert len(facts["gaps"]) == 131


def test_export_both_levels(vault, place):
    for level in ("submission", "internal"):
        target = place / f"报告 {level}.pdf"
        result = run(
            "export", vault, "--level", level, "--out", target, "--date", "2026-11-23",
            "--passphrase-file", place / "口令.txt",
        )  # fmt: skip
        assert result.exit_code == 0, result.output
        pdf = pypdfium2.PdfDocument(target)
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
        pdf.close()
        assert "珠海𬭎㵘䶮𠮷公司" in "".join(text.split())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: path.write_bytes(b"\x8f" * 9000), "这不是保险库文件"),
        (lambda path: path.write_bytes(b""), "这不是保险库文件"),
        (lambda _path: None, "那个位置没有文件"),
        (lambda path: path.mkdir(), "这不是保险库文件"),
    ],
    ids=["random bytes", "empty", "missing", "a folder"],
)
def test_files_that_are_no_vault(place, tmp_path, make, message):
    path = tmp_path / "x.tsg"
    make(path)
    result = run("score", path, "--passphrase-file", place / "口令.txt")
    assert result.exit_code == 1
    assert message in result.stderr


def test_a_truncated_vault_and_a_wrong_passphrase_are_told_apart(vault, place, tmp_path):
    whole = vault.read_bytes()
    cut = tmp_path / "截短.tsg"
    cut.write_bytes(whole[: len(whole) // 2 + 100])
    wrong = tmp_path / "口令.txt"
    wrong.write_text("something else entirely", encoding="utf-8")
    damaged = run("score", cut, "--passphrase-file", place / "口令.txt")
    refused = run("score", vault, "--passphrase-file", wrong)
    assert (damaged.exit_code, refused.exit_code) == (1, 1)
    assert "有损坏" in damaged.stderr
    assert "口令不对" in refused.stderr
    assert vault.read_bytes() == whole
    for output in (damaged.output, refused.output):
        assert "something else" not in output


def test_nothing_is_overwritten(vault, place):
    before = vault.read_bytes()
    result = run("vault", "new", vault, "--name", "乙", "--passphrase-file", place / "口令.txt")
    assert result.exit_code == 1
    assert "已经有一个同名文件" in result.stderr
    assert vault.read_bytes() == before


def test_bad_input_leaves_nothing_behind(place, tmp_path):
    short = tmp_path / "短.txt"
    short.write_text("kurz\n", encoding="utf-8")
    for arguments in (
        ["--name", "甲", "--passphrase-file", short],
        ["--name", "甲" * 201, "--passphrase-file", place / "口令.txt"],
        ["--name", "甲", "--module", "XYZ", "--passphrase-file", place / "口令.txt"],
        ["--name", "甲", "--passphrase-file", tmp_path / "没有.txt"],
    ):
        result = run("vault", "new", tmp_path / "新.tsg", *arguments)
        assert result.exit_code == 1, arguments
        assert not (tmp_path / "新.tsg").exists()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * 70_000])
def test_a_passphrase_file_that_is_none(vault, tmp_path, content):
    path = tmp_path / "bild.png"
    path.write_bytes(content)
    result = run("score", vault, "--passphrase-file", path)
    assert result.exit_code == 1
    assert "读不了文件" in result.stderr


def test_usage_errors_are_2():
    assert run("export", "x.tsg").exit_code == 2
    assert run("score").exit_code == 2
    assert run("nonsense").exit_code == 2
    assert run("score", "x.tsg", "--passphrase", "abc").exit_code == 2


def test_modules_list_and_check():
    listed = run("modules", "list")
    assert "core" in listed.output
    assert "XIC" in listed.output
    assert "非官方" in listed.output
    assert run("modules", "check").exit_code == 0
    bad = run("modules", "check", DATA / "twelve_faults.yaml")
    assert bad.exit_code == 1
    count = bad.stderr.count("twelve_faults.yaml:")
    assert count >= 14
    assert f"共{count}处问题。" in bad.stderr


@pytest.mark.slow
def test_demo_twice_and_silent_in_a_pipe(tmp_path):
    """The main job, with a generated passphrase that is printed once and opens the vault."""
    for number, name in ((1, "示例"), (2, "示例2")):
        done = subprocess.run(
            [sys.executable, "-m", "tsguard", "demo", "--out", tmp_path / "演示 文件夹"],
            capture_output=True, check=True,
        )  # fmt: skip
        assert done.stderr == b"", number
        output = done.stdout.decode()
        passphrase = next(line for line in output.splitlines() if line.startswith("口令")).partition("：")[2]
        assert output.count(passphrase) == 1
        assert (tmp_path / "演示 文件夹" / f"{name}.tsg").stat().st_size > 1000
        for folder, files in ((f"{name}-报送版", 10), (f"{name}-内部版", 7)):
            made = sorted((tmp_path / "演示 文件夹" / folder).iterdir())
            assert len(made) == files, made
            assert all(each.stat().st_size > 1000 for each in made)
        key = tmp_path / "key"
        key.write_text(passphrase, encoding="utf-8")
        again = run("score", tmp_path / "演示 文件夹" / f"{name}.tsg", "--passphrase-file", key)
        assert "自评分：81.5  基本达标" in again.output


def test_demo_into_a_place_that_can_not_be(tmp_path, place):
    blocked = tmp_path / "datei"
    blocked.touch()
    result = run("demo", "--out", blocked / "x", "--passphrase-file", place / "口令.txt")
    assert result.exit_code == 1
    assert "写不了文件" in result.stderr


class TestAttacks:
    """Each of these reached the user as a traceback, a forged line or a wrong exit code once."""

    def test_an_empty_path_is_a_mistake_of_usage(self, vault, place):
        for arguments in (
            ("export", vault, "--level", "internal", "--out", ""),
            ("demo", "--out", " "),
            ("vault", "new", "", "--name", "甲"),
        ):
            assert run(*arguments, "--passphrase-file", place / "口令.txt").exit_code == 2, arguments

    @pytest.mark.parametrize("day", ["0999-12-31", "2026-02-30", "20261123", "２０２６-01-01", "gestern"])
    def test_dates_that_no_report_can_have(self, vault, place, day):
        result = run(
            "export", vault, "--level", "internal", "--out", place / "x.pdf", "--date", day,
            "--passphrase-file", place / "口令.txt",
        )  # fmt: skip
        assert result.exit_code == 2
        assert not (place / "x.pdf").exists()

    def test_an_export_never_takes_a_vaults_place(self, vault, place):
        before = vault.read_bytes()
        result = run(
            "export", vault, "--level", "internal", "--out", vault, "--passphrase-file", place / "口令.txt"
        )
        assert result.exit_code == 1
        assert "就是要读的文件" in result.stderr
        assert vault.read_bytes() == before

    def test_an_export_never_takes_the_place_of_the_passphrase_file(self, vault, place):
        key = place / "口令.txt"
        link = place / "链接.pdf"
        if LINKS:
            link.symlink_to(key)
        before = key.read_bytes()
        for target in (key, link) if LINKS else (key,):
            result = run("export", vault, "--level", "internal", "--out", target, "--passphrase-file", key)
            assert (result.exit_code, key.read_bytes()) == (1, before)
            assert "就是要读的文件" in result.stderr

    @posix_names
    def test_no_name_can_forge_a_line_of_an_error(self, tmp_path):
        bad = tmp_path / "x\n没有发现问题。\u202e.yaml"
        bad.write_bytes(b"[")
        for arguments in (
            ("check", bad),
            ("add", bad),
            ("add", tmp_path / "y\n已加入UPCB。.yaml"),
            ("remove", "z\n已去掉。"),
            ("new", "PCB", "--title", "甲", "--out", bad),
        ):
            result = run("modules", *arguments)
            assert result.exit_code == 1
            forged = ("没有发现问题", "已加入", "已去掉")
            assert not any(line.startswith(forged) for line in result.stderr.splitlines()), result.stderr

    def test_no_line_on_the_terminal_can_be_forged(self, tmp_path):
        bad = tmp_path / "bad.yaml"
        bad.write_text('"ok\nbase.yaml  没有发现问题。\x1b[31m": 1\n', encoding="utf-8")
        result = run("modules", "check", bad)
        assert result.exit_code == 1
        assert "\x1b" not in result.stderr
        assert "\nbase.yaml" not in result.stderr

    def test_a_mark_in_front_of_a_passphrase_file_is_no_part_of_it(self, vault, tmp_path):
        key = tmp_path / "记事本.txt"
        key.write_bytes(b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\n")
        assert run("vault", "info", vault, "--passphrase-file", key).exit_code == 0

    @needs_pipes
    def test_a_pipe_is_no_content_file(self, tmp_path):
        pipe = tmp_path / "pipe.yaml"
        os.mkfifo(pipe)
        assert run("modules", "check", pipe).exit_code == 1
        assert run("modules", "check", "/dev/zero").exit_code == 1

    @pytest.mark.parametrize("encoding", ["gbk", "cp1252"])
    def test_an_output_that_lacks_characters_shows_escapes(self, vault, place, encoding):
        done = subprocess.run(
            [*TSGUARD, "vault", "info", vault, "--passphrase-file", place / "口令.txt"],
            env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0
        assert b"Traceback" not in done.stderr
        assert b"U0002cb4e" in done.stdout

    @needs_devices
    def test_an_output_that_is_full_is_said(self, vault, place):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [*TSGUARD, "score", vault, "--passphrase-file", place / "口令.txt"],
                stdout=full, stderr=subprocess.PIPE, check=False,
            )  # fmt: skip
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr

    def test_demo_leaves_what_is_there(self, tmp_path, place):
        mine = tmp_path / "示例-内部版" / "mine.pdf"
        mine.parent.mkdir()
        mine.write_bytes(b"%PDF mine")
        result = run("demo", "--out", tmp_path, "--passphrase-file", place / "口令.txt")
        assert result.exit_code == 0
        assert list(mine.parent.iterdir()) == [mine]
        assert (tmp_path / "示例2.tsg").exists()
