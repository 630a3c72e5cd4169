"""申报表 on a real vault: fields that save themselves, what is taken, and another programme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from support.vaults import new_session, reopened

from tsguard.domain.form import FormRule
from tsguard.domain.programme import FieldKind, FormField, FormGroup
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import DiskFull
from tsguard.gui.application.form import ApplicationFields
from tsguard.gui.application.places import place_of
from tsguard.gui.exporting.gaps import gaps, remarks
from tsguard.gui.pages.application import ApplicationPage
from tsguard.gui.profile.completeness import missing
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Mode, Theme
from tsguard.services.application import choose_programme, form_rule_sentence
from tsguard.services.content import shipped
from tsguard.services.session import Session


def asked(name: str, kind: FieldKind, *, required: bool = False, **more: object) -> FormField:
    return FormField("", f"栏{name}", required=required, ask=name, kind=kind, **more)  # type: ignore[arg-type]


FORM = (
    FormGroup(
        "企业",
        (
            FormField("name", "企业名称", required=True),
            FormField("department", "归口部门", required=True),
            asked("revenue", FieldKind.MONEY_WAN, required=True, hint="以审计报告为准"),
            asked("share", FieldKind.PERCENT),
            asked("since", FieldKind.DAY),
            asked("posts", FieldKind.WHOLE, unit="个"),
        ),
    ),
    FormGroup(
        "情况",
        (
            FormField("secret_point_count", "秘点数量", required=True),
            asked("certified", FieldKind.YES_NO, required=True),
            asked("kind", FieldKind.CHOICE, choices=("甲", "乙")),
            asked("story", FieldKind.LONG_TEXT, required=True, longest=10),
        ),
    ),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = new_session(tmp_path)
    assert made.assessment is not None
    choose_programme(made, replace(made.assessment.programme, id="mine", title="自写方案", form=FORM))
    yield made
    if not made.closed:
        made.close()


def shown(qtbot: QtBot, theme: Theme, session: Session) -> ApplicationPage:
    made = ApplicationPage(theme, SessionModel(session), session.path.parent / "checklists")
    made.model.setParent(made)
    qtbot.addWidget(made)
    made.resize(1166, 688)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, session: Session) -> ApplicationPage:
    return shown(qtbot, theme, session)


def fields(page: ApplicationPage) -> ApplicationFields:
    assert page.form is not None
    return page.form


def editor(page: ApplicationPage, name: str) -> QWidget:
    return fields(page).entries[name].field.editor


def type_into(qtbot: QtBot, page: ApplicationPage, name: str, text: str) -> None:
    at = editor(page, name)
    at.setFocus()
    assert isinstance(at, QLineEdit | QPlainTextEdit)
    at.selectAll()
    qtbot.keyClick(at, Qt.Key.Key_Delete)
    if isinstance(at, QLineEdit):
        at.insert(text)
        at.textEdited.emit(at.text())
    else:
        at.insertPlainText(text)


def error_of(page: ApplicationPage, name: str) -> str:
    return fields(page).entries[name].field.error


def facts(page: ApplicationPage) -> str:
    return page._header._facts.text()


def stands(page: ApplicationPage, name: str) -> str:
    at = editor(page, name)
    assert isinstance(at, QLineEdit)
    return at.text()


class TestSaving:
    def test_a_pause_saves(self, qtbot: QtBot, page: ApplicationPage, session: Session) -> None:
        type_into(qtbot, page, "revenue", "1,234.5")
        assert session.form.value("revenue") == ""
        qtbot.waitUntil(lambda: session.form.value("revenue") == "1234.50", timeout=2000)
        assert stands(page, "revenue") == "1,234.5"  # nothing moves under the person's fingers

    def test_leaving_saves_and_spells_it_the_one_way(
        self, qtbot: QtBot, page: ApplicationPage, session: Session
    ) -> None:
        type_into(qtbot, page, "revenue", "１２３４．５万元")
        editor(page, "share").setFocus()
        assert session.form.value("revenue") == "1234.50"
        assert stands(page, "revenue") == "1,234.50"
        type_into(qtbot, page, "since", "2026年3月1日")
        editor(page, "share").setFocus()
        assert stands(page, "since") == session.form.value("since") == "2026-03-01"

    def test_a_wrong_value_is_stored_and_said_to_be_wrong_when_left(
        self, qtbot: QtBot, page: ApplicationPage, session: Session
    ) -> None:
        type_into(qtbot, page, "since", "3月1日")
        qtbot.waitUntil(lambda: session.form.value("since") == "3月1日", timeout=2000)
        assert error_of(page, "since") == ""  # it is still being typed
        editor(page, "share").setFocus()
        field = FORM[0].fields[4]
        assert error_of(page, "since") == form_rule_sentence(field, FormRule.DAY_WITHOUT_YEAR)
        assert stands(page, "since") == "3月1日"
        assert page.unsaved() is None
        assert "1项要改" in facts(page)
        type_into(qtbot, page, "since", "2026年3月1日")
        qtbot.keyClick(editor(page, "since"), Qt.Key.Key_Return)
        assert error_of(page, "since") == ""

    def test_closing_saves_what_is_being_typed(
        self, qtbot: QtBot, page: ApplicationPage, session: Session
    ) -> None:
        type_into(qtbot, page, "posts", "12")
        type_into(qtbot, page, "story", "一段话")
        page.model.closing.emit()
        assert (session.form.value("posts"), session.form.value("story")) == ("12", "一段话")

    def test_choices_save_at_once_and_can_be_taken_back(
        self, qtbot: QtBot, page: ApplicationPage, session: Session
    ) -> None:
        fields(page).entries["kind"].edits().emit("甲")
        combo = fields(page).entries["kind"]
        combo.show("甲")
        combo.edits().emit("甲")
        assert session.form.value("kind") == "甲"
        combo.show("")
        combo.edits().emit("")
        assert session.form.value("kind") == ""
        yes = editor(page, "certified").findChildren(QWidget)[0]
        qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
        assert session.form.value("certified") == "yes"

    @pytest.mark.parametrize("again", ["leave", "close", "retry"])
    def test_what_can_not_be_stored_stays_in_its_field(
        self,
        qtbot: QtBot,
        page: ApplicationPage,
        session: Session,
        monkeypatch: pytest.MonkeyPatch,
        again: str,
    ) -> None:
        def refuse() -> None:
            raise DiskFull(session.path)

        with monkeypatch.context() as broken:
            broken.setattr(session._vault, "write", refuse)
            type_into(qtbot, page, "posts", "12")
            page.model.closing.emit()
            assert "还没有存上" in error_of(page, "posts")
            assert stands(page, "posts") == "12"
            assert page.unsaved() == "posts"
        if again == "retry":
            page.model.retry()
        elif again == "close":
            page.model.closing.emit()
        else:
            editor(page, "posts").setFocus()
            editor(page, "share").setFocus()
        assert session.form.value("posts") == "12"
        assert page.unsaved() is None
        assert error_of(page, "posts") == ""

    def test_a_long_text_counts_its_characters(
        self, qtbot: QtBot, page: ApplicationPage, session: Session
    ) -> None:
        type_into(qtbot, page, "story", "字" * 11)
        labels = [child.text() for child in fields(page).entries["story"].field.findChildren(QWidget)
                  if hasattr(child, "text")]  # fmt: skip
        assert "11/10字" in labels
        editor(page, "share").setFocus()
        assert session.form.value("story") == "字" * 11
        assert "最多10个字" in error_of(page, "story")

    def test_all_is_there_after_reopening(
        self, qtbot: QtBot, page: ApplicationPage, session: Session, theme: Theme
    ) -> None:
        type_into(qtbot, page, "revenue", "12")
        page.model.closing.emit()
        again = reopened(session)
        try:
            assert stands(shown(qtbot, theme, again), "revenue") == "12.00"
        finally:
            again.close()


class TestUndo:
    def test_typing_is_one_step(self, qtbot: QtBot, page: ApplicationPage, session: Session) -> None:
        for text in ("1", "12", "123"):
            type_into(qtbot, page, "posts", text)
            fields(page).flush()
        assert page.model.undo_stack.count() == 1
        assert page.model.undo_stack.undoText() == "填写“栏posts”"
        page.model.undo()
        assert (session.form.value("posts"), stands(page, "posts")) == ("", "")
        page.model.redo()
        assert (session.form.value("posts"), stands(page, "posts")) == ("123", "123")

    def test_a_wrong_value_comes_back_as_it_was_typed(self, qtbot: QtBot, page: ApplicationPage) -> None:
        type_into(qtbot, page, "since", "3月1日")
        editor(page, "share").setFocus()
        type_into(qtbot, page, "share", "5")
        editor(page, "since").setFocus()
        type_into(qtbot, page, "since", "2026-03-01")
        editor(page, "share").setFocus()
        page.model.undo()
        assert stands(page, "since") == "3月1日"

    def test_a_change_of_programme(self, qtbot: QtBot, page: ApplicationPage, session: Session) -> None:
        type_into(qtbot, page, "posts", "12")
        page.model.choose_programme(shipped().programmes["park"])
        assert session.form.value("posts") == "12"  # what was being typed is not lost either
        assert session.assessment is not None
        assert session.assessment.programme.id == "park"
        assert set(fields(page).entries) == {f.ask for f in shipped().programmes["park"].fields() if f.ask}
        page.model.undo()
        if session.assessment.programme.id != "mine":
            page.model.undo()
        assert session.assessment.programme.id == "mine"
        assert stands(page, "posts") == session.form.value("posts")


class TestStanding:
    def test_completeness(self, qtbot: QtBot, page: ApplicationPage, session: Session) -> None:
        assert facts(page) == "必填6项，已填1项"
        type_into(qtbot, page, "revenue", "12")
        fields(page).flush()
        assert facts(page) == "必填6项，已填2项"
        page.model.put_enterprise(replace(session.enterprise, department="法务部"))
        page.model.add_point(SecretPoint(id="", enterprise="", name="甲"))
        type_into(qtbot, page, "story", "一段")
        fields(page).flush()
        page.model.put_form_value(FORM[1].fields[1], "no")
        assert facts(page) == "必填6项，已填6项 · 必填的都有了"
        assert page._next.isHidden()

    def test_the_next_empty_one(self, page: ApplicationPage) -> None:
        went: list[str] = []
        page.go.connect(went.append)
        page._next.click()
        assert went == ["profile:department"]
        page._next.click()
        assert editor(page, "revenue").hasFocus()
        page._next.click()
        assert went == ["profile:department", "points"]
        page._next.click()
        assert page.place() == "certified"
        page._next.click()
        assert editor(page, "story").hasFocus()
        page._next.click()
        assert went[-1] == "profile:department"

    def test_only_what_is_left(self, qtbot: QtBot, page: ApplicationPage) -> None:
        qtbot.mouseClick(page._filter._pills[1], Qt.MouseButton.LeftButton)
        assert not fields(page).entries["revenue"].field.isHidden()
        assert fields(page).entries["share"].field.isHidden()
        assert fields(page).taken["name"].isHidden()
        page.open_at("share")
        assert not fields(page).entries["share"].field.isHidden()
        assert editor(page, "share").hasFocus()

    def test_what_is_taken_is_shown_and_leads_there(self, page: ApplicationPage, session: Session) -> None:
        went: list[str] = []
        page.go.connect(went.append)
        assert fields(page).taken["name"].accessibleName() == f"企业名称，{session.enterprise.name}"
        assert fields(page).taken["name"].way.isHidden()
        fields(page).taken["department"].way.click()
        assert went == ["profile:department"]
        page.model.put_enterprise(replace(session.enterprise, department="法务部"))
        assert fields(page).taken["department"].accessibleName() == "归口部门，法务部"

    def test_the_export_page_lists_the_same(self, session: Session) -> None:
        model = SessionModel(session)
        labels = [gap.label for gap in gaps(session)]
        assert labels == ["归口部门", "栏revenue", "秘点数量", "栏certified", "栏story"]
        assert [gap.target for gap in gaps(session)][1] == "application:revenue"
        model.put_form_value(FORM[0].fields[3], "120%")
        assert any(each.target == "application:share" for each in remarks(session))

    def test_the_profile_counts_its_own_fields_only(self, session: Session) -> None:
        assert session.assessment is not None
        programme = session.assessment.programme
        assert missing(session.enterprise, programme, session.assessment.modules) == ("department",)

    @pytest.mark.parametrize("name", ["sample", "park"])
    def test_every_field_has_a_place(self, name: str) -> None:
        for field in shipped().programmes[name].fields():
            page_name, _colon, detail = place_of(field).partition(":")
            assert page_name in {"application", "profile", "points", "evidence"}
            assert page_name != "application" or detail == field.ask


class TestProgramme:
    def test_it_asks_in_place_and_nothing_happens_before(
        self, page: ApplicationPage, session: Session
    ) -> None:
        session.form.put(FORM[0].fields[2], "12")
        choice = page.choice
        at = next(n for n, each in enumerate(choice._offered) if each.id == "park")
        choice.field.combo.setCurrentIndex(at)
        choice.field.chosen.emit(at)
        assert session.assessment is not None
        assert session.assessment.programme.id == "mine"
        assert not choice.change.isHidden()
        assert choice.change.isVisible()
        choice.keep.click()
        assert not choice.change.isVisible()
        assert choice.chosen() == session.assessment.programme
        choice.field.combo.setCurrentIndex(at)
        choice.field.chosen.emit(at)
        choice.change.click()
        assert session.assessment.programme.id == "park"
        assert session.form.value("revenue") == "12.00"
        assert fields(page).programme.id == "park"
        assert not choice.change.isVisible()

    def test_a_text_that_could_not_be_stored_keeps_its_field(
        self, page: ApplicationPage, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse() -> None:
            raise DiskFull(session.path)

        choice = page.choice
        at = next(n for n, each in enumerate(choice._offered) if each.id == "park")
        with monkeypatch.context() as broken:
            broken.setattr(session._vault, "write", refuse)
            fields(page).entries["revenue"].field.line.setText("12.5")
            fields(page).edited("revenue")
            choice.field.combo.setCurrentIndex(at)
            choice.field.chosen.emit(at)
            choice.change.click()
            assert session.assessment is not None
            assert session.assessment.programme.id == "mine"
            assert fields(page).entries["revenue"].field.line.text() == "12.5"
        choice.change.click()
        assert session.assessment.programme.id == "park"
        assert session.form.value("revenue") == "12.50"

    def test_one_that_does_not_fit_the_checklist_says_so_in_place(
        self, page: ApplicationPage, session: Session
    ) -> None:
        assert session.assessment is not None
        had = session.assessment
        core = had.checklist.modules[0]
        fewer = replace(had.checklist, modules=(replace(core, sections=core.sections[:-1]),))
        lacking = core.sections[-1].id
        units = tuple(
            replace(unit, sections=tuple(each for each in unit.sections if each != lacking))
            for unit in had.programme.units
        )
        session.choose((), fewer, replace(had.programme, units=units))
        choice = page.choice
        choice.refresh()
        at = next(n for n, each in enumerate(choice._offered) if each.id == "park")
        choice.field.combo.setCurrentIndex(at)
        choice.field.chosen.emit(at)
        assert choice.change.isVisible()
        assert not choice.change.isEnabled()
        words = " ".join(label.text() for label in choice._ask.findChildren(QLabel))
        assert lacking in words
        assert "对不上" in words
        choice.keep.click()
        assert session.assessment.programme.id == "mine"

    @pytest.mark.parametrize("name", ["sample", "park"])
    def test_both_shipped_ones_build(
        self, qtbot: QtBot, each_theme: Theme, session: Session, name: str
    ) -> None:
        choose_programme(session, shipped().programmes[name])
        page = shown(qtbot, each_theme, session)
        programme = shipped().programmes[name]
        assert set(fields(page).entries) == {field.ask for field in programme.fields() if field.ask}
        assert set(fields(page).taken) == {field.field for field in programme.fields() if field.field}
        each_theme.set_mode(Mode.DARK if each_theme.dark is False else Mode.LIGHT)
        QApplication.processEvents()

    def test_a_change_of_modules_keeps_the_form(self, page: ApplicationPage) -> None:
        before = page.form
        page.model.assessment_changed.emit()
        assert page.form is before


class TestFit:
    @pytest.mark.parametrize("width", [900, 1166, 1720])
    def test_nothing_is_wider_than_the_page(
        self, qtbot: QtBot, theme: Theme, session: Session, width: int
    ) -> None:
        choose_programme(session, shipped().programmes["sample"])
        page = shown(qtbot, theme, session)
        page.resize(width, 600)
        QApplication.processEvents()
        assert page._scroll.horizontalScrollBar().maximum() == 0
        for entry in fields(page).entries.values():
            right = entry.field.mapTo(page, QPoint(entry.field.width(), 0)).x()
            assert right <= width

    def test_the_place_is_the_field_with_the_keyboard(self, page: ApplicationPage) -> None:
        page.open_at("posts")
        assert page.place() == "posts"
        page.open_at("nothing")
        assert page.place() == "posts"
