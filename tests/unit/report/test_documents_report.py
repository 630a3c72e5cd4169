"""The report: short on the company for the bureau, everything for the company itself."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from unit.report.conftest import make_document
from unit.report.test_documents_application import heads, rows_of, table_below

from tsguard.domain.answers import Answer
from tsguard.domain.disclosure import Level, level_of
from tsguard.domain.dossier import CHOSEN, LEVELS, DocumentKind
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Verdict
from tsguard.domain.snapshot import Snapshot
from tsguard.report.blocks import (
    Entry,
    Form,
    Review,
    Signature,
)
from tsguard.report.document import Document

TASK = Rectification(
    "R-0001",
    "e",
    "ORG-01",
    problem="只有口头任命㵘",
    cause="没有人管",
    measures="补发任命文件",
    department="总经办",
    owner="王某𠮷",
    resources="一天",
    due=date(2026, 12, 20),
    extended="出差",
    checker="李某",
    opened_on=date(2026, 11, 1),
    note="先谈",
)


def facts(document: Document) -> dict[str, str]:
    """Labels and values of the first form."""
    form = next(block for block in document.blocks if isinstance(block, Form))

    def text_of(entry: Entry) -> str:
        return "".join(run.value.text for run in entry.value)

    return {entry.label.text: text_of(entry) for entry in form.entries}


def test_what_is_signed_stands_in_the_application_alone(snapshot: Snapshot, level: Level) -> None:
    document = make_document(snapshot, level)
    assert not any(isinstance(block, Signature | Review) for block in document.blocks)
    assert "承诺书" not in "".join(heads(document))


def test_the_bureau_gets_the_company_in_short(snapshot: Snapshot) -> None:
    document = make_document(snapshot, Level.SUBMISSION)
    found = facts(document)
    assert found["企业名称"] == "示例䶮𬭎芯片（珠海）有限公司"
    assert found["法定代表人"] == "㵘某𠮷"
    assert found["秘点数量"] == "2项"
    assert found["统一社会信用代码"] == "未填"
    assert "研发人员" not in found
    assert "联络员" not in found
    assert not any(head.endswith("企业概况") for head in heads(document))


def test_the_company_itself_gets_the_whole_form(snapshot: Snapshot) -> None:
    document = make_document(snapshot, Level.INTERNAL)
    assert any(head.endswith("企业概况") for head in heads(document))
    assert "不外传的备注" in "".join(document.texts())


def test_only_the_internal_edition_has_the_work_lists(snapshot: Snapshot, level: Level) -> None:
    titles = [head.partition("、")[2] for head in heads(make_document(snapshot, level))]
    internal = level is Level.INTERNAL
    assert ("整改任务" in titles) is internal
    assert ("核对与待问" in titles) is internal


def test_every_word_of_a_task_is_in_the_internal_edition(snapshot: Snapshot) -> None:
    texts = "\n".join(make_document(replace(snapshot, rectifications=(TASK,)), Level.INTERNAL).texts())
    for each in fields(Rectification):
        value = getattr(TASK, each.name)
        if isinstance(value, str) and value and each.name not in {"enterprise", "source", "recheck"}:
            assert value in texts, each.name


@pytest.mark.parametrize("kind", [kind for kind in CHOSEN if Level.SUBMISSION in LEVELS[kind]])
def test_no_submission_of_any_kind_has_an_internal_word_of_a_task(
    snapshot: Snapshot, kind: DocumentKind
) -> None:
    marked = {
        each.name: f"机密{each.name}"
        for each in fields(Rectification)
        if level_of(Rectification, each.name) is Level.INTERNAL
    }
    document = make_document(
        replace(snapshot, rectifications=(replace(TASK, **marked),)), Level.SUBMISSION, kind
    )
    assert "机密" not in "\n".join(document.texts())
    assert len(marked) >= 7


def test_without_tasks_it_says_so(snapshot: Snapshot) -> None:
    assert "还没有登记整改任务" in "".join(make_document(snapshot, Level.INTERNAL).texts())


def test_answers_above_the_register_are_listed(snapshot: Snapshot) -> None:
    rows = rows_of(table_below(make_document(snapshot, Level.INTERNAL), "回答与台账不一致"))
    assert [row[0] for row in rows] == ["IDC-01"]
    assert "2项中1项合格，最多支持“部分符合”" in rows[0][3]


def test_an_agreeing_register_makes_no_contradiction(snapshot: Snapshot) -> None:
    points = tuple(replace(point, review_on=date(2027, 1, 1)) for point in snapshot.secret_points)
    document = make_document(replace(snapshot, secret_points=points), Level.INTERNAL)
    assert "没有发现回答高于台账的条款" in "".join(document.texts())


def test_the_same_person_is_asked_once(snapshot: Snapshot) -> None:
    answers = {
        item: Answer(item, Verdict.UNKNOWN, ask_whom=whom, note="听说有")
        for item, whom in (
            ("ORG-01", "周工"), ("ORG-02", ""), ("ORG-03", "陈工"), ("ORG-04", "周工"), ("XIC-01", "陈工")
        )
    }  # fmt: skip
    rows = rows_of(table_below(make_document(replace(snapshot, answers=answers), Level.INTERNAL), "待询问"))
    assert [(row[0], row[1]) for row in rows] == [
        ("周工", "ORG-01"),
        ("周工", "ORG-04"),
        ("陈工", "ORG-03"),
        ("陈工", "XIC-01"),
        ("未写", "ORG-02"),
    ]
    assert all("一份文件" in row[2] and "听说有" in row[2] and row[3] == "" for row in rows)


def test_marked_items_are_listed_with_their_notes(snapshot: Snapshot) -> None:
    answers = {**snapshot.answers, "IDC-01": replace(snapshot.answers["IDC-01"], note="再看一眼䶮")}
    rows = rows_of(
        table_below(make_document(replace(snapshot, answers=answers), Level.INTERNAL), "已标记待再看")
    )
    assert [row[0] for row in rows] == ["IDC-01"]
    assert rows[0][3] == "再看一眼䶮"


def test_nothing_to_ask_and_nothing_marked_says_so(snapshot: Snapshot) -> None:
    texts = "".join(make_document(replace(snapshot, answers={}), Level.INTERNAL).texts())
    for sentence in ("没有回答“不清楚”的条款", "没有作标记的条款", "没有发现回答高于台账的条款"):
        assert sentence in texts
