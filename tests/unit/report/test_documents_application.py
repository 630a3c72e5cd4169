"""The application: what the programme asks for, in its order, with places to tick, sign and seal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from unit.report.conftest import ON, make_document, make_snapshot, printed_texts, squeeze

from tsguard.domain.answers import Answer
from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.programme import EvidenceRequest, FieldKind, FormField, FormGroup
from tsguard.domain.rectification import Recheck, Rectification
from tsguard.domain.scales import Verdict
from tsguard.domain.snapshot import Snapshot
from tsguard.domain.words import document_word
from tsguard.report.blocks import (
    Chapter,
    Cover,
    DataTable,
    Heading,
    Mark,
    Review,
    Row,
    Signature,
)
from tsguard.report.chapters.shortcomings import MOST
from tsguard.report.document import Document, values
from tsguard.report.pdf import write

INTERNAL_WORDS = ("不外传的备注", "只有口头任命", "张工", "客户甲.pdf", "三号柜", "蓝鲸", "保密室", "备注甲")


def application(snapshot: Snapshot) -> Document:
    return make_document(snapshot, Level.SUBMISSION, DocumentKind.APPLICATION)


def with_programme(snapshot: Snapshot, **changes: Any) -> Snapshot:
    programme = replace(snapshot.assessment.programme, **changes)
    return replace(snapshot, assessment=replace(snapshot.assessment, programme=programme))


def heads(document: Document) -> list[str]:
    return [block.title.text for block in document.blocks if isinstance(block, Chapter | Heading)]


def table_below(document: Document, head: str) -> DataTable:
    """The first table after the head that ends so."""
    blocks = iter(document.blocks)
    for block in blocks:
        if isinstance(block, Chapter | Heading) and block.title.text.endswith(head):
            return next(each for each in blocks if isinstance(each, DataTable))
    raise AssertionError(head)


def row_texts(row: Row) -> list[str]:
    return [
        "\n".join("".join(run.value.text for run in paragraph.text) for paragraph in cell.content)
        for cell in row.cells
    ]


def rows_of(table: DataTable) -> list[list[str]]:
    return [row_texts(row) for row in table.rows]


@pytest.fixture
def full(snapshot: Snapshot) -> Snapshot:
    """With conditions, a highlight, and a task for the veto."""
    form = (
        *snapshot.assessment.programme.form,
        FormGroup(
            "自评说明",
            (
                FormField("", "主要亮点", required=True, ask="highlights", kind=FieldKind.LONG_TEXT),
                FormField("", "行业代码", required=False, ask="code"),
            ),
        ),
    )
    snapshot = with_programme(
        snapshot,
        form=form,
        conditions=("注册满一年。", "愿意接受核查。"),
        cover="商业秘密保护示范企业申报材料",
    )
    return replace(
        snapshot,
        form={"highlights": FormValue("a", "highlights", "第一段𬭎。\n第二段㵘。")},
        rectifications=(
            Rectification(
                "R-0001",
                "e",
                "ORG-01",
                problem="内部的问题",
                cause="内部的原因",
                measures="补发任命文件䶮",
                department="总经办𠮷",
                owner="内部的人",
                due=date(2026, 12, 20),
                opened_on=date(2026, 11, 1),
            ),
        ),
    )


def test_the_chapters_stand_in_the_order_of_the_papers(full: Snapshot) -> None:
    assert [head for head in heads(application(full)) if not head.startswith("（")] == [
        "一、申报表",
        "二、自评情况",
        "三、佐证材料",
        "四、申报条件与承诺",
        "五、审核意见",
        "核验信息",
    ]


def test_nothing_internal_is_in_it(full: Snapshot) -> None:
    texts = "\n".join(application(full).texts())
    for word in (*INTERNAL_WORDS, "内部的问题", "内部的原因", "内部的人"):
        assert word not in texts
    assert all(value.level is Level.SUBMISSION for _place, value in values(application(full)))


@pytest.mark.parametrize("cover", ["商业秘密保护示范企业申报材料", "园区入门评价材料", ""])
def test_it_has_a_name_of_its_own_whatever_the_papers_are_called(snapshot: Snapshot, cover: str) -> None:
    document = application(with_programme(snapshot, cover=cover))
    (found,) = [block for block in document.blocks if isinstance(block, Cover)]
    assert [line.text for line in found.title] == ["商业秘密保护", "申报书"]
    assert document.title.text == "商业秘密保护申报书"
    assert found.title[-1].text == document_word(DocumentKind.APPLICATION)


@pytest.mark.parametrize(
    ("sector", "told"),
    [("1", "通用模块7条，行业模块1条（均为1版）"), ("2", "通用模块7条（1版），行业模块1条（2版）")],
)
def test_the_cover_tells_a_version_that_all_modules_have_once(
    snapshot: Snapshot, sector: str, told: str
) -> None:
    checklist = snapshot.assessment.checklist
    core, other = checklist.modules
    modules = (replace(core, title="通用模块", version="1"), replace(other, title="行业模块", version=sector))
    found = replace(snapshot.assessment, checklist=replace(checklist, modules=modules))
    document = application(replace(snapshot, assessment=found))
    (cover,) = [block for block in document.blocks if isinstance(block, Cover)]
    (entry,) = [entry for entry in cover.rows if entry.label.text == "评估清单"]
    assert "".join(run.value.text for run in entry.value) == told


@pytest.mark.parametrize(
    ("official", "shipped", "told"),
    [
        (True, True, ""),
        (True, False, ""),
        (False, True, "示例方案，非官方：分值、等级和条件不是任何部门的要求"),
        (False, False, "申报方案非官方：分值、等级和条件由编写者自定"),
    ],
)
def test_a_programme_that_no_bureau_issued_says_so_on_the_cover(
    snapshot: Snapshot, official: bool, shipped: bool, told: str
) -> None:
    document = application(with_programme(snapshot, official=official, shipped=shipped))
    (cover,) = [block for block in document.blocks if isinstance(block, Cover)]
    remarks = [remark.text for remark in cover.remarks if "官方" in remark.text]
    assert remarks == ([told] if told else [])
    assert ("非官方" in cover.subtitle.text) is not official


def test_the_highlights_stand_below_their_group(full: Snapshot) -> None:
    texts = list(application(full).texts())
    start = texts.index("（三）自评说明")
    assert texts[start + 1 : start + 5] == ["1．主要亮点", "\n", "第一段𬭎。", "第二段㵘。"]


def test_a_veto_below_met_comes_first_with_its_task(full: Snapshot) -> None:
    rows = rows_of(table_below(application(full), "主要问题与整改安排"))
    assert rows[0][0] == "ORG-01\n否决项"
    assert rows[0][3:] == ["补发任命文件䶮\n总经办𠮷", "2026-12-20\n进行中"]
    assert all(row[3:] == ["待定", "待定"] for row in rows[1:])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "2026-12-20\n进行中"),
        ({"due": date(2026, 11, 1)}, "2026-11-01\n逾期"),
        ({"done_on": ON}, "2026-12-20\n待复验"),
        ({"done_on": ON, "recheck": Recheck.PASSED}, "2026-12-20\n已关闭"),
        ({"due": None}, "待定\n进行中"),
    ],
)
def test_a_task_says_how_far_it_is(full: Snapshot, changes: dict[str, Any], told: str) -> None:
    task = replace(full.rectifications[0], **changes)
    rows = rows_of(table_below(application(replace(full, rectifications=(task,))), "主要问题与整改安排"))
    assert rows[0][4] == told


def test_an_open_task_speaks_for_an_item_before_a_closed_one(full: Snapshot) -> None:
    task = full.rectifications[0]
    closed = replace(task, id="R-0002", measures="早先的", done_on=ON, recheck=Recheck.PASSED)
    for order in ((task, closed), (closed, task)):
        rows = rows_of(table_below(application(replace(full, rectifications=order)), "主要问题与整改安排"))
        assert rows[0][3].startswith("补发任命文件")


def test_gaps_beyond_the_greatest_are_counted(snapshot: Snapshot) -> None:
    module = snapshot.assessment.checklist.modules[0]
    items = tuple(
        replace(module.sections[0].items[2], id=f"ORG-{number:02d}", weight=1 + number % 5)
        for number in range(3, 30)
    )
    section = replace(module.sections[0], items=(*module.sections[0].items[:2], *items))
    modules = (
        replace(module, sections=(section, *module.sections[1:])),
        *snapshot.assessment.checklist.modules[1:],
    )
    checklist = replace(snapshot.assessment.checklist, modules=modules)
    many = replace(snapshot, answers={}, assessment=replace(snapshot.assessment, checklist=checklist))
    document = application(many)
    table = table_below(document, "主要问题与整改安排")
    assert len(table.rows) == 1 + MOST
    count = sum(1 for _item in checklist.items())
    assert f"未达到“符合”的条款共{count}条" in "".join(document.texts())
    assert f"其余{count - 1 - MOST}条" in "".join(document.texts())


def test_without_a_gap_it_says_so(snapshot: Snapshot) -> None:
    answers = {item.id: Answer(item.id, Verdict.MET) for item in snapshot.assessment.checklist.items()}
    assert "没有差距" in "".join(application(replace(snapshot, answers=answers)).texts())


# --- evidence ---------------------------------------------------------------------------------------


def test_each_request_shows_what_answers_it(snapshot: Snapshot) -> None:
    pieces = (
        *snapshot.evidence,
        Evidence("E-03", "e", "过期的任命", ("ORG-01",), expires=date(2026, 1, 1), pages=2),
    )
    requests = (
        EvidenceRequest("A01", "任命文件", ("ORG-01", "ORG-03")),
        EvidenceRequest("A02", "执照", ()),
        EvidenceRequest("A03", "培训", ("ITS-01",)),
    )
    document = application(with_programme(replace(snapshot, evidence=pieces), evidence_list=requests))
    table = table_below(document, "佐证材料")
    assert rows_of(table) == [
        ["A01", "任命文件", "E-01", "任命决定", "3", ""],
        ["", "", "E-03", "过期的任命（已过期）", "2", ""],
        ["A02", "执照", "—", "另附", "—", ""],
        ["A03", "培训", "—", "尚未登记", "—", ""],
    ]
    assert [row.joined for row in table.rows] == [False, True, False, False]
    assert all(row.cells[-1].content[0].text[0].mark is Mark.BOX for row in table.rows)


# --- what is signed ---------------------------------------------------------------------------------


def test_each_condition_has_two_boxes_and_none_is_ticked(full: Snapshot) -> None:
    table = table_below(application(full), "申报条件")
    assert [texts[1] for texts in rows_of(table)] == ["注册满一年。", "愿意接受核查。"]
    for row in table.rows:
        marks = [run.mark for run in row.cells[2].content[0].text if run.mark]
        assert marks == [Mark.BOX, Mark.BOX]


def test_the_commitment_is_signed_on_a_page_of_its_own(full: Snapshot) -> None:
    blocks = application(full).blocks
    (at,) = [n for n, block in enumerate(blocks) if isinstance(block, Signature)]
    (head,) = [block for block in blocks[:at] if isinstance(block, Heading) and "承诺书" in block.title.text]
    assert head.new_page
    assert "所填内容真实、准确。" in "".join(application(full).texts())


def test_there_is_a_box_for_each_office(full: Snapshot) -> None:
    (review,) = [block for block in application(full).blocks if isinstance(block, Review)]
    assert [office.text for office in review.offices] == ["市场监管所意见", "市局意见"]


def test_a_programme_that_asks_for_nothing_makes_a_short_application(snapshot: Snapshot) -> None:
    bare = with_programme(
        snapshot, form=(), conditions=(), commitment=(), review_columns=(), evidence_list=()
    )
    document = application(bare)
    assert [head for head in heads(document) if "、" in head[:3]] == [
        "一、申报表",
        "二、自评情况",
        "三、佐证材料",
    ]
    texts = "".join(document.texts())
    assert "没有规定申报表" in texts
    assert "没有规定要附的材料" in texts
    assert not any(isinstance(block, Signature | Review) for block in document.blocks)


# --- on paper ---------------------------------------------------------------------------------------


def test_every_text_comes_back_from_paper(
    full: Snapshot, read: Callable[[Path], str], tmp_path: Path
) -> None:
    document = application(full)
    text = squeeze(read(write(document, tmp_path / "申报书.pdf").path))
    for character in "䶮𬭎㵘𠮷":
        assert character in text
    for each in ("申报条件与承诺", "补发任命文件䶮", "总经办𠮷", "核验信息"):
        assert each in text


@pytest.mark.parametrize("name", ["珠海" * 30, "甲" * 200, "A" * 200, ""])
def test_long_and_empty_content_is_written_whole(full: Snapshot, name: str, tmp_path: Path) -> None:
    long = replace(
        full,
        enterprise=replace(full.enterprise, name=name, legal_representative=name, department=name),
        evidence=(replace(full.evidence[0], title=name or "题"),),
        form={"highlights": FormValue("a", "highlights", "亮点，" * 333)},
        rectifications=(replace(full.rectifications[0], measures=name, department=name),),
    )
    write(application(long), tmp_path / "申报书.pdf")
    empty = replace(
        full,
        enterprise=Enterprise(id="e"),
        answers={},
        evidence=(),
        secret_points=(),
        form={},
        rectifications=(),
        journal_head="",
    )
    document = application(empty)
    write(document, tmp_path / "空.pdf")
    assert "未填（必填）" in printed_texts(document)


def test_the_same_state_makes_the_same_application() -> None:
    assert application(make_snapshot()) == application(make_snapshot())
