"""Which state of each vault this computer has seen last, to notice an older one at its place.

A whole file that is put back passes every check inside it; only somebody outside can remember that there was
a newer one. Kept is a hash of the journal's head with its length and the time, under the vault's lineage: no
path, no name, nothing that opens anything. It must not raise: what can't be read or written is forgotten.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from tsguard.errors import patience
from tsguard.i18n import _
from tsguard.services.moments import local
from tsguard.services.own_file import write_own

_MOST = 200
_LARGEST = 256 * 1024
_LONGEST_JOURNAL = 2**53
_LINEAGE = re.compile(r"[0-9a-f]{12}")
_HEAD = re.compile(r"[0-9a-f]{32}")
_LINEAGE_LENGTH = 12
_OUTCOMES = frozenset({"sound", "recoverable", "lost"})
_LABEL = "tsguard seen "


@dataclass(frozen=True, slots=True)
class Seen:
    """A state of a vault.

    Attributes:
        lineage: The same for a vault and its copies, 12 hexadecimal digits.
        head: A hash of the newest journal entry's hash, 32 hexadecimal digits.
        length: Number of that entry.
        at: When it was seen, in UTC.
        checked: The last examination; None where there was none.
    """

    lineage: str
    head: str
    length: int
    at: datetime
    checked: Checked | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The last examination of a vault on this computer.

    Attributes:
        outcome: Its class, a word of ``health.Outcome``.
        at: When, in UTC.
    """

    outcome: str
    at: datetime


class Standing(StrEnum):
    """How a vault's state relates to the newest one that was seen here."""

    UNKNOWN = "unknown"
    UNCHANGED = "unchanged"
    NEWER = "newer"
    OLDER = "older"
    DIVERGED = "diverged"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the comparison says.

    Attributes:
        standing: How the states relate.
        missing: For an older state, how many journal entries it lacks.
        since: When the newer state was last seen, in UTC; None where none was.
    """

    standing: Standing
    missing: int = 0
    since: datetime | None = None


class SeenStates:
    """The states that this computer has seen, in a file beside the settings."""

    def __init__(self, settings: Path, *, on: bool = True) -> None:
        """Make it.

        Args:
            settings: The settings' file.
            on: Whether opened vaults are remembered at all; as for the list of recent files.
        """
        self._file = settings.with_name("seen.json")
        self._on = on

    def compare(
        self, lineage: str, head: str, length: int, hash_at: Callable[[int], str] = lambda _number: ""
    ) -> Comparison:
        """Compare a vault's state with the newest one seen here.

        Args:
            lineage: Its lineage.
            head: Hash of its newest journal entry.
            length: Number of that.
            hash_at: Gives the hash of an entry by its number, "" where there is none.
        """
        known = next((each for each in self._read() if each.lineage == lineage), None) if self._on else None
        if known is None:
            return Comparison(Standing.UNKNOWN)
        if length < known.length:
            return Comparison(Standing.OLDER, known.length - length, known.at)
        at_that_time = head if length == known.length else hash_at(known.length)
        if _blind(at_that_time) != known.head:
            return Comparison(Standing.DIVERGED, 0, known.at)
        return Comparison(Standing.UNCHANGED if length == known.length else Standing.NEWER, 0, known.at)

    def note(self, lineage: str, head: str, length: int, at: datetime | None = None) -> None:
        """Remember a state as the newest one, whatever was remembered before."""
        if not self._on or not _LINEAGE.fullmatch(lineage) or not head:
            return
        known = self._read()
        checked = next((each.checked for each in known if each.lineage == lineage), None)
        entry = Seen(lineage, _blind(head), length, (at or datetime.now(UTC)).astimezone(UTC), checked)
        self._write([entry, *(each for each in known if each.lineage != lineage)][:_MOST])

    def note_check(self, first_hash: str, outcome: str, at: datetime) -> None:
        """Remember an examination of a vault that was seen.

        Args:
            first_hash: Hash of its first journal entry, of which the lineage is the beginning.
            outcome: The class.
            at: When.
        """
        if self._on:
            mine = first_hash[:_LINEAGE_LENGTH]
            checked = Checked(outcome, at.astimezone(UTC))
            known = self._read()
            self._write([replace(each, checked=checked) if each.lineage == mine else each for each in known])

    def last_check(self, lineage: str) -> Checked | None:
        """The last examination of a vault; None where there was none, or nobody remembers."""
        known = self._read() if self._on else []
        return next((each.checked for each in known if each.lineage == lineage), None)

    def forget(self) -> None:
        """Forget everything; where opened vaults shall not be remembered."""
        with contextlib.suppress(OSError):
            patience.remove(self._file)

    def _read(self) -> list[Seen]:
        try:
            with self._file.open("rb") as file:
                plain = json.loads(file.read(_LARGEST))
            found = [_seen(each) for each in plain["states"][:_MOST]]
        except (OSError, ValueError, TypeError, KeyError, RecursionError, OverflowError):
            return []
        return [each for each in found if each is not None]

    def _write(self, states: list[Seen]) -> None:
        plain = {
            "states": [
                {
                    "vault": each.lineage,
                    "head": each.head,
                    "length": each.length,
                    "at": each.at.isoformat(),
                }
                | (
                    {"outcome": each.checked.outcome, "checked_at": each.checked.at.isoformat()}
                    if each.checked
                    else {}
                )
                for each in states
            ]
        }
        with contextlib.suppress(OSError):
            write_own(self._file, json.dumps(plain).encode("ascii"))


def _blind(head: str) -> str:
    """The head's hash: the head itself stands in reports, and need not be found here."""
    return hashlib.sha256((_LABEL + head).encode()).hexdigest()[:32]


def _seen(plain: object) -> Seen | None:
    if not isinstance(plain, dict):
        return None
    lineage, head, length, at = (plain.get(name) for name in ("vault", "head", "length", "at"))
    if (
        not (isinstance(lineage, str) and _LINEAGE.fullmatch(lineage))
        or not (isinstance(head, str) and _HEAD.fullmatch(head))
        or type(length) is not int
        or not 0 < length < _LONGEST_JOURNAL
        or not isinstance(at, str)
    ):
        return None
    try:
        outcome, when = plain.get("outcome"), plain.get("checked_at")
        checked = None
        if isinstance(outcome, str) and outcome in _OUTCOMES and isinstance(when, str):
            checked = Checked(outcome, datetime.fromisoformat(when).astimezone(UTC))
        return Seen(lineage, head, length, datetime.fromisoformat(at).astimezone(UTC), checked)
    except (ValueError, OverflowError, OSError):  # the last for a year that Windows does not know
        return None


def sentence(found: Comparison) -> str:
    """What the person should know about an older or another state, in one sentence; "" for nothing."""
    when = local(found.since) if found.since else None
    words = {
        Standing.OLDER: _(
            "这个文件比这台电脑{when}见过的旧，少{count}条改动；如果不是有意恢复的，请先找到较新的那一份。"
        ),
        Standing.DIVERGED: _(
            "这个文件与这台电脑{when}见过的不是同一份：两边各自改动过；如果不是有意恢复的，请确认要用的是哪一份。"
        ),
    }.get(found.standing, "")
    if not words or when is None:
        return ""
    return words.format(when=_("{day:%Y-%m-%d %H:%M}").format(day=when), count=f"{found.missing:,}")
