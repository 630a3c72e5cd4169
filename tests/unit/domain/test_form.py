"""What people type into an application form, and what it is taken for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tsguard.domain.form import (
    LARGEST,
    PLACES,
    FormRule,
    FormValue,
    Reading,
    bound,
    grouped,
    longest,
    read,
)
from tsguard.domain.programme import BOUNDED_KINDS, NUMBER_KINDS, FieldKind, FormField

K, R = FieldKind, FormRule
CHOICES = ("没有", "高新技术企业", "独角兽企业")


def field(kind: FieldKind, **more: object) -> FormField:
    return FormField("", "栏", required=False, ask="f", kind=kind, **more)  # type: ignore[arg-type]


RIGHT = [
    (K.TEXT, "  C3973 ", "C3973"),
    (K.TEXT, "第一行\n第二行", "第一行 第二行"),
    (K.TEXT, "甲\u200b乙\x07", "甲乙"),
    (K.LONG_TEXT, "\n一\r\n二\x07\r三 \n", "一\n二\n三"),
    (K.WHOLE, "12", "12"),
    (K.WHOLE, "１，２３４", "1234"),
    (K.WHOLE, "1,234,567", "1234567"),
    (K.WHOLE, " 1 234 ", "1234"),
    (K.WHOLE, "12.0", "12"),
    (K.WHOLE, "007", "7"),
    (K.WHOLE, "+5", "5"),
    (K.WHOLE, "-0", "0"),
    (K.DECIMAL, "350.50", "350.5"),
    (K.DECIMAL, "100", "100"),
    (K.DECIMAL, "0.0001", "0.0001"),
    (K.DECIMAL, "3。5", "3.5"),
    (K.DECIMAL, "3．5", "3.5"),
    (K.DECIMAL, "3.", "3"),
    (K.PERCENT, "12.5%", "12.5"),
    (K.PERCENT, "12.5", "12.5"),
    (K.PERCENT, "１２．５％", "12.5"),
    (K.PERCENT, "百分之12.5", "12.5"),
    (K.PERCENT, "100", "100"),
    (K.MONEY_WAN, "1,234.5", "1234.50"),
    (K.MONEY_WAN, "1234.5万元", "1234.50"),
    (K.MONEY_WAN, "1234万", "1234.00"),
    (K.MONEY_WAN, "¥1234", "1234.00"),
    (K.MONEY_WAN, "￥1234", "1234.00"),
    (K.MONEY_WAN, "1.2亿元", "12000.00"),
    (K.MONEY_WAN, "0.00012亿", "1.20"),
    (K.MONEY_WAN, "0", "0.00"),
    (K.DAY, "2026-03-01", "2026-03-01"),
    (K.DAY, "2026年3月1日", "2026-03-01"),
    (K.DAY, "２０２６年３月１日", "2026-03-01"),
    (K.DAY, "2026 年 3 月 1 日", "2026-03-01"),
    (K.DAY, "2026/3/1", "2026-03-01"),
    (K.DAY, "2026.3.1", "2026-03-01"),
    (K.DAY, "20260301", "2026-03-01"),
    (K.DAY, "2026—3—1", "2026-03-01"),
    (K.YEAR, "2025年", "2025"),
    (K.YEAR, "２０２５", "2025"),
    (K.YES_NO, "是", "yes"),
    (K.YES_NO, "没有", "no"),
    (K.YES_NO, "YES", "yes"),
    (K.CHOICE, " 高新技术企业 ", "高新技术企业"),
    (K.PHONE, "138 0000 0000", "13800000000"),
    (K.PHONE, "１３８００００００００", "13800000000"),
    (K.PHONE, "+86-13800000000", "+86-13800000000"),
    (K.PHONE, "0756-8888888", "0756-8888888"),
    (K.PHONE, "（0756）8888888", "0756-8888888"),
    (K.PHONE, "0756-8888888转12", "0756-8888888转12"),
    (K.PHONE, "400-000-0000", "400-000-0000"),
    (K.PHONE, "+853 2888 0000", "+85328880000"),
]
WRONG = [
    (K.TEXT, "字" * 201, R.TOO_LONG),
    (K.LONG_TEXT, "字" * 2001, R.TOO_LONG),
    (K.WHOLE, "12.5", R.NOT_WHOLE),
    (K.WHOLE, "-5", R.BELOW),
    (K.WHOLE, "十二", R.NOT_A_NUMBER),
    (K.WHOLE, "12人", R.NOT_A_NUMBER),
    (K.WHOLE, "1,23", R.NOT_A_NUMBER),
    (K.WHOLE, "1e3", R.NOT_A_NUMBER),
    (K.WHOLE, "٣", R.NOT_A_NUMBER),
    *((K.WHOLE, typed, R.NOT_A_NUMBER) for typed in ("10²", "②", "5½", "𝟏𝟐", "Ⅳ", "㉑", "1₂", "¹")),
    (K.PERCENT, "10²%", R.NOT_A_NUMBER),
    (K.MONEY_WAN, "10²万", R.NOT_A_NUMBER),
    (K.DECIMAL, "10³", R.NOT_A_NUMBER),
    (K.DAY, "2026年3月①日", R.NOT_A_DAY),
    (K.YEAR, "202⁵", R.NOT_A_YEAR),
    (K.WHOLE, "9" * 400, R.ABOVE),
    (K.DECIMAL, "0.00001", R.TOO_PRECISE),
    (K.DECIMAL, ".5", R.NOT_A_NUMBER),
    (K.PERCENT, "120%", R.ABOVE),
    (K.PERCENT, "%", R.NOT_A_NUMBER),
    (K.PERCENT, "12.345", R.TOO_PRECISE),
    (K.MONEY_WAN, "500元", R.OTHER_UNIT),
    (K.MONEY_WAN, "1.234", R.TOO_PRECISE),
    (K.MONEY_WAN, "-5", R.BELOW),
    (K.MONEY_WAN, "万元", R.NOT_A_NUMBER),
    (K.DAY, "3月1日", R.DAY_WITHOUT_YEAR),
    (K.DAY, "26年3月1日", R.DAY_WITHOUT_YEAR),
    (K.DAY, "3/1", R.DAY_WITHOUT_YEAR),
    (K.DAY, "2026年3月", R.MONTH_WITHOUT_DAY),
    (K.DAY, "2026-2-30", R.NO_SUCH_DAY),
    (K.DAY, "2026-13-01", R.NO_SUCH_DAY),
    (K.DAY, "去年", R.NOT_A_DAY),
    (K.DAY, "2026年3-1", R.NOT_A_DAY),
    (K.DAY, "0001-01-01", R.BELOW),
    (K.YEAR, "25", R.NOT_A_YEAR),
    (K.YEAR, "1600", R.BELOW),
    (K.YEAR, "٢٠٢٦", R.NOT_A_YEAR),
    (K.YES_NO, "也许", R.NOT_YES_OR_NO),
    (K.CHOICE, "高新", R.NOT_A_CHOICE),
    (K.PHONE, "8888888", R.PHONE_WITHOUT_AREA),
    (K.PHONE, "12345", R.NOT_A_PHONE),
    (K.PHONE, "12800000000", R.NOT_A_PHONE),
    (K.PHONE, "找王工", R.NOT_A_PHONE),
    (K.PHONE, "1380000000⁰", R.NOT_A_PHONE),
]


@pytest.mark.parametrize(("kind", "typed", "canonical"), RIGHT)
def test_what_is_understood(kind: FieldKind, typed: str, canonical: str) -> None:
    assert read(field(kind, choices=CHOICES), typed) == Reading(canonical)


@pytest.mark.parametrize(("kind", "typed", "rule"), WRONG)
def test_what_is_refused_stays_as_it_was_typed(kind: FieldKind, typed: str, rule: FormRule) -> None:
    assert read(field(kind, choices=CHOICES), typed) == Reading(typed, rule)


def test_every_rule_and_every_kind_has_an_example() -> None:
    assert {rule for _kind, _typed, rule in WRONG} == set(FormRule)
    assert {kind for kind, _typed, _canonical in RIGHT} == set(FieldKind)


@pytest.mark.parametrize("kind", FieldKind)
@pytest.mark.parametrize(
    "typed",
    ["", "  ", "\u3000\n", "\u200b", "\u202e\u2066", "\ufe0f", "\u0300", "\x00", "\u3164", " \u200d\ufeff "],
)
def test_blanks_are_nothing(kind: FieldKind, typed: str) -> None:
    assert read(field(kind, choices=CHOICES), typed) == Reading("")


@pytest.mark.parametrize(
    ("kind", "least", "most", "typed", "rule"),
    [
        (K.MONEY_WAN, "-100.00", "", "-5", None),
        (K.MONEY_WAN, "-100.00", "", "-100.01", R.BELOW),
        (K.PERCENT, "", "200", "150%", None),
        (K.PERCENT, "", "200", "200.01%", R.ABOVE),
        (K.WHOLE, "1", "9", "9", None),
        (K.WHOLE, "1", "9", "0", R.BELOW),
        (K.DAY, "2024-01-01", "2024-12-31", "2024年12月31日", None),
        (K.DAY, "2024-01-01", "2024-12-31", "2025-1-1", R.ABOVE),
        (K.YEAR, "2020", "2026", "2019", R.BELOW),
    ],
)
def test_the_programmes_own_bounds(
    kind: FieldKind, least: str, most: str, typed: str, rule: FormRule | None
) -> None:
    assert read(field(kind, least=least, most=most), typed).rule is rule


@pytest.mark.parametrize("kind", sorted(BOUNDED_KINDS))
@pytest.mark.parametrize("senseless", ["abc", "1e5", "NaN", "-", "1,,0", "２²"])
def test_a_senseless_bound_is_as_none(kind: FieldKind, senseless: str) -> None:
    """Of a programme that is frozen in a vault from elsewhere, which no checker has seen."""
    usual = field(kind)
    for key in ("least", "most"):
        bad = field(kind, **{key: senseless})
        assert bound(bad, key) == bound(usual, key)
        assert read(bad, "5") == read(usual, "5")
        assert read(bad, "2026-03-01") == read(usual, "2026-03-01")


def test_a_bound_of_another_spelling_holds() -> None:
    asked = field(K.MONEY_WAN, least="-1,000", most="5万元")
    assert (bound(asked, "least"), bound(asked, "most")) == ("-1000.00", "5.00")
    assert read(asked, "6").rule is R.ABOVE


def test_a_long_text_keeps_what_is_invisible_inside() -> None:
    asked = field(K.LONG_TEXT)
    assert read(asked, "\u200b\ufeff甲\u200d乙\u202c ") == Reading("甲\u200d乙")
    assert read(asked, "心❤\ufe0f") == Reading("心❤\ufe0f")


@pytest.mark.parametrize("choice", ["甲\u200b乙", "甲\n乙", " 甲乙", "甲\t乙"])
def test_a_frozen_choice_with_unseen_characters_can_be_chosen(choice: str) -> None:
    asked = field(K.CHOICE, choices=("丙", choice))
    for typed in (choice, choice.strip().replace("\u200b", "")):
        reading = read(asked, typed)
        assert reading == Reading(choice)
        assert read(asked, reading.text) == reading


def test_the_programmes_own_length() -> None:
    short = field(K.TEXT, longest=3)
    assert longest(short) == 3
    assert read(short, "四个字了").rule is R.TOO_LONG
    assert read(short, "三个字").rule is None


def test_only_bounded_kinds_have_bounds() -> None:
    for kind in FieldKind:
        assert bool(bound(field(kind), "least")) == (kind in BOUNDED_KINDS)


def test_grouped_keeps_every_digit() -> None:
    assert [grouped(each) for each in ("0", "1234.50", "-0.5", LARGEST)] == [
        "0",
        "1,234.50",
        "-0.5",
        "999,999,999,999",
    ]


def test_a_value_is_not_in_a_repr() -> None:
    assert "蓝鲸" not in repr(FormValue("a", "f", "蓝鲸"))


TYPED = st.text(max_size=40) | st.text("0123456789０１２，。,.%％年月日-/+万亿元转 ()（）", max_size=20)


@given(kind=st.sampled_from(FieldKind), typed=TYPED)
@example(K.MONEY_WAN, "0。")
@example(K.PHONE, "(0756))8888888")
@example(K.DAY, "2026年3月1")
def test_reading_again_changes_nothing(kind: FieldKind, typed: str) -> None:
    asked = field(kind, choices=CHOICES)
    once = read(asked, typed)
    assert read(asked, once.text) == once


@given(kind=st.sampled_from(sorted(NUMBER_KINDS)), typed=TYPED)
def test_a_right_number_is_within_bounds_and_spelt_one_way(kind: FieldKind, typed: str) -> None:
    asked = field(kind)
    reading = read(asked, typed)
    if reading.text and reading.rule is None:
        value = Decimal(reading.text)
        assert Decimal(bound(asked, "least")) <= value <= Decimal(bound(asked, "most"))
        assert read(asked, grouped(reading.text)) == reading
        assert len(reading.text.partition(".")[2]) <= PLACES[kind]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_understood_in_every_spelling(day: date) -> None:
    asked = field(K.DAY)
    for spelling in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
    ):
        assert read(asked, spelling) == Reading(day.isoformat())


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_money_keeps_its_worth(whole: int, rest: int) -> None:
    reading = read(field(K.MONEY_WAN), f"{whole:,}.{rest:02d}")
    assert reading == Reading(f"{whole}.{rest:02d}")
