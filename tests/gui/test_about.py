"""About the program: what it is, every part with its whole licence, and nothing that leads outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextBrowser
from pytestqt.qtbot import QtBot

from tsguard import __version__, assets
from tsguard.gui.about import words
from tsguard.gui.about.sheet import AboutPanel, AboutSheet, show_about
from tsguard.gui.main_window import MainWindow
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.services import licences
from tsguard.services.licences import Licence, Part


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> AboutPanel:
    made = AboutPanel(theme)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    QApplication.processEvents()
    return made


def said(panel: AboutPanel) -> str:
    return "\n".join(each.text() for each in panel.findChildren(Text) if each.isVisible())


def test_it_says_what_the_program_is_and_is_not(panel: AboutPanel) -> None:
    shown = said(panel)
    for word in (__version__, "不是行政认定", "不替代法律意见", "不连接网络", "说明随软件一起装好", "Apache"):
        assert word in shown
    assert panel.trouble.isHidden()


def test_every_part_is_listed_and_its_whole_licence_can_be_read(panel: AboutPanel) -> None:
    parts = licences.parts()
    assert [place.text for place in panel.list.places()[2:]] == [part.name for part in parts]
    for row, part in enumerate(parts, start=2):
        panel.list.setCurrentRow(row)
        shown = panel.part.text.toPlainText()
        assert panel.part.isVisible()
        for licence in part.texts:
            # Qt's editor takes a form feed for a paragraph.
            assert licence.text.strip("\n").replace("\f", "\n") in shown.replace("\f", "\n"), part.name


def test_the_programs_own_licence_can_be_read(panel: AboutPanel) -> None:
    panel.list.setCurrentRow(1)
    assert "Apache License" in panel.part.text.toPlainText()


def test_a_search_narrows_the_list(panel: AboutPanel) -> None:
    panel.search.setText("lgpl QT")
    assert [place.text for place in panel.list.places()] == ["Qt"]
    panel.search.setText("没有𬭎这个")
    assert panel.list.count() == 0
    assert "没有找到“没有𬭎这个”" in said(panel)
    panel.search.setText("")
    assert panel.list.places()[0].chapter == "program"
    assert "没有找到" not in said(panel)


def test_qt_says_where_its_libraries_lie_and_that_they_may_be_exchanged(panel: AboutPanel) -> None:
    panel.show_part("Qt")
    shown = said(panel)
    assert "LGPL 3.0" in shown
    assert "换成" in shown
    assert "PySide6" in shown
    panel.show_part("click")
    assert "换成" not in said(panel)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (Part("a", "1", "MIT", "https://a"), ["版本", "许可", "主页"]),
        (Part("a", "", "MIT", "", "b 2"), ["包含在", "许可"]),
        (Part("a", "1", "", ""), ["版本", "许可"]),
    ],
)
def test_lines_that_have_nothing_to_say_are_left_out(part: Part, expected: list[str]) -> None:
    assert [label for label, _value in words.facts_of(part)] == expected


def test_several_texts_stand_under_their_names() -> None:
    part = Part("a", "1", "", "", texts=(Licence("ONE", "first\n"), Licence("TWO", "second")))
    assert words.licence_text(part) == "── ONE ──\n\nfirst\n\n\n── TWO ──\n\nsecond"


def test_home_pages_are_words_only(panel: AboutPanel) -> None:
    """Nothing here can be followed: no browser widget, no link in any text."""
    panel.show_part("Qt")
    assert panel.findChildren(QTextBrowser) == []
    for text in panel.findChildren(Text):
        assert text.textFormat() is Qt.TextFormat.PlainText
        assert not text.openExternalLinks()


def test_by_key_alone(qtbot: QtBot, panel: AboutPanel) -> None:
    panel.activateWindow()
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert panel.part.text.hasFocus()
    QTest.keyClick(panel, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert panel.search.hasFocus()


def test_a_list_that_can_not_be_read_is_said_and_the_rest_is_there(
    qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bundle whose list was damaged; the program's own licence is another file."""
    folder = tmp_path / "licences"
    (folder / "texts").mkdir(parents=True)
    (folder / "parts.json").write_text("{", encoding="utf-8")
    own = (assets.resources() / "licences" / "texts" / "Apache-2.0.txt").read_bytes()
    (folder / "texts" / "Apache-2.0.txt").write_bytes(own)
    monkeypatch.setattr("tsguard.services.licences.assets.resources", lambda: tmp_path)
    panel = AboutPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(1080, 720)
    panel.show()
    assert panel.trouble.isVisible()
    assert "重新安装" in panel.trouble.accessibleName()
    assert panel.list.count() == 2
    panel.list.setCurrentRow(1)
    assert "Apache License" in panel.part.text.toPlainText()


def test_from_the_start_page_and_from_the_settings_it_is_one_sheet(
    qtbot: QtBot, window: MainWindow, theme: Theme
) -> None:
    window.start.about.click()
    sheet = window.findChild(AboutSheet)
    assert sheet is not None
    assert sheet.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert show_about(theme, window.start) is sheet


def test_it_is_narrow_enough_for_the_smallest_window(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(640, 400)
    window.start.about.click()
    sheet = window.findChild(AboutSheet)
    sheet.panel.show_part("Qt")
    QApplication.processEvents()
    assert sheet.panel.width() <= 640
    assert sheet.panel.minimumSizeHint().width() <= sheet.panel.width()
