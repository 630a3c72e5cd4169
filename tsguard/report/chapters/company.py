"""一、企业情况: in short for the bureau, which has the form in the application; all of it internally."""

from __future__ import annotations

from tsguard.i18n import _
from tsguard.report.blocks import (
    Entry,
    Form,
    Paragraph,
    Role,
    Run,
    Tone,
    line,
)
from tsguard.report.chapters.form_grid import says_something, taken_text, write_form
from tsguard.report.marked import marked, said
from tsguard.report.story import Material, Story


def write_company(material: Material, story: Story) -> None:
    """What the company is; in the internal edition the form and the note as well."""
    story.chapter(_("企业情况"))
    if not material.internal:
        _write_facts(material, story)
        return
    write_form(material, story)
    note = marked(material.snapshot.enterprise, "note")
    if note.text.strip():
        story.section(_("企业备注"))
        story.add(Paragraph(line(note), Role.LEAD))


def _write_facts(material: Material, story: Story) -> None:
    entries = []
    for name, label, needed in (
        ("name", _("企业名称"), True),
        ("credit_code", _("统一社会信用代码"), True),
        ("legal_representative", _("法定代表人"), True),
        ("founded_on", _("成立日期"), False),
        ("district", _("所属区"), False),
        ("park", _("园区或基地"), False),
        ("size", _("企业规模"), False),
        ("staff", _("职工人数"), False),
        ("rd_staff", _("研发人员"), False),
        ("secret_staff", _("涉密人员"), False),
        ("sectors", _("行业模块"), False),
        ("department", _("归口部门"), False),
        ("secret_point_count", _("秘点数量"), True),
        ("evidence_count", _("佐证件数"), True),
        ("secret_point_tiers", _("秘点等级"), False),
    ):
        text = taken_text(name, material)
        if says_something(text):
            entries.append(Entry(said(label), text))
        elif needed:
            entries.append(Entry(said(label), line(Run(said(_("未填")), tone=Tone.GREY))))
    story.say(_("以下为自评所依据的企业基本情况；完整的申报表见申报书。"), Role.LEAD)
    story.add(Form(tuple(entries)))
