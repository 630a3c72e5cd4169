"""空白清单 on 报告与申报: a file each, nothing of the company in it, and what went wrong."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtWidgets import QWidget
from support.vaults import NAME

from tsguard.domain.worksheet import sheet_code
from tsguard.gui.exporting.blank import BlankSheet
from tsguard.gui.pages.export import ExportPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.report.second_reading import by_pdfium


@pytest.fixture
def blank(qtbot, theme: Theme, model: SessionModel, tasks: Tasks) -> BlankSheet:
    made = BlankSheet(theme, model, tasks)
    qtbot.addWidget(made)
    made.show()
    return made


def idle(qtbot, blank: BlankSheet) -> None:
    qtbot.waitUntil(lambda: blank._running is None, timeout=60_000)


def test_the_pdf(qtbot, blank, model, tmp_path):
    path = tmp_path / "空白.pdf"
    blank.export_pdf(path)
    assert not blank._pdf.isEnabled()
    idle(qtbot, blank)
    assert "页" in blank.outcome.text
    text = "".join(by_pdfium(path.read_bytes()))
    assert sheet_code(model.session.checklist) in text
    assert NAME not in text
    assert blank._pdf.isEnabled()


def test_the_workbook(qtbot, blank, model, tmp_path):
    path = tmp_path / "空白.xlsx"
    blank.export_book(path)
    idle(qtbot, blank)
    assert "空白.xlsx" in blank.outcome.text
    rows = openpyxl.load_workbook(path)["清单"].max_row
    assert rows == 2 + sum(1 for _item in model.session.checklist.items())


def test_a_place_that_can_not_be_written(qtbot, blank, tmp_path):
    blank.export_book(tmp_path / "没有" / "空白.xlsx")
    idle(qtbot, blank)
    assert "写不了文件" in blank.outcome.text
    assert not (tmp_path / "没有").exists()


def test_the_code_follows_the_modules(blank, model):
    before = blank._code.text()
    model.choose_modules([])
    assert blank._code.text() != before
    assert sheet_code(model.session.checklist) in blank._code.text()


def test_it_stands_on_the_export_page(qtbot, theme, model, tasks):
    page = ExportPage(theme, model, tasks)
    qtbot.addWidget(page)
    page.resize(1166, 720)
    page.show()
    assert page.isAncestorOf(page.prepare.blank)
    assert isinstance(page.prepare.blank, QWidget)
    assert page.prepare.blank.width() <= page.prepare._left.width()


def test_locking_stops_it(qtbot, blank, model, tmp_path):
    path = tmp_path / "空白.pdf"
    blank.export_pdf(path)
    model.lock()
    idle(qtbot, blank)
    assert path.exists() != ("取消" in blank.outcome.text)
    assert not list(tmp_path.glob("*.part"))
