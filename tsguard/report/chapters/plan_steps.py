"""按环节落实: for each section what is still to do, step by step, and what is to be kept up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tsguard.domain.checklist import Item
from tsguard.domain.enterprise import Size
from tsguard.domain.evidence import Evidence
from tsguard.domain.rectification import Rectification
from tsguard.i18n import _
from tsguard.report.blocks import (
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
from tsguard.report.chapters.item_number import number_cell
from tsguard.report.chapters.plan import Progress, progress_of
from tsguard.report.chapters.plan_duties import open_tasks, who_and_when
from tsguard.report.marked import said
from tsguard.report.story import Material, Story, cell, item_anchor, verdict_text

_SMALL = frozenset({Size.MICRO, Size.SMALL})


def write_steps(material: Material, story: Story) -> None:
    """A section of the plan for each section of the checklist that has anything to do or to keep up."""
    story.chapter(_("按环节落实"))
    sections = [section for section in material.snapshot.assessment.checklist.sections if section.items]
    if not sections:
        story.say(_("清单里还没有条款。"), Role.LEAD)
        return
    story.say(
        _("“待做”按步骤列出怎么做、做完出示什么；“保持”是已经落实的，请定期检查，并在空栏写明检查人和日期。"),
        Role.LEAD,
    )
    tasks = open_tasks(material)
    for section in sections:
        _write_section(progress_of(section, material), tasks, material, story)


def _write_section(
    progress: Progress, tasks: Mapping[str, Sequence[Rectification]], material: Material, story: Story
) -> None:
    section = progress.section
    story.section(_("{title}　{id}").format(title=section.title, id=section.id))
    told = _("待做{open}条，保持{done}条。").format(open=len(progress.to_do), done=len(progress.done))
    if progress.excused:
        excused = _("、").join(item.id for item in progress.excused)
        told += _("不适用：{items}。").format(items=excused)
    story.say(told, Role.LEAD)
    if progress.to_do:
        columns = (
            Column(said(_("待做")), 50),
            Column(said(_("怎么做")), 229),
            Column(said(_("做完出示")), 92),
            Column(said(_("责任与期限")), 70),
        )
        rows = tuple(_open_row(item, tasks.get(item.id, ()), material) for item in progress.to_do)
        story.add(DataTable(columns, rows))
    if progress.done:
        columns = (
            Column(said(_("保持")), 50),
            Column(said(_("已经落实的做法")), 229),
            Column(said(_("佐证")), 92),
            Column(said(_("检查人、日期")), 70),
        )
        story.add(DataTable(columns, tuple(_done_row(item, material) for item in progress.done)))


def _open_row(item: Item, tasks: Sequence[Rectification], material: Material) -> Row:
    steps = [Paragraph(line(Run(said(item.text), bold=True)), Role.CELL)]
    steps += [
        Paragraph(line(said(_("{number}. {step}").format(number=number, step=step))), Role.DETAIL)
        for number, step in enumerate(item.how, 1)
    ]
    steps += [Paragraph(line(said(text)), Role.DETAIL) for text in _enough(item, material)]
    shown = tuple(
        Paragraph(line(said(_("· {text}").format(text=each))), Role.DETAIL) for each in item.evidence
    )
    return Row(
        (
            number_cell((said(item.id),), item.critical, verdict_text(material.verdict(item.id))),
            Cell(tuple(steps)),
            Cell(shown),
            Cell(tuple(who_and_when(tasks, material))),
        ),
        anchor=item_anchor(item.id),
    )


def _enough(item: Item, material: Material) -> list[str]:
    """What is enough at the company's size, where the content says so."""
    size = material.snapshot.enterprise.size
    preset = material.snapshot.assessment.checklist.preset(size)
    whose = preset.title if preset else _("小微企业")
    told = (preset.enough_for(item.id) if preset else "", item.small if size in _SMALL else "")
    return [_("{size}建议：{text}").format(size=whose, text=text) for text in told if text]


def _done_row(item: Item, material: Material) -> Row:
    return Row((cell(item.id), cell(item.text), _evidence(item, material), cell("")))


def _evidence(item: Item, material: Material) -> Cell:
    pieces: tuple[Evidence, ...] = material.evidence.get(item.id, ())
    valid = [piece.id for piece in pieces if not piece.expired(material.on) and not piece.content_lost]
    score = material.sheet.item(item.id)
    if score and score.contradicted:
        return cell(line(Run(said(_("台账不支持，请核对")), bold=True)), Role.SMALL)
    if valid:
        return cell(_("、").join(valid), Role.IDS)
    if item.id in material.checks:
        return cell(_("台账"), Role.SMALL)
    return cell(line(Run(said(_("还没有")), tone=Tone.GREY)), Role.SMALL)
