"""The text of our own PDFs by two readers that share no code: PDFium, and the file's own tables by pikepdf.

For the self-test: where both give the same characters, a page can be copied, searched and read aloud by any
reader. It is no reader for files from elsewhere: it knows only the fonts that ``pdf`` writes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf
import pypdfium2

from tsguard.report.preview import turn

_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_SHOWING = frozenset({"Tj", "'", '"', "TJ"})
_DEEPEST = 8


def by_pdfium(data: bytes) -> tuple[str, ...]:
    """The text of each page, as PDFium reads it.

    Raises:
        pypdfium2.PdfiumError: It can't be opened.
    """
    with turn():
        document = pypdfium2.PdfDocument(data)
        try:
            texts = []
            for index in range(len(document)):
                page = document[index]
                texts.append(page.get_textpage().get_text_range())
                page.close()
            return tuple(texts)
        finally:
            document.close()


def by_pikepdf(data: bytes) -> tuple[str, ...]:
    """The text of each page in the order in which it is drawn, by the tables that the file carries.

    Raises:
        pikepdf.PdfError: It can't be opened.
        LookupError: A character that is shown has no place in its font's table.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return tuple("".join(_shown(page.obj, page.obj.Resources, {}, 0)) for page in pdf.pages)


def _shown(
    holder: pikepdf.Object, resources: pikepdf.Object, known: dict[Any, Mapping[bytes, str]], depth: int
) -> Iterator[str]:
    """What the content of a page, or of a form on it, shows."""
    table: Mapping[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(holder):
        operands, word = instruction.operands, str(instruction.operator)
        if word == "Tf":
            font = resources.Font[str(operands[0])]
            key = font.objgen
            if key not in known:
                known[key] = _table(font.ToUnicode.read_bytes())
            table = known[key]
        elif word in _SHOWING:
            last = operands[-1]
            for piece in last if word == "TJ" else (last,):
                if isinstance(piece, pikepdf.String):
                    yield _decoded(bytes(piece), table)
        elif word == "Do" and depth < _DEEPEST:
            form = resources.XObject[str(operands[0])]
            if form.get("/Subtype") == "/Form":
                yield from _shown(form, form.get("/Resources", resources), known, depth + 1)


def _decoded(codes: bytes, table: Mapping[bytes, str]) -> str:
    wide = len(next(iter(table), b"\0"))
    return "".join(table[codes[at : at + wide]] for at in range(0, len(codes), wide))


def _table(cmap: bytes) -> dict[bytes, str]:
    """Code to text, of a ToUnicode CMap."""
    found: dict[bytes, str] = {}
    for block in _CHARS.findall(cmap):
        for code, text in _PAIR.findall(block):
            found[bytes.fromhex(code.decode())] = _utf16(text)
    for block in _RANGES.findall(cmap):
        for first, last, text, texts in _RANGE.findall(block):
            wide, start = len(first) // 2, int(first, 16)
            listed = _HEX.findall(texts)
            for code in range(start, int(last, 16) + 1):
                by = code - start
                found[code.to_bytes(wide, "big")] = _utf16(listed[by]) if listed else _moved(text, by)
    return found


def _moved(text: bytes, by: int) -> str:
    plain = _utf16(text)
    return plain[:-1] + chr(ord(plain[-1]) + by)


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be")
