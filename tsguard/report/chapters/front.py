"""Cover and contents of every document of the dossier."""

from __future__ import annotations

from tsguard.domain.checklist import ModuleKind
from tsguard.domain.dossier import DocumentKind
from tsguard.domain.snapshot import Snapshot
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Contents,
    Cover,
    Entry,
    line,
)
from tsguard.report.marked import Marked, marked, said
from tsguard.report.story import Material, Story


def write_front(material: Material, story: Story) -> None:
    """The cover, then the contents."""
    assessment = material.snapshot.assessment
    rows = (
        Entry(said(_("企业名称")), line(company_name(material.snapshot))),
        Entry(said(_("行业模块")), line(said(sectors(material) or _("未选")))),
        Entry(said(_("评估基准日")), line(said(words.day(assessment.baseline)))),
        Entry(said(_("评估清单")), line(said(_counts(material)))),
        Entry(said(_("申报方案")), line(said(programme_title(material)))),
        Entry(said(_("文件编号")), line(said(material.number))),
    )
    story.add(
        Cover(
            remarks=cover_remarks(material.snapshot, internal=material.internal),
            title=tuple(said(each) for each in title_lines(material)),
            subtitle=said(_subtitle(material)),
            rows=rows,
            day=said(words.day(material.on)),
        ),
        Contents(said(_("目　录"))),
    )


def cover_remarks(snapshot: Snapshot, *, internal: bool) -> tuple[Marked, ...]:
    """What stands at the top of a cover: who it is for, and what in it is only an example."""
    remark = _("内部版，含企业内部信息，不得外传") if internal else _("报送版（已脱敏），不含秘点内容")
    remarks = [said(remark)]
    programme = snapshot.assessment.programme
    if not programme.official and programme.shipped:
        remarks.append(said(_("示例方案，非官方：分值、等级和条件不是任何部门的要求")))
    elif not programme.official:
        remarks.append(said(_("申报方案非官方：分值、等级和条件由编写者自定")))
    if snapshot.enterprise.sample:
        remarks.append(said(_("示例文件：企业、人员与数据均为虚构")))
    return tuple(remarks)


def title_lines(material: Material) -> tuple[str, ...]:
    """The title as it stands on the cover, in one line or two."""
    kind = material.edition.kind
    subject = _("商业秘密保护")
    return {
        DocumentKind.APPLICATION: (subject, _("申报书")),
        DocumentKind.REPORT: (subject, _("自我评估报告")),
        DocumentKind.RECTIFICATION: (subject, _("整改计划")),
        DocumentKind.EXHIBITS: (subject, _("佐证目录")),
        DocumentKind.PLAN: (_("秘点保护操作方案"),),
        DocumentKind.METHOD: (subject, _("自评复核说明")),
    }[kind]


def _subtitle(material: Material) -> str:
    if material.edition.kind is DocumentKind.APPLICATION:
        return programme_title(material)
    if material.edition.kind is DocumentKind.METHOD:
        return _("供复核人员逐项重算")
    if material.internal:
        return _("企业内部使用")
    return material.snapshot.assessment.programme.cover or _("自评报送材料")


def sectors(material: Material) -> str:
    """Titles of the chosen modules beside the general one."""
    modules = material.snapshot.assessment.checklist.modules
    return _("、").join(module.title for module in modules if module.kind is not ModuleKind.CORE)


def programme_title(material: Material) -> str:
    """The programme's title, and that it is not official unless its own title says so already."""
    return programme_name(material.snapshot)


def programme_name(snapshot: Snapshot) -> str:
    """Likewise, for what is made without a material."""
    programme = snapshot.assessment.programme
    if programme.official or _("非官方") in programme.title:
        return programme.title
    return _("{title}（非官方）").format(title=programme.title)


def _counts(material: Material) -> str:
    """The modules with their items; a version that all of them have is told once."""
    modules = material.snapshot.assessment.checklist.modules
    counted = [(module, sum(1 for _item in module.items())) for module in modules]
    if len(modules) > 1 and len({module.version for module in modules}) == 1:
        every = _("，").join(
            _("{title}{count}条").format(title=module.title, count=count) for module, count in counted
        )
        return _("{modules}（均为{version}版）").format(modules=every, version=modules[0].version)
    return _("，").join(
        _("{title}{count}条（{version}版）").format(title=module.title, count=count, version=module.version)
        for module, count in counted
    )


def company_name(snapshot: Snapshot) -> Marked:
    """On one paragraph, since a cover has no room for more."""
    name = marked(snapshot.enterprise, "name")
    text = " ".join(name.text.split("\n"))
    return Marked(text, name.level) if text.strip() else said(_("未填"))
