"""The blank checklist as a document for paper and pen. It knows no company and nothing of a vault."""

from __future__ import annotations

from datetime import date

from tsguard.domain.checklist import Checklist, Item
from tsguard.domain.disclosure import Level
from tsguard.domain.scale_words import critical_word, verdict_word
from tsguard.domain.scales import VERDICT_KEYS, Critical, Verdict
from tsguard.domain.worksheet import Numbered, numbered, sheet_code
from tsguard.i18n import _
from tsguard.report.blocks import (
    Align,
    Block,
    Cell,
    Chapter,
    Column,
    DataTable,
    Entry,
    Figure,
    Figures,
    Form,
    Heading,
    Mark,
    Paragraph,
    Role,
    Row,
    Run,
    line,
    sign,
)
from tsguard.report.document import Document
from tsguard.report.marked import Marked, said
from tsguard.report.question import Choice, Question

_VERDICT_COLUMNS = (74.0, 40.0, 327.0)


def build_worksheet(checklist: Checklist, *, on: date) -> Document:
    """The blank sheet of a checklist.

    Args:
        checklist: What is asked.
        on: The date in the file; the same checklist and date make the same sheet.
    """
    code = sheet_code(checklist)
    rows = numbered(checklist)
    blocks: list[Block] = [*_front(checklist, rows, code)]
    section = ""
    for each in rows:
        if each.section.id != section:
            section = each.section.id
            blocks.append(_heading(each))
        blocks.append(_question(each))
    return Document(
        level=Level.SUBMISSION,
        title=said(_("商业秘密保护自评清单（空白）")),
        company=said(_("表号：{code}").format(code=code)),
        footing=said(_("商业秘密·填写后为内部资料·不得外传")),
        number=said(_("清单{version}").format(version=checklist.modules[0].version)),
        on=on,
        blocks=tuple(blocks),
    )


def filling_remarks() -> tuple[tuple[str, str], ...]:
    """How the sheet is filled in and typed back, for the paper and for the workbook: a label, a sentence."""
    return (
        (_("谁来填"), _("由熟悉情况的部门现场填写，一条只选一个判定；拿不准的选“不清楚”，注明该问谁。")),
        (
            _("看什么"),
            _("每条下面的小字是要看的佐证。看到了再选“符合”；佐证放在哪里，写明柜号、系统名或文件编号。"),
        ),
        (_("不适用"), _("必须写理由，录入后一年再问；否决项等条款不能答不适用的，不设这个方框。")),
        (_("不要写"), _("秘点的内容、参数、客户名称。")),
        (
            _("录回程序"),
            _("在“自评清单”按Ctrl+E，先核对表号，再按编号或条款号录入。表号不同的，只认条款号。"),
        ),
    )


def _front(checklist: Checklist, rows: tuple[Numbered, ...], code: str) -> list[Block]:
    modules = _("、").join(module.title for module in checklist.modules)
    vetoes = sum(each.item.critical is Critical.VETO for each in rows)
    count = _("其中否决项{count}条").format(count=vetoes)
    blank = line(said(""))
    parts = _("{count}个模块").format(count=len(checklist.modules))
    return [
        Chapter(said(_("商业秘密保护自评清单")), "front"),
        Paragraph(
            line(said(_("{modules}。空白清单，填写后为内部资料，不得外传。").format(modules=modules))),
            Role.LEAD,
        ),
        Figures(
            (
                Figure(said(_("表号")), said(code), said(_("录入前与屏幕上的核对"))),
                Figure(said(_("条款")), said(str(len(rows))), said(count)),
                Figure(said(_("版本")), said(checklist.modules[0].version), said(parts)),
            )
        ),
        Heading(said(_("谁、什么时候填的")), "front-who"),
        Form((Entry(said(_("企业名称")), line(said("　" * 14))),)),
        Form(
            (
                Entry(said(_("填写人")), blank),
                Entry(said(_("填写日期")), blank),
                Entry(said(_("陪同人")), blank),
                Entry(said(_("录入人与日期")), blank),
            )
        ),
        Heading(said(_("判定怎么选")), "front-verdicts"),
        _verdicts(),
        Heading(said(_("怎么填，怎么录")), "front-how"),
        *(
            Paragraph(line(Run(said(_("{label}：").format(label=label)), bold=True), said(text)), Role.LEAD)
            for label, text in filling_remarks()
        ),
    ]


def _verdicts() -> DataTable:
    meanings = {
        Verdict.MET: _("要求都做到了，而且拿得出佐证。"),
        Verdict.PARTLY: _("做了一部分，或做了但留不下佐证。按一半计分。"),
        Verdict.NOT_MET: _("没有做。"),
        Verdict.UNKNOWN: _("在场的人都不清楚，会后去问；问到以前按不符合计。"),
        Verdict.NOT_APPLICABLE: _("本企业没有这种情形，须写明理由；不计入得分。"),
    }
    columns = zip((_("判定"), _("录入键"), _("意思")), _VERDICT_COLUMNS, strict=True)
    aligns = (Align.LEFT, Align.CENTRE, Align.LEFT)
    return DataTable(
        tuple(
            Column(said(title), width, align) for (title, width), align in zip(columns, aligns, strict=True)
        ),
        tuple(
            Row(
                (
                    Cell((Paragraph(line(sign(Mark.BOX), said(verdict_word(verdict))), Role.CELL),)),
                    Cell((Paragraph(line(said(key)), Role.CENTRED),)),
                    Cell((Paragraph(line(said(meanings[verdict])), Role.CELL),)),
                )
            )
            for verdict, key in VERDICT_KEYS.items()
        ),
    )


def _heading(each: Numbered) -> Heading:
    section = each.section
    title = _("{title}　{id}，{count}条").format(title=section.title, id=section.id, count=len(section.items))
    return Heading(said(title), f"section-{section.id}", new_page=each.number == 1)


def _question(each: Numbered) -> Question:
    item = each.item
    return Question(
        number=said(str(each.number)),
        item=said(item.id),
        sign=said(critical_word(item.critical)),
        strong=item.critical is Critical.VETO,
        text=said(item.text),
        details=tuple(said(text) for text in _details(item)),
        choices=tuple(_choice(item, verdict) for verdict in VERDICT_KEYS),
        lines=(said(_("说明、理由")), said(_("佐证在哪里"))),
    )


def _details(item: Item) -> list[str]:
    found = [_("佐证：{list}").format(list=_("；").join(item.evidence))] if item.evidence else []
    if item.not_applicable_when:
        found.append(_("不适用的情形：{rule}").format(rule=item.not_applicable_when))
    return found


def _choice(item: Item, verdict: Verdict) -> Choice:
    is_open = verdict is not Verdict.NOT_APPLICABLE or item.may_not_apply
    word: Marked = said(verdict_word(verdict) if is_open else _("（一律适用）"))
    return Choice(word, is_open)
