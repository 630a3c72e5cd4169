"""The review notes: whoever has them and a pocket calculator gets the same score."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.checklists import make_checklist, make_item, make_module, make_programme
from unit.report.conftest import ON, make_document, make_snapshot, read_with_pdfium, squeeze
from unit.report.test_documents_application import heads, rows_of, table_below

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Measure
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Critical, Verdict
from tsguard.domain.snapshot import Snapshot
from tsguard.report.blocks import DataTable, Heading
from tsguard.report.chapters.method import example_of
from tsguard.report.chapters.sums import factor_text, quotient_text
from tsguard.report.document import Document
from tsguard.report.pdf import write
from tsguard.scoring.sheet import score

WORTH = {"符合": Decimal(1), "部分符合": Decimal("0.5"), "不符合": 0, "不清楚": 0, "未答": 0, "不适用": 0}
"""What the rule on paper says each verdict is worth."""


def notes(snapshot: Snapshot) -> Document:
    return make_document(snapshot, Level.SUBMISSION, DocumentKind.METHOD)


def unit_tables(document: Document) -> dict[str, DataTable]:
    """By the heading above each, without its number."""
    found: dict[str, DataTable] = {}
    title = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            title = block.title.text.partition("）")[2]
        elif isinstance(block, DataTable) and block.columns[1].title.text == "权重":
            found[title] = block
    return found


def tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def clerk(title: str, table: DataTable) -> tuple[Decimal, Decimal, list[str]]:
    """A unit's points in both lanes from what is printed; checks each line on the way.

    Returns:
        Claimed points, evidenced points, the printed points of both.
    """
    points = Decimal(re.findall(r"(\d+)分", title)[-1])
    full = claimed = evidenced = Decimal(0)
    printed: list[str] = []
    for row in rows_of(table):
        if row[0] == "合计":
            assert [Decimal(each) for each in (row[1], row[4], row[5])] == [full, claimed, evidenced]
        elif row[0] in {"自评得分", "有据得分"}:
            printed.append(row[2] or row[3])
        elif row[1] != "—":
            weight, factor, product = map(Decimal, row[1:4])
            assert weight * factor == product
            word = row[4].strip().removesuffix("（按0计）")
            assert WORTH[word] * product == Decimal(row[6])
            assert Decimal(row[7]) <= Decimal(row[6])
            if row[5] in {"无", "—", "佐证已失效"}:
                assert Decimal(row[7]) == 0
            full, claimed, evidenced = full + product, claimed + Decimal(row[6]), evidenced + Decimal(row[7])
    if not full:
        return Decimal(0), Decimal(0), printed
    return tenth(claimed / full * points), tenth(evidenced / full * points), printed


def recount(document: Document) -> tuple[Decimal, Decimal]:
    """The total in both lanes from the printed unit tables."""
    sums = [Decimal(0), Decimal(0)]
    counted = Decimal(0)
    for title, table in unit_tables(document).items():
        own = clerk(title, table)
        assert [Decimal(each) for each in own[2]] == ([*own[:2]] if own[2] else [])
        if "另计" in title or not own[2]:
            continue
        counted += Decimal(re.findall(r"(\d+)分", title)[-1])
        sums = [sums[0] + own[0], sums[1] + own[1]]
    return tenth(sums[0] * 100 / counted), tenth(sums[1] * 100 / counted)


def test_a_clerk_gets_the_same_total(snapshot: Snapshot) -> None:
    document = notes(snapshot)
    assert [title for title in unit_tables(document) if "另计" in title] == ["模块XIC，另计100分"]
    assert len(unit_tables(document)) == 4
    texts = "".join(document.texts())
    claimed, evidenced = recount(document)
    assert f"自评总分{claimed}" in texts
    assert f"有据总分{evidenced}" in texts


VERDICTS = st.sampled_from([*Verdict, None])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 5),
            st.sampled_from([80, 100, 125, 150, 233]),
            VERDICTS,
            st.booleans(),
            st.booleans(),
        ),
        min_size=3,
        max_size=14,
    )
)
def test_a_clerk_gets_the_same_total_of_any_assessment(
    drawn: list[tuple[int, int, Verdict | None, bool, bool]],
) -> None:
    snapshot = drawn_snapshot(drawn)
    document = notes(snapshot)
    texts = "".join(document.texts())
    if "没有可计分的条款" in texts:
        return
    claimed, evidenced = recount(document)
    assert f"自评总分{claimed}" in texts
    assert f"有据总分{evidenced}" in texts


def drawn_snapshot(drawn: list[tuple[int, int, Verdict | None, bool, bool]]) -> Snapshot:
    """Items spread over three units of 60, 27 and 13 points, some with evidence, some without a reason."""
    sections: dict[str, list[object]] = {"ORG": [], "IDC": [], "ITS": []}
    answers, factors, proved = {}, {}, []
    for number, (weight, factor, verdict, evidence, reasoned) in enumerate(drawn):
        section = list(sections)[number % 3]
        item = f"{section}-{number:02d}"
        sections[section].append(make_item(item, weight))
        factors[item] = factor
        if verdict:
            answers[item] = Answer(item, verdict, reason="没有" if reasoned else "", ask_again=ON)
        if evidence:
            proved.append(item)
    checklist = make_checklist(
        make_module(sections),  # type: ignore[arg-type]
        make_module({"XIC": [make_item("XIC-01", 2)]}, "XIC", factors),
    )
    snapshot = make_snapshot()
    assessment = replace(
        snapshot.assessment,
        checklist=checklist,
        programme=make_programme({"ORG": 60, "IDC": 27, "ITS": 13}),
    )
    return replace(
        snapshot,
        assessment=assessment,
        answers=answers,
        evidence=(Evidence("E-01", "e", "证明", tuple(proved)),),
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(12), "12"),
        (Fraction(21, 2), "10.5"),
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 16), "0.0625"),
        (Fraction(1, 32), "0.0312…"),
        (Fraction(2, 3), "0.6666…"),
        (Fraction(474, 41), "11.5609…"),
        (Fraction(999_999, 100_000), "9.9999…"),
    ],
)
def test_a_quotient_is_cut_as_a_calculator_shows_it(value: Fraction, text: str) -> None:
    assert quotient_text(value) == text


@given(st.fractions(0, 100, max_denominator=5000))
def test_rounding_the_printed_quotient_is_rounding_the_value(value: Fraction) -> None:
    printed = Decimal(quotient_text(value).removesuffix("…"))
    exact = (2 * value.numerator * 10 + value.denominator) // (2 * value.denominator)
    assert int(tenth(printed) * 10) == exact
    assert printed == printed.quantize(Decimal("0.0001"), ROUND_DOWN)


@pytest.mark.parametrize(
    ("factor", "text"), [(100, "1.0"), (150, "1.5"), (125, "1.25"), (80, "0.8"), (5, "0.05")]
)
def test_a_factor_has_the_decimals_it_needs(factor: int, text: str) -> None:
    assert factor_text(factor) == text


# --- the other chapters -----------------------------------------------------------------------------


def test_the_chapters_stand_in_the_order_of_the_work(snapshot: Snapshot) -> None:
    assert [head for head in heads(notes(snapshot)) if not head.startswith("（")] == [
        "一、算分规则",
        "二、怎样用计算器复核",
        "三、各单元算式",
        "四、总分与等级",
        "五、台账核验与不计条款",
        "六、措施覆盖率算式",
        "七、版本与摘要",
        "核验信息",
    ]


def test_a_unit_without_an_applicable_item_is_folded_away(snapshot: Snapshot) -> None:
    answers = {
        **snapshot.answers,
        "ITS-01": Answer("ITS-01", Verdict.NOT_APPLICABLE, reason="无", ask_again=ON),
    }
    document = notes(replace(snapshot, answers=answers))
    texts = "".join(document.texts())
    assert "自评：计分单元分值之和为90，" in texts
    assert "本单元没有适用的条款，不计分" in texts
    claimed, _evidenced = recount(document)
    assert f"自评总分{claimed}" in texts
    rows = rows_of(table_below(document, "各单元相加"))
    assert ["单元ITS", "不计", "不计", "不计"] in rows


def test_a_capped_band_names_what_caps_it(snapshot: Snapshot) -> None:
    answers = {item.id: Answer(item.id, Verdict.MET) for item in snapshot.assessment.checklist.items()} | {
        "ORG-01": Answer("ORG-01", Verdict.PARTLY)
    }
    module, *others = snapshot.assessment.checklist.modules
    veto = replace(module.sections[0].items[0], weight=1)
    section = replace(module.sections[0], items=(veto, *module.sections[0].items[1:]))
    modules = (
        replace(module, sections=(section, *module.sections[1:])),
        *others,
    )
    checklist = replace(snapshot.assessment.checklist, modules=modules)
    assessment = replace(snapshot.assessment, checklist=checklist)
    texts = "".join(notes(replace(snapshot, answers=answers, assessment=assessment)).texts())
    assert "按分数可评“示范水平”；受否决项限制，等级为“良好”" in texts
    assert "限制自评等级的否决项：ORG-01。" in texts


def test_what_leaves_the_sum_is_listed_with_its_reason(snapshot: Snapshot) -> None:
    answers = {**snapshot.answers, "IDC-02": Answer("IDC-02", Verdict.NOT_APPLICABLE)}
    rows = rows_of(table_below(notes(replace(snapshot, answers=answers)), "不适用的条款"))
    assert rows == [
        ["ORG-02", "没有自有场所", "2027-06-30", "不计"],
        ["IDC-02", "未写", "未定", "按0计"],
    ]


def test_register_checks_show_what_they_support(snapshot: Snapshot) -> None:
    rows = rows_of(table_below(notes(snapshot), "台账核验"))
    assert [(row[0], row[1], row[2], row[3].strip(), row[4]) for row in rows] == [
        ("IDC-01", "符合", "1/2", "部分符合", "回答高于台账")
    ]


def test_each_class_of_measures_can_be_added_up(snapshot: Snapshot) -> None:
    table = table_below(notes(snapshot), "措施覆盖率算式")
    measures = [measure for measure in Measure if measure is not Measure.GOVERNANCE]
    assert len(table.rows) == len(measures)
    for row in rows_of(table):
        if row[2] == "—":
            assert row[3:] == ["—", "—"]
            continue
        for lane in row[3:]:
            got, percent = lane.split("\n")
            share = (Decimal(got) * 100 / Decimal(row[2])).quantize(Decimal(1), ROUND_HALF_UP)
            assert f"{share}%" == percent


def test_versions_and_digests_of_every_file_are_printed(snapshot: Snapshot) -> None:
    names = [row[0] for row in rows_of(table_below(notes(snapshot), "版本与摘要"))]
    assert names == [
        "通用模块：模块core\ncore",
        "行业模块：模块XIC\nXIC",
        "申报方案：测试方案\ntest",
        "依据库",
        "变更记录末条摘要",
        "程序tsguard",
    ]


def test_an_assessment_without_answers_adds_up_to_nothing(snapshot: Snapshot, tmp_path: Path) -> None:
    """Nothing answered, nothing proved: every table is there, and all points are 0.0."""
    empty = replace(
        snapshot, enterprise=Enterprise(id="e"), answers={}, evidence=(), secret_points=(), journal_head=""
    )
    document = notes(empty)
    assert recount(document) == (Decimal(0), Decimal(0))
    text = squeeze(read_with_pdfium(write(document, tmp_path / "复核说明.pdf").path))
    assert "没有回答“不适用”的条款" in text
    assert "没有由台账核验的条款" in text


def test_it_names_nothing_internal(snapshot: Snapshot) -> None:
    texts = "\n".join(notes(snapshot).texts())
    for word in ("只有口头任命", "张工", "客户甲", "三号柜", "蓝鲸", "保密室", "不外传"):
        assert word not in texts


def test_a_checklist_without_one_counted_item_is_said(snapshot: Snapshot) -> None:
    answers = {
        item.id: Answer(item.id, Verdict.NOT_APPLICABLE, reason="无", ask_again=ON)
        for item in snapshot.assessment.checklist.items()
    }
    document = notes(replace(snapshot, answers=answers))
    assert "没有可计分的条款，不计总分" in "".join(document.texts())


def test_a_veto_is_added_up_like_any_other_item(snapshot: Snapshot) -> None:
    """It caps the band; its row stands among the others."""
    vetoes = [i.id for i in snapshot.assessment.checklist.items() if i.critical is Critical.VETO]
    rows = [row for table in unit_tables(notes(snapshot)).values() for row in rows_of(table)]
    assert [row[0] for row in rows if row[0] in vetoes] == vetoes


def test_links_to_an_item_lead_to_its_row(snapshot: Snapshot) -> None:
    document = notes(snapshot)
    anchors = [row.anchor for table in unit_tables(document).values() for row in table.rows if row.anchor]
    assert anchors == [f"item-{item.id}" for item in snapshot.assessment.checklist.items()]
    coverage = table_below(document, "措施覆盖率算式")
    links = {
        run.link for row in coverage.rows for each in row.cells[1].content for run in each.text if run.link
    }
    assert links
    assert links <= set(anchors)


def test_the_reports_worked_sum_is_the_shortest_unit_that_shows_something() -> None:
    sections = {
        "ORG": [make_item(f"ORG-0{number}", 2) for number in range(1, 6)],
        "IDC": [make_item(f"IDC-0{number}", 2) for number in range(1, 4)],
        "ITS": [make_item("ITS-01", 2)],
    }
    checklist = make_checklist(make_module(sections))
    programme = make_programme({"ORG": 50, "IDC": 30, "ITS": 20})
    excused = Answer("ITS-01", Verdict.NOT_APPLICABLE, reason="没有", ask_again=ON)
    units = score(checklist, programme, {}, set(), {}).units
    assert [unit.id for unit in units if unit is example_of(units)] == ["IDC"]
    (_org, _idc, its) = units
    assert example_of((its,)) is its
    (out,) = score(checklist, programme, {"ITS-01": excused}, set(), {}).units[2:]
    assert example_of((out,)) is None
