"""核对与待问 in the internal report: answers that registers contradict, whom to ask, what was marked."""

from __future__ import annotations

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Item
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Verdict
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
from tsguard.report.marked import compose, marked, said
from tsguard.report.story import Material, Story, cell, linked, verdict_text


def write_loose_ends(material: Material, story: Story) -> None:
    """Three lists to work through; nothing in a submission."""
    if not material.internal:
        return
    items = material.items
    story.chapter(_("核对与待问"))
    _write_contradictions(items, material, story)
    _write_interviews(items, material, story)
    _write_marked(items, material, story)


def _write_contradictions(items: dict[str, Item], material: Material, story: Story) -> None:
    story.section(_("回答与台账不一致"))
    rows = []
    for item_id, item in items.items():
        score, check = material.sheet.item(item_id), material.checks.get(item_id)
        if not score or not check or not score.contradicted:
            continue
        shown = _("{of}项中{met}项合格，最多支持“{verdict}”").format(
            of=check.of, met=check.met, verdict=verdict_word(check.at_most)
        )
        rows.append(
            Row(
                (
                    cell(linked((item_id,), "item")),
                    cell(item.text),
                    cell(verdict_text(score.verdict)),
                    cell(shown),
                )
            )
        )
    if not rows:
        story.say(_("没有发现回答高于台账的条款。"), Role.LEAD)
        return
    story.say(
        _("下列回答高于台账支持的程度。回答没有被改动；有据分已按台账计算。报送前应改回答或补台账。"),
        Role.LEAD,
    )
    columns = (
        Column(said(_("编号")), 50),
        Column(said(_("条款")), 190),
        Column(said(_("回答")), 70),
        Column(said(_("台账情况")), 131),
    )
    story.add(DataTable(columns, tuple(rows)))


def _write_interviews(items: dict[str, Item], material: Material, story: Story) -> None:
    story.section(_("待询问"))
    asked = [
        (items[answer.item], answer)
        for answer in _answers(items, material)
        if answer.verdict is Verdict.UNKNOWN
    ]
    if not asked:
        story.say(_("没有回答“不清楚”的条款。"), Role.LEAD)
        return
    asked.sort(key=lambda each: (not each[1].ask_whom.strip(), each[1].ask_whom.strip()))
    story.say(
        _("共{count}条回答“不清楚”，问到以前按不符合计分。同一个人的放在一起，末栏供手写。").format(
            count=len(asked)
        ),
        Role.LEAD,
    )
    columns = (
        Column(said(_("请问")), 76),
        Column(said(_("编号")), 50),
        Column(said(_("条款和要看的佐证")), 205),
        Column(said(_("答复")), 110),
    )
    story.add(DataTable(columns, tuple(_interview(item, answer) for item, answer in asked)))


def _interview(item: Item, answer: Answer) -> Row:
    text = [Paragraph(line(said(item.text)), Role.CELL)]
    if item.evidence:
        text.append(
            Paragraph(
                line(said(_("佐证：{list}").format(list=_("；").join(item.evidence)))),
                Role.DETAIL,
            )
        )
    if answer.note.strip():
        text.append(
            Paragraph(line(compose(_("现状：{note}"), {"note": marked(answer, "note")})), Role.DETAIL)
        )
    whom = (
        line(marked(answer, "ask_whom"))
        if answer.ask_whom.strip()
        else line(Run(said(_("未写")), tone=Tone.GREY))
    )
    return Row((cell(whom), cell(linked((item.id,), "item")), Cell(tuple(text)), cell("")))


def _write_marked(items: dict[str, Item], material: Material, story: Story) -> None:
    story.section(_("已标记待再看"))
    flagged = [answer for answer in _answers(items, material) if answer.flagged]
    if not flagged:
        story.say(_("没有作标记的条款。"), Role.LEAD)
        return
    columns = (
        Column(said(_("编号")), 50),
        Column(said(_("条款")), 190),
        Column(said(_("判定")), 70),
        Column(said(_("现状")), 131),
    )
    rows = tuple(
        Row(
            (
                cell(linked((answer.item,), "item")),
                cell(items[answer.item].text),
                cell(verdict_text(answer.verdict)),
                cell(marked(answer, "note", lambda note: note.strip() or "—")),
            )
        )
        for answer in flagged
    )
    story.add(DataTable(columns, rows))


def _answers(items: dict[str, Item], material: Material) -> list[Answer]:
    """In the checklist's order."""
    found = (material.answer(item_id) for item_id in items)
    return [answer for answer in found if answer]
