"""Making, listing and restoring backups of a vault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from tsguard.cli.opened import WayIn, code_refused_kindly, opened, way_in_options
from tsguard.cli.passphrase import passphrase_from
from tsguard.cli.program import InputAtFault
from tsguard.cli.progress import progress
from tsguard.cli.terminal import FilePath, closing_kindly, say, say_row
from tsguard.cli.vault_commands import vault as vault_group
from tsguard.errors import NotAVault, TSGuardError, VaultDamaged, VaultMissing, VaultNewer, WrongPassphrase
from tsguard.i18n import _
from tsguard.services import backup_files, backup_words, backups, restore, restore_preview
from tsguard.services.explain import explain
from tsguard.services.moments import moment_text
from tsguard.services.session import Session
from tsguard.services.settings import Settings, load_settings, settings_file
from tsguard.services.vault_file import Secret

_LOST = (VaultDamaged, VaultMissing, NotAVault, VaultNewer, WrongPassphrase)


def _settings() -> Settings:
    return load_settings(settings_file())


@vault_group.command("backup")
@click.argument("vault", metavar="FILE", type=FilePath(path_type=Path))
@click.option("--to", "folder", type=FilePath(path_type=Path), help="也存一份到这个文件夹（须已存在）。")
@way_in_options
def backup_vault(vault: Path, folder: Path | None, way_in: WayIn) -> None:
    """备份保险库，并打开核对每一份。"""
    settings = _settings()
    places = backup_files.places_of(settings)
    if folder is not None:
        places = replace(places, chosen=folder.absolute())
    with opened(vault, way_in) as session, progress(_("备份")) as told:
        made = backups.back_up(session.file, places, budget=settings.backup_budget, progress=told)
    for facts in made.facts:
        say(_("已备份并核对：{path}（{counts}）").format(path=facts.path, counts=backup_words.counted(facts)))
    for failure in made.failures:
        say(str(explain(failure)), error=True)
    if made.dropped:
        say(_("按保留规则清理了{count}份较早的备份。").format(count=len(made.dropped)))


@vault_group.command("backups")
@click.argument("vault", metavar="[FILE]", type=FilePath(path_type=Path), required=False)
@way_in_options
def list_backups(vault: Path | None, way_in: WayIn) -> None:
    """列出备份：给出保险库时只列它的，并注明用哪个口令打开；不给时列全部，不需要口令。"""
    places = backup_files.places_of(_settings())
    lineage, key_id = None, ""
    if vault is not None:
        with opened(vault, way_in) as session:
            lineage, key_id = session.file.lineage, session.file.key_id
    found = backup_files.list_backups(places, lineage)
    if not found:
        say(_("还没有备份。"))
        return
    say_row(_("时间"), _("名称"), _("大小"), _("来由"), _("口令"), _("位置"))
    for each in found:
        say_row(
            moment_text(each.when),
            each.stem,
            backup_words.size_word(each.size),
            backup_words.reason_word(each.reason),
            backup_words.key_word(each, key_id),
            str(each.path),
        )


@vault_group.command("restore")
@click.argument("backup", metavar="BACKUP", type=FilePath(path_type=Path))
@click.option(
    "--into", "target", type=FilePath(path_type=Path), help="恢复成哪个文件；已有的会先备份再换下。"
)
@click.option("--preview", "only_look", is_flag=True, help="只看和--into所指的保险库有什么不同，什么都不改。")
@click.option(
    "--present-passphrase-file",
    type=FilePath(path_type=Path),
    help="--into所指的保险库现在的口令（和备份的口令不同时才需要）。",
)
@way_in_options
def restore_backup(
    backup: Path,
    target: Path | None,
    only_look: bool,
    present_passphrase_file: Path | None,
    way_in: WayIn,
) -> None:
    """从备份恢复。不给--into时，在当前文件夹另存为新文件。"""
    settings = _settings()
    places = backup_files.places_of(settings)
    secret = way_in.secret()
    present = secret
    if present_passphrase_file is not None:
        present = passphrase_from(present_passphrase_file, confirm=False)
    if only_look:
        with code_refused_kindly(backup, way_in):
            _preview(backup, secret, target, present, places)
        return
    with code_refused_kindly(backup, way_in), progress(_("恢复")) as told:
        if target is None:
            done = restore.restore_to(backup, secret, Path.cwd() / backup.name, progress=told)
        else:
            if target.exists():
                _refuse_unopened(target, present, present_passphrase_file is not None)
            done = restore.restore_over(
                backup, secret, target, present, places, budget=settings.backup_budget, progress=told
            )
    counts = backup_words.counted(done.facts)
    say(_("已恢复并核对：{path}（{counts}）").format(path=done.path, counts=counts))
    if done.saved is not None:
        say(_("原来的保险库在：{path}").format(path=done.saved))


def _refuse_unopened(target: Path, present: Secret, told: bool) -> None:
    """Ask for the present vault's passphrase where the backup's does not open it.

    Raises:
        InputAtFault: It was not given, and without it no backup of the present vault can be made.
    """
    if told:
        return
    try:
        restore.verify(target, present)
    except WrongPassphrase:
        words = _("“{path}”和备份的口令不同，没有恢复。请用--present-passphrase-file给出它现在的口令。")
        raise InputAtFault(words.format(path=target)) from None
    except TSGuardError:
        return


def _preview(
    backup: Path, secret: Secret, target: Path | None, present: Secret, places: backup_files.Places
) -> None:
    if target is None:
        _show(restore_preview.preview(backup, secret, None, places))
        return
    try:
        session = Session.open(target, present, before_migration=backups.before_migration(places))
    except _LOST as error:
        lost = None if isinstance(error, VaultMissing) else error
        _show(restore_preview.preview(backup, secret, None, places, lost=lost))
        return
    with closing_kindly(session):
        _show(restore_preview.preview(backup, secret, session, places))


def _show(preview: restore_preview.Preview) -> None:
    say(_("企业：{name}").format(name=preview.enterprise))
    if preview.newest_at is not None:
        say(_("最后改动：{when}").format(when=moment_text(preview.newest_at)))
    say(
        _("{records}，变更记录{entries}条").format(
            records=backup_words.records_counted(preview.counts), entries=f"{preview.entries:,}"
        )
    )
    say(backup_words.relation_sentence(preview))
    if preview.differences:
        say_row(_("项目"), _("备份里"), _("现在"))
    for each in preview.differences:
        say_row(each.subject, each.then or _("没有"), each.now or _("没有"))
