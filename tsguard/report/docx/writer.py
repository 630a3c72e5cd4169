"""A document to DOCX: the same bytes for the same document, in memory; nothing of it touches the disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from tsguard.errors import Cancelled
from tsguard.report.blocks import (
    Block,
    Chapter,
    Contents,
    Cover,
    DataTable,
    Figures,
    Form,
    Heading,
    Paragraph,
    Picture,
    Radar,
    Review,
    Signature,
)
from tsguard.report.document import Document
from tsguard.report.docx.fields import Targets, gathered
from tsguard.report.docx.package import packed
from tsguard.report.docx.plates import cover, figures, question, radar, review, signature
from tsguard.report.docx.runs import paragraph, plain, set_paragraph
from tsguard.report.docx.tables import data_table, form
from tsguard.report.identity import IDENTITY_ANCHOR
from tsguard.report.question import Question

_GAP = paragraph("TsgGap", "")
_BREAK = paragraph("TsgGap", "", new_page=True)


def render_docx(
    document: Document,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bytes:
    """Write a report as DOCX.

    Args:
        document: What stands in it; its attachments and the page about checking them are left out.
        progress: Told the blocks done and all blocks.
        cancelled: Asked often.

    Returns:
        The file.

    Raises:
        Cancelled: ``cancelled`` said so.
    """

    def check() -> None:
        if cancelled():
            raise Cancelled

    blocks = _to_edit(document.blocks)
    document = replace(document, blocks=blocks, attachments=())
    targets = Targets(blocks)
    made: list[str] = []
    for number, (block, following) in enumerate(pairwise((*blocks, None)), 1):
        check()
        if block is None:
            continue
        made += _set(block, following, document, targets, check)
        if progress is not None:
            progress(number, len(blocks))
    first = blocks[0] if blocks else None
    data = packed(document, "".join(made), cover=isinstance(first, Cover))
    check()
    return data


def _to_edit(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Without the page by which a PDF is checked: its digests would be wrong after the first edit."""
    kept: list[Block] = []
    checked = False
    for block in blocks:
        if isinstance(block, Chapter):
            checked = block.anchor == IDENTITY_ANCHOR
        if not checked:
            kept.append(block)
    return tuple(kept)


def _set(
    block: Block,
    following: Block | None,
    document: Document,
    targets: Targets,
    check: Callable[[], None],
) -> list[str]:
    """Paragraphs and tables of a block; a paragraph stands after each table, else Word joins two of them."""
    match block:
        case Cover():
            turned = isinstance(following, Contents | Chapter) or following is None
            return [*cover(block, targets), *([] if turned else [_BREAK])]
        case Contents():
            return _contents(block, document, targets)
        case Chapter() | Heading():
            return [_heading(block, targets)]
        case Paragraph():
            leads = isinstance(following, DataTable | Form | Figures | Radar)
            return [set_paragraph(block, targets, keep_next=leads)]
        case DataTable():
            return [data_table(block, targets, check), _GAP]
        case Form():
            return [form(block, targets), _GAP]
        case Figures():
            return [figures(block), _GAP]
        case Radar():
            return radar(block)
        case Signature():
            return [signature(block), _GAP]
        case Review():
            return [review(block), _GAP]
        case Question():
            return [question(block), _GAP]
        case Picture():
            return [paragraph("TsgCaption", plain(block.caption))]  # its page is bound into the PDF only


def _contents(block: Contents, document: Document, targets: Targets) -> list[str]:
    entries = [
        (
            "TOC1" if isinstance(each, Chapter) else "TOC2",
            targets.linked(each.anchor, plain(each.title)),
        )
        for each in document.blocks
        if isinstance(each, Chapter) or (isinstance(each, Heading) and each.listed)
    ]
    return [paragraph("TsgContentsTitle", plain(block.title)), gathered(entries)]


def _heading(block: Chapter | Heading, targets: Targets) -> str:
    runs = targets.marked(block.anchor, plain(block.title))
    if isinstance(block, Chapter):
        return paragraph("Heading1", runs)
    style = "Heading2" if block.listed else "Heading3"  # the contents gather two levels
    return paragraph(style, runs, new_page=block.new_page)
