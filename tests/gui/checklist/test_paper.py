"""按编号录入: typing by number, asking before anything is replaced, and a workbook shown before it counts."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from support.vaults import reopened

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.domain.worksheet import sheet_code
from tsguard.errors import DiskFull
from tsguard.gui.checklist.paper_entry import PaperEntry
from tsguard.gui.checklist.paper_panel import PaperPanel
from tsguard.gui.pages.checklist import ChecklistPage
from tsguard.services.paper import blank_workbook
from tsguard.services.session import Session


@pytest.fixture
def panel(page: ChecklistPage) -> PaperPanel:
    press(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.paper.panel is not None
    return page.paper.panel


@pytest.fixture
def entry(panel: PaperPanel) -> PaperEntry:
    return panel.entry


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)


def type_answer(page, number, *keys):
    """Number, Enter, then keys one by one at whatever has the keyboard."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, number)
    press(page, Qt.Key.Key_Return)
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(QApplication.focusWidget(), key)
        else:
            press(page, key)


ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


class TestTyping:
    def test_it_opens_at_the_number_and_shows_the_sheets_code(self, entry, session: Session):
        assert QApplication.focusWidget() is entry.number.line
        assert entry._code.text() == sheet_code(session.checklist)

    def test_a_number_shows_its_item_at_once(self, entry, session):
        QTest.keyClicks(entry.number.line, "2")
        second = list(session.checklist.items())[1]
        assert second.id in entry._item.text()
        assert entry._text.text() == second.text

    def test_number_verdict_enter_and_on_to_the_next(self, page, entry, session):
        type_answer(page, "1", "1", ENTER)
        assert session.answer("ORG-01").verdict is Verdict.MET
        assert entry.number.text() == "2"
        assert QApplication.focusWidget() is entry.number.line
        assert entry.number.line.selectedText() == "2"
        press(page, ENTER)
        QTest.keyClicks(QApplication.focusWidget(), "2")
        press(page, ENTER)
        assert session.answer("ORG-02").verdict is Verdict.PARTLY
        assert [each.number for each in entry.recent.entries] == [2, 1]

    def test_an_id_does_as_well(self, page, entry, session):
        type_answer(page, "hrm05", "3", ENTER)
        assert entry.recent.entries[0].answer.item == "HRM-05"
        assert session.answer("HRM-05").verdict is Verdict.NOT_MET

    def test_note_and_place_of_the_evidence(self, page, entry, session):
        type_answer(page, "1", "1")
        entry.note.area.setFocus()
        QTest.keyClicks(entry.note.area, "a")
        press(page, ENTER, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClicks(entry.note.area, "b")
        press(page, TAB)
        assert QApplication.focusWidget() is entry.where.line
        QTest.keyClicks(entry.where.line, "c")
        press(page, ENTER)
        assert session.answer("ORG-01").note == "a\nb\n佐证在：c"
        assert entry.note.text() == entry.where.text() == ""

    @pytest.mark.parametrize("number", ["999", "XYZ-01", ""])
    def test_an_unknown_number_says_so(self, page, entry, session, number):
        type_answer(page, number)
        assert entry.number.error
        assert QApplication.focusWidget() is entry.number.line
        assert not session.answers

    def test_what_always_applies_says_so(self, page, entry, session):
        fixed = next(item.id for item in session.checklist.items() if not item.may_not_apply)
        type_answer(page, fixed, "0", ENTER)
        assert "不能答不适用" in entry._item.text()
        assert "或0" not in entry._stored.accessibleName()
        assert not session.answers

    def test_undo_from_the_number(self, page, entry):
        type_answer(page, "1", "1", ENTER)
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        QApplication.sendEvent(entry.number.line, asked)
        assert not asked.isAccepted()  # the window's shortcut has it
        QTest.keyClicks(entry.number.line, "9")
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        QApplication.sendEvent(entry.number.line, asked)
        assert asked.isAccepted()  # there is typing to take back

    def test_what_does_not_apply_needs_its_reason(self, page, entry, session):
        free = next(item.id for item in session.checklist.items() if item.may_not_apply)
        type_answer(page, free, "0", ENTER)
        assert "理由" in entry.note.error
        assert QApplication.focusWidget() is entry.note.area
        assert not session.answers
        QTest.keyClicks(entry.note.area, "none")
        press(page, ENTER)
        answer = session.answer(free)
        assert answer.excused
        assert answer.reason == "none"

    def test_what_always_applies_can_not_be_answered_so(self, page, entry, session):
        type_answer(page, "ORG-04", "0", ENTER)
        assert entry.control.verdict is None
        assert not session.answers

    def test_without_a_verdict_nothing_is_stored(self, page, entry, session):
        type_answer(page, "1", ENTER)
        assert "判定" in entry._stored.accessibleName()
        assert not session.answers

    def test_the_last_ten_are_listed(self, page, entry):
        for number in range(1, 13):
            type_answer(page, str(number), "2", ENTER)
        assert [each.number for each in entry.recent.entries] == list(range(12, 2, -1))

    def test_after_the_last_one_there_is_no_next(self, page, entry, session):
        last = sum(1 for _item in session.checklist.items())
        type_answer(page, str(last), "1", ENTER)
        assert entry.number.text() == ""


class TestAnsweredBefore:
    @pytest.fixture(autouse=True)
    def answered(self, session):
        session.put_answer(Answer("ORG-01", Verdict.MET))

    def test_it_is_said_at_once(self, entry):
        QTest.keyClicks(entry.number.line, "1")
        assert not entry._stored.isHidden()
        assert "符合" in entry._stored.accessibleName()

    def test_the_same_again_is_no_question(self, page, entry, model):
        type_answer(page, "1", "1", ENTER)
        assert entry.recent.entries[0].same
        assert model.undo_stack.count() == 0

    def test_another_is_asked_in_place_and_enter_says_yes(self, page, entry, session):
        type_answer(page, "1", "3", ENTER)
        assert session.answer("ORG-01").verdict is Verdict.MET
        assert not entry._ask.isHidden()
        assert QApplication.focusWidget() is entry._yes
        press(page, ENTER)
        assert session.answer("ORG-01").verdict is Verdict.NOT_MET
        assert entry.recent.entries[0].before is Verdict.MET
        assert entry.number.text() == "2"

    def test_no_keeps_it_and_goes_on(self, page, entry, session):
        type_answer(page, "1", "3", ENTER)
        entry._no.click()
        assert session.answer("ORG-01").verdict is Verdict.MET
        assert entry.number.text() == "2"
        assert not entry.recent.entries

    def test_another_verdict_after_the_question_asks_anew(self, page, entry):
        type_answer(page, "1", "3", ENTER)
        entry.control.press(Verdict.PARTLY)
        assert entry._ask.isHidden()


class TestAround:
    def test_undo_takes_it_back_and_the_list_says_so(self, page, entry, session, model):
        type_answer(page, "1", "1", ENTER)
        model.undo()
        assert session.answer("ORG-01").verdict is None
        assert "撤销" in entry.recent._lines[0]._remark.text()

    def test_the_keys_of_the_page_wait_meanwhile(self, page, panel, session):
        page.open_at("HRM-05")
        panel.entry.control.setEnabled(True)
        panel.entry.control.focus_segment()
        QTest.keyClicks(QApplication.focusWidget(), "1")
        assert session.answer("HRM-05").verdict is None
        press(page, Qt.Key.Key_Escape)
        assert not panel.isVisible()
        page.open_at("HRM-05")
        press(page, Qt.Key.Key_1)
        assert session.answer("HRM-05").verdict is Verdict.MET

    def test_what_was_typed_stays_when_it_is_closed(self, page, panel, entry):
        type_answer(page, "3", "2")
        press(page, Qt.Key.Key_Escape)
        page.paper.toggle()
        assert panel.isVisible()
        assert (entry.number.text(), entry.control.verdict) == ("3", Verdict.PARTLY)

    def test_the_header_has_a_button_for_it(self, page):
        shown = [
            each
            for each in page.header.findChildren(QPushButton)
            if "按编号录入" in each.accessibleName() and not each.isHidden()
        ]
        assert len(shown) == 1
        shown[0].click()
        assert page.paper.panel.isVisible()

    def test_the_key_is_free_otherwise(self, page):
        keys = [key.key() for key in page._keys]
        assert QKeySequence("Ctrl+E") not in keys

    def test_a_write_that_fails_keeps_what_was_typed_and_says_why(self, page, entry, session, monkeypatch):
        def full(*_arguments):
            raise DiskFull(session.path)

        with monkeypatch.context() as patch:
            patch.setattr(session, "put_answers", full)
            type_answer(page, "1", "1", ENTER)
        assert "磁盘已满" in entry._stored.accessibleName()
        assert (entry.number.text(), entry.control.verdict) == ("1", Verdict.MET)
        assert not entry.recent.entries
        entry.enter()
        assert session.answer("ORG-01").verdict is Verdict.MET

    @pytest.mark.parametrize(("before", "kept"), [(None, Verdict.PARTLY), (Verdict.MET, Verdict.MET)])
    def test_a_lock_stores_a_whole_answer_but_replaces_none(self, page, entry, session, model, before, kept):
        if before:
            session.put_answer(Answer("ORG-01", before))
        type_answer(page, "1", "2")
        assert entry.control.verdict is Verdict.PARTLY
        model.lock()
        again = reopened(session)
        assert again.answer("ORG-01").verdict is kept
        again.close()

    def test_other_modules_make_another_sheet(self, entry, model):
        before = entry._code.text()
        model.choose_modules([])
        assert entry._code.text() == sheet_code(model.session.checklist) != before


class TestWorkbook:
    @pytest.fixture
    def filled(self, session, tmp_path):
        session.put_answer(Answer("ORG-02", Verdict.MET))
        session.put_answer(Answer("ORG-03", Verdict.MET))
        path = tmp_path / "填好的清单.xlsx"
        blank_workbook(session.checklist, path)
        book = openpyxl.load_workbook(path)
        sheet = book["清单"]
        for row, verdict in ((3, "符合"), (4, "不符合"), (5, "符合"), (6, "也许"), (7, "部分")):
            sheet.cell(row, 7).value = verdict
        book.save(path)
        return path

    @pytest.fixture
    def shown(self, qtbot, panel, filled):
        panel.read(filled)
        qtbot.waitUntil(lambda: panel.importing.found is not None, timeout=20_000)
        return panel.importing

    def test_it_is_shown_before_anything_is_stored(self, shown, session):
        assert "新录入2条" in shown._counts.text()
        assert "会改动1条" in shown._counts.text()
        assert "相同1条" in shown._counts.text()
        assert "有误1行" in shown._counts.text()
        assert "第6行 ORG-04" in shown._faults._lines.text()
        assert "ORG-02" in shown._changes._lines.text()
        assert set(session.answers) == {"ORG-02", "ORG-03"}

    def test_only_what_is_new_in_one_step_of_undo(self, shown, panel, session, model):
        shown.new.click()
        assert session.answer("ORG-01").verdict is Verdict.MET
        assert session.answer("ORG-02").verdict is Verdict.MET
        assert model.undo_stack.count() == 1
        assert not panel.entry.isHidden()
        assert "2条" in panel.outcome.accessibleName()
        model.undo()
        assert set(session.answers) == {"ORG-02", "ORG-03"}

    def test_what_is_undone_is_no_longer_said(self, shown, panel, model):
        shown.new.click()
        assert panel.outcome.isVisible()
        model.undo()
        assert not panel.outcome.isVisible()

    def test_the_changes_too(self, shown, session, model):
        shown.all.click()
        assert session.answer("ORG-02").verdict is Verdict.NOT_MET
        model.undo()
        assert session.answer("ORG-02").verdict is Verdict.MET

    def test_not_at_all(self, shown, panel, session):
        shown._back.click()
        assert set(session.answers) == {"ORG-02", "ORG-03"}
        assert shown.isHidden()
        assert shown.found is None
        assert not panel.entry.isHidden()

    def test_an_answer_meanwhile_is_taken_into_account(self, shown, model):
        model.answer("ORG-01", Verdict.PARTLY)
        assert "会改动2条" in shown._counts.text()

    def test_a_failed_write_leaves_the_comparison_and_stores_nothing(self, shown, session, monkeypatch):
        def full(*_arguments):
            raise DiskFull(session.path)

        with monkeypatch.context() as patch:
            patch.setattr(session, "put_answers", full)
            shown.new.click()
        assert set(session.answers) == {"ORG-02", "ORG-03"}
        assert not shown.isHidden()

    def test_a_file_that_is_no_workbook(self, qtbot, panel, tmp_path):
        path = tmp_path / "不是.xlsx"
        path.write_bytes(b"nothing")
        panel.read(path)
        qtbot.waitUntil(lambda: not panel.outcome.isHidden(), timeout=20_000)
        assert "不是.xlsx工作簿" in panel.outcome.accessibleName()
        assert not panel.entry.isHidden()

    def test_locking_forgets_what_was_read(self, shown, model):
        model.lock()
        assert shown.found is None
        assert shown._changes._lines.text() == ""
