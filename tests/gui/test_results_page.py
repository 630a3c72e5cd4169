"""The results page on a real vault: every figure adds up as printed, and leads to its item."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from support.vaults import new_session, reopened

from tsguard.domain.answers import Answer
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Critical, Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import StorageError
from tsguard.gui.pages.results import ResultsPage
from tsguard.gui.results import figures
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Mode, Theme
from tsguard.scoring.arithmetic import divide_half_up, mass_text, tenths_text
from tsguard.scoring.results import Lane, UnitScore
from tsguard.services import plain_copy
from tsguard.services.session import Session

CYCLE = [Verdict.MET, Verdict.MET, Verdict.MET, Verdict.PARTLY, Verdict.UNKNOWN, None, Verdict.NOT_MET]


@pytest.fixture
def blank(tmp_path: Path) -> Iterator[Session]:
    """A vault whose checklist is chosen and in which nothing is answered."""
    made = reopened(new_session(tmp_path, "XIC"))
    yield made
    if not made.closed:
        made.close()


@pytest.fixture
def session(blank: Session) -> Session:
    """Answered in part, proved in part, with one answer above its register."""
    proved = []
    for number, item in enumerate(blank.checklist.items()):
        verdict = CYCLE[number % len(CYCLE)]
        if item.critical is Critical.VETO:
            verdict = Verdict.NOT_MET if item.id == "HRM-13" else Verdict.MET
        if item.id == "IDC-10":
            verdict = Verdict.MET
        if verdict is not None:
            blank.put_answer(Answer(item.id, verdict))
        if number % 3:
            proved.append(item.id)
    blank.cabinet.add(Evidence(id="", enterprise="", title="汇编", items=tuple(proved), paper_at="档案柜"))
    for name, day in (("甲", date(2020, 1, 1)), ("乙", date(2199, 1, 1))):
        blank.points.add(SecretPoint(id="", enterprise="", name=name, review_on=day))
    return blank


def make_page(qtbot: QtBot, theme: Theme, session: Session) -> ResultsPage:
    made = ResultsPage(theme, SessionModel(session))
    made.model.setParent(made)
    qtbot.addWidget(made)
    made.resize(1166, 688)
    made.show()
    return made


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, session: Session) -> ResultsPage:
    return make_page(qtbot, theme, session)


@pytest.fixture
def went(page: ResultsPage) -> list[str]:
    targets: list[str] = []
    page.go.connect(targets.append)
    return targets


class TestFigures:
    def test_every_formula_is_exact_and_gives_the_printed_points(self, session: Session) -> None:
        sheet = session.sheet()
        for unit in (*sheet.units, *sheet.sectors):
            for lane in Lane:
                left, _equals, result = figures.formula(unit, lane).partition(" = ")
                points, rest = left.split(" × ")
                got, full = rest.split(" ÷ ")
                assert sum(Fraction(mass_text(item.got(lane))) for item in unit.items) == Fraction(got)
                exact = Fraction(points) * Fraction(got) / Fraction(full) * 10
                assert tenths_text(divide_half_up(exact.numerator, exact.denominator)) == result
                assert result == tenths_text(unit.tenths(lane))

    def test_the_formula_of_the_reference_picture(self) -> None:
        unit = UnitScore("HRM", "人员", 14, (), 13520, 9360, 0, 97, 0)
        assert figures.formula(unit, Lane.CLAIMED) == "14 × 46.8 ÷ 67.6 = 9.7"

    def test_units_add_up_to_the_total_as_printed(self, page: ResultsPage, session: Session) -> None:
        sheet = session.sheet()
        texts = page.units._total.texts
        assert texts[1] == "100"
        for column in (2, 3):
            printed = [page.units.table.rows.cell(row, column).text for row in range(len(sheet.units))]
            assert sum(Fraction(each) for each in printed) == Fraction(texts[column])

    def test_what_gains_most_by_evidence(self, session: Session) -> None:
        sheet = session.sheet()
        gains = figures.evidence_gains(sheet)
        assert 0 < len(gains) <= 5
        assert [each.gain for each in gains] == sorted((each.gain for each in gains), reverse=True)
        flagged = {item.item for item in figures.contradicted(sheet)}
        assert "IDC-10" in flagged
        assert not flagged & {each.item for each in gains}
        for each in gains:
            score = sheet.item(each.item)
            assert score is not None
            assert score.evidenced < score.claimed

    def test_scaling_is_said_where_a_unit_does_not_apply(self, session: Session) -> None:
        total = session.sheet().claimed
        assert total is not None
        assert "折算" not in figures.rounding_rule(total)
        assert "折算" in figures.rounding_rule(replace(total, points=94))

    def test_why_says_what_caps(self, session: Session) -> None:
        for item in session.checklist.items():
            if item.id != "HRM-13":
                session.put_answer(Answer(item.id, Verdict.MET))
        sheet, assessment = session.sheet(), session.assessment
        assert sheet.claimed is not None
        assert assessment is not None
        assert sheet.claimed.band.capped_by == ("HRM-13",)
        sentence = figures.why(sheet, assessment.programme, sheet.claimed)
        assert sentence == "分数够“示范水平”，但否决项有1个不符合，等级封顶在“基本达标”。"
        session.put_answer(Answer("HRM-13", Verdict.MET))
        sheet = session.sheet()
        assert sheet.claimed is not None
        assert figures.why(sheet, assessment.programme, sheet.claimed) == "没有否决项拦住等级。"


class TestEmpty:
    def test_nothing_answered(self, qtbot: QtBot, theme: Theme, blank: Session) -> None:
        page = make_page(qtbot, theme, blank)
        assert page._empty.isVisible()
        with qtbot.waitSignal(page.go) as target:
            page._begin_button.click()
        assert target.args == ["checklist:"]
        page.model.put_answer(Answer("ORG-01", Verdict.MET))
        assert not page._empty.isVisible()
        assert page.units.isVisible()

    def test_nothing_chosen(self, qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
        session = new_session(tmp_path, choose=False)
        page = make_page(qtbot, theme, session)
        with qtbot.waitSignal(page.go) as target:
            page._begin_button.click()
        assert target.args == ["profile:modules"]
        page.model.choose_modules([])
        page.model.put_answer(Answer("ORG-01", Verdict.MET))
        page.open_at("sectors")
        assert page.sectors._none.isVisible()
        session.close()


class TestOverview:
    def test_header_and_hero(self, page: ResultsPage, session: Session) -> None:
        sheet = session.sheet()
        assert sheet.claimed is not None
        assert page._header._facts.text().startswith(f"自评{tenths_text(sheet.claimed.tenths)} · 有据")
        assert "HRM-13" in {sign.item for sign in page.hero.vetoes._signs}

    def test_a_veto_sign_leads_to_its_item(self, page: ResultsPage, went: list[str]) -> None:
        sign = next(each for each in page.hero.vetoes._signs if each.item == "HRM-13")
        assert "不符合" in sign.accessibleName()
        sign.click()
        assert went == ["checklist:HRM-13"]

    def test_a_contradiction_is_said_and_leads_there(self, page: ResultsPage, went: list[str]) -> None:
        assert page._contradictions.isVisible()
        page._contradictions.acted.emit()
        assert went == ["checklist:IDC-10"]

    def test_a_row_opens_its_factors(self, page: ResultsPage, session: Session) -> None:
        assert page.units.choose("HRM")
        assert page.panel.isVisible()
        assert page.place() == "units:HRM"
        unit = session.sheet().units[5]
        assert page.panel._formula.text() == figures.formula(unit, Lane.CLAIMED)
        page.panel._switch.chosen.emit(Lane.EVIDENCED)
        assert page.panel._formula.text() == figures.formula(unit, Lane.EVIDENCED)
        assert len(page.panel.table.shown()) == len(unit.items)

    def test_a_factor_leads_to_its_item(self, qtbot: QtBot, page: ResultsPage, went: list[str]) -> None:
        page.open_at("units:HRM")
        page.panel.table.selectRow(12)
        qtbot.keyClick(page.panel.table, Qt.Key.Key_Return)
        assert went == ["checklist:HRM-13"]

    def test_escape_closes_the_panel(self, qtbot: QtBot, page: ResultsPage) -> None:
        page.open_at("units:HRM")
        qtbot.keyClick(page, Qt.Key.Key_Escape)
        assert not page.panel.isVisible()
        assert page.place() == "units"
        assert page.units.table.value() is None

    def test_the_panel_follows_a_new_answer(self, page: ResultsPage) -> None:
        page.open_at("units:HRM")
        before = page.panel._formula.text()
        page.model.put_answer(Answer("HRM-13", Verdict.MET))
        assert page.place() == "units:HRM"
        assert page.panel._formula.text() != before

    def test_the_radar_and_the_table_agree(self, page: ResultsPage) -> None:
        page.units._radar.picked.emit(3)
        assert page.units.table.value().id == "PHY"
        assert page.units._radar._current == 3

    def test_sectors_have_the_same_panel(self, page: ResultsPage) -> None:
        page.open_at("sectors:XIC")
        assert page.place() == "sectors:XIC"
        assert page.panel._formula.text().startswith("100 × ")

    def test_seven_measures(self, page: ResultsPage) -> None:
        page.open_at("measures")
        assert len(page.measures.table.shown()) == 7
        assert page.place() == "measures"
        assert page.measures.table.rows.cell(0, 0).second

    def test_in_a_narrow_window_the_panel_takes_the_page(self, qtbot: QtBot, page: ResultsPage) -> None:
        page.resize(855, 480)
        QApplication.processEvents()
        page.units.table.selectRow(2)
        assert page.units.isVisible()
        qtbot.keyClick(page.units.table, Qt.Key.Key_Return)
        assert page.panel.isVisible()
        assert not page.units.isVisible()
        page.panel.closed.emit()
        assert page.units.isVisible()


class TestRefresh:
    def test_only_when_in_sight(self, page: ResultsPage, monkeypatch: pytest.MonkeyPatch) -> None:
        page.hide()
        shown: list[object] = []
        monkeypatch.setattr(page.units, "show_sheet", shown.append)
        page.model.put_answer(Answer("ORG-01", Verdict.PARTLY))
        assert shown == []
        page.show()
        assert len(shown) == 1

    def test_views_that_are_not_shown_follow_later(self, page: ResultsPage) -> None:
        page.open_at("gaps")
        count = len(page.gaps.table.shown())
        page.open_at("units")
        page.model.put_answer(Answer("HRM-13", Verdict.MET))
        assert len(page.gaps.table.shown()) == count
        page.open_at("gaps")
        assert len(page.gaps.table.shown()) == count - 1

    def test_fast_enough(self, page: ResultsPage) -> None:
        page.open_at("units:HRM")
        times = []
        for _round in range(7):
            page._stale.add("units")
            start = time.perf_counter()
            page.refresh()
            times.append(time.perf_counter() - start)
        assert sorted(times)[3] < 0.05

    def test_other_modules(self, page: ResultsPage) -> None:
        page.open_at("sectors:XIC")
        page.model.choose_modules([])
        assert page.sectors._none.isVisible()
        assert not page.panel.isVisible()
        page.model.undo()
        assert page.sectors._full.isVisible()

    def test_another_view_closes_the_panel(self, page: ResultsPage) -> None:
        page.open_at("units:HRM")
        page.open_at("gaps")
        assert not page.panel.isVisible()
        assert page.place() == "gaps"

    def test_after_locking(self, page: ResultsPage) -> None:
        page.model.lock()
        page.refresh()
        page.theme.changed.emit()


class TestGaps:
    @pytest.fixture(autouse=True)
    def at_gaps(self, page: ResultsPage) -> None:
        page.open_at("gaps")

    def test_vetoes_first_and_points_to_win(self, page: ResultsPage) -> None:
        first = page.gaps.table.shown()[0]
        assert first.gap.item == "HRM-13"
        assert page.gaps.table.rows.cell(0, 4).text == "+1.4"
        sector = [row for row in range(len(page.gaps._rows)) if page.gaps._rows[row].gap.sector]
        assert page.gaps.table.rows.cell(sector[0], 4).text.startswith("行业分+")

    def test_filters(self, page: ResultsPage, session: Session) -> None:
        gaps = session.sheet().gaps
        for choice, wanted in (
            ("veto", sum(gap.critical is Critical.VETO for gap in gaps)),
            ("key", sum(gap.critical is Critical.KEY for gap in gaps)),
            ("unknown", sum(gap.verdict is Verdict.UNKNOWN for gap in gaps)),
            ("unanswered", sum(gap.verdict is None for gap in gaps)),
            ("all", len(gaps)),
        ):
            page.gaps.pills.set_value(choice)
            page.gaps.pills.chosen.emit(choice)
            assert len(page.gaps.table.shown()) == wanted

    def test_search(self, page: ResultsPage) -> None:
        page.gaps.search.setText("ｈｒｍ-13")
        assert [each.gap.item for each in page.gaps.table.shown()] == ["HRM-13"]
        page.gaps.search.setText("没有这样的词")
        assert page.gaps._nothing.isVisible()
        assert not page.gaps._export.isEnabled()

    def test_sorting_keeps_sector_points_apart(self, page: ResultsPage) -> None:
        page.gaps.table.sort(4, falling=True)
        rows = page.gaps.table.shown()
        general = [each.gap.to_win for each in rows if not each.gap.sector]
        assert general == sorted(general, reverse=True)
        assert not any(each.gap.sector for each in rows[: len(general)])

    def test_enter_and_double_click_lead_to_the_item(
        self, qtbot: QtBot, page: ResultsPage, went: list[str]
    ) -> None:
        table = page.gaps.table
        table.selectRow(0)
        qtbot.keyClick(table, Qt.Key.Key_Return)
        at = table.visualRect(table.model().index(1, 2)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
        assert went == ["checklist:HRM-13", f"checklist:{table.shown()[1].gap.item}"]

    def test_csv(self, page: ResultsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        target = tmp_path / "差 距 𬭎.csv"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
        page.gaps._export.click()
        data = target.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert len(rows) == len(page.gaps.table.shown()) + 1
        assert rows[1][0] == "HRM-13"
        assert rows[1][5] == "1.4"
        assert list(tmp_path.glob("*.part")) == []

    def test_csv_cancelled(self, page: ResultsPage, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
        page.gaps._export.click()
        assert page.gaps._done.text() == ""

    def test_csv_that_fails_says_so(
        self, qtbot: QtBot, page: ResultsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        target = tmp_path / "nowhere" / "x.csv"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
        with qtbot.assertNotEmitted(page.model.failed):  # no change of the vault was lost
            page.gaps._export.click()
        assert page.gaps._trouble.isVisible()
        assert page.gaps._done.text() == ""
        assert not target.exists()
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "x.csv"), ""))
        page.gaps._export.click()
        assert not page.gaps._trouble.isVisible()
        assert "不加密" in page.gaps._done.text()

    def test_copy(self, page: ResultsPage) -> None:
        page._copy.click()
        lines = QApplication.clipboard().text().split("\n")
        assert lines[1].startswith("HRM-13\t")
        assert len(lines) == len(page.gaps.table.shown()) + 1


class TestExport:
    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", " =1", "＋1"])
    def test_no_formula_gets_through(self, text: str) -> None:
        assert plain_copy.harmless(text) == f"'{text}"

    @pytest.mark.parametrize("text", ["", "1.4", "HRM-13", "保密-协议", "𬭎"])
    def test_other_text_stays(self, text: str) -> None:
        assert plain_copy.harmless(text) == text

    def test_tsv_keeps_its_cells(self) -> None:
        assert plain_copy.as_tsv([("a\tb", "c\nd")]) == "a b\tc d"

    def test_an_older_file_survives_a_failure(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        target = tmp_path / "x.csv"
        target.write_bytes(b"old")

        def refuse(*_args: object) -> None:
            raise PermissionError(13, "no")

        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(StorageError):
            plain_copy.write_csv(target, [("new",)])
        assert target.read_bytes() == b"old"
        assert list(tmp_path.glob("*.part")) == []


def test_dark_and_every_width(qtbot: QtBot, page: ResultsPage) -> None:
    page.theme.set_mode(Mode.DARK)
    for width in (640, 855, 1044, 1166, 1720):
        page.resize(width, 480)
        for target in ("units", "units:HRM", "measures", "sectors:XIC", "gaps"):
            page.open_at(target)
            assert not page.grab().isNull()
        page.open_at("units")
    page.theme.set_mode(Mode.LIGHT)


def test_copying_the_units_takes_the_sum_along(page: ResultsPage) -> None:
    page._copy.click()
    lines = QApplication.clipboard().text().split("\n")
    assert lines[-1].startswith("合计\t100\t")
    assert len(lines) == len(page.units.table.shown()) + 2
