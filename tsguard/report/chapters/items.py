"""三、条款符合性: every item with its verdict, evidence and basis, section by section."""

from __future__ import annotations

from tsguard.domain.basis import Citation
from tsguard.domain.checklist import Item, Section
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Verdict
from tsguard.i18n import _
from tsguard.report.blocks import (
    Cell,
    Column,
    DataTable,
    Paragraph,
    Role,
    Row,
    Run,
    Text,
    line,
    sign,
)
from tsguard.report.chapters.item_number import number_cell
from tsguard.report.marked import Marked, compose, marked, said
from tsguard.report.story import Material, Story, as_text, item_anchor, linked, source_anchor, verdict_text
from tsguard.report.words import MARKS

_COLUMNS = (46.0, 188.0, 58.0, 52.0, 97.0)


def write_items(material: Material, story: Story) -> None:
    """A legend, then a table for each section."""
    story.chapter(_("条款符合性"))
    legend: list[Run] = [Run(said(_("判定：")))]
    for verdict, mark in MARKS.items():
        legend += [sign(mark), Run(said(verdict_word(verdict))), Run(said(_("；")))]
    legend.append(
        Run(
            said(
                _("不适用的条款不计入分子和分母，须写理由。佐证栏的编号见“佐证目录”，“台账”表示由台账核验。")
            )
        )
    )
    story.add(Paragraph(tuple(legend), Role.NOTE))
    for section in material.snapshot.assessment.checklist.sections:
        count = len(section.items)
        if not count:
            continue
        story.section(_("{title}　{id}，{count}条").format(title=section.title, id=section.id, count=count))
        story.add(_table(section, material))


def _table(section: Section, material: Material) -> DataTable:
    titles = (_("编号"), _("条款"), _("判定"), _("佐证"), _("依据"))
    return DataTable(
        tuple(Column(said(title), width) for title, width in zip(titles, _COLUMNS, strict=True)),
        tuple(_row(item, material) for item in section.items),
    )


def _row(item: Item, material: Material) -> Row:
    return Row(
        (
            number_cell((said(item.id),), item.critical),
            Cell((Paragraph(line(said(item.text)), Role.CELL), *_remarks(item, material))),
            Cell((Paragraph(verdict_text(material.verdict(item.id)), Role.CELL),)),
            _evidence(item, material),
            Cell((Paragraph(citations(item.basis), Role.SMALL),)),
        ),
        anchor=item_anchor(item.id),
    )


def _remarks(item: Item, material: Material) -> list[Paragraph]:
    """What stands below the item: reason; for the company itself also note, whom to ask, its own mark."""
    answer = material.answer(item.id)
    found: list[Marked] = []
    score, check = material.sheet.item(item.id), material.checks.get(item.id)
    if score and check and score.contradicted:
        text = _("台账核验：{of}项中{met}项合格，最多支持“{verdict}”")
        found.append(said(text.format(of=check.of, met=check.met, verdict=verdict_word(check.at_most))))
    if answer is None:
        return [Paragraph(as_text(each), Role.DETAIL) for each in found]
    # What was typed for another verdict stays with the answer, for coming back to it, but off the paper.
    if answer.verdict is Verdict.NOT_APPLICABLE and answer.reason.strip():
        found.append(compose(_("理由：{reason}"), {"reason": marked(answer, "reason")}))
    if answer.verdict is Verdict.NOT_APPLICABLE and answer.ask_again:
        found.append(compose(_("{day}再问"), {"day": marked(answer, "ask_again")}))
    if material.internal:
        if answer.note.strip():
            found.append(compose(_("现状：{note}"), {"note": marked(answer, "note")}))
        if answer.verdict is Verdict.UNKNOWN and answer.ask_whom.strip():
            found.append(compose(_("请问：{whom}"), {"whom": marked(answer, "ask_whom")}))
        if answer.flagged:
            found.append(marked(answer, "flagged", lambda _flagged: _("已标记，待再看")))
    return [Paragraph(as_text(each), Role.DETAIL) for each in found]


def _evidence(item: Item, material: Material) -> Cell:
    every = material.evidence.get(item.id, ())
    pieces = tuple(piece.id for piece in every if not piece.expired(material.on))
    expired = tuple(piece.id for piece in every if piece.expired(material.on))
    paragraphs = []
    check = material.checks.get(item.id)
    if expired:
        runs = (*linked(expired, "evidence"), Run(said(_(" 已过期"))))
        paragraphs.append(Paragraph(runs, Role.IDS))
    if pieces or not (check or expired):
        role = Role.IDS if len(pieces) > 1 else Role.CELL
        paragraphs.append(Paragraph(linked(pieces, "evidence", _("无")), role))
    if check:
        text = _("台账{met}/{of}").format(met=check.met, of=check.of)
        paragraphs.append(Paragraph(line(said(text)), Role.SMALL))
    return Cell(tuple(paragraphs))


def citations(basis: tuple[Citation, ...]) -> Text:
    """The rules behind an item, each leading to its row in the list of sources."""
    runs: list[Run] = []
    for citation in basis:
        if runs:
            runs.append(Run(said(_("；"))))
        runs.append(Run(said(str(citation)), link=source_anchor(citation.source)))
    return tuple(runs) or line(said("—"))
