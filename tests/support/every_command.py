"""Every command of the program once, on real files: what a person could type, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from tsguard.cli.commands import program

ROOT = Path(__file__).parents[2]
PASSPHRASE = "回形针 correct horse"
OTHER = "另一个口令 battery staple"
VAULT = "企业 𬭎.tsg"


def names(group: click.Group = program, before: str = "") -> Iterator[str]:
    """Of all commands, such as ``vault new``."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from names(command, f"{before}{name} ")
        else:
            yield before + name


def calls(folder: Path) -> Iterator[tuple[str, tuple[object, ...], int]]:
    """What to type: the command, its arguments, its exit code. Each needs the ones before it."""
    vault, passphrase, other = folder / VAULT, folder / "口令.txt", folder / "另一个.txt"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    other.write_text(OTHER, encoding="utf-8")
    way = ("--passphrase-file", passphrase)
    pdf = folder / "报告.pdf"
    yield "vault new", (vault, "--name", "珠海𬭎公司", "--module", "XIC", *way), 0
    yield "vault info", (vault, *way), 0
    yield "score", (vault, "--json", *way), 0
    answers = folder / "作答.txt"
    answers.write_text("1 1\n2 3\n", encoding="utf-8")
    yield "answers", (vault, answers, "--dry-run", "--partial", *way), 1
    yield "export", (vault, "--level", "submission", "--out", pdf, "--date", "2026-11-23", *way), 0
    yield "verify", (pdf,), 0
    yield "vault protected", (vault, *way), 0
    yield "vault history", (vault, *way), 0
    yield "vault verify", (vault, *way), 0
    yield "vault doctor", (vault, *way), 0
    yield "vault backup", (vault, "--to", folder, *way), 0
    yield "vault backups", (vault, *way), 0
    yield "vault recovery-code", (vault, "--pdf", folder / "恢复码.pdf", *way), 0
    yield "vault recovery-drill", (vault, "--code-file", other, *way), 1
    yield "vault salvage", (vault, folder / "修复.tsg", *way), 0
    yield "vault restore", (folder / "修复.tsg", "--into", folder / "恢复.tsg", *way), 0
    yield "vault passphrase", (vault, "--new-passphrase-file", other, *way), 0
    yield "modules list", (), 0
    yield "modules check", (), 0
    yield "modules coverage", (), 0
    yield "modules new", ("OWN-X", "--title", "自建", "--out", folder / "own.yaml"), 2
    yield "modules export", ("--xlsx", "--out", folder / "空白.xlsx"), 0
    yield "modules import", (folder / "空白.xlsx", "--out", folder / "own.yaml"), 1
    yield "modules add", (ROOT / "resources/samples/module.yaml",), 0
    yield "modules remove", ("ZOO",), 1
    key, pack = folder / "key.pem", folder / "清单更新.tsgpack"
    yield "packs new-key", (key, *way), 0
    yield "packs make", (ROOT / "checklists", pack, "--key", key, "--number", "1", *way), 0
    yield "packs show", (pack,), 1  # another publisher's
    yield "packs use", (pack,), 1
    yield "packs drop", (), 0
    yield "demo", ("--out", folder / "示例", *way), 0
    yield "self-test", ("--facts",), 0


def run_all(folder: Path) -> Iterator[tuple[str, int, int, str]]:
    """Each command with the exit code that it should have and the one it had, and its output."""
    for name, arguments, code in calls(folder):
        done = CliRunner().invoke(program, [*name.split(), *map(str, arguments)])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise AssertionError(name) from done.exception
        yield name, code, done.exit_code, done.output
