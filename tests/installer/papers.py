"""Comparing what two builds of the program made of the same company: bytes, else each difference in words."""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from pathlib import Path

_SHOWN = 12
_MOMENT = re.compile(rb"(?<=>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ(?=</dcterms:(?:created|modified)>)")


def pages(data: bytes) -> list[str]:
    """The text of a PDF's pages."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def differences(one: bytes, other: bytes, name: str) -> list[str]:
    """What the readers of two unequal files would find different; empty where nothing but bytes is.

    Args:
        one: A PDF, or a zip such as a workbook or a document.
        other: What it is compared with.
        name: Its name.
    """
    if name.endswith(".pdf"):
        first, second = pages(one), pages(other)
        found = [f"{len(first)} and {len(second)} pages"] if len(first) != len(second) else []
        for number, (left, right) in enumerate(zip(first, second, strict=False), 1):
            found += [f"page {number}: {line}" for line in _lines(left, right)]
        return found
    with zipfile.ZipFile(io.BytesIO(one)) as first_zip, zipfile.ZipFile(io.BytesIO(other)) as second_zip:
        names = {*first_zip.namelist(), *second_zip.namelist()}
        return [f"part {each}" for each in sorted(names) if _part(first_zip, each) != _part(second_zip, each)]


def _part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """A part without the moment when it was written, which a workbook names."""
    return _MOMENT.sub(b"", archive.read(name)) if name in archive.namelist() else None


def _lines(left: str, right: str) -> list[str]:
    compared = difflib.unified_diff(left.splitlines(), right.splitlines(), n=0, lineterm="")
    return [line for line in compared if not line.startswith(("---", "+++", "@@"))][:_SHOWN]


def papers_of(folder: Path) -> dict[str, bytes]:
    """The papers that a self-test left in a folder; the window's pictures are none."""
    found = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    return {name: data for name, data in found.items() if not name.endswith(".png")}
