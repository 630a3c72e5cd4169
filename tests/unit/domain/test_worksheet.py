"""The sheet's code, its numbers, and every way a person writes an answer down."""

import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.checklists import make_checklist, make_item, make_module

from tsguard.domain.answers import Answer
from tsguard.domain.scale_words import verdict_word
from tsguard.domain.scales import Verdict
from tsguard.domain.typed_lines import rows_of_text
from tsguard.domain.worksheet import (
    FaultyRow,
    PaperAnswer,
    Reader,
    RowFault,
    TypedRow,
    TypedSheet,
    answered,
    numbered,
    replaces,
    same_code,
    sheet_code,
    verdict_of,
)

CORE = make_module(
    {
        "ORG": [make_item("ORG-01", may_not_apply=False), make_item("ORG-02")],
        "HRM": [make_item("HRM-05")],
    }
)
CHECKLIST = make_checklist(CORE, make_module({"XIC": [make_item("XIC-01")]}, "XIC"))
CODE = sheet_code(CHECKLIST)
TODAY = date(2024, 2, 29)


def read(text):
    """What the sheet's own reader makes of typed lines."""
    return list(Reader(CHECKLIST).read(rows_of_text(text)))


class TestCode:
    def test_it_has_six_characters_that_nobody_mistakes(self):
        assert len(CODE) == 6
        assert not set(CODE) & set("0O1IL")
        assert CODE.isascii()
        assert not any(character.islower() for character in CODE)

    def test_it_is_the_same_for_the_same_items(self):
        again = make_checklist(replace(CORE, version="9", sha256="f" * 64), CHECKLIST.modules[1])
        assert sheet_code(again) == CODE

    @pytest.mark.parametrize(
        "other",
        [
            make_checklist(CORE),
            make_checklist(make_module({"HRM": CORE.sections[1].items, "ORG": CORE.sections[0].items})),
            make_checklist(
                make_module(
                    {
                        "ORG": [replace(CORE.sections[0].items[0], text="别的要求"), make_item("ORG-02")],
                        "HRM": [make_item("HRM-05")],
                    }
                ),
                CHECKLIST.modules[1],
            ),
        ],
        ids=["fewer modules", "another order", "another text"],
    )
    def test_it_is_another_for_other_items(self, other):
        assert sheet_code(other) != CODE

    @given(st.lists(st.text("甲乙丙", max_size=5), min_size=1, max_size=5))
    def test_it_always_has_its_shape(self, texts):
        items = [replace(make_item(f"ORG-{n:02d}"), text=text) for n, text in enumerate(texts, 1)]
        code = sheet_code(make_checklist(make_module({"ORG": items})))
        assert len(code) == 6
        assert set(code) <= set("23456789ABCDEFGHJKMNPQRSTUVWXYZ")

    @pytest.mark.parametrize("typed", [CODE, CODE.lower(), f" {CODE[:3]} {CODE[3:]} "])
    def test_it_is_recognised_as_people_type_it(self, typed):
        assert same_code(typed, CODE)
        assert not same_code(typed + "2", CODE)
        assert not same_code("", CODE)


def test_numbers_run_through_all_modules():
    assert [(each.number, each.item.id, each.section.id) for each in numbered(CHECKLIST)] == [
        (1, "ORG-01", "ORG"),
        (2, "ORG-02", "ORG"),
        (3, "HRM-05", "HRM"),
        (4, "XIC-01", "XIC"),
    ]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        (("1", "１", "符合", " 符合 ", "√", "✓", "✔"), Verdict.MET),
        (("2", "部分符合", "部分", "△", "部 分"), Verdict.PARTLY),
        (("3", "不符合", "×", "✗", "✘", "x", "X", "ｘ"), Verdict.NOT_MET),
        (("4", "不清楚", "?", "？"), Verdict.UNKNOWN),
        (("0", "０", "不适用"), Verdict.NOT_APPLICABLE),
        (("", "5", "10", "符合性差", "基本符合", "是", "-", "1.0", "①", "¹", "²", "１²", "𝟏", "١"), None),
    ],
)
def test_words_signs_and_keys_of_a_verdict(words, verdict):
    assert {verdict_of(word) for word in words} == {verdict}


@pytest.mark.parametrize("verdict", Verdict)
def test_the_word_on_screen_is_always_understood(verdict):
    assert verdict_of(verdict_word(verdict)) is verdict


HEAD = f"表号：{CODE}\n"


@pytest.mark.parametrize(
    ("line", "item", "verdict", "note"),
    [
        ("2 1", "ORG-02", Verdict.MET, ""),
        ("2 1 有，任命书在人事部", "ORG-02", Verdict.MET, "有，任命书在人事部"),
        ("2\t2\t差两人", "ORG-02", Verdict.PARTLY, "差两人"),
        ("２　３　没有", "ORG-02", Verdict.NOT_MET, "没有"),
        ("2. 符合", "ORG-02", Verdict.MET, ""),
        ("2、部分：差两人", "ORG-02", Verdict.PARTLY, "差两人"),
        ("2√", "ORG-02", Verdict.MET, ""),
        ("2，？，问李工", "ORG-02", Verdict.UNKNOWN, "问李工"),
        ("HRM-05 部分 差3人", "HRM-05", Verdict.PARTLY, "差3人"),
        ("hrm-05 1", "HRM-05", Verdict.MET, ""),
        ("hrm05 1", "HRM-05", Verdict.MET, ""),
        ("HRM-5 1", "HRM-05", Verdict.MET, ""),
        ("ＨＲＭ－０５ 1", "HRM-05", Verdict.MET, ""),
        ("HRM—05 不符合", "HRM-05", Verdict.NOT_MET, ""),
        ("2 0 没有外来人员", "ORG-02", Verdict.NOT_APPLICABLE, "没有外来人员"),
    ],
)
def test_lines_that_are_understood(line, item, verdict, note):
    assert read(HEAD + line) == [PaperAnswer(2, item, verdict, note, "")]


@pytest.mark.parametrize(
    ("line", "fault", "value"),
    [
        ("9 1", RowFault.UNKNOWN_NUMBER, ""),
        ("0 1", RowFault.UNKNOWN_NUMBER, ""),
        ("XYZ-01 1", RowFault.UNKNOWN_ID, ""),
        ("备注 1", RowFault.UNKNOWN_ID, ""),
        ("—— 1", RowFault.NO_ITEM, ""),
        ("-3 1", RowFault.NOT_A_NUMBER, "-3"),
        ("－2 1", RowFault.NOT_A_NUMBER, "－2"),
        ("+2 1", RowFault.NOT_A_NUMBER, "+2"),
        ("² 1", RowFault.NOT_A_NUMBER, "²"),
        ("② 1", RowFault.NOT_A_NUMBER, "②"),
        ("2² 1", RowFault.NOT_A_NUMBER, "2²"),
        ("٢ 1", RowFault.NOT_A_NUMBER, "٢"),
        ("二 1", RowFault.NOT_A_NUMBER, "二"),
        ("HRM-0⁵ 1", RowFault.UNKNOWN_ID, ""),
        ("2 ①", RowFault.UNKNOWN_VERDICT, "①"),
        ("2", RowFault.NO_VERDICT, ""),
        ("2 9", RowFault.UNKNOWN_VERDICT, "9"),
        ("2 符合性差", RowFault.UNKNOWN_VERDICT, "符合性差"),
        ("2 0", RowFault.NO_REASON, ""),
        ("1 不适用 没有", RowFault.ALWAYS_APPLIES, ""),
        ("2 0 " + "长" * 201, RowFault.TOO_LONG, "200"),
    ],
)
def test_lines_that_are_refused_with_their_place(line, fault, value):
    (row,) = read(HEAD + "\n# 一行说明\n" + line)
    assert isinstance(row, FaultyRow)
    assert (row.place, row.fault, row.value) == (4, fault, value)


@pytest.mark.parametrize("head", ["", "表号：ABCDEF\n"])
def test_a_number_means_nothing_without_the_sheets_code(head):
    by_number, by_id = read(head + "2 1\nORG-02 1")
    assert by_number.fault is RowFault.NUMBER_OF_ANOTHER_SHEET
    assert by_id.item == "ORG-02"


def test_an_item_twice_counts_once_where_the_rows_agree():
    assert len(read(HEAD + "2 1\nORG-02 符合")) == 1


def test_of_rows_that_contradict_each_other_none_is_taken():
    rows = read(HEAD + "2 1\n3 1\nORG-02 2\n2 符合\n2 1 备注")
    assert [(row.place, getattr(row, "fault", None), getattr(row, "value", "")) for row in rows] == [
        (2, RowFault.TWICE, "第4行、第6行"),
        (3, None, ""),
        (4, RowFault.TWICE, "第2行、第6行"),
        (5, RowFault.TWICE, "第4行、第6行"),
        (6, RowFault.TWICE, "第2行、第4行"),
    ]


def test_a_very_long_line_costs_little():
    # The square of its length would take hours.
    rows_of_text("表号" + " " * 1_000_000 + "A B")


def test_very_many_rows_on_one_item_cost_little():
    started = time.perf_counter()
    rows = read("\n".join(f"ORG-02 1 备注{n}" for n in range(20_000)))
    assert {row.value.count("行") for row in rows} == {3}
    assert time.perf_counter() - started < 5


OTHER = "表号：ABCDEF"


@pytest.mark.parametrize(
    ("lines", "taken", "refused"),
    [
        ((OTHER, "2 1", f"表号 {CODE}", "3 1"), ["HRM-05"], [2]),
        ((f"表号 {CODE}", "2 1", OTHER, "3 1", "XIC-01 1"), ["ORG-02", "XIC-01"], [4]),
        (("2 1", f"表号 {CODE}", "3 1"), ["HRM-05"], [1]),
        ((f"表号 {CODE}", "2 1", OTHER, f"表号 {CODE.lower()}", "3 1"), ["ORG-02", "HRM-05"], []),
    ],
)
def test_each_code_counts_for_the_lines_after_it(lines, taken, refused):
    rows = read("\n".join(lines))
    assert [row.item for row in rows if isinstance(row, PaperAnswer)] == taken
    faults = [row for row in rows if isinstance(row, FaultyRow)]
    assert [row.place for row in faults] == refused
    assert {row.fault for row in faults} <= {RowFault.NUMBER_OF_ANOTHER_SHEET}


def test_a_given_code_counts_up_to_the_first_that_stands_there():
    typed = rows_of_text(f"2 1\n{OTHER}\n3 1", CODE)
    assert typed.codes == (CODE, "ABCDEF")
    assert [getattr(row, "fault", None) for row in Reader(CHECKLIST).read(typed)] == [
        None,
        RowFault.NUMBER_OF_ANOTHER_SHEET,
    ]


def test_a_number_and_an_id_of_two_items_are_refused_on_our_own_sheet_only():
    row = TypedRow(7, number="2", item="HRM-05", verdict="1")
    (ours,) = Reader(CHECKLIST).read(TypedSheet(CODE, (row,)))
    (theirs,) = Reader(CHECKLIST).read(TypedSheet("ABCDEF", (row,)))
    assert ours.fault is RowFault.NUMBER_AND_ID_DIFFER
    assert theirs.item == "HRM-05"


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_crash_and_nothing_is_invented(text):
    for row in read(text):
        if isinstance(row, PaperAnswer):
            assert row.item in {each.item.id for each in numbered(CHECKLIST)}
        assert 1 <= row.place <= len(text.splitlines())


@given(
    st.lists(
        st.tuples(
            st.sampled_from([each.number for each in numbered(CHECKLIST)]),
            st.sampled_from([verdict for verdict in Verdict if verdict is not Verdict.NOT_APPLICABLE]),
        ),
        unique_by=lambda each: each[0],
    )
)
def test_what_is_written_by_number_comes_back(given_):
    text = HEAD + "\n".join(f"{number} {verdict_word(verdict)}" for number, verdict in given_)
    by_item = {each.number: each.item.id for each in numbered(CHECKLIST)}
    assert [(row.item, row.verdict) for row in read(text)] == [(by_item[n], v) for n, v in given_]


class TestAnswered:
    def made(self, before=None, **paper):
        before = before or Answer("ORG-02")
        facts = {"place": 1, "item": "ORG-02", "verdict": Verdict.MET, "note": "", "where": ""}
        return answered(before, PaperAnswer(**(facts | paper)), TODAY)

    def test_note_and_place_of_the_evidence(self):
        assert self.made(note="甲", where="三号柜").note == "甲\n佐证在：三号柜"

    def test_the_reason_of_what_does_not_apply_is_asked_again_a_year_later(self):
        made = self.made(verdict=Verdict.NOT_APPLICABLE, note="没有")
        assert (made.reason, made.ask_again, made.note) == ("没有", date(2025, 2, 28), "")
        assert made.excused

    def test_a_day_to_ask_again_that_was_set_stays(self):
        before = Answer("ORG-02", Verdict.NOT_APPLICABLE, reason="没有", ask_again=date(2024, 6, 1))
        assert self.made(before, verdict=Verdict.NOT_APPLICABLE, note="没有") == before

    def test_a_new_reason_for_one_whose_day_has_come_is_asked_again_a_year_later(self):
        for again in (date(2020, 1, 1), TODAY):
            before = Answer("ORG-02", Verdict.NOT_APPLICABLE, reason="没有", ask_again=again)
            made = self.made(before, verdict=Verdict.NOT_APPLICABLE, note="仍然没有")
            assert (made.reason, made.ask_again) == ("仍然没有", date(2025, 2, 28))
            assert self.made(before, verdict=Verdict.NOT_APPLICABLE, note="没有") == before

    def test_a_new_reason_keeps_a_day_to_come(self):
        before = Answer("ORG-02", Verdict.NOT_APPLICABLE, reason="没有", ask_again=date(2024, 6, 1))
        made = self.made(before, verdict=Verdict.NOT_APPLICABLE, note="仍然没有")
        assert made.ask_again == date(2024, 6, 1)

    def test_what_the_paper_leaves_empty_stays(self):
        before = Answer("ORG-02", None, note="甲", ask_whom="李工", flagged=True)
        assert self.made(before) == replace(before, verdict=Verdict.MET)
        assert self.made(before, where="柜").note == "甲\n佐证在：柜"

    @given(st.sampled_from(Verdict), st.sampled_from(["", "甲", "乙\n丙"]), st.sampled_from(["", "柜"]))
    def test_the_same_paper_twice_changes_nothing_more(self, verdict, note, where):
        once = self.made(verdict=verdict, note=note, where=where)
        again = self.made(once, verdict=verdict, note=note, where=where)
        assert again == once

    @pytest.mark.parametrize(
        ("before", "after", "takes"),
        [
            (Answer("A"), Answer("A", Verdict.MET, note="甲"), False),
            (Answer("A", Verdict.MET), Answer("A", Verdict.MET, note="甲"), False),
            (Answer("A", Verdict.MET), Answer("A", Verdict.PARTLY), True),
            (Answer("A", note="甲"), Answer("A", Verdict.MET, note="乙"), True),
            (Answer("A", note="甲"), Answer("A", Verdict.MET, note="甲\n佐证在：柜"), False),
            (Answer("A", note="合格"), Answer("A", Verdict.MET, note="合格证没有"), True),
            (
                Answer("A", Verdict.NOT_APPLICABLE, reason="甲"),
                Answer("A", Verdict.NOT_APPLICABLE, reason="乙"),
                True,
            ),
        ],
    )
    def test_whether_something_is_taken_away(self, before, after, takes):
        assert replaces(before, after) is takes
