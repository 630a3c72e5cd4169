"""Everything of a PDF in which words can stand, read with PDFium, which did not write it.

Pages, outline, Info and XMP, attachments, annotations, form fields, and the texts that stand in for pictures.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import pypdfium2
from pypdfium2 import raw

from tsguard.domain.leaks import Part, Place
from tsguard.errors import Cancelled
from tsguard.report.guard.json_reading import read_attachment
from tsguard.report.guard.passages import IllegibleFile, Passage, Readout, Seam, apart
from tsguard.report.guard.pdf_descriptions import Told, descriptions
from tsguard.report.guard.pdf_pages import PageText, is_mute, read_page, seams
from tsguard.report.page_weight import too_heavy
from tsguard.report.preview import turn

_XMP = re.compile(rb"<x:xmpmeta\b.*?</x:xmpmeta>", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r'="([^"]*)"|=\'([^\']*)\'')
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_META = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer")
_ANNOTATION_KEYS = (b"Contents", b"T", b"Subj", b"RC", b"TU", b"NM")
_DEEPEST = 60
_USUAL = 64
"""Units of UTF-16 that most texts beside a page's own have room in."""
_DESCRIBING = (
    raw.FPDF_StructElement_GetAltText,
    raw.FPDF_StructElement_GetActualText,
)
_SIGNS = re.compile(r"[\d.%，、：；。]+")


def read_pdf(
    data: bytes,
    *,
    text: bool = True,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    cancelled: Callable[[], bool] = lambda: False,
    wary: bool = False,
) -> Readout:
    """Read a PDF.

    Args:
        data: The file.
        text: Whether pages, what is on them and what is attached are read, too; else only outline and
            properties.
        progress: Told the pages read and all pages.
        cancelled: Asked before each page.
        wary: Whether the file is from elsewhere, so that a page may be too much for the reader.

    Raises:
        IllegibleFile: It can't be opened, or a page of it can't be read.
        Cancelled: ``cancelled`` said so, or the reader is busy with another file.
    """
    with turn():
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise IllegibleFile("not a PDF that can be opened") from error
        try:
            around = [*_outline(document), *_metadata(document, data, wary=wary)]
            if not text:
                return Readout(tuple(around))
            around += _attachments(document)
            if document.get_formtype() != raw.FORMTYPE_NONE:
                document.init_forms()
            told = None if wary else descriptions(data)
            around += _beside(told)
            by_page = told is None or told.leads_out or told.notes is None
            pages: list[PageText] = []
            others: list[Passage] = []
            mute: list[int] = []
            for index in range(len(document)):
                if cancelled():
                    raise Cancelled
                if wary and too_heavy(data, index):
                    raise IllegibleFile("a page is too much for the reader")
                page = document[index]
                try:
                    pages.append(read_page(page, index + 1))
                    if not pages[-1].passage.text.strip() or (wary and is_mute(page, pages[-1])):
                        mute.append(index + 1)
                    if by_page:
                        others.append(apart(Place(Part.ANNOTATION, index + 1), _annotations(page)))
                    others.append(apart(Place(Part.FORM_FIELD, index + 1), _form_fields(page)))
                    if told is None:
                        others.append(apart(Place(Part.DESCRIPTION, index + 1), _descriptions(page)))
                finally:
                    page.close()
                progress(index + 1, len(document))
        except pypdfium2.PdfiumError as error:
            raise IllegibleFile("a part of the PDF can't be read") from error
        finally:
            document.close()
    return Readout(
        (*(each.passage for each in pages), *others, *around),
        tuple(_all_seams(pages)),
        tuple(mute),
    )


def _beside(told: Told | None) -> Iterator[Passage]:
    """What the file's objects tell of annotations and descriptions, whichever page they are on."""
    if told is not None:
        yield apart(Place(Part.ANNOTATION), told.notes or ())
        yield apart(Place(Part.DESCRIPTION), map(_broken, told.texts))


def _all_seams(pages: list[PageText]) -> Iterator[Seam]:
    for one, other in pairwise(pages):
        yield from seams(one, other)


# --- around the pages -----------------------------------------------------------------------------------


def _outline(document: pypdfium2.PdfDocument) -> Iterator[Passage]:
    yield apart(Place(Part.OUTLINE), (mark.get_title() for mark in document.get_toc(max_depth=_DEEPEST)))


def _metadata(document: pypdfium2.PdfDocument, data: bytes, *, wary: bool) -> Iterator[Passage]:
    for key in _META:
        value = document.get_metadata_value(key)
        if value:
            yield Passage(Place(Part.METADATA, name=key), value)
    for packet in _XMP.findall(data) or ([] if wary else _packed_xmp(data)):
        text = packet.decode("utf-8", "replace")
        values = [a or b for a, b in _ATTRIBUTE.findall(text)]
        yield apart(Place(Part.METADATA, name="XMP"), map(_unescaped, (*_TAGS.split(text), *values)))


def _packed_xmp(data: bytes) -> Iterator[bytes]:
    """XMP in compressed streams, where a writer against the custom compresses it."""
    for content in _STREAM.findall(data):
        with suppress(zlib.error):
            yield from _XMP.findall(zlib.decompressobj().decompress(content))


def _unescaped(text: str) -> str:
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text


def _attachments(document: pypdfium2.PdfDocument) -> Iterator[Passage]:
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        name = attachment.get_name()
        place = Place(Part.ATTACHMENT, name=name)
        description = _wide_text(raw.FPDFAttachment_GetDescription, attachment.raw)
        yield apart(place, (name, description, *read_attachment(bytes(attachment.get_data()))))


# --- on a page ------------------------------------------------------------------------------------------


def _annotations(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Texts of annotations, with the addresses of links."""
    for annotation in _each_annotation(page):
        is_link = raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_LINK
        for key in _ANNOTATION_KEYS[:1] if is_link else _ANNOTATION_KEYS:
            yield _wide_text(raw.FPDFAnnot_GetStringValue, annotation, key)
        if is_link:
            yield _address(page, annotation)


def _form_fields(page: pypdfium2.PdfPage) -> Iterator[str]:
    form = page.formenv
    if form is None:
        return
    for annotation in _each_annotation(page):
        if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
            for ask in (
                raw.FPDFAnnot_GetFormFieldValue,
                raw.FPDFAnnot_GetFormFieldName,
                raw.FPDFAnnot_GetFormFieldAlternateName,
            ):
                yield _wide_text(ask, form, annotation)


def _each_annotation(page: pypdfium2.PdfPage) -> Iterator[Any]:
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if annotation:
            try:
                yield annotation
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


def _address(page: pypdfium2.PdfPage, annotation: Any) -> str:
    """Where a link leads outside the file; "" for one inside."""
    link = raw.FPDFAnnot_GetLink(annotation)
    action = raw.FPDFLink_GetAction(link) if link else None
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    length = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    raw.FPDFAction_GetURIPath(page.pdf, action, buffer, length)
    return unquote(buffer.value.decode("utf-8", "replace"))


def _descriptions(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Alternative and replacement texts of the structure elements on a page."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    try:
        waiting = [
            (raw.FPDF_StructTree_GetChildAtIndex(tree, index), 0)
            for index in range(raw.FPDF_StructTree_CountChildren(tree))
        ]
        while waiting:
            element, depth = waiting.pop()
            if not element:
                continue
            for ask in _DESCRIBING:
                if ask(element, None, 0) > 2:
                    yield _broken(_wide_text(ask, element))
            if depth < _DEEPEST:
                waiting += [
                    (raw.FPDF_StructElement_GetChildAtIndex(element, index), depth + 1)
                    for index in range(raw.FPDF_StructElement_CountChildren(element))
                ]
    finally:
        raw.FPDF_StructTree_Close(tree)


def _broken(description: str) -> str:
    """Figures and signs as breaks: the program makes a description of many short texts."""
    return _SIGNS.sub(r"\n\g<0>\n", description)


def _wide_text(ask: Callable[..., int], *arguments: Any) -> str:
    """A UTF-16 text that PDFium writes into a buffer; into one that is too small it writes nothing."""
    buffer = (ctypes.c_ushort * _USUAL)()
    size = ask(*arguments, buffer, 2 * _USUAL)
    if size <= 2:
        return ""
    if size > 2 * _USUAL:
        buffer = (ctypes.c_ushort * (size // 2 + 1))()
        ask(*arguments, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
