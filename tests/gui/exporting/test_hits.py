"""疑似泄密: what the guard found is shown, and let pass with a reason; nothing is written before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from support.export_page import SECRET, idle, leak
from support.vaults import TODAY

from tsguard.domain.disclosure import Level
from tsguard.domain.dossier import DocumentKind, Edition, Format
from tsguard.domain.leaks import Hit, Part, Place
from tsguard.domain.secret_points import SecretPoint
from tsguard.gui.exporting.checking import HitsSheet, passages_of
from tsguard.gui.exporting.hits import MOST_SHOWN, Passage, PassageList, quoted, target_of
from tsguard.services.dossier import Made, MadeFile


def hit(key: str = "0", *, quote: str = "参与玄武白虎项目", source: str = "secret_point/SP-0001/name") -> Hit:
    start = quote.index(SECRET) if SECRET in quote else 0
    place = Place(Part.PAGE, 3)
    return Hit(key.rjust(64, "0"), DocumentKind.REPORT, source, place, quote, start, len(SECRET))


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("secret_point/SP-0003/name", "points:SP-0003"),
        ("evidence/E-07/file_name", "evidence:E-07"),
        ("answer/HRM-05/note", "checklist:HRM-05"),
        ("enterprise/e-1/note", "profile:note"),
        ("rectification/R-0001/owner", "rectification:R-0001"),
        ("", ""),
        ("secret_point", "points"),
    ],
)
def test_a_source_leads_to_its_page(source, target):
    assert target_of(source) == target


def test_a_quote_marks_the_string_and_nothing_else():
    assert quoted(hit()) == "参与**玄武白虎**项目"
    long = quoted(hit(quote="前" * 90 + SECRET + "后" * 90))
    assert long == "…" + "前" * 60 + f"**{SECRET}**" + "后" * 60 + "…"
    assert quoted(hit(quote=f"a ** b\n{SECRET}")).count("**") == 2


def test_only_some_are_shown_at_once(qtbot, theme):
    made = PassageList(theme)
    qtbot.addWidget(made)
    passages = [
        Passage(hit(str(at)), 0, "自评报告（报送版）", "第3页", "秘点") for at in range(MOST_SHOWN + 7)
    ]
    made.show_passages(passages, "")
    assert len(made.rows) == MOST_SHOWN
    assert "还有7处" in made._rest.text()


def test_what_was_typed_for_another_one_stays(qtbot, theme):
    made = PassageList(theme)
    qtbot.addWidget(made)
    passages = [Passage(hit(str(at)), 0, "自评报告（报送版）", "第3页", "秘点") for at in range(3)]
    made.show_passages(passages, "")
    made.rows[2].reason.area.setPlainText("早已公开")
    made.show_passages(passages[1:], "")
    assert [each.reason.text() for each in made.rows] == ["", "早已公开"]


def test_what_stands_in_evidence_names_the_piece():
    inside = replace(hit("1"), place=Place(Part.PAGE, 2, "E-07"))
    attached = replace(hit("2"), place=Place(Part.ATTACHMENT, 0, "assessment.json"))
    edition = Edition(DocumentKind.EXHIBITS, Level.SUBMISSION)
    file = MadeFile(edition, Format.PDF, "TSG-1", "x.pdf", 3, b"", (inside, attached, inside))
    first, second = passages_of(Made((file,), TODAY, "a", "ab" * 32))
    assert (first.piece, first.place) == ("E-07", "佐证E-07第2页")
    assert (second.piece, second.document) == ("", "佐证目录（报送版）")


def test_where_a_reason_is_asked_its_verb_is_in_sight(qtbot, theme):
    host = QWidget()
    host.resize(900, 420)
    qtbot.addWidget(host)
    hits = tuple(hit(str(at)) for at in range(8))
    file = MadeFile(
        Edition(DocumentKind.REPORT, Level.SUBMISSION), Format.PDF, "TSG-1", "x.pdf", 3, b"", hits
    )
    sheet = HitsSheet(theme, host)
    sheet.show_made(Made((file,), TODAY, "a", "ab" * 32), writes=True, desk=True)
    host.show()
    sheet.open()
    qtbot.wait(20)
    row = sheet.list.rows[3]
    sheet._panel.area.ensureWidgetVisible(row._let, 0, 0)
    row._let.click()
    qtbot.wait(20)
    assert row._ask.visibleRegion().boundingRect().height() == row._ask.height()


class TestOnThePage:
    @pytest.fixture
    def target(self, qtbot, page, model, tmp_path):
        """Where a report with a leak in it was to go."""
        self.item = leak(model, SECRET)
        made = tmp_path / "报告.pdf"
        page.prepare.export(made)
        idle(qtbot, page)
        return made

    def test_nothing_is_written_while_one_is_open(self, page, model, target):
        assert not target.exists()
        assert list(target.parent.glob(".tsguard-*")) == []
        assert len(model.session.issued) == 0
        sheet = page.prepare.sheet
        assert sheet.isVisible()
        assert not sheet.go_on.isEnabled()
        assert "疑似泄密" in page.prepare.outcome.text
        assert SECRET not in page.prepare.outcome.text
        first = sheet.list.rows[0].passage
        assert (first.document, SECRET in quoted(first.hit)) == ("自评报告（报送版）", True)

    @pytest.mark.usefixtures("target")
    def test_it_leads_to_the_page_and_to_the_record(self, qtbot, page):
        rows = page.prepare.sheet.list.rows
        on_page = next(each for each in rows if each.passage.hit.place.page)
        on_page._look.click()
        idle(qtbot, page)
        assert not page.prepare.sheet.isVisible()
        assert page.prepare.desk.page == on_page.passage.hit.place.page - 1
        model = page.prepare.desk.list.model()
        shown = model.index(page.prepare.desk.page, 0).data()
        assert "有疑似泄密" in shown
        page.prepare.outcome.hits_wanted.emit()
        with qtbot.waitSignal(page.go) as asked:
            page.prepare.sheet.list.rows[0]._source.click()
        assert asked.args == ["points:SP-0001"]

    @pytest.mark.usefixtures("target")
    def test_a_reason_must_be_given(self, page, model):
        row = page.prepare.sheet.list.rows[0]
        row._let.click()
        row._let_pass()
        assert row.reason.error
        assert len(model.session.clearances) == 0

    def test_each_is_let_pass_by_itself_and_then_it_is_written(self, qtbot, page, model, target):
        sheet = page.prepare.sheet
        while sheet.list.rows:
            before = len(sheet.list.rows)
            row = sheet.list.rows[0]
            row._let.click()
            row.reason.area.setPlainText("代号，客户早已公开")
            row._let_pass()
            qtbot.wait(1)
            assert len(sheet.list.rows) == before - 1
        assert not target.exists()
        assert sheet.go_on.isEnabled()
        qtbot.keyClick(sheet.go_on, Qt.Key.Key_Space)
        idle(qtbot, page)
        assert target.exists()
        assert {each.reason for each in model.session.clearances} == {"代号，客户早已公开"}
        assert len(model.session.issued) == 1

    @pytest.mark.usefixtures("target")
    def test_all_of_one_string_can_pass_together_and_stay_so(self, qtbot, page, tmp_path):
        sheet = page.prepare.sheet
        assert len(sheet.list.rows) > 1
        row = sheet.list.rows[0]
        row._let.click()
        row.together.click()
        row.reason.area.setPlainText("早已公开")
        row._let_pass()
        assert sheet.list.rows == []
        page.prepare.export(tmp_path / "又一份.pdf")
        idle(qtbot, page)
        assert (tmp_path / "又一份.pdf").exists()

    @pytest.mark.usefixtures("target")
    def test_changing_the_record_ends_it(self, page, model):
        model.undo()
        assert page.prepare.making.made is None
        assert page.prepare.outcome.text == ""

    @pytest.mark.usefixtures("target")
    def test_the_pages_of_an_internal_edition_may_say_it(self, qtbot, page):
        page.prepare.sheet.dismiss()
        page.open_at("internal")
        page.prepare.preview()
        idle(qtbot, page)
        assert [hit.place for hit in page.prepare.making.made.open_hits if hit.place.page] == []

    @pytest.mark.usefixtures("target")
    def test_locking_forgets_it(self, page, model):
        model.lock()
        assert not page.prepare.sheet.isVisible()
        assert page.prepare.sheet.list.rows == []


def test_the_name_that_is_chosen_for_a_file_is_looked_through(qtbot, page, model, tmp_path):
    model.session.points.add(SecretPoint(name=SECRET))
    named = tmp_path / f"{SECRET}报告.pdf"
    page.prepare.export(named)
    idle(qtbot, page)
    assert [row.passage.place for row in page.prepare.sheet.list.rows] == ["文件名"]
    assert not named.exists()
    page.prepare.sheet.dismiss()
    page.prepare.export(tmp_path / "报告.pdf")
    idle(qtbot, page)
    assert (tmp_path / "报告.pdf").exists()
    assert len(model.session.issued) == 1
