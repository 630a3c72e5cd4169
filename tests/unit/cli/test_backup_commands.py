"""Backing up, listing and restoring from a terminal, on real vaults."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support.vaults import NAME, PASSPHRASE
from tsguard.cli.commands import program
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.secret_points import SecretPoint
from tsguard.services.session import Session


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    return tmp_path / "data" / "tsguard" / "backups"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "企业.tsg"
    Session.create(path, PASSPHRASE, Enterprise(name=NAME)).close()
    return path


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "口令.txt"
    file.write_text(PASSPHRASE, encoding="utf-8")
    return file


def run(words: Path, *arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(program, ["vault", *map(str, arguments), "--passphrase-file", str(words)])
    assert result.exit_code == code, result.output
    return result


def add(vault: Path, name: str) -> None:
    session = Session.open(vault, PASSPHRASE)
    session.points.add(SecretPoint(name=name))
    session.close()


def test_from_backup_to_restore(vault: Path, words: Path, own_data: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    said = run(words, "backup", vault, "--to", stick).output
    assert said.count("已备份并核对") == 2
    (backup,) = own_data.rglob("*.tsg")
    assert len(list(stick.rglob("*.tsg"))) == 1
    listed = run(words, "backups", vault).output
    assert "手动\t现在的口令" in listed
    assert "手动" in CliRunner().invoke(program, ["vault", "backups"]).output

    add(vault, "新秘点")
    seen = run(words, "restore", backup, "--into", vault, "--preview").output
    assert NAME in seen
    assert "秘点SP-0001\t没有\t" in seen
    done = run(words, "restore", backup, "--into", vault).output
    assert "原来的保险库在" in done
    session = Session.open(vault, PASSPHRASE)
    assert len(session.points) == 0
    session.close()


def test_a_folder_that_is_gone_is_said_and_the_local_one_made(
    vault: Path, words: Path, own_data: Path, tmp_path: Path
) -> None:
    said = run(words, "backup", vault, "--to", tmp_path / "gone").output
    assert "现在不在" in said
    assert len(list(own_data.rglob("*.tsg"))) == 1


def test_without_backups_it_says_so() -> None:
    assert "还没有备份" in CliRunner().invoke(program, ["vault", "backups"]).output


def test_another_passphrase_of_the_present_vault_is_asked_for(
    vault: Path, words: Path, own_data: Path, tmp_path: Path
) -> None:
    run(words, "backup", vault)
    (backup,) = own_data.rglob("*.tsg")
    session = Session.open(vault, PASSPHRASE)
    session.file.change_passphrase("新的-口令-staple")
    session.close()
    before = vault.read_bytes()
    assert "--present-passphrase-file" in run(words, "restore", backup, "--into", vault, code=1).output
    assert vault.read_bytes() == before
    new = tmp_path / "新口令.txt"
    new.write_text("新的-口令-staple", encoding="utf-8")
    run(words, "restore", backup, "--into", vault, "--present-passphrase-file", new)
    Session.open(vault, PASSPHRASE).close()


def test_a_new_file_is_the_default(
    vault: Path, words: Path, own_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(words, "backup", vault)
    (backup,) = own_data.rglob("*.tsg")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    run(words, "restore", backup)
    assert [path.name for path in (tmp_path / "here").iterdir()] == [backup.name]
    run(words, "restore", backup, code=1)
