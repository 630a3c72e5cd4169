"""Everything of a DOCX in which words can stand: all parts of the archive, by zip and XML alone."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from xml.parsers import expat

from tsguard.domain.leaks import Part, Place
from tsguard.errors import Cancelled
from tsguard.report.guard.json_reading import read_attachment
from tsguard.report.guard.normalise import BREAKS, JUMP, SOFT
from tsguard.report.guard.passages import IllegibleFile, Passage, Readout, apart

MOST_BYTES = 64 * 1024 * 1024
"""Of one part, unpacked."""
_XML = (".xml", ".rels")
_PICTURES = (".png", ".jpeg", ".jpg", ".gif", ".emf", ".wmf", ".svg", ".ttf", ".odttf", ".bin")
_ENDS = {"p": SOFT, "br": SOFT, "cr": SOFT, "tab": " ", "tc": JUMP, "tr": JUMP, "txbxContent": JUMP}
_SPEAKING = frozenset(
    {"descr", "title", "name", "author", "initials", "Target", "tooltip", "instr", "alias", "lastModifiedBy"}
)
"""Attributes whose values may be words even where they are Latin."""
_APART = "docProps/"
_FORMS = frozenset(
    {"styles.xml", "fontTable.xml", "numbering.xml", "settings.xml", "webSettings.xml", "theme1.xml"}
)
"""Parts whose Latin names are the format's own: of styles, fonts and settings."""


def read_docx(data: bytes, *, cancelled: Callable[[], bool] = lambda: False) -> Readout:
    """Read a DOCX; pictures and fonts in it are not looked into.

    Raises:
        IllegibleFile: It is no such archive, a part is damaged, or unpacks to more than ``MOST_BYTES``.
        Cancelled: ``cancelled`` said so.
    """
    passages: list[Passage] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.comment:
                passages.append(Passage(Place(Part.METADATA), archive.comment.decode("utf-8", "replace")))
            for entry in archive.infolist():
                if cancelled():
                    raise Cancelled
                passages.append(Passage(Place(Part.ATTACHMENT, name=entry.filename), entry.filename))
                if entry.file_size > MOST_BYTES:
                    raise IllegibleFile("a part of the archive is too large")
                passages += _part(entry.filename, archive.read(entry))
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, RuntimeError, EOFError) as error:
        raise IllegibleFile("not a DOCX that can be opened") from error
    return Readout(tuple(passages))


def _part(name: str, content: bytes) -> Iterator[Passage]:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _XML:
        part = Part.METADATA if name.startswith(_APART) else Part.PAGE
        plain = PurePosixPath(name).name in _FORMS
        running, values = _texts(content, by_element=part is Part.METADATA, speaking=not plain)
        yield Passage(Place(part, name=name), running)
        yield apart(Place(part, name=name), values)
    elif suffix not in _PICTURES:
        yield apart(Place(Part.ATTACHMENT, name=name), read_attachment(content))


def _texts(content: bytes, *, by_element: bool, speaking: bool) -> tuple[str, list[str]]:
    """The running text of a part with its breaks, then each value of an attribute that may be words."""
    running: list[str] = []
    values: list[str] = []

    def local(name: str) -> str:
        return name.rpartition(":")[2]

    def started(name: str, attributes: dict[str, str]) -> None:
        if local(name) in {"br", "cr", "tab"}:
            running.append(_ENDS[local(name)])
        values.extend(
            value
            for key, value in attributes.items()
            if value and (not value.isascii() or (speaking and local(key) in _SPEAKING))
        )

    def ended(name: str) -> None:
        if by_element:
            running.append(JUMP)
        elif local(name) in {"p", "tc", "tr", "txbxContent"}:
            running.append(_ENDS[local(name)])

    def said(text: str) -> None:
        running.append("".join(" " if each in BREAKS else each for each in text))

    def refuse(*_facts: object) -> None:
        raise IllegibleFile("an XML part declares entities")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = said
    parser.EntityDeclHandler = refuse
    parser.Parse(content, True)
    return "".join(running), list(dict.fromkeys(values))
