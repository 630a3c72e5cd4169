"""七、依据清单: every cited source and article, how sure we are of each, and when it was checked."""

from __future__ import annotations

import re

from tsguard.domain.basis import Source, SourceStatus
from tsguard.domain.checklist import Checklist
from tsguard.domain.words import source_kind_word
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Cell,
    Column,
    DataTable,
    Paragraph,
    Role,
    Row,
    Run,
    Tone,
    line,
)
from tsguard.report.marked import said
from tsguard.report.story import Material, Story, cell, source_anchor

_FIGURES = re.compile(r"\d+")


def write_sources(material: Material, story: Story) -> None:
    """A row for each source, then one for each of its cited articles."""
    checklist = material.snapshot.assessment.checklist
    cited = _cited(checklist)
    story.chapter(_("依据清单"))
    story.say(
        _(
            "条文均为转述，不是原文。“待核”表示编制清单时没有见到官方原文，引用前须自行核对；"
            "“约束对象”不含本企业的，只作参照。依据库版本{version}（最近一次选入或更新条款时的；"
            "此前选入的，转述仍是当时的）。"
        ).format(version=checklist.library_version),
        Role.LEAD,
    )
    if not cited:
        story.say(_("清单没有引用依据。"), Role.LEAD)
        return
    rows: list[Row] = []
    for source, articles in cited:
        rows.append(_source_row(source))
        rows += [_article_row(source, article) for article in articles if article or source.text]
    columns = (
        Column(said(_("简称、条款")), 72),
        Column(said(_("全称、制定机关与内容")), 255),
        Column(said(_("施行日期")), 58),
        Column(said(_("核对")), 56),
    )
    story.add(DataTable(columns, tuple(rows)))


def _cited(checklist: Checklist) -> list[tuple[Source, list[str]]]:
    """Sources in the library's order with the articles that items cite, in the order of their figures."""
    articles: dict[str, set[str]] = {}
    for item in checklist.items():
        for citation in item.basis:
            articles.setdefault(citation.source, set()).add(citation.article)
    return [
        (source, sorted(articles[source.id], key=_article_order))
        for source in checklist.sources
        if source.id in articles
    ]


def _article_order(article: str) -> tuple[list[int], str]:
    return [int(figure) for figure in _FIGURES.findall(article)], article


def _source_row(source: Source) -> Row:
    about = [Paragraph(line(said(source.title)), Role.CELL)]
    if source.number:
        about.append(Paragraph(line(said(_("（{number}）").format(number=source.number))), Role.CELL))
    facts = [source.issuer, source_kind_word(source.kind)]
    if source.binds:
        facts.append(_("约束对象：{binds}").format(binds=source.binds))
    about.append(Paragraph(line(said("　".join(fact for fact in facts if fact))), Role.DETAIL))
    if source.replaces:
        text = _("替代：{replaces}").format(replaces=source.replaces)
        about.append(Paragraph(line(said(text)), Role.DETAIL))
    if source.note:
        about.append(Paragraph(line(said(source.note)), Role.DETAIL))
    checked = Paragraph(line(Run(said(source.checked_on.isoformat()), tone=Tone.GREY)), Role.DETAIL)
    return Row(
        (
            Cell((Paragraph(line(Run(said(source.id), bold=True)), Role.CELL),)),
            Cell(tuple(about)),
            cell(source.in_force or "—"),
            Cell((*_status(source.status), checked)),
        ),
        anchor=source_anchor(source.id),
    )


def _article_row(source: Source, article: str) -> Row:
    label = f"§{article}" if article else _("全文")
    return Row(
        (
            cell(label, Role.SMALL),
            cell(source.paraphrase(article), Role.SMALL),
            cell(""),
            Cell(_status(source.status_of(article), small=True)),
        ),
        joined=True,
    )


def _status(status: SourceStatus, *, small: bool = False) -> tuple[Paragraph, ...]:
    role = Role.SMALL if small else Role.CELL
    if status is SourceStatus.SEEN:
        return (Paragraph(line(said(_("已核"))), role),)
    why = Run(said(words.source_status(status)), tone=Tone.GREY)
    if small:
        return (Paragraph(line(Run(said(_("待核")), bold=True)), role),)
    return (
        Paragraph(line(Run(said(_("待核")), bold=True)), role),
        Paragraph(line(why), Role.DETAIL),
    )
