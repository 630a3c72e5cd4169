"""Whether a vault is sound, everything that is wrong with one, and a new vault of what is left.

The damaged file is never changed. Exit code 1 where something is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from tsguard.cli.opened import vault_argument
from tsguard.cli.passphrase import passphrase_from, passphrase_option
from tsguard.cli.program import InputAtFault
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
_BAR = 1000
_MARKS = {Outcome.SOUND: "√", Outcome.RECOVERABLE: "△", Outcome.LOST: "×"}


def _say_lines(parts: Iterable[words.Line], *, only_bad: bool = False) -> None:
    for part in parts:
        if not only_bad or part.outcome is not Outcome.SOUND:
            say(f"{_MARKS[part.outcome]} {part.title}：{part.text}")


def _with_bar(label: str, work: Callable[[Callable[[int, int], None]], Health]) -> Health:
    with click.progressbar(length=_BAR, label=label, file=sys.stderr) as bar:

        def told(done: int, total: int) -> None:
            bar.update(done * _BAR // max(total, 1) - int(bar.pos))

        return work(told)


def _finish(found: Health) -> None:
    if found.outcome is not Outcome.SOUND:
        raise InputAtFault(words.outcome_word(found.outcome))


@vault_group.command("verify")
@vault_argument
@_header_option
@passphrase_option
def vault_verify(vault: Path, header_from: Path | None, passphrase_file: Path | None) -> None:
    """查验保险库：数据页、变更记录、每条记录、佐证文件；有问题时退出码为1。"""
    passphrase = passphrase_from(passphrase_file, confirm=False)
    found = _with_bar(
        _("正在查验"),
        lambda told: examine(vault, passphrase, seen=_seen(), header_from=header_from, progress=told),
    )
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
@passphrase_option
def vault_doctor(vault: Path, header_from: Path | None, passphrase_file: Path | None) -> None:
    """保险库体检：哪里损坏、装的是什么、能找回多少、最近的完好备份、接下来做什么。"""
    passphrase = passphrase_from(passphrase_file, confirm=False)
    settings = settings_file()
    found = _with_bar(
        _("正在体检"),
        lambda told: examine(
            vault,
            passphrase,
            seen=_seen(),
            places=places_of(load_settings(settings), settings),
            header_from=header_from,
            progress=told,
        ),
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
    help="新保险库的口令从这个文件读；不给时沿用原口令。",
)
@passphrase_option
def vault_salvage(
    vault: Path,
    new: Path,
    header_from: Path | None,
    new_passphrase_file: Path | None,
    passphrase_file: Path | None,
) -> None:
    """把损坏的保险库修复到一个新文件：能读的都带过去，丢失的逐条列出；原文件不改动。"""
    if new.exists():
        raise VaultExists(new)
    passphrase = passphrase_from(passphrase_file, confirm=False)
    fresh = passphrase_from(new_passphrase_file, confirm=True) if new_passphrase_file else passphrase
    done = rescue(vault, passphrase, new, fresh, header_from=header_from)
    say(_("已写入{path}。").format(path=done.facts.path))
    _say_lines(words.salvaged_lines(done))
    if done.lost or done.doubtful or done.incomplete:
        raise InputAtFault(_("有内容丢失或需要核对，见上。"))


def _seen() -> SeenStates:
    file = settings_file()
    return SeenStates(file, on=load_settings(file).remember_recent)
