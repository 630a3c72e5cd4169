"""整改 on a real vault: the list, the form and its findings, tasks from gaps, undo, ways out, size."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support.vaults import new_session, reopened

from tsguard.domain.answers import Answer
from tsguard.domain.evidence import Evidence
from tsguard.domain.rectification import Recheck, Rectification, RectificationSource
from tsguard.domain.scales import Verdict
from tsguard.errors import DiskFull
from tsguard.gui.pages.rectification import RectificationPage
from tsguard.gui.pages.results import ResultsPage
from tsguard.gui.registers import one_of_many
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Mode, Theme
from tsguard.rules.rectification import TaskState
from tsguard.services.session import Session

TODAY = date(2026, 11, 23)
VETO, PLAIN, MET = "HRM-13", "TRN-03", "PHY-03"
RARE = "𬭎㵘䶮𠮷"
WHOLE = Rectification(
    item=PLAIN,
    problem="没有考核",
    measures="补做考核\n留成绩表",
    department="人力资源部",
    owner="何某",
    due=TODAY + timedelta(days=20),
    opened_on=TODAY - timedelta(days=30),
)
CLOSED = replace(
    WHOLE,
    item=MET,
    problem="权限没收回",
    due=TODAY - timedelta(days=20),
    done_on=TODAY - timedelta(days=21),
    checker="沈某",
    recheck=Recheck.PASSED,
    checked_on=TODAY - timedelta(days=20),
)
TASKS = (
    WHOLE,
    replace(WHOLE, item=VETO, problem=f"{RARE}没停用", department="信息部", due=TODAY - timedelta(days=12)),
    replace(WHOLE, problem="名单没核对", owner="陆某", done_on=TODAY - timedelta(days=2)),
    CLOSED,
    replace(WHOLE, item="", problem="门没有锁", measures="", source=RectificationSource.INSPECTION),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Three items answered on TODAY, one of them met, and a piece of evidence."""
    made = reopened(new_session(tmp_path, "XIC"))
    for item, verdict in ((PLAIN, Verdict.PARTLY), (VETO, Verdict.NOT_MET), (MET, Verdict.MET)):
        made.put_answer(Answer(item, verdict))
    made.cabinet.add(Evidence(id="", enterprise="", title="考核成绩表", paper_at="档案柜"))
    yield made
    if not made.closed:
        made.close()


def shown(qtbot, theme: Theme, model: SessionModel) -> RectificationPage:
    made = RectificationPage(theme, model)
    made.resize(1166, 720)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def page(qtbot, theme: Theme, model: SessionModel) -> RectificationPage:
    model.session.rectifications.add_all(TASKS)
    return shown(qtbot, theme, model)


@pytest.fixture
def blank(qtbot, theme: Theme, model: SessionModel) -> RectificationPage:
    return shown(qtbot, theme, model)


def ids(page: RectificationPage) -> list[str]:
    return [each.id for each in page.table.shown()]


def stored(page: RectificationPage, number: int) -> Rectification:
    return page.model.session.rectifications.get(f"R-{number:04d}")


def counts(page: RectificationPage) -> list[int | None]:
    return [pill.count for pill in page.view.pills._pills]


class TestList:
    def test_filters_count_and_keep_each_state(self, page):
        assert counts(page) == [5, 1, 1, 1, 1, 1, 3]
        for state, kept in zip(TaskState, ("R-0005", "R-0001", "R-0002", "R-0003", "R-0004"), strict=True):
            page.view.choose_filter(state)
            assert ids(page) == [kept]
        page.open_at("todo")
        assert ids(page) == ["R-0002", "R-0003", "R-0005"]

    @pytest.mark.parametrize(
        ("sought", "found"),
        [
            ("r-0004", ["R-0004"]),
            ("hrm-13", ["R-0002"]),
            ("ＨＲＭ－13", ["R-0002"]),
            ("账号、门禁", ["R-0002"]),
            ("没有锁", ["R-0005"]),
            ("留成绩表", ["R-0001", "R-0002", "R-0003", "R-0004"]),
            ("信息部", ["R-0002"]),
            ("陆某", ["R-0003"]),
            ("𬭎㵘䶮𠮷", ["R-0002"]),
            ("没有的", []),
        ],
    )
    def test_search_finds_items_problems_measures_and_people(self, page, sought, found):
        page.view.search.setText(sought)
        assert ids(page) == found
        assert page.view._nothing.isVisible() is not bool(found)

    def test_a_row_says_what_is_wrong_and_what_is_done(self, page):
        cell = page.table.rows.cell(0, 2)
        assert (cell.text, cell.second) == ("没有考核", "补做考核")
        assert page.table.rows.cell(4, 2).second == "还没有写措施"
        assert page.table.rows.cell(1, 1).second == "否决"
        due, state = page.table.rows.cell(1, 5), page.table.rows.cell(1, 6)
        assert (due.second, due.tone, due.strong) == ("逾期12天", "bad", True)
        assert (state.text, state.icon) == ("逾期", "clock")
        assert page.table.rows.cell(3, 7).text == "复验通过"

    def test_states_sort_by_what_is_urgent(self, page):
        page.table.sort(6)
        assert ids(page) == ["R-0002", "R-0005", "R-0001", "R-0003", "R-0004"]
        page.table.sort(5)
        assert ids(page)[:2] == ["R-0004", "R-0002"]

    def test_a_problem_that_came_back_is_marked(self, page, model):
        model.answer(MET, Verdict.NOT_MET)
        cell = page.table.rows.cell(3, 6)
        assert (cell.text, cell.second, cell.tone) == ("重复发生", "已关闭", "bad")
        page.open_at("R-0004")
        assert any("重新列入整改" in text for text in page.fields.item_remarks.texts)
        assert "重复发生1" in page._header._facts.text()
        model.undo()
        assert page.table.rows.cell(3, 6).text == "已关闭"

    def test_what_changes_while_out_of_sight_is_there_afterwards(self, page, model):
        page.hide()
        model.answer(MET, Verdict.NOT_MET)
        page.show()
        assert page.table.rows.cell(3, 6).text == "重复发生"

    def test_columns_give_way_to_the_form(self, page):
        assert not page.table.isColumnHidden(3)
        page.open_at("R-0001")
        assert [at for at in range(8) if page.table.isColumnHidden(at)] == [3, 4, 7]


class TestForm:
    def test_every_field_is_stored_and_undone(self, page, model):
        page.open_at("R-0005")
        fields = page.fields
        for field in (fields.problem, fields.cause, fields.measures, fields.resources, fields.note):
            field.area.setPlainText(f"{RARE}\n二")
        for line in (fields.department, fields.owner, fields.checker):
            line.line.setText(f"{RARE}某{id(line)}")
        for at, day in enumerate((fields.opened_on, fields.due, fields.done_on, fields.checked_on), start=1):
            day.line.setText(f"2026年10月{at}日")
        page.form.flush()
        task = stored(page, 5)
        assert {task.problem, task.cause, task.measures, task.resources, task.note} == {f"{RARE}\n二"}
        assert len({task.department, task.owner, task.checker}) == 3
        assert (task.opened_on, task.checked_on) == (date(2026, 10, 1), date(2026, 10, 4))
        assert page.form._state.text() == "已存"
        while model.undo_stack.canUndo():
            model.undo()
        assert stored(page, 5) == replace(TASKS[4], id="R-0005", enterprise=task.enterprise)
        assert page.fields.problem.text() == "门没有锁"

    def test_it_says_what_is_printed_for_the_bureau(self, page):
        page.open_at("R-0001")
        assert page.fields.measures.editor.accessibleDescription() == "会印在报送版里，不要写秘密"
        for field in (page.fields.problem, page.fields.cause, page.fields.owner, page.fields.resources):
            assert field.editor.accessibleDescription() == "只在内部版"

    def test_the_item_is_chosen_from_the_checklist(self, qtbot, page, model):
        page.open_at("R-0005")
        assert page.fields.item._text.text().startswith("没有关联条款")
        qtbot.mouseClick(page.fields.item._pick, Qt.MouseButton.LeftButton)
        page.fields.item._search.setText("hrm-13")
        qtbot.keyClick(page.fields.item._search, Qt.Key.Key_Return)
        assert stored(page, 5).item == VETO
        assert page.fields.item._state.text() == "不符合"
        assert page.fields.item._text.text() == model.session.item(VETO).text
        assert not page.fields.item.picking
        with qtbot.waitSignal(page.go, check_params_cb=lambda target: target == f"checklist:{VETO}"):
            page.fields.item._see.click()
        page.fields.item._drop.click()
        assert stored(page, 5).item == ""

    def test_an_item_alone_is_kept_until_there_is_a_problem(self, page, model):
        model.put_task(replace(stored(page, 1), problem=""))
        page.open_at("R-0001")
        page.fields.item._drop.click()
        assert stored(page, 1).item == PLAIN
        assert page.fields.problem.error == "先写清问题，再去掉条款。"

    def test_esc_folds_the_list_and_leaves_the_form(self, qtbot, page):
        page.open_at("R-0001")
        page.fields.item._pick.click()
        qtbot.keyClick(page.fields.item._search, Qt.Key.Key_Escape)
        assert not page.fields.item.picking
        assert page.form.isVisible()

    def test_an_item_that_is_gone_is_said(self, page, model):
        model.put_task(replace(stored(page, 1), item="XYZ-99"))
        page.open_at("R-0001")
        assert page.fields.item._text.text() == "现在的清单里没有这一条"
        assert not page.fields.item._see.isVisible()

    def test_evidence_comes_from_the_cabinet(self, qtbot, page, model):
        page.open_at("R-0001")
        page.fields.evidence._pick.click()
        assert page.fields.evidence._list.count() == 1
        qtbot.keyClick(page.fields.evidence._list, Qt.Key.Key_Return)
        piece = stored(page, 1).evidence
        assert model.session.cabinet.get(piece).title == page.fields.evidence._text.text() == "考核成绩表"
        with qtbot.waitSignal(page.go, check_params_cb=lambda target: target == f"evidence:{piece}"):
            page.fields.evidence._see.click()
        model.remove_evidence(piece)
        assert page.fields.evidence._text.text() == "佐证里没有这一件"

    def test_findings_stand_beside_their_fields(self, page):
        page.open_at("R-0002")
        assert page.fields.due.error == "逾期12天"
        page.open_at("R-0005")
        assert any("整改措施" in text for text in page.fields.plan_remarks.texts)
        page.open_at("R-0003")
        assert any("还没有复验" in text for text in page.fields.recheck_remarks.texts)
        page.form.change(done_on=date(2020, 1, 1))
        assert "早于立项日" in page.fields.done_on.error
        page.open_at("R-0001")
        page.form.change(item=VETO, due=TODAY + timedelta(days=90))
        assert any("不是法定期限" in text for text in page.fields.plan_remarks.texts)

    def test_the_owner_as_checker_is_an_error_and_is_kept(self, page):
        page.open_at("R-0001")
        page.fields.checker.line.setText("何 某")
        page.form.flush()
        assert stored(page, 1).checker == "何 某"
        assert page.fields.checker.error == "复验人就是责任人，请换一个人复验。"
        assert page.form._state.text() == "已存"

    def test_a_met_item_closes_nothing_and_is_said(self, page, model):
        page.open_at("R-0001")
        before = stored(page, 1)
        model.answer(PLAIN, Verdict.MET)
        assert stored(page, 1) == before
        assert page.fields.item._state.text() == "符合"
        assert any("任务不会自己关闭" in text for text in page.fields.item_remarks.texts)

    def test_a_date_put_off_asks_for_the_reason(self, page):
        page.open_at("R-0001")
        assert not page.fields.extended.isVisible()
        page.form.change(due=WHOLE.due + timedelta(days=10))
        said = page.fields.plan_remarks.texts
        assert any(f"由{WHOLE.due}改到{WHOLE.due + timedelta(days=10)}" in text for text in said)
        assert page.fields.extended.isVisible()
        page.fields.extended.area.setPlainText("设备没到货")
        page.form.flush()
        assert stored(page, 1).extended == "设备没到货"
        assert page.fields.plan_remarks.texts == []
        assert page.fields.extended.isVisible()

    def test_a_date_brought_forward_asks_nothing(self, page, model):
        page.open_at("R-0001")
        page.form.change(due=WHOLE.due - timedelta(days=5))
        assert not page.fields.extended.isVisible()
        page.form.change(due=WHOLE.due)
        page.form.change(due=WHOLE.due + timedelta(days=5))
        model.undo()
        assert page.fields.plan_remarks.texts == []

    def test_a_failed_write_keeps_the_text(self, qtbot, page, model, monkeypatch):
        page.open_at("R-0001")

        def full(*_args: object) -> None:
            raise DiskFull(Path("/vault/a.tsg"))

        monkeypatch.setattr(model.session.rectifications, "put", full)
        page.fields.measures.area.setPlainText("新措施")
        with qtbot.waitSignal(model.failed):
            page.form.flush()
        assert page.fields.measures.text() == "新措施"
        assert "磁盘已满" in page.fields.measures.error
        assert page.unsaved() == "R-0001"
        monkeypatch.undo()
        page.form.flush()
        assert stored(page, 1).measures == "新措施"

    def test_a_pasted_control_character_is_no_failure(self, page):
        page.open_at("R-0001")
        page.fields.cause.area.setPlainText("一\x07二")
        page.form.flush()
        assert stored(page, 1).cause == "一二"
        assert page.form._state.text() == "已存"

    def test_locking_in_the_middle_stores_what_is_typed(self, page, model):
        page.open_at("R-0001")
        page.fields.note.area.setPlainText("还没等到停顿")
        model.lock()
        assert model.session.closed
        kept = reopened(model.session)
        assert kept.rectifications.get("R-0001").note == "还没等到停顿"
        kept.close()


class TestClosing:
    def test_done_is_today_and_then_somebody_looks(self, page):
        page.open_at("R-0001")
        assert page._done.isVisible()
        assert not page._passed.isVisible()
        page._done.click()
        assert stored(page, 1).done_on == TODAY
        assert not page._done.isVisible()
        assert page._passed.isVisible()
        page._passed.click()
        assert page.fields.ask.isVisible()
        page.fields.ask._keep.click()
        assert page.fields.ask.checker.error == "请写是谁复验的"
        page.fields.ask.checker.line.setText("何某")
        page.fields.ask._keep.click()
        assert "换一个人" in page.fields.ask.checker.error
        assert stored(page, 1).recheck is Recheck.OPEN
        page.fields.ask.checker.line.setText(f"{RARE}")
        page.fields.ask._keep.click()
        task = stored(page, 1)
        assert (task.recheck, task.checker, task.checked_on) == (Recheck.PASSED, RARE, TODAY)
        assert task.closed
        assert not page.fields.ask.isVisible()
        assert not page._done.isVisible()
        assert not page._passed.isVisible()

    def test_not_passed_is_work_again(self, page, model):
        page.open_at("R-0003")
        page._failed.click()
        page.fields.ask.checker.line.setText("沈某")
        page.fields.ask.day.line.setText("11月")
        page.fields.ask._keep.click()
        assert page.fields.ask.day.error
        page.fields.ask.day.line.setText("20261122")
        page.fields.ask._keep.click()
        assert stored(page, 3).recheck is Recheck.FAILED
        assert page._standing(stored(page, 3)).state is TaskState.IN_PROGRESS
        assert page._done.isVisible()
        page._done.click()
        task = stored(page, 3)
        assert (task.done_on, task.recheck, task.checked_on) == (TODAY, Recheck.OPEN, None)
        model.undo()
        assert stored(page, 3).recheck is Recheck.FAILED

    def test_asking_ends_with_esc_and_with_another_task(self, qtbot, page):
        page.open_at("R-0003")
        page._passed.click()
        qtbot.keyClick(page.fields.ask.checker.line, Qt.Key.Key_Escape)
        assert not page.fields.ask.isVisible()
        assert page.form.isVisible()
        page._passed.click()
        page.table.choose(lambda task: task.id == "R-0001")
        assert page.form.record.id == "R-0001"
        assert page.fields.ask.isHidden()

    def test_typing_does_not_bring_other_buttons(self, qtbot, page):
        page.open_at("R-0001")
        qtbot.keyClicks(page.fields.owner.line, "x")
        assert not page._passed.isVisible()
        assert not page._failed.isVisible()
        page.form.flush()


class TestFromGaps:
    def test_the_empty_page_says_what_to_do_next(self, blank, model):
        assert blank.view._stack.currentWidget() is blank._empty
        assert "2条差距，其中否决项1条" in blank._empty._text.text()
        blank._empty_act.click()
        assert [(task.item, task.due) for task in model.session.rectifications] == [
            (VETO, TODAY + timedelta(days=30)),
            (PLAIN, None),
        ]
        assert blank.form.record.item == VETO
        assert not blank._take_up.isVisible()

    @pytest.mark.parametrize(
        ("verdict", "words", "target"),
        [(None, "没有答", "checklist:"), (Verdict.MET, "没有答", "checklist:")],
    )
    def test_without_gaps_it_leads_to_the_checklist(self, qtbot, blank, model, verdict, words, target):
        for item in (VETO, PLAIN):
            model.answer(item, verdict)
        assert words in blank._empty._text.text()
        with qtbot.waitSignal(blank.go, check_params_cb=lambda went: went == target):
            blank._empty_act.click()

    def test_without_modules_it_leads_there(self, qtbot, theme, tmp_path):
        made = new_session(tmp_path / "空", choose=False)
        page = shown(qtbot, theme, SessionModel(made))
        with qtbot.waitSignal(page.go, check_params_cb=lambda went: went == "profile:modules"):
            page._empty_act.click()
        page.add_draft()
        page.fields.problem.area.setPlainText("门没锁")
        page.form.flush()
        assert made.rectifications.get("R-0001").problem == "门没锁"
        made.close()

    def test_one_step_makes_and_takes_back_all(self, page, model):
        model.remove_task("R-0002")
        for number in (1, 3):
            model.remove_task(f"R-{number:04d}")
        steps = model.undo_stack.count()
        assert page._take_up.text() == "从差距生成2项"
        page._take_up.click()
        assert ids(page) == ["R-0004", "R-0005", "R-0006", "R-0007"]
        assert model.undo_stack.count() == steps + 1
        message = page.view.messages.messages[0]
        assert message.title == "已生成2项整改任务"
        assert "（示例）" in message.text
        assert "没有答" in message.text
        message.actions[0].run()
        assert ids(page) == ["R-0004", "R-0005"]
        model.redo()
        assert stored(page, 6).item == VETO

    def test_results_take_up_a_gap(self, qtbot, theme, page, model):
        model.remove_task("R-0002")
        results = ResultsPage(theme, model)
        qtbot.addWidget(results)
        results.resize(1166, 688)
        results.show()
        results.open_at("gaps")
        gaps, went = results.gaps, []
        results.go.connect(went.append)
        assert not gaps._task.isVisible()
        assert gaps.table.choose(lambda row: row.gap.item == VETO)
        assert gaps._task.text() == "列入整改"
        gaps._task.click()
        assert stored(page, 6).item == VETO
        assert gaps._done.text() == "HRM-13已列入R-0006"
        assert gaps.table.value().task == "R-0006"
        assert gaps._task.text() == "去看R-0006"
        gaps._task.click()
        assert went == ["rectification:R-0006"]
        assert "R-0006" in gaps.tsv()
        model.undo()
        assert gaps._task.text() == "列入整改"
        assert {row.task for row in gaps.table.shown() if row.gap.item == PLAIN} == {"R-0003"}


class TestDraft:
    def test_it_is_stored_with_its_first_words(self, page, model):
        page.add_draft()
        assert page.fields.opened_on.text() == TODAY.isoformat()
        page.fields.owner.line.setText("甲")
        page.form.flush()
        assert len(model.session.rectifications) == 5
        page.fields.problem.area.setPlainText(RARE)
        page.form.flush()
        assert (stored(page, 6).problem, stored(page, 6).owner) == (RARE, "甲")
        assert page.table.value().id == "R-0006"
        model.undo()
        assert not page.form.isVisible()

    def test_without_words_closing_asks_once(self, page, model):
        page.add_draft()
        page.fields.owner.line.setText("甲")
        page.form.close_form()
        assert page.form.isVisible()
        assert page.fields.problem.error == "这一项不能为空。"
        page.form.close_form()
        assert not page.form.isVisible()
        assert len(model.session.rectifications) == 5

    def test_the_keyboard_begins_at_the_item(self, qtbot, page):
        page.activateWindow()
        page.add_draft()
        qtbot.waitUntil(page.fields.item._pick.hasFocus)

    def test_it_is_not_blamed_for_what_is_not_there_yet(self, page):
        page.add_draft()
        assert page.fields.plan_remarks.texts == []
        assert not page._done.isVisible()


class TestDeleting:
    def test_the_bar_brings_it_back_under_its_number(self, page, model):
        page.open_at("R-0002")
        page.delete_current()
        assert "R-0002" not in model.session.rectifications
        assert not page.form.isVisible()
        message = page.view.messages.messages[0]
        assert message.title == "已删除R-0002"
        message.actions[0].run()
        assert stored(page, 2).problem.startswith(RARE)

    def test_the_delete_key_works_in_the_list(self, qtbot, page, model):
        page.table.setFocus()
        page.table.selectRow(2)
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
        assert "R-0003" not in model.session.rectifications


class TestLeaving:
    def test_the_csv_warns_first_and_holds_everything(self, page, model, tmp_path):
        model.put_task(replace(stored(page, 1), note="=cmd|' /C calc'!A0", cause="一、\n二"))
        page.taking_along.warn()
        message = page.view.messages.messages[0]
        assert message.title == "CSV文件不加密"
        assert "全部5项" in message.text
        target = tmp_path / f"整改{RARE}.csv"
        page.taking_along.write(target)
        raw = target.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True)))
        assert [row[0] for row in rows] == ["编号", *(f"R-{number:04d}" for number in range(1, 6))]
        assert len({len(row) for row in rows}) == 1
        first = dict(zip(rows[0], rows[1], strict=True))
        assert (first["原因"], first["内部备注"]) == ("一、\n二", "'=cmd|' /C calc'!A0")
        late = dict(zip(rows[0], rows[2], strict=True))
        assert (late["状态"], late["逾期天数"], late["来源"]) == ("逾期", "12", "自评")
        assert page.view.messages.messages[0].title == "已导出5条"

    def test_a_csv_that_can_not_be_written_is_said(self, page, tmp_path):
        page.taking_along.write(tmp_path / "none" / "x.csv")
        assert page.view.messages.messages[0].severity.value == "error"

    def test_copying_says_that_the_clipboard_is_open(self, page):
        page.taking_along.copy()
        assert QApplication.clipboard().text().count("\n") == 5
        assert "剪贴板" in page.view.messages.messages[0].text


def test_a_thousand_tasks_stay_quick(qtbot, theme, model):
    items = [item.id for item in model.session.checklist.items()]
    model.session.rectifications.add_all(
        replace(WHOLE, item=items[number % len(items)], problem=f"问题{number}") for number in range(1000)
    )
    page = shown(qtbot, theme, model)
    page.open_at("R-0500")
    took = []
    for number in range(5):
        before = time.perf_counter()
        page.form.change(note=str(number))
        QApplication.processEvents()
        took.append(time.perf_counter() - before)
    page.view.search.setText("问题99")
    assert len(ids(page)) == 11
    assert sorted(took)[2] < 0.5, took


@pytest.mark.parametrize("width", [1720, 1166, 1044, 855, 700, 640])
def test_it_folds_and_cuts_no_filter(page, width):
    page.open_at("R-0001")
    page.resize(width, 480)
    QApplication.processEvents()
    assert page.form.panel.width() >= 320
    assert page.width() == width
    for pill in page.view.pills._pills:
        if pill.isVisible():
            assert pill.width() >= pill.sizeHint().width()
            right = pill.mapTo(page.view._main, pill.rect().topRight()).x()
            assert right <= page.view._main.width()
    page.grab()


def test_a_change_of_theme_is_a_repaint(page, theme):
    page.open_at("R-0001")
    page.fields.item._pick.click()
    before = page.grab().toImage()
    theme.set_mode(Mode.DARK)
    assert page.grab().toImage() != before


def test_everything_has_a_name(page):
    page.open_at("R-0003")
    page._passed.click()
    fields = page.fields
    for field in (fields.source, fields.problem, fields.measures, fields.owner, fields.due, fields.note):
        assert field.editor.accessibleName()
    for button in (page._more, page._delete, page._new, page._passed, page._failed, page._done):
        assert button.accessibleName()
    assert isinstance(fields.item, one_of_many.OneOfMany)
    assert fields.item._list.accessibleName() == "关联条款"
