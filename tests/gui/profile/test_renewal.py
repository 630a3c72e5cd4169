"""Newer content: said once, shown text by text, moved to in one step that loses no answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support.own_content import MODULE, module_file, put

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.errors import DiskFull
from tsguard.gui.profile.ask_in_place import Question, Way
from tsguard.gui.profile.renewal_panel import RenewalPanel
from tsguard.gui.widgets.signs import Severity
from tsguard.services.content import choose_modules, shipped
from tsguard.services.renewal import changes
from tsguard.services.renewal_lines import FieldChange, Turn, other_lines, renewal_lines, summary


def older(module):
    """The module as it was: one item less, one other text and weight, one that is gone by now."""
    first, *rest = module.sections
    items = list(first.items[:-1])
    items[0] = replace(items[0], text="旧的要求", weight=1, small="")
    items.append(replace(items[0], id="XIC-98", text="取消的要求"))
    return replace(module, version="2025.01", sections=(replace(first, items=tuple(items)), *rest))


@pytest.fixture
def session(session):
    """An assessment that was begun with older content, with answers to all of it."""
    choose_modules(session, ["XIC"])
    had = session.assessment
    core, sector = had.checklist.modules
    checklist = replace(had.checklist, modules=(core, older(sector)))
    session.choose(had.modules, checklist, had.programme)
    for item in ("XIC-01", "XIC-98"):
        session.put_answer(Answer(item, verdict=Verdict.PARTLY, note="答过"))
    return session


def test_the_sum_in_words(session):
    found = changes(session, shipped())
    assert summary(found) == "清单内容有新版：新增1条、改动1条、取消1条"


def test_nothing_newer_says_nothing(session):
    choose_modules(session, ["XIC"], renew=True)
    assert summary(changes(session, shipped())) == ""


def test_presets_and_figures_alone_have_their_words(session):
    choose_modules(session, ["XIC"], renew=True)
    presets = tuple(replace(each, text="新的说法") for each in shipped().presets)
    figures = tuple(replace(each, source="新出处") for each in shipped().parameters.thresholds)
    shelf = replace(shipped(), presets=presets, parameters=replace(shipped().parameters, thresholds=figures))
    found = changes(session, shelf)
    count = len(found.figures)
    assert count > 3
    assert summary(found) == f"清单内容有新版：数字改动{count}处、按规模的预设有改动"
    lines = other_lines(found)
    assert [line.partition("：")[0] for line in lines] == ["这些数字或它们的出处有改动", "按规模的预设有改动"]
    assert presets[0].title in lines[1]


def test_texts_of_old_and_new(session):
    lines = renewal_lines(changes(session, shipped()), session.checklist, shipped(), session.answers)
    (module,) = lines
    assert module.versions == f"2025.01版 → {shipped().modules['XIC'].version}版"
    assert [line.turn for line in module.lines] == [Turn.NEW, Turn.CHANGED, Turn.GONE]
    new, changed, gone = module.lines
    now = next(iter(shipped().modules["XIC"].items()))
    assert changed.fields[:2] == (
        FieldChange("要求", "旧的要求", now.text),
        FieldChange("权重", "1", str(now.weight)),
    )
    assert changed.fields[2] == FieldChange("小微企业可以怎样", "", now.small)
    assert (new.answered, changed.answered, gone.answered) == (False, True, True)
    assert gone.text == "取消的要求"
    assert changed.matches("旧的要求")
    assert not new.matches("旧的要求")


def test_a_new_figure_is_a_change_that_is_told(session):
    had = session.assessment
    core, sector = had.checklist.modules
    named = next(item for item in shipped().modules["core"].items() if item.figures)

    def without(section):
        items = (replace(item, figures=()) if item.id == named.id else item for item in section.items)
        return replace(section, items=tuple(items))

    core = replace(core, sections=tuple(map(without, core.sections)))
    session.choose(had.modules, replace(had.checklist, modules=(core, sector)), had.programme)
    lines = renewal_lines(changes(session, shipped()), session.checklist, shipped(), session.answers)
    (field,) = next(line for module in lines for line in module.lines if line.item == named.id).fields
    assert field.label == "数字从哪来"
    assert field.before == ""
    assert "：" in field.after
    assert named.figures[0] not in field.after


class TestNote:
    def test_is_there_only_where_something_is_newer(self, page):
        note = page.scope.renewal.note
        assert note.isVisible()
        assert not note.isAncestorOf(page.focusWidget() or page), "it does not take the keyboard"
        note.buttons["换到新版"].click()
        assert not note.isVisible()

    def test_moving_is_one_step_and_loses_no_answer(self, page, session):
        answers, before = dict(session.answers), session.assessment
        page.scope.renewal.note.buttons["换到新版"].click()
        assert session.checklist.modules[1].version == shipped().modules["XIC"].version
        assert dict(session.answers) == answers
        assert page.model.undo_stack.count() == 1
        page.model.undo()
        assert session.assessment == before
        assert page.scope.renewal.note.isVisible()
        page.model.redo()
        assert not page.scope.renewal.note.isVisible()

    def test_not_now_holds_until_the_content_changes_again(self, page):
        page.scope.renewal.note.buttons["先不换"].click()
        page.scope.refresh()
        assert not page.scope.renewal.note.isVisible()
        page.scope.ticks["XHA"].click()
        page.scope.foot.change.click()
        assert not page.scope.renewal.note.isVisible(), "another module is no newer content"

    def test_other_modules_leave_the_old_texts(self, page, session):
        page.scope.ticks["XHA"].click()
        page.scope.foot.change.click()
        assert session.item("XIC-01").text == "旧的要求"
        assert page.scope.renewal.note.isVisible()

    def test_a_failed_move_stays_offered(self, page, session, monkeypatch):
        def refuse():
            raise DiskFull(session.path)

        monkeypatch.setattr(session._vault, "write", refuse)
        page.scope.renewal.note.buttons["换到新版"].click()
        assert page.scope.renewal.note.isVisible()
        assert session.item("XIC-01").text == "旧的要求"

    def test_a_question_may_follow_upon_its_own_button(self, qtbot, page):
        note = page.scope.renewal.note
        again = Question(Severity.INFO, "还有一问", (), (Way("好"),))
        first = Question(Severity.INFO, "一问", (), (Way("下一问", lambda: note.ask(again), stays=True),))
        note.ask(first)
        qtbot.keyClick(note.buttons["下一问"], Qt.Key.Key_Space)
        QApplication.processEvents()
        assert note.question == again
        assert list(note.buttons) == ["好"]

    def test_the_list_can_be_searched(self, page):
        page.scope.renewal.note.buttons["看改动"].click()
        assert page.scope.renewal.note.isVisible(), "looking is no answer"
        panel = page.findChild(RenewalPanel)
        last = list(shipped().modules["XIC"].items())[-1].id
        assert panel.shown == (last, "XIC-01", "XIC-98")
        panel.search.setText("旧的要求")
        assert panel.shown == ("XIC-01",)
        panel.search.setText("xic-98")
        assert panel.shown == ("XIC-98",)
        panel.search.setText("没有这样的字")
        assert panel.shown == ()
        assert panel.list._count.text() == "没有找到"


def test_a_replaced_file_of_ones_own_is_newer_content(make_page, session, folder):
    put(folder, "pcb.yaml", module_file())
    page = make_page()
    page.scope.renewal.note.buttons["换到新版"].click()
    page.scope.ticks[MODULE].click()
    page.scope.foot.change.click()
    assert not page.scope.renewal.note.isVisible()
    put(folder, "pcb.yaml", module_file(weight=5))
    page.scope.own._moved(page.scope.own.files[0])
    assert page.scope.renewal.note.question.title == "清单内容有新版：改动1条"
    assert {item.weight for item in session.checklist.modules[-1].items()} == {3}
