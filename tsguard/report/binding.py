"""Several documents in one file (合订本): one cover, one list of contents, a part for each.

The documents are taken as they were built: their words are not changed, so the digest of its text that each
prints at its end stays right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.snapshot import Snapshot
from tsguard.domain.words import level_word
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Block,
    Cell,
    Chapter,
    Column,
    Contents,
    Cover,
    DataTable,
    Entry,
    Form,
    Heading,
    Paragraph,
    Role,
    Row,
    Run,
    Tone,
    line,
)
from tsguard.report.build import document_number, document_title, footing
from tsguard.report.chapters.front import company_name, cover_remarks, programme_name
from tsguard.report.document import Attachment, Document
from tsguard.report.identity import IDENTITY_ANCHOR, text_digest
from tsguard.report.marked import Marked, marked, said
from tsguard.report.story import answer, cell

_KEYS = frozenset({"anchor", "link"})
"""Fields that hold a place in the document."""


def bind(documents: Sequence[Document], snapshot: Snapshot, *, level: Level, on: date) -> Document:
    """One document of several.

    Args:
        documents: In the order of their parts, at least one.
        snapshot: What they were made from.
        level: Internal as soon as one of them is.
        on: The date printed on it.

    Raises:
        DisclosureBreach: A bug: a document of the internal edition in a file for the bureau.
    """
    edition = Edition(DocumentKind.BOUND, level)
    number = said(document_number(snapshot, edition, on, [each.number.text for each in documents]))
    blocks: list[Block] = [*_front(documents, snapshot, number, level, on), *_overview(documents)]
    for part, document in enumerate(documents, 1):
        blocks += _part(part, document)
    return Document(
        level=level,
        title=said(document_title(edition.kind)),
        company=marked(snapshot.enterprise, "name"),
        footing=footing(level),
        number=number,
        on=on,
        blocks=tuple(blocks),
        attachments=tuple(_attachments(documents)),
    )


def _front(
    documents: Sequence[Document], snapshot: Snapshot, number: Marked, level: Level, on: date
) -> tuple[Block, ...]:
    internal = level is Level.INTERNAL
    rows = (
        Entry(said(_("企业名称")), line(company_name(snapshot))),
        Entry(said(_("申报方案")), line(said(programme_name(snapshot)))),
        Entry(said(_("合订文件")), line(said(_("{count}份").format(count=len(documents))))),
        Entry(said(_("文件编号")), line(number)),
    )
    return (
        Cover(
            remarks=cover_remarks(snapshot, internal=internal),
            title=(said(_("商业秘密保护")), said(_("申报材料合订本"))),
            subtitle=said(_("企业内部使用") if internal else _("报送材料")),
            rows=rows,
            day=said(words.day(on)),
        ),
        Contents(said(_("目　录"))),
    )


def _overview(documents: Sequence[Document]) -> tuple[Block, ...]:
    """What is bound, in place of a transmittal list: a file cannot hold its own digest."""
    columns = (
        Column(said(_("部分")), 56),
        Column(said(_("文件与编号")), 200),
        Column(said(_("版本")), 50),
        Column(said(_("正文摘要（SHA-256）")), 135),
    )
    rows = tuple(
        Row(
            (
                cell(line(Run(said(_part_word(part)), link=_part_anchor(part), tone=Tone.ACCENT))),
                Cell(
                    (
                        Paragraph(line(document.title), Role.CELL),
                        Paragraph(line(document.number), Role.DETAIL),
                    )
                ),
                cell(level_word(document.level)),
                cell(words.grouped(_digest(document)), Role.HASH),
            )
        )
        for part, document in enumerate(documents, 1)
    )
    return (
        Chapter(said(_("合订文件清单")), "overview"),
        answer(_("各部分与单独出具的文件内容相同，各自的章号从一起编，页码全册连排。")),
        DataTable(columns, rows),
        answer(
            _(
                "正文摘要是各部分“核验信息”之前全部文字的SHA-256，与该部分末页所印的一致。"
                "合订本不能印出自己整个文件的摘要，需要时请向出具单位索取。"
            )
        ),
    )


def _digest(document: Document) -> str:
    """Of everything before the page that prints it."""
    before: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Chapter) and block.anchor == IDENTITY_ANCHOR:
            break
        before.append(block)
    return text_digest(before)


# --- a part -----------------------------------------------------------------------------------------


def _part(part: int, document: Document) -> Iterator[Block]:
    """Its own first page in place of its cover, then its chapters one step lower."""
    title = _("{part}　{title}").format(part=_part_word(part), title=document.title.text)
    yield Chapter(Marked(title, document.title.level), _part_anchor(part))
    for block in document.blocks:
        if isinstance(block, Cover):
            yield from _cover(block)
            yield from _chapters(part, document)
        elif not isinstance(block, Contents):
            yield _lowered(_anchored(block, f"part-{part}-"))


def _cover(cover: Cover) -> Iterator[Block]:
    for remark in cover.remarks:
        yield Paragraph(line(remark), Role.LEAD)
    yield Form((*cover.rows, Entry(said(_("日期")), line(cover.day))))


def _chapters(part: int, document: Document) -> Iterator[Block]:
    """What is in the part; the contents of the whole file know the pages."""
    chapters = [block for block in document.blocks if isinstance(block, Chapter)]
    yield Paragraph(line(Run(said(_("本部分内容")), bold=True)), Role.ANSWER)
    for each in chapters:
        link = f"part-{part}-{each.anchor}"
        yield Paragraph(line(Run(each.title, link=link, tone=Tone.ACCENT)), Role.LEAD)


def _part_word(part: int) -> str:
    return _("第{number}部分").format(number=words.numeral(part))


def _part_anchor(part: int) -> str:
    return f"part-{part}"


def _lowered(block: Block) -> Block:
    if isinstance(block, Chapter):
        return replace(block, depth=1)
    return replace(block, depth=2, listed=False) if isinstance(block, Heading) else block


def _anchored(node: Any, prefix: str) -> Any:
    """The same block with every place and every link to one led by a prefix."""
    if isinstance(node, tuple):
        each_one = tuple(_anchored(each, prefix) for each in node)
        same = all(new is old for new, old in zip(each_one, node, strict=True))
        return node if same else each_one
    if isinstance(node, Marked) or not is_dataclass(node) or isinstance(node, type):
        return node
    changes: dict[str, Any] = {}
    for each in fields(node):
        value = getattr(node, each.name)
        new = (value and prefix + value) if each.name in _KEYS else _anchored(value, prefix)
        if new is not value:
            changes[each.name] = new
    return replace(node, **changes) if changes else node


# --- attachments ------------------------------------------------------------------------------------


def _attachments(documents: Sequence[Document]) -> Iterator[Attachment]:
    """Each content once; names that would come twice get their part's number."""
    contents: set[bytes] = set()
    names: set[str] = set()
    for part, document in enumerate(documents, 1):
        for each in document.attachments:
            if each.data in contents:
                continue
            name = PurePath(each.name)
            own = each.name if each.name not in names else f"{name.stem}-{part}{name.suffix}"
            contents.add(each.data)
            names.add(own)
            told = _("{description}：{title}").format(
                description=each.description.text, title=document.title.text
            )
            yield replace(each, name=own, description=Marked(told, each.description.level))
