"""报告与申报: what is missing, the pages, the file, and what is said when it can't be written."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from support.vaults import TODAY, new_session

from tsguard.domain.disclosure import Level
from tsguard.domain.secret_points import SecretPoint
from tsguard.gui.pages.export import ExportPage, file_size
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Mode, Theme
from tsguard.services.content import choose_modules
from tsguard.services.preview import make_preview, read_preview, render_page
from tsguard.services.session import Session


@pytest.fixture
def session(tmp_path: Path):
    """Without an assessment, which some pages must do without."""
    made = new_session(tmp_path, choose=False)
    yield made
    if not made.closed:
        made.close()


@pytest.fixture
def model(session: Session) -> SessionModel:
    choose_modules(session, ["XIC"])
    session.points.add(SecretPoint(id="", enterprise="", name="玄武白虎"))
    return SessionModel(session)


@pytest.fixture
def page(qtbot, theme: Theme, model: SessionModel, tasks: Tasks) -> ExportPage:
    made = ExportPage(theme, model, tasks)
    made.resize(1166, 720)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch) -> Path:
    """The folder that temporary files go to."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def idle(qtbot, page: ExportPage) -> None:
    qtbot.waitUntil(lambda: page._running is None, timeout=60_000)


def links(page: ExportPage, word: str) -> list[QPushButton]:
    found = page.options.missing.findChildren(QPushButton)
    return [button for button in found if button.text() == word and not button.isHidden()]


class TestOptions:
    def test_missing_fields_are_listed_with_their_way(self, qtbot, page, model):
        before = len(links(page, "去填"))
        assert before > 5
        assert page.options.missing._count.text() == f"{before}项"
        with qtbot.waitSignal(page.go) as asked:
            links(page, "去填")[0].click()
        assert asked.args == ["profile:credit_code"]
        model.put_enterprise(replace(model.session.enterprise, lead="张三"))
        assert len(links(page, "去填")) == before - 1

    def test_counted_fields_lead_to_their_registers(self, page):
        targets = []
        page.go.connect(targets.append)
        for button in links(page, "去填"):
            button.click()
        assert "evidence" in targets
        assert "points" not in targets

    def test_vetoes_and_unanswered_are_remarked(self, qtbot, page):
        with qtbot.waitSignal(page.go) as asked:
            links(page, "继续作答")[0].click()
        assert asked.args == ["checklist"]
        with qtbot.waitSignal(page.go) as asked:
            links(page, "去看")[0].click()
        assert asked.args[0].startswith("checklist:")

    def test_each_level_says_what_it_shows(self, page):
        assert "不含秘点名称" in page.options._sentence.text()
        assert "理由和佐证名称会印出" in page.options._sentence.text()
        page.open_at("internal")
        assert page.options.level is Level.INTERNAL
        assert page.place() == "internal"
        assert "只给本企业" in page.options._sentence.text()

    def test_the_programme_says_that_it_is_not_official(self, page):
        assert "非官方" in page.options._programme.text()
        assert page.options._disclaimer.text()

    def test_without_a_checklist_there_is_one_way_on(self, qtbot, theme, session, tasks):
        made = ExportPage(theme, SessionModel(session), tasks)
        qtbot.addWidget(made)
        assert made._stack.currentIndex() == 1
        with qtbot.waitSignal(made.go) as asked:
            next(b for b in made.findChildren(QPushButton) if b.text() == "去选产业模块").click()
        assert asked.args == ["profile:modules"]

    def test_without_a_date_nothing_is_made(self, page):
        page.options.on.line.clear()
        page.preview()
        assert page._running is None
        assert page.options.on.error


class TestPreview:
    def test_it_shows_real_pages_and_leaves_nothing_on_disk(self, qtbot, page, scratch):
        page.preview()
        assert not page._export.isEnabled()
        idle(qtbot, page)
        assert page._export.isEnabled()
        assert page.desk.pages > 5
        assert page.desk._where.text() == f"第1页，共{page.desk.pages}页"
        assert list(scratch.iterdir()) == []

    @pytest.mark.usefixtures("scratch")
    def test_walking_and_zooming(self, qtbot, page):
        page.preview()
        idle(qtbot, page)
        desk = page.desk
        qtbot.keyClick(desk.list, Qt.Key.Key_Down)
        assert desk.page == 1
        qtbot.keyClick(desk.paper, Qt.Key.Key_PageDown)
        assert desk.page == 2
        qtbot.keyClick(desk.paper, Qt.Key.Key_PageUp)
        qtbot.keyClick(desk.list, Qt.Key.Key_End)
        assert desk.page == desk.pages - 1
        desk.paper.turned.emit(1)
        assert desk.page == desk.pages - 1
        whole = desk._zoom
        desk._fits._segments[1].click()
        assert desk._zoom > whole
        desk._in.click()
        assert desk._fits.value() is None
        assert desk._percent.text().endswith("%")
        for _time in range(12):
            desk._out.click()
        assert desk._percent.text() == "25%"
        page.grab()

    @pytest.mark.usefixtures("scratch")
    def test_it_says_when_it_is_old(self, qtbot, page, model):
        page.preview()
        idle(qtbot, page)
        assert not page.desk.is_stale
        page.options.set_level(Level.INTERNAL)
        assert page.desk.is_stale
        page.options.set_level(Level.SUBMISSION)
        assert not page.desk.is_stale
        model.put_enterprise(replace(model.session.enterprise, lead="李四"))
        assert page.desk.is_stale
        page.desk.wanted.emit()
        idle(qtbot, page)
        assert not page.desk.is_stale

    def test_it_can_be_stopped(self, qtbot, page, scratch):
        page.preview()
        page._running.cancel()
        idle(qtbot, page)
        assert page.desk.pages == 0
        assert "已取消" in page.outcome.text
        assert list(scratch.iterdir()) == []

    @pytest.mark.usefixtures("scratch")
    def test_locking_forgets_it(self, qtbot, page, model):
        page.preview()
        idle(qtbot, page)
        model.lock()
        assert page.desk.pages == 0

    def test_locking_while_it_is_made(self, qtbot, page, model, tasks, scratch):
        page.preview()
        model.lock()
        qtbot.waitUntil(lambda: not tasks.busy, timeout=60_000)
        assert page.desk.pages == 0
        assert list(scratch.iterdir()) == []


class TestExport:
    def test_the_file_its_size_and_its_sum(self, qtbot, page, tmp_path):
        target = tmp_path / "报告.pdf"
        page.export(target)
        idle(qtbot, page)
        data = target.read_bytes()
        summed = hashlib.sha256(data).hexdigest()
        assert data.startswith(b"%PDF")
        assert f"已导出{page.desk.pages}页，{file_size(len(data))}" in page.outcome.text
        assert summed in page.outcome.text
        page._copy_sum()
        assert QApplication.clipboard().text() == summed
        assert page._folder == tmp_path

    def test_a_submission_names_no_secret_point(self, qtbot, page, tmp_path):
        pdfium = pytest.importorskip("pypdfium2")
        found = {}
        for level in Level:
            page.options.set_level(level)
            page.export(tmp_path / f"{level}.pdf")
            idle(qtbot, page)
            document = pdfium.PdfDocument(tmp_path / f"{level}.pdf")
            text = "".join(leaf.get_textpage().get_text_bounded() for leaf in document)
            found[level] = "玄武白虎" in "".join(text.split())
            document.close()
        assert found == {Level.INTERNAL: True, Level.SUBMISSION: False}

    def test_a_folder_that_is_gone_is_said(self, qtbot, page, tmp_path):
        page.export(tmp_path / "none" / "x.pdf")
        idle(qtbot, page)
        assert page.outcome.text.startswith("错误，写不了文件")
        assert page._export.isEnabled()

    def test_a_character_without_a_font_is_named(self, qtbot, page, model, tmp_path):
        model.put_enterprise(replace(model.session.enterprise, lead="\U0010abcd"))
        page.export(tmp_path / "x.pdf")
        idle(qtbot, page)
        assert "U+10ABCD" in page.outcome.text
        assert not (tmp_path / "x.pdf").exists()

    def test_the_window_does_not_grow_with_what_is_said(self, qtbot, page, tmp_path):
        page.export(tmp_path / "x.pdf")
        idle(qtbot, page)
        qtbot.wait(50)
        assert page.height() == 720


def test_pages_are_pictures_of_the_asked_size(model, tmp_path):
    preview = make_preview(model.session.snapshot(), Level.SUBMISSION, on=TODAY, scale=0.25)
    assert len(preview.thumbnails) == preview.pages
    picture = render_page(preview, 0, 1.0)
    assert (picture.width, picture.height) in {(595, 842), (596, 842), (596, 843), (595, 843)}
    assert len(picture.rgba) == picture.width * picture.height * 4
    assert "rgba" not in repr(picture)
    path = tmp_path / "x.pdf"
    path.write_bytes(preview.data)
    assert read_preview(path, scale=0.25) == preview


@pytest.mark.parametrize(("size", "shown"), [(10, "1 KB"), (466_857, "456 KB"), (1_258_291, "1.2 MB")])
def test_sizes(size, shown):
    assert file_size(size) == shown


def test_a_change_of_theme_is_a_repaint(qtbot, page, theme):
    before = page.grab().toImage()
    theme.set_mode(Mode.DARK)
    assert page.grab().toImage() != before


def test_a_narrow_window_keeps_choice_and_export(page):
    page.fold(700)
    assert not page.desk.isVisible()
    assert page._export.isVisible()
    page.fold(1366)
    assert page.desk.isVisible()
