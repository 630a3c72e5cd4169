"""Content packs at the terminal, from the publisher's key to the report of a company."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.packs import NEW_TEXT, OLD_TEXT, XIC, newer_files, other_key, pack, pack_file, public_file

from tsguard.assets import checklists
from tsguard.cli.commands import program
from tsguard.services.content import came_with_program, shipped
from tsguard.services.packs import Packs

PASSPHRASE = "回形针 correct horse"


@pytest.fixture
def packs(own_place):
    """What the program knows; each command is another start."""
    folder = own_place.parent
    return lambda: Packs(folder / "packs", public_file(folder))


@pytest.fixture
def run(packs):
    def act(*arguments, here=None):
        return CliRunner().invoke(program, [str(each) for each in arguments], obj=here or packs())

    return act


@pytest.fixture
def password(tmp_path):
    path = tmp_path / "口 令.txt"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return "--passphrase-file", path


def newer_folder(folder: Path) -> Path:
    """The content that ships, with a newer module."""
    for name, data in newer_files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_show_use_and_drop(run, tmp_path):
    file = pack_file(tmp_path / "U盘 上")
    result = run("packs", "show", file)
    assert result.exit_code == 0, result.output
    for text in ("第3号", "2027-01-05", OLD_TEXT, NEW_TEXT, "新增1条、改动1条、取消1条", "新增\tXIC-13"):
        assert text in result.output
    assert "用的是随程序发布的清单" in run("packs", "show").output
    assert "已使用" in run("packs", "use", file).output
    file.unlink()
    assert "第3号" in run("packs", "show").output
    listed = run("modules", "list").output
    assert "2027.01" in next(line for line in listed.splitlines() if line.startswith("XIC"))
    assert listed.count("清单更新第3号") == 1
    assert shipped() is came_with_program(), "a command puts back what it took"
    assert "已停用" in run("packs", "drop").output
    assert "清单更新第3号" not in run("modules", "list").output
    assert "没有使用" in run("packs", "drop").output


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是清单更新文件"),
        (pack().data[:-1], "签名对不上"),
        (pack(key=other_key()).data, "不是由本程序的发布者签名的"),
        (pack(program="99.0").data, "要求程序版本不低于99.0"),
        (pack(files={**newer_files(), XIC: b'version: "2027.01"\n'}).data, "处问题"),
    ],
)
def test_what_is_refused_is_told_and_not_used(run, tmp_path, data, said):
    file = pack_file(tmp_path, data)
    for command in ("show", "use"):
        result = run("packs", command, file)
        assert result.exit_code == 1
        assert said in result.output
        assert "都没有改动" in result.output
    assert "用的是随程序发布的清单" in run("packs", "show").output


def test_a_pack_that_is_spoilt_is_said_once_by_whatever_needs_content(run, packs, tmp_path):
    run("packs", "use", pack_file(tmp_path))
    path = packs().path
    path.write_bytes(path.read_bytes()[:-1])
    assert "没有使用清单更新" not in run("--help").output
    result = run("modules", "list")
    assert result.exit_code == 0
    assert "没有使用清单更新，用的是随程序发布的清单" in result.stderr
    assert "清单更新第" not in result.stdout
    again = run("modules", "list")
    assert not again.stderr
    assert again.stdout == result.stdout
    assert "已搁置" in run("packs", "show").output


def test_from_the_publishers_key_to_a_pack_in_use(run, own_place, tmp_path, password):
    key, folder = tmp_path / "发布 私钥.pem", newer_folder(tmp_path / "清单")
    made = run("packs", "new-key", *password, key)
    assert made.exit_code == 0, made.output
    private = key.read_bytes()
    assert b"ENCRYPTED PRIVATE KEY" in private
    if os.name == "posix":
        assert key.stat().st_mode & 0o777 == 0o600
    for line in private.decode().splitlines():
        assert line not in made.output
    out = tmp_path / "清单更新-2027-01.tsgpack"
    arguments = ("packs", "make", "--key", key, "--number", 7, "--publisher", "甲", "--date", "2027-01-05")
    result = run(*arguments, *password, folder, out)
    assert result.exit_code == 0, result.output
    assert "15个文件" in result.output
    here = Packs(own_place.parent / "packs", key.with_suffix(".pub"))
    assert "第7号" in run("packs", "use", out, here=here).output
    again = run(*arguments, *password, folder, out)
    assert again.exit_code == 1, "a file that is there is kept"
    before = out.read_bytes()
    assert run(*arguments, *password, "--force", folder, out).exit_code == 0
    assert out.read_bytes() == before, "the same content makes the same bytes"


def test_a_key_that_is_there_is_kept(run, tmp_path, password):
    key = tmp_path / "k.pem"
    assert run("packs", "new-key", *password, key).exit_code == 0
    before = key.read_bytes(), key.with_suffix(".pub").read_bytes()
    assert run("packs", "new-key", *password, key).exit_code == 1
    key.unlink()
    assert run("packs", "new-key", *password, key).exit_code == 1
    assert not key.exists()
    assert key.with_suffix(".pub").read_bytes() == before[1]


def test_a_private_key_is_never_written_over_by_its_public_half(run, tmp_path, password):
    assert run("packs", "new-key", *password, tmp_path / "k.pub").exit_code == 0
    assert b"ENCRYPTED PRIVATE KEY" in (tmp_path / "k.pub").read_bytes()
    assert b"BEGIN PUBLIC KEY" in (tmp_path / "k.pub.pub").read_bytes()


def test_a_short_passphrase_makes_no_key(run, tmp_path):
    short = tmp_path / "短.txt"
    short.write_text("1234567", encoding="utf-8")
    result = run("packs", "new-key", "--passphrase-file", short, tmp_path / "k.pem")
    assert result.exit_code == 1
    assert "至少要8个字符" in result.output
    assert sorted(each.name for each in tmp_path.iterdir()) == ["短.txt"]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (b"", "不是加密的私钥文件"),
        (b"-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----\n", "没有加密"),
        (other_key().pem("another passphrase"), "口令打不开私钥"),
    ],
)
def test_a_key_of_no_use_makes_no_pack(run, tmp_path, password, key, said):
    path = tmp_path / "k.pem"
    path.write_bytes(key)
    result = run(
        "packs", "make", "--key", path, "--number", 1, *password, checklists(), tmp_path / "o.tsgpack"
    )
    assert result.exit_code == 1
    assert said in result.output
    assert PASSPHRASE not in result.output
    assert not (tmp_path / "o.tsgpack").exists()


def test_content_with_faults_makes_no_pack(run, tmp_path, password):
    run("packs", "new-key", *password, tmp_path / "k.pem")
    folder = newer_folder(tmp_path / "清单")
    (folder / XIC).write_bytes(newer_files()[XIC] + b"surprise: 1\n")
    make = ("packs", "make", "--key", tmp_path / "k.pem", "--number", 1, *password)
    result = run(*make, folder, tmp_path / "o.tsgpack")
    assert result.exit_code == 1
    assert "surprise" in result.output
    assert "版本" in run(*make, "--program", "x", checklists(), tmp_path / "o.tsgpack").output
    assert run(*make, "--date", "morgen", checklists(), tmp_path / "o.tsgpack").exit_code == 2
    assert run(*make, tmp_path / "none", tmp_path / "o.tsgpack").exit_code == 1
    assert not (tmp_path / "o.tsgpack").exists()


def test_another_text_under_the_same_version_is_told(run, tmp_path, password):
    run("packs", "new-key", *password, tmp_path / "k.pem")
    folder = newer_folder(tmp_path / "清单")
    (folder / XIC).write_bytes(newer_files("2026.11")[XIC])
    result = run(
        "packs", "make", "--key", tmp_path / "k.pem", "--number", 1, *password, folder, tmp_path / "o"
    )
    assert result.exit_code == 0
    assert XIC in result.stderr


def test_a_report_names_the_pack_that_brought_a_module(run, tmp_path, password):
    """The whole way: a vault made with the pack in use, its report read by an independent reader."""
    run("packs", "use", pack_file(tmp_path))
    vault, out = tmp_path / "企业.tsg", tmp_path / "报告.pdf"
    made = run("vault", "new", vault, "--name", "甲公司", *password, "--module", "XIC")
    assert made.exit_code == 0, made.output
    result = run("export", vault, *password, "--level", "internal", "--out", out)
    assert result.exit_code == 0, result.output
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext here")
    read = subprocess.run(["pdftotext", "-raw", out, "-"], capture_output=True, check=True)  # noqa: S607
    text = "".join(read.stdout.decode().split())
    assert text.count("清单更新第3号") == 1
    assert "2027.01" in text


def test_a_start_that_needs_no_content_reads_no_pack():
    """Neither the signature's library nor the checker of content is imported for a vault's information."""
    code = (
        "import sys, tsguard.services.packs as p, pathlib;"
        "p.Packs(pathlib.Path('none')).used();"
        "print([n for n in sys.modules if n.startswith('tsguard.exchange.pack_') or n.endswith('ed25519')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
