"""佐证目录: every piece of evidence with its hash, and what the programme asks to attach."""

from __future__ import annotations

from datetime import date

from tsguard.domain.dossier import DocumentKind
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
    Text,
    Tone,
    line,
)
from tsguard.report.marked import Marked, compose, marked, said
from tsguard.report.story import Material, Story, cell, evidence_anchor, linked

_NAMED = 30
"""How many pieces a warning names; the column beside each says the same."""


def write_exhibits(material: Material, story: Story) -> None:
    """The index, then the programme's list with what answers it."""
    pieces = material.snapshot.evidence
    story.chapter(_("佐证目录"))
    requests = material.snapshot.assessment.programme.evidence_list
    if requests:
        story.section(_("目录"))
    if pieces:
        digests = _("每件电子佐证附SHA-256全文，可用任意工具复算核对；")
        if material.bound:
            where = _("点编号可到它的封面，能装订的各页图像在封面之后。")
        elif _has_covers(material):
            where = _("点编号可到它的封面，原件放在封面之后。")
        else:
            where = _("佐证文件本身不在本报告内。")
        redacted = _("“脱敏”栏为“是”的，已去除秘点内容、客户名称和人员身份信息。")
        story.say(digests + where + redacted, Role.LEAD)
        _write_warning(pieces, story)
        story.add(_index(pieces, material))
    else:
        story.say(_("还没有登记佐证。"), Role.LEAD)
    if requests:
        _write_requests(material, story)


def _index(pieces: tuple[Evidence, ...], material: Material) -> DataTable:
    columns = (
        Column(said(_("编号")), 32),
        Column(said(_("名称")), 90),
        Column(said(_("日期")), 55),
        Column(said(_("页")), 20, Align.RIGHT),
        Column(said(_("等级")), 26, Align.CENTRE),
        Column(said(_("脱敏")), 26, Align.CENTRE),
        Column(said(_("对应条款")), 68),
        Column(said(_("SHA-256")), 124),
    )
    return DataTable(columns, tuple(_row(piece, material) for piece in pieces))


def _write_warning(pieces: tuple[Evidence, ...], story: Story) -> None:
    """Names the pieces that show something of a tier and were not redacted."""
    open_pieces = [piece for piece in pieces if unredacted(piece)]
    if not open_pieces:
        return
    runs = [
        Run(
            said(_("注意：标有等级而没有脱敏的佐证有{count}件：").format(count=len(open_pieces))),
            bold=True,
        ),
        *linked(tuple(piece.id for piece in open_pieces[:_NAMED]), "evidence"),
        Run(said(_("等") if len(open_pieces) > _NAMED else "")),
        Run(said(_("。建议脱敏后再附，或只供现场查看。"))),
    ]
    story.add(Paragraph(tuple(runs), Role.LEAD))


def unredacted(piece: Evidence) -> bool:
    """Whether it shows something of a tier and was not redacted."""
    return piece.tier is not None and not piece.redacted


def cover_anchor(piece: str) -> str:
    """Where the piece's cover sheet stands."""
    return f"cover-{piece}"


def day_or_dash(piece: Evidence, name: str) -> Marked:
    """A day of the piece; a dash where it has none."""
    return marked(piece, name, lambda value: value.isoformat() if value else "—")


def pages_or_dash(piece: Evidence) -> Marked:
    """Its number of pages; a dash where nobody counted."""
    return marked(piece, "pages", lambda value: "—" if value is None else str(value))


def yes_or_no(piece: Evidence) -> Marked:
    """Whether it was redacted."""
    return marked(piece, "redacted", lambda value: _("是") if value else _("否"))


def expiry_text(piece: Evidence, on: date) -> Text:
    """Until when it proves something, bold once that is over; nothing where it has no end."""
    if piece.expires is None:
        return ()
    word = _("{day}已过期") if piece.expired(on) else _("有效至{day}")
    return line(Run(compose(word, {"day": marked(piece, "expires")}), bold=piece.expired(on)))


def _row(piece: Evidence, material: Material) -> Row:
    title = [Paragraph(line(marked(piece, "title")), Role.CELL)]
    if material.internal:
        title += [
            Paragraph(line(compose(label, {"value": marked(piece, name)})), Role.DETAIL)
            for label, name in ((_("文件：{value}"), "file_name"), (_("存放：{value}"), "paper_at"))
            if getattr(piece, name).strip()
        ]
    if piece.expires:
        title.append(Paragraph(expiry_text(piece, material.on), Role.DETAIL))
    return Row(
        (
            cell(_number(piece, material)),
            Cell(tuple(title)),
            cell(day_or_dash(piece, "dated")),
            cell(pages_or_dash(piece), Role.NUMBER),
            cell(marked(piece, "tier", words.tier), Role.CENTRED),
            cell(line(Run(yes_or_no(piece), bold=unredacted(piece))), Role.CENTRED),
            cell(_items(piece.items, material), Role.IDS),
            _hash(piece),
        ),
        anchor=evidence_anchor(piece.id),
    )


def _number(piece: Evidence, material: Material) -> Text:
    """The number; where there are cover sheets, it leads to the piece's own."""
    if not _has_covers(material):
        return line(marked(piece, "id"))
    return line(Run(marked(piece, "id"), link=cover_anchor(piece.id), tone=Tone.ACCENT))


def _items(items: tuple[str, ...], material: Material) -> Text:
    """Item ids, as links only where the items stand in the same document."""
    if _has_covers(material):
        return line(said(_("、").join(items) or "—"))
    return linked(items, "item")


def _has_covers(material: Material) -> bool:
    return material.edition.kind is DocumentKind.EXHIBITS


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
                    cell(_items(request.items, material), Role.IDS),
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
