"""The seal of a PDF: one comment line with the SHA-256 of everything else in the file.

It shows that a file is no longer as it was written, by accident or by somebody who knows nothing of it; who
wants to deceive can make a new one. It tells nothing about who wrote the file: a signature does.

The line stands before the last ``startxref``, where readers pass over comments and no offset moves.
Public tools check it: ``LC_ALL=C grep -av '^%tsguard-seal' file.pdf | sha256sum``. Whatever is appended
later, such as a signature, leaves the sealed part as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

_START = b"%tsguard-seal"
_LINE = re.compile(rb"%tsguard-seal-1 ([0-9a-f]{64})\n")
_TRAILER = b"startxref"
_END = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")
_HELD_BACK = 2048
"""Bytes in which the last ``startxref`` of a file stands."""


class SealState(StrEnum):
    """What a file's seal says."""

    WHOLE = "whole"
    CHANGED = "changed"
    APPENDED = "appended"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SealReading:
    """What became of a sealed file.

    Attributes:
        state: Whole, changed, whole with something appended behind it, or no seal at all.
        stated: The digest in the seal, 64 hexadecimal digits; "" where there is none that can be read.
        found: The digest of the sealed part as it is now; "" without a seal.
        sealed: Length of the sealed part in bytes, with the seal; 0 without one.
        appended: Bytes behind it.
    """

    state: SealState
    stated: str = ""
    found: str = ""
    sealed: int = 0
    appended: int = 0


def seal(data: bytes) -> bytes:
    """A finished PDF with its seal.

    Args:
        data: The whole file, without a seal.

    Raises:
        ValueError: A bug of the caller: no PDF that is finished, or one that has a seal.
    """
    if data.find(b"\n" + _START) >= 0:
        raise ValueError("the file has a seal already")
    return b"".join(sealed((data,)))


def sealed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A finished PDF piece by piece, with its seal near its end; memory stays bounded.

    Args:
        chunks: The whole file, without a seal.

    Raises:
        ValueError: As ``seal``, but a seal that is there already is not noticed.
    """
    digest, held = hashlib.sha256(), b""
    for chunk in chunks:
        held += chunk
        if len(held) > _HELD_BACK:
            passed, held = held[:-_HELD_BACK], held[-_HELD_BACK:]
            digest.update(passed)
            yield passed
    at = held.rfind(b"\n" + _TRAILER) + 1
    if not at:
        raise ValueError("not the end of a PDF")
    # So that a tool that works on lines sees the same bytes.
    tail = held if held.endswith(b"\n") else held + b"\n"
    digest.update(tail)
    yield tail[:at]
    yield _START + b"-1 " + digest.hexdigest().encode() + b"\n"
    yield tail[at:]


def read_seal(data: bytes) -> SealReading:
    """What a file's seal says of the file as it is now; whatever the bytes are.

    The first seal counts: what is appended may carry one of its own.
    """
    start = data.find(b"\n" + _START) + 1
    if not start:
        return SealReading(SealState.NONE)
    behind = data.find(b"\n", start) + 1 or len(data)
    stated = _LINE.fullmatch(data, start, behind)
    end = _END.search(data, behind)
    length = end.end() if end else len(data)
    digest = hashlib.sha256(memoryview(data)[:start])
    digest.update(memoryview(data)[behind:length])
    found = digest.hexdigest()
    appended = len(data) - length
    told = stated[1].decode() if stated else ""
    state = SealState.CHANGED
    if told == found and end:
        state = SealState.APPENDED if appended else SealState.WHOLE
    return SealReading(state, told, found, length, appended)
