"""Content packs at the terminal: look at one, use it, go back; for the publisher: make keys and packs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

from tsguard import __version__
from tsguard.cli.module_commands import force_option, keep_existing
from tsguard.cli.passphrase import passphrase_from
from tsguard.cli.program import pass_packs, program, refuse_input
from tsguard.cli.terminal import FilePath, plain, say, say_row
from tsguard.i18n import _
from tsguard.services import content
from tsguard.services.explain import fingerprint_text
from tsguard.services.pack_changes import PackChanges, pack_changes
from tsguard.services.packs import GivenPack, Packs
from tsguard.services.renewal_lines import ItemLine, turn_word

_pack_argument = click.argument("file", metavar="FILE", type=FilePath(path_type=Path, dir_okay=False))
_passphrase_option = click.option(
    "--passphrase-file",
    type=FilePath(path_type=Path),
    help="从这个文件读私钥自己的口令（UTF-8，末尾一个换行不算）；不给时在终端询问。",
)


@program.group()
def packs() -> None:
    """清单更新：看、使用、停用发布者签名的清单更新文件（.tsgpack），不联网。"""


@packs.command("show")
@click.argument("file", metavar="[FILE]", required=False, type=FilePath(path_type=Path, dir_okay=False))
@pass_packs
def packs_show(here: Packs, file: Path | None) -> None:
    """核对一份清单更新的签名，列出它与现在的清单有何不同；不给文件时看正在使用的那一份。什么都不改。"""
    if file is None:
        used = here.used()
        if used is None:
            say(_("没有使用清单更新，用的是随程序发布的清单。"))
        else:
            _say_facts(used)
        for each in here.aside():
            say(_("已搁置，没有使用：{path}").format(path=each))
        return
    given = here.look(file)
    _say_facts(given)
    _say_changes(pack_changes(content.shipped(), given.shelf))


@packs.command("use")
@_pack_argument
@pass_packs
def packs_use(here: Packs, file: Path) -> None:
    """核对一份清单更新，然后使用它。已有的自评不会自己变，在企业档案里可以看改动、换到新版。"""
    given = here.look(file)
    said = pack_changes(content.shipped(), given.shelf).summary
    here.use(given)
    _say_facts(given)
    say(_("已使用这份清单更新：{changes}。").format(changes=said or _("内容与现在的相同")))


@packs.command("drop")
@pass_packs
def packs_drop(here: Packs) -> None:
    """停用清单更新，回到随程序发布的清单；已经换到新版的自评不受影响。"""
    if here.drop():
        say(_("已停用清单更新，现在用的是随程序发布的清单。"))
    else:
        say(_("没有使用清单更新，什么都没有改动。"))


@packs.command("make")
@click.option(
    "--key", required=True, type=FilePath(path_type=Path), help="发布者的私钥，加密的PKCS#8，PEM格式。"
)
@click.option("--number", required=True, type=click.IntRange(min=1), help="编号，比以前的都大。")
@click.option("--publisher", default="", help="发布者的名称；不给时写“tsguard发布者”。")
@click.option("--date", "day", default="", metavar="YYYY-MM-DD", help="日期；不给时是今天。")
@click.option("--program", "least", default=__version__, help="至少要的程序版本；不给时是这个程序的。")
@_passphrase_option
@force_option
@click.argument("folder", metavar="CHECKLISTS_FOLDER", type=FilePath(path_type=Path, file_okay=False))
@click.argument("target", metavar="OUT", type=FilePath(path_type=Path, dir_okay=False))
def packs_make(
    key: Path,
    number: int,
    publisher: str,
    day: str,
    least: str,
    passphrase_file: Path | None,
    force: bool,
    folder: Path,
    target: Path,
) -> None:
    """给发布者：检查一个清单文件夹，签名，写成一份清单更新。"""
    from tsguard.services.pack_making import make_pack  # noqa: PLC0415 - start-up time

    refuse_input(target, key, passphrase_file)
    keep_existing(target, force=force)
    made = make_pack(
        folder,
        target,
        key,
        passphrase_from(passphrase_file, confirm=False, asking=_("私钥的口令")),
        number=number,
        publisher=publisher or _("tsguard发布者"),
        day=_day(day),
        program=least,
    )
    for name in made.unversioned:
        words = _("{name}与这个程序里的不同，版本号却没有变；建议改版本号再做一份。")
        say(words.format(name=name), error=True)
    say(_("已写好{path}：{count}个文件，{size}字节。").format(path=target, count=made.files, size=made.size))
    say(_("SHA-256：{sha256}").format(sha256=made.sha256))
    say(_("公钥指纹：{fingerprint}").format(fingerprint=fingerprint_text(made.fingerprint)))


@packs.command("new-key")
@_passphrase_option
@click.argument("target", metavar="KEY.pem", type=FilePath(path_type=Path, dir_okay=False))
def packs_new_key(passphrase_file: Path | None, target: Path) -> None:
    """给发布者：做一对Ed25519密钥，私钥用口令加密，公钥写在旁边的.pub文件里。"""
    from tsguard.services.pack_making import new_key  # noqa: PLC0415 - start-up time

    made = new_key(target, passphrase_from(passphrase_file, confirm=True, asking=_("给私钥设一个口令")))
    say(_("私钥：{path}").format(path=made.private))
    say(_("公钥：{path}").format(path=made.public))
    say(_("公钥指纹：{fingerprint}").format(fingerprint=fingerprint_text(made.fingerprint)))
    say(_("用它发布：把公钥文件的内容换进源代码的resources/publisher.pub，再构建安装程序。"))
    say(_("私钥和口令分开保管，不要放进源代码；丢了就只能随新的安装程序换公钥。"))


def _day(text: str) -> date:
    if not text:
        return datetime.now(UTC).astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(_("请写成YYYY-MM-DD。"), param_hint="--date") from error


def _say_facts(given: GivenPack) -> None:
    for name, value in (
        (_("清单更新"), _("第{number}号").format(number=given.number)),
        (_("日期"), given.day.isoformat()),
        (_("发布者"), given.publisher),
        (_("公钥指纹"), fingerprint_text(given.fingerprint)),
        (_("文件SHA-256"), given.sha256),
        (_("至少要的程序版本"), given.program),
    ):
        say(_("{name}：{value}").format(name=name, value=value))


def _say_changes(changes: PackChanges) -> None:
    say(_("与现在的清单相比：{changes}。").format(changes=changes.summary or _("没有不同")))
    for module in changes.modules:
        say_row(module.title, module.versions)
        for line in module.lines:
            _say_item(line)
        if module.details:
            say(_("系数、泄密途径、秘点类型或域名也有改动。"))
    for each in changes.others:
        say(each)


def _say_item(line: ItemLine) -> None:
    say_row(turn_word(line.turn), line.item, line.text)
    for field in line.fields:
        for word, text in ((_("旧"), field.before), (_("新"), field.after)):
            shown = text.replace("\n", "；") or _("（没有）")
            click.echo("\t" + plain(field.label) + "\t" + plain(word) + "\t" + plain(shown))
