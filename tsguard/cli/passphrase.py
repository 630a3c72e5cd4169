"""The passphrase from a prompt or a file; there is no other way in."""

from __future__ import annotations

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


def passphrase_from(file: Path | None, *, confirm: bool) -> str:
    """The passphrase.

    Args:
        file: Where it stands; None asks at the terminal without echo.
        confirm: Whether the prompt asks twice.

    Raises:
        Unreadable: The file can't be read or is no text.
    """
    if file is None:
        asked: str = click.prompt(_("口令"), hide_input=True, confirmation_prompt=confirm, err=True)
        return asked
    try:
        with file.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except OSError as error:
        raise Unreadable(file, error.strerror or "error") from error
    if len(data) > _LARGEST:
        raise Unreadable(file, _("太大，不像口令文件"))
    try:
        text = data.decode("utf-8-sig")  # Notepad puts a mark in front
    except UnicodeDecodeError as error:
        raise Unreadable(file, _("不是UTF-8文字")) from error
    return text.removesuffix("\n").removesuffix("\r")
