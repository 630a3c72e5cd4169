"""Room for every text at every width: nothing is cut in height, and what grows with the page does grow."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.vaults import PASSPHRASE, QUICK, new_session

from tsguard.gui.exporting.outcome import OutcomeNote
from tsguard.gui.frame.shell import Shell
from tsguard.gui.main_window import MainWindow
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, holder, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.progress import ProgressStrip
from tsguard.gui.widgets.rows import Cell, Column
from tsguard.gui.widgets.signs import Severity
from tsguard.gui.widgets.table import DataTable
from tsguard.services.sample import create_sample

WIDTHS = (700, 860, 911, 1000, 1100, 1366, 1920)
PLACES = (
    "profile",
    "quick",
    "quick:HRM-05",
    "quick:picture",
    "checklist:HRM-05",
    "checklist:IDC-10",
    "results",
    "results:units:HRM",
    "results:measures",
    "results:sectors",
    "results:gaps",
    "points:SP-0001",
    "evidence:E-01",
    "export",
    "export:issued",
    "verify",
    "settings",
)
LONG = "这一句话很长，长到在这样窄的地方一行放不下，要分成好几行才能写完，所以高度也得跟着变。"


@pytest.fixture
def shell(window: MainWindow, tmp_path: Path) -> Shell:
    window.start.opened.emit(create_sample(tmp_path / "示芯.tsg", PASSPHRASE, profiles=QUICK))
    assert window.shell is not None
    return window.shell


def settle() -> None:
    for _turn in range(4):
        QApplication.processEvents()


def cut(part: QWidget) -> list[str]:
    """Texts that got less height than they need."""
    return [
        f"{text.text()[:20]}: {text.height()} of {text.heightForWidth(text.width())}"
        for text in part.findChildren(Text)
        if text.isVisible()
        and text.text()
        and text.height() < max(text.heightForWidth(text.width()), text.minimumSizeHint().height())
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_is_cut(window: MainWindow, shell: Shell, width: int) -> None:
    window.resize(width, 720)
    for place in PLACES:
        shell.go(place)
        settle()
        assert cut(window) == [], place


@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_is_cut_before_unlocking(window: MainWindow, tmp_path: Path, width: int) -> None:
    window.resize(width, 720)
    session = new_session(tmp_path / "很长的文件夹名字" / "又一层很长的文件夹名字", choose=False)
    session.close()
    window.start.choose(session.path)
    window.start.card.refuse(LONG)
    settle()
    assert cut(window) == []
    window.start.begin_new()
    settle()
    assert cut(window) == []


def test_figures_of_the_results_are_never_elided(window: MainWindow, shell: Shell) -> None:
    shell.go("results")
    hero = shell.page("results").hero
    for width in WIDTHS:
        window.resize(width, 720)
        settle()
        for text in (hero._answered, hero._claimed, hero._evidenced, hero._band):
            assert text.width() >= text.sizeHint().width(), width


def test_the_bar_grows_where_the_name_can_spare_it(qtbot: QtBot, theme: Theme) -> None:
    columns = [
        Column("域", Cell, main=True),
        Column("分值", lambda _row: Cell("14"), 48, "right"),
        Column("占", lambda _row: Cell("", bar=(0.5, 0.2)), 98, most=218),
    ]
    table = DataTable(theme, columns, name="域")
    qtbot.addWidget(table)
    table.set_rows(["组织"])
    widths = []
    for width in (300, 426, 470, 546, 900):
        table.resize(width, 200)
        table.show()
        settle()
        widths.append(table.columnWidth(2))
        assert table.columnWidth(0) >= min(280, width - 146)
    assert widths == [98, 98, 142, 218, 218]


@pytest.mark.parametrize("apart", [False, True])
def test_a_note_takes_the_room_of_its_new_words(qtbot: QtBot, theme: Theme, apart: bool) -> None:
    """Also where the words change while it is out of sight."""
    note = Note(theme, Severity.INFO, "")
    page = holder(column(note, None, gap=0))
    theme.apply(page)
    qtbot.addWidget(page)
    page.resize(320, 400)
    page.show()
    heights = []
    for words, action in (("短", ""), (LONG, "去看这一条"), ("短", "去看"), (LONG, "")):
        note.setVisible(not apart)
        settle()
        note.say(Severity.WARNING, words, action)
        note.show()
        settle()
        assert cut(page) == []
        assert note.height() == note.heightForWidth(320)
        heights.append(note.height())
    assert heights[0] == heights[2]
    assert heights[1] > heights[0]
    assert heights[3] < heights[1], "without the link there is more room for the words"


def test_a_notes_words_stand_level_with_its_link(qtbot: QtBot, theme: Theme) -> None:
    note = Note(theme, Severity.WARNING, "一句话。", "去看")
    page = holder(column(note, None, gap=0))
    theme.apply(page)
    qtbot.addWidget(page)
    page.resize(500, 200)
    page.show()
    settle()

    def middle(part: QWidget) -> int:
        return part.mapTo(note, QPoint(0, 0)).y() + part.height() // 2

    assert middle(note._text) == middle(note._link) == middle(note._icon)


def test_an_outcome_says_one_thing_after_the_other(qtbot: QtBot, theme: Theme) -> None:
    outcome = OutcomeNote(theme)
    page = holder(column(None, outcome, gap=0))
    theme.apply(page)
    qtbot.addWidget(page)
    page.resize(352, 400)
    page.show()
    for _again in range(2):
        outcome.say(Severity.GOOD, "已导出38页。", f"{'长' * 30}.pdf\nSHA-256 {'0a' * 32}", [("打开", print)])
        settle()
        assert cut(page) == []
        assert outcome.text == f"完成，已导出38页，{'长' * 30}.pdf\nSHA-256 {'0a' * 32}"
        tall = outcome.height()
        outcome.clear()
        settle()
        outcome.say(Severity.ERROR, "磁盘满了。", "短。")
        settle()
        assert outcome.height() < tall


def test_a_flush_link_begins_on_the_texts_edge(qtbot: QtBot, theme: Theme) -> None:
    plain, flush = Button(theme, "去看", "link"), Button(theme, "去看", "link", flush=True)
    page = holder(column(row(plain, None), row(flush, None), gap=0, margins=60))
    qtbot.addWidget(page)
    page.show()
    settle()
    assert flush.sizeHint().width() == plain.sizeHint().width() - 5

    def first_ink(button: Button) -> int:
        image = button.grab().toImage()
        ground = image.pixelColor(image.width() - 1, 0)
        return next(
            x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) != ground
        )

    assert first_ink(flush) <= 1 < first_ink(plain)


def test_bytes_are_shown_as_their_share(qtbot: QtBot, theme: Theme) -> None:
    strip = ProgressStrip(theme)
    page = holder(column(strip, gap=0))
    qtbot.addWidget(page)
    strip.start("正在存入“a”")
    strip.report(3, 38)
    assert strip._figure.text() == "3 / 38"
    strip.report(30_000_000, 90_000_000)
    assert strip._figure.text() == "33%"
    strip.finish()
