"""What opens a vault, from a terminal: another passphrase, the recovery code on paper, the drill.

A passphrase or a code comes from a prompt or a file, never from an argument, and none is ever printed.
"""

from __future__ import annotations

from pathlib import Path

import click

from tsguard.cli.opened import opened, vault_argument
from tsguard.cli.passphrase import passphrase_from, passphrase_option
from tsguard.cli.program import refuse_input
from tsguard.cli.progress import progress
from tsguard.cli.terminal import FilePath, say
from tsguard.cli.vault_commands import vault as vault_group
from tsguard.i18n import _
from tsguard.services import recovery
from tsguard.services.session import local_today


@vault_group.command("passphrase")
@vault_argument
@passphrase_option
@click.option(
    "--new-passphrase-file",
    type=FilePath(path_type=Path),
    help="从这个文件读新口令；不给时在终端询问两遍。",
)
@click.option(
    "--recovery-code-file",
    "code_file",
    type=FilePath(path_type=Path),
    help="忘了口令时，从这个文件读恢复码来打开。",
)
def change_passphrase(
    vault: Path, passphrase_file: Path | None, new_passphrase_file: Path | None, code_file: Path | None
) -> None:
    """更改口令：写一份完整的新文件，核对后替换。旧恢复码随之作废。"""
    code = None if code_file is None else recovery.secret_of(passphrase_from(code_file, confirm=False))
    with opened(vault, passphrase_file, code) as session:
        if new_passphrase_file is None:
            say(_("请输入新口令，两遍。"))
        new = passphrase_from(new_passphrase_file, confirm=True)
        with progress(_("正在写新文件并核对")) as tell:
            session.file.change_passphrase(new, progress=tell)
        say(_("口令已经更改。旧恢复码已经作废；以前的备份和拷贝仍用旧口令打开。"))


@vault_group.command("recovery-code")
@vault_argument
@click.option(
    "--pdf", "target", required=True, type=FilePath(path_type=Path, dir_okay=False), help="写到哪里。"
)
@passphrase_option
def recovery_code(vault: Path, target: Path, passphrase_file: Path | None) -> None:
    """把恢复码写成一页PDF，打印后封存。打印完请删掉这个文件。"""
    refuse_input(target, vault, passphrase_file)
    with opened(vault, passphrase_file) as session:
        recovery.write_sheet(session, target, on=local_today())
    say(_("已写到{path}。里面有恢复码，谁拿到谁能打开保险库：打印后请删掉它。").format(path=target))


@vault_group.command("recovery-drill")
@vault_argument
@click.option(
    "--code-file",
    type=FilePath(path_type=Path),
    help="从这个文件读纸上的恢复码；不给时在终端询问。",
)
@passphrase_option
@click.pass_context
def recovery_drill(
    ctx: click.Context, vault: Path, code_file: Path | None, passphrase_file: Path | None
) -> None:
    """验证纸上的恢复码能不能打开这个保险库；不能时退出码为1。"""
    with opened(vault, passphrase_file) as session:
        code = passphrase_from(code_file, confirm=False, asking=_("恢复码"))
        found = recovery.drill(session, code)
    say(str(recovery.drill_words(found)))
    if not found.opens:
        ctx.exit(1)
