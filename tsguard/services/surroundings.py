"""What can be seen of a vault file without its passphrase: its first bytes, its length, what lies beside it.

It must not change anything, nor open a file that is open in this process.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tsguard.store.claim import Claim
from tsguard.store.driver import PAGE_SIZE, log_of
from tsguard.store.header import LENGTH, MAGIC


class Leftover(StrEnum):
    """What else lies beside a vault."""

    LOG = "log"
    """Belongs to it; it is taken over when it is opened."""
    ORPHAN = "orphan"
    """A log that belonged to a file that is no longer there."""
    DRAFT = "draft"
    """Left by work that was broken off; the next opening removes it."""
    OLD_FORMAT = "old-format"
    """A copy made before its tables were changed."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A file beside a vault.

    Attributes:
        name: Its name.
        kind: What it is.
        size: In bytes.
    """

    name: str
    kind: Leftover
    size: int


@dataclass(frozen=True, slots=True)
class Outside:
    """What can be seen of a file without its passphrase.

    Attributes:
        path: The file.
        size: In bytes.
        vault: Whether its first bytes are a vault's.
        profile: Number of its key profile; 0 where it is no vault.
        whole: Whether its length is one that a vault at rest has.
        beside: What lies beside it.
    """

    path: Path
    size: int
    vault: bool
    profile: int
    whole: bool
    beside: tuple[Beside, ...]


def outside(path: Path) -> Outside:
    """What can be seen without the passphrase; nothing is opened that is open in this process.

    Raises:
        VaultMissing: There is no such file.
        VaultInUse: Somebody has it open.
        Unreadable: The operating system won't read it.
    """
    claim = Claim(path, take_over=True)
    try:
        start, size = claim.read(0, LENGTH), claim.size
    finally:
        claim.release()
    vault = len(start) == LENGTH and start.startswith(MAGIC)
    log = any(each.kind is Leftover.LOG for each in beside(path))
    return Outside(
        path,
        size,
        vault,
        start[len(MAGIC)] if vault else 0,
        log or (size >= PAGE_SIZE and size % PAGE_SIZE == 0),
        beside(path),
    )


def beside(path: Path) -> tuple[Beside, ...]:
    """The leftovers beside a vault, by name."""
    stem = path.name[:40]
    found = []
    try:
        names = sorted(each.name for each in path.absolute().parent.iterdir())
    except OSError:
        return ()
    for name in names:
        kind = None
        if name == log_of(path).name:
            kind = Leftover.LOG
        elif name.startswith(path.name) and name.endswith("-wal.orphan"):
            kind = Leftover.ORPHAN
        elif name.startswith((f".{stem}.tmp-", f".{stem}.away")):
            kind = Leftover.DRAFT
        elif name.startswith(f"{path.stem[:60]}.v") and name.endswith(path.suffix) and name != path.name:
            kind = Leftover.OLD_FORMAT
        if kind is None:
            continue
        try:
            size = path.with_name(name).stat().st_size
        except OSError:
            continue
        if size or kind is not Leftover.LOG:
            found.append(Beside(name, kind, size))
    return tuple(found)
