"""Which backups are kept: a pure function of their names and sizes. It must not touch a file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

DEFAULT_BUDGET = 2 * 1024 * 1024 * 1024
"""Bytes of one vault's backups in one folder."""

_LAST, _DAYS, _WEEKS, _MONTHS = 3, 7, 4, 12
_FEWEST = 2
_PAGE = 4096


class Reason(StrEnum):
    """Why a backup was made; the value is the word at the end of its file's name, "" for none."""

    AUTOMATIC = ""
    ASKED = "手动"
    BEFORE_UPGRADE = "升级前"
    BEFORE_RESTORE = "恢复前"
    BEFORE_PASSPHRASE = "改口令前"
    AFTER_PASSPHRASE = "改口令后"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as its file shows without any passphrase.

    Attributes:
        path: The file.
        stem: The name of the vault's file when it was made, without ending.
        lineage: Whose: 12 hexadecimal digits, the same for a vault and all copies of it.
        when: The local time in its name.
        reason: Why it was made.
        size: In bytes.
        key_id: A name for its key, 8 hexadecimal digits; "" where it has no vault's header or is open here.
        chosen: Whether it lies in the folder that the person chose, not in the local one.
    """

    path: Path
    stem: str
    lineage: str
    when: datetime
    reason: Reason
    size: int
    key_id: str
    chosen: bool = False

    @property
    def sound(self) -> bool:
        """Whether header and length are those of a vault; what is inside only its key can tell."""
        return bool(self.key_id) and self.size > 0 and self.size % _PAGE == 0


@dataclass(frozen=True, slots=True)
class Kept:
    """What a thinning keeps and what it drops, each newest first.

    Attributes:
        kept: These stay.
        dropped: These may go.
    """

    kept: tuple[Backup, ...]
    dropped: tuple[Backup, ...]


def keep(backups: Iterable[Backup], proven: Backup, *, budget: int = DEFAULT_BUDGET) -> Kept:
    """Thin the backups of one vault in one folder, once a new one is proven.

    Of those under the same key and not later than the new one there stay: the last 3; the last 3 made for
    each reason; the newest of each of the last 7 days, 4 weeks and 12 months on which there was any. So a
    long pause takes nothing away, and a clock that was wrong once costs one day, week and month, not all. If
    they are larger than the budget, the oldest go, but never the newest two.

    Whatever is dated later than the new one, so by a clock that was wrong, whatever is under another key, and
    whatever is no sound vault is left alone and takes nobody's place; the budget counts only what is under
    the same key.

    Args:
        backups: Of one lineage and one folder; the new one may be among them.
        proven: The one that was just made and proven.
        budget: In bytes.
    """
    others = {each.path: each for each in backups if each.path != proven.path}
    thinned = [each for each in others.values() if _of_a_kind(each, proven) and each.when <= proven.when]
    ranked = [proven, *sorted(thinned, key=_age, reverse=True)]
    wanted = set(ranked[:_LAST])
    for reason in Reason:
        wanted.update([each for each in ranked if each.reason is reason][:_LAST])
    for period, count in ((_day, _DAYS), (_week, _WEEKS), (_month, _MONTHS)):
        wanted.update(_newest_of_each(ranked, period, count))
    later = sum(each.size for each in others.values() if _of_a_kind(each, proven) and each.when > proven.when)
    staying = [each for each in ranked if each in wanted]
    while len(staying) > _FEWEST and later + sum(each.size for each in staying) > budget:
        staying.pop()
    dropped = [each for each in ranked if each not in staying]
    gone = {each.path for each in dropped}
    kept = [each for each in (proven, *others.values()) if each.path not in gone]
    return Kept(tuple(sorted(kept, key=_age, reverse=True)), tuple(dropped))


def _of_a_kind(each: Backup, proven: Backup) -> bool:
    return each.sound and (each.lineage, each.key_id) == (proven.lineage, proven.key_id)


def _age(each: Backup) -> tuple[datetime, str]:
    return each.when, str(each.path)


def _newest_of_each(
    ranked: Iterable[Backup], period: Callable[[datetime], Hashable], count: int
) -> list[Backup]:
    newest: dict[Hashable, Backup] = {}
    for each in ranked:
        newest.setdefault(period(each.when), each)
    return list(newest.values())[:count]


def _day(when: datetime) -> Hashable:
    return when.date()


def _week(when: datetime) -> Hashable:
    return when.isocalendar()[:2]


def _month(when: datetime) -> Hashable:
    return when.year, when.month
