"""What opens a vault, from a terminal: another passphrase, the recovery code on paper, the drill.

A passphrase or a code comes from a prompt or a file, never from an argument, and none is ever printed.
"""

from __future__ import annotations

from pathlib import Path

import click

from tsguard.cli.opened import WayIn, opened, vault_argument, way_in_options
from tsguard.cli.passphrase import passphrase_from
from tsguard.cli.program import refuse_input
from tsguard.cli.progress import progress
from tsguard.cli.terminal import FilePath, say
from tsguard.cli.vault_commands import vault as vault_group
from tsguard.i18n import _
from tsguard.services import backups, recovery
from tsguard.services.backup_files import places_of
from tsguard.services.session import local_today
from tsguard.services.settings import load_settings, settings_file


@vault_group.command("passphrase")
@vault_argument
@click.option(
    "--new-passphrase-file",
    type=FilePath(path_type=Path),
    help="从这个文件读新口令；不给时在终端询问两遍。",
)
@way_in_options
def change_passphrase(vault: Path, new_passphrase_file: Path | None, way_in: WayIn) -> None:
    """更改口令：写一份完整的新文件，核对后替换。旧恢复码随之作废。"""
    with opened(vault, way_in) as session:
        if new_passphrase_file is None:
            say(_("请输入新口令，两遍。"))
        new = passphrase_from(new_passphrase_file, confirm=True)
        with progress(_("正在写新文件并核对")) as tell:
            settings = load_settings(settings_file())
            places = places_of(settings)
            backups.change_passphrase(session.file, new, places, budget=settings.backup_budget, progress=tell)
        say(_("口令已经更改。旧恢复码已经作废；以前的备份和拷贝仍用旧口令打开。"))


@vault_group.command("recovery-code")
@vault_argument
@click.option(
    "--pdf", "target", required=True, type=FilePath(path_type=Path, dir_okay=False), help="写到哪里。"
)
@way_in_options
def recovery_code(vault: Path, target: Path, way_in: WayIn) -> None:
    """把恢复码写成一页PDF，打印后封存。打印完请删掉这个文件。"""
    refuse_input(target, vault, way_in.file)
    with opened(vault, way_in) as session:
        recovery.write_sheet(session, target, on=local_today())
    say(_("已写到{path}。里面有恢复码，谁拿到谁能打开保险库：打印后请删掉它。").format(path=target))


@vault_group.command("recovery-drill")
@vault_argument
@click.option(
    "--code-file",
    type=FilePath(path_type=Path),
    help="从这个文件读纸上的恢复码；不给时在终端询问。",
)
@way_in_options
@click.pass_context
def recovery_drill(ctx: click.Context, vault: Path, code_file: Path | None, way_in: WayIn) -> None:
    """验证纸上的恢复码能不能打开这个保险库；不能时退出码为1。"""
    with opened(vault, way_in) as session:
        code = passphrase_from(code_file, confirm=False, asking=_("恢复码"))
        found = recovery.drill(session, code)
    say(str(recovery.drill_words(found)))
    if not found.opens:
        ctx.exit(1)
