"""出具记录: the table, the entry, its note, the scan of the sealed page, and the table as CSV."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from support.dossier import attach_scan
from support.vaults import TODAY

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Format, IssuedDocument
from tsguard.errors import DiskFull
from tsguard.gui.exporting import ledger
from tsguard.gui.pages.export import ExportPage
from tsguard.gui.widgets.empty import EmptyState
from tsguard.services.issued import scan_piece

HEAD = "ab" * 32


def entry(number: int, **changes: object) -> IssuedDocument:
    made = IssuedDocument(
        assessment="a-1",
        number=f"TSG-20261123-{number:04d}",
        dated=TODAY,
        issued_at=f"2026-11-23T02:{number:02d}:00.000000Z",
        file_name=f"珠海𬭎㵘䶮𠮷-自评报告-{number}.pdf",
        pages=38,
        size=580_000,
        sha256=f"{number:064x}",
        journal_head=HEAD,
    )
    return replace(made, **changes)


@pytest.fixture
def ledgered(page, model) -> ExportPage:
    """The page with three entries, at the second view."""
    assessment = model.session.assessment.id
    for made in (
        entry(1, assessment=assessment),
        entry(2, assessment=assessment, level=Level.INTERNAL),
        entry(3, assessment=assessment, kind=DocumentKind.PLAN, format=Format.DOCX, pages=0, signed=True),
    ):
        model.session.issued.add(made)
    model.issued_changed.emit()
    page.open_at("issued")
    return page


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    made = tmp_path / "盖章件 𬭎.pdf"
    made.write_bytes(b"%PDF-1.4 a scan")
    return made


def stored(qtbot, page: ExportPage) -> None:
    qtbot.waitUntil(lambda: not page.issued.intake.busy, timeout=30_000)


def said(page: ExportPage) -> str:
    return "".join(f"{each.title}{each.text}" for each in page.issued.view.messages.messages)


class TestTable:
    def test_an_empty_one_says_what_to_do(self, page):
        page.open_at("issued")
        shown = page.issued.view._stack.currentWidget()
        assert isinstance(shown, EmptyState)
        assert not page.issued._export.isVisible()
        page.issued.prepare_wanted.emit()
        assert page.place().startswith("make:")

    def test_newest_first_searched_and_filtered(self, ledgered):
        view = ledgered.issued.view
        assert [each.id for each in view.table.shown()] == ["D-0003", "D-0002", "D-0001"]
        view.search.setText("操作方案")
        assert [each.id for each in view.table.shown()] == ["D-0003"]
        view.search.setText("00000 00000 00000")
        assert len(view.table.shown()) == 3
        view.choose_filter(ledger.INTERNAL)
        assert [each.id for each in view.table.shown()] == ["D-0002"]
        view.choose_filter(ledger.UNSEALED)
        assert [each.id for each in view.table.shown()] == ["D-0001"]

    def test_it_sorts_by_number_as_numbers(self, ledgered, model):
        for number in range(4, 12):
            model.session.issued.add(entry(number, assessment=model.session.assessment.id))
        model.issued_changed.emit()
        table = ledgered.issued.view.table
        table.sort(0)
        assert [each.id for each in table.shown()][-2:] == ["D-0010", "D-0011"]

    def test_it_goes_along_as_csv(self, ledgered, tmp_path):
        target = tmp_path / "出具 记录.csv"
        ledgered.issued.warn_of_copy()
        assert "不加密" in said(ledgered)
        ledgered.issued.export_table(target)
        rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
        assert len(rows) == 4
        assert len({len(row) for row in rows}) == 1
        assert rows[1][0] == "D-0003"
        assert f"{1:064x}" in rows[3]

    def test_a_vault_in_the_way_of_the_csv_stays(self, ledgered, model):
        ledgered.issued.export_table(model.session.path)
        assert "没有" in said(ledgered) or "不能" in said(ledgered)
        assert model.session.issued.get("D-0001")


class TestEntry:
    def test_it_says_what_it_is(self, ledgered):
        ledgered.open_at("issued:D-0001")
        values = ledgered.issued._facts.values
        assert values["number"].text() == "TSG-20261123-0001"
        assert values["sum"].text() == f"{1:064x}"
        assert values["head"].text() == HEAD
        assert "38页" in values["size"].text()
        ledgered.issued._copy_digest()
        assert QApplication.clipboard().text() == f"{1:064x}"
        assert ledgered.place() == "issued:D-0001"

    def test_a_word_file_takes_no_scan(self, ledgered):
        ledgered.open_at("issued:D-0003")
        assert ledgered.issued.scan.isHidden()

    def test_its_note_is_stored_and_undone(self, ledgered, model):
        ledgered.open_at("issued:D-0001")
        ledgered.issued.note.area.setPlainText("交给𬭎经办人")
        ledgered.issued.form.flush()
        assert model.session.issued.get("D-0001").note == "交给𬭎经办人"
        assert model.undo_stack.undoText() == "修改出具记录D-0001"
        model.undo()
        assert model.session.issued.get("D-0001").note == ""
        assert ledgered.issued.note.text() == ""

    def test_a_note_that_is_not_stored_is_kept_on_screen(self, ledgered, model, monkeypatch):
        ledgered.open_at("issued:D-0001")

        def full(_issued: object) -> None:
            raise DiskFull(model.session.path)

        monkeypatch.setattr(model.session.issued, "put", full)
        ledgered.issued.note.area.setPlainText("没有存上的话")
        ledgered.issued.form.flush()
        assert ledgered.issued.note.error
        assert ledgered.issued.note.text() == "没有存上的话"
        assert ledgered.unsaved() == "issued:D-0001"


class TestScan:
    def test_it_is_stored_looked_at_replaced_and_taken_out(self, qtbot, ledgered, model, scan, tmp_path):
        ledgered.open_at("issued:D-0001")
        issued = ledgered.issued
        assert issued.scan.look.isHidden()
        issued.put_scan(scan)
        stored(qtbot, ledgered)
        now = model.session.issued.get("D-0001")
        assert (now.scan_name, now.scan_size) == (scan.name, scan.stat().st_size)
        assert b"".join(model.session.issued.read("D-0001")) == scan.read_bytes()
        assert issued.scan._name.text() == scan.name
        first = now.scan_sha256
        other = tmp_path / "清楚些.pdf"
        other.write_bytes(b"%PDF-1.4 a better scan")
        issued.put_scan(other)
        stored(qtbot, ledgered)
        assert model.session.issued.get("D-0001").scan_name == other.name
        model.undo()
        assert model.session.issued.get("D-0001").scan_sha256 == first
        issued.take_scan_out()
        assert not model.session.issued.get("D-0001").sealed
        issued._deletions._undo()
        assert model.session.issued.get("D-0001").scan_sha256 == first

    def test_looking_reads_the_scan_and_not_the_evidence(self, qtbot, ledgered, model, tmp_path):
        page = tmp_path / "盖章.txt"
        page.write_text("盖章页", "utf-8")
        attach_scan(model.session, "D-0001", page)  # the window takes no text; it is read here most easily
        ledgered.open_at("issued:D-0001")
        ledgered.issued.look_at_scan()
        viewer = ledgered.issued.desk.viewer
        with qtbot.waitSignal(viewer.settled, timeout=30_000):
            pass
        assert "盖章页" in viewer.words.toPlainText()
        assert viewer._open.isHidden()
        copy = tmp_path / "副本.txt"
        ledgered.issued.saving.save(scan_piece(model.session.issued.get("D-0001")), copy)
        qtbot.waitUntil(lambda: not ledgered.issued.saving.busy)
        assert copy.read_text("utf-8") == "盖章页"

    def test_it_is_dropped_on_its_entry(self, qtbot, ledgered, model, scan):
        ledgered.open_at("issued:D-0002")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(scan))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        ledgered.issued.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
        stored(qtbot, ledgered)
        assert model.session.issued.get("D-0002").scan_name == scan.name

    def test_without_an_entry_it_is_asked_which(self, ledgered, scan):
        ledgered.issued.put_scan(scan)
        assert not ledgered.issued.intake.busy
        assert "哪一份" in said(ledgered)

    @pytest.mark.parametrize("name", ["没有.pdf", "空.pdf"])
    def test_what_can_not_be_read_is_said(self, qtbot, ledgered, model, tmp_path, name):
        (tmp_path / "空.pdf").touch()
        ledgered.open_at("issued:D-0001")
        ledgered.issued.put_scan(tmp_path / name)
        stored(qtbot, ledgered)
        assert said(ledgered)
        assert not model.session.issued.get("D-0001").sealed

    @pytest.mark.parametrize("name", ["盖章页.txt", "盖章页.docx", "盖章页"])
    def test_what_can_not_be_looked_at_is_no_scan(self, qtbot, ledgered, model, tmp_path, name):
        (tmp_path / name).write_bytes(b"x")
        ledgered.open_at("issued:D-0001")
        ledgered.issued.put_scan(tmp_path / name)
        stored(qtbot, ledgered)
        assert "这不是扫描件" in said(ledgered)
        assert not model.session.issued.get("D-0001").sealed

    def test_locking_stops_it(self, qtbot, ledgered, model, tasks, tmp_path):
        big = tmp_path / "大.pdf"
        big.write_bytes(b"%PDF-1.4" + bytes(8_000_000))
        ledgered.open_at("issued:D-0001")
        ledgered.issued.put_scan(big)
        model.lock()
        qtbot.waitUntil(lambda: not tasks.busy, timeout=30_000)


class TestLastChoice:
    def test_nothing_was_issued(self):
        assert ledger.last_choice(()) == ""

    def test_the_last_export_is_ticked_again(self):
        records = [
            entry(1, journal_head="01" * 32, kind=DocumentKind.METHOD),
            entry(2, kind=DocumentKind.TRANSMITTAL),
            entry(3, kind=DocumentKind.PLAN, level=Level.INTERNAL),
            entry(4),
            entry(5, format=Format.DOCX, pages=0),
        ]
        assert ledger.last_choice(records) == "report.submission,plan.internal;w"

    def test_the_page_begins_with_it(self, qtbot, theme, model, tasks):
        model.session.issued.add(
            entry(1, assessment=model.session.assessment.id, kind=DocumentKind.METHOD, dated=date(2026, 1, 2))
        )
        made = ExportPage(theme, model, tasks)
        qtbot.addWidget(made)
        assert [each.kind for each in made.prepare.options.editions] == [DocumentKind.METHOD]
