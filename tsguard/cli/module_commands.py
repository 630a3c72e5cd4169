"""Looking at the content at hand, and bringing one's own modules and programmes along."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from tsguard.cli.program import InputAtFault, program, refuse_input
from tsguard.cli.terminal import FilePath, say, say_row
from tsguard.domain.checklist import Module
from tsguard.domain.programme import Programme
from tsguard.domain.words import module_kind_word
from tsguard.errors import ContentProblem
from tsguard.i18n import _
from tsguard.services import content, module_books, own_content
from tsguard.services.plain_copy import write_chunks
from tsguard.services.problems import problem_sentence
from tsguard.services.settings import own_folder
from tsguard.services.visible import unseen

_ID = re.compile(r"[A-Z][A-Z0-9]{1,11}")
_LONGEST_TITLE = 30
_DIGITS = 12
"""Of a SHA-256, enough to tell two files apart by eye."""

out_option = click.option(
    "--out",
    "target",
    required=True,
    type=FilePath(path_type=Path, dir_okay=False),
    help="写到哪里。",
)
"""For commands that write one file."""
force_option = click.option("--force", is_flag=True, help="那里已有文件时盖掉它。")
"""Together with ``keep_existing``."""


@program.group()
def modules() -> None:
    """查看、检查和编写清单模块。"""


@modules.command("list")
def modules_list() -> None:
    """列出可用的模块和申报方案，自有的标明非随程序发布；有问题的自有文件列在最后。"""
    files = own_content.own_files(own_folder())
    shelf = own_content.beside(files)
    names = {file.sha256: file.name for file in files if file.usable}
    for module in shelf.modules.values():
        count = _("{count}条").format(count=sum(1 for _item in module.items()))
        kind = module_kind_word(module.kind)
        say_row(module.id, kind, module.title, module.version, count, *_mark(module, names))
    for programme in shelf.programmes.values():
        say_row(programme.id, _("申报方案"), programme.title, programme.version, *_mark(programme, names))
    for file in files:
        if not file.usable:
            say(
                _("{file}：不可用，{count}处问题").format(file=file.path, count=len(file.problems)),
                error=True,
            )


def _mark(file: Module | Programme, names: Mapping[str, str]) -> tuple[str, ...]:
    """Where a file is from, unless it came with the program; ``names`` are the own files' by SHA-256."""
    if file.pack:
        return (_("清单更新第{number}号").format(number=file.pack),)
    if file.shipped:
        return ()
    words = _("非随程序发布，SHA-256 {digits}，{name}")
    return (words.format(digits=file.sha256[:_DIGITS], name=names.get(file.sha256, "")),)


@modules.command("check")
@click.argument("paths", nargs=-1, type=FilePath(path_type=Path))
def modules_check(paths: tuple[Path, ...]) -> None:
    """检查随程序发布的内容；给出路径（YAML或工作簿）时连同这些文件一起检查。一次列出全部问题。"""
    problems = [*content.problems(), *own_content.check_files(paths, own_folder())]
    _tell(problems)
    if problems:
        raise InputAtFault(_("共{count}处问题。").format(count=len(problems)))
    say(_("没有发现问题。"))


@modules.command("coverage")
@click.option(
    "--write",
    "readme",
    type=FilePath(path_type=Path, dir_okay=False),
    help="写进这份README的两个coverage标记之间。",
)
def modules_coverage(readme: Path | None) -> None:
    """随程序发布的内容覆盖了什么：各模块对七类措施，依据库和阈值的核对状态。"""
    if readme is None:
        click.echo(content.coverage(), nl=False)
        return
    made = content.coverage_in(content.read_text(readme))
    if made is None:
        raise InputAtFault(_("“{path}”里没有coverage标记，没有改动。").format(path=readme))
    write_chunks(readme, (made.encode(),))
    say(_("已写好{path}。").format(path=readme))


@modules.command("new")
@click.argument("module_id", metavar="ID")
@click.option("--title", required=True, help="模块的名称。")
@out_option
@click.option("--xlsx", "as_book", is_flag=True, help="写成Excel工作簿，而不是YAML。")
@force_option
def modules_new(module_id: str, title: str, target: Path, as_book: bool, force: bool) -> None:
    """写一个带说明的空白模块，ID如PCB。写出来就能通过检查，照着改。"""
    if not _ID.fullmatch(module_id):
        raise click.BadParameter(_("编号应当是2至12个大写字母或数字，字母开头，如PCB。"), param_hint="ID")
    title = title.strip()
    strange = any(each in "{}" or unseen(each) for each in title)
    if strange or not 0 < len(title) <= _LONGEST_TITLE:
        raise click.BadParameter(
            _("名称应当是1至{longest}个看得见的字，不带花括号。").format(longest=_LONGEST_TITLE),
            param_hint="--title",
        )
    make = module_books.skeleton_book if as_book else module_books.skeleton
    write_new(target, make(module_id, title), force=force)
    say(_("已写好{path}。").format(path=target))


@modules.command("import")
@click.argument("book", type=FilePath(path_type=Path, dir_okay=False))
@out_option
@force_option
def modules_import(book: Path, target: Path, force: bool) -> None:
    """把工作簿转成YAML模块并检查；问题按表、行、列指出。"""
    refuse_input(target, book)
    made = module_books.from_book(book, content.shipped())
    _tell(made.problems)
    if not made.usable:
        raise InputAtFault(_("共{count}处问题，没有写出文件。").format(count=len(made.problems)))
    write_new(target, made.data, force=force)
    say(_("已写好{path}。").format(path=target))


@modules.command("add")
@click.argument("source", metavar="FILE", type=FilePath(path_type=Path, dir_okay=False))
@click.option("--replace", "replace_old", is_flag=True, help="已有同编号的自有文件时替换它。")
def modules_add(source: Path, replace_old: bool) -> None:
    """检查一个模块、工作簿或申报方案，装进本机，以后新建自评时可以选用。"""
    added = own_content.add_own(source, own_folder(), replace_old=replace_old)
    _tell(added.problems)
    say(
        _("已加入{id}（非随程序发布，SHA-256 {sha256}）：{path}").format(
            id=added.id, sha256=added.sha256, path=added.path
        )
    )


@modules.command("remove")
@click.argument("module_id", metavar="ID")
def modules_remove(module_id: str) -> None:
    """从本机去掉一个自有模块或方案（给编号或文件名）；已经用它的自评不受影响。"""
    removed = own_content.remove_own(module_id, own_folder())
    say(_("已去掉{path}。").format(path=removed.path))


def write_new(target: Path, data: bytes, *, force: bool) -> None:
    """Write an output file; one that is there is kept unless the person said otherwise.

    Raises:
        InputAtFault: A file is there.
        StorageError: The file system said no.
    """
    keep_existing(target, force=force)
    write_chunks(target, (data,))


def keep_existing(target: Path, *, force: bool) -> None:
    """Refuse to write over a file that is there, unless the person said otherwise.

    Raises:
        InputAtFault: A file is there.
    """
    if os.path.lexists(target) and not force:
        raise InputAtFault(_("“{path}”已经存在，没有改动。要盖掉它，加上--force。").format(path=target))


def _tell(problems: Sequence[ContentProblem]) -> None:
    for problem in problems:
        say(problem_sentence(problem), error=True)
