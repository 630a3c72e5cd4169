"""The profile page on a real vault: fields that save themselves, and the choice of modules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.vaults import new_session, reopened

from tsguard.domain.credit_code import check_character
from tsguard.domain.enterprise import District, Enterprise, Size
from tsguard.domain.validation import Rule
from tsguard.errors import DiskFull
from tsguard.gui.pages.profile import ProfilePage
from tsguard.gui.profile.completeness import PROFILE_FIELDS, filled, missing
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Mode, Theme
from tsguard.services.explain import field_rule_sentence
from tsguard.services.session import Session

BODY = "91440400MA5ABCDE1"
CODE = BODY + check_character(BODY)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = new_session(tmp_path, choose=False, name="珠海𬭎㵘䶮𠮷公司")
    yield made
    if not made.closed:
        made.close()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, session: Session, tasks: Tasks, tmp_path: Path) -> ProfilePage:
    made = ProfilePage(theme, SessionModel(session), tasks, tmp_path / "own")
    made.model.setParent(made)
    qtbot.addWidget(made)
    made.resize(1166, 688)
    made.show()
    return made


def type_into(qtbot: QtBot, page: ProfilePage, name: str, text: str) -> None:
    line = page.form.entries[name].field.editor
    line.setFocus()
    line.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    if text:
        qtbot.keyClicks(line, text)


def leave(page: ProfilePage) -> None:
    page.form.entries["note"].field.editor.setFocus()


def texts(page: ProfilePage) -> str:
    return page._header._facts.text()


def break_writes(monkeypatch: pytest.MonkeyPatch, session: Session) -> None:
    def refuse() -> None:
        raise DiskFull(session.path)

    monkeypatch.setattr(session._vault, "write", refuse)


class TestSaving:
    def test_a_pause_saves(self, qtbot: QtBot, page: ProfilePage, session: Session) -> None:
        type_into(qtbot, page, "department", "legal")
        assert session.enterprise.department == ""
        qtbot.waitUntil(lambda: session.enterprise.department == "legal", timeout=2000)

    def test_leaving_saves_at_once(self, qtbot: QtBot, page: ProfilePage, session: Session) -> None:
        type_into(qtbot, page, "lead", "Lin")
        leave(page)
        assert session.enterprise.lead == "Lin"

    def test_locking_saves_what_is_being_typed(
        self, qtbot: QtBot, page: ProfilePage, session: Session
    ) -> None:
        type_into(qtbot, page, "park", "East")
        page.model.closing.emit()
        assert session.enterprise.park == "East"

    def test_a_date_is_saved_while_typing_without_moving_the_cursor(
        self, qtbot: QtBot, page: ProfilePage, session: Session
    ) -> None:
        type_into(qtbot, page, "staff", "4")
        qtbot.waitUntil(lambda: session.enterprise.staff == 4, timeout=2000)
        qtbot.keyClicks(page.form.entries["staff"].field.editor, "6")
        leave(page)
        assert session.enterprise.staff == 46
        type_into(qtbot, page, "founded_on", "20190506")
        leave(page)
        assert session.enterprise.founded_on == date(2019, 5, 6)

    def test_an_impossible_date_stays_and_is_not_stored(
        self, qtbot: QtBot, page: ProfilePage, session: Session
    ) -> None:
        type_into(qtbot, page, "founded_on", "2019-02-30")
        leave(page)
        assert session.enterprise.founded_on is None
        assert page.form.entries["founded_on"].field.error
        assert page.form.entries["founded_on"].field.text() == "2019-02-30"  # type: ignore[attr-defined]

    def test_an_empty_name_keeps_the_stored_one_and_says_why(
        self, qtbot: QtBot, page: ProfilePage, session: Session
    ) -> None:
        type_into(qtbot, page, "name", "")
        leave(page)
        assert session.enterprise.name == "珠海𬭎㵘䶮𠮷公司"
        assert page.form.entries["name"].field.error == field_rule_sentence(Rule.REQUIRED)
        page.form.entries["district"].field.chosen.emit(District.DOUMEN)  # type: ignore[attr-defined]
        assert page.form.entries["name"].read() == ""

    def test_too_long_a_text_stays_in_the_field(self, page: ProfilePage, session: Session) -> None:
        field = page.form.entries["park"].field
        field.editor.setText("长" * 201)  # type: ignore[attr-defined]
        field.editor.textEdited.emit("长" * 201)  # type: ignore[attr-defined]
        page.form.flush()
        assert session.enterprise.park == ""
        assert field.error == field_rule_sentence(Rule.TOO_LONG)

    def test_a_failed_write_keeps_typed_text_with_the_reason(
        self, qtbot: QtBot, page: ProfilePage, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        break_writes(monkeypatch, session)
        type_into(qtbot, page, "lead", "Lin")
        with qtbot.waitSignal(page.model.failed):
            leave(page)
        assert session.enterprise.lead == ""
        assert page.form.entries["lead"].read() == "Lin"
        assert "磁盘" in page.form.entries["lead"].field.error
        monkeypatch.undo()
        page.form.entries["lead"].field.editor.setFocus()
        qtbot.keyClicks(page.form.entries["lead"].field.editor, "g")
        leave(page)
        assert session.enterprise.lead == "Ling"
        assert page.form.entries["lead"].field.error == ""

    def test_a_failed_choice_goes_back(
        self, page: ProfilePage, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        break_writes(monkeypatch, session)
        combo = page.form.entries["district"].field.combo  # type: ignore[attr-defined]
        combo.setCurrentIndex(2)
        combo.activated.emit(2)
        assert page.form.entries["district"].read() is District.XIANGZHOU

    def test_typing_is_one_undo_step(self, qtbot: QtBot, page: ProfilePage, session: Session) -> None:
        type_into(qtbot, page, "lead", "Li")
        page.form.flush()
        qtbot.keyClicks(page.form.entries["lead"].field.editor, "n")
        leave(page)
        page.model.undo()
        assert session.enterprise.lead == ""
        assert page.form.entries["lead"].read() == ""

    def test_the_note_is_kept_with_its_lines(self, page: ProfilePage, session: Session) -> None:
        page.form.entries["note"].field.editor.setPlainText("一\n二")  # type: ignore[attr-defined]
        page.form.flush()
        assert session.enterprise.note == "一\n二"

    def test_size_and_district(self, qtbot: QtBot, page: ProfilePage, session: Session) -> None:
        page.form.entries["size"].edits().emit(Size.SMALL)
        assert not page.form.entries["district_other"].field.isVisible()
        combo = page.form.entries["district"].field.combo  # type: ignore[attr-defined]
        combo.setCurrentIndex(5)
        combo.activated.emit(5)
        assert session.enterprise.district is District.OTHER
        assert page.form.entries["district_other"].field.isVisible()
        assert page.form.entries["district_other"].field.error
        type_into(qtbot, page, "district_other", "Hengqin")
        leave(page)
        assert page.form.entries["district_other"].field.error == ""


class TestCreditCode:
    def test_checked_while_typing_and_stored_in_capitals(
        self, qtbot: QtBot, page: ProfilePage, session: Session
    ) -> None:
        field = page.form.entries["credit_code"].field
        type_into(qtbot, page, "credit_code", CODE.lower()[:10])
        assert "10" in field._message.text()
        assert not field._good.isVisible()  # type: ignore[attr-defined]
        qtbot.keyClicks(field.editor, " " + CODE.lower()[10:])
        assert field._good.isVisible()  # type: ignore[attr-defined]
        leave(page)
        assert session.enterprise.credit_code == CODE
        assert field.editor.text() == CODE  # type: ignore[attr-defined]

    def test_a_wrong_code_is_stored_and_marked(
        self, qtbot: QtBot, page: ProfilePage, session: Session
    ) -> None:
        type_into(qtbot, page, "credit_code", BODY + "O")
        assert "O" in page.form.entries["credit_code"].field._message.text()
        leave(page)
        assert session.enterprise.credit_code == BODY + "O"
        assert page.form.entries["credit_code"].field.error == field_rule_sentence(Rule.CREDIT_CODE)


class TestCompleteness:
    def test_counts(self, session: Session) -> None:
        assert filled(session.enterprise) == 3
        assert filled(Enterprise(name="甲", district=District.OTHER)) == 2
        assert "note" not in PROFILE_FIELDS

    def test_more_staff_in_a_part_than_in_all(
        self, qtbot: QtBot, page: ProfilePage, session: Session
    ) -> None:
        for name, number in (("staff", "5"), ("rd_staff", "6")):
            type_into(qtbot, page, name, number)
            leave(page)
        assert session.enterprise.rd_staff == 6
        assert page.form.entries["rd_staff"].field.error == field_rule_sentence(Rule.MORE_THAN_STAFF)

    def test_the_header_follows(self, qtbot: QtBot, page: ProfilePage, session: Session) -> None:
        assert texts(page) == "已填3/20项"
        page.scope.foot.start.click()
        assessment = session.assessment
        assert assessment is not None
        lacking = missing(session.enterprise, assessment.programme, assessment.modules)
        assert texts(page) == f"已填3/20项 · 申报表还缺{len(lacking)}项"
        assert "sectors" in lacking
        type_into(qtbot, page, "lead", "Lin")
        leave(page)
        assert texts(page) == f"已填4/20项 · 申报表还缺{len(lacking) - 1}项"

    def test_the_next_empty_field(self, page: ProfilePage) -> None:
        page.scope.ticks["XIC"].click()
        page.scope.foot.start.click()
        page._next.click()
        assert page.place() == "credit_code"


class TestModules:
    def test_begins_with_the_ticked_modules(self, qtbot: QtBot, page: ProfilePage, session: Session) -> None:
        page.scope.ticks["XIC"].click()
        with qtbot.waitSignal(page.go) as went:
            page.scope.foot.start.click()
        assert went.args == ["checklist:"]
        assert session.assessment is not None
        assert session.assessment.modules == ("XIC",)
        assert not page.scope.foot.start.isVisible()

    def test_the_general_module_alone_is_enough(self, page: ProfilePage, session: Session) -> None:
        page.scope.foot.start.click()
        assert session.assessment is not None
        assert session.assessment.modules == ()

    def test_changing_asks_in_place_and_can_be_undone(self, page: ProfilePage, session: Session) -> None:
        page.scope.ticks["XIC"].click()
        page.scope.foot.start.click()
        page.scope.ticks["XIC"].click()
        assert page.scope.foot.change.isVisible()
        assert session.assessment is not None
        assert session.assessment.modules == ("XIC",)
        page.scope.foot.keep.click()
        assert page.scope.ticks["XIC"].isChecked()
        assert not page.scope.foot.change.isVisible()
        page.scope.ticks["XIC"].click()
        page.scope.foot.change.click()
        assert session.assessment.modules == ()
        page.model.undo()
        assert session.assessment.modules == ("XIC",)
        assert page.scope.ticks["XIC"].isChecked()

    def test_a_failed_start_goes_nowhere(
        self, page: ProfilePage, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        went: list[str] = []
        page.go.connect(went.append)
        break_writes(monkeypatch, session)
        page.scope.foot.start.click()
        assert went == []
        assert session.assessment is None


class TestPage:
    def test_opens_at_a_field_or_at_the_modules(self, page: ProfilePage) -> None:
        page.open_at("contact_phone")
        assert page.place() == "contact_phone"
        page.open_at("modules")
        assert page.focusWidget() is page.scope.foot.first

    @pytest.mark.parametrize("width", [420, 855, 1166, 1720])
    def test_nothing_is_squeezed(self, page: ProfilePage, width: int) -> None:
        page.resize(width, 500)
        QApplication.processEvents()
        for entry in page.form.entries.values():
            field = entry.field
            if field.isVisible():
                assert field.height() >= field.layout().totalMinimumHeightForWidth(field.width())

    def test_theme_switch(self, page: ProfilePage) -> None:
        page.theme.set_mode(Mode.DARK)
        assert not page.grab().isNull()
        page.theme.set_mode(Mode.LIGHT)

    def test_the_wheel_changes_no_choice(self, page: ProfilePage, session: Session) -> None:
        combo = page.form.entries["district"].field.combo  # type: ignore[attr-defined]
        event = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(combo, event)
        assert session.enterprise.district is District.XIANGZHOU

    def test_everything_has_a_name(self, page: ProfilePage) -> None:
        for entry in page.form.entries.values():
            assert entry.field.editor.accessibleName()

    def test_lock_saves_and_destroys_quietly(self, qtbot: QtBot, page: ProfilePage, session: Session) -> None:
        type_into(qtbot, page, "lead", "Lin")
        page.model.lock()
        page.theme.changed.emit()
        again = reopened(session)
        assert again.enterprise.lead == "Lin"
        again.close()
