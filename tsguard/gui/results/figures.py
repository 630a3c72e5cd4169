"""What the results page says about a score sheet, as sentences and lists.

Pure functions over figures that are made already; nothing is scored here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tsguard.domain.programme import Band, Programme
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Verdict
from tsguard.i18n import _
from tsguard.scoring.arithmetic import mass_text, tenths_text
from tsguard.scoring.results import ItemScore, Lane, ScoreSheet, Total, UnitScore

HINTS = 5
_ORDER = (Verdict.NOT_MET, Verdict.PARTLY, Verdict.UNKNOWN, None, Verdict.NOT_APPLICABLE, Verdict.MET)


@dataclass(frozen=True, slots=True)
class EvidenceGain:
    """An item whose answer is not proved yet.

    Attributes:
        item: Its id.
        gain: Points that evidence for it would add to the evidenced lane, exactly.
    """

    item: str
    gain: Fraction

    @property
    def tenths(self) -> int:
        """The gain in tenths of a point, a half upwards."""
        return int(self.gain * 10 + Fraction(1, 2))


def formula(unit: UnitScore, lane: Lane) -> str:
    """The figure with everything that made it: ``14 × 46.8 ÷ 67.6 = 9.7``."""
    got = unit.claimed_got if lane is Lane.CLAIMED else unit.evidenced_got
    result = tenths_text(unit.tenths(lane))
    return f"{unit.points} × {mass_text(got)} ÷ {mass_text(unit.full)} = {result}"


def factor_text(hundredths: int) -> str:
    """A sector's factor: ``×1.5``, and nothing where it changes nothing."""
    return "" if hundredths == 100 else f"×{hundredths / 100:g}"


def verdict_counts(verdicts: Iterable[Verdict | None]) -> str:
    """How many of each: 1个不符合、2个部分符合; what there is none of is left out."""
    counts = Counter(verdicts)
    parts = [
        _("{count}个{word}").format(count=counts[verdict], word=verdict_word(verdict))
        for verdict in _ORDER
        if counts[verdict]
    ]
    return "、".join(parts)


def cap(sheet: ScoreSheet, programme: Programme) -> Band | None:
    """The best band that the open vetoes allow; None while none is open."""
    caps = [programme.not_met_cap] if any(veto.fails for veto in sheet.vetoes) else []
    caps += [programme.partly_cap] if any(veto.partly for veto in sheet.vetoes) else []
    return min((programme.band(each) for each in caps), key=lambda band: band.at_least, default=None)


def above(programme: Programme, band: Band) -> Band | None:
    """The next better band; None above the best."""
    better = [each for each in programme.bands if each.at_least > band.at_least]
    return min(better, key=lambda each: each.at_least, default=None)


def why(sheet: ScoreSheet, programme: Programme, total: Total) -> str:
    """Why the claimed band is what it is, one or two sentences."""
    band = total.band
    if band.capped_by:
        capping = [veto.verdict for veto in sheet.vetoes if veto.item in band.capped_by]
        return _("分数够“{reached}”，但否决项有{counts}，等级封顶在“{awarded}”。").format(
            reached=band.reached.title, counts=verdict_counts(capping), awarded=band.awarded.title
        )
    better = above(programme, band.awarded)
    if better is None:
        return _("没有否决项拦住等级。")
    short = tenths_text(max(0, 10 * better.at_least - total.tenths))
    sentence = _("还差{points}分到“{band}”。").format(points=short, band=better.title)
    limit = cap(sheet, programme)
    if limit is not None and limit.at_least < programme.bands[0].at_least:
        open_ones = [veto.verdict for veto in sheet.vetoes if veto.fails or veto.partly]
        sentence += _("否决项有{counts}，分数再高也封顶在“{limit}”。").format(
            counts=verdict_counts(open_ones), limit=limit.title
        )
    return sentence


def open_vetoes(sheet: ScoreSheet, total: Total) -> tuple[str, ...]:
    """Ids of the veto items to see to: those that cap now, else those that would."""
    return total.band.capped_by or tuple(veto.item for veto in sheet.vetoes if veto.fails or veto.partly)


def contradicted(sheet: ScoreSheet) -> tuple[ItemScore, ...]:
    """Items whose answer claims more than a register shows, in reading order."""
    return tuple(item for unit in (*sheet.units, *sheet.sectors) for item in unit.items if item.contradicted)


def evidence_gains(sheet: ScoreSheet, most: int = HINTS) -> tuple[EvidenceGain, ...]:
    """The items that gain most in the evidenced lane by evidence alone, best first.

    Items that a register contradicts are left out: evidence does not raise what the register limits.
    """
    points = sum(unit.points for unit in sheet.units if unit.applies)
    scale = Fraction(100, points) if points else Fraction(1)
    gains = [
        EvidenceGain(
            item.item,
            Fraction(unit.points * (item.got(Lane.CLAIMED) - item.got(Lane.EVIDENCED)), unit.full) * scale,
        )
        for unit in sheet.units
        for item in unit.items
        if item.applies and item.evidenced < item.claimed and not item.contradicted
    ]
    return tuple(sorted(gains, key=lambda each: (-each.gain, each.item))[:most])


def rounding_rule(total: Total | None) -> str:
    """How the printed figures add up, with the scaling where a unit does not apply."""
    rule = _("各单元得分四舍五入到0.1分，合计就是各单元得分相加，不另取整。")
    if total is None or total.points == 100:
        return rule
    return rule + _("适用的单元共{points}分，折算为百分：{sum} × 100 ÷ {points} = {total}。").format(
        points=total.points, sum=tenths_text(total.sum_tenths), total=tenths_text(total.tenths)
    )
