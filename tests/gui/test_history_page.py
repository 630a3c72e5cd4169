"""变更记录 on a real vault: lines that load as one scrolls, a change opened, a past day beside now."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QTableView
from pytestqt.qtbot import QtBot
from support.dossier import CLEARANCE, TASK, attach_scan, document
from support.vaults import NAME, PASSPHRASE, QUICK

from tsguard.domain.answers import Answer
from tsguard.domain.enterprise import Enterprise
from tsguard.domain.evidence import Evidence
from tsguard.domain.scales import Tier, Verdict
from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import DiskFull
from tsguard.gui.main_window import MainWindow
from tsguard.gui.pages.history import HistoryPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Mode, Theme
from tsguard.report.words import grouped
from tsguard.services import plain_copy
from tsguard.services.content import choose_modules
from tsguard.services.history_words import HistoryKind
from tsguard.services.session import Session
from tsguard.store.vault import Vault

MARK = "标记鸑鷟"


class Clock:
    """What the journal reads."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC) - timedelta(days=10)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **time_: float) -> None:
        self.now += timedelta(**time_)

    @property
    def day(self) -> date:
        return self.now.astimezone().date()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    """Begun ten days ago; a note typed in pieces, a point raised, a verdict that changed since."""
    vault = Vault.create(
        tmp_path / "企业.tsg",
        PASSPHRASE,
        who="王工",
        clock=clock,
        profiles=QUICK,
        first=lambda writer: writer.put_enterprise(Enterprise(id="e1", name=NAME)),
    )
    made = Session(vault)
    choose_modules(made, ("XIC",))
    clock.on(days=2)
    made.put_answer(Answer("HRM-05", Verdict.MET))
    for text in ("应", "应签", "应签46人𬭎㵘"):
        clock.on(seconds=30)
        made.put_answer(replace(made.answer("HRM-05"), note=text))
    clock.on(days=3)
    point = made.points.add(SecretPoint(name="玄武", tier=Tier.IMPORTANT))
    made.points.put(replace(point, tier=Tier.CORE))
    made.cabinet.add(Evidence(title="范本", items=("HRM-05",), paper_at="柜"))
    made.put_answer(replace(made.answer("HRM-05"), verdict=Verdict.PARTLY))
    yield made
    if not made.closed:
        made.close()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, session: Session, tasks: Tasks) -> HistoryPage:
    made = HistoryPage(theme, SessionModel(session), tasks)
    made.model.setParent(made)
    qtbot.addWidget(made)
    made.resize(1166, 688)
    made.show()
    return made


def texts(page: HistoryPage) -> list[str]:
    return [line.text for line in page.lines.table.shown()]


def labels(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def past(qtbot: QtBot, page: HistoryPage, day: date) -> None:
    page.open_at(f"past:{day.isoformat()}")
    qtbot.waitUntil(lambda: page.past.state is not None and page.past.state.day == day and not page.past.busy)


class TestLines:
    def test_newest_first_with_their_words(self, page: HistoryPage) -> None:
        assert texts(page) == [
            "HRM-05的作答：符合→部分符合",
            "添加佐证E-01《范本》",
            "秘点SP-0001：等级重要→核心",
            "新增秘点SP-0001“玄武”",
            "写了HRM-05的备注",
            "HRM-05的作答：未答→符合",
            texts(page)[-2],
            f"建立企业档案：{NAME}",
        ]
        assert "另有2条" in labels(page.lines)

    def test_what_was_issued_and_let_pass_stands_together(self, page: HistoryPage, session: Session) -> None:
        session.rectifications.add(TASK)
        attach_scan(session, session.issued.add(document(session)).id, Path(__file__))
        session.clearances.add(CLEARANCE)
        lines = page.lines
        for kind, found in (
            (HistoryKind.RECTIFICATION, ["新建整改任务R-0001（HRM-05）"]),
            (
                HistoryKind.ISSUED,
                [
                    "放行了一处疑似泄密（申报书，C-0001）",
                    "存入了D-0001的盖章件",
                    "导出了自评报告（报送版），编为D-0001",
                ],
            ),
        ):
            lines.pills.set_value(kind)
            lines.pills.chosen.emit(kind)
            assert texts(page) == found

    def test_filters(self, qtbot: QtBot, page: HistoryPage, clock: Clock) -> None:
        lines = page.lines
        lines.pills.set_value(HistoryKind.POINT)
        lines.pills.chosen.emit(HistoryKind.POINT)
        assert len(texts(page)) == 2
        lines.search.setText("核心")
        qtbot.waitUntil(lambda: len(texts(page)) == 1)
        lines.search.setText("没有这个")
        qtbot.waitUntil(lambda: not lines.table.isVisible())
        assert "没有符合的变更" in labels(lines)
        qtbot.mouseClick(lines._clear, Qt.MouseButton.LeftButton)
        assert len(texts(page)) == 8
        today = clock.day.isoformat()
        lines.since.line.setText(today)
        lines.since.line.editingFinished.emit()
        assert len(texts(page)) == 4
        lines.until.line.setText("2020-01-01")
        lines.until.line.editingFinished.emit()
        assert lines.until.error
        assert len(texts(page)) == 4

    def test_accounts_are_offered_where_there_are_several(self, page: HistoryPage, session: Session) -> None:
        assert not page.lines.who.isVisible()
        session._vault._journal._who = "李工"
        page.model.answer("ORG-01", Verdict.MET)
        assert page.lines.who.isVisible()
        page.lines.who.set_value("李工")
        page.lines.who.chosen.emit("李工")
        assert texts(page) == ["ORG-01的作答：未答→符合"]

    def test_older_lines_come_as_one_scrolls(self, qtbot: QtBot, page: HistoryPage, session: Session) -> None:
        verdicts = (Verdict.MET, Verdict.PARTLY)
        with session._vault.write() as writer:
            for number in range(330):
                writer.put_answer(session.assessment.id, Answer("ORG-01", verdicts[number % 2]))
        page.refresh()
        first = len(texts(page))
        assert first < 150
        bar = page.lines.table.verticalScrollBar()
        for _turn in range(8):
            bar.setValue(bar.maximum())
            qtbot.wait(5)
        assert len(texts(page)) == 338
        assert texts(page)[-1].startswith("建立企业档案")
        page.model.answer("ORG-02", Verdict.MET)
        assert len(texts(page)) >= 330, "what was loaded stays loaded"

    def test_what_changes_meanwhile_is_there(self, page: HistoryPage) -> None:
        page.model.answer("ORG-01", Verdict.MET)
        assert texts(page)[0] == "ORG-01的作答：未答→符合"
        page.hide()
        page.model.undo()
        page.show()
        assert texts(page)[0] == "ORG-01的作答：符合→未答"

    def test_the_chosen_line_stays_chosen(self, page: HistoryPage) -> None:
        page.lines.table.choose(lambda line: line.record == "SP-0001" and not line.came)
        page.model.answer("ORG-01", Verdict.MET)
        assert page.lines.table.value().text == "秘点SP-0001：等级重要→核心"
        assert page.panel.line == page.lines.table.value()

    def test_a_clock_that_went_back_is_marked(self, page: HistoryPage, clock: Clock) -> None:
        clock.on(hours=-5)
        page.model.answer("ORG-01", Verdict.MET)
        cell = page.lines.table.rows.cell(0, 0)
        assert (cell.icon, cell.tone) == ("warning", "warn")
        assert "倒退了5小时" in cell.tip
        page.lines.table.selectRow(0)
        assert "倒退了5小时" in labels(page.panel)


class TestDetail:
    def test_before_and_after(self, page: HistoryPage) -> None:
        page.lines.table.choose(lambda line: line.text.endswith("重要→核心"))
        said = labels(page.panel)
        for expected in ("秘点SP-0001", "等级", "改前", "重要", "改后", "核心", "王工"):
            assert expected in said
        line = page.panel.line
        assert line is not None
        assert line.digest in said.replace(" ", "")
        assert str(line.number) in said

    def test_typing_in_pieces_unfolds(self, page: HistoryPage) -> None:
        page.lines.table.choose(lambda line: line.folded == 3)
        assert [line.changes[0].after for line in page.panel.pieces.shown()] == ["应签46人𬭎㵘", "应签", "应"]
        page.lines.table.choose(lambda line: line.folded == 1)
        assert not page.panel.pieces.isVisible()

    @pytest.mark.parametrize(
        ("record", "target"),
        [("HRM-05", "checklist:HRM-05"), ("SP-0001", "points:SP-0001"), ("E-01", "evidence:E-01")],
    )
    def test_to_what_it_is_about(self, page: HistoryPage, record: str, target: str) -> None:
        went: list[str] = []
        page.go.connect(went.append)
        page.lines.table.choose(lambda line: line.record == record)
        page.panel._see.click()
        assert went == [target]

    def test_to_a_task_and_to_what_was_issued(self, page: HistoryPage) -> None:
        session, went = page.model.session, []
        session.rectifications.add(TASK)
        session.issued.add(document(session))
        session.clearances.add(CLEARANCE)
        page.refresh()
        page.go.connect(went.append)
        for record in ("R-0001", "D-0001"):
            page.lines.table.choose(lambda line, record=record: line.record == record)
            page.panel._see.click()
        assert went == ["rectification:R-0001", "export:issued:D-0001"]
        page.lines.table.choose(lambda line: line.kind is HistoryKind.CLEARANCE)
        assert not page.panel._see.isVisible(), "it has no place of its own"
        page.model.remove_task("R-0001")
        page.lines.table.choose(lambda line: line.record == "R-0001" and line.gone)
        assert not page.panel._see.isVisible()

    def test_nowhere_where_it_is_gone(self, page: HistoryPage) -> None:
        page.model.remove_evidence("E-01")
        page.lines.table.choose(lambda line: line.record == "E-01" and line.gone)
        assert not page.panel._see.isVisible()

    def test_escape_closes(self, qtbot: QtBot, page: HistoryPage) -> None:
        page.lines.table.selectRow(0)
        assert page.panel.isVisible()
        qtbot.keyClick(page, Qt.Key.Key_Escape)
        assert not page.panel.isVisible()
        assert page.panel.line is None

    def test_a_narrow_page_shows_one_at_a_time(self, page: HistoryPage) -> None:
        page.resize(800, 480)
        page.lines.table.selectRow(0)
        assert not page.panel.isVisible()
        page.lines.table.row_opened.emit(page.lines.table.value())
        assert page.panel.isVisible()
        assert not page.lines.isVisible()


class TestDigest:
    def test_a_search_for_its_beginning_says_where_the_entry_stands(
        self, qtbot: QtBot, page: HistoryPage, session: Session
    ) -> None:
        number = session.file.journal_length
        page.lines.search.setText(session.file.entry_hash(number)[:8])
        qtbot.waitUntil(lambda: len(texts(page)) == 1)
        page.lines.table.selectRow(0)
        assert f"这是第{number}条" in labels(page.panel)
        assert "此后没有再改动" in labels(page.panel)
        page.lines.clear_filter()
        page.lines.table.selectRow(1)
        assert "这是第" not in labels(page.panel)

    @pytest.mark.parametrize("width", [1166, 800])
    def test_a_reports_digest_leads_to_its_entry(
        self, qtbot: QtBot, page: HistoryPage, session: Session, width: int
    ) -> None:
        page.resize(width, 688)
        printed = grouped(session.snapshot().journal_head)
        page.model.answer("ORG-01", Verdict.MET)
        page.lines.pills.set_value(HistoryKind.POINT)
        page.lines.pills.chosen.emit(HistoryKind.POINT)
        page.check_digest()
        panel = page.digest
        assert panel is not None
        assert panel.digits.area.hasFocus()
        assert not panel.see.isVisible()
        qtbot.keyClicks(panel.digits.area, printed)
        panel.act.click()
        assert "出自这个保险库" in panel.result.accessibleName()
        assert "此后又有1次变更" in panel.result.accessibleName()
        panel.see.click()
        assert not panel.isVisible()
        assert texts(page) == ["HRM-05的作答：符合→部分符合"]
        assert "此后又有1次变更" in labels(page.panel)
        page.check_digest()
        assert (panel.digits.text(), panel.result.isVisible()) == ("", False)

    @pytest.mark.parametrize(
        ("typed", "words"),
        [("0" * 64, "没有这一条"), ("12 34", "至少要输入开头8位"), ("末条摘要", "只有数字和字母a到f")],
    )
    def test_what_does_not_lead_there_is_said(self, page: HistoryPage, typed: str, words: str) -> None:
        page.check_digest()
        panel = page.digest
        assert panel is not None
        panel.digits.area.setPlainText(typed)
        panel.act.click()
        assert words in panel.result.accessibleName() + panel.digits.error
        assert not panel.see.isVisible()
        panel.digits.area.setPlainText("1")
        assert not panel.digits.error
        assert not panel.result.isVisible()

    def test_a_slip_names_its_group(self, page: HistoryPage, session: Session) -> None:
        head = session.file.journal_head
        page.check_digest()
        panel = page.digest
        assert panel is not None
        panel.digits.area.setPlainText(grouped(head[:20] + ("1" if head[20] == "0" else "0") + head[21:]))
        panel.act.click()
        assert "第3组" in panel.result.accessibleName()


class TestPastDay:
    def test_then_beside_now(self, qtbot: QtBot, page: HistoryPage, clock: Clock, session: Session) -> None:
        past(qtbot, page, clock.day - timedelta(days=1))
        view = page.past
        view.pills.set_value("changed")
        view.pills.chosen.emit("changed")
        (row,) = view.table.shown()
        assert (row.item.id, row.then, row.now) == ("HRM-05", Verdict.MET, Verdict.PARTLY)
        said = labels(view.figures)
        assert "→" in said
        assert "共131条" in said
        went: list[str] = []
        page.go.connect(went.append)
        view.table.row_opened.emit(row)
        assert went == ["checklist:HRM-05"]
        past(qtbot, page, clock.day)
        assert view.state.sheet == session.sheet()
        assert view.state.changed == ()
        assert "没有一条的判定有变化" in labels(view)

    def test_the_day_that_is_shown_first(self, qtbot: QtBot, page: HistoryPage, clock: Clock) -> None:
        page.open_at("past")
        qtbot.waitUntil(lambda: page.past.state is not None)
        assert page.past.state.day == clock.day
        assert page.place() == f"past:{clock.day.isoformat()}"

    def test_before_the_vault(self, qtbot: QtBot, page: HistoryPage) -> None:
        past(qtbot, page, date(2020, 1, 1))
        assert "还没有记录" in labels(page.past)
        assert not page.past.table.isVisible()
        assert not page._export.isEnabled()

    def test_a_day_to_come_is_refused(self, qtbot: QtBot, page: HistoryPage, clock: Clock) -> None:
        past(qtbot, page, clock.day)
        page.past.day.line.setText("2999-01-01")
        page.past.day.line.editingFinished.emit()
        assert "还没有到" in page.past.day.error
        assert page.past.state.day == clock.day

    def test_step_by_step(self, qtbot: QtBot, page: HistoryPage, clock: Clock) -> None:
        past(qtbot, page, clock.day)
        page.past._before.click()
        qtbot.waitUntil(lambda: page.past.state.day == clock.day - timedelta(days=1))
        page.past._after.click()
        qtbot.waitUntil(lambda: page.past.state.day == clock.day)

    def test_it_follows_what_changes_now(self, qtbot: QtBot, page: HistoryPage, clock: Clock) -> None:
        past(qtbot, page, clock.day - timedelta(days=1))
        page.model.answer("ORG-01", Verdict.NOT_MET)
        qtbot.waitUntil(lambda: {each.item.id for each in page.past.state.changed} == {"HRM-05", "ORG-01"})

    def test_a_clock_that_went_back_over_the_day(self, qtbot: QtBot, page: HistoryPage, clock: Clock) -> None:
        clock.on(days=-1)
        page.model.answer("ORG-01", Verdict.MET)
        past(qtbot, page, clock.day)
        assert "电脑时间倒退过" in labels(page.past)
        assert page.past.state.answers["ORG-01"].verdict is Verdict.MET


class TestCopies:
    def test_only_after_a_warning(
        self, qtbot: QtBot, page: HistoryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "变更"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_said: (str(path), ""))
        page._export.click()
        (message,) = page.messages.messages
        assert "不加密" in message.title
        message.actions[0].run()
        written = path.with_suffix(".csv")
        qtbot.waitUntil(lambda: page._copying is None)
        rows = list(csv.reader(io.StringIO(written.read_bytes().decode("utf-8-sig"))))
        assert any("HRM-05的作答：符合→部分符合" in row for row in rows)

    def test_a_past_day(self, qtbot: QtBot, page: HistoryPage, tmp_path: Path, clock: Clock) -> None:
        past(qtbot, page, clock.day - timedelta(days=1))
        page.export(tmp_path / "清单.csv")
        qtbot.waitUntil(lambda: page._copying is None)
        text = (tmp_path / "清单.csv").read_text(encoding="utf-8-sig")
        assert "HRM-05" in text
        assert page.past.state.head in text

    def test_a_full_disk_is_said(
        self, qtbot: QtBot, page: HistoryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(path: Path, *_rest: object, **_more: object) -> None:
            raise DiskFull(path)

        monkeypatch.setattr(plain_copy, "replace_plain", full)
        page.export(tmp_path / "x.csv")
        qtbot.waitUntil(lambda: page._copying is None)
        assert page.messages.messages[0].severity == "error"
        assert not (tmp_path / "x.csv").exists()


def test_both_themes_and_the_change_between(page: HistoryPage, theme: Theme) -> None:
    page.lines.table.selectRow(0)
    light = page.grab().toImage()
    theme.set_mode(Mode.DARK)
    dark = page.grab().toImage()
    assert dark.pixelColor(5, 680) != light.pixelColor(5, 680) or dark != light


def test_everything_has_a_name(page: HistoryPage) -> None:
    for table in page.findChildren(QTableView):
        assert table.accessibleName()
    assert page.past._before.accessibleName() == "前一天"


def test_after_the_lock_nothing_of_it_is_left(
    qtbot: QtBot, window: MainWindow, session: Session, clock: Clock
) -> None:
    session.points.put(replace(session.points.get("SP-0001"), name=MARK))
    window.start.opened.emit(session)
    shell = window.shell
    assert shell is not None
    shell.go("history")
    page = shell.page("history")
    page.lines.table.selectRow(0)
    assert MARK in labels(page.panel)
    shell.go(f"history:past:{clock.day.isoformat()}")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    del page, shell
    window.lock()
    assert window.shell is None
    qtbot.wait(20)
    for table in window.findChildren(QTableView):
        assert table.accessibleName() != "变更记录"
    assert MARK not in "\n".join(label.text() for label in window.findChildren(QLabel))


@pytest.mark.slow
def test_the_page_comes_quickly_with_ten_thousand_entries(
    qtbot: QtBot, theme: Theme, session: Session, tasks: Tasks
) -> None:
    with session._vault.write() as writer:
        for number in range(10_000):
            verdict = (Verdict.MET, Verdict.PARTLY)[number // 100 % 2]
            writer.put_answer(session.assessment.id, Answer(f"ORG-{number % 100:02d}", verdict))
    page = HistoryPage(theme, SessionModel(session), tasks)
    page.model.setParent(page)
    qtbot.addWidget(page)
    page.resize(1166, 688)
    page.show()
    taken = []
    for _turn in range(5):
        begun = time.perf_counter()
        page.open_at("")
        taken.append(time.perf_counter() - begun)
    assert sorted(taken)[2] < 0.25, (
        "ten times the bar of 50 ms on a busy machine means it grew with the journal"
    )
