"""The program's own settings on this computer: looks, recent files, locking. Never anything from a vault."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from tsguard.services.own_file import write_own

PORTABLE_MARK = "portable"
"""A file of that name beside the frozen program makes it portable."""
PORTABLE_FOLDER = "tsguard数据"
_FILE = "settings.json"
LONGEST_RECENT = 8
LOCK_AFTER_CHOICES = (1, 5, 10, 15, 30, 60, 0)
"""Minutes without a touch until the vault is locked; 0 for never."""

_GIB = 1024**3
BACKUP_BUDGET_CHOICES = (_GIB // 2, _GIB, 2 * _GIB, 5 * _GIB, 10 * _GIB, 50 * _GIB)
"""Bytes."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Recent:
    """A vault that was opened here.

    Attributes:
        path: Its file.
        opened_at: When, in UTC.
    """

    path: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Settings:
    """What is remembered between starts.

    Attributes:
        appearance: ``system``, ``light`` or ``dark``.
        remember_recent: Whether opened vaults are listed.
        recent: Newest first.
        folds: Names of the folds that the person closed.
        window: Where the window stood, in Qt's own bytes as base64; "" before the first time.
        lock_after_minutes: One of ``LOCK_AFTER_CHOICES``.
        lock_with_system: Whether the vault is locked with the computer: locked screen, sleep, other user.
        lock_when_minimised: Whether it is locked when the window is minimised.
        screenshots_blocked: Whether the window is kept out of screenshots and recordings, on Windows.
        backup_automatic: Whether a vault that changed is backed up when it is locked.
        backup_folder: A folder that backups go to as well; "" for none.
        backup_budget: Bytes of one vault's backups in one folder, one of ``BACKUP_BUDGET_CHOICES``.
    """

    appearance: str = "system"
    remember_recent: bool = True
    recent: tuple[Recent, ...] = field(default=(), repr=False)
    folds: tuple[str, ...] = ()
    window: str = ""
    lock_after_minutes: int = 10
    lock_with_system: bool = True
    lock_when_minimised: bool = False
    screenshots_blocked: bool = False
    backup_automatic: bool = True
    backup_folder: str = field(default="", repr=False)
    backup_budget: int = 2 * _GIB

    def opened(self, path: Path, at: datetime | None = None) -> Settings:
        """With a vault put first among the recent ones, where they are remembered."""
        if not self.remember_recent:
            return self
        entry = Recent(str(path.absolute()), at or datetime.now(UTC))
        others = tuple(each for each in self.recent if each.path != entry.path)
        return replace(self, recent=(entry, *others)[:LONGEST_RECENT])

    def placed(self, window: str) -> Settings:
        """With the window's place."""
        return replace(self, window=window)

    def forgotten(self, path: str | None = None) -> Settings:
        """Without one recent vault, or without all of them."""
        return replace(
            self, recent=tuple(each for each in self.recent if path is not None and each.path != path)
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where the program keeps what is its own: settings, keys, own modules, packs, backups.

    Attributes:
        file: The settings; everything else lies beside them.
        portable: Whether that is a folder beside the program, which is carried along, and nothing of the
            program's own goes to the person's profile.
    """

    file: Path
    portable: bool = False

    @property
    def folder(self) -> Path:
        """The folder of all of it."""
        return self.file.parent


def place_of(
    *,
    frozen: bool,
    executable: Path,
    environment: Mapping[str, str],
    platform: str = sys.platform,
    home: Path | None = None,
) -> Place:
    """Decide where the program's own things lie.

    Beside a frozen program with a file named ``portable`` next to it; else in the person's profile, at the
    place that Qt calls the generic configuration.

    Args:
        frozen: Whether the program was built into one folder; only such a one can be portable.
        executable: What was started.
        environment: Of the process.
        platform: Python's name of the system.
        home: The person's home; asked from the system by default.
    """
    if frozen and os.path.isfile(executable.parent / PORTABLE_MARK):  # noqa: PTH113 - must not raise
        return Place(executable.parent / PORTABLE_FOLDER / _FILE, portable=True)
    if platform == "win32":
        told = environment.get("LOCALAPPDATA", "")
        profile = Path(told) if told else (home or Path.home()) / "AppData" / "Local"
    elif platform == "darwin":
        profile = (home or Path.home()) / "Library" / "Preferences"
    else:
        told = environment.get("XDG_CONFIG_HOME", "")
        profile = Path(told) if told.startswith("/") else (home or Path.home()) / ".config"
    return Place(profile / "tsguard" / _FILE)


def this_place() -> Place:
    """Where the own things of this very program lie."""
    return place_of(
        frozen=bool(getattr(sys, "frozen", False)),
        executable=Path(sys.executable),
        environment=os.environ,
    )


def settings_file() -> Path:
    """Where the settings of this person lie."""
    return this_place().file


def can_keep(place: Place) -> bool:
    """Whether anything can be kept at a place; its folder is there then.

    A CD and a locked stick say no at once, and what is set then holds for this run only.
    """
    probe = place.folder / f"probe-{os.urandom(4).hex()}.tmp"
    try:
        place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.touch(mode=0o600, exist_ok=False)
        probe.unlink()
    except OSError:
        return False
    return True


def stay_in(place: Place) -> None:
    """Let temporary files lie in a portable program's folder, too; the first thing at a start.

    Where nothing can be kept they go to the computer's own temporary folder, since tables can't be written
    without any. It changes this process: what Python, Qt and the libraries take for the temporary folder.
    """
    if not place.portable or not can_keep(place):
        return
    folder = place.folder / "temp"
    with contextlib.suppress(OSError):
        import tempfile  # noqa: PLC0415 - start-up time

        folder.mkdir(mode=0o700, exist_ok=True)
        tempfile.tempdir = str(folder)
        for name in ("TMPDIR", "TEMP", "TMP"):
            os.environ[name] = str(folder)


def own_folder(settings: Path | None = None) -> Path:
    """The folder of the person's own modules and programmes, beside their settings.

    Args:
        settings: The settings file; the person's own by default.
    """
    return (settings or settings_file()).parent / "checklists"


def packs_folder(settings: Path | None = None) -> Path:
    """The folder of the content pack that is used on this computer, beside the person's settings.

    Args:
        settings: The settings file; the person's own by default.
    """
    return (settings or settings_file()).parent / "packs"


def keys_folder(settings: Path | None = None) -> Path:
    """The folder of the keys that the operating system keeps for this person, beside their settings.

    Args:
        settings: The settings file; the person's own by default.
    """
    return (settings or settings_file()).parent / "keys"


def load_settings(file: Path) -> Settings:
    """The settings of a file; the defaults where it is missing or not understood."""
    try:
        return _from_plain(json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Settings()


def save_settings(file: Path, settings: Settings) -> None:
    """Replace the settings file whole. Settings that can't be written are not worth an error."""
    with contextlib.suppress(OSError, UnicodeEncodeError):  # a path may hold half a surrogate pair
        write_own(file, json.dumps(_to_plain(settings), ensure_ascii=False).encode())


# By hand and not by ``domain.codec``: that one's library takes longer to import than the start page to show.


def _to_plain(settings: Settings) -> dict[str, Any]:
    return {
        "appearance": settings.appearance,
        "remember_recent": settings.remember_recent,
        "recent": [{"path": each.path, "opened_at": each.opened_at.isoformat()} for each in settings.recent],
        "folds": list(settings.folds),
        "window": settings.window,
        "lock_after_minutes": settings.lock_after_minutes,
        "lock_with_system": settings.lock_with_system,
        "lock_when_minimised": settings.lock_when_minimised,
        "screenshots_blocked": settings.screenshots_blocked,
        "backup_automatic": settings.backup_automatic,
        "backup_folder": settings.backup_folder,
        "backup_budget": settings.backup_budget,
    }


def _from_plain(plain: Any) -> Settings:
    """The settings of parsed JSON; what is missing is as by default, what is unknown is left out.

    Raises:
        ValueError: A value has another shape; also TypeError and KeyError.
    """
    default = Settings()
    minutes = _shaped(plain.get("lock_after_minutes", default.lock_after_minutes), int)
    budget = _shaped(plain.get("backup_budget", default.backup_budget), int)
    recent = tuple(
        Recent(_shaped(each["path"], str), datetime.fromisoformat(each["opened_at"]).astimezone(UTC))
        for each in _shaped(plain.get("recent", []), list)
    )
    return Settings(
        appearance=_shaped(plain.get("appearance", default.appearance), str),
        remember_recent=_shaped(plain.get("remember_recent", default.remember_recent), bool),
        recent=recent[:LONGEST_RECENT],
        folds=tuple(_shaped(name, str) for name in _shaped(plain.get("folds", []), list)),
        window=_shaped(plain.get("window", default.window), str),
        # A number nobody could have chosen must not keep a vault open longer than the default does.
        lock_after_minutes=int(minutes) if minutes in LOCK_AFTER_CHOICES else default.lock_after_minutes,
        lock_with_system=_shaped(plain.get("lock_with_system", default.lock_with_system), bool),
        lock_when_minimised=_shaped(plain.get("lock_when_minimised", default.lock_when_minimised), bool),
        screenshots_blocked=_shaped(plain.get("screenshots_blocked", default.screenshots_blocked), bool),
        backup_automatic=_shaped(plain.get("backup_automatic", default.backup_automatic), bool),
        backup_folder=_shaped(plain.get("backup_folder", default.backup_folder), str),
        backup_budget=int(budget) if budget in BACKUP_BUDGET_CHOICES else default.backup_budget,
    )


def _shaped(value: Any, kind: type[T]) -> T:
    if not isinstance(value, kind):
        message = f"not a {kind.__name__}"
        raise TypeError(message)
    return value
