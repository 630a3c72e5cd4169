"""Rectification tasks, issued documents and clearances: numbers, checks, undo, and what the history says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.dossier import CLEARANCE, TASK, document
from support.vaults import new_session, reopened

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Format
from tsguard.domain.leaks import Hit, Part, Place
from tsguard.domain.rectification import Recheck, Rectification, RectificationSource
from tsguard.errors import InvalidField, UnknownRecord, VaultClosed
from tsguard.services.history_lines import HistoryQuery
from tsguard.services.history_tables import past_facts
from tsguard.services.history_words import HistoryKind
from tsguard.services.issuing import clear
from tsguard.services.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = new_session(tmp_path)
    yield made
    if not made.closed:
        made.close()


def texts(session: Session) -> list[str]:
    return [line.text for line in session.history.all()]


def test_each_has_its_numbers_and_they_are_kept(session: Session) -> None:
    for _time in (1, 2):
        session.rectifications.add(TASK)
        session.issued.add(document(session))
        session.clearances.add(CLEARANCE)
    removed = session.rectifications.remove("R-0002")
    session = reopened(session)
    assert [each.id for each in session.rectifications] == ["R-0001"]
    assert [each.id for each in session.issued] == ["D-0001", "D-0002"]
    assert [each.id for each in session.clearances] == ["C-0001", "C-0002"]
    assert session.rectifications.add(TASK).id == "R-0003"
    assert session.rectifications.put(removed) is None
    assert [each.id for each in session.rectifications] == ["R-0001", "R-0002", "R-0003"]
    assert session.clearances.get("C-0001") == replace(
        CLEARANCE, id="C-0001", enterprise=session.enterprise.id
    )
    assert session.file.verify_journal() == session.file.info().journal_entries
    session.close()


def test_a_snapshot_has_the_tasks(session: Session) -> None:
    stored = session.rectifications.add(TASK)
    assert session.snapshot().rectifications == (stored,)


def test_locked_nothing_is_left_in_memory(session: Session) -> None:
    session.rectifications.add(TASK)
    session.issued.add(document(session))
    session.clearances.add(CLEARANCE)
    session.close()
    assert (len(session.rectifications), len(session.issued), len(session.clearances)) == (0, 0, 0)
    with pytest.raises(VaultClosed):
        session.rectifications.add(TASK)


def test_long_texts_keep_their_lines_and_short_ones_have_one(session: Session) -> None:
    task = session.rectifications.add(replace(TASK, department="人力\n资源\u202e部", cause="一\n二\x00"))
    assert (task.measures, task.department, task.cause) == ("补签\n每月核对", "人力 资源部", "一\n二")


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"item": "", "problem": " "}, "problem", "required"),
        ({"measures": "措" * 4001}, "measures", "too-long"),
        ({"department": "部" * 201}, "department", "too-long"),
        ({"owner": "\ud800"}, "owner", "unicode"),
    ],
)
def test_a_task_that_can_not_be_stored(
    session: Session, changes: dict[str, str], field: str, rule: str
) -> None:
    with pytest.raises(InvalidField) as caught:
        session.rectifications.add(replace(TASK, **changes))
    assert (caught.value.field, caught.value.rule) == (field, rule)
    assert len(session.rectifications) == 0


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"assessment": ""}, "assessment", "required"),
        ({"number": ""}, "number", "required"),
        ({"dated": None}, "dated", "required"),
        ({"sha256": "A1" * 32}, "sha256", "digest"),
        ({"sha256": ""}, "sha256", "required"),
        ({"journal_head": "1" * 63}, "journal_head", "digest"),
        ({"scan_sha256": "z" * 64}, "scan_sha256", "digest"),
        ({"issued_at": "gestern"}, "issued_at", "moment"),
        ({"issued_at": "2026-11-23T04:05:06"}, "issued_at", "moment"),
        ({"kind": DocumentKind.METHOD, "level": Level.INTERNAL}, "level", "edition"),
        ({"file_name": "名" * 256}, "file_name", "too-long"),
        ({"pages": -1}, "pages", "out-of-range"),
        ({"size": -1}, "size", "out-of-range"),
    ],
)
def test_an_entry_that_can_not_be_stored(
    session: Session, changes: dict[str, object], field: str, rule: str
) -> None:
    with pytest.raises(InvalidField) as caught:
        session.issued.add(document(session, **changes))
    assert (caught.value.field, caught.value.rule) == (field, rule)


def test_a_file_larger_than_any_count_is_stored(session: Session) -> None:
    assert session.issued.add(document(session, size=3_000_000_000)).size == 3_000_000_000


def test_an_entry_of_no_assessment_is_refused(session: Session) -> None:
    with pytest.raises(UnknownRecord):
        session.issued.add(document(session, assessment="another"))
    assert len(session.issued) == 0


def test_hits_are_let_pass_together_or_not_at_all(session: Session) -> None:
    kind, place = DocumentKind.REPORT, Place(Part.PAGE, 3)
    hits = [
        Hit(key * 64, kind, "secret_point/SP-0001/name", place, quote, 0, 2)
        for key, quote in (("a", "白鹤"), ("b", "白鹤" * 2001))
    ]
    entries = session.file.info().journal_entries
    with pytest.raises(InvalidField):
        clear(session, hits, "公开的品名", date(2026, 11, 23))
    assert (len(session.clearances), session.file.info().journal_entries) == (0, entries)
    assert [each.quote for each in clear(session, hits[:1], "公开的品名", date(2026, 11, 23))] == ["白鹤"]
    assert clear(session, hits[:1], "公开的品名", date(2026, 11, 23)) == ()


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"reason": " "}, "reason", "required"),
        ({"reason": "理" * 201}, "reason", "too-long"),
        ({"key": ""}, "key", "required"),
        ({"key": "c1"}, "key", "digest"),
        ({"source": ""}, "source", "required"),
        ({"cleared_on": None}, "cleared_on", "required"),
        ({"page": -1}, "page", "out-of-range"),
    ],
)
def test_a_clearance_that_can_not_be_stored(
    session: Session, changes: dict[str, object], field: str, rule: str
) -> None:
    with pytest.raises(InvalidField) as caught:
        session.clearances.add(replace(CLEARANCE, **changes))  # type: ignore[arg-type]
    assert (caught.value.field, caught.value.rule) == (field, rule)


# --- history ----------------------------------------------------------------------------------------


def test_tasks_in_words(session: Session) -> None:
    task = session.rectifications.add(TASK)
    session.rectifications.put(
        task := replace(task, due=date(2026, 12, 31), source=RectificationSource.PARK, owner="陈㵘")
    )
    session.rectifications.put(replace(task, done_on=date(2026, 12, 1), recheck=Recheck.PASSED))
    session.rectifications.remove(task.id)
    other = session.rectifications.add(Rectification(problem="来访登记簿\n能看到别家"))
    assert texts(session)[:5] == [
        f"新建整改任务{other.id}（来访登记簿 能看到别家）",
        "删除整改任务R-0001（HRM-05）",
        "整改任务R-0001：完成日未填→2026-12-01；复验结论未复验→复验通过",
        "整改任务R-0001：来源自评→园区核查；计划完成日未填→2026-12-31；责任人",
        "新建整改任务R-0001（HRM-05）",
    ]


def test_what_was_issued_in_words(session: Session) -> None:
    issued = session.issued.add(document(session))
    session.issued.put(replace(issued, note="已送达"))
    internal = session.issued.add(
        document(session, level=Level.INTERNAL, kind=DocumentKind.PLAN, format=Format.DOCX)
    )
    session.issued.remove(internal.id)
    assert texts(session)[:4] == [
        "删除出具记录D-0002（秘点保护操作方案（内部版））",
        "导出了秘点保护操作方案（内部版），编为D-0002",
        "出具记录D-0001：内部备注",
        "导出了自评报告（报送版），编为D-0001",
    ]
    first = list(session.history.all(HistoryQuery(kinds=(HistoryKind.ISSUED,))))[-1]
    facts = {change.label: change.after for change in first.changes}
    assert facts["材料"] == "自评报告（报送版）"
    assert facts["文件"] == "珠海𬭎㵘䶮𠮷-自评报告.pdf（338KB，摘要a1a1a1a1）"
    assert facts["落款日期"] == "2026-11-23"
    assert "盖章件" not in facts


def test_clearances_in_words(session: Session) -> None:
    session.clearances.add(CLEARANCE)
    session.clearances.remove("C-0001")
    assert texts(session)[:2] == [
        "撤回放行C-0001（申报书）",
        "放行了一处疑似泄密（申报书，C-0001）",
    ]
    line = list(session.history.all(HistoryQuery(kinds=(HistoryKind.CLEARANCE,))))[-1]
    facts = {change.label: change.after for change in line.changes}
    assert (facts["放行理由"], facts["页码"], facts["出自"]) == (
        "是节气，不是代号",
        "3",
        "秘点SP-0001的名称",
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("园区核查", {HistoryKind.RECTIFICATION}),
        ("补签", {HistoryKind.RECTIFICATION}),
        ("R-0001", {HistoryKind.RECTIFICATION}),
        ("复核说明", {HistoryKind.ISSUED}),
        ("二十四节气", {HistoryKind.CLEARANCE}),
    ],
)
def test_the_history_finds_them(session: Session, text: str, kinds: set[HistoryKind]) -> None:
    session.rectifications.add(replace(TASK, source=RectificationSource.PARK))
    session.issued.add(document(session, kind=DocumentKind.METHOD))
    session.clearances.add(CLEARANCE)
    assert {line.kind for line in session.history.all(HistoryQuery(text=text))} == kinds


def test_what_a_person_types_in_pieces_is_one_line(session: Session) -> None:
    task = session.rectifications.add(TASK)
    for measures in ("补", "补签", "补签完"):
        session.rectifications.put(replace(task, measures=measures))
    newest, before, *_older = session.history.all()
    assert (newest.text, newest.folded) == ("整改任务R-0001：整改措施", 3)
    assert before.text == "新建整改任务R-0001（HRM-05）"


def test_a_past_day_has_them(session: Session) -> None:
    task = session.rectifications.add(TASK)
    session.rectifications.put(
        replace(task, done_on=date(2026, 11, 20), recheck=Recheck.PASSED, checker="某某")
    )
    session.rectifications.add(TASK)
    session.issued.add(document(session))
    session.clearances.add(CLEARANCE)
    past = session.history.as_of(date(2099, 1, 1))
    assert past.rectifications == tuple(session.rectifications)
    assert past.issued == tuple(session.issued)
    assert past.clearances == tuple(session.clearances)
    facts = dict(row for row in past_facts(past) if len(row) == 2)
    assert (facts["整改任务"], facts["出具记录"]) == ("2项，已关闭1项", "1份")
