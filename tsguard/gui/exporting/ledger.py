"""The columns of 出具记录, what is searched in it, and its table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import COVERING, DocumentKind, Edition, Format, IssuedDocument
from tsguard.domain.words import document_word, level_word
from tsguard.gui.exporting.documents import written_down
from tsguard.gui.widgets.rows import Cell, Column
from tsguard.i18n import _
from tsguard.services.moments import moment_text

HIDE_BELOW = {6: 860, 7: 700, 3: 600, 4: 520, 2: 440}
"""Width of the table below which a column gives way: 签名, 出具时间, 日期, 页数, 版本."""


def kind_words(issued: IssuedDocument) -> str:
    """The document's name."""
    return document_word(issued.kind)


def issued_when(issued: IssuedDocument) -> str:
    """When it was written, on this computer's clock; "" where that is not known."""
    try:
        return moment_text(datetime.fromisoformat(issued.issued_at))
    except ValueError:
        return ""


def columns() -> list[Column]:
    """The columns, left to right."""
    return [
        Column(_("编号"), lambda each: Cell(each.id, tone="ink3", sort=(len(each.id), each.id)), 78),
        Column(_("文件"), _document, 0, main=True),
        Column(_("版本"), lambda each: Cell(level_word(each.level), tone="ink2"), 74),
        Column(_("文件日期"), _day, 104),
        Column(_("页数"), _pages, 56, align="right"),
        Column(_("盖章件"), _sealed, 108),
        Column(_("签名"), _signed, 84),
        Column(_("出具时间"), _when, 140),
    ]


def _document(issued: IssuedDocument) -> Cell:
    word = kind_words(issued)
    if issued.format is Format.DOCX:
        word = _("{document}·Word").format(document=word)
    elif issued.locked:
        word = _("{document}·口令副本").format(document=word)
    icon = "document" if issued.format is Format.DOCX else "lock_closed" if issued.locked else "document_pdf"
    return Cell(word, icon=icon, icon_tone="ink2", tip=issued.file_name)


def _day(issued: IssuedDocument) -> Cell:
    return Cell(issued.dated.isoformat() if issued.dated else "–", tone="ink2")


def _pages(issued: IssuedDocument) -> Cell:
    return Cell(str(issued.pages), sort=issued.pages) if issued.pages else Cell("–", tone="ink3", sort=0)


def _sealed(issued: IssuedDocument) -> Cell:
    if issued.sealed:
        return Cell(_("已存"), tone="ink2", icon="checkmark_circle", icon_tone="good", sort=2)
    if issued.scan_lost:
        return Cell(_("内容已丢失"), tone="bad", icon="error_circle_filled", icon_tone="bad", sort=1)
    return Cell("–", tone="ink3", sort=0)


def _signed(issued: IssuedDocument) -> Cell:
    return Cell(_("已签"), tone="ink2", icon="checkmark") if issued.signed else Cell("–", tone="ink3")


def _when(issued: IssuedDocument) -> Cell:
    return Cell(issued_when(issued) or "–", tone="ink3", sort=issued.issued_at)


def matches(issued: IssuedDocument, sought: str) -> bool:
    """Whether a lower-case search text stands in it; also the beginning of a digest."""
    texts = (issued.id, kind_words(issued), level_word(issued.level), issued.number, issued.file_name)
    digest = "".join(sought.split())
    named = any(sought in text.lower() for text in (*texts, issued.note, issued.scan_name))
    return named or (len(digest) >= 4 and issued.sha256.startswith(digest))


def table(records: Iterable[IssuedDocument]) -> Iterator[tuple[str, ...]]:
    """A head, and a row for each entry."""
    yield (
        _("编号"), _("文件"), _("版本"), _("格式"), _("文件编号"), _("文件日期"), _("出具时间"), _("文件名"),
        _("页数"), _("字节"), "SHA-256", _("变更记录末条摘要"), _("电子签名"), _("口令副本"), _("盖章件"),
        _("盖章件SHA-256"), _("存入日期"), _("备注"),
    )  # fmt: skip
    for each in records:
        yield (
            each.id,
            kind_words(each),
            level_word(each.level),
            each.format.upper(),
            each.number,
            each.dated.isoformat() if each.dated else "",
            issued_when(each),
            each.file_name,
            str(each.pages or ""),
            str(each.size),
            each.sha256,
            each.journal_head,
            _("是") if each.signed else "",
            _("是") if each.locked else "",
            each.scan_name,
            each.scan_sha256,
            each.scanned_on.isoformat() if each.scanned_on else "",
            each.note,
        )


def last_choice(records: Iterable[IssuedDocument]) -> str:
    """What was exported last, as ``ExportOptions.choose`` takes it; "" where nothing was.

    Files of one export were made from one head of the journal; later ones never are, since recording them
    moves it.
    """
    known = tuple(records)
    if not known:
        return ""
    together = [each for each in known if each.journal_head == known[-1].journal_head]
    editions = sorted({Edition(each.kind, each.level) for each in together}, key=_handed_in)
    kept = [edition for edition in editions if edition.kind not in COVERING]
    letters = (
        ("w", any(each.format is Format.DOCX for each in together)),
        ("l", any(each.locked for each in together)),
        ("s", any(each.signed for each in together)),
    )
    return f"{written_down(kept)};{''.join(letter for letter, said in letters if said)}"


def _handed_in(edition: Edition) -> tuple[int, str]:
    return tuple(DocumentKind).index(edition.kind), edition.level


SUBMITTED, INTERNAL, UNSEALED = Level.SUBMISSION, Level.INTERNAL, "unsealed"
"""Filters besides all: by edition, and submissions whose sealed page has not come back."""


def passes(issued: IssuedDocument, kept: object) -> bool:
    """Whether a filter keeps it."""
    if kept == UNSEALED:
        return issued.level is Level.SUBMISSION and not issued.sealed and issued.format is Format.PDF
    return kept not in {SUBMITTED, INTERNAL} or issued.level == kept
