"""The program's own settings on this computer: appearance and recent files. Never anything from a vault."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

LONGEST_RECENT = 8

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
    """

    appearance: str = "system"
    remember_recent: bool = True
    recent: tuple[Recent, ...] = field(default=(), repr=False)
    folds: tuple[str, ...] = ()
    window: str = ""

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


def settings_file() -> Path:
    """Where the settings of this person lie: the place that Qt calls the generic configuration."""
    return _configuration() / "tsguard" / "settings.json"


def own_folder(settings: Path | None = None) -> Path:
    """The folder of the person's own modules and programmes, beside their settings.

    Args:
        settings: The settings file; the person's own by default.
    """
    return (settings or settings_file()).parent / "checklists"


def _configuration() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Preferences"
    told = os.environ.get("XDG_CONFIG_HOME", "")
    return Path(told) if told.startswith("/") else Path.home() / ".config"


def load_settings(file: Path) -> Settings:
    """The settings of a file; the defaults where it is missing or not understood."""
    try:
        return _from_plain(json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Settings()


def save_settings(file: Path, settings: Settings) -> None:
    """Replace the settings file whole. Settings that can't be written are not worth an error."""
    temporary = file.with_suffix(".tmp")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(_to_plain(settings), ensure_ascii=False), encoding="utf-8")
        os.replace(temporary, file)  # noqa: PTH105 - atomic on every system
    except (OSError, UnicodeEncodeError):  # a path may hold half a surrogate pair
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


# By hand and not by ``domain.codec``: that one's library takes longer to import than the start page to show.


def _to_plain(settings: Settings) -> dict[str, Any]:
    return {
        "appearance": settings.appearance,
        "remember_recent": settings.remember_recent,
        "recent": [{"path": each.path, "opened_at": each.opened_at.isoformat()} for each in settings.recent],
        "folds": list(settings.folds),
        "window": settings.window,
    }


def _from_plain(plain: Any) -> Settings:
    """The settings of parsed JSON; what is missing is as by default, what is unknown is left out.

    Raises:
        ValueError: A value has another shape; also TypeError and KeyError.
    """
    default = Settings()
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
    )


def _shaped(value: Any, kind: type[T]) -> T:
    if not isinstance(value, kind):
        message = f"not a {kind.__name__}"
        raise TypeError(message)
    return value
