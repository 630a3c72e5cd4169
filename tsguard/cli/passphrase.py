"""The passphrase from a prompt or a file; there is no other way in."""

from __future__ import annotations

import errno
import getpass
import os
import stat
import sys
import warnings
from pathlib import Path

import click

from tsguard.cli.terminal import FilePath
from tsguard.errors import Unreadable
from tsguard.i18n import _

passphrase_option = click.option(
    "--passphrase-file",
    type=FilePath(path_type=Path),
    help="从这个文件读口令（UTF-8，末尾一个换行不算）；不给时在终端询问。",
)
"""For every command that opens or makes a vault."""

_LARGEST = 64 * 1024


def passphrase_from(file: Path | None, *, confirm: bool, asking: str = "") -> str:
    """The passphrase.

    Args:
        file: Where it stands; None asks at the terminal without echo.
        confirm: Whether the prompt asks twice.
        asking: What the prompt asks for; the passphrase by default.

    Raises:
        Unreadable: The file can't be read or is no text.
        UsageError: There is no file and no terminal to ask at.
    """
    if file is None:
        return _asked(asking or _("口令"), confirm=confirm)
    try:
        with open(file, "rb", opener=_at_once) as stream:
            data = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(file, getattr(error, "strerror", None) or "error") from error
    if len(data) > _LARGEST:
        raise Unreadable(file, _("太大，不像口令文件"))
    try:
        text = data.decode("utf-8-sig")  # Notepad puts a mark in front
    except UnicodeDecodeError as error:
        raise Unreadable(file, _("不是UTF-8文字")) from error
    return text.removesuffix("\n").removesuffix("\r")


def _asked(what: str, *, confirm: bool) -> str:
    sentence = _("这里没有终端可以询问口令，请用--passphrase-file给出口令文件。")
    if sys.platform == "win32" and sys.stdin is sys.__stdin__ and not _console_there():
        raise click.UsageError(sentence)
    with warnings.catch_warnings():
        # It would go on and read the passphrase from wherever the input comes, in clear.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            asked: str = click.prompt(what, hide_input=True, confirmation_prompt=confirm, err=True)
        except getpass.GetPassWarning as error:
            raise click.UsageError(sentence) from error
    return asked


def _console_there() -> bool:
    """Whether Windows has a console to ask at; without one ``getpass`` would read nothing for ever."""
    try:
        os.close(os.open("CONIN$", os.O_RDWR))
    except OSError:
        return False
    return True


def _at_once(path: str, flags: int) -> int:
    """Open a regular file, or a pipe that somebody writes to (``<(…)`` of a shell), never waiting for one.

    Raises:
        OSError: It is anything else, such as a folder or a device.
    """
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    kind = os.fstat(handle).st_mode
    if not (stat.S_ISREG(kind) or stat.S_ISFIFO(kind)):
        os.close(handle)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    if stat.S_ISFIFO(kind) and sys.platform != "win32":
        os.set_blocking(handle, True)
    return handle
