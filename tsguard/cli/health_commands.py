"""Whether a vault is sound, everything that is wrong with one, and a new vault of what is left.

The damaged file is never changed. Exit code 1 where something is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from tsguard.cli.opened import WayIn, code_refused_kindly, vault_argument, way_in_options
from tsguard.cli.passphrase import passphrase_from
from tsguard.cli.program import InputAtFault
from tsguard.cli.progress import progress
from tsguard.cli.terminal import FilePath, say
from tsguard.cli.vault_commands import vault as vault_group
from tsguard.errors import VaultExists
from tsguard.i18n import _
from tsguard.services import health_words as words
from tsguard.services.backup_files import places_of
from tsguard.services.health import Health, Outcome, examine, rescue
from tsguard.services.seen import SeenStates
from tsguard.services.settings import load_settings, settings_file
from tsguard.services.whereabouts import notice
from tsguard.services.whereabouts import sentence as place_sentence

_header_option = click.option(
    "--header-from",
    type=FilePath(path_type=Path),
    help="最前面一段损坏时，从同一口令的备份取。",
)
_MARKS = {Outcome.SOUND: "√", Outcome.RECOVERABLE: "△", Outcome.LOST: "×"}


def _say_lines(parts: Iterable[words.Line], *, only_bad: bool = False) -> None:
    for part in parts:
        if not only_bad or part.outcome is not Outcome.SOUND:
            say(f"{_MARKS[part.outcome]} {part.title}：{part.text}")


def _finish(found: Health) -> None:
    if found.outcome is not Outcome.SOUND:
        raise InputAtFault(words.outcome_word(found.outcome))


@vault_group.command("verify")
@vault_argument
@_header_option
@way_in_options
def vault_verify(vault: Path, header_from: Path | None, way_in: WayIn) -> None:
    """查验保险库：数据页、变更记录、每条记录、存入的文件；有问题时退出码为1。"""
    secret = way_in.secret()
    with code_refused_kindly(vault, way_in), progress(_("正在查验")) as told:
        found = examine(vault, secret, seen=_seen(), header_from=header_from, progress=told)
    parts = words.lines(found)
    _say_lines(parts, only_bad=found.outcome is not Outcome.SOUND)
    if found.outcome is Outcome.SOUND:
        say(
            _("完好：{entries}条变更记录，{pages}个数据页。").format(
                entries=f"{found.damage.entries:,}", pages=f"{found.damage.pages:,}"
            )
        )
    _finish(found)


@vault_group.command("doctor")
@vault_argument
@_header_option
@way_in_options
def vault_doctor(vault: Path, header_from: Path | None, way_in: WayIn) -> None:
    """保险库体检：哪里损坏、装的是什么、能找回多少、最近的完好备份、接下来做什么。"""
    secret = way_in.secret()
    settings = settings_file()
    with code_refused_kindly(vault, way_in), progress(_("正在体检")) as told:
        found = examine(
            vault,
            secret,
            seen=_seen(),
            places=places_of(load_settings(settings), settings),
            header_from=header_from,
            progress=told,
        )
    say(_("{path}：{word}").format(path=found.path, word=words.outcome_word(found.outcome)))
    _say_lines(words.lines(found))
    place = notice(found.path)
    if place is not None:
        say(_("位置：{text}").format(text=place_sentence(place)))
    say(_("接下来：{advice}").format(advice=words.advice(found)))
    _finish(found)


@vault_group.command("salvage")
@vault_argument
@click.argument("new", type=FilePath(path_type=Path))
@_header_option
@click.option(
    "--new-passphrase-file",
    type=FilePath(path_type=Path),
    help="新保险库的口令从这个文件读；不给时沿用原口令，用恢复码时询问。",
)
@way_in_options
def vault_salvage(
    vault: Path,
    new: Path,
    header_from: Path | None,
    new_passphrase_file: Path | None,
    way_in: WayIn,
) -> None:
    """把损坏的保险库修复到一个新文件：能读的都带过去，丢失的逐条列出；原文件不改动。"""
    if new.exists():
        raise VaultExists(new)
    secret = way_in.secret()
    fresh = secret
    if new_passphrase_file is not None or not isinstance(fresh, str):
        fresh = passphrase_from(new_passphrase_file, confirm=True, asking=_("新保险库的口令"))
    with code_refused_kindly(vault, way_in), progress(_("正在修复")) as told:
        done = rescue(vault, secret, new, fresh, header_from=header_from, progress=told)
    say(_("已写入{path}。").format(path=done.facts.path))
    _say_lines(words.salvaged_lines(done))
    if done.lost or done.doubtful or done.incomplete:
        raise InputAtFault(_("有内容丢失或需要核对，见上。"))


def _seen() -> SeenStates:
    file = settings_file()
    return SeenStates(file, on=load_settings(file).remember_recent)
