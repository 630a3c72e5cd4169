"""Sentences of the checklist page that depend on values: marks, weights, what registers show.

Makes words only; knows no widget and decides nothing.
"""

from __future__ import annotations

from tsguard.domain.basis import Citation, Source
from tsguard.domain.checklist import Checklist, Item, Section
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Critical, Verdict
from tsguard.gui.checklist.standing import Mark, Standing
from tsguard.i18n import _
from tsguard.rules.checks import CheckResult
from tsguard.scoring.arithmetic import tenths_text
from tsguard.scoring.results import UnitScore

_LONG_TITLE = 20


def mark_word(mark: Mark) -> str:
    """The filter's entry: 否决, 重点, 有标记, 不清楚, 无佐证."""
    return {
        Mark.VETO: _("否决"),
        Mark.KEY: _("重点"),
        Mark.FLAGGED: _("有标记"),
        Mark.UNKNOWN: _("不清楚"),
        Mark.UNPROVED: _("无佐证"),
    }[mark]


def critical_short(critical: Critical) -> str:
    """否决, 重点, or nothing: the bare word under an id."""
    return {Critical.NONE: "", Critical.KEY: _("重点"), Critical.VETO: _("否决")}[critical]


def weight_words(weight: int, multiplier: int) -> str:
    """权重5, or 权重5×1.4 where a sector module says otherwise."""
    if multiplier == 100:
        return _("权重{weight}").format(weight=weight)
    factor = f"{multiplier // 100}.{multiplier % 100:02d}".rstrip("0").rstrip(".")
    return _("权重{weight}×{factor}").format(weight=weight, factor=factor)


def spoken_item(item: Item, standing: Standing) -> str:
    """A row for a screen reader."""
    marks = [
        critical_short(item.critical),
        verdict_word(standing.verdict),
        _("与台账不符") if standing.contradicted else "",
        _("有标记") if standing.flagged else "",
        _("{count}件佐证").format(count=standing.pieces) if standing.pieces else "",
    ]
    return "，".join((f"{item.id} {item.text}", *(mark for mark in marks if mark)))


def asked_words(item: Item) -> str:
    """佐证要求：… in one line."""
    return _("佐证要求：{list}").format(list="；".join(item.evidence))


def not_applicable_words(item: Item) -> str:
    """Why 不适用 can't be chosen, or when it may be; "" where there is nothing to say."""
    if not item.may_not_apply:
        if item.critical is Critical.VETO:
            return _("否决项不能答不适用")
        return _("这一条不能答不适用")
    if item.not_applicable_when:
        return _("可选不适用的情形：{rule}").format(rule=item.not_applicable_when)
    return ""


def check_words(check: CheckResult) -> str:
    """What a register shows about an item, with its figures."""
    if check.check == "secret-points-registered":
        facts = _("秘点台账有{of}个秘点").format(of=check.of)
    elif check.check == "secret-points-reviewed":
        facts = _("秘点台账有{of}个秘点，其中{met}个复核未逾期").format(of=check.of, met=check.met)
    else:
        facts = _("台账有{of}条记录，其中{met}条合乎要求").format(of=check.of, met=check.met)
    if check.at_most is Verdict.MET:
        return _("{facts}，台账支持判“符合”。").format(facts=facts)
    return _("{facts}，按台账最多判“{verdict}”。").format(facts=facts, verdict=verdict_word(check.at_most))


def answered_words(done: int, asked: int) -> str:
    """已答14/15."""
    return _("已答{done}/{asked}").format(done=done, asked=asked)


def section_facts(unit: UnitScore | None, section: str, done: int, asked: int) -> tuple[str, ...]:
    """已答14/15, 自评9.7/14分, 有据8.3分.

    Args:
        unit: The unit or sector score that counts the section; None where none does.
        section: The section's id.
        done: Items of it with a verdict.
        asked: All its items.
    """
    answered = answered_words(done, asked)
    if unit is None:
        return (answered, _("这一域不计分"))
    if not unit.applies:
        return (answered, _("都不适用，不计分"))
    claimed = _("自评{claimed}/{points}分").format(claimed=tenths_text(unit.claimed), points=unit.points)
    evidenced = _("有据{evidenced}分").format(evidenced=tenths_text(unit.evidenced))
    if any(item.section != section for item in unit.items):
        claimed = _("所属单元“{unit}”{claimed}").format(unit=unit.title, claimed=claimed)
    return (answered, claimed, evidenced)


def whence_facts(checklist: Checklist, section: Section) -> tuple[str, ...]:
    """That a section did not come with the program; nothing where it did."""
    module = next((each for each in checklist.modules if section in each.sections), None)
    return () if module is None or module.shipped else (_("非随程序发布"),)


def by_analogy(citation: Citation) -> bool:
    """Whether a rule is cited that does not bind the company itself."""
    return citation.remark == "参照"  # the content's own word, not one of the screen's


def citation_title(citation: Citation, source: Source | None) -> str:
    """The rule and its article as a heading: 劳动合同法§23, 法释〔2020〕7号§6(4)（封存）."""
    name = citation.source if source is None else source.title.removeprefix("中华人民共和国")
    if source is not None and source.number and len(name) > _LONG_TITLE:
        name = source.number
    if citation.article:
        name += f"§{citation.article}" if citation.article[0].isdigit() else citation.article
    if citation.remark and not by_analogy(citation):
        name += f"（{citation.remark}）"
    return name
