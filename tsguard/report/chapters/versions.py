"""Which files a score was made from, each with its version and SHA-256."""

from __future__ import annotations

from tsguard.domain.checklist import Module
from tsguard.domain.programme import Programme
from tsguard.domain.words import module_kind_word
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Cell,
    Column,
    DataTable,
    Paragraph,
    Role,
    Row,
    Text,
    line,
)
from tsguard.report.marked import said
from tsguard.report.story import Material, Story, bold, cell


def write_versions(material: Material, story: Story) -> None:
    """Modules, programme, legal library, the journal's head, the program."""
    assessment = material.snapshot.assessment
    checklist, programme = assessment.checklist, assessment.programme
    explained = _(
        "评分所用文件的版本和SHA-256如下。末条摘要是出报告时变更记录最后一条的摘要，可在“变更记录”一页核对。"
    )
    story.say(explained, Role.LEAD)
    files = [
        (
            module_kind_word(module.kind),
            module.title,
            module.id,
            module.version,
            module.sha256,
            _origin(module),
        )
        for module in checklist.modules
    ]
    files.append(
        (
            _("申报方案"),
            programme.title,
            programme.id,
            programme.version,
            programme.sha256,
            _origin(programme),
        )
    )
    rows = [
        Row(
            (
                Cell(
                    (
                        Paragraph(line(said(_("{kind}：{title}").format(kind=kind, title=title))), Role.CELL),
                        Paragraph(line(said(file_id)), Role.DETAIL),
                    )
                ),
                cell(version),
                cell(origin),
                cell(words.grouped(sha256), Role.HASH),
            )
        )
        for kind, title, file_id, version, sha256, origin in files
    ]
    rows.append(
        Row(
            (
                cell(_("依据库")),
                cell(checklist.library_version),
                cell("—"),
                cell(words.grouped(checklist.library_sha256), Role.HASH),
            )
        )
    )
    head = words.grouped(material.snapshot.journal_head) or _("空")
    rows.append(Row((cell(_("变更记录末条摘要")), cell("—"), cell("—"), cell(head, Role.HASH))))
    rows.append(Row((cell(_("程序tsguard")), cell(material.program_version), cell("—"), cell("—"))))
    columns = (
        Column(said(_("文件")), 176),
        Column(said(_("版本")), 66),
        Column(said(_("随程序发布")), 68),
        Column(said(_("SHA-256")), 131),
    )
    story.add(DataTable(columns, tuple(rows)))


def _origin(file: Module | Programme) -> Text | str:
    """Whether a file came with the program, or the signed content pack of the publisher's that brought it."""
    if file.pack:
        return _("清单更新第{number}号").format(number=file.pack)
    return _("是") if file.shipped else bold(_("否，非随程序发布")).content[0].text
