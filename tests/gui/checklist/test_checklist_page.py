"""The checklist page: what a person does is stored, and only what changed is drawn."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Critical, Verdict
from tsguard.errors import DiskFull
from tsguard.gui.checklist.closed_row import ClosedRow
from tsguard.gui.checklist.outline_model import OutlineModel
from tsguard.gui.checklist.standing import Show, Standings
from tsguard.gui.pages.checklist import ChecklistPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.services.session import Session

RARE = "𬭎㵘䶮𠮷"


def press(page: ChecklistPage, key: Qt.Key | str) -> None:
    """A key where the keyboard is."""
    QTest.keyClick(page.window().focusWidget() or page, key)


def verdict_of(session: Session, item: str) -> Verdict | None:
    return session.answer(item).verdict


def shown(page: ChecklistPage) -> str:
    return page.items.card.item_id


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


# --- opening and moving -----------------------------------------------------------------------------


def test_begins_at_the_first_unanswered_item(
    qtbot: QtBot, theme: Theme, model: SessionModel, tasks: Tasks
) -> None:
    first, second = list(model.session.checklist.items())[:2]
    model.session.put_answer(Answer(first.id, Verdict.MET))
    page = ChecklistPage(theme, model, tasks)
    qtbot.addWidget(page)
    assert page.place() == second.id
    page.open_at("")
    assert page.place() == second.id


def test_opens_at_an_item_or_a_section_and_ignores_what_is_gone(page: ChecklistPage) -> None:
    assert page.place() == shown(page) == "HRM-05"
    page.open_at("NCA")
    assert page.place() == "NCA-01"
    page.open_at("ZZZ-99")
    assert page.place() == "NCA-01"


def test_letters_and_arrows_go_from_item_to_item_across_sections(page: ChecklistPage) -> None:
    press(page, "j")
    assert shown(page) == "HRM-06"
    press(page, "k")
    press(page, Qt.Key.Key_Up)
    assert shown(page) == "HRM-04"
    press(page, Qt.Key.Key_Down)
    assert shown(page) == "HRM-05"
    page.open_at("HRM-15")
    press(page, "j")
    assert shown(page) == "NCA-01"
    page.open_at("ORG-01")
    press(page, "k")
    assert shown(page) == "ORG-01"


def test_n_goes_to_the_next_unanswered_and_round(page: ChecklistPage, model: SessionModel) -> None:
    model.answer("HRM-06", Verdict.MET)
    press(page, "n")
    assert shown(page) == "HRM-07"
    for item in list(model.session.checklist.items()):
        if item.id != "ORG-02":
            model.session.put_answer(Answer(item.id, Verdict.MET))
    model.assessment_changed.emit()
    press(page, "n")
    assert shown(page) == "ORG-02"


def test_clicking_a_closed_row_opens_it_where_it_stood(page: ChecklistPage) -> None:
    page.open_at("HRM-01")
    row = next(r for r in page.items.findChildren(ClosedRow) if r.item_id == "HRM-04")
    viewport = page.items.viewport()
    before = row.mapTo(viewport, QPoint(0, 0)).y()
    row.click()
    assert shown(page) == "HRM-04"
    after = page.items.card.mapTo(viewport, QPoint(0, 0)).y()
    fits = page.items.card.height() + before < viewport.height()
    assert not fits or abs(after - before) <= 8
    assert page.items.card.has_focus()


def test_the_outline_moves_by_key_and_enter_goes_to_the_card(page: ChecklistPage) -> None:
    tree = page.outline.tree
    tree.setFocus()
    press(page, Qt.Key.Key_Down)
    assert shown(page) == "HRM-06"
    assert tree.hasFocus()
    press(page, "1")
    assert verdict_of(page.model.session, "HRM-06") is Verdict.MET
    assert tree.hasFocus()
    press(page, Qt.Key.Key_Return)
    assert page.items.card.has_focus()


def test_a_digit_over_a_section_answers_nothing(page: ChecklistPage) -> None:
    tree = page.outline.tree
    tree.setFocus()
    tree.setCurrentIndex(page.outline.rows.index(0, 0))
    press(page, "1")
    assert not page.model.session.answers


def test_the_outline_is_a_sound_model(
    page: ChecklistPage, qtmodeltester: ModelTester, model: SessionModel
) -> None:
    qtmodeltester.check(page.outline.rows)
    model.answer("HRM-05", Verdict.MET)
    page.outline.rows.set_filter(Show.UNANSWERED, None, "")
    assert not page.outline.rows.shows("HRM-05")


# --- answering --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "verdict"),
    [("1", Verdict.MET), ("2", Verdict.PARTLY), ("3", Verdict.NOT_MET), ("4", Verdict.UNKNOWN)],
)
def test_digits_answer_and_take_back_and_move_nothing(
    page: ChecklistPage, key: str, verdict: Verdict
) -> None:
    focus = page.window().focusWidget()
    press(page, key)
    assert verdict_of(page.model.session, "HRM-05") is verdict
    assert shown(page) == "HRM-05"
    assert page.window().focusWidget() is focus
    press(page, key)
    assert page.model.session.answer("HRM-05").blank


def test_not_applicable_is_refused_with_its_reason(page: ChecklistPage) -> None:
    assert page.model.session.item("HRM-05").critical is Critical.VETO
    press(page, "0")
    assert verdict_of(page.model.session, "HRM-05") is None
    assert page.items.card.judgement._hint.text() == "否决项不能答不适用"


def test_not_applicable_asks_for_reason_and_date(page: ChecklistPage, session: Session) -> None:
    page.open_at("ITS-04")
    part = page.items.card.judgement
    assert "没有任何电子化秘点" in part._hint.text()
    press(page, "0")
    answer = session.answer("ITS-04")
    assert answer.ask_again == date(2027, 11, 23)
    assert not answer.excused
    assert part._reason.isVisible()
    assert "才不计分" in part._excused.accessibleName()
    assert "报送版" in part._reason.area.accessibleDescription()
    part._reason.area.setPlainText(f"没有电子化秘点{RARE}")
    part._reason.commit()
    assert session.answer("ITS-04").excused
    assert "不再计分" in part._excused.accessibleName()
    part._again.line.setText("2027/1/5")
    part._again.line.editingFinished.emit()
    assert session.answer("ITS-04").ask_again == date(2027, 1, 5)
    press(page, "0")
    assert session.answer("ITS-04").reason == f"没有电子化秘点{RARE}"
    page.items.card.clear_answer()
    assert session.answer("ITS-04").blank


def test_the_preset_date_leaves_with_an_empty_reason(page: ChecklistPage, session: Session) -> None:
    page.open_at("ITS-04")
    press(page, "0")
    press(page, "1")
    assert session.answer("ITS-04") == Answer("ITS-04", Verdict.MET)


def test_unknown_asks_whom(page: ChecklistPage, qtbot: QtBot, session: Session) -> None:
    press(page, "4")
    whom = page.items.card.judgement._whom
    assert whom.isVisible()
    whom.line.setFocus()
    QTest.keyClicks(whom.line, "IT")
    qtbot.waitUntil(lambda: session.answer("HRM-05").ask_whom == "IT", timeout=2000)


def test_flag_by_key_and_in_the_outline(page: ChecklistPage, session: Session) -> None:
    press(page, "f")
    assert session.answer("HRM-05").flagged
    index = page.outline.rows.index_of("HRM-05")
    assert "有标记" in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    press(page, "f")
    assert session.answer("HRM-05").blank


def test_clear_keeps_note_and_mark(page: ChecklistPage, session: Session) -> None:
    page.model.put_answer(Answer("HRM-05", Verdict.UNKNOWN, note="n", ask_whom="w", flagged=True))
    page.items.card.clear_answer()
    assert session.answer("HRM-05") == Answer("HRM-05", note="n", flagged=True)


def test_copy_puts_id_and_text_on_the_clipboard(page: ChecklistPage) -> None:
    page.items.card.copy_text()
    assert QGuiApplication.clipboard().text() == "HRM-05 涉密人员保密协议签订率100%"


def test_a_failed_write_leaves_the_old_verdict_on_the_screen(
    page: ChecklistPage, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    press(page, "1")
    Breaks(session, monkeypatch)
    with qtbot.waitSignal(page.model.failed):
        press(page, "3")
    assert page.items.card.judgement.control.verdict is Verdict.MET
    assert "符合" in str(page.outline.rows.index_of("HRM-05").data(Qt.ItemDataRole.AccessibleTextRole))


def test_undo_shows_the_old_answer(page: ChecklistPage) -> None:
    press(page, "1")
    page.model.undo()
    assert page.items.card.judgement.control.verdict is None
    assert page._standings.unanswered == 131
    page.model.redo()
    assert page.items.card.judgement.control.verdict is Verdict.MET
    assert page._standings.unanswered == 130


def test_only_the_row_and_the_card_are_drawn_anew(
    page: ChecklistPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched: list[str] = []
    monkeypatch.setattr(ClosedRow, "show_item", lambda *_args: touched.append("row"))
    monkeypatch.setattr(OutlineModel, "rebuild", lambda *_args: touched.append("outline"))
    monkeypatch.setattr(Standings, "reload", lambda *_args: touched.append("standings"))
    monkeypatch.setattr(page.beside, "show_item", lambda *_args: touched.append("beside"))
    press(page, "1")
    page.model.answer("HRM-06", Verdict.MET)
    page.model.answer("ORG-01", Verdict.MET)
    assert touched == []
