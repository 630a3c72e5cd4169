"""How much a page of a PDF from anywhere makes its reader unfold, found out before the reader begins.

PDFium can be stopped while it draws, not while it reads a page's instructions: some kilobytes that unfold
into gigabytes would take the memory, and keep the worker for hours. Nothing is drawn or kept here; what is
unfolded is bounded throughout.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

MOST_BYTES = 32 * 1024 * 1024
"""Of a page's instructions, with each form as often as it is called: some 4 s and 900 MB in PDFium."""

_MOST_PACKED = 256 * 1024
"""Of a stream in a packing that can't be unfolded piece by piece."""
_MOST_PARTS = 100_000
_PIECE = 4096
_CALL_COSTS = 32
"""Bytes of instructions that take a reader as long as one call."""
_DEEPEST = 40
_CALL = re.compile(rb"/([^\s\0/\[\]<>(){}%]+)[\s\0]+Do(?![A-Za-z0-9])")
_ANY_CALL = re.compile(rb"(?<![A-Za-z0-9])Do(?![A-Za-z0-9])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")

_FAULTS = (LookupError, ValueError, TypeError, AttributeError, RuntimeError)
"""What a file raises that is something else than it says."""

Forms = dict[tuple[object, ...], int]


class _TooMuch(Exception):
    """More than is looked at."""


def too_heavy(data: bytes, index: int, most: int = MOST_BYTES) -> bool:
    """Whether a page's instructions unfold into more than a reader should be given.

    Args:
        data: The PDF.
        index: The page, counted from 0.
        most: Bytes that they may have.

    Returns:
        False also where it can't be read here: then it is the reader's to say what is wrong.
    """
    with PageWeights(data, most) as weights:
        return weights.too_heavy(index)


class PageWeights:
    """The pages of one PDF, weighed one after the other; the file is read once.

    To be used in a ``with`` statement, by one thread.
    """

    def __init__(self, data: bytes, most: int = MOST_BYTES) -> None:
        """Take a file; arguments as for ``too_heavy``."""
        self._data, self._most = data, most
        self._document: Any = None

    def __enter__(self) -> Self:
        import pikepdf  # noqa: PLC0415 - start-up time

        with suppress(pikepdf.PdfError, pikepdf.PasswordError, *_FAULTS):
            self._document = pikepdf.open(io.BytesIO(self._data), suppress_warnings=True)
        return self

    def __exit__(self, *_error: object) -> None:
        if self._document is not None:
            self._document.close()

    def too_heavy(self, index: int) -> bool:
        """As the function of that name."""
        import pikepdf  # noqa: PLC0415 - start-up time

        if self._document is None:
            return False
        try:
            return _Weigher(self._most).page(self._document.pages[index].obj) > self._most
        except (_TooMuch, RecursionError):
            return True
        except (pikepdf.PdfError, pikepdf.PasswordError, pikepdf.DataDecodingError, *_FAULTS):
            return False


@dataclass(slots=True)
class _Unfolded:
    """A stream's size, and what it calls by name; ``unclear`` calls have a name that was not found."""

    size: int
    calls: Counter[str] = field(default_factory=Counter)
    unclear: int = 0


class _Weigher:
    """Adds up a page; each stream is unfolded once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._streams: dict[object, _Unfolded] = {}
        self._forms: Forms = {}

    def page(self, page: Any) -> int:
        """What a page's instructions, and those of what is stuck onto it, unfold into."""
        contents = page.get("/Contents")
        parts = [] if contents is None else contents if _is_array(contents) else [contents]
        if len(parts) > _MOST_PARTS:
            raise _TooMuch
        total, calls, unclear = 0, Counter[str](), 0
        for part in parts:
            made = self._unfold(part)
            total += made.size
            calls.update(made.calls)
            unclear += made.unclear
            self._check(total)
        resources = _resources_of(page)
        total += self._called(_Unfolded(0, calls, unclear), resources, ("page",), 0)
        for form in _stuck_on(page):
            total += self._form(form, resources, ("page",), 0)
            self._check(total)
        return total

    def _form(self, form: Any, inherited: Any, owner: tuple[object, ...], depth: int) -> int:
        if not _is_stream(form):
            return 0
        if depth > _DEEPEST:
            raise _TooMuch
        own = form.get("/Resources")
        key: tuple[object, ...] = (form.objgen,) if own is not None else (form.objgen, *owner[:1])
        if key not in self._forms:
            self._forms[key] = self._most + 1  # one that calls itself has no end
            made = self._unfold(form)
            resources, mine = (own, key) if own is not None else (inherited, owner)
            self._forms[key] = made.size + self._called(made, resources, mine, depth + 1)
        return self._forms[key]

    def _called(self, made: _Unfolded, resources: Any, owner: tuple[object, ...], depth: int) -> int:
        known = resources.get("/XObject") if resources is not None else None
        if known is None or not (made.calls or made.unclear):
            return 0
        total = heaviest = 0
        for name, form in known.items():
            if form.get("/Subtype") == "/Form":
                weight = self._form(form, resources, owner, depth)
                heaviest = max(heaviest, weight)
                total += made.calls[name] * (weight + _CALL_COSTS)
        total += made.unclear * (heaviest + _CALL_COSTS)
        self._check(total)
        return total

    def _unfold(self, stream: Any) -> _Unfolded:
        if not _is_stream(stream):
            return _Unfolded(0)
        found = self._streams.get(stream.objgen)
        if found is None:
            content = _unpacked(stream, self._most)
            names = Counter(_name(each) for each in _CALL.findall(content))
            unclear = sum(1 for _each in _ANY_CALL.finditer(content)) - sum(names.values())
            found = self._streams[stream.objgen] = _Unfolded(len(content), names, max(0, unclear))
        return found

    def _check(self, total: int) -> None:
        if total > self._most:
            raise _TooMuch


def _is_stream(found: Any) -> bool:
    import pikepdf  # noqa: PLC0415 - start-up time

    return isinstance(found, pikepdf.Stream)


def _is_array(found: Any) -> bool:
    import pikepdf  # noqa: PLC0415 - start-up time

    return isinstance(found, pikepdf.Array)


def _resources_of(page: Any) -> Any:
    """A page's own resources, or those of the branch it hangs on."""
    at = page
    for _level in range(_DEEPEST):
        if at is None or (found := at.get("/Resources")) is not None:
            return None if at is None else found
        at = at.get("/Parent")
    return None


def _stuck_on(page: Any) -> Iterable[Any]:
    """The pictures of a page's notes, stamps and fields."""
    notes = page.get("/Annots")
    if notes is None:
        return
    if len(notes) > _MOST_PARTS:
        raise _TooMuch
    for note in notes:
        shown = note.get("/AP")
        normal = shown.get("/N") if shown is not None else None
        if _is_stream(normal):
            yield normal
        elif normal is not None:
            yield from (each for _name, each in normal.items())


def _unpacked(stream: Any, most: int) -> bytes:
    """A stream's content.

    Raises:
        _TooMuch: It has more bytes, or can't be unfolded piece by piece and is not small.
    """
    found = stream.get("/Filter")
    filters = [] if found is None else [str(each) for each in found] if _is_array(found) else [str(found)]
    content: bytes = stream.read_raw_bytes()
    for each in filters:
        if each in {"/FlateDecode", "/Fl"}:
            content = _inflated(content, most)
        elif each in {"/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"}:
            content = _from_text(content, hexadecimal="Hex" in each or each == "/AHx")
        elif len(filters) == 1 and len(content) <= _MOST_PACKED:
            content = stream.read_bytes()
        else:
            raise _TooMuch
    if len(content) > most:
        raise _TooMuch
    return content


def _inflated(content: bytes, most: int) -> bytes:
    """As far as it goes: a reader takes what stands before a fault, too."""
    unfolding = zlib.decompressobj()
    made, size = [], 0
    for piece in _pieces(content, _PIECE):
        before = unfolding.copy()
        try:
            made.append(unfolding.decompress(piece, most + 1 - size))
        except zlib.error:
            with suppress(zlib.error):
                for byte in _pieces(piece, 1):
                    made.append(before.decompress(byte, most + 1 - size))  # noqa: PERF401 - until it fails
            break
        size += len(made[-1])
        if size > most:
            raise _TooMuch
    return b"".join(made)


def _pieces(content: bytes, length: int) -> Iterable[bytes]:
    return (content[at : at + length] for at in range(0, len(content), length))


def _from_text(content: bytes, *, hexadecimal: bool) -> bytes:
    plain = b"".join(content.split())
    try:
        if hexadecimal:
            digits = plain.partition(b">")[0]
            return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
        return base64.a85decode(plain.removeprefix(b"<~").partition(b"~>")[0])
    except ValueError:
        return plain


def _name(token: bytes) -> str:
    """A name as the resources have it."""
    plain = _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), token)
    return "/" + plain.decode("utf-8", "surrogateescape")
