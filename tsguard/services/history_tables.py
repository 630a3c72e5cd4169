"""The history as tables that leave the vault in clear: lines, and the checklist of a past day.

Internal content: notes, names of secret points and of people stand in it. Writing is ``plain_copy``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tsguard.domain.scale_words import critical_word, verdict_word
from tsguard.domain.scales import Verdict
from tsguard.i18n import _
from tsguard.scoring.arithmetic import tenths_text
from tsguard.scoring.results import Total
from tsguard.services.history_lines import HistoryLine
from tsguard.services.history_past import PastItem, PastState
from tsguard.services.history_words import kind_word

Row = tuple[str, ...]


def lines_table(lines: Iterable[HistoryLine]) -> Iterator[Row]:
    """A head, and a row for each changed field of each line."""
    yield (
        _("编号"), _("时间"), _("操作账户"), _("类别"), _("内容"), _("字段"), _("改前"), _("改后"), _("摘要"),
    )  # fmt: skip
    for line in lines:
        first = (numbers_text(line), time_text(line), line.who, kind_word(line.kind), line.text)
        for change in line.changes:
            yield (*first, change.label, change.before, change.after, line.digest)
        if not line.changes:
            yield (*first, "", "", "", line.digest)


def past_table(state: PastState) -> Iterator[Row]:
    """The checklist of a past day: a head, a row for each item, then the facts about the state."""
    yield (
        _("域"), _("编号"), _("要求"), _("级别"), _("当天判定"), _("现在判定"), _("有变化"),
        _("备注"), _("不适用理由"), _("佐证"),
    )  # fmt: skip
    for each in state.items:
        yield (
            each.section,
            each.item.id,
            each.item.text,
            critical_word(each.item.critical),
            then_word(each),
            now_word(each),
            _("是") if each.changed else "",
            each.answer.note,
            each.answer.reason if each.then is Verdict.NOT_APPLICABLE else "",
            "、".join(each.evidence),
        )
    yield ()
    yield from past_facts(state)


def past_facts(state: PastState) -> Iterator[Row]:
    """What is to be known of a past day's state, as names and values."""
    yield _("日期"), state.day.isoformat()
    yield _("企业"), state.enterprise.name if state.enterprise else ""
    if state.assessment:
        yield _("自评"), state.assessment.title
        programme = state.assessment.programme
        yield _("申报方案"), f"{programme.title} {programme.version}".strip()
    if state.sheet:
        for word, total in ((_("自评分"), state.sheet.claimed), (_("有据分"), state.sheet.evidenced)):
            yield word, total_text(total)
        answered, asked = state.sheet.answered, state.sheet.asked
        yield _("已答"), _("{answered}条，共{asked}条").format(answered=answered, asked=asked)
    yield _("佐证"), _("{count}件").format(count=len(state.evidence))
    yield _("秘点"), _("{count}个").format(count=len(state.secret_points))
    if state.rectifications:
        closed = sum(task.closed for task in state.rectifications)
        yield (
            _("整改任务"),
            _("{count}项，已关闭{closed}项").format(count=len(state.rectifications), closed=closed),
        )
    if state.issued:
        yield _("出具记录"), _("{count}份").format(count=len(state.issued))
    yield _("依据的变更记录"), _("第1至{last}号").format(last=state.entries) if state.entries else _("没有")
    yield _("末条摘要"), state.head
    for jump in state.jumps:
        yield (
            _("电脑时间曾往回拨"),
            _("第{number}号起，从{before}拨到{after}").format(
                number=jump.number,
                before=f"{jump.went_from:%Y-%m-%d %H:%M:%S}",
                after=f"{jump.went_to:%Y-%m-%d %H:%M:%S}",
            ),
        )


def total_text(total: Total | None) -> str:
    """``72.5，B级`` for a lane, or that nothing applied."""
    if total is None:
        return _("没有适用的条款")
    return _("{points}分，{band}").format(points=tenths_text(total.tenths), band=total.band.awarded.title)


def then_word(each: PastItem) -> str:
    """An item's verdict of then, or that it was not asked."""
    return verdict_word(each.then) if each.asked_then else _("当天没有这一条")


def now_word(each: PastItem) -> str:
    """An item's verdict of now, or that it is not asked any more."""
    return verdict_word(each.now) if each.asked_now else _("现在没有这一条")


def numbers_text(line: HistoryLine) -> str:
    """``17``, or ``14–17`` for a text typed in pieces; entries of others may lie between."""
    return str(line.number) if line.folded == 1 else f"{line.numbers[-1]}–{line.number}"


def time_text(line: HistoryLine) -> str:
    """Local date and time to the second."""
    return f"{line.at:%Y-%m-%d %H:%M:%S}"
