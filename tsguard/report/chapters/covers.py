"""A cover sheet for each piece of evidence, to lie in front of the piece itself."""

from __future__ import annotations

from tsguard.domain.checklist import Item
from tsguard.domain.evidence import Evidence
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Column,
    DataTable,
    Entry,
    Figure,
    Figures,
    Form,
    Heading,
    Paragraph,
    Role,
    Row,
    Run,
    Text,
    Tone,
    line,
)
from tsguard.report.chapters.bound_pages import write_bound_pages
from tsguard.report.chapters.exhibits import (
    cover_anchor,
    day_or_dash,
    expiry_text,
    pages_or_dash,
    unredacted,
    yes_or_no,
)
from tsguard.report.marked import Marked, marked, said
from tsguard.report.story import Material, Story, cell
from tsguard.report.words import tier

_KB, _MB = 1024, 1024 * 1024


def write_covers(material: Material, story: Story) -> None:
    """A page for each piece, in order of their numbers; nothing where the index says that there is none."""
    pieces = material.snapshot.evidence
    if not pieces:
        return
    story.chapter(_("佐证封面"))
    story.say(_("以下每件佐证一页封面，共{count}件，依编号排列。").format(count=len(pieces)), Role.LEAD)
    for step in (
        _steps_when_bound()
        if material.bound
        else (
            _("1. 把每件佐证的原件或打印件放在它的封面之后，按编号装订。"),
            _("2. 全卷编好页码后，在封面的“装订起始页”一栏填写原件第一页的页码。"),
            _("3. 标有等级而没有脱敏的，先脱敏再附，或只供现场查看，并在封面上注明。"),
            _("4. 电子佐证可用封面上的摘要核对；纸质件以原件为准。"),
        )
    ):
        story.say(step, Role.LEAD)
    items = material.items
    for piece in pieces:
        _write_cover(piece, items, material, story)


def _write_cover(piece: Evidence, items: dict[str, Item], material: Material, story: Story) -> None:
    title = marked(piece, "title", lambda text: " ".join(text.split("\n")).strip() or _("（没有名称）"))
    number = marked(piece, "id")
    heading = Marked(_("佐证封面　{id}").format(id=number.text), number.level)
    story.add(
        Heading(heading, cover_anchor(piece.id), new_page=True, listed=False),
        Figures((Figure(said(_("佐证编号")), number, said(_kind(piece, material))),)),
        Form((Entry(said(_("名称")), line(title)),)),
        Form(tuple(_entries(piece, material))),
    )
    if unredacted(piece):
        text = said(_("本件标有等级，没有脱敏。建议脱敏后再附，或只供现场查看。"))
        story.add(Paragraph(line(Run(text, bold=True)), Role.NOTE))
    _write_items(piece, items, story)
    _write_digests(piece, story)
    write_bound_pages(piece, material, story)


def _steps_when_bound() -> tuple[str, ...]:
    return (
        _("1. 能装订的电子佐证，各页的图像装订在封面之后；不能装订的，封面上写明原因。"),
        _("2. 纸质件和未能装订的原件另附，放在它的封面之后，并在“装订起始页”一栏填写页码。"),
        _("3. 电子佐证可用封面上的摘要核对；纸质件以原件为准。"),
    )


def _entries(piece: Evidence, material: Material) -> list[Entry]:
    size = marked(piece, "size", lambda value: size_text(value) if piece.sha256 else "—")
    entries = [
        Entry(said(_("日期")), line(day_or_dash(piece, "dated"))),
        Entry(said(_("页数")), line(pages_or_dash(piece))),
        Entry(said(_("等级")), line(marked(piece, "tier", tier))),
        Entry(said(_("是否脱敏")), line(yes_or_no(piece))),
        Entry(said(_("有效期")), _validity(piece, material)),
        Entry(said(_("形式")), line(said(_form(piece)))),
    ]
    if not piece.is_paper:
        entries.append(Entry(said(_("大小")), line(size)))
    if piece.id not in material.bound or not material.bound[piece.id].pages:
        entries.append(Entry(said(_("装订起始页")), line(said("\u3000"))))
    if material.internal:
        entries += [
            Entry(said(label), line(marked(piece, name)))
            for label, name in ((_("文件名"), "file_name"), (_("纸质件存放"), "paper_at"))
            if getattr(piece, name).strip()
        ]
    return entries


def _kind(piece: Evidence, material: Material) -> str:
    if piece.content_lost:
        return _("电子件的内容已丢失，请重新取得")
    bound = material.bound.get(piece.id)
    if bound is not None and not piece.is_paper:
        return _("电子件：各页装订在后") if bound.pages else _("电子件：未能装订，原件另附")
    return _("纸质件：原件另附") if piece.is_paper else _("电子件：打印件附后")


def _form(piece: Evidence) -> str:
    if piece.content_lost:
        return _("内容已丢失")
    return _("纸质件") if piece.is_paper else file_kind(piece.media_type)


def file_kind(media_type: str) -> str:
    """A media type in the words of people who keep files; the type itself where there is no word."""
    known = {
        "application/pdf": _("PDF文件"),
        "text/plain": _("文本文件"),
        "text/csv": _("CSV表格"),
        "image/png": _("PNG图片"),
        "image/jpeg": _("JPEG图片"),
        "application/msword": _("Word文档"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _("Word文档"),
        "application/vnd.ms-excel": _("Excel表格"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _("Excel表格"),
    }
    return known.get(media_type) or media_type or _("电子文件")


def size_text(size: int) -> str:
    """A size as people read it, to a tenth of its unit."""
    if size < _KB:
        return _("{size}字节").format(size=size)
    unit, name = (_MB, "MB") if size >= _MB else (_KB, "KB")
    tenths = (size * 20 + unit) // (2 * unit)
    return f"{tenths // 10}.{tenths % 10}{name}"


def _validity(piece: Evidence, material: Material) -> Text:
    return expiry_text(piece, material.on) or line(said(_("未定")))


def _write_items(piece: Evidence, items: dict[str, Item], story: Story) -> None:
    if not piece.items:
        story.say(_("没有对应的条款。"), Role.NOTE)
        return
    columns = (Column(said(_("条款")), 56), Column(said(_("本件用来证明")), 385))
    gone = _("清单中已没有这一条")
    rows = tuple(Row((cell(each), cell(items[each].text if each in items else gone))) for each in piece.items)
    story.add(DataTable(columns, rows))


def _write_digests(piece: Evidence, story: Story) -> None:
    digests = [
        (name, marked(piece, field, words.grouped)) for name, field in _DIGESTS if getattr(piece, field)
    ]
    if not digests:
        text = _("内容已丢失，没有摘要可核对。") if piece.content_lost else _("纸质件没有摘要，以原件为准。")
        story.add(Paragraph(line(Run(said(text), tone=Tone.GREY)), Role.NOTE))
        return
    columns = (
        Column(said(_("摘要")), 56),
        Column(said(_("文件的摘要，八位一组，可用任意工具复算核对")), 385),
    )
    rows = tuple(Row((cell(name), cell(digest, Role.SMALL))) for name, digest in digests)
    story.add(DataTable(columns, rows))


_DIGESTS = (("SHA-256", "sha256"), ("SM3", "sm3"))
