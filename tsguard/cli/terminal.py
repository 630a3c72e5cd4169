"""What reaches the terminal: text that can't forge a line, on an output that may not take every character."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import click

from tsguard.errors import StorageError
from tsguard.i18n import _
from tsguard.services.explain import explain
from tsguard.services.session import Session
from tsguard.services.visible import visible


def say(line: str, *, error: bool = False) -> None:
    """Print one line; control and invisible characters in it are shown as escapes."""
    click.echo(plain(line), err=error)


def say_row(*cells: str) -> None:
    """Print one line of a table, its cells apart by tabs; nothing in a cell can make another one."""
    click.echo("\t".join(plain(cell) for cell in cells))


def plain(text: str, *, keep: str = "") -> str:
    """The text with control and invisible characters as escapes, as Python writes them.

    Args:
        text: From wherever: names in a vault, keys of a hostile file, paths.
        keep: Characters that may stay, such as line breaks of our own sentences.
    """
    return "".join(character if character in keep else visible(character) for character in text)


def forgive_output() -> None:
    """Let an output that is not UTF-8 show escapes for what it lacks rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = encoding_of(terminal=stream.isatty(), platform=sys.platform, environment=os.environ)
            reconfigure(encoding=encoding, errors="backslashreplace")


def encoding_of(*, terminal: bool, platform: str, environment: Mapping[str, str]) -> str | None:
    """The encoding of an output; None for the one that the system says.

    On Windows a pipe or a file gets UTF-8: the country's code page lacks characters of names, and a console
    shows every character by itself, whatever its code page is.

    Args:
        terminal: Whether the output is a terminal.
        platform: As ``sys.platform``.
        environment: The process's; who asks there for an encoding gets it.
    """
    if platform != "win32" or terminal or environment.get("PYTHONIOENCODING", "").partition(":")[0]:
        return None
    return "utf-8"


def give_up_output() -> None:
    """Send what is still to be printed nowhere, so that the interpreter's last flush does not fail, too."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def closing_kindly(session: Session) -> Iterator[Session]:
    """Lock a session in the end; tidying up that fails then is a warning, since all was stored before."""
    try:
        yield session
    finally:
        try:
            session.close()
        except StorageError as error:
            words = explain(error)
            sentence = _("内容都已保存，但收尾没有完成：{happened}").format(happened=words.happened)
            say(sentence + words.advice, error=True)


class FilePath(click.Path):
    """A path argument; an empty one is a mistake of usage, not the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse what names nothing."""
        if not str(value).strip():
            self.fail(_("路径是空的。"), param, ctx)
        return super().convert(value, param, ctx)
