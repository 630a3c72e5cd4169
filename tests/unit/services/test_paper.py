"""Answers from paper and Excel: shown first, stored together or not at all, nothing replaced unasked."""

import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.vaults import NAME, PASSPHRASE, QUICK, TODAY, new_session, reopened
from support.windows import needs_links

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.domain.validation import LONGEST_TEXT
from tsguard.domain.worksheet import FaultyRow, RowFault, TypedRow, TypedSheet, numbered, sheet_code
from tsguard.errors import (
    AnswersChanged,
    DiskFull,
    InvalidField,
    NotApplicableForbidden,
    NothingAssessed,
    NotReplaced,
    UnknownItem,
    UnknownModule,
    Unreadable,
    VaultInUse,
    WorkbookRefused,
)
from tsguard.services import paper
from tsguard.services.content import shipped
from tsguard.services.explain import explain
from tsguard.services.session import Session
from tsguard.store.writer import Writer


@pytest.fixture
def session(tmp_path):
    made = new_session(tmp_path, "XIC")
    yield made
    if not made.closed:
        made.close()


def typed(session: Session, lines: str):
    return compared(session, lines, sheet_code(session.checklist))


def compared(session: Session, lines: str, code: str = ""):
    return paper.compare(session, paper.typed_lines(lines, code))


class TestBlank:
    def test_the_pdf_and_the_workbook_say_nothing_of_the_vault(self, session, tmp_path):
        session.put_answer(Answer("ORG-01", Verdict.MET, note="别说出去"))
        checklist = session.checklist
        pdf = paper.blank_pdf(checklist, tmp_path / "空白.pdf", on=TODAY)
        book = paper.blank_workbook(checklist, tmp_path / "空白.xlsx")
        assert pdf.pages > 15
        assert pdf.size == pdf.path.stat().st_size
        assert book.size == book.path.stat().st_size
        data = pdf.path.read_bytes()
        assert NAME.encode("utf-16-be") not in data
        texts = [
            str(cell.value)
            for sheet in openpyxl.load_workbook(book.path).worksheets
            for row in sheet.iter_rows()
            for cell in row
        ]
        assert not any(NAME in text or "别说出去" in text for text in texts)
        assert NAME not in paper.blank_name(checklist, ".pdf")
        assert sheet_code(checklist) in paper.blank_name(checklist, ".pdf")

    @pytest.mark.parametrize("name", ["新库.tsg", "新库.TSG"])
    def test_no_checklist_is_named_like_a_vault(self, session, tmp_path, name):
        with pytest.raises(NotReplaced):
            paper.blank_workbook(session.checklist, tmp_path / name)
        with pytest.raises(NotReplaced):
            paper.blank_pdf(session.checklist, tmp_path / name, on=TODAY)
        assert not (tmp_path / name).exists()

    def test_a_vault_under_any_name_is_not_replaced(self, session, tmp_path):
        session.close()
        other = tmp_path / "改名.xlsx"
        other.write_bytes(session.path.read_bytes())
        with pytest.raises(NotReplaced):
            paper.blank_workbook(paper.blank_checklist([]), other)
        assert other.read_bytes() == session.path.read_bytes()

    def test_a_vault_is_never_written_over(self, session):
        with pytest.raises(NotReplaced):
            paper.blank_workbook(session.checklist, session.path)
        with pytest.raises(NotReplaced):
            paper.blank_pdf(session.checklist, session.path, on=TODAY)
        assert session.file.verify_journal()

    def test_the_choice_of_modules(self):
        items = [item.id for item in paper.blank_checklist(["XIC"]).items()]
        assert items == [item.id for item in shipped().freeze(["XIC"]).items()]
        with pytest.raises(UnknownModule):
            paper.blank_checklist(["XYZ"])


class TestReading:
    def test_reading_stores_nothing(self, session):
        head = session.snapshot().journal_head
        found = typed(session, "1 1 有\n2 2")
        assert list(found.found) == ["ORG-01", "ORG-02"]
        assert session.snapshot().journal_head == head
        assert not session.answers

    def test_what_is_new_what_changes_what_stays_what_is_wrong(self, session):
        session.put_answer(Answer("ORG-02", Verdict.MET))
        session.put_answer(Answer("ORG-03", Verdict.MET))
        session.put_answer(Answer("ORG-05", None, note="甲"))
        found = typed(session, "1 1\n2 1\n3 3\n5 1 乙\n999 1\nHRM-05 也许")
        assert [change.after.item for change in found.new] == ["ORG-01"]
        assert [change.after.item for change in found.overwriting] == ["ORG-03", "ORG-05"]
        assert found.unchanged == 1
        assert [row.fault for row in found.faults] == [RowFault.UNKNOWN_NUMBER, RowFault.UNKNOWN_VERDICT]
        assert found.ours

    def test_another_sheets_code_leaves_the_ids(self, session):
        found = compared(session, "表号：ABCDEF\n1 1\nORG-02 1")
        assert not found.ours
        assert list(found.found) == ["ORG-02"]
        assert [row.fault for row in found.faults] == [RowFault.NUMBER_OF_ANOTHER_SHEET]

    def test_the_files_own_code_counts_before_the_given_one(self, session):
        code = sheet_code(session.checklist)
        assert not compared(session, "表号：ABCDEF\n1 1", code).ours

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_text_files_as_editors_write_them(self, session, tmp_path, encoding):
        path = tmp_path / "录入.txt"
        path.write_bytes("ORG-01 部分 差两人\r\nORG-02 √\r\n".encode(encoding))
        found = paper.compare(session, paper.read_sheet(path)).found
        assert found["ORG-01"] == Answer("ORG-01", Verdict.PARTLY, note="差两人")
        assert found["ORG-02"].verdict is Verdict.MET

    @pytest.mark.parametrize("data", [b"\xff\xff\xff", b"x" * (paper.LARGEST_TEXT_FILE + 1)])
    def test_what_is_no_text(self, session, tmp_path, data):
        path = tmp_path / "录入.txt"
        path.write_bytes(data)
        with pytest.raises(Unreadable):
            paper.compare(session, paper.read_sheet(path))

    def test_a_vault_is_not_even_opened(self, session):
        with pytest.raises(WorkbookRefused):
            paper.read_sheet(session.path)
        with pytest.raises(VaultInUse):
            Session.open(session.path, PASSPHRASE, profiles=QUICK)

    @pytest.mark.skipif(not hasattr(os, "link"), reason="no hard links here")
    @pytest.mark.parametrize("name", ["改名.xlsx", "改名.txt", "改名"])
    @pytest.mark.parametrize("join", [os.link, pytest.param(os.symlink, marks=needs_links)])
    def test_the_open_vault_is_not_opened_under_another_name(
        self, session, tmp_path, monkeypatch, name, join
    ):
        """Closing any handle to it would drop the lock that keeps other processes out."""
        join(session.path, tmp_path / name)
        opened = []
        real = Path.open

        def watched(path, *rest, **more):
            opened.append(path)
            return real(path, *rest, **more)

        monkeypatch.setattr(Path, "open", watched)
        monkeypatch.setattr(os, "open", lambda path, *_rest, **_more: opened.append(path))
        with pytest.raises(WorkbookRefused):
            paper.read_sheet(tmp_path / name)
        with pytest.raises(NotReplaced):
            paper.blank_workbook(session.checklist, tmp_path / name)
        assert opened == []

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
    @pytest.mark.parametrize("name", ["管道.txt", "管道", "管道.xlsx"])
    def test_what_is_no_regular_file_is_refused_at_once(self, tmp_path, name):
        os.mkfifo(tmp_path / name)
        for path in (tmp_path / name, tmp_path, Path("/dev/zero")):
            with pytest.raises(Unreadable):
                paper.read_sheet(path)

    def test_a_note_that_grows_too_long_is_that_rows_fault_alone(self, session):
        session.put_answer(Answer("ORG-01", Verdict.MET, note="字" * LONGEST_TEXT))
        code = sheet_code(session.checklist)
        rows = (TypedRow(1, number="1", verdict="1", where="二楼柜3"), TypedRow(2, number="2", verdict="1"))
        found = paper.compare(session, TypedSheet(code, rows))
        (row,) = found.faults
        assert (row.place, row.what, row.fault) == (1, "ORG-01", RowFault.TOO_LONG)
        assert str(LONGEST_TEXT) in paper.fault_sentence(row)
        paper.apply_answers(session, found)
        assert session.answer("ORG-02").verdict is Verdict.MET

    def test_two_codes_in_one_file(self, session):
        code = sheet_code(session.checklist)
        found = compared(session, f"表号 ABCDEF\n1 1\n表号 {code}\n2 1")
        assert (found.ours, found.foreign) == (False, ("ABCDEF",))
        assert list(found.found) == ["ORG-02"]
        assert [row.fault for row in found.faults] == [RowFault.NUMBER_OF_ANOTHER_SHEET]

    def test_rows_that_contradict_each_other_are_all_listed_and_none_taken(self, session):
        found = typed(session, "1 1\n1 3\n2 1\n2 1")
        assert list(found.found) == ["ORG-02"]
        assert [paper.fault_sentence(row) for row in found.faults] == [
            "第1行 ORG-01：与第2行是同一条，判定或说明却不同，都没有采用。",
            "第2行 ORG-01：与第1行是同一条，判定或说明却不同，都没有采用。",
        ]

    def test_two_filled_sheets_in_one_workbook(self, session, tmp_path):
        written = paper.blank_workbook(session.checklist, tmp_path / "空白.xlsx")
        book = openpyxl.load_workbook(written.path)
        book["清单"]["G3"] = "符合"
        copy = book.copy_worksheet(book["清单"])
        copy["G3"], copy["G4"] = "不符合", "部分"
        book.save(written.path)
        found = paper.compare(session, paper.read_sheet(written.path))
        assert list(found.found) == ["ORG-02"]
        first, second = map(paper.fault_sentence, found.faults)
        assert first.startswith("“清单”第3行 ORG-01：与“清单 Copy”第3行是同一条")
        assert second.startswith("“清单 Copy”第3行 ORG-01：与“清单”第3行是同一条")

    def test_a_workbook_round_trip(self, session, tmp_path):
        written = paper.blank_workbook(session.checklist, tmp_path / "空白.xlsx")
        book = openpyxl.load_workbook(written.path)
        rows = {row[1].value: row for row in book["清单"].iter_rows(min_row=3)}
        for each in numbered(session.checklist):
            rows[each.item.id][6].value = "不符合"
        book.save(written.path)
        found = paper.compare(session, paper.read_sheet(written.path))
        assert found.ours
        assert not found.faults
        assert set(found.found) == {item.id for item in session.checklist.items()}

    def test_without_a_checklist(self, tmp_path):
        session = new_session(tmp_path, choose=False)
        with pytest.raises(NothingAssessed):
            compared(session, "1 1")
        session.close()


class TestApplying:
    def test_only_what_is_new_unless_told_otherwise(self, session):
        session.put_answer(Answer("ORG-01", Verdict.MET))
        found = typed(session, "1 3\n2 3")
        assert paper.apply_answers(session, found) == (Answer("ORG-02"),)
        assert session.answer("ORG-01").verdict is Verdict.MET
        before = paper.apply_answers(session, typed(session, "1 3\n2 3"), overwrite=True)
        assert before == (Answer("ORG-01", Verdict.MET),)
        assert session.answer("ORG-01").verdict is Verdict.NOT_MET

    @pytest.mark.parametrize("overwrite", [False, True])
    def test_what_was_answered_after_the_comparison_is_not_replaced(self, session, overwrite):
        found = typed(session, "5 1\n6 1")
        later = Answer(next(iter(found.found)), Verdict.NOT_MET, note="后来改的")
        session.put_answer(later)
        with pytest.raises(AnswersChanged) as changed:
            paper.apply_answers(session, found, overwrite=overwrite)
        assert changed.value.items == (later.item,)
        assert dict(session.answers) == {later.item: later}
        assert "后来改的" not in str(changed.value)
        assert later.item in str(explain(changed.value))

    def test_a_reason_and_the_day_to_ask_again(self, session):
        item = next(each.id for each in session.checklist.items() if each.may_not_apply)
        paper.apply_answers(session, typed(session, f"{item} 0 没有"))
        answer = session.answer(item)
        assert (answer.reason, answer.ask_again) == ("没有", date(TODAY.year + 1, TODAY.month, TODAY.day))

    def test_all_of_it_is_in_the_file_and_in_the_journal(self, session):
        paper.apply_answers(session, typed(session, "1 1\n2 2\n3 3"))
        entries = session.file.verify_journal()
        again = reopened(session)
        assert [again.answer(item).verdict for item in ("ORG-01", "ORG-02", "ORG-03")] == [
            Verdict.MET,
            Verdict.PARTLY,
            Verdict.NOT_MET,
        ]
        assert again.unanswered == sum(1 for _item in again.checklist.items()) - 3
        assert again.file.verify_journal() == entries
        again.close()

    def test_the_same_sheet_twice_changes_nothing_more(self, session):
        item = next(each.id for each in session.checklist.items() if each.may_not_apply)
        lines = f"1 1 有\n2 2\n{item} 0 没有"
        paper.apply_answers(session, typed(session, lines))
        head = session.snapshot().journal_head
        found = typed(session, lines)
        assert (found.unchanged, found.new, found.overwriting) == (3, (), ())
        paper.apply_answers(session, found, overwrite=True)
        assert session.snapshot().journal_head == head

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_a_write_that_fails_anywhere_stores_nothing_of_it(self, session, monkeypatch, data):
        """In the file, in memory and in the figures: as before, whichever answer the disk refuses."""
        rows = data.draw(st.lists(st.integers(1, 20), min_size=1, unique=True))
        fails_at = data.draw(st.integers(0, len(rows) - 1))
        before, head, left = dict(session.answers), session.snapshot().journal_head, session.unanswered
        put, done = Writer.put_answer, []

        def refuse(writer, assessment, answer):
            if len(done) == fails_at:
                raise DiskFull(session.path)
            done.append(answer)
            put(writer, assessment, answer)

        found = typed(session, "\n".join(f"{number} 1" for number in rows))
        with monkeypatch.context() as patch:
            patch.setattr(Writer, "put_answer", refuse)
            with pytest.raises(DiskFull):
                paper.apply_answers(session, found)
        assert dict(session.answers) == before
        assert session.unanswered == left
        assert session.snapshot().journal_head == head
        assert session.file.verify_journal()

    @pytest.mark.parametrize(
        ("bad", "error"),
        [
            (Answer("XYZ-99", Verdict.MET), UnknownItem),
            (Answer("ORG-04", Verdict.NOT_APPLICABLE), NotApplicableForbidden),
            (Answer("ORG-03", Verdict.MET, note="长" * 5000), InvalidField),
        ],
    )
    def test_one_bad_answer_keeps_all_out(self, session, bad, error):
        with pytest.raises(error):
            session.put_answers((Answer("ORG-01", Verdict.MET), bad))
        assert not session.answers

    def test_answers_are_taken_back_together(self, session):
        before = session.put_answers((Answer("ORG-01", Verdict.MET), Answer("ORG-02", Verdict.PARTLY)))
        assert before == (Answer("ORG-01"), Answer("ORG-02"))
        left = session.unanswered
        session.put_answers(before)
        assert not session.answers
        assert session.unanswered == left + 2


@pytest.mark.parametrize("fault", RowFault)
def test_every_fault_has_its_sentence(fault):
    sentence = paper.fault_sentence(FaultyRow(7, "HRM-05", fault, "也许{}"))
    assert sentence.startswith("第7行 HRM-05：")
    assert sentence.endswith("。")
    if fault in {RowFault.UNKNOWN_VERDICT, RowFault.TWICE, RowFault.TOO_LONG}:
        assert "也许{}" in sentence


def test_a_change_in_words(tmp_path):
    one, other = Answer("A", Verdict.MET), Answer("A", Verdict.PARTLY)
    assert paper.change_words(paper.PaperChange(1, one, other)) == "原答符合，纸上部分符合"
    assert "说明不同" in paper.change_words(paper.PaperChange(1, one, Answer("A", Verdict.MET, note="甲")))
