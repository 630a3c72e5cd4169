"""行业秘点类型: what is usually secret in the chosen sectors, with a recommended tier.

For the company itself also which of its secret points are of each type.
"""

from __future__ import annotations

from tsguard.domain.checklist import Module
from tsguard.domain.secret_points import SecretPoint, SecretPointType
from tsguard.domain.words import category_word
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import Cell, Column, DataTable, Paragraph, Role, Row, Run, line
from tsguard.report.marked import Marked, compose, marked, said
from tsguard.report.story import Material, Story, cell


def write_types(material: Material, story: Story) -> None:
    """A table for each module that names types."""
    story.chapter(_("行业秘点类型"))
    modules = [
        module for module in material.snapshot.assessment.checklist.modules if module.secret_point_types
    ]
    if not modules:
        story.say(
            _("所选模块没有列出行业秘点类型。选定行业模块后，这里会列出该行业常见的类型和建议等级。"),
            Role.LEAD,
        )
        return
    text = _("下列是行业里常见的秘点类型，等级为建议，由企业自定；没有的不必登记。")
    if material.internal:
        text += _("右栏是台账里类型相同的秘点，等级与建议不同的写在括号里；空着的请逐项想一遍有没有。")
    story.say(text, Role.LEAD)
    for module in modules:
        story.section(module.title)
        story.add(_table(module, material))


def _table(module: Module, material: Material) -> DataTable:
    columns = [Column(said(_("秘点类型")), 200), Column(said(_("类别")), 66), Column(said(_("建议等级")), 50)]
    if material.internal:
        columns.append(Column(said(_("已登记的秘点")), 125))
    else:
        columns[0] = Column(said(_("秘点类型")), 301)
        columns[2] = Column(said(_("建议等级")), 74)
    return DataTable(
        tuple(columns), tuple(_row(each, material) for each in module.secret_point_types), dense=True
    )


def _row(kind: SecretPointType, material: Material) -> Row:
    cells = [
        cell(kind.name),
        cell(category_word(kind.category), Role.SMALL),
        cell(words.tier(kind.tier)),
    ]
    if material.internal:
        cells.append(_registered(kind, material))
    return Row(tuple(cells))


def _registered(kind: SecretPointType, material: Material) -> Cell:
    runs: list[Run] = []
    for point in material.snapshot.secret_points:
        if _bare(point.kind) != _bare(kind.name):
            continue
        if runs:
            runs.append(Run(said(_("、"))))
        runs.append(Run(_point(point, kind)))
    return Cell((Paragraph(tuple(runs) or line(said("")), Role.SMALL),))


def _point(point: SecretPoint, kind: SecretPointType) -> Marked:
    number = marked(point, "id")
    if point.tier is kind.tier:
        return number
    return compose(_("{id}（{tier}）"), {"id": number, "tier": marked(point, "tier", words.tier)})


def _bare(kind: str) -> str:
    """A kind's name without a remark in brackets."""
    return kind.partition("（")[0].strip()
