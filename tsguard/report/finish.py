"""What pikepdf adds to the drawn PDF: structure, metadata, colours, attachments, correct ToUnicode.

The finished file keeps PDF/A-3a and PDF/UA-1; it has no clock, no names and no paths in it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tsguard.report import colour_profile
from tsguard.report.document import Attachment
from tsguard.report.metadata import LANGUAGE, pdf_date, write_metadata
from tsguard.report.structure import write_structure
from tsguard.report.typeset.surface import PlacedPicture
from tsguard.report.typeset.tags import Tags

_ENTRY = re.compile(r"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{4,8})>")
_BLOCK = 100
_HIGHEST_SINGLE = 4
"""Hexadecimal digits of one UTF-16 unit."""
_PAIR = 8


def finish(
    raw: bytes,
    *,
    title: str,
    on: date,
    tags: Tags,
    attachments: Iterable[Attachment] = (),
    pictures: Iterable[PlacedPicture] = (),
) -> bytes:
    """The finished file; the same bytes for the same input.

    Args:
        raw: What reportlab drew.
        title: For the window's title and XMP.
        on: The only date in the file.
        tags: The structure, as it was gathered while drawing.
        attachments: Files inside the file, all of them associated with the whole document.
        pictures: Places of pictures; each gets one white pixel, until a picture takes its place.
    """
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        _mend_to_unicode(pdf)
        _make_room(pdf, pictures)
        root = pdf.Root
        root.Lang = String(LANGUAGE)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        write_metadata(pdf, title=title, on=on)
        write_structure(pdf, tags)
        _tell_colours(pdf)
        _attach(pdf, attachments, on)
        target = io.BytesIO()
        pdf.save(
            target,
            min_version="1.7",
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
        return target.getvalue()


def _make_room(pdf: pikepdf.Pdf, pictures: Iterable[PlacedPicture]) -> None:
    for each in pictures:
        pixel = pdf.make_stream(
            b"\xff",
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=1,
            Height=1,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )
        resources = pdf.pages[each.page].obj.Resources
        if "/XObject" not in resources:
            resources.XObject = Dictionary()
        resources.XObject[f"/{each.name}"] = pixel


def _tell_colours(pdf: pikepdf.Pdf) -> None:
    profile = pdf.make_stream(colour_profile.srgb(), N=3)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String(colour_profile.NAME),
                Info=String(colour_profile.NAME),
                DestOutputProfile=profile,
            )
        ]
    )


def _attach(pdf: pikepdf.Pdf, attachments: Iterable[Attachment], on: date) -> None:
    specs = []
    for each in attachments:
        made = pikepdf.AttachedFileSpec(
            pdf,
            each.data,
            filename=each.name,
            mime_type=each.media_type,
            description=each.description.text,
            creation_date=pdf_date(on),
            mod_date=pdf_date(on),
        )
        made.relationship = Name.Data
        pdf.attachments[each.name] = made
        specs.append(pdf.attachments[each.name].obj)
    if specs:
        pdf.Root.AF = Array(specs)


def _mend_to_unicode(pdf: pikepdf.Pdf) -> None:
    """Write each font's ToUnicode anew in UTF-16BE.

    WORKAROUND reportlab 5.1 writes U+2CB4E as ``<2CB4E>``, which readers take for another character, and puts
    more than the allowed hundred entries into a block; a leak guard would miss just the rare names.
    """
    every = {font.objgen: font for page in pdf.pages for font in page.obj.Resources.Font.values()}
    for each in every.values():
        if "/ToUnicode" in each:
            stream = each.ToUnicode
            entries = _ENTRY.findall(stream.read_bytes().decode("ascii"))
            stream.write(_cmap([(code, _utf16(value)) for code, value in entries]).encode("ascii"))


def _utf16(digits: str) -> str:
    """A code point as reportlab writes it, or UTF-16BE if it already is, as UTF-16BE."""
    if len(digits) in {_HIGHEST_SINGLE, _PAIR}:
        return digits.upper()
    return chr(int(digits, 16)).encode("utf-16-be").hex().upper()


def _cmap(entries: list[tuple[str, str]]) -> str:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code}> <{value}>" for code, value in block]
        lines.append("endbfchar")
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])
