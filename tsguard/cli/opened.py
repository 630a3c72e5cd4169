"""The vault that a command works on: its argument, and the session for as long as the command runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tsguard.cli.passphrase import passphrase_from
from tsguard.cli.terminal import FilePath, closing_kindly
from tsguard.services.session import Session

vault_argument = click.argument("vault", type=FilePath(path_type=Path))
"""For every command that opens or makes a vault."""


@contextmanager
def opened(vault: Path, passphrase_file: Path | None) -> Iterator[Session]:
    """The session of a vault, locked in the end.

    Args:
        vault: The vault's file.
        passphrase_file: Where the passphrase stands; None asks at the terminal.

    Raises:
        TSGuardError: The passphrase or the vault can't be read.
    """
    passphrase = passphrase_from(passphrase_file, confirm=False)
    session = Session.open(vault, passphrase)
    with closing_kindly(session):
        yield session
