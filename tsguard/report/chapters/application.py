"""The application (申报书): the form, the score in short, what is attached, what is to be signed."""

from __future__ import annotations

from collections.abc import Iterator

from tsguard.domain.evidence import Evidence
from tsguard.domain.programme import EvidenceRequest
from tsguard.i18n import _
from tsguard.report.blocks import (
    Align,
    Column,
    DataTable,
    Mark,
    Review,
    Role,
    Row,
    Run,
    Signature,
    Tone,
    line,
    sign,
)
from tsguard.report.chapters.form_grid import write_form
from tsguard.report.chapters.results import write_band, write_figures, write_units
from tsguard.report.chapters.shortcomings import write_shortcomings
from tsguard.report.marked import Marked, compose, marked, said
from tsguard.report.story import Material, Story, cell


def write_application_form(material: Material, story: Story) -> None:
    """The programme's form, its long texts such as the highlights below the grid that they belong to."""
    story.chapter(_("申报表"))
    if material.snapshot.assessment.programme.fields():
        write_form(material, story)
    else:
        story.say(_("本申报方案没有规定申报表。"), Role.LEAD)


def write_self_score(material: Material, story: Story) -> None:
    """The score by units, then what keeps it down."""
    story.chapter(_("自评情况"))
    story.section(_("得分与等级"))
    write_figures(material, story)
    write_band(material, story)
    write_units(material, story)
    write_shortcomings(material, story)


def write_requested(material: Material, story: Story) -> None:
    """The programme's list of evidence with the company's pieces that answer each of its lines."""
    story.chapter(_("佐证材料"))
    requests = material.snapshot.assessment.programme.evidence_list
    if not requests:
        story.say(_("本申报方案没有规定要附的材料，已登记的佐证见佐证目录。"), Role.LEAD)
        return
    story.say(
        _(
            "下表按申报方案的清单列出已登记的佐证，文件摘要和对应条款见佐证目录。"
            "“随附”一栏在交件时按实际情况勾选。"
        ),
        Role.LEAD,
    )
    columns = (
        Column(said(_("编号")), 32),
        Column(said(_("要求的材料")), 136),
        Column(said(_("佐证")), 40),
        Column(said(_("佐证名称")), 171),
        Column(said(_("页")), 26, Align.RIGHT),
        Column(said(_("随附")), 36, Align.CENTRE),
    )
    rows = [row for request in requests for row in _request_rows(request, material)]
    story.add(DataTable(columns, tuple(rows)))


def _request_rows(request: EvidenceRequest, material: Material) -> Iterator[Row]:
    """A row for each piece that answers a line of the list, one at least."""
    pieces = _pieces(request.items, material)
    box = cell(line(sign(Mark.BOX)), Role.CENTRED)
    if not pieces:
        none = cell(line(Run(said(_("尚未登记") if request.items else _("另附")), tone=Tone.GREY)))
        yield Row((cell(request.id), cell(request.title), cell("—"), none, cell("—", Role.NUMBER), box))
    for piece in pieces:
        first = piece is pieces[0]
        yield Row(
            (
                cell(request.id if first else ""),
                cell(request.title if first else ""),
                cell(marked(piece, "id")),
                cell(_title(piece, material)),
                cell(marked(piece, "pages", lambda count: "—" if count is None else str(count)), Role.NUMBER),
                box,
            ),
            joined=not first,
        )


def _pieces(items: tuple[str, ...], material: Material) -> tuple[Evidence, ...]:
    """In the order of their numbers, each once."""
    wanted = {piece.id for item in items for piece in material.evidence.get(item, ())}
    return tuple(piece for piece in material.snapshot.evidence if piece.id in wanted)


def _title(piece: Evidence, material: Material) -> Marked:
    title = marked(piece, "title")
    return compose(_("{title}（已过期）"), {"title": title}) if piece.expired(material.on) else title


# --- what is signed ---------------------------------------------------------------------------------


def write_declaration(material: Material, story: Story) -> None:
    """The conditions to be ticked, then the letter of commitment on a page of its own."""
    programme = material.snapshot.assessment.programme
    if not programme.conditions and not programme.commitment:
        return
    story.chapter(_("申报条件与承诺"))
    if programme.conditions:
        story.section(_("申报条件"))
        story.say(_("由企业对照实际情况逐条勾选。"), Role.LEAD)
        story.add(_conditions(programme.conditions))
    if programme.commitment:
        story.section(_("承诺书"), new_page=bool(programme.conditions))
        for paragraph in programme.commitment:
            story.say(paragraph)
        story.add(
            Signature(
                said(_("法定代表人（签字）")),
                said(_("企业（盖章）")),
                said(_("年　　月　　日")),
                said(_("盖章处")),
            )
        )


def _conditions(conditions: tuple[str, ...]) -> DataTable:
    columns = (
        Column(said(_("序号")), 34),
        Column(said(_("条件")), 283),
        Column(said(_("　企业自查")), 124),
    )
    boxes = line(
        said("　"),
        sign(Mark.BOX),
        said(_("符合")),
        said("　"),
        sign(Mark.BOX),
        said(_("不符合")),
    )
    return DataTable(
        columns,
        tuple(Row((cell(str(number)), cell(text), cell(boxes))) for number, text in enumerate(conditions, 1)),
    )


def write_review(material: Material, story: Story) -> None:
    """A box for each office that the programme names."""
    offices = material.snapshot.assessment.programme.review_columns
    if not offices:
        return
    story.chapter(_("审核意见"))
    story.add(
        Review(
            tuple(said(office) for office in offices),
            said(_("负责人（签字）")),
            said(_("年　　月　　日")),
            said(_("盖章处")),
        )
    )
