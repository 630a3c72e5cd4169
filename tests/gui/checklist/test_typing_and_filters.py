"""Text that saves itself, and the outline that shows what is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.vaults import reopened

from tsguard.domain.answers import Answer
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Critical, Verdict
from tsguard.errors import DiskFull
from tsguard.gui.checklist.standing import Mark
from tsguard.gui.pages.checklist import ChecklistPage
from tsguard.gui.session_model import SessionModel
from tsguard.services.session import Session

RARE = "𬭎㵘䶮𠮷"


def press(page: ChecklistPage, key: Qt.Key | str) -> None:
    """A key where the keyboard is."""
    QTest.keyClick(page.window().focusWidget() or page, key)


def verdict_of(session: Session, item: str) -> Verdict | None:
    return session.answer(item).verdict


def shown(page: ChecklistPage) -> str:
    return page.items.card.item_id


def fill(note: str, session: Session, item: str) -> None:
    session.put_answer(Answer(item, note=note))


class Breaks:
    """A disk that is full while it is asked to be."""

    def __init__(self, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = True
        plain = session.put_answer

        def put(answer: Answer) -> Answer:
            if self.full:
                raise DiskFull(session.path)
            return plain(answer)

        monkeypatch.setattr(session, "put_answer", put)


# --- text -------------------------------------------------------------------------------------------


def test_a_note_saves_itself_and_takes_no_keys(page: ChecklistPage, session: Session, qtbot: QtBot) -> None:
    area = page.items.card._note.area
    area.setFocus()
    QTest.keyClicks(area, "jkn1f0")
    assert shown(page) == "HRM-05"
    assert session.answer("HRM-05").blank
    qtbot.waitUntil(lambda: session.answer("HRM-05").note == "jkn1f0", timeout=2000)
    assert verdict_of(session, "HRM-05") is None
    press(page, Qt.Key.Key_Escape)
    assert not area.hasFocus()
    press(page, "j")
    assert shown(page) == "HRM-06"


def test_a_note_is_stored_on_leaving_the_item_and_at_lock(
    page: ChecklistPage, session: Session, tmp_path: Path
) -> None:
    card = page.items.card
    card._note.area.setPlainText(f"缺𠮷先生的原件{RARE}")
    page.step(1)
    assert session.answer("HRM-05").note == f"缺𠮷先生的原件{RARE}"
    assert card._note.text() == ""
    card._note.area.setPlainText("锁定前")
    page.model.lock()
    page.hide()
    again = reopened(session)
    assert again.answer("HRM-06").note == "锁定前"
    again.close()


def test_a_note_that_is_too_long_stays_with_its_reason(page: ChecklistPage, session: Session) -> None:
    failures: list[object] = []
    page.model.failed.connect(failures.append)
    note = page.items.card._note
    note.area.setPlainText("长" * 4001)
    note.commit()
    assert session.answer("HRM-05").note == ""
    assert "太长" in note.error
    page.step(1)
    assert note.text() == ""
    assert note.error == ""
    page.step(-1)
    assert len(note.text()) == 4001
    assert "太长" in note.error
    note.area.setPlainText("短")
    note.commit()
    assert note.error == ""
    assert session.answer("HRM-05").note == "短"
    assert failures == []


def test_a_note_that_could_not_be_written_stays_in_the_field(
    page: ChecklistPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Breaks(session, monkeypatch)
    note = page.items.card._note
    note.area.setPlainText("不能丢")
    note.commit()
    assert note.text() == "不能丢"
    assert "磁盘已满" in note.error
    disk.full = False
    page.items.card.flush()
    assert note.error == ""
    assert session.answer("HRM-05").note == "不能丢"


def test_typing_is_one_step_of_undo(page: ChecklistPage, session: Session) -> None:
    note = page.items.card._note
    for text in ("甲", "甲乙", "甲乙丙"):
        note.area.setPlainText(text)
        note.commit()
    assert page.model.undo_stack.count() == 1
    page.model.undo()
    assert session.answer("HRM-05").note == ""
    assert note.text() == ""


# --- the outline's filters --------------------------------------------------------------------------


def test_counts_follow_and_an_answered_item_stays_until_asked_again(
    page: ChecklistPage, model: SessionModel
) -> None:
    pills = page.outline._pills
    assert [pill.count for pill in pills._pills] == [None, 131, 131]
    pills._pills[1].click()
    press(page, "2")
    assert [pill.count for pill in pills._pills] == [None, 130, 131]
    assert len(model.session.sheet().gaps) == 131, "the results page shows the same number"
    assert page.outline.rows.shows("HRM-05")
    pills._pills[2].click()
    assert page.outline.rows.shown == 131
    assert page.outline.rows.shows("HRM-05")
    model.answer("HRM-05", Verdict.MET)
    assert [pill.count for pill in pills._pills] == [None, 130, 130]
    pills._pills[2].click()
    page.outline.apply_filter()
    assert page.outline.rows.shown == 130
    assert not page.outline.rows.shows("HRM-05")
    page.outline.search.setText("没有哪一条会有这些字")
    page.outline.apply_filter()
    assert not page.outline.rows.shown
    assert page.outline._empty.isVisible()
    page.outline._clear.click()
    assert page.outline.rows.shown == 131


@pytest.mark.parametrize(
    ("words", "item"),
    [("hrm-05", "HRM-05"), ("签订率", "HRM-05"), ("ＨＲＭ－０５", "HRM-05"), ("法释〔2020〕7号", "HRM-05")],
)
def test_search_finds_id_text_and_basis(page: ChecklistPage, words: str, item: str) -> None:
    page.outline.search.setText(words)
    page.outline.apply_filter()
    assert page.outline.rows.shows(item)
    assert page.outline.rows.shown < 131


def test_search_finds_notes_and_one_character_is_enough(page: ChecklistPage, session: Session) -> None:
    fill("问过𠮷某", session, "NCA-03")
    page.outline.search.setText("𠮷")
    page.outline._to_first()
    assert page.outline.rows.shown == 1
    assert shown(page) == "NCA-03"
    page.open_at("ORG-01")
    assert page.outline.rows.shown == 131


def test_ctrl_f_goes_to_the_search(page: ChecklistPage) -> None:
    QTest.keyClick(page.window().focusWidget() or page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.outline.search.hasFocus()


def test_marks_filter_by_what_hangs_on_an_item(page: ChecklistPage, model: SessionModel) -> None:
    rows = page.outline.rows
    vetoes = [item.id for item in model.session.checklist.items() if item.critical is Critical.VETO]
    page.outline._set_mark(Mark.VETO)
    assert rows.shown == len(vetoes)
    assert page.outline._only.isVisible()
    model.answer("HRM-05", Verdict.MET)
    page.outline._set_mark(Mark.UNPROVED)
    assert rows.shown == 1
    model.add_evidence(Evidence(id="", enterprise="", title="签订统计", items=("HRM-05",), paper_at="柜"))
    page.outline.apply_filter()
    assert rows.shown == 0
    page.items.card.toggle_flag()
    page.outline._set_mark(Mark.FLAGGED)
    assert rows.shows("HRM-05")
    page.outline._only.click()
    assert rows.shown == 131


def test_steps_follow_the_filter(page: ChecklistPage) -> None:
    page.outline._set_mark(Mark.VETO)
    press(page, "j")
    assert page.model.session.item(shown(page)).critical is Critical.VETO
    page.outline.clear_filter()
    page.open_at("HRM-06")
    page.outline._set_mark(Mark.VETO)
    press(page, "k")
    assert shown(page) == "HRM-05"
