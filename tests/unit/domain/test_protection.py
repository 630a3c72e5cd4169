"""What of a vault is protected, and that no kind of record has forgotten to say so."""

from __future__ import annotations

import dataclasses
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Checklist
from tsguard.domain.disclosure import Guard, Level, guard_of, level_of
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.form import FormValue
from tsguard.domain.protection import (
    KINDS,
    WITHOUT_FIELDS,
    Unsought,
    bare,
    cut,
    protected_strings,
    published_types,
)
from tsguard.domain.rectification import Rectification
from tsguard.domain.scales import Tier
from tsguard.domain.secret_points import SecretPoint
from tsguard.store.records import TABLES

INTERNAL_TEXTS = [
    (kind, each.name)
    for kind in KINDS.values()
    for each in dataclasses.fields(kind)
    if get_type_hints(kind)[each.name] is str and level_of(kind, each.name) is Level.INTERNAL
]


def test_every_kind_that_the_vault_stores_declares_its_strings():
    stored = {table.kind for table in TABLES}
    assert stored == set(KINDS) | set(WITHOUT_FIELDS)
    assert not set(KINDS) & set(WITHOUT_FIELDS)


@pytest.mark.parametrize(
    ("kind", "name"), INTERNAL_TEXTS, ids=lambda value: getattr(value, "__name__", value)
)
def test_an_internal_text_is_looked_for_or_says_why_not(kind, name):
    rule = guard_of(kind, name)
    assert (rule.guard is not None) != bool(rule.unguarded)


def test_what_is_guarded_is_just_this():
    """Written out a second time on purpose, as with the clearances: to stop guarding takes two places."""
    guarded = {
        kind: {each.name for each in dataclasses.fields(record) if guard_of(record, each.name).guard}
        for kind, record in KINDS.items()
    }
    assert guarded == {
        "enterprise": {"note"},
        "secret_point": {"id", "name", "kind", "location", "note"},
        "evidence": {"title", "file_name", "paper_at"},
        "answer": {"note", "ask_whom"},
        "rectification": {"problem", "cause", "owner", "resources", "extended", "checker", "note"},
        "form_value": set(),
        "assessment": set(),
        "issued_document": {"scan_name", "note"},
        "clearance": {"reason"},
    }


def test_a_field_that_says_nothing_is_found_out():
    @dataclasses.dataclass
    class Forgotten:
        text: str = ""

    assert level_of(Forgotten, "text") is Level.INTERNAL
    assert guard_of(Forgotten, "text").guard is None
    assert not guard_of(Forgotten, "text").unguarded
    with pytest.raises(KeyError):
        guard_of(Forgotten, "other")


@pytest.mark.parametrize(
    ("guard", "value", "parts"),
    [
        (Guard.WORD, "  蓝鲸 配方 ", ["蓝鲸 配方"]),
        (Guard.WORD, "   ", []),
        (Guard.CODE, "SP-0001", ["SP-0001"]),
        (Guard.NAME, "蓝鲸（七号）", ["蓝鲸（七号）"]),
        (Guard.NAME, "电解液配方（2024版）", ["电解液配方（2024版）", "电解液配方"]),
        (Guard.NAME, "客户名单、涂布参数", ["客户名单、涂布参数", "客户名单", "涂布参数"]),
        (Guard.PEOPLE, "张三、李四，王五；赵六", ["张三", "李四", "王五", "赵六"]),
        (Guard.PEOPLE, "钱七/孙八 周九\n吴十", ["钱七", "孙八", "周九", "吴十"]),
        (Guard.PEOPLE, "张　三、李四", ["张　三", "李四"]),
        (Guard.PEOPLE, "张三、张三", ["张三"]),
        (Guard.PEOPLE, "、 ，", []),
        (Guard.FILE, "客户甲交货单.pdf", ["客户甲交货单.pdf", "客户甲交货单"]),
        (Guard.FILE, "没有后缀", ["没有后缀"]),
        (Guard.FILE, "第1.2版说明", ["第1.2版说明"]),
        (Guard.FILE, "配方.v2.docx", ["配方.v2.docx", "配方.v2"]),
        (Guard.PROSE, "客户华为", ["客户华为"]),
        (
            Guard.PROSE,
            "样机交南山厂小批试产。第一批只有七成能交货！",
            ["样机交南山厂小批试产", "第一批只有七成能交货"],
        ),
        (Guard.PROSE, "交期，月底前后几天都可以商量", ["交期，月底前后几天都可以商量"]),
        (Guard.PROSE, "月底前后几天都可以商量，急", ["月底前后几天都可以商量，急"]),
        (Guard.PROSE, "。。！", []),
    ],
)  # fmt: skip
def test_how_values_are_cut(guard, value, parts):
    assert list(cut(value, guard)) == parts


@given(st.text("甲乙丙，。；！\n ab", max_size=60))
def test_no_word_of_a_note_is_left_out(note):
    """Whatever the clauses, together they say all that the note says."""

    def worded(text: str) -> str:
        return "".join(each for each in bare(text) if each.isalnum())

    assert worded("".join(_clauses_with_repeats(note))) == worded(note)


def _clauses_with_repeats(note):
    """``cut`` gives equal clauses once; here they count each time."""
    from tsguard.domain import protection

    return list(protection._clauses(note.strip())) if note.strip() else []


@pytest.mark.parametrize(
    ("record", "reasons"),
    [
        (SecretPoint(id="SP-0001", name="蓝"), {"name": Unsought.SHORT, "id": None}),
        (SecretPoint(id="SP-0001", name="蓝鲸"), {"name": None, "id": None}),
        (SecretPoint(id="SP-0001", name="2026"), {"name": Unsought.NUMBER, "id": None}),
        (SecretPoint(id="SP-0001", name="20261"), {"name": None, "id": None}),
        (SecretPoint(id="SP-0001", name="- 1 -"), {"name": Unsought.SHORT, "id": None}),
        (SecretPoint(id="SP-0001", kind="电解液配方"), {"kind": Unsought.PUBLISHED, "id": None}),
        (SecretPoint(id="SP-0001", name="电解液配方"), {"name": None, "id": None}),
        (SecretPoint(id="SP-0001", kind="自己的说法"), {"kind": None, "id": None}),
        (Answer("HRM-01", ask_whom="研发部"), {"ask_whom": Unsought.OFFICE}),
        (Answer("HRM-01", ask_whom="王部"), {"ask_whom": None}),
        (Answer("HRM-01", ask_whom="李 总"), {"ask_whom": None}),
        (Answer("HRM-01", ask_whom="李"), {"ask_whom": Unsought.SHORT}),
        (Answer("HRM-01", note="已办完"), {"note": Unsought.SHORT}),
        (Answer("HRM-01", note="客户华为"), {"note": None}),
        (Rectification(id="R-0001", owner="何某"), {"owner": Unsought.NAMED}),
        (Rectification(id="R-0001", owner="何　某"), {"owner": Unsought.NAMED}),
        (Rectification(id="R-0001", owner="陈某某"), {"owner": None}),
    ],
)  # fmt: skip
def test_what_is_not_looked_for_says_why(record, reasons):
    company = Enterprise(id="e", name="甲公司", lead="何某", contact_name="李某；王某")
    found = protected_strings((company, record), published={"电解液配方"})
    assert {each.source.rpartition("/")[2]: each.unsought for each in found} == reasons


def test_a_title_is_protected_where_the_piece_shows_a_secret():
    pieces = [
        Evidence("E-01", "e", "甲机台调试记录", tier=Tier.CORE),
        Evidence("E-02", "e", "乙机台调试记录", tier=Tier.CORE, redacted=True),
        Evidence("E-03", "e", "丙机台调试记录"),
    ]
    (only,) = protected_strings(pieces)
    assert (only.text, only.listed_as, only.guard) == ("甲机台调试记录", "E-01", Guard.TITLE)


def test_a_source_names_record_and_field_and_no_content():
    records = (
        SecretPoint(id="SP-0003", name="蓝鲸"),
        Answer("HRM-05", note="客户华为"),
        FormValue("a", "one", "写在表里的话"),
    )
    found = protected_strings(records)
    assert [each.source for each in found] == [
        "secret_point/SP-0003/id",
        "secret_point/SP-0003/name",
        "answer/HRM-05/note",
    ]
    assert not any(word in repr(found) for word in ("蓝鲸", "华为"))


def test_another_kind_of_record_is_a_bug():
    with pytest.raises(KeyError):
        protected_strings([object()])


def test_published_types_are_those_of_put_aside_modules_too():
    from support.checklists import make_checklist, make_item, make_module

    from tsguard.domain.secret_points import SecretPointType

    module = dataclasses.replace(
        make_module({"ORG": [make_item("ORG-01")]}), secret_point_types=(SecretPointType("版图", Tier.CORE),)
    )
    checklist: Checklist = make_checklist(module)
    aside = dataclasses.replace(make_checklist(make_module({"ORG": []})), put_aside=(checklist,))
    assert published_types(checklist) == published_types(aside) == {"版图"}
    own = make_checklist(dataclasses.replace(module, shipped=False))
    assert published_types(own) == frozenset(), "the company may have written it itself"
