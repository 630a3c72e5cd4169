"""A list of the shipped files with their SHA-256, made when a program is built and compared where it runs.

It finds what was damaged, lost or left behind, by a disk, a copy or an antivirus. It is no seal: who can
change a file can change the list; the installer's signature is for that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LISTING = "resources/files.json"
_FOLDERS = ("resources", "checklists")


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison with the list showed.

    Attributes:
        listed: How many files the list names.
        missing: Listed and not there.
        changed: There with another content, or not to be read.
        unlisted: There and not listed.
    """

    listed: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    unlisted: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether every file is as it was when the list was made, and there is no other."""
        return not (self.missing or self.changed or self.unlisted)


def write_listing(folder: Path) -> Path:
    """Write the list; the build's last step before it packs.

    Args:
        folder: The installed package, with ``resources`` and ``checklists`` in it.

    Returns:
        The list's file, ``resources/files.json``: an object of SHA-256 by path, ``/`` between its parts.

    Raises:
        FileNotFoundError: One of the two folders is not there.
        OSError: A file can't be read, or the list not be written.
    """
    for name in _FOLDERS:
        if not (folder / name).is_dir():
            raise FileNotFoundError(folder / name)
    found = {name: _sha256(folder / name) for name in _names(folder)}
    target = folder / LISTING
    target.write_bytes((json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
    return target


def compare_listing(folder: Path) -> Compared | None:
    """Compare the files that are there with the list; None where there is none, as in a checkout.

    Args:
        folder: As for ``write_listing``.

    Raises:
        ValueError: The list is no list.
        OSError: It can't be read.
    """
    file = folder / LISTING
    if not file.is_file():
        return None
    listed = json.loads(file.read_bytes())
    if not isinstance(listed, dict):
        raise ValueError("files.json")
    there = set(_names(folder))
    return Compared(
        len(listed),
        tuple(sorted(listed.keys() - there)),
        tuple(sorted(name for name in listed.keys() & there if _digest(folder / name) != listed[name])),
        tuple(sorted(there - listed.keys())),
    )


def _names(folder: Path) -> Iterator[str]:
    paths = (path for name in _FOLDERS for path in (folder / name).rglob("*") if path.is_file())
    for name in sorted(path.relative_to(folder).as_posix() for path in paths):
        if name != LISTING and "/__pycache__/" not in name:
            yield name


def _digest(file: Path) -> str:
    try:
        return _sha256(file)
    except OSError:
        return ""


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
