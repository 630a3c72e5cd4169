"""What a content pack carries: a manifest and content files, as a zip, the same bytes for the same files.

Reads only bytes whose signature was checked before, and still bounds everything; nothing is ever unpacked
onto the disk. It must not know what the content files mean.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tsguard.domain.visible import trimmed
from tsguard.errors import PackFault

MOST_FILES = 300
LARGEST_FILE = 4 * 1024 * 1024
"""Bytes of one file, as the content checker has it."""
LARGEST_WHOLE = 16 * 1024 * 1024
"""Bytes of all files together, unpacked."""
MOST_RATIO = 200
"""How many times its packed size a file may have; hand-written YAML has some 4."""
LONGEST_PUBLISHER = 80
LARGEST_NUMBER = 999_999

_MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 256 * 1024
_ROOT = "checklists/"
_FILE = re.compile(
    r"(?:core|basis|parameters|presets|(?:sectors|addons|programmes)/[A-Za-z0-9][A-Za-z0-9_-]{0,40})\.yaml"
)
_VERSION = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){1,3}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEYS = {"format", "number", "date", "publisher", "program", "files"}
_FORMAT = 1
_NO_CLOCK = (1980, 1, 1, 0, 0, 0)
_UNIX = 3


class PayloadFault(ValueError):
    """What is wrong with a payload.

    Attributes:
        fault: Which of the pack's faults it is.
    """

    def __init__(self, fault: PackFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack says of itself.

    Attributes:
        number: 1 to 999999; a later pack has a higher one.
        day: When it was made.
        publisher: Who made it, 1 to 80 visible characters.
        program: The version of the program that it needs at least, such as ``0.1.0``.
    """

    number: int
    day: date
    publisher: str
    program: str

    def __post_init__(self) -> None:
        """Hold every field against its bounds.

        Raises:
            PayloadFault: One is out of them.
        """
        sound = (
            1 <= self.number <= LARGEST_NUMBER
            and trimmed(self.publisher) == self.publisher
            and self.publisher.isprintable()
            and 1 <= len(self.publisher) <= LONGEST_PUBLISHER
            and _VERSION.fullmatch(self.program)
        )
        if not sound:
            raise PayloadFault(PackFault.MANIFEST)


def packed(manifest: Manifest, files: Mapping[str, bytes]) -> bytes:
    """The payload of a manifest and content files; the same bytes for the same content.

    Args:
        manifest: What the pack says of itself.
        files: By their names within the content folder, such as ``sectors/xic.yaml``.

    Raises:
        PayloadFault: A name or a size is out of bounds.
    """
    if not files or len(files) > MOST_FILES or not all(map(_FILE.fullmatch, files)):
        raise PayloadFault(PackFault.STRANGE_FILES)
    if max(map(len, files.values())) > LARGEST_FILE or sum(map(len, files.values())) > LARGEST_WHOLE:
        raise PayloadFault(PackFault.UNPACKS_TOO_LARGE)
    listed = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    said = {
        "format": _FORMAT,
        "number": manifest.number,
        "date": manifest.day.isoformat(),
        "publisher": manifest.publisher,
        "program": manifest.program,
        "files": listed,
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    entries = {_MANIFEST: text.encode(), **{_ROOT + name: files[name] for name in sorted(files)}}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, _NO_CLOCK)
            entry.create_system, entry.external_attr = _UNIX, (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def unpacked(payload: bytes) -> tuple[Manifest, dict[str, bytes]]:
    """The manifest and the content files of a payload, each held against the manifest's SHA-256.

    Raises:
        PayloadFault: Something about it is not as ``packed`` makes it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            entries = _bounded(archive)
            found = {entry.filename: _bytes(archive, entry) for entry in entries}
    except PayloadFault:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise PayloadFault(PackFault.DAMAGED) from error
    except RuntimeError as error:  # what zipfile raises for a locked entry
        raise PayloadFault(PackFault.STRANGE_FILES) from error
    manifest, listed = _manifest(found.pop(_MANIFEST))
    files = {name.removeprefix(_ROOT): data for name, data in found.items()}
    if listed != {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}:
        raise PayloadFault(PackFault.FILES_DIFFER)
    return manifest, files


def _bounded(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The entries, none of them read yet, where all of them are what a pack may have."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_FILES + 1 or len({name.casefold() for name in names}) != len(names):
        raise PayloadFault(PackFault.STRANGE_FILES)
    if _MANIFEST not in names:
        raise PayloadFault(PackFault.MANIFEST)
    for entry in entries:
        inside = entry.filename.startswith(_ROOT) and _FILE.fullmatch(entry.filename.removeprefix(_ROOT))
        plain = (
            entry.orig_filename == entry.filename
            and stat.S_ISREG(entry.external_attr >> 16)
            and entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
            and not entry.flag_bits & 1
        )
        if not plain or not (inside or entry.filename == _MANIFEST):
            raise PayloadFault(PackFault.STRANGE_FILES)
        most = _LARGEST_MANIFEST if entry.filename == _MANIFEST else LARGEST_FILE
        if entry.file_size > most or entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise PayloadFault(PackFault.UNPACKS_TOO_LARGE)
    if sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        raise PayloadFault(PackFault.UNPACKS_TOO_LARGE)
    return entries


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """An entry's content, of exactly the size that its directory says."""
    with archive.open(entry) as file:
        data = file.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise PayloadFault(PackFault.DAMAGED)
    return data


def _manifest(data: bytes) -> tuple[Manifest, dict[str, str]]:
    """What the pack says of itself, and the SHA-256 of each file by its name within the content folder."""
    try:
        said = json.loads(data.decode("utf-8"), object_pairs_hook=_each_once)
        if not isinstance(said, dict) or set(said) != _KEYS or said["format"] != _FORMAT:
            raise PayloadFault(PackFault.MANIFEST)
        number, listed, day = said["number"], said["files"], said["date"]
        texts = (day, said["publisher"], said["program"], *listed, *listed.values())
        # True is a whole number to Python.
        if type(number) is not int or not all(isinstance(each, str) for each in texts):
            raise PayloadFault(PackFault.MANIFEST)
        if not _DAY.fullmatch(day) or not all(map(_DIGEST.fullmatch, listed.values())):
            raise PayloadFault(PackFault.MANIFEST)
        return Manifest(number, date.fromisoformat(day), said["publisher"], said["program"]), listed
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, PayloadFault):
            raise
        raise PayloadFault(PackFault.MANIFEST) from error


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise PayloadFault(PackFault.MANIFEST)
    return found
