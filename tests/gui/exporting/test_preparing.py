"""Preview, check, export: the pages, the files, and what is said when they can't be written."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support.certificates import CERTIFICATE_PASSPHRASE, make_pkcs12
from support.export_page import idle
from support.vaults import TODAY

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition
from tsguard.domain.evidence import Evidence
from tsguard.gui.exporting.making import suggested_name
from tsguard.gui.theme import Mode
from tsguard.gui.widgets.dialogs import Dialog
from tsguard.services.cabinet import filed
from tsguard.services.dossier import Order

REPORTS = "report.submission,report.internal;"


class TestPreview:
    def test_it_shows_real_pages_and_leaves_nothing_on_disk(self, qtbot, page, scratch):
        prepare = page.prepare
        prepare.preview()
        assert not prepare._export.isEnabled()
        idle(qtbot, page)
        assert prepare._export.isEnabled()
        assert prepare.desk.pages > 5
        assert prepare.desk._where.text() == f"第1页，共{prepare.desk.pages}页"
        assert "图片里的字没有读" in prepare.outcome.text
        assert list(scratch.iterdir()) == []

    @pytest.mark.usefixtures("scratch")
    def test_walking_and_zooming(self, qtbot, page):
        page.prepare.preview()
        idle(qtbot, page)
        desk = page.prepare.desk
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
    def test_one_of_several_documents_lies_on_the_desk(self, qtbot, page):
        prepare = page.prepare
        prepare.options.choose(REPORTS)
        prepare.preview()
        idle(qtbot, page)
        which = prepare.desk.which
        names = [which.itemText(at) for at in range(which.count())]
        assert names == ["自评报告（报送版）", "自评报告（内部版）", "材料移送清单（内部版）"]
        pages = {
            edition.level: each for edition, each in prepare.papers.pages.items() if edition.kind == "report"
        }
        assert prepare.desk.pages == pages[Level.SUBMISSION]
        prepare.desk.go_to(3)
        which.setFocus()
        qtbot.keyClick(which, Qt.Key.Key_Down)
        idle(qtbot, page)
        assert prepare.desk.pages == pages[Level.INTERNAL]
        assert prepare.desk.page == 0
        box = prepare.options.documents._boxes[Edition(DocumentKind.REPORT, Level.INTERNAL)]
        assert box.text() == f"{pages[Level.INTERNAL]}页"

    @pytest.mark.usefixtures("scratch")
    def test_a_bound_one_is_called_what_it_is(self, qtbot, page):
        page.prepare.options.choose("report.submission,method.submission;b")
        page.prepare.preview()
        idle(qtbot, page)
        assert page.prepare.desk.which.itemText(0) == "申报材料合订本（报送版）"

    @pytest.mark.usefixtures("scratch")
    def test_it_says_when_it_is_old(self, qtbot, page, model):
        prepare = page.prepare
        prepare.preview()
        idle(qtbot, page)
        assert prepare.desk._stale_row.isHidden()
        page.open_at("internal")
        assert not prepare.desk._stale_row.isHidden()
        assert prepare.outcome.text == ""
        page.open_at("submission")
        assert prepare.desk._stale_row.isHidden()
        model.put_enterprise(replace(model.session.enterprise, lead="李四"))
        assert not prepare.desk._stale_row.isHidden()
        prepare.desk.wanted.emit()
        idle(qtbot, page)
        assert prepare.desk._stale_row.isHidden()

    def test_it_can_be_stopped(self, qtbot, page, scratch):
        page.prepare.preview()
        page.prepare.making.stop()
        idle(qtbot, page)
        assert page.prepare.desk.pages == 0
        assert "已取消" in page.prepare.outcome.text
        assert list(scratch.iterdir()) == []

    @pytest.mark.usefixtures("scratch")
    def test_locking_forgets_it(self, qtbot, page, model):
        page.prepare.preview()
        idle(qtbot, page)
        model.lock()
        assert page.prepare.desk.pages == 0
        assert page.prepare.making.made is None
        assert page.prepare.papers.pages == {}

    def test_locking_while_it_is_made(self, qtbot, page, model, tasks, scratch):
        page.prepare.preview()
        model.lock()
        qtbot.waitUntil(lambda: not tasks.busy, timeout=60_000)
        assert page.prepare.desk.pages == 0
        assert list(scratch.iterdir()) == []


class TestExport:
    def test_the_file_its_size_and_its_sum(self, qtbot, page, model, tmp_path):
        prepare, target = page.prepare, tmp_path / "𬭎 报告.pdf"
        prepare.export(target)
        idle(qtbot, page)
        data = target.read_bytes()
        summed = hashlib.sha256(data).hexdigest()
        assert data.startswith(b"%PDF")
        assert f"已导出{prepare.desk.pages}页" in prepare.outcome.text
        assert summed in prepare.outcome.text
        prepare.outcome.copy_sums()
        assert QApplication.clipboard().text() == summed
        assert prepare._folder == tmp_path
        (issued,) = model.session.issued
        assert (issued.sha256, issued.file_name, issued.size) == (summed, target.name, len(data))

    def test_several_go_into_a_folder_with_their_list(self, qtbot, page, model, tmp_path):
        prepare, target = page.prepare, tmp_path / "申报 材料"
        prepare.options.choose("report.submission,method.submission;w")
        prepare.export(target)
        idle(qtbot, page)
        sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in target.iterdir()}
        assert len(sums) == 4  # two PDF, one DOCX, the list
        assert {each.file_name: each.sha256 for each in model.session.issued} == sums
        prepare.outcome.copy_sums()
        lines = QApplication.clipboard().text().splitlines()
        assert {line.split("  ")[1]: line.split("  ")[0] for line in lines} == sums
        assert "申报 材料" in prepare.outcome.text

    def test_what_was_previewed_is_what_is_written(self, qtbot, page, tmp_path):
        prepare = page.prepare
        prepare.preview()
        idle(qtbot, page)
        made = prepare.making.made
        prepare.export(tmp_path / "x.pdf")
        idle(qtbot, page)
        assert prepare.making.made.files[0].data is made.files[0].data
        assert (tmp_path / "x.pdf").read_bytes() == made.files[0].data

    def test_another_export_is_made_anew(self, qtbot, page, tmp_path):
        page.prepare.export(tmp_path / "一.pdf")
        idle(qtbot, page)
        page.prepare.export(tmp_path / "二.pdf")
        idle(qtbot, page)
        heads = [each.journal_head for each in page.model.session.issued]
        assert len(set(heads)) == 2

    def test_a_folder_that_is_gone_is_said(self, qtbot, page, model, tmp_path):
        page.prepare.export(tmp_path / "none" / "x.pdf")
        idle(qtbot, page)
        assert page.prepare.outcome.text.startswith("错误，写不了文件")
        assert page.prepare._export.isEnabled()
        assert len(model.session.issued) == 0

    def test_a_full_disk_leaves_nothing_and_the_next_try_works(self, qtbot, page, model, tmp_path):
        resource = pytest.importorskip("resource", reason="no limits on the size of files here")
        folder = tmp_path / "材料"
        page.prepare.options.choose(REPORTS)
        page.prepare.preview()
        idle(qtbot, page)
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, before[1]))
        try:
            page.prepare.export(folder)
            idle(qtbot, page)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert page.prepare.outcome.text.startswith("错误")
        assert not folder.exists()
        assert len(model.session.issued) == 0
        page.prepare.export(folder)
        idle(qtbot, page)
        assert len(list(folder.iterdir())) == len(model.session.issued) == 3

    def test_the_vault_is_never_replaced(self, qtbot, page, model):
        vault = model.session.path
        before = vault.read_bytes()[:64]
        page.prepare.export(vault)
        idle(qtbot, page)
        assert page.prepare.outcome.text.startswith("错误")
        assert vault.read_bytes()[:64] == before
        assert len(model.session.issued) == 0

    def test_files_of_that_name_are_asked_about(self, qtbot, page, tmp_path):
        prepare, target = page.prepare, tmp_path / "材料"
        prepare.options.choose(REPORTS)
        prepare.preview()
        idle(qtbot, page)
        target.mkdir()
        old = target / prepare.making.made.files[1].name
        old.write_bytes(b"old")
        for answer, kept in ((False, True), (True, False)):
            prepare.export(target)
            qtbot.waitUntil(lambda: bool(page.findChildren(Dialog)), timeout=60_000)
            dialog = page.findChildren(Dialog)[-1]
            dialog.button(answer).click()
            idle(qtbot, page)
            qtbot.waitUntil(lambda: not page.findChildren(Dialog))
            assert (old.read_bytes() == b"old") is kept

    def test_a_character_without_a_font_is_named(self, qtbot, page, model, tmp_path):
        model.put_enterprise(replace(model.session.enterprise, legal_representative="\U0010abcd"))
        page.prepare.options.choose("application.submission;")
        page.prepare.export(tmp_path / "x.pdf")
        idle(qtbot, page)
        assert "U+10ABCD" in page.prepare.outcome.text
        assert not (tmp_path / "x.pdf").exists()

    def test_a_certificate_that_is_none_is_said(self, qtbot, page, tmp_path):
        extras, bad = page.prepare.options.extras, tmp_path / "证书.p12"
        bad.write_bytes(b"no certificate")
        extras.signed.click()
        extras.certificate.set_text(str(bad))
        extras.opener.line.setText("geheim-geheim")
        page.prepare.export(tmp_path / "x.pdf")
        idle(qtbot, page)
        assert page.prepare.outcome.text.startswith("错误")
        assert "geheim" not in page.prepare.outcome.text
        assert not (tmp_path / "x.pdf").exists()

    def test_a_wrong_passphrase_of_the_certificate_and_then_the_right_one(self, qtbot, page, model, tmp_path):
        pytest.importorskip("pyhanko")
        extras, certificate = page.prepare.options.extras, tmp_path / "证书 𬭎.p12"
        certificate.write_bytes(make_pkcs12())
        extras.signed.click()
        extras.certificate.set_text(str(certificate))
        target = tmp_path / "x.pdf"
        for passphrase, there in (("geheim-geheim", False), (CERTIFICATE_PASSPHRASE, True)):
            extras.opener.line.setText(passphrase)
            page.prepare.export(target)
            idle(qtbot, page)
            assert target.exists() is there
            assert passphrase not in page.prepare.outcome.text
        assert [each.signed for each in model.session.issued] == [True]
        assert extras.opener.text() == ""

    def test_a_certificate_that_has_run_out_is_said_beside_the_files(self, qtbot, page, tmp_path):
        pytest.importorskip("pyhanko")
        extras, certificate = page.prepare.options.extras, tmp_path / "证书.p12"
        certificate.write_bytes(make_pkcs12(days=30))
        extras.signed.click()
        extras.certificate.set_text(str(certificate))
        extras.opener.line.setText(CERTIFICATE_PASSPHRASE)
        page.prepare.export(tmp_path / "x.pdf")
        idle(qtbot, page)
        assert (tmp_path / "x.pdf").exists()
        assert "证书已于2026-01-31到期" in page.prepare.outcome.text

    def test_a_locked_copy_lies_beside_and_its_passphrase_is_forgotten(self, qtbot, page, tmp_path):
        prepare = page.prepare
        extras = prepare.options.extras
        extras.locked.click()
        for field in (extras.secret.first, extras.secret.second):
            field.line.setText("回形针-correct")
        prepare.export(tmp_path / "材料")
        idle(qtbot, page)
        names = sorted(path.name for path in (tmp_path / "材料").iterdir())
        assert any("加密" in name for name in names)
        assert extras.secret.text() == ""
        assert prepare.making._order is None

    def test_evidence_stands_behind_its_list(self, qtbot, page, model, tmp_path):
        paper = tmp_path / "制度.pdf"
        with pikepdf.new() as made:
            for _page in range(5):
                made.add_blank_page(page_size=(595, 842))
            made.save(paper)
        cabinet = model.session.cabinet
        piece = filed(Evidence("", "", title="制度"), paper, cabinet.store_file(paper))
        cabinet.add(piece)
        counted = []
        for letters in ("", "e"):
            page.prepare.options.choose(f"exhibits.submission;{letters}")
            target = tmp_path / f"目录{letters}.pdf"
            page.prepare.export(target)
            idle(qtbot, page)
            with pikepdf.open(target) as document:
                counted.append(len(document.pages))
        assert counted[1] == counted[0] + 5
        assert "E-01" in page.prepare.outcome.text
        (_without, issued) = model.session.issued
        assert issued.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()

    def test_the_window_does_not_grow_with_what_is_said(self, qtbot, page, tmp_path):
        page.prepare.export(tmp_path / "x.pdf")
        idle(qtbot, page)
        qtbot.wait(50)
        assert page.height() == 720

    def test_the_ledger_is_one_step_away(self, qtbot, page, tmp_path):
        page.prepare.export(tmp_path / "x.pdf")
        idle(qtbot, page)
        page.prepare.outcome._see_ledger()
        assert page.place() == "issued:D-0001"


@pytest.mark.parametrize(
    ("kinds", "docx", "bound", "passphrase", "single"),
    [
        (("report",), False, False, None, True),
        (("report",), True, False, None, False),
        (("method",), True, False, None, True),
        (("report", "method"), False, False, None, False),
        (("report", "method"), False, True, None, True),
        (("report", "method"), True, True, None, False),
        (("report",), False, False, "x" * 8, False),
    ],
)
def test_one_file_or_a_folder(model, kinds, docx, bound, passphrase, single):
    editions = tuple(Edition(DocumentKind(kind), Level.SUBMISSION) for kind in kinds)
    order = Order(editions, TODAY, docx=docx, bound=bound, passphrase=passphrase)
    assert suggested_name(model.session.snapshot(), order).endswith(".pdf") is single


def test_a_change_of_theme_is_a_repaint(qtbot, page, theme):
    before = page.grab().toImage()
    theme.set_mode(Mode.DARK)
    assert page.grab().toImage() != before


def test_a_narrow_window_keeps_choice_and_export(page):
    page.fold(700)
    assert not page.prepare.desk.isVisible()
    assert page.prepare._export.isVisible()
    page.fold(1366)
    assert page.prepare.desk.isVisible()
