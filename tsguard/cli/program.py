"""The root of all commands, and the one place where an error becomes sentences and an exit code.

Says nothing about any single command; those hang themselves on ``program`` from their own files.
Exit codes: 0 done, 1 the input is at fault (the message says what and where), 2 usage.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

import tsguard
from tsguard.cli.terminal import forgive_output, give_up_output, plain
from tsguard.errors import TSGuardError
from tsguard.i18n import _
from tsguard.services import content
from tsguard.services.explain import explain
from tsguard.services.packs import Packs
from tsguard.services.settings import packs_folder

_PACKS = "tsguard.packs"
pass_packs = click.decorators.pass_meta_key(_PACKS, doc_description="the content packs of this computer")
"""For commands that look after them; tests give ``program`` their own as its object."""


class InputAtFault(click.ClickException):
    """A fault of the input in our own sentences, with exit code 1.

    Attributes:
        lines: Whether line breaks are ours: ``explain`` has made visible what others wrote.
    """

    exit_code = 1

    def __init__(self, message: str, *, lines: bool = False) -> None:
        super().__init__(message)
        self.lines = lines

    def show(self, file: Any = None) -> None:
        """Print the sentences; nothing in them can forge another line."""
        click.echo(plain(self.message, keep="\n" if self.lines else ""), file=file or sys.stderr)


def refuse_input(target: Path, *sources: Path | None) -> None:
    """Refuse an output that is one of the command's own inputs, by whatever name.

    Raises:
        InputAtFault: It is.
    """
    for source in filter(None, sources):
        with suppress(OSError):
            if target.samefile(source):
                words = _("“{path}”就是要读的文件，没有改动。请换一个输出的文件名。")
                raise InputAtFault(words.format(path=target))


class _Program(click.Group):
    """Turns our errors into their sentences at the one place where all commands pass."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Read the command line and run a command; help and mistakes of usage are printed here, too."""
        forgive_output()
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            done = super().invoke(ctx)
            if sys.stdout is not None:  # a program of Windows without a console
                sys.stdout.flush()
        except TSGuardError as error:
            raise InputAtFault(str(explain(error)), lines=True) from error
        except OSError as error:
            # Ours are typed by now: what is left is an output that takes no more.
            give_up_output()
            raise InputAtFault(_("输出写不下去了（{reason}）。").format(reason=error.strerror)) from error
        return done


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(tsguard.__version__, prog_name="tsguard")
@click.pass_context
def program(ctx: click.Context) -> None:
    """企业商业秘密保护自评工具。不带命令时打开窗口。"""
    packs = ctx.obj if isinstance(ctx.obj, Packs) else Packs(packs_folder())
    ctx.meta[_PACKS] = packs
    before = content.take_from(packs)

    def part() -> None:
        content.take_from(before)
        if packs.trouble is not None:
            words = _("没有使用清单更新，用的是随程序发布的清单：{why}")
            click.echo(plain(words.format(why=explain(packs.trouble).happened), keep="\n"), err=True)

    ctx.call_on_close(part)
