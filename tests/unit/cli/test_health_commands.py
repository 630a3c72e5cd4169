"""Verify, doctor and salvage as a person types them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tsguard.cli.commands import program
from tsguard.store.driver import PAGE_SIZE

PASSPHRASE = "回形针 correct horse"


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("体检 与空格")
    (folder / "口令.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")
    made = run(folder, "vault", "new", folder / "企业.tsg", "--name", "珠海𬭎㵘䶮𠮷公司")
    assert made.exit_code == 0, made.output
    return folder / "企业.tsg"


@pytest.fixture
def spoilt(sound, tmp_path) -> Path:
    path = tmp_path / "坏.tsg"
    shutil.copyfile(sound, path)
    with path.open("r+b") as file:
        file.seek(3 * PAGE_SIZE + 100)
        file.write(b"\xff\x00\xff")
    return path


def run(folder: Path, *arguments):
    options = ("--passphrase-file", folder / "口令.txt")
    return CliRunner().invoke(program, [str(each) for each in (*arguments, *options)])


def test_verify_says_that_all_is_well(sound):
    done = run(sound.parent, "vault", "verify", sound)
    assert done.exit_code == 0, done.output
    assert "完好" in done.output


def test_verify_ends_with_1_and_says_what(sound, spoilt):
    before = spoilt.read_bytes()
    done = run(sound.parent, "vault", "verify", spoilt)
    assert done.exit_code == 1
    assert "1页损坏" in done.output
    assert "√" not in done.output
    assert spoilt.read_bytes() == before


def test_doctor_says_what_to_do_next(sound, spoilt):
    done = run(sound.parent, "vault", "doctor", spoilt)
    assert done.exit_code == 1
    for part in ("数据页", "变更记录", "存入的文件", "接下来"):
        assert part in done.output
    assert run(sound.parent, "vault", "doctor", sound).exit_code == 0


def test_salvage_makes_a_new_vault_and_overwrites_none(sound, spoilt, tmp_path):
    new = tmp_path / "新.tsg"
    done = run(sound.parent, "vault", "salvage", spoilt, new)
    assert "已写入" in done.output
    assert "变更记录从头记起" in done.output
    assert run(sound.parent, "vault", "verify", new).exit_code == 0
    content = new.read_bytes()
    again = run(sound.parent, "vault", "salvage", spoilt, new)
    assert again.exit_code == 1
    assert new.read_bytes() == content


def test_a_wrong_passphrase_and_a_stranger_file(sound, tmp_path):
    (tmp_path / "口令.txt").write_text("something else", encoding="utf-8")
    wrong = run(tmp_path, "vault", "verify", sound)
    assert wrong.exit_code == 1
    assert "√" not in wrong.output
    (tmp_path / "a.tsg").write_bytes(b"hello" * 2000)
    assert run(tmp_path, "vault", "doctor", tmp_path / "a.tsg").exit_code == 1
