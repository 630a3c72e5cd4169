"""Texts beside the pages' own, read from a PDF's objects, and whether any link leads out of the file.

They stand in for pictures and signs, or are what annotations say.

PDFium gives them page by page, which takes longer than all the rest; this reads the objects once, without
any PDF library, and says so where it could not.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

_OBJECT_STREAM = re.compile(rb"<<([^>]*/Type\s*/ObjStm[^>]*)>>\s*stream\r?\n")
_OBJECTS = b"ObjStm"
_STREAM = re.compile(rb"stream\r?\n")
_STREAM_END = b"endstream"
_LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
_KEY = re.compile(rb"/(Alt|ActualText|E|T|Contents|Subj|RC|TU|NM)\s*(?=[(<])(?!<<)")
_OF_ELEMENTS = frozenset({b"Alt", b"ActualText", b"E", b"T"})
_OF_NOTES = frozenset({b"Contents", b"T", b"Subj", b"RC", b"TU", b"NM"})
_ELSEWHERE = re.compile(rb"/(?:T|Subj|RC|TU|NM)\s+\d+\s+\d+\s+R\b")
"""A text of an annotation that stands in an object of its own."""
_CONTENTS = re.compile(rb"/Contents\s*(?:\d+\s+\d+\s+R\b|\[)")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_ADDRESS = b"URI"
_NUMBERED = re.compile(rb"#(?:55|52|49)")
"""One of its letters by number, as a name may have it."""
_VALUE = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What the objects of a file say.

    Attributes:
        texts: Alternative, replacement, expansion and title texts of all elements.
        notes: What annotations say, links among them; None where one of them may say it elsewhere.
        leads_out: Whether there may be an address of something outside the file.
    """

    texts: tuple[str, ...] = field(repr=False)
    notes: tuple[str, ...] | None = field(repr=False)
    leads_out: bool


def descriptions(data: bytes) -> Told | None:
    """What the objects of a file say; None where some can't be read.

    Args:
        data: A PDF that is not encrypted.
    """
    texts: list[str] = []
    notes: list[str] = []
    leads_out = elsewhere = False
    contents = 0
    for objects in _objects(data):
        if objects is None:
            return None
        leads_out = leads_out or _ADDRESS in objects or _NUMBERED.search(objects) is not None
        # The content of a page is an object of its own as well: one for each page, no more and no less.
        contents += len(_CONTENTS.findall(objects)) - len(_PAGE.findall(objects))
        elsewhere = elsewhere or _ELSEWHERE.search(objects) is not None
        for key in _KEY.finditer(objects):
            value = _VALUE.match(objects, key.end())
            if value is None:
                return None
            text = _text(value)
            if key[1] in _OF_ELEMENTS:
                texts.append(text)
            if key[1] in _OF_NOTES:
                notes.append(text)
    return Told(tuple(texts), None if elsewhere or contents else tuple(notes), leads_out)


def _objects(data: bytes) -> Iterator[bytes | None]:
    """What stands outside streams, and what stands in streams of objects."""
    if b"/Encrypt" in data:
        yield None
        return
    outside = _outside_streams(data)
    heads = list(_OBJECT_STREAM.finditer(data))
    if outside.count(_OBJECTS) != len(heads):
        yield None  # one of them begins in a way that is not known here
        return
    for head in heads:
        length = _LENGTH.search(head.group(1))
        if length is None or b"/DecodeParms" in head.group(1):
            yield None
            return
        content = data[head.end() : head.end() + int(length.group(1))]
        try:
            yield zlib.decompress(content) if b"/FlateDecode" in head.group(1) else content
        except zlib.error:
            yield None
            return
    yield outside


def _outside_streams(data: bytes) -> bytes:
    """The file without what stands in streams."""
    kept: list[bytes] = []
    start = 0
    while stream := _STREAM.search(data, start):
        end = data.find(_STREAM_END, stream.end())
        if end < 0:
            break
        kept.append(data[start : stream.start()])
        start = end + len(_STREAM_END)
    kept.append(data[start:])
    return b"".join(kept)


def _text(value: re.Match[bytes]) -> str:
    if value.group(1) is None:
        digits = b"".join(value.group(2).split())
        content = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    else:
        content = _ESCAPE.sub(_unescaped, value.group(1))
    if content.startswith(b"\xfe\xff"):
        return content[2:].decode("utf-16-be", "replace")
    if content.startswith(b"\xef\xbb\xbf"):
        return content[3:].decode("utf-8", "replace")
    return content.decode("latin-1")


def _unescaped(escape: re.Match[bytes]) -> bytes:
    sign = escape.group(1)
    return bytes([int(sign, 8) & 0xFF]) if sign.isdigit() else _ESCAPED.get(sign, sign)
