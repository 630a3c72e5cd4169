"""What was backed up last, in a small file beside the local backups: hashes and moments, nothing of a vault.

Not worth an error: without it the next backup comes too early rather than too late.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tsguard.services.backup_files import folder_of
from tsguard.services.own_file import write_own
from tsguard.store.at_once import not_by_link

_LEDGER = ".state.json"
_LARGEST_LEDGER = 16 * 1024


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was backed up last; "" for nothing.

    Attributes:
        local_head: Hash of the newest journal entry in the last local backup, 64 hexadecimal digits.
        local_at: When that was made, in ISO format.
        chosen_head: As ``local_head``, of the last one in the chosen folder.
        chosen_folder: Which folder that was.
        waiting_since: Since when backups could not be put there, in ISO format.
        skipped: Whether the last one was due and given up by the person.
    """

    local_head: str = ""
    local_at: str = ""
    chosen_head: str = ""
    chosen_folder: str = ""
    waiting_since: str = ""
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """The vault that is backed up.

    Attributes:
        lineage: The same for it and all its copies, 12 hexadecimal digits.
        stem: The name of its file, without ending.
        head: Hash of its newest journal entry.
    """

    lineage: str
    stem: str
    head: str


def _ledger_file(local: Path, subject: Subject) -> Path:
    return folder_of(local, subject.lineage, subject.stem) / _LEDGER


def read_ledger(local: Path, subject: Subject) -> Ledger:
    """What is known of a vault; nothing where the file is missing or not understood.

    Args:
        local: The local place of backups.
        subject: The vault.
    """
    try:
        with open(_ledger_file(local, subject), "rb", opener=not_by_link) as file:
            plain = json.loads(file.read(_LARGEST_LEDGER))
        return Ledger(
            local_head=_text(plain.get("local_head")),
            local_at=_text(plain.get("local_at")),
            chosen_head=_text(plain.get("chosen_head")),
            chosen_folder=_text(plain.get("chosen_folder")),
            waiting_since=_text(plain.get("waiting_since")),
            skipped=plain.get("skipped") is True,
        )
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return Ledger()


def write_ledger(local: Path, subject: Subject, ledger: Ledger) -> None:
    """Keep it for the next time, where that can be written."""
    file = _ledger_file(local, subject)
    plain = {name: getattr(ledger, name) for name in Ledger.__dataclass_fields__}
    with contextlib.suppress(OSError, UnicodeEncodeError):
        write_own(file, json.dumps(plain).encode("ascii"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def moment_of(text: str) -> datetime | None:
    """A moment of the ledger; None where it is none."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if text else None
    except (ValueError, OverflowError, OSError):
        return None
