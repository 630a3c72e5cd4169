"""Who has a vault open: a small file beside it, for the sentence that another one is told.

Only the lock decides; this file says whose it is, and is the one thing that travels along with a folder
that two computers keep in step, where no lock does. It holds no name but the account's and the computer's.
It must not raise: a folder that can't be written to has no such file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from tsguard.errors import patience
from tsguard.store.at_once import at_once

_LARGEST = 4096
_LONGEST = 200
_LONGEST_NAME = 50
"""Characters of a vault's name that stand in this one; together within what a file system takes."""
_HIDDEN = 2  # FILE_ATTRIBUTE_HIDDEN


@dataclass(frozen=True, slots=True)
class Owner:
    """Who opened a vault.

    Attributes:
        account: The person's account name there.
        host: The computer's name.
        process: Its number there.
        since: UTC, as the journal writes it.
    """

    account: str
    host: str
    process: int
    since: str

    @property
    def here(self) -> bool:
        """Whether it is this computer."""
        return self.host == this_host()


def this_host() -> str:
    """This computer's name."""
    return platform.node()[:_LONGEST]


def ours(account: str, since: str) -> Owner:
    """This process as an owner."""
    return Owner(account[:_LONGEST], this_host(), os.getpid(), since)


def place_of(vault: Path) -> Path:
    """Where the file about a vault's owner lies."""
    name = vault.name
    if len(name) > _LONGEST_NAME:
        name = f"{name[:_LONGEST_NAME]}-{hashlib.sha256(os.fsencode(vault.name)).hexdigest()[:8]}"
    return vault.with_name(f".{name}.lock")


def read(vault: Path) -> Owner | None:
    """Who says to have the vault open; None where nobody does, or nothing sensible."""
    try:
        with open(place_of(vault), "rb", opener=at_once) as file:
            plain = json.loads(file.read(_LARGEST))
        account, host, since = (str(plain[name])[:_LONGEST] for name in ("account", "host", "since"))
        return Owner(account, host, int(plain["process"]), since)
    except (OSError, ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None


def write(vault: Path, owner: Owner) -> None:
    """Say that this process has the vault open."""
    plain = {
        "account": owner.account,
        "host": owner.host,
        "process": owner.process,
        "since": owner.since,
    }
    place = place_of(vault)
    with contextlib.suppress(OSError):
        # Made anew: what a killed program left may be hidden, and Windows opens no such file for writing.
        patience.remove(place, missing_ok=True)
        handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                # Half a surrogate pair, as the system has for a name without UTF-8, is read back as well.
                file.write(json.dumps(plain, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        except OSError:
            # Without room; nobody would know an empty one for theirs.
            patience.remove(place)
            raise
        if sys.platform == "win32":
            import ctypes  # noqa: PLC0415 - only there

            ctypes.windll.kernel32.SetFileAttributesW(str(place), _HIDDEN)


def withdraw(vault: Path, owner: Owner) -> None:
    """Take the file away, if it is still this owner's."""
    if read(vault) == owner:
        with contextlib.suppress(OSError):
            patience.remove(place_of(vault))
