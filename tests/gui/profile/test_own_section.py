"""Content of the person's own: checked before it is added, replaced and removed only when asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from support.own_content import MODULE, TITLE, faulty_file, module_file, programme_file, put

from tsguard.errors import ContentProblem
from tsguard.gui.profile.own_rows import KeptModuleRow, OwnModuleRow, OwnProgrammeRow, UnusableRow
from tsguard.gui.profile.problem_panel import ProblemPanel
from tsguard.gui.text import Text
from tsguard.services.content import choose_modules
from tsguard.services.module_books import skeleton_book
from tsguard.services.own_content import OwnFile, shelf


def said(part) -> str:
    return "\n".join(text.text() for text in part.findChildren(Text))


@pytest.fixture
def take(qtbot, page):
    """Give the page a file and wait for the question about it."""

    def give(path: Path):
        section = page.scope.own
        section.question.dismiss()
        with qtbot.waitSignal(section.question.asked, timeout=8000):
            section.take(path)
        return section.question

    return give


def press(qtbot, page, label: str) -> None:
    with qtbot.waitSignal(page.scope.own.changed, timeout=8000):
        page.scope.own.question.buttons[label].click()


class TestAdding:
    def test_an_empty_folder_says_what_could_be_here(self, page, folder):
        assert page.scope.own.rows == []
        assert page.scope.own._none.isVisible()
        assert not folder.exists()

    def test_the_checked_result_first_then_a_row_with_a_box(self, qtbot, page, take, tmp_path, folder):
        question = take(put(tmp_path, "甲.yaml", module_file()))
        assert TITLE in question.question.title
        assert any("SHA-256前12位" in line for line in question.question.lines)
        assert not folder.exists(), "nothing is added before it is asked for"
        press(qtbot, page, "添加")
        (row,) = page.scope.own.rows
        assert isinstance(row, OwnModuleRow)
        (file,) = page.scope.own.files
        words = said(row)
        assert all(
            each in words for each in (file.name, file.sha256[:12], file.module.version, file.module.origin)
        )
        assert file.sha256[12:] not in words
        page.scope.ticks[MODULE].click()
        page.scope.foot.start.click()
        assert page.model.session.assessment.modules == (MODULE,)
        assert not page.model.session.checklist.modules[1].shipped

    def test_saying_no_adds_nothing(self, qtbot, page, take, tmp_path, folder):
        question = take(put(tmp_path, "甲.yaml", module_file()))
        qtbot.keyClick(question, Qt.Key.Key_Escape)
        assert question.question is None
        assert not folder.exists()
        assert page.scope.own.rows == []

    def test_a_workbook_is_taken_like_a_module_file(self, qtbot, page, take, tmp_path):
        book = tmp_path / "行业规则.xlsx"
        book.write_bytes(skeleton_book("PCB", TITLE))
        take(book)
        press(qtbot, page, "添加")
        assert [file.id for file in page.scope.own.files] == [MODULE]

    def test_a_programme_has_no_box(self, qtbot, page, take, tmp_path):
        take(put(tmp_path, "fushan.yaml", programme_file()))
        press(qtbot, page, "添加")
        (row,) = page.scope.own.rows
        assert isinstance(row, OwnProgrammeRow)
        assert "fushan" not in page.scope.ticks

    def test_ticks_that_stand_already_survive(self, qtbot, page, take, tmp_path):
        page.scope.ticks["XIC"].click()
        take(put(tmp_path, "甲.yaml", module_file()))
        press(qtbot, page, "添加")
        assert page.scope.chosen() == ["XIC"]
        assert page.scope.ticks["XIC"].isChecked()


class TestFaults:
    def test_a_faulty_file_is_refused_with_its_lines(self, page, take, tmp_path, folder):
        question = take(put(tmp_path, "坏.yaml", faulty_file()))
        assert "还不能用" in question.question.title
        assert list(question.buttons) == ["看问题", "关闭"]
        question.buttons["看问题"].click()
        panel = page.findChild(ProblemPanel)
        assert "weight应当是1至5的整数" in said(panel)
        assert "第" in said(panel)
        panel.copy.click()
        copied = QApplication.clipboard().text()
        assert copied.count("坏.yaml:") >= 2
        panel.save_to(tmp_path / "问题.txt")
        assert (tmp_path / "问题.txt").read_text(encoding="utf-8") == copied
        assert not folder.exists()
        QApplication.clipboard().clear()

    def test_a_list_that_can_not_be_saved_says_so(self, page, take, tmp_path):
        take(put(tmp_path, "坏.yaml", faulty_file())).buttons["看问题"].click()
        panel = page.findChild(ProblemPanel)
        panel.save_to(tmp_path)
        assert panel._said.isVisibleTo(panel)
        assert str(tmp_path) in panel._said.accessibleName()

    @pytest.mark.parametrize(
        ("name", "content"),
        [("没有.yaml", None), ("文件夹.yaml", "dir"), ("假的.xlsx", "no zip"), ("空.yaml", "")],
    )
    def test_what_is_no_module_at_all_gets_a_sentence(self, page, take, tmp_path, name, content):
        path = tmp_path / name
        if content == "dir":
            path.mkdir()
        elif content is not None:
            path.write_text(content, encoding="utf-8")
        question = take(path)
        assert question.question.title
        assert "添加" not in question.buttons
        assert not page.scope.own._busy.isVisible()

    def test_a_bad_file_in_the_folder_spoils_no_other(self, make_page, folder):
        put(folder, "a.yaml", faulty_file())
        put(folder, "b.yaml", module_file())
        page = make_page()
        own, bad = page.scope.own.rows
        assert isinstance(own, OwnModuleRow)
        assert isinstance(bad, UnusableRow)
        assert "XIC" in page.scope.ticks
        bad._link.click()
        assert "weight" in said(page.findChild(ProblemPanel))


def test_no_part_of_it_is_ever_a_window_of_its_own(page, take, tmp_path, folder):
    for name, text in (("a.yaml", faulty_file()), ("b.yaml", module_file()), ("c.yaml", programme_file())):
        put(folder, name, text)
    seen: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                seen.append(type(watched).__name__)
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    page.scope.own._moved(None)
    take(put(tmp_path, "坏.yaml", faulty_file())).buttons["看问题"].click()
    page.scope.own.rows[0]._link.click()
    QApplication.instance().removeEventFilter(watch)
    assert len(page.scope.own.rows) == 3
    assert seen == []


def test_advice_keeps_nothing_from_being_used(make_page, folder):
    put(folder, "pcb.yaml", module_file())
    page = make_page()
    section = page.scope.own
    (file,) = section.files
    hint = ContentProblem("pcb.yaml", 7, "state-secret-mark", (("name", "绝密"),), grave=False)
    section.files = (OwnFile(file.path, replace(file.content, problems=(hint,))),)
    section.show_rows(())
    (row,) = section.rows
    assert isinstance(row, OwnModuleRow)
    assert row.acts.hints.isVisibleTo(row)
    row.acts.hints.click()
    panel = page.findChild(ProblemPanel)
    assert "不影响使用" in said(panel)
    assert "第7行" in said(panel)


class TestReplacing:
    def test_the_same_file_again_changes_nothing(self, qtbot, page, take, tmp_path):
        path = put(tmp_path, "甲.yaml", module_file())
        take(path)
        press(qtbot, page, "添加")
        assert "已经在这里" in take(path).question.title

    def test_another_file_of_the_same_id_asks_first(self, qtbot, page, take, tmp_path):
        take(put(tmp_path, "甲.yaml", module_file(version="2026.11")))
        press(qtbot, page, "添加")
        before = page.scope.own.files[0].sha256
        newer = put(tmp_path, "乙.yaml", module_file(version="2027.02"))
        question = take(newer)
        assert any(before[:12] in line for line in question.question.lines)
        question.buttons["先不替换"].click()
        assert page.scope.own.files[0].sha256 == before
        take(newer)
        press(qtbot, page, "替换")
        (file,) = page.scope.own.files
        assert file.module.version == "2027.02"


class TestRemoving:
    @pytest.fixture
    def page(self, make_page, session, folder):
        put(folder, "pcb.yaml", module_file())
        choose_modules(session, [MODULE], shelf(folder))
        return make_page()

    def ask(self, page) -> None:
        acts = page.scope.own.rows[0].acts
        acts.remove.emit(page.scope.own.files[0])

    def test_asks_and_can_be_left(self, qtbot, page, folder):
        self.ask(page)
        question = page.scope.own.question
        assert question.isAncestorOf(page.focusWidget()), "the safe way has the keyboard"
        assert any("冻结的那一份还在" in line for line in question.question.lines)
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Escape)
        assert (folder / "pcb.yaml").exists()

    def test_the_frozen_copy_stays_and_can_be_chosen_again(self, qtbot, page, folder, session):
        self.ask(page)
        press(qtbot, page, "移除")
        assert not (folder / "pcb.yaml").exists()
        (row,) = page.scope.own.rows
        assert isinstance(row, KeptModuleRow)
        assert page.scope.ticks[MODULE].isChecked()
        checklist = session.checklist
        page.scope.ticks["XIC"].click()
        page.scope.foot.change.click()
        assert session.assessment.modules == ("XIC", MODULE)
        assert checklist.modules[1] in session.checklist.modules


class TestDropping:
    def drop(self, page, *paths: Path) -> QDragEnterEvent:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPointF(9, 9).toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
        enter.ignore()
        page.dragEnterEvent(enter)
        if enter.isAccepted():
            assert page._veil.isVisible()
            page.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))
            assert not page._veil.isVisible()
        return enter

    def test_a_file_dropped_on_the_page_is_checked(self, qtbot, page, tmp_path):
        with qtbot.waitSignal(page.scope.own.question.asked, timeout=8000):
            self.drop(page, put(tmp_path, "甲.yaml", module_file()))
        assert TITLE in page.scope.own.question.question.title

    def test_two_files_at_once_are_not_taken(self, page, tmp_path):
        assert not self.drop(page, tmp_path / "a.yaml", tmp_path / "b.yaml").isAccepted()

    def test_the_button_asks_for_a_file(self, qtbot, page, tmp_path, monkeypatch):
        path = put(tmp_path, "甲.yaml", module_file())
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
        with qtbot.waitSignal(page.scope.own.question.asked, timeout=8000):
            page.scope.own.open.click()
        assert TITLE in page.scope.own.question.question.title


def test_locking_while_a_file_is_checked_is_quiet(page, tmp_path):
    page.scope.own.take(put(tmp_path, "甲.yaml", module_file()))
    page.model.lock()
    page.deleteLater()
    QApplication.processEvents()
