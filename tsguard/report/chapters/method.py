"""八、复核说明: how anybody adds the score up again, and from which files it was made."""

from __future__ import annotations

from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Verdict
from tsguard.domain.words import module_kind_word
from tsguard.i18n import _
from tsguard.report import words
from tsguard.report.blocks import (
    Align,
    Cell,
    Column,
    DataTable,
    Paragraph,
    Role,
    Row,
    line,
)
from tsguard.report.marked import said
from tsguard.report.story import Material, Story, bold, cell, linked, verdict_text
from tsguard.scoring.arithmetic import mass_text, tenths_text
from tsguard.scoring.results import ItemScore, Lane, UnitScore


def write_method(material: Material, story: Story) -> None:
    """The rule, a worked sum of this very report, counts, versions."""
    story.chapter(_("复核说明"))
    story.section(_("分数怎样加出来"))
    for paragraph in _rule():
        story.say(paragraph)
    example = next((unit for unit in material.sheet.units if unit.applies), None)
    if example:
        _write_example(example, story)
    _write_counts(material, story)
    _write_versions(material, story)


def _rule() -> tuple[str, ...]:
    return (
        _(
            "单元得分＝Σ（权重×行业系数×判定）÷Σ（权重×行业系数）×该单元分值。"
            "判定取值：符合为 1，部分符合为 0.5，不符合、不清楚和未答均为 0；"
            "不适用且写明理由和复问日期的条款不进入分子和分母；缺理由或日期的，以及规定必须适用的，按不符合计。"
            "系数由行业模块给出，没有的按 1 计；几个模块都给了的，取最大的一个，不连乘。"
        ),
        _(
            "每个单元得分保留一位小数，第二位小数四舍五入。总分为各单元得分（已取一位小数）之和；"
            "有单元没有适用条款的，该单元不计，其余单元之和按 100 分折算，再四舍五入到一位小数。"
            "行业得分按同样规则以 100 分计算，不并入总分。"
        ),
        _(
            "自评分按企业的回答计算。有据分只计有佐证或有台账支持的条款，过了有效期的佐证不计；台账显示的情况低于回答的，"
            "以台账支持的判定为限。两者并列，不互相替代。"
        ),
        _(
            "等级按印出的总分对照方案的等级线。任一否决项未达到“符合”的，等级受第四章所列上限约束，系数不改变否决性质。"
            "差距的可得分是只把该条改为“符合”时总分（行业条款为行业得分）的增加，按四舍五入前的数计算。"
            "七类措施的覆盖率是该类条款 Σ（权重×系数×判定）÷Σ（权重×系数），取整到百分之一。"
        ),
    )


def _write_example(unit: UnitScore, story: Story) -> None:
    story.section(_("算例：{title}，{points} 分").format(title=unit.title, points=unit.points))
    masses = [unit.full, *(_got(unit, lane) for lane in Lane)]
    masses += [mass for item in unit.items for mass in (item.full, *(item.got(lane) for lane in Lane))]
    places = max(len(mass_text(mass).partition(".")[2]) for mass in masses)
    rows = [_item_row(item, places) for item in unit.items]
    full = _padded(unit.full, places)
    got = {lane: _padded(_got(unit, lane), places) for lane in Lane}
    rows.append(
        Row(
            (
                bold(_("合计"), span=3),
                bold(full, Role.NUMBER),
                cell(""),
                bold(got[Lane.CLAIMED], Role.NUMBER),
                bold(got[Lane.EVIDENCED], Role.NUMBER),
            ),
            total=True,
        )
    )
    rows.append(
        Row(
            (
                bold(_("单元得分"), span=4),
                cell(_("　　合计÷{full}×{points}").format(full=mass_text(unit.full), points=unit.points)),
                bold(tenths_text(unit.claimed), Role.NUMBER),
                bold(tenths_text(unit.evidenced), Role.NUMBER),
            )
        )
    )
    columns = (
        Column(said(_("编号")), 60),
        Column(said(_("权重")), 44, Align.RIGHT),
        Column(said(_("系数")), 50, Align.RIGHT),
        Column(said(_("权重×系数")), 60, Align.RIGHT),
        Column(said(_("　　判定")), 117),
        Column(said(_("自评")), 55, Align.RIGHT),
        Column(said(_("有据")), 55, Align.RIGHT),
    )
    story.add(DataTable(columns, tuple(rows), dense=True))


def _got(unit: UnitScore, lane: Lane) -> int:
    return unit.claimed_got if lane is Lane.CLAIMED else unit.evidenced_got


def _padded(mass: int, places: int) -> str:
    """A weighted credit with as many decimals as its column needs."""
    whole, _point, rest = mass_text(mass).partition(".")
    return f"{whole}.{rest:0<{places}}" if places else whole


def _item_row(item: ItemScore, places: int) -> Row:
    verdict = line(said("　　")) + verdict_text(item.verdict)
    if item.applies and item.verdict is Verdict.NOT_APPLICABLE:
        verdict += line(said(_("（按 0 计）")))
    if not item.applies:
        blank = cell("—", Role.NUMBER)
        return Row((cell(linked((item.item,), "item")), blank, blank, blank, cell(verdict), blank, blank))
    return Row(
        (
            cell(linked((item.item,), "item")),
            cell(str(item.weight), Role.NUMBER),
            cell(_hundredths(item.multiplier), Role.NUMBER),
            cell(_padded(item.full, places), Role.NUMBER),
            cell(verdict),
            cell(_padded(item.got(Lane.CLAIMED), places), Role.NUMBER),
            cell(_padded(item.got(Lane.EVIDENCED), places), Role.NUMBER),
        )
    )


def _hundredths(multiplier: int) -> str:
    """A factor with the decimals it needs, one at least: 150 is ``1.5``."""
    whole, rest = divmod(multiplier, 100)
    text = f"{whole}.{rest:02d}"
    return text[:-1] if text.endswith("0") else text


def _write_counts(material: Material, story: Story) -> None:
    verdicts = [material.verdict(item.id) for item in material.snapshot.assessment.checklist.items()]
    story.section(_("回答情况"))
    order: tuple[Verdict | None, ...] = (*Verdict, None)
    columns = (
        *(Column(said(verdict_word(value)), 63, Align.RIGHT) for value in order),
        Column(said(_("合计")), 63, Align.RIGHT),
    )
    cells = tuple(cell(str(verdicts.count(value)), Role.NUMBER) for value in order)
    story.add(DataTable(columns, (Row((*cells, cell(str(len(verdicts)), Role.NUMBER))),), dense=True))


def _write_versions(material: Material, story: Story) -> None:
    assessment = material.snapshot.assessment
    checklist, programme = assessment.checklist, assessment.programme
    story.section(_("版本"))
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
            module.shipped,
        )
        for module in checklist.modules
    ]
    files.append(
        (_("申报方案"), programme.title, programme.id, programme.version, programme.sha256, programme.shipped)
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
                cell(_("是") if shipped else bold(_("否，非随程序发布")).content[0].text),
                cell(words.grouped(sha256), Role.HASH),
            )
        )
        for kind, title, file_id, version, sha256, shipped in files
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
    rows.append(Row((cell(_("程序 tsguard")), cell(material.program_version), cell("—"), cell("—"))))
    columns = (
        Column(said(_("文件")), 176),
        Column(said(_("版本")), 66),
        Column(said(_("随程序发布")), 68),
        Column(said(_("SHA-256")), 131),
    )
    story.add(DataTable(columns, tuple(rows)))
