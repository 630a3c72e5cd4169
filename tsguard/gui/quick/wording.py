"""Words of the quick check: the plain answers, what each is stored as, what the first picture says.

Makes words only; knows no widget and decides nothing.
"""

from __future__ import annotations

from tsguard.domain.checklist import Item
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Verdict
from tsguard.i18n import _
from tsguard.services.quick import Picture, SectionPicture


def plain_word(verdict: Verdict | None) -> str:
    """是, 部分做到, 没有, 不清楚, 不适用, or 还没答."""
    if verdict is None:
        return _("还没答")
    return {
        Verdict.MET: _("是"),
        Verdict.PARTLY: _("部分做到"),
        Verdict.NOT_MET: _("没有"),
        Verdict.UNKNOWN: _("不清楚"),
        Verdict.NOT_APPLICABLE: _("不适用"),
    }[verdict]


def stored_as(verdict: Verdict) -> str:
    """What the checklist says for it."""
    return _("记为“{verdict}”").format(verdict=verdict_word(verdict))


def place_words(number: int, of: int) -> str:
    """第3题，共25题; ``number`` from 1."""
    return _("第{number}题，共{of}题").format(number=number, of=of)


def spoken_question(number: int, item: Item, verdict: Verdict | None) -> str:
    """A question for a screen reader, with its answer."""
    return _("第{number}题，{answer}：{question}").format(
        number=number, answer=plain_word(verdict), question=item.quick
    )


def standing_words(picture: Picture) -> str:
    """How many questions are answered, and that the rest can wait."""
    if not picture.answered:
        return _("{asked}题都还没答，答几题再来看。").format(asked=picture.asked)
    if picture.left:
        return _("{asked}题答了{done}题，还有{left}题没答；下面只说答过的。").format(
            asked=picture.asked, done=picture.answered, left=picture.left
        )
    return _("{asked}题都答了。").format(asked=picture.asked)


def veto_words(picture: Picture) -> str:
    """Where no answered veto item is open: that there is none, or that none was answered."""
    if picture.vetoes_answered:
        return _("答过的{count}个否决项里，没有一个答“没有”或“不清楚”。").format(
            count=picture.vetoes_answered
        )
    return _("还没有答到否决项。")


def section_words(section: SectionPicture) -> str:
    """2/3做到: fully done, of the questions of that section; 还没答 where none is answered."""
    if section.count(None) == len(section.verdicts):
        return plain_word(None)
    return _("{met}/{asked}做到").format(met=section.count(Verdict.MET), asked=len(section.verdicts))


def section_spoken(section: SectionPicture) -> str:
    """One section for a screen reader."""
    return f"{section.section.title}，{section_words(section)}"


def limits_words(questions: int, items: int) -> str:
    """What the quick check does not say."""
    return _(
        "快速自测不是评分：它只问了{questions}条，清单一共{items}条；没有看佐证和台账，也不算分。"
        "它说明不了等级，不能拿去申报，也不等于法律上“采取了相应保密措施”。"
    ).format(questions=questions, items=items)


def onward_words(done: int, items: int) -> str:
    """That the answers are in the checklist already."""
    return _("答案都在自评清单里：{items}条中答了{done}条。接着答完，才有分数和等级。").format(
        items=items, done=done
    )
