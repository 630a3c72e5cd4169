"""An .xlsx file from wherever to its parts, each looked at before it is unpacked or parsed.

The file may be hostile: sizes are bounded before anything is unpacked, document types are refused by the
parser itself in whatever encoding, and reading stops where there is more than any real workbook has. It
knows nothing of sheets and cells.
"""

from __future__ import annotations

import errno
import io
import os
import stat
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias
from xml.parsers import expat

from tsguard.errors import TSGuardError, Unreadable, WorkbookFault, WorkbookRefused

LARGEST = 5 * 1024 * 1024
"""Bytes of the file."""
LARGEST_UNPACKED = 50 * 1024 * 1024
"""Bytes of all its parts."""
MOST_PARTS = 1000
MOST_ELEMENTS = 1_000_000
"""Of all parts that are read."""
MOST_TEXT = 5_000_000
"""Characters of all texts that are read, each as often as it is used."""

WORKBOOK = "xl/workbook.xml"

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    }
)
"""Elements of any other (drawings, extensions) are passed over."""

Opened: TypeAlias = Callable[[str, Mapping[str, str]], None]
"""Told an element's name and its attributes, both without their namespaces."""


class Package:
    """The parts of one workbook.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        """Read the file and look at its table of contents.

        Raises:
            Unreadable: The operating system does not give us the file.
            WorkbookRefused: It is no .xlsx, has a password, is too large or damaged.
        """
        self.path = path
        self._elements = self._text = 0
        try:
            archive = zipfile.ZipFile(io.BytesIO(_read(path)))
        except TSGuardError:
            raise
        except Exception as error:
            raise self.refused(WorkbookFault.DAMAGED) from error
        infos = archive.infolist()
        # A part never unpacks to more than its declared size: zipfile stops there.
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
            raise self.refused(WorkbookFault.UNPACKS_TOO_LARGE)
        if any(info.flag_bits & 1 for info in infos):
            raise self.refused(WorkbookFault.ENCRYPTED)
        names = archive.namelist()
        if WORKBOOK not in names:
            raise self.refused(WorkbookFault.NOT_A_WORKBOOK)
        if len(set(names)) < len(names):
            # Two parts of one name: which of them a spreadsheet would show is anybody's guess.
            raise self.refused(WorkbookFault.DAMAGED)
        self._archive, self._names = archive, frozenset(names)

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return name in self._names

    def refused(self, fault: WorkbookFault) -> WorkbookRefused:
        """The error for this file."""
        return WorkbookRefused(self.path, fault)

    def count_text(self, length: int) -> None:
        """Count characters that were read.

        Raises:
            WorkbookRefused: There are more than any workbook of ours has.
        """
        self._text += length
        if self._text > MOST_TEXT:
            raise self.refused(WorkbookFault.UNPACKS_TOO_LARGE)

    def walk(
        self,
        name: str,
        opened: Opened,
        closed: Callable[[str], None] = lambda _name: None,
        said: Callable[[str], None] = lambda _text: None,
    ) -> None:
        """Parse a part, and tell of its elements and texts as they come.

        Raises:
            WorkbookRefused: It has a document type, or more elements than any workbook of ours.
            ExpatError: It is no XML.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True

        def start(tag: str, attributes: dict[str, str]) -> None:
            self._elements += 1
            if self._elements > MOST_ELEMENTS:
                raise self.refused(WorkbookFault.UNPACKS_TOO_LARGE)
            space, _gap, local = tag.rpartition(" ")
            if space in _NAMESPACES:
                opened(local, {key.rpartition(" ")[2]: value for key, value in attributes.items()})

        def end(tag: str) -> None:
            space, _gap, local = tag.rpartition(" ")
            if space in _NAMESPACES:
                closed(local)

        def refuse(*_declared: object) -> None:
            raise self.refused(WorkbookFault.DAMAGED)

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = said
        # Without a document type there is no entity: nothing grows, nothing is fetched.
        parser.StartDoctypeDeclHandler = refuse
        parser.EntityDeclHandler = refuse
        parser.Parse(self._archive.read(name), True)


def _read(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable(path, os.strerror(errno.EINVAL))
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(path, getattr(error, "strerror", None) or "error") from error
    if data.startswith(_COMPOUND):
        raise WorkbookRefused(path, WorkbookFault.ENCRYPTED if _ENCRYPTED in data else WorkbookFault.OLD)
    if not data.startswith(b"PK"):
        raise WorkbookRefused(path, WorkbookFault.NOT_A_WORKBOOK)
    if len(data) > LARGEST:
        raise WorkbookRefused(path, WorkbookFault.TOO_LARGE)
    return data
