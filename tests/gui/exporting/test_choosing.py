"""Which documents, what is missing for them, and what the choice says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from support.export_page import links, shown_words

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import LEVELS, DocumentKind, Edition
from tsguard.gui.exporting.documents import KINDS, edition_words, purpose, read_back, written_down
from tsguard.gui.pages.export import ExportPage
from tsguard.gui.session_model import SessionModel

ALL = tuple(Edition(kind, level) for kind in KINDS for level in LEVELS[kind])


class TestDocuments:
    def test_every_edition_has_one_named_box(self, page):
        boxes = page.prepare.options.documents._boxes
        assert set(boxes) == set(ALL)
        assert {box.accessibleName() for box in boxes.values()} == {edition_words(each) for each in ALL}
        assert len({purpose(kind) for kind in DocumentKind}) == len(DocumentKind)

    def test_boxes_are_ticked_by_key(self, qtbot, page):
        box = page.prepare.options.documents._boxes[Edition(DocumentKind.PLAN, Level.INTERNAL)]
        with qtbot.waitSignal(page.prepare.options.changed):
            qtbot.keyClick(box, Qt.Key.Key_Space)
        assert [each.kind for each in page.prepare.options.editions] == ["report", "plan"]

    def test_internal_editions_are_warned_of(self, page):
        options = page.prepare.options
        assert "理由和佐证名称会印出" in options._which.text()
        page.open_at("internal")
        assert options.editions == (Edition(DocumentKind.REPORT, Level.INTERNAL),)
        assert "不要交出去" in options._which.text()

    def test_none_is_said_and_makes_nothing(self, page):
        page.prepare.options.documents.choose(())
        page.prepare.options._documents_chosen()
        assert "至少勾选一份" in page.prepare.options._which.text()
        page.prepare.preview()
        assert not page.prepare.making.busy

    def test_word_is_offered_where_there_is_one(self, page):
        options = page.prepare.options
        options.word.click()
        assert options.docx
        options.choose("method.submission;w")
        assert not options.docx
        assert not options.word.isEnabled()

    @pytest.mark.parametrize("editions", [(), ALL[:1], ALL[2:5], ALL])
    def test_a_choice_is_written_down_and_read_back(self, editions):
        assert read_back(written_down(editions)) == editions

    @pytest.mark.parametrize("words", ["", "x", "report", "report.internal.x", "transmittal.submission"])
    def test_what_is_no_choice_is_left_out(self, words):
        assert read_back(words) == ()

    def test_evidence_is_offered_with_its_list(self, page):
        options = page.prepare.options
        options.choose("exhibits.submission;e")
        assert options.with_evidence
        assert "逐件看过" in shown_words(options.extras)
        options.choose("report.submission;e")
        assert not options.with_evidence
        assert not options.extras.evidence.isEnabled()

    def test_both_editions_are_not_bound_together(self, page, tmp_path):
        page.prepare.options.choose("report.submission,report.internal;b")
        page.prepare.export(tmp_path / "x.pdf")
        assert not page.prepare.making.busy
        assert "不能装订" in page.prepare.outcome.text
        page.prepare.options.choose("report.submission,method.submission;b")
        assert page.prepare._order().bound

    def test_the_page_remembers_choice_and_options(self, page):
        options = page.prepare.options
        options.choose("application.submission,exhibits.internal;wb")
        place = page.place()
        options.choose("report.submission;")
        page.open_at(place)
        assert options.choice == "application.submission,exhibits.internal;wb"
        assert options.more.is_open
        assert page.place() == place

    def test_no_passphrase_is_remembered(self, page):
        extras = page.prepare.options.extras
        extras.locked.click()
        extras.secret.first.line.setText("回形针-horse")
        assert "回形针" not in page.place()
        extras.locked.click()
        assert extras.secret.text() == ""


class TestMissing:
    def test_missing_fields_are_listed_with_their_way(self, qtbot, page, model):
        missing = page.prepare.options.missing
        before = len(links(missing, "去填"))
        assert before > 5
        assert missing._count.text() == f"{before}项"
        with qtbot.waitSignal(page.go) as asked:
            links(missing, "去填")[0].click()
        assert asked.args == ["profile:credit_code"]
        model.put_enterprise(replace(model.session.enterprise, lead="张三"))
        assert len(links(missing, "去填")) == before - 1

    def test_counted_fields_lead_to_their_registers(self, page):
        targets = []
        page.go.connect(targets.append)
        for button in links(page.prepare.options.missing, "去填"):
            button.click()
        assert "evidence" in targets
        assert "points" not in targets

    def test_vetoes_and_unanswered_are_remarked(self, qtbot, page):
        missing = page.prepare.options.missing
        with qtbot.waitSignal(page.go) as asked:
            links(missing, "继续作答")[0].click()
        assert asked.args == ["checklist"]
        with qtbot.waitSignal(page.go) as asked:
            links(missing, "去看")[0].click()
        assert asked.args[0].startswith("checklist:")

    def test_the_programme_says_that_it_is_not_official(self, qtbot, page):
        options = page.prepare.options
        assert "非官方" in options._programme.text()
        assert options._disclaimer.text()
        with qtbot.waitSignal(page.go) as asked:
            links(options, "更换")[0].click()
        assert asked.args == ["application"]

    def test_without_a_date_nothing_is_made(self, page):
        page.prepare.options.on.line.clear()
        page.prepare.preview()
        assert not page.prepare.making.busy
        assert page.prepare.options.on.error


class TestExtras:
    def test_a_locked_copy_needs_a_passphrase(self, page):
        prepare = page.prepare
        prepare.options.extras.locked.click()
        prepare.export(prepare._folder)
        assert not prepare.making.busy
        assert prepare.options.extras.secret.first.error
        assert prepare.options.more.is_open

    def test_a_signature_needs_a_certificate(self, page):
        prepare = page.prepare
        prepare.options.extras.signed.click()
        prepare.export(prepare._folder)
        assert not prepare.making.busy
        assert prepare.options.extras.certificate.error

    def test_a_preview_needs_neither(self, page):
        prepare = page.prepare
        prepare.options.extras.locked.click()
        order = prepare._order(plain=True)
        assert order is not None
        assert order.passphrase is None

    def test_locking_forgets_passphrases(self, page, model):
        extras = page.prepare.options.extras
        extras.locked.click()
        extras.signed.click()
        extras.secret.first.line.setText("回形针-horse")
        extras.opener.line.setText("geheim-geheim")
        model.closing.emit()
        assert extras.secret.text() == ""
        assert extras.opener.text() == ""


def test_without_a_checklist_the_page_can_be_built(qtbot, theme, session, tasks):
    made = ExportPage(theme, SessionModel(session), tasks)
    qtbot.addWidget(made)
    assert made.findChildren(QPushButton)
