"""The application form on paper: every kind, both levels, filled, empty and wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from unit.report.conftest import form_document, make_document, make_snapshot, squeeze

from tsguard.domain.disclosure import Level
from tsguard.domain.form import FormValue
from tsguard.domain.programme import FieldKind, FormField, FormGroup, Unit
from tsguard.domain.snapshot import Snapshot
from tsguard.report.blocks import (
    Cover,
    Form,
    Heading,
    Mark,
    Paragraph,
    Radar,
    Run,
)
from tsguard.report.document import Document
from tsguard.report.pdf import write

K = FieldKind
CHOICES = ("没有", "高新技术企业", "专精特新中小企业", "制造业单项冠军企业")


def asked(kind: FieldKind, *, required: bool = False, **more: object) -> FormField:
    return FormField("", f"栏{kind.value}", required=required, ask=kind.value, kind=kind, **more)  # type: ignore[arg-type]


def with_form(values: dict[str, str], *fields: FormField) -> Snapshot:
    snapshot = make_snapshot()
    programme = replace(snapshot.assessment.programme, form=(FormGroup("组", fields),))
    return replace(
        snapshot,
        assessment=replace(snapshot.assessment, programme=programme),
        form={name: FormValue("a", name, value) for name, value in values.items()},
    )


def runs_of(document: Document, label: str) -> tuple[Run, ...]:
    """What stands in the grid for a label."""
    found = [
        entry.value
        for block in document.blocks
        if isinstance(block, Form)
        for entry in block.entries
        if entry.label.text == label
    ]
    (text,) = found
    return text


def text_of(runs: tuple[Run, ...]) -> str:
    signs = {Mark.BOX: "□", Mark.TICKED: "■", None: ""}
    return "".join(signs[run.mark] + run.value.text for run in runs)


@pytest.mark.parametrize(
    ("field", "value", "printed"),
    [
        (asked(K.TEXT), "C3973", "C3973"),
        (asked(K.WHOLE, unit="件"), "1234", "1,234件"),
        (asked(K.WHOLE), "1234", "1,234"),
        (asked(K.DECIMAL, unit="平方米"), "350.5", "350.5平方米"),
        (asked(K.PERCENT), "92.5", "92.5%"),
        (asked(K.MONEY_WAN), "12345.60", "12,345.60万元"),
        (asked(K.MONEY_WAN, least="-10.00"), "-0.50", "-0.50万元"),
        (asked(K.DAY), "2026-03-01", "2026年3月1日"),
        (asked(K.YEAR), "2025", "2025年"),
        (asked(K.PHONE), "0756-8888888", "0756-8888888"),
        (asked(K.YES_NO), "yes", "■是\u3000□否"),
        (asked(K.YES_NO), "no", "□是\u3000■否"),
        (
            asked(K.CHOICE, choices=CHOICES),
            "高新技术企业",
            "□没有\u3000■高新技术企业\u3000□专精特新中小企业\n□制造业单项冠军企业",
        ),
        (asked(K.WHOLE), "12.5", "12.5（待核对）"),
        (asked(K.CHOICE, choices=CHOICES), "别的", "别的（待核对）"),
        (asked(K.TEXT), "", "未填"),
        (asked(K.TEXT, required=True), "", "未填（必填）"),
        (asked(K.YES_NO, required=True), "", "□是\u3000□否\u3000未填（必填）"),
        (asked(K.LONG_TEXT), "", "未填"),
    ],
)
def test_each_kind(level: Level, field: FormField, value: str, printed: str) -> None:
    snapshot = with_form({field.ask: value} if value else {}, field)
    assert text_of(runs_of(form_document(snapshot, level), field.label)) == printed


def test_a_long_text_is_paragraphs_under_its_label(level: Level) -> None:
    fields = (
        asked(K.TEXT),
        replace(asked(K.LONG_TEXT), ask="a", label="亮点"),
        asked(K.WHOLE),
        replace(asked(K.LONG_TEXT), ask="b", label="计划", longest=3),
    )
    values = {"text": "甲", "a": "第一段\n\n第二段", "whole": "1", "b": "超过三个字"}
    document = form_document(with_form(values, *fields), level)
    start = next(at for at, block in enumerate(document.blocks) if isinstance(block, Heading)) + 1
    blocks = document.blocks[start : start + 6]
    assert [type(block).__name__ for block in blocks] == [
        "Form", "Paragraph", "Paragraph", "Form", "Paragraph", "Paragraph",
    ]  # fmt: skip
    said = [text_of(block.text) for block in blocks if isinstance(block, Paragraph)]
    assert said == ["1．亮点\n第一段", "第二段", "2．计划\n超过三个字", "以上内容超过申报表限定的字数。"]


@pytest.mark.parametrize(
    "stored", ["\u200b", "\u202e\u2066", "\ufe0f", "\u0300", "\x00", "\n \n", "\u3164", "\ud800"]
)
def test_whatever_is_stored_the_report_is_written(tmp_path: Path, level: Level, stored: str) -> None:
    """Older programs kept what nobody can see, and a vault may come from elsewhere."""
    fields = tuple(asked(kind, choices=CHOICES if kind is K.CHOICE else ()) for kind in FieldKind)
    document = form_document(with_form(dict.fromkeys((each.ask for each in fields), stored), *fields), level)
    write(document, tmp_path / "r.pdf")
    if stored != "\ud800":
        assert text_of(runs_of(document, "栏long_text")) == "未填"
        assert text_of(runs_of(document, "栏text")) == "未填"


def test_a_programme_with_senseless_bounds_prints(level: Level) -> None:
    field = asked(K.WHOLE, least="abc", most="NaN")
    assert text_of(runs_of(form_document(with_form({"whole": "5"}, field), level), field.label)) == "5"


def test_a_group_that_is_only_a_long_text_has_no_empty_grid(level: Level) -> None:
    document = form_document(with_form({"long_text": "一段"}, asked(K.LONG_TEXT)), level)
    assert all(block.entries for block in document.blocks if isinstance(block, Form))


def test_what_no_field_asks_for_is_not_printed(level: Level) -> None:
    document = form_document(with_form({"other": "孤品"}, asked(K.TEXT)), level)
    assert not any("孤品" in text for text in document.texts())


def test_conditions_are_in_an_application(level: Level) -> None:
    snapshot = make_snapshot()
    programme = replace(snapshot.assessment.programme, conditions=("在园区办公。",))
    snapshot = replace(snapshot, assessment=replace(snapshot.assessment, programme=programme))
    texts = set(form_document(snapshot, level).texts())
    assert ("在园区办公。" in texts) == (level is Level.SUBMISSION)


def test_a_unit_of_several_sections_has_the_programmes_short_name_on_the_radar() -> None:
    snapshot = make_snapshot()
    units = (
        Unit("a", "组织与定密", 60, ("ORG", "IDC"), "组织"),
        Unit("b", "系统", 40, ("ITS",)),
        Unit("c", "其余", 1, ()),
    )
    programme = replace(snapshot.assessment.programme, units=units[:2])
    two = replace(snapshot, assessment=replace(snapshot.assessment, programme=programme))
    assert not any(isinstance(block, Radar) for block in make_document(two, Level.INTERNAL).blocks)
    units = (
        Unit("a", "组织", 50, ("ORG",), "人事"),
        Unit("b", "定密", 30, ("IDC",)),
        Unit("c", "系统", 20, ("ITS",)),
    )
    programme = replace(snapshot.assessment.programme, units=units)
    three = replace(snapshot, assessment=replace(snapshot.assessment, programme=programme))
    (radar,) = [b for b in make_document(three, Level.INTERNAL).blocks if isinstance(b, Radar)]
    assert [axis.label.text for axis in radar.axes] == ["人事", "ID", "IT"]


def test_it_can_be_read_back_from_the_file(tmp_path: Path, level: Level, read: Callable[[Path], str]) -> None:
    fields = (
        asked(K.MONEY_WAN),
        replace(asked(K.LONG_TEXT), label="主要亮点"),
        asked(K.CHOICE, choices=CHOICES),
    )
    values = {"money_wan": "12345.60", "long_text": "含𬭎㵘䶮𠮷的一段，" + "很长，" * 400, "choice": "没有"}
    path = tmp_path / "r.pdf"
    write(form_document(with_form(values, *fields), level), path)
    text = squeeze(read(path))
    assert "12,345.60万元" in text
    assert "1．主要亮点" in text
    assert "含𬭎㵘䶮𠮷的一段" in text


def cover_of(snapshot: Snapshot, level: Level) -> str:
    (cover,) = [block for block in make_document(snapshot, level=level).blocks if isinstance(block, Cover)]
    return cover.subtitle.text


def test_the_cover_calls_the_papers_what_the_programme_calls_them() -> None:
    snapshot = make_snapshot()
    programme = replace(snapshot.assessment.programme, cover="园区入门评价材料")
    named = replace(snapshot, assessment=replace(snapshot.assessment, programme=programme))
    assert cover_of(named, Level.SUBMISSION) == "园区入门评价材料"
    assert cover_of(named, Level.INTERNAL) == "企业内部使用"
    assert cover_of(snapshot, Level.SUBMISSION) == "自评报送材料"


def test_nothing_counted_is_a_blank_to_fill_as_in_the_window() -> None:
    fields = (
        FormField("secret_point_count", "秘点数量", required=True),
        FormField("secret_point_tiers", "等级分布", required=False),
        FormField("evidence_count", "佐证件数", required=True),
    )
    empty = replace(with_form({}, *fields), secret_points=(), evidence=())
    document = form_document(empty, Level.SUBMISSION)
    assert text_of(runs_of(document, "秘点数量")) == "未填（必填）"
    assert text_of(runs_of(document, "等级分布")) == "未填"
    assert text_of(runs_of(document, "佐证件数")) == "未填（必填）"
