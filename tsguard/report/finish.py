"""What pikepdf adds to the drawn PDF: language, metadata, correct ToUnicode; no clock, no names, no paths."""

from __future__ import annotations

import io
import re
from datetime import date

import pikepdf
from pikepdf import Dictionary, Name, String

_PRODUCT = "tsguard"
_ENTRY = re.compile(r"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{4,8})>")
_BLOCK = 100
_HIGHEST_SINGLE = 4
"""Hexadecimal digits of one UTF-16 unit."""
_PAIR = 8


def finish(raw: bytes, *, title: str, on: date) -> bytes:
    """The finished file; the same bytes for the same input.

    Args:
        raw: What reportlab drew.
        title: For the window's title and XMP.
        on: The only date in the file.
    """
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        _mend_to_unicode(pdf)
        root = pdf.Root
        root.Lang = String("zh-CN")
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        stamp = f"D:{on.year:04d}{on:%m%d}000000+00'00'"
        for key in list(pdf.docinfo.keys()):
            del pdf.docinfo[key]
        pdf.docinfo["/Title"] = title
        pdf.docinfo["/Creator"] = _PRODUCT
        pdf.docinfo["/Producer"] = _PRODUCT
        pdf.docinfo["/CreationDate"] = stamp
        pdf.docinfo["/ModDate"] = stamp
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata.load_from_docinfo(pdf.docinfo)
            metadata["dc:title"] = title
            metadata["dc:language"] = ["zh-CN"]
        target = io.BytesIO()
        pdf.save(
            target,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
        return target.getvalue()


def _mend_to_unicode(pdf: pikepdf.Pdf) -> None:
    """Write each font's ToUnicode anew in UTF-16BE.

    WORKAROUND reportlab 5.1 writes U+2CB4E as ``<2CB4E>``, which readers take for another character, and puts
    more than the allowed hundred entries into a block; a leak guard would miss just the rare names.
    """
    for each in pdf.objects:
        if isinstance(each, Dictionary) and each.get("/Type") == Name.Font and "/ToUnicode" in each:
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
