"""The pages of a piece of evidence behind its cover, or why they are not there."""

from __future__ import annotations

from tsguard.domain.evidence import Evidence
from tsguard.i18n import _
from tsguard.report.blocks import Paragraph, Picture, Role, Run, line
from tsguard.report.exhibit_pages import BindFault, picture_key
from tsguard.report.marked import Marked, marked, said
from tsguard.report.story import Material, Story


def write_bound_pages(piece: Evidence, material: Material, story: Story) -> None:
    """One picture a page; nothing for a document that is not bound with its evidence."""
    bound = material.bound.get(piece.id)
    if bound is None or bound.fault is BindFault.PAPER:
        return
    if bound.fault is not None:
        text = _("未能装订：{reason}原件另附。").format(reason=fault_sentence(bound.fault))
        story.add(Paragraph(line(Run(said(text), bold=True)), Role.NOTE))
        return
    count = len(bound.pages)
    story.say(
        _("以下{count}页为本件各页的图像，按原样缩放，不含原文件中看不见的内容；原文件以摘要核对。").format(
            count=count
        ),
        Role.NOTE,
    )
    number = marked(piece, "id")
    for index, size in enumerate(bound.pages):
        fields = {"id": number.text, "page": index + 1, "count": count}
        story.add(
            Picture(
                picture_key(piece.id, index),
                Marked(_("佐证{id}　第{page}页，共{count}页").format(**fields), number.level),
                Marked(_("佐证{id}第{page}页，共{count}页，页面图像").format(**fields), number.level),
                size.wide,
                size.high,
                new_page=index == 0,
            )
        )


def fault_sentence(fault: BindFault) -> str:
    """Why a piece's pages are not bound in; one sentence."""
    return {
        BindFault.PAPER: _("这件佐证是纸质件。"),
        BindFault.LOST: _("文件的内容已丢失或已损坏。"),
        BindFault.OTHER_KIND: _("只有PDF和图片能装订，这件是其他格式。"),
        BindFault.ENCRYPTED: _("文件自己带有打开口令。"),
        BindFault.BROKEN: _("文件的内容不完整或格式有误。"),
        BindFault.EMPTY: _("文件里没有页面。"),
        BindFault.TOO_LARGE: _("文件或图片太大。"),
        BindFault.TOO_MANY: _("文件页数太多。"),
        BindFault.TOO_SLOW: _("文件太复杂，读取得太久。"),
    }[fault]
