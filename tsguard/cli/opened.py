"""The vault that a command works on: its argument, what opens it, and the session while the command runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from tsguard.cli.passphrase import passphrase_from, passphrase_option
from tsguard.cli.program import InputAtFault
from tsguard.cli.terminal import FilePath, closing_kindly
from tsguard.errors import WrongPassphrase
from tsguard.i18n import _
from tsguard.services import recovery
from tsguard.services.backup_files import places_of
from tsguard.services.backups import before_migration
from tsguard.services.session import Session
from tsguard.services.settings import load_settings, settings_file
from tsguard.services.vault_file import Secret

vault_argument = click.argument("vault", type=FilePath(path_type=Path))
"""For every command that opens or makes a vault."""

_code_option = click.option(
    "--recovery-code-file",
    type=FilePath(path_type=Path),
    help="忘了口令时，从这个文件读恢复码来打开。",
)


@dataclass(frozen=True, slots=True)
class WayIn:
    """Where what opens a vault stands; without any file the passphrase is asked for at the terminal.

    Attributes:
        passphrase_file: A file with the passphrase, or None.
        code_file: A file with the recovery code in its place, or None.
    """

    passphrase_file: Path | None = None
    code_file: Path | None = None

    @property
    def file(self) -> Path | None:
        """The file that is read, which no output may replace."""
        return self.code_file or self.passphrase_file

    def secret(self) -> Secret:
        """What opens the vault.

        Raises:
            Unreadable: The file can't be read or is no text.
            RecoveryCodeWrong: A slip is in the code.
        """
        if self.code_file is None:
            return passphrase_from(self.passphrase_file, confirm=False)
        return recovery.secret_of(passphrase_from(self.code_file, confirm=False))


def way_in_options(command: Callable[..., None]) -> Callable[..., None]:
    """For every command that opens a vault: both options, given to it as one ``way_in``."""

    @wraps(command)
    def called(
        *args: Any, passphrase_file: Path | None, recovery_code_file: Path | None, **named: Any
    ) -> None:
        if passphrase_file is not None and recovery_code_file is not None:
            raise click.UsageError(_("--passphrase-file和--recovery-code-file只能给一个。"))
        command(*args, way_in=WayIn(passphrase_file, recovery_code_file), **named)

    return passphrase_option(_code_option(called))


@contextmanager
def opened(vault: Path, way_in: WayIn) -> Iterator[Session]:
    """The session of a vault, locked in the end.

    Args:
        vault: The vault's file.
        way_in: What opens it.

    Raises:
        TSGuardError: The passphrase or the vault can't be read.
        InputAtFault: The recovery code is whole, but opens another vault or an older key.
    """
    places = places_of(load_settings(settings_file()))
    with code_refused_kindly(vault, way_in):
        session = Session.open(vault, way_in.secret(), before_migration=before_migration(places))
    with closing_kindly(session):
        yield session


@contextmanager
def code_refused_kindly(vault: Path, way_in: WayIn) -> Iterator[None]:
    """Say of a recovery code that does not open a vault what is known about it.

    Args:
        vault: The vault's file.
        way_in: What was tried.

    Raises:
        InputAtFault: The recovery code is whole, but opens another vault or an older key.
    """
    try:
        yield
    except WrongPassphrase as error:
        if way_in.code_file is None:
            raise
        raise InputAtFault(str(recovery.refused_words(vault)), lines=True) from error
