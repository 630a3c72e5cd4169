"""Where backups lie and what they are called; which there are, without any passphrase.

Each vault has a folder of its own in each place, ``<name of its file>-<lineage>``, and in it files such as
``企业 2026-11-23 101530 升级前.tsg``, in local time. Whatever is called otherwise, is a link or no ordinary
file is nobody's backup and left alone. This module must not open a vault.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tsguard.errors import BackupFolderGone, WriteFailed, from_os, patience
from tsguard.services.backup_plan import Backup, Reason
from tsguard.services.settings import Settings, this_place
from tsguard.store.glance import glance

_LONGEST_STEM = 60
_MOST = 20_000
"""Entries of one folder that are looked at."""
_SUFFIX = ".tsg"
_MOMENT = "%Y-%m-%d %H%M%S"
_FOLDER = re.compile(r"(?P<stem>.+)-(?P<lineage>[0-9a-f]{12})", re.DOTALL)
_REASONS = "|".join(re.escape(reason.value) for reason in Reason if reason.value)
_NAME = re.compile(
    r"(?P<stem>.+) (?P<moment>\d{4}-\d{2}-\d{2} \d{6})"
    rf"(?: (?P<reason>{_REASONS}))?(?: (?P<number>[1-9]\d{{0,3}}))?\.tsg",
    re.DOTALL | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where backups go.

    Attributes:
        local: The person's own folder on this computer; made where it is missing.
        chosen: A folder that the person chose as well, such as a USB stick's; None for none.
    """

    local: Path
    chosen: Path | None = None

    def roots(self) -> tuple[Path, ...]:
        """Both, or the local one."""
        return (self.local,) if self.chosen is None else (self.local, self.chosen)


def backups_root(settings: Path | None = None) -> Path:
    """The local place of this person: the one that Qt calls the generic data location.

    Args:
        settings: The settings file; where it is not the person's own, its folder is taken.

    A portable program keeps them beside its settings, too.
    """
    place = this_place()
    if place.portable or (settings is not None and settings != place.file):
        return (settings or place.file).parent / "backups"
    if sys.platform == "win32":
        data = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        data = Path.home() / "Library" / "Application Support"
    else:
        told = os.environ.get("XDG_DATA_HOME", "")
        data = Path(told) if told.startswith("/") else Path.home() / ".local" / "share"
    return data / "tsguard" / "backups"


def places_of(settings: Settings, file: Path | None = None) -> Places:
    """Where this person's backups go.

    Args:
        settings: The person's.
        file: Where they lie; the person's own place by default.
    """
    local = backups_root(file)
    chosen = Path(settings.backup_folder) if settings.backup_folder else None
    return Places(local, None if chosen == local else chosen)


def folder_of(root: Path, lineage: str, stem: str) -> Path:
    """A vault's folder in a place: the one there is, whatever it was called then, or a new one's name."""
    for folder, _stem, found in _folders(root):
        if found == lineage:
            return folder
    return root / f"{_short(stem)}-{lineage}"


def made_folder(root: Path, lineage: str, stem: str, *, chosen: bool) -> Path:
    """A vault's folder in a place, there by now.

    Args:
        root: The place.
        lineage: The vault's.
        stem: The name of its file.
        chosen: Whether the person chose that place; it is then not made, since it may be a stick's.

    Raises:
        BackupFolderGone: The chosen place is not there.
        StorageError: The folder can't be made.
    """
    if chosen and not is_there(root):
        raise BackupFolderGone(root)
    folder = folder_of(root, lineage, stem)
    try:
        if folder.is_symlink():
            # What is written through it is never found again, and so never thinned.
            raise WriteFailed(folder, "link")
        folder.mkdir(mode=0o700, parents=not chosen, exist_ok=True)
    except OSError as error:
        raise from_os(folder, error) from error
    return folder


def is_there(root: Path) -> bool:
    """Whether a place is a folder that answers; a network drive that is gone gives errors of many kinds."""
    try:
        return root.is_dir()
    except (OSError, ValueError):
        return False


def free_names(folder: Path, stem: str, when: datetime, reason: Reason) -> Iterator[Path]:
    """Names for a backup of that moment, best first; the caller takes the first that is free."""
    parts = [_short(stem), f"{when.astimezone():{_MOMENT}}", reason.value]
    name = " ".join(part for part in parts if part)
    yield folder / f"{name}{_SUFFIX}"
    for number in range(2, 1000):
        yield folder / f"{name} {number}{_SUFFIX}"


def list_backups(places: Places, lineage: str | None = None) -> tuple[Backup, ...]:
    """The backups there are, newest first; what can't be read is left out.

    Args:
        places: Where to look.
        lineage: Of one vault; None for all.
    """
    found: list[Backup] = []
    for root in places.roots():
        for folder, _stem, whose in _folders(root):
            if lineage in {None, whose}:
                found.extend(_backups(folder, whose, chosen=root != places.local))
    return tuple(sorted(found, key=lambda each: (each.when, str(each.path)), reverse=True))


def read_backup(path: Path, lineage: str, *, chosen: bool = False) -> Backup | None:
    """A backup by its file; None where it is none."""
    name = _NAME.fullmatch(path.name)
    outside = glance(path) if name else None
    if name is None or outside is None:
        return None
    try:
        when = datetime.strptime(name["moment"], _MOMENT).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    return Backup(
        path=path,
        stem=name["stem"],
        lineage=lineage,
        when=when,
        reason=Reason(name["reason"] or ""),
        size=outside.size,
        key_id=outside.key_id,
        chosen=chosen,
    )


def remove(backups: tuple[Backup, ...]) -> tuple[Backup, ...]:
    """Take backups away; those that could not be taken away.

    A file that is no longer what was listed, such as one that was put there meanwhile, stays.
    """
    left: list[Backup] = []
    for each in backups:
        if read_backup(each.path, each.lineage, chosen=each.chosen) != each:
            if each.path.exists():
                left.append(each)
            continue
        try:
            patience.remove(each.path, missing_ok=True)
        except OSError:
            left.append(each)
    return tuple(left)


def _backups(folder: Path, lineage: str, *, chosen: bool) -> Iterator[Backup]:
    for path in _entries(folder):
        found = read_backup(path, lineage, chosen=chosen)
        if found is not None:
            yield found


def _folders(root: Path) -> Iterator[tuple[Path, str, str]]:
    for path in _entries(root):
        name = _FOLDER.fullmatch(path.name)
        try:
            if name and path.is_dir() and not path.is_symlink():
                yield path, name["stem"], name["lineage"]
        except OSError:
            continue


def _entries(folder: Path) -> list[Path]:
    """A folder's entries by name, at most so many; none where it can't be read."""
    paths: list[Path] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                paths.append(folder / entry.name)
                if len(paths) >= _MOST:
                    break
    except (OSError, ValueError):
        pass
    return sorted(paths)


def _short(stem: str) -> str:
    return stem[:_LONGEST_STEM].rstrip(" .") or "vault"
