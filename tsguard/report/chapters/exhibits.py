"""六、佐证目录: every piece of evidence with its hash, and what the programme asks to attach."""

from __future__ import annotations

from tsguard.domain.evidence import Evidence
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Align,
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
from tsguard.report.marked import compose, marked, said
from tsguard.report.story import Material, Story, cell, evidence_anchor, linked


def write_exhibits(material: Material, story: Story) -> None:
    """The index, then the programme's list with what answers it."""
    pieces = material.snapshot.evidence
    story.chapter(_("佐证目录"))
    requests = material.snapshot.assessment.programme.evidence_list
    if requests:
        story.section(_("目录"))
    if pieces:
        story.say(
            _(
                "每件电子佐证附 SHA-256 全文，可用任意工具复算核对；佐证文件本身不在本报告内。"
                "“脱敏”栏为“是”的，已去除秘点内容、客户名称和人员身份信息。"
            ),
            Role.LEAD,
        )
        story.add(_index(pieces, material))
    else:
        story.say(_("还没有登记佐证。"), Role.LEAD)
    if requests:
        _write_requests(material, story)


def _index(pieces: tuple[Evidence, ...], material: Material) -> DataTable:
    columns = (
        Column(said(_("编号")), 32),
        Column(said(_("名称")), 85),
        Column(said(_("日期")), 56),
        Column(said(_("页")), 20, Align.RIGHT),
        Column(said(_("等级")), 26, Align.CENTRE),
        Column(said(_("脱敏")), 26, Align.CENTRE),
        Column(said(_("对应条款")), 68),
        Column(said(_("SHA-256")), 128),
    )
    return DataTable(columns, tuple(_row(piece, material) for piece in pieces))


def _row(piece: Evidence, material: Material) -> Row:
    title = [Paragraph(line(marked(piece, "title")), Role.CELL)]
    if material.internal:
        title += [
            Paragraph(line(compose(label, {"value": marked(piece, name)})), Role.DETAIL)
            for label, name in ((_("文件：{value}"), "file_name"), (_("存放：{value}"), "paper_at"))
            if getattr(piece, name).strip()
        ]
    if piece.expires:
        word = _("{day} 已过期") if piece.expired(material.on) else _("有效至 {day}")
        run = Run(compose(word, {"day": marked(piece, "expires")}), bold=piece.expired(material.on))
        title.append(Paragraph(line(run), Role.DETAIL))
    return Row(
        (
            cell(marked(piece, "id")),
            Cell(tuple(title)),
            cell(marked(piece, "dated", lambda value: value.isoformat() if value else "—")),
            cell(marked(piece, "pages", lambda value: "—" if value is None else str(value)), Role.NUMBER),
            cell(marked(piece, "tier", words.tier), Role.CENTRED),
            cell(marked(piece, "redacted", lambda value: _("是") if value else _("否")), Role.CENTRED),
            cell(linked(piece.items, "item"), Role.IDS),
            _hash(piece),
        ),
        anchor=evidence_anchor(piece.id),
    )


def _hash(piece: Evidence) -> Cell:
    if piece.content_lost:
        return cell(line(Run(said(_("内容已丢失")), tone=Tone.GREY)), Role.SMALL)
    if piece.is_paper:
        return cell(line(Run(said(_("纸质件，未计算")), tone=Tone.GREY)), Role.SMALL)
    return cell(marked(piece, "sha256", words.grouped), Role.HASH)


def _write_requests(material: Material, story: Story) -> None:
    programme = material.snapshot.assessment.programme
    story.section(_("申报方案要求的材料"))
    rows = []
    for request in programme.evidence_list:
        pieces = dict.fromkeys(
            piece.id for item in request.items for piece in material.evidence.get(item, ())
        )
        none = _("未关联") if request.items else _("另附")
        rows.append(
            Row(
                (
                    cell(request.id),
                    cell(request.title),
                    cell(linked(request.items, "item"), Role.IDS),
                    cell(linked(tuple(pieces), "evidence", none), Role.IDS),
                )
            )
        )
    columns = (
        Column(said(_("编号")), 34),
        Column(said(_("材料")), 187),
        Column(said(_("相关条款")), 110),
        Column(said(_("已登记佐证")), 110),
    )
    story.add(DataTable(columns, tuple(rows)))
