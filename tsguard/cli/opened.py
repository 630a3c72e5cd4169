"""The vault that a command works on: its argument, and the session for as long as the command runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tsguard.cli.passphrase import passphrase_from
from tsguard.cli.terminal import FilePath, closing_kindly
from tsguard.services.session import Session
from tsguard.services.vault_file import Secret

vault_argument = click.argument("vault", type=FilePath(path_type=Path))
"""For every command that opens or makes a vault."""


@contextmanager
def opened(vault: Path, passphrase_file: Path | None, secret: Secret | None = None) -> Iterator[Session]:
    """The session of a vault, locked in the end.

    Args:
        vault: The vault's file.
        passphrase_file: Where the passphrase stands; None asks at the terminal.
        secret: What opens it, where that is known already.

    Raises:
        TSGuardError: The passphrase or the vault can't be read.
    """
    if secret is None:
        secret = passphrase_from(passphrase_file, confirm=False)
    session = Session.open(vault, secret)
    with closing_kindly(session):
        yield session
