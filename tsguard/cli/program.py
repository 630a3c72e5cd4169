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
from tsguard.services.explain import explain


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

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        forgive_output()
        try:
            done = super().invoke(ctx)
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
def program() -> None:
    """企业商业秘密保护自评工具。不带命令时打开窗口。"""
