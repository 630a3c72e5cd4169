"""The commands. The passphrase comes from a prompt or a file, never from an argument or the environment.

Exit codes: 0 done, 1 the input is at fault (the message says what and where), 2 usage.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

import tsguard
from tsguard.cli.passphrase import passphrase_from, passphrase_option
from tsguard.cli.progress import progress
from tsguard.cli.terminal import FilePath, closing_kindly, forgive_output, give_up_output, plain, say
from tsguard.domain.disclosure import Level
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.words import level_word, module_kind_word
from tsguard.errors import ReadOnly, TSGuardError, WriteFailed
from tsguard.i18n import _
from tsguard.services import content
from tsguard.services.explain import explain, size_text
from tsguard.services.problems import problem_sentence
from tsguard.services.session import Session, local_today

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., Any])

vault_argument = click.argument("vault", type=FilePath(path_type=Path))


class _InputAtFault(click.ClickException):
    """An error of ours in three sentences, with exit code 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        """Print the sentences as they are."""
        click.echo(plain(self.message, keep="\n"), file=file or sys.stderr)


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date | None:
    """A date as YYYY-MM-DD, of a time that a report can be from."""
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = date.min
    if not (value.isascii() and len(value) == len("YYYY-MM-DD") and 1900 <= day.year < 3000):
        raise click.BadParameter(_("“{value}”不是YYYY-MM-DD的日期。").format(value=value))
    return day


class _Program(click.Group):
    """Turns our errors into their sentences at the one place where all commands pass."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        forgive_output()
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except TSGuardError as error:
            raise _InputAtFault(str(explain(error))) from error
        except OSError as error:
            # Ours are typed by now: what is left is an output that takes no more.
            give_up_output()
            raise _InputAtFault(_("输出写不下去了（{reason}）。").format(reason=error.strerror)) from error
        return done


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(tsguard.__version__, prog_name="tsguard")
def program() -> None:
    """企业商业秘密保护自评工具。不带命令时打开窗口。"""


@program.command()
@click.option(
    "--out",
    "folder",
    required=True,
    type=FilePath(path_type=Path, file_okay=False),
    help="写到哪个文件夹。",
)
@passphrase_option
def demo(folder: Path, passphrase_file: Path | None) -> None:
    """用虚构的示例企业走完全程：建库、作答、评分、导出报送版和内部版PDF。

    文件夹里已有的示例不会被覆盖，新的加上序号；没有给口令文件时，生成一个口令并只显示这一次。
    """
    # The sample and its drawing are not needed by other commands' start.
    from tsguard.services.sample import create_sample  # noqa: PLC0415 - start-up time

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refused = error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}
        raise ReadOnly(folder) if refused else WriteFailed(folder, error.strerror or "error") from error
    generated = passphrase_file is None
    passphrase = (
        "-".join(secrets.token_hex(3) for _each in range(4))
        if generated
        else passphrase_from(passphrase_file, confirm=False)
    )
    vault = _free_name(folder)
    if generated:
        # Before the vault is made: one whose passphrase nobody has seen is of no use.
        say(_("口令（只显示这一次）：{passphrase}").format(passphrase=passphrase))
    with progress(_("建立示例保险库")) as report:
        session = create_sample(vault, passphrase, progress=report)
    with closing_kindly(session):
        say(_("保险库：{path}").format(path=vault))
        _print_scores(session)
        for level in (Level.SUBMISSION, Level.INTERNAL):
            _export(session, level, _report_of(vault, level), local_today())


def _free_name(folder: Path) -> Path:
    """A vault name in the folder that neither it nor its reports have yet: 示例.tsg, 示例2.tsg and so on."""
    names = itertools.chain(("示例.tsg",), (f"示例{number}.tsg" for number in itertools.count(2)))
    for vault in map(folder.joinpath, names):
        if not any(os.path.lexists(path) for path in (vault, *(_report_of(vault, level) for level in Level))):
            return vault
    raise AssertionError


def _report_of(vault: Path, level: Level) -> Path:
    return vault.with_name(f"{vault.stem}-{level_word(level)}.pdf")


@program.group()
def vault() -> None:
    """新建和查看保险库。"""


@vault.command("new")
@vault_argument
@click.option("--name", prompt="企业名称", help="企业名称，写进企业档案。")
@click.option("--module", "modules", multiple=True, help="行业模块编号，可重复；见modules list。")
@passphrase_option
def vault_new(vault: Path, name: str, modules: tuple[str, ...], passphrase_file: Path | None) -> None:
    """新建保险库，并按所选模块定下自评清单。"""
    for module in modules:
        content.shipped().module(module)
    passphrase = passphrase_from(passphrase_file, confirm=True)
    session = Session.create(vault, passphrase, Enterprise(name=name))
    with closing_kindly(session):
        content.choose_modules(session, modules)
        items = sum(1 for _item in session.checklist.items())
    say(_("已建立{path}，清单{items}条。").format(path=vault, items=items))


@vault.command("info")
@vault_argument
@passphrase_option
def vault_info(vault: Path, passphrase_file: Path | None) -> None:
    """保险库的概况，并核对日志链。"""
    with _opened(vault, passphrase_file) as session:
        info, entries = session.info(), session.verify_journal()
        assessment = session.assessment
        lines = [
            (_("文件"), str(info.path)),
            (_("大小"), size_text(info.size)),
            (_("格式"), str(info.format_version)),
            (_("口令算法档"), str(info.kdf_profile)),
            (_("建立于"), info.created_at),
            (_("企业"), session.enterprise.name),
            (_("自评"), assessment.title if assessment else _("还没有选定清单")),
            (_("作答"), str(info.answers)),
            (_("佐证"), str(info.evidence)),
            (_("秘点"), str(info.secret_points)),
            (_("日志"), _("{entries}条，链完整").format(entries=entries)),
            (_("日志链首"), info.journal_head),
        ]
    for name, value in lines:
        say(f"{name}：{value}")


@program.command()
@vault_argument
@click.option("--json", "as_json", is_flag=True, help="输出JSON。")
@passphrase_option
def score(vault: Path, as_json: bool, passphrase_file: Path | None) -> None:
    """算分：自评分、有据分、等级、否决项和差距。"""
    with _opened(vault, passphrase_file) as session:
        if as_json:
            click.echo(json.dumps(_score_facts(session), ensure_ascii=False, indent=2))
        else:
            _print_scores(session)


@program.command()
@vault_argument
@click.option(
    "--level",
    type=click.Choice([level.value for level in Level]),
    required=True,
    help="submission报送版，internal内部版。",
)
@click.option(
    "--out", "target", required=True, type=FilePath(path_type=Path, dir_okay=False), help="PDF写到哪里。"
)
@click.option("--date", "on", callback=_day, metavar="YYYY-MM-DD", help="报告日期，默认今天。")
@passphrase_option
def export(vault: Path, level: str, target: Path, on: date | None, passphrase_file: Path | None) -> None:
    """导出报告PDF。"""
    with _opened(vault, passphrase_file) as session:
        _export(session, Level(level), target, on or local_today())


@program.group()
def modules() -> None:
    """查看和检查清单模块。"""


@modules.command("list")
def modules_list() -> None:
    """列出可用的模块和申报方案。"""
    shelf = content.shipped()
    for module in shelf.modules.values():
        count = sum(1 for _item in module.items())
        say(
            f"{module.id}\t{module_kind_word(module.kind)}\t{module.title}\t{module.version}\t"
            + _("{count}条").format(count=count)
        )
    for programme in shelf.programmes.values():
        say(f"{programme.id}\t{_('申报方案')}\t{programme.title}\t{programme.version}")


@modules.command("check")
@click.argument("paths", nargs=-1, type=FilePath(path_type=Path))
def modules_check(paths: tuple[Path, ...]) -> None:
    """检查随程序发布的内容；给出路径时连同这些文件一起检查。一次列出全部问题。"""
    problems = content.problems(paths)
    for problem in problems:
        say(problem_sentence(problem), error=True)
    if problems:
        raise _InputAtFault(_("共{count}处问题。").format(count=len(problems)))
    say(_("没有发现问题。"))


@contextmanager
def _opened(vault: Path, passphrase_file: Path | None) -> Iterator[Session]:
    passphrase = passphrase_from(passphrase_file, confirm=False)
    session = Session.open(vault, passphrase)
    with closing_kindly(session):
        yield session


def _export(session: Session, level: Level, target: Path, on: date) -> None:
    from tsguard.services.export import export_report  # noqa: PLC0415 - start-up time

    with progress(_("导出{level}").format(level=level_word(level))) as report:
        written = export_report(session.snapshot(), level, target, on=on, progress=report)
    say(
        _("{level}：{path}（{pages}页，{size}，SHA-256 {sha256}）").format(
            level=level_word(level),
            path=written.path,
            pages=written.pages,
            size=size_text(written.size),
            sha256=written.sha256,
        )
    )


def _print_scores(session: Session) -> None:
    from tsguard.cli.score_text import score_lines  # noqa: PLC0415 - start-up time

    for line in score_lines(session):
        say(line)


def _score_facts(session: Session) -> dict[str, Any]:
    from tsguard.cli.score_text import score_facts  # noqa: PLC0415 - start-up time

    return score_facts(session)
