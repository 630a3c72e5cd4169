"""A PDF from anywhere, looked at as far as verifying it needs: whose it is, its attachments, its text.

Every file is taken for hostile: what is unfolded is bounded, and every fault is a word. It decides nothing
about what the file is worth.
"""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pikepdf
import pypdfium2
from pikepdf.settings import get_qpdf_limits, set_qpdf_limits

from tsguard.errors import Cancelled
from tsguard.report.assessment_shape import LARGEST
from tsguard.report.locking import prepared
from tsguard.report.page_weight import PageWeights
from tsguard.report.preview import turn

PATIENCE_S = 15.0
"""For the text of all pages together."""

_MOST_ATTACHMENTS = 64
_LONGEST = 500
"""Characters of a title or name that are kept."""
_MOST_OBJECTS = 500_000
_MOST_FIELDS = 1000
_MOST_SEARCHED = 16 * 1024 * 1024
"""Bytes of a file whose table of objects is lost: looking for millions of them takes minutes."""
_MOST_UNFOLDED = 128 * 1024 * 1024
"""Bytes of one stream; of ours the largest is a font of some megabytes."""
_FAULTS = (
    pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, LookupError, AttributeError,
    ArithmeticError, RuntimeError, OSError,
)  # fmt: skip


class ExamineFault(StrEnum):
    """Why a PDF is not looked into."""

    LOCKED = "locked"
    WRONG_PASSPHRASE = "wrong-passphrase"
    BROKEN = "broken"


class Added(StrEnum):
    """What was appended to a file: signatures that nobody sees, ones with a picture on a page, or more."""

    SIGNATURES = "signatures"
    DRAWN_SIGNATURES = "drawn-signatures"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Examined:
    """What stands in a PDF beside its pages.

    Attributes:
        pages: How many.
        creator: The program that wrote it, as it says.
        attachments: The associated JSON files, unfolded; nothing of what is too large.
        signed: Whether it has a signature field.
        plain: The file itself; of a locked one, without its encryption.
    """

    pages: int
    creator: str
    attachments: tuple[bytes, ...] = field(repr=False)
    signed: bool
    plain: bytes = field(repr=False)


def examine(data: bytes, passphrase: str | None = None) -> Examined | ExamineFault:
    """Look into a PDF; whatever the bytes are.

    Args:
        data: The file.
        passphrase: As typed, for a locked one.
    """
    try:
        with _bounded(), _opened(data, passphrase) as pdf:
            plain = data
            if pdf.is_encrypted:
                target = io.BytesIO()
                pdf.save(target, encryption=False)
                plain = target.getvalue()
            return Examined(
                pages=len(pdf.pages),
                creator=str(pdf.docinfo.get("/Creator", ""))[:_LONGEST],
                attachments=tuple(_attachments(pdf.Root)),
                signed=_has_signature(pdf.Root),
                plain=plain,
            )
    except pikepdf.PasswordError:
        return ExamineFault.LOCKED if passphrase is None else ExamineFault.WRONG_PASSPHRASE
    except _FAULTS:
        return ExamineFault.BROKEN


def printed(
    data: bytes, wanted: frozenset[str], *, patience: float = PATIENCE_S
) -> tuple[frozenset[str], bool]:
    """Which strings stand on the pages, white space aside; from the last page on, where ours prints them.

    Args:
        data: A PDF that is not encrypted.
        wanted: Without white space.
        patience: Seconds.

    Returns:
        The strings found, and whether every page was read or nothing was left to find.
    """
    found, whole = frozenset[str](), True
    until = time.monotonic() + patience
    try:
        with turn(), PageWeights(data) as weights:
            document = pypdfium2.PdfDocument(data)
            try:
                for index in reversed(range(len(document))):
                    if found == wanted:
                        break
                    if time.monotonic() > until:
                        return found, False
                    if weights.too_heavy(index):  # of evidence that is bound in, say
                        whole = False
                        continue
                    text = "".join(_text(document, index).split())
                    found |= {each for each in wanted if each in text}
            finally:
                document.close()
    except (pypdfium2.PdfiumError, Cancelled, *_FAULTS):  # cancelled: it was not our turn in time
        return found, False
    return found, whole or found == wanted


def added_since(before: bytes, after: bytes) -> Added:
    """What was appended to a PDF: signatures alone where each object is as before, save where they hang.

    A signature's field hangs on the catalogue's form and on a page; the file's properties may name the
    program that signed.

    Args:
        before: The file as it was, not encrypted.
        after: The same bytes with something appended.
    """
    try:
        with (
            _bounded(),
            pikepdf.open(io.BytesIO(before), suppress_warnings=True) as old,
            pikepdf.open(io.BytesIO(after), suppress_warnings=True) as new,
        ):
            if len(old.objects) > _MOST_OBJECTS or old.Root.objgen != new.Root.objgen:
                return Added.MORE
            properties = {_number(old.trailer.get("/Info")), _number(old.Root.get("/Metadata"))}
            notes = {_number(page.obj.get("/Annots")) for page in old.pages}
            if not all(
                each.objgen in properties or _same(each, new.get_object(each.objgen), notes)
                for each in old.objects
            ):
                return Added.MORE
            return Added.DRAWN_SIGNATURES if _drawn_fields(new) else Added.SIGNATURES
    except _FAULTS:
        return Added.MORE


# --- what stands in it ----------------------------------------------------------------------------


@contextmanager
def _bounded() -> Iterator[None]:
    """Keep what qpdf unfolds within bounds; they hold for the whole process, so they are set back."""
    before = int(get_qpdf_limits()["flate_max_memory"])
    set_qpdf_limits(flate_max_memory=_MOST_UNFOLDED)
    try:
        yield
    finally:
        set_qpdf_limits(flate_max_memory=before)


def _opened(data: bytes, passphrase: str | None) -> pikepdf.Pdf:
    def opening(password: str) -> pikepdf.Pdf:
        return pikepdf.open(
            io.BytesIO(data),
            password=password,
            suppress_warnings=True,
            attempt_recovery=len(data) <= _MOST_SEARCHED,
        )

    for password in ("", *(() if passphrase is None else (prepared(passphrase), passphrase))):
        with suppress(pikepdf.PasswordError):  # another program may have taken it as it was typed
            return opening(password)
    raise pikepdf.PasswordError


def _attachments(root: Any) -> Iterator[bytes]:
    room = LARGEST
    for number, each in enumerate(root.get("/AF", ())):
        if number >= _MOST_ATTACHMENTS:
            return
        name = str(each.get("/UF", each.get("/F", "")))
        stream = each.get("/EF", {}).get("/F")
        if name.endswith(".json") and isinstance(stream, pikepdf.Stream):
            content = _unfolded(stream, room)
            room -= len(content)
            yield content


def _unfolded(stream: Any, most: int) -> bytes:
    """An attachment's content, packed as ours are; nothing where it is packed in another way or too large."""
    packed: bytes = stream.read_raw_bytes()
    packing = stream.get("/Filter")
    if isinstance(packing, pikepdf.Array) and len(packing) == 1:
        packing = packing[0]
    if packing is None:
        content = packed
    elif packing == pikepdf.Name.FlateDecode and stream.get("/DecodeParms") is None:
        try:
            content = zlib.decompressobj().decompress(packed, most + 1)
        except zlib.error:
            return b""
    else:
        return b""
    return content if len(content) <= most else b""


def _has_signature(root: Any) -> bool:
    form = root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    fields = list(form.get("/Fields", ()))[:_MOST_FIELDS]
    return bool(int(form.get("/SigFlags", 0)) & 1) or any(
        each.get("/FT") == pikepdf.Name.Sig for each in fields
    )


def _text(document: pypdfium2.PdfDocument, index: int) -> str:
    page = document[index]
    try:
        read = page.get_textpage()
        try:
            return str(read.get_text_range())
        finally:
            read.close()
    finally:
        page.close()


# --- before and after -----------------------------------------------------------------------------

_MAY_CHANGE = {
    "/Catalog": frozenset({"/AcroForm", "/Extensions", "/Perms", "/DSS", "/Version"}),
    "/Page": frozenset({"/Annots"}),
}
"""What signing touches of them (ISO 32000-2, 12.8; ETSI EN 319 142-1)."""
_OF_A_FORM = frozenset({"/Fields", "/SigFlags", "/DR", "/DA", "/Q"})
_DOES = frozenset({"/A", "/AA", "/Kids"})


def _number(found: Any) -> tuple[int, int]:
    """An object's number; (0, 0) of one that stands where it is used."""
    return found.objgen if isinstance(found, pikepdf.Object) else (0, 0)


def _same(old: Any, new: Any, notes: set[tuple[int, int]]) -> bool:
    """Whether an object is the same, or one that signatures were hung on."""
    if _content(old) == _content(new):
        return True
    if old.objgen in notes:
        return _only_fields_added(old, new)
    if not (isinstance(old, pikepdf.Dictionary) and isinstance(new, pikepdf.Dictionary)):
        return False
    may = _MAY_CHANGE.get(str(old.get("/Type")), frozenset())
    if any(_written(old.get(key)) != _written(new.get(key)) for key in {*old.keys(), *new.keys()} - may):
        return False
    form = new.get("/AcroForm")
    if form is not None and not ({*form.keys()} <= _OF_A_FORM and all(map(_signs, form.get("/Fields", ())))):
        return False  # a form of another kind can show other pages
    return not may or _only_fields_added(old.get("/Annots"), new.get("/Annots"))


def _only_fields_added(old: Any, new: Any) -> bool:
    had = [_written(each) for each in old] if old is not None else []
    has = list(new) if new is not None else []
    return [_written(each) for each in has[: len(had)]] == had and all(
        each.get("/Subtype") == pikepdf.Name.Widget and _signs(each) for each in has[len(had) :]
    )


def _signs(field: Any) -> bool:
    """Whether it is a signature's field that does nothing: a script could show other pages."""
    return field.get("/FT") == pikepdf.Name.Sig and _DOES.isdisjoint(field.keys())


def _drawn_fields(pdf: pikepdf.Pdf) -> bool:
    """Whether a signature's field has a place on a page, where its picture may cover what stands there."""
    return any(
        each.get("/FT") == pikepdf.Name.Sig and _area(each.get("/Rect", ())) > 0
        for page in pdf.pages
        for each in page.obj.get("/Annots", ())
    )


def _area(box: Any) -> float:
    left, low, right, high = (float(each) for each in box)
    return abs((right - left) * (high - low))


def _content(found: Any) -> object:
    """An object of the file with what it refers to by number."""
    if isinstance(found, pikepdf.Stream):
        return found.read_raw_bytes(), {key: _written(value) for key, value in found.items()}
    return found.unparse(resolved=True) if isinstance(found, pikepdf.Object) else found


def _written(found: Any) -> object:
    """A part of an object as it is written: a number where it refers to another."""
    return found.unparse() if isinstance(found, pikepdf.Object) else found
