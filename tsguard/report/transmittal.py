"""材料移送清单: which files are handed over, each with its SHA-256, and who signs for them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition, Format
from tsguard.domain.snapshot import Snapshot
from tsguard.domain.words import document_word, level_word
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Align,
    Cell,
    Chapter,
    Column,
    DataTable,
    Entry,
    Form,
    Paragraph,
    Role,
    Row,
    Run,
    line,
)
from tsguard.report.build import document_number, document_title, footing
from tsguard.report.chapters.front import company_name
from tsguard.report.document import Document
from tsguard.report.marked import Marked, marked, said
from tsguard.report.story import answer, cell

_SEAL_LINES = 5
"""Lines of a form that a seal takes."""


@dataclass(frozen=True, slots=True)
class TransmittalRow:
    """One file that is handed over.

    Attributes:
        name: What the document is.
        edition: For whom it is.
        number: Its own number, as printed in it.
        pages: How many; a dash for a format without fixed pages.
        format: Of the file.
        sha256: Of the file, 64 hexadecimal digits.
    """

    name: Marked
    edition: Marked
    number: Marked
    pages: Marked
    format: Marked
    sha256: Marked


def transmittal_row(
    edition: Edition, form: Format, *, number: str, pages: int, data: bytes
) -> TransmittalRow:
    """The row of a file in memory.

    Args:
        edition: Which document, for whom.
        form: The file's format.
        number: The document's number.
        pages: 0 where the format has no fixed pages.
        data: The whole file.
    """
    return TransmittalRow(
        name=said(document_word(edition.kind)),
        edition=said(level_word(edition.level)),
        number=said(number),
        pages=said(str(pages) if pages else "—"),
        format=said(form.value.upper()),
        sha256=said(hashlib.sha256(data).hexdigest()),
    )


def build_transmittal(
    snapshot: Snapshot, rows: Sequence[TransmittalRow], *, level: Level, on: date
) -> Document:
    """The list on a page or more.

    Args:
        snapshot: What the files were made from.
        rows: In the order in which they are handed over, at least one.
        level: Internal as soon as one of the files is.
        on: The date printed on it.
    """
    parts = [row.sha256.text for row in rows]
    number = said(document_number(snapshot, Edition(DocumentKind.TRANSMITTAL, level), on, parts))
    title = said(document_title(DocumentKind.TRANSMITTAL))
    facts = (
        (_("移送单位"), company_name(snapshot)),
        (_("清单编号"), number),
        (_("日期"), said(words.day(on))),
    )
    return Document(
        level=level,
        title=title,
        company=marked(snapshot.enterprise, "name"),
        footing=footing(level),
        number=number,
        on=on,
        blocks=(
            Chapter(title, "transmittal"),
            Form(tuple(Entry(said(label), line(value)) for label, value in facts)),
            answer(_("下列文件共{count}份，随本清单移送。").format(count=len(rows))),
            _table(rows),
            *_checking(),
            _signatures(),
        ),
    )


def _table(rows: Sequence[TransmittalRow]) -> DataTable:
    columns = (
        Column(said(_("序号")), 30),
        Column(said(_("文件与编号")), 160),
        Column(said(_("版本")), 45),
        Column(said(_("页数")), 34, Align.RIGHT),
        Column(said(_("格式")), 42, Align.CENTRE),
        Column(said(_("SHA-256")), 130),
    )
    return DataTable(
        columns,
        tuple(
            Row(
                (
                    cell(str(order)),
                    Cell((Paragraph(line(row.name), Role.CELL), Paragraph(line(row.number), Role.DETAIL))),
                    cell(row.edition),
                    cell(row.pages, Role.NUMBER),
                    cell(row.format, Role.CENTRED),
                    cell(Marked(words.grouped(row.sha256.text), row.sha256.level), Role.HASH),
                )
            )
            for order, row in enumerate(rows, 1)
        ),
    )


def _checking() -> tuple[Paragraph, ...]:
    label = Run(said(_("怎样核对：")), bold=True)
    text = _(
        "纸质件逐份核对编号和页数。电子件用本程序的“核验文件”页，或任何能计算SHA-256的工具，"
        "与上表逐组对照。摘要一致，说明文件在出具后没有变化；出具人以盖章或电子签名为准。"
    )
    return (Paragraph(line(label, said(text)), Role.ANSWER),)


def _signatures() -> Form:
    """Both sides beside each other, with room for a seal."""
    room, blank, day = said("\n".join(["\u3000"] * _SEAL_LINES)), said("\u3000"), said(_("年　　月　　日"))
    return Form(
        tuple(
            Entry(said(label), line(value))
            for label, value in (
                (_("移送单位（盖章）"), room),
                (_("接收单位（盖章）"), room),
                (_("移送人（签字）"), blank),
                (_("接收人（签字）"), blank),
                (_("移送日期"), day),
                (_("接收日期"), day),
            )
        )
    )
