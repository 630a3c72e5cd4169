"""What must hold for every checklist and every set of answers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from support.checklists import make_checklist, make_item, make_module, make_programme

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Checklist
from tsguard.domain.programme import Programme
from tsguard.domain.scales import Critical, Verdict
from tsguard.scoring.results import Lane
from tsguard.scoring.sheet import score

SECTIONS = ("AA", "BB", "CC")
COUNTED = (Verdict.NOT_MET, Verdict.PARTLY, Verdict.MET)


def answer(item: str, verdict: Verdict | None) -> Answer:
    excused = verdict is Verdict.NOT_APPLICABLE
    return Answer(
        item, verdict, reason="有理由" if excused else "", ask_again=date(2027, 1, 1) if excused else None
    )


@st.composite
def situations(draw):
    """A checklist with a sector, a programme, answers, evidence."""
    sections = {}
    for name in SECTIONS:
        count = draw(st.integers(1, 5))
        sections[name] = [
            make_item(
                f"{name}-{number:02d}",
                draw(st.integers(1, 5)),
                draw(st.sampled_from(Critical)),
                may_not_apply=draw(st.booleans()),
            )
            for number in range(1, count + 1)
        ]
    core_ids = [item.id for items in sections.values() for item in items]
    multipliers = draw(st.dictionaries(st.sampled_from(core_ids), st.integers(50, 300), max_size=4))
    sector = make_module({"XX": [make_item("XX-01", 2), make_item("XX-02", 3)]}, "XX", multipliers)
    cuts = sorted(draw(st.lists(st.integers(1, 99), min_size=2, max_size=2, unique=True)))
    points = dict(zip(SECTIONS, (cuts[0], cuts[1] - cuts[0], 100 - cuts[1]), strict=True))
    checklist = make_checklist(make_module(sections), sector)
    ids = [item.id for item in checklist.items()]
    answers = {
        item: answer(item, verdict)
        for item in ids
        if (verdict := draw(st.sampled_from((None, *Verdict)))) is not None
    }
    evidenced = draw(st.sets(st.sampled_from(ids)))
    return checklist, make_programme(points), answers, evidenced


Situation = tuple[Checklist, Programme, dict[str, Answer], set[str]]


@given(situations(), st.data())
def test_a_better_verdict_never_lowers_a_score(situation: Situation, data):
    checklist, programme, answers, evidenced = situation
    item = data.draw(st.sampled_from([item.id for item in checklist.items()]))
    lower, higher = sorted(
        data.draw(st.lists(st.sampled_from(COUNTED), min_size=2, max_size=2)), key=COUNTED.index
    )
    worse = score(checklist, programme, answers | {item: answer(item, lower)}, evidenced)
    better = score(checklist, programme, answers | {item: answer(item, higher)}, evidenced)
    for lane in Lane:
        assert better.total(lane).tenths >= worse.total(lane).tenths
        assert better.total(lane).band.awarded.at_least >= worse.total(lane).band.awarded.at_least
        for before, after in zip(worse.units + worse.sectors, better.units + better.sectors, strict=True):
            assert after.tenths(lane) >= before.tenths(lane)


@given(situations(), st.randoms(use_true_random=False))
def test_order_does_not_matter(situation: Situation, random):
    checklist, programme, answers, evidenced = situation
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert score(checklist, programme, dict(shuffled), evidenced) == score(
        checklist, programme, answers, evidenced
    )


@given(situations(), st.data())
def test_not_applicable_leaves_other_units_alone(situation: Situation, data):
    checklist, programme, answers, evidenced = situation
    item = data.draw(st.sampled_from([item for item in checklist.items() if item.may_not_apply]))
    section = item.id.partition("-")[0]
    before = score(checklist, programme, answers, evidenced)
    after = score(
        checklist, programme, answers | {item.id: answer(item.id, Verdict.NOT_APPLICABLE)}, evidenced
    )
    for old, new in zip(before.units + before.sectors, after.units + after.sectors, strict=True):
        if old.id != section:
            assert new == old


@given(situations())
def test_all_lanes_within_bounds_and_evidence_never_above_claim(situation: Situation):
    sheet = score(*situation)
    for unit in (*sheet.units, *sheet.sectors):
        assert 0 <= unit.evidenced <= unit.claimed <= 10 * unit.points
    if sheet.claimed:
        assert 0 <= sheet.evidenced.tenths <= sheet.claimed.tenths <= 1000
    for coverage in sheet.coverage:
        assert 0 <= coverage.evidenced <= coverage.claimed <= 100


@given(situations())
def test_gaps_are_all_items_with_something_to_win_and_vetoes_come_first(situation: Situation):
    checklist, programme, answers, evidenced = situation
    sheet = score(checklist, programme, answers, evidenced)
    short = {
        item.item
        for unit in (*sheet.units, *sheet.sectors)
        for item in unit.items
        if item.applies and item.claimed < 2
    }
    assert {gap.item for gap in sheet.gaps} == short
    ranks = [gap.critical is not Critical.VETO for gap in sheet.gaps]
    assert ranks == sorted(ranks)
    others = [gap.to_win for gap in sheet.gaps if gap.critical is not Critical.VETO and not gap.sector]
    assert others == sorted(others, reverse=True)


@given(situations(), st.data())
def test_a_gap_is_worth_what_closing_it_adds(situation: Situation, data):
    """Up to the rounding of its unit, which moves a printed score by half a tenth at most each way."""
    checklist, programme, answers, evidenced = situation
    sheet = score(checklist, programme, answers, evidenced)
    unscaled = [gap for gap in sheet.gaps if not gap.sector]
    if not unscaled or sheet.claimed.points != 100:
        return
    gap = data.draw(st.sampled_from(unscaled))
    closed = score(checklist, programme, answers | {gap.item: answer(gap.item, Verdict.MET)}, evidenced)
    assert abs((closed.claimed.tenths - sheet.claimed.tenths) - gap.to_win * 10) <= 1


@given(situations())
def test_forbidden_not_applicable_counts_as_not_met(situation: Situation):
    """A hostile or outdated file can't take an item out of the sum that always applies."""
    checklist, programme, _answers, evidenced = situation
    excused = {item.id: answer(item.id, Verdict.NOT_APPLICABLE) for item in checklist.items()}
    sheet = score(checklist, programme, excused, evidenced)
    may = {item.id: item.may_not_apply for item in checklist.items()}
    for unit in (*sheet.units, *sheet.sectors):
        for item in unit.items:
            assert item.applies is not may[item.item]
