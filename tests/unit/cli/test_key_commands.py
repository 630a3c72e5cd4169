"""Another passphrase, the code on paper, the drill: from files, with nothing secret in the output."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tsguard.cli.commands import program
from tsguard.domain.enterprise import Enterprise
from tsguard.services import recovery
from tsguard.services.session import Session

OLD, NEW = "旧口令-correct-horse", "新口令-battery-𠮷"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    path = tmp_path / "企业 一.tsg"
    Session.create(path, OLD, Enterprise(name="珠海𬭎㵘䶮微电子")).close()
    (tmp_path / "old").write_text(OLD + "\n", encoding="utf-8")
    (tmp_path / "new").write_text(NEW + "\n", encoding="utf-8")
    return path


def code_of(vault: Path, passphrase: str = OLD) -> str:
    session = Session.open(vault, passphrase)
    try:
        return " ".join(recovery.groups(session))
    finally:
        session.close()


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(program, ["vault", *map(str, arguments)])
    assert OLD not in result.output
    assert NEW not in result.output
    return result


def test_another_passphrase(vault: Path, tmp_path: Path) -> None:
    files = ("--passphrase-file", tmp_path / "old", "--new-passphrase-file", tmp_path / "new")
    done = run("passphrase", vault, *files)
    assert done.exit_code == 0, done.output
    assert "作废" in done.output
    again = run("passphrase", vault, *files)
    assert again.exit_code == 1
    assert "口令不对" in again.output
    Session.open(vault, NEW).close()


def test_a_short_one_changes_nothing(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "new").write_text("short")
    refused = run(
        "passphrase", vault, "--passphrase-file", tmp_path / "old", "--new-passphrase-file", tmp_path / "new"
    )
    assert refused.exit_code == 1
    assert "太短" in refused.output
    Session.open(vault, OLD).close()


def test_with_the_code_where_the_passphrase_is_lost(vault: Path, tmp_path: Path) -> None:
    code = code_of(vault)
    (tmp_path / "code").write_text(code.lower())
    done = run(
        "passphrase",
        vault,
        "--recovery-code-file",
        tmp_path / "code",
        "--new-passphrase-file",
        tmp_path / "new",
    )
    assert done.exit_code == 0, done.output
    assert code[:6] not in done.output
    Session.open(vault, NEW).close()


@pytest.mark.parametrize("command", ["info", "history", "backups"])
def test_the_code_opens_for_other_commands_too(vault: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "code").write_text(code_of(vault))
    done = run(command, vault, "--recovery-code-file", tmp_path / "code")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("command", ["verify", "doctor"])
def test_the_code_opens_for_an_examination(vault: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "code").write_text(code_of(vault), encoding="utf-8")
    done = run(command, vault, "--recovery-code-file", tmp_path / "code")
    assert (done.exit_code, "完好" in done.output) == (0, True), done.output
    other = tmp_path / "另一个.tsg"
    Session.create(other, NEW, Enterprise(name="乙")).close()
    refused = run(command, other, "--recovery-code-file", tmp_path / "code")
    assert refused.exit_code == 1
    assert "恢复码" in refused.output


def test_the_code_opens_a_salvage_and_a_restore(
    vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = ("--recovery-code-file", tmp_path / "code")
    (tmp_path / "code").write_text(code_of(vault), encoding="utf-8")
    salvaged = tmp_path / "修复.tsg"
    done = run("salvage", vault, salvaged, *code, "--new-passphrase-file", tmp_path / "new")
    assert done.exit_code == 0, done.output
    Session.open(salvaged, NEW).close()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    done = run("restore", vault, "--into", tmp_path / "恢复.tsg", *code)
    assert done.exit_code == 0, done.output
    Session.open(tmp_path / "恢复.tsg", OLD).close()


def test_only_one_way_in(vault: Path, tmp_path: Path) -> None:
    files = ("--passphrase-file", tmp_path / "old", "--recovery-code-file", tmp_path / "new")
    refused = run("info", vault, *files)
    assert refused.exit_code == 2
    assert "只能给一个" in refused.output


def test_a_code_of_another_vault_is_not_called_a_wrong_passphrase(vault: Path, tmp_path: Path) -> None:
    other = Session.create(tmp_path / "other.tsg", OLD, Enterprise(name="别家"))
    (tmp_path / "code").write_text(" ".join(recovery.groups(other)))
    other.close()
    before = vault.read_bytes()
    refused = run("info", vault, "--recovery-code-file", tmp_path / "code")
    assert refused.exit_code == 1
    assert "恢复码没有写错，但打不开" in refused.output
    assert recovery.key_number(vault) in refused.output
    assert "口令不对" not in refused.output
    assert vault.read_bytes() == before


def test_the_sheet_and_the_drill(vault: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "恢复码.pdf"
    old = ("--passphrase-file", tmp_path / "old")
    written = run("recovery-code", vault, "--pdf", sheet, *old)
    assert written.exit_code == 0, written.output
    assert sheet.read_bytes().startswith(b"%PDF")
    code = code_of(vault)
    assert code[:6] not in written.output
    (tmp_path / "code").write_text(code)
    assert run("recovery-drill", vault, "--code-file", tmp_path / "code", *old).exit_code == 0
    other = Session.create(tmp_path / "other.tsg", OLD, Enterprise(name="别家"))
    (tmp_path / "code").write_text(" ".join(recovery.groups(other)))
    other.close()
    wrong = run("recovery-drill", vault, "--code-file", tmp_path / "code", *old)
    assert wrong.exit_code == 1
    assert "打不开" in wrong.output


def test_a_slip_is_named_by_its_group(vault: Path, tmp_path: Path) -> None:
    groups = code_of(vault).split()
    groups[2] = groups[2][::-1] if groups[2] != groups[2][::-1] else "000000"
    (tmp_path / "code").write_text(" ".join(groups))
    refused = run(
        "recovery-drill", vault, "--code-file", tmp_path / "code", "--passphrase-file", tmp_path / "old"
    )
    assert refused.exit_code == 1
    assert "3" in refused.output
    assert groups[0] not in refused.output


def test_the_sheet_never_overwrites_the_vault(vault: Path, tmp_path: Path) -> None:
    before = vault.read_bytes()
    refused = run("recovery-code", vault, "--pdf", vault, "--passphrase-file", tmp_path / "old")
    assert refused.exit_code == 1
    assert vault.read_bytes() == before


def test_the_sheet_never_overwrites_the_file_with_the_code(vault: Path, tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.write_text(code_of(vault))
    before = code.read_bytes()
    refused = run("recovery-code", vault, "--pdf", code, "--recovery-code-file", code)
    assert refused.exit_code == 1
    assert code.read_bytes() == before
