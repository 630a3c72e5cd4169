"""整改计划: what the bureau sees of each task, what stays in the company, which gaps are still nobody's."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest
from unit.report.conftest import ON, make_document, make_snapshot, squeeze

from tsguard.domain.disclosure import Level, level_of
from tsguard.domain.dossier import DocumentKind
from tsguard.domain.rectification import Recheck, Rectification, RectificationSource
from tsguard.domain.scales import Verdict
from tsguard.domain.snapshot import Snapshot
from tsguard.domain.words import rectification_source_word
from tsguard.report.blocks import Cell, Chapter, DataTable, Form, Row
from tsguard.report.chapters.task_words import finding_sentence, state_meaning
from tsguard.report.document import Document
from tsguard.report.pdf import write
from tsguard.rules.rectification import TaskFinding, TaskRule, TaskState
from tsguard.rules.task_words import state_word

KIND = DocumentKind.RECTIFICATION
SLOW = Rectification(
    "R-0001",
    "e",
    "ORG-01",
    RectificationSource.ASSESSMENT,
    problem="只有口头任命甲",
    cause="没有想到要写乙",
    measures="起草任命文件，由𬭎㵘䶮签发",
    department="综合部",
    owner="责任丙",
    resources="两天丁",
    due=date(2027, 1, 31),
    extended="等会期戊",
    checker="复验己",
    opened_on=date(2026, 11, 1),
    note="备注庚",
)
LATE = Rectification(
    "R-0002",
    "e",
    "ITS-01",
    measures="建权限表",
    department="信息部",
    owner="甲",
    checker="甲",
    due=date(2026, 11, 20),
    opened_on=date(2026, 10, 1),
)
CLOSED = Rectification(
    "R-0003",
    "e",
    "IDC-02",
    RectificationSource.PARK,
    measures="补登记",
    department="法务部",
    owner="乙",
    due=date(2026, 11, 10),
    done_on=date(2026, 11, 9),
    evidence="E-02",
    checker="丙",
    recheck=Recheck.PASSED,
    checked_on=date(2026, 11, 12),
    opened_on=date(2026, 10, 1),
)
BARE = Rectification("R-0004", "e", "", RectificationSource.REVIEW, problem="门口没有告示辛")


def with_tasks(*tasks: Rectification) -> Snapshot:
    return replace(make_snapshot(), rectifications=tasks)


def plan(snapshot: Snapshot, level: Level) -> Document:
    return make_document(snapshot, level, KIND)


def said(block: object) -> str:
    """Every text of a row or cell, joined."""
    cells = block.cells if isinstance(block, Row) else (block,)
    return "\n".join(
        run.value.text
        for cell in cells
        if isinstance(cell, Cell)
        for paragraph in cell.content
        for run in paragraph.text
    )


def table(document: Document, first_column: str) -> DataTable:
    """The data table whose first column has that title."""
    return next(
        block
        for block in document.blocks
        if isinstance(block, DataTable) and block.columns[0].title.text == first_column
    )


def test_each_field_stands_where_its_level_allows() -> None:
    submission = "\n".join(plan(with_tasks(SLOW), Level.SUBMISSION).texts())
    internal = "\n".join(plan(with_tasks(SLOW), Level.INTERNAL).texts())
    for each in fields(Rectification):
        value = getattr(SLOW, each.name)
        if each.name == "enterprise" or not isinstance(value, str) or not value:
            continue
        if each.name in {"source", "recheck"}:
            continue
        assert value in internal, each.name
        assert (value in submission) == (level_of(Rectification, each.name) is Level.SUBMISSION), each.name
    assert "2027-01-31" in submission
    assert rectification_source_word(SLOW.source) in submission


def test_veto_items_come_first_then_the_earliest_due_date_and_undated_ones_last(level: Level) -> None:
    document = plan(with_tasks(BARE, CLOSED, LATE, SLOW), level)
    rows = table(document, "编号").rows
    assert [row.anchor for row in rows] == ["task-R-0001", "task-R-0003", "task-R-0002", "task-R-0004"]
    assert "否决项" in said(rows[0])
    assert "否决项" not in "".join(map(said, rows[1:]))


def test_states_are_counted_with_veto_items_apart(level: Level) -> None:
    done = replace(LATE, id="R-0005", item="", done_on=date(2026, 11, 22))
    document = plan(with_tasks(BARE, CLOSED, LATE, SLOW, done), level)
    counts = {
        said(row.cells[0]): [said(cell) for cell in row.cells[1:4]] for row in table(document, "状态").rows
    }
    assert counts == {
        "未开始": ["0", "1", "1"],
        "进行中": ["1", "0", "1"],
        "逾期": ["0", "1", "1"],
        "待复验": ["0", "1", "1"],
        "已关闭": ["0", "1", "1"],
        "合计": ["1", "4", "5"],
    }


def test_months_are_in_order_and_lead_to_the_tasks(level: Level) -> None:
    rows = table(plan(with_tasks(BARE, CLOSED, LATE, SLOW), level), "计划完成月份").rows
    assert [[said(cell) for cell in row.cells[:4]] for row in rows] == [
        ["2026年11月", "2", "1", "1"],
        ["2027年1月", "1", "0", "0"],
        ["没有定日期", "1", "0", "0"],
    ]
    links = [run.link for run in rows[0].cells[4].content[0].text if run.link]
    assert links == ["task-R-0003", "task-R-0002"]


def test_what_the_rules_say_stays_in_the_company() -> None:
    internal = squeeze("\n".join(plan(with_tasks(SLOW, LATE), Level.INTERNAL).texts()))
    submission = squeeze("\n".join(plan(with_tasks(SLOW, LATE), Level.SUBMISSION).texts()))
    for rule, days in (
        (TaskRule.OVERDUE, 3),
        (TaskRule.CHECKER_IS_OWNER, 0),
        (TaskRule.VETO_SLOW, 91),
    ):
        sentence = finding_sentence(TaskFinding("R-0001", rule, days))
        assert sentence in internal
        assert sentence not in submission
    assert "逾期3天" in submission


@pytest.mark.parametrize("rule", TaskRule)
def test_every_finding_has_a_sentence(rule: TaskRule) -> None:
    sentence = finding_sentence(TaskFinding("R-0001", rule, 31))
    assert sentence.endswith("。")
    assert "{" not in sentence


def test_every_state_has_a_word_and_a_meaning() -> None:
    every = (*map(state_word, TaskState), *map(state_meaning, TaskState))
    assert len(set(every)) == len(every)


# --- gaps -------------------------------------------------------------------------------------------


def gap_rows(document: Document) -> list[str]:
    return [said(row.cells[0]).split("\n")[0] for row in table(document, "条款").rows]


def test_a_gap_without_a_task_has_room_for_department_day_and_signature(level: Level) -> None:
    document = plan(with_tasks(SLOW, LATE), level)
    assert gap_rows(document) == ["ORG-04"]
    for row in table(document, "条款").rows:
        assert [said(cell) for cell in row.cells[2:]] == ["", "", ""]


def test_items_without_an_answer_are_named_apart(level: Level) -> None:
    text = "\n".join(plan(with_tasks(SLOW, LATE), level).texts())
    assert "另有1条差距还没有立项。还有2条没有作答。" in text
    assert "另有2条还没有作答，请先作答，再定要不要整改：IDC-02、XIC-01。" in text
    tasked = "\n".join(plan(with_tasks(SLOW, LATE, replace(BARE, item="ORG-04")), level).texts())
    assert "查明的差距都已立项。还有2条没有作答。" in tasked
    assert "已经作答的条款没有待立项的差距。" in tasked
    assert "没有达到“符合”" not in tasked


def test_the_companys_words_on_a_gap_stay_in_the_company() -> None:
    answers = dict(make_snapshot().answers)
    answers["ITS-01"] = replace(answers["ITS-01"], note="还没有表壬")
    snapshot = replace(make_snapshot(), answers=answers)
    assert "还没有表壬" in "".join(plan(snapshot, Level.INTERNAL).texts())
    assert "还没有表壬" not in "".join(plan(snapshot, Level.SUBMISSION).texts())


def test_a_problem_that_came_back_is_nobodys_again(level: Level) -> None:
    """The baseline is the day of the assessment; what was closed before it and is not met came back."""
    closed = replace(CLOSED, item="ITS-01")
    assert "ITS-01" in gap_rows(plan(with_tasks(closed), level))
    later = replace(closed, done_on=ON, checked_on=date(2026, 11, 24))
    assert "ITS-01" not in gap_rows(plan(with_tasks(later), level))


def test_without_tasks_it_says_so_and_lists_the_gaps(level: Level) -> None:
    document = plan(make_snapshot(), level)
    text = "\n".join(document.texts())
    assert "还没有登记整改任务" in text
    assert gap_rows(document)[0] == "ORG-01"
    chapters = [block.title.text for block in document.blocks if isinstance(block, Chapter)]
    assert chapters[:1] == ["一、待立项的差距"]


def test_without_gaps_it_says_so(level: Level) -> None:
    answers = {
        item.id: replace(make_snapshot().answers["ORG-03"], item=item.id, verdict=Verdict.MET)
        for item in make_snapshot().assessment.checklist.items()
    }
    points = tuple(replace(each, review_on=date(2027, 1, 1)) for each in make_snapshot().secret_points)
    document = plan(replace(make_snapshot(), answers=answers, secret_points=points), level)
    assert "没有待立项的差距" in "\n".join(document.texts())


def test_a_task_about_an_item_that_is_gone_or_about_none_is_shown(level: Level) -> None:
    gone = replace(LATE, item="OLD-09", measures="旧条款的措施")
    text = "\n".join(plan(with_tasks(gone, BARE), level).texts())
    assert "OLD-09" in text
    assert "旧条款的措施" in text
    assert ("门口没有告示辛" in text) == (level is Level.INTERNAL)
    assert ("条款以外的问题" in text) == (level is Level.SUBMISSION)


def test_it_is_signed_by_three(level: Level) -> None:
    forms = [block for block in plan(with_tasks(SLOW), level).blocks if isinstance(block, Form)]
    labels = [entry.label.text for entry in forms[-1].entries]
    assert labels == ["编制（签字）", "日期", "审核（签字）", "日期", "批准（签字）", "日期"]


def test_rare_characters_and_long_texts_come_back_from_the_pdf(
    tmp_path: Path, level: Level, read: Callable[[Path], str]
) -> None:
    long = replace(SLOW, id="R-0005", item="", measures="逐项整改𠮷" * 200, department="部" * 60)
    target = tmp_path / "整改计划.pdf"
    write(plan(with_tasks(SLOW, LATE, CLOSED, long), level), target)
    text = squeeze(read(target))
    assert "起草任命文件，由𬭎㵘䶮签发" in text
    assert text.count("𠮷") >= 200
