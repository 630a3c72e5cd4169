"""Cover and contents."""

from __future__ import annotations

from tsguard.domain.checklist import ModuleKind
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
    enterprise = material.snapshot.enterprise
    remark = (
        _("内部版，含企业内部信息，不得外传") if material.internal else _("报送版（已脱敏），不含秘点内容")
    )
    remarks = [said(remark)]
    if enterprise.sample:
        remarks.append(said(_("示例文件：企业、人员与数据均为虚构")))
    rows = (
        Entry(said(_("企业名称")), line(_or_blank(marked(enterprise, "name")))),
        Entry(said(_("行业模块")), line(said(sectors(material) or _("未选")))),
        Entry(said(_("评估基准日")), line(said(words.day(assessment.baseline)))),
        Entry(said(_("评估清单")), line(said(_counts(material)))),
        Entry(said(_("申报方案")), line(said(programme_title(material)))),
        Entry(said(_("报告编号")), line(said(material.number))),
    )
    story.add(
        Cover(
            remarks=tuple(remarks),
            title=(said(_("商业秘密保护")), said(_("自我评估报告"))),
            subtitle=said(
                _("企业内部使用") if material.internal else assessment.programme.cover or _("自评报送材料")
            ),
            rows=rows,
            day=said(words.day(material.on)),
        ),
        Contents(said(_("目　录"))),
    )


def sectors(material: Material) -> str:
    """Titles of the chosen modules beside the general one."""
    modules = material.snapshot.assessment.checklist.modules
    return _("、").join(module.title for module in modules if module.kind is not ModuleKind.CORE)


def programme_title(material: Material) -> str:
    """The programme's title, and that it is not official unless its own title says so already."""
    programme = material.snapshot.assessment.programme
    if programme.official or _("非官方") in programme.title:
        return programme.title
    return _("{title}（非官方）").format(title=programme.title)


def _counts(material: Material) -> str:
    return _("，").join(
        _("{title} {count} 条（{version} 版）").format(
            title=module.title, count=sum(1 for _item in module.items()), version=module.version
        )
        for module in material.snapshot.assessment.checklist.modules
    )


def _or_blank(value: Marked) -> Marked:
    """On one paragraph, since the cover has no room for more."""
    text = " ".join(value.text.split("\n"))
    return Marked(text, value.level) if text.strip() else said(_("未填"))
