"""The manual in the window: outline, search, links that stay inside, both themes, by key alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.vaults import new_session

from tsguard.gui.main_window import MainWindow
from tsguard.gui.manual import page_text
from tsguard.gui.manual.reader import ManualPanel, ManualSheet, show_manual
from tsguard.gui.theme import Mode, Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.services.manual import chapters


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> ManualPanel:
    made = ManualPanel(theme)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    QApplication.processEvents()
    return made


def inks(document: QTextDocument) -> set[str]:
    """The colours of all runs."""
    found = set()
    block = document.begin()
    while block.isValid():
        step = block.begin()
        while not step.atEnd():
            found.add(step.fragment().charFormat().foreground().color().name())
            step += 1
        block = block.next()
    return found


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.name)
def test_every_chapter_is_shown_whole(panel: ManualPanel, chapter) -> None:
    panel.show_place(chapter.name)
    document = panel.text.document()
    assert panel.chapter == chapter.name
    shown = document.toPlainText()
    assert shown.startswith(chapter.title)
    assert "<!--" not in shown
    assert "**" not in shown.replace("** 2", "")
    for heading in chapter.headings[1:]:
        assert page_text.top_of(document, heading.title) > 0
    assert document.size().width() <= panel.text.viewport().width() + 1, "nothing sticks out at the right"


def test_the_outline_leads_through_the_text(qtbot: QtBot, panel: ManualPanel) -> None:
    titles = [place.text for place in panel.outline.places() if not place.inner]
    assert titles == [chapter.title for chapter in chapters()]
    panel.outline.setFocus()
    panel.outline.setCurrentRow(panel.outline.count() - 1)
    assert panel.chapter == chapters()[-1].name
    panel.show_place("09-format.md")
    place = next(each for each in panel.outline.places() if each.heading == "第二步：打开保险库")
    panel.outline.setCurrentRow(panel.outline.places().index(place))
    assert panel.text.verticalScrollBar().value() == int(
        page_text.top_of(panel.text.document(), place.heading)
    )
    QTest.keyClick(panel.outline, Qt.Key.Key_Return)
    assert panel.text.hasFocus()


def test_the_list_keeps_its_row_when_another_chapter_opens(panel: ManualPanel) -> None:
    panel.outline.setCurrentRow(panel.outline.count() - 1)
    current = panel.outline.places()[panel.outline.currentRow()]
    assert (current.chapter, current.inner) == (chapters()[-1].name, False)


def test_searching_finds_lines_and_goes_there(panel: ManualPanel) -> None:
    panel.search.setText("BitLocker")
    (place,) = panel.outline.places()
    assert "BitLocker" in place.text
    panel.outline.setCurrentRow(0)
    assert panel.chapter == place.chapter == "04-lock.md"
    assert panel.outline.places() == (place,), "what was found stays"
    panel.search.clear()
    assert len(panel.outline.places()) > len(chapters())
    panel.search.setText("没有这样的话")
    assert panel.outline.places() == ()
    assert panel._none.isVisible()
    assert "没有这样的话" in panel._none.text()


def test_links_inside_work_and_others_are_dead(panel: ManualPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", opened.append)
    panel.text.anchorClicked.emit(QUrl("07-damage.md#网盘与共享文件夹"))
    assert panel.chapter == "07-damage.md"
    assert panel.text.verticalScrollBar().value() > 0
    before = panel.text.toPlainText()
    for dead in ("https://example.org/", "file:///etc/passwd", "none.md", "../../etc/passwd", "mailto:a@b.c"):
        panel.text.anchorClicked.emit(QUrl(dead))
        assert panel.text.toPlainText() == before
    assert opened == []
    assert panel.text.loadResource(2, QUrl("file:///etc/passwd")) is None


def test_a_link_is_pressed_by_key(qtbot: QtBot, panel: ManualPanel) -> None:
    panel.show_place("01-start.md")
    panel.text.setFocus()
    QTest.keyClick(panel.text, Qt.Key.Key_Tab)
    QTest.keyClick(panel.text, Qt.Key.Key_Return)
    assert panel.chapter == "10-dossier.md"


def test_it_is_set_anew_with_the_theme(panel: ManualPanel, theme: Theme) -> None:
    panel.show_place("09-format.md", "数据表")
    light, at = inks(panel.text.document()), panel.text.verticalScrollBar().value()
    assert theme.color("ink").name() in light
    theme.set_mode(Mode.DARK)
    assert theme.color("ink").name() in inks(panel.text.document())
    assert inks(panel.text.document()).isdisjoint(light)
    assert panel.text.verticalScrollBar().value() == at
    theme.set_mode(Mode.LIGHT)


def test_before_unlocking_it_opens_from_the_settings(window: MainWindow) -> None:
    window.show_settings()
    sheet = window._settings
    assert sheet is not None
    (button,) = [each for each in sheet.findChildren(Button) if each.text() == "看安全说明"]
    button.click()
    manual = window.findChild(ManualSheet)
    assert manual is not None
    assert manual.isVisible()
    assert manual.panel.search.hasFocus()
    QTest.keyClick(manual.panel.search, Qt.Key.Key_Escape)
    assert not manual.isVisible()
    assert sheet.isVisible()


def test_after_unlocking_it_opens_from_the_list_of_keys(window: MainWindow, tmp_path, theme: Theme) -> None:
    window.start.opened.emit(new_session(tmp_path, choose=False))
    assert window.shell is not None
    window.shell.show_keys()
    (button,) = [each for each in window.shell.findChildren(Button) if each.text() == "安全说明"]
    button.click()
    manual = window.findChild(ManualSheet)
    assert manual is not None
    assert manual.isVisible()
    QTest.keyClick(manual.panel.outline, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert manual.panel.search.hasFocus()
    assert show_manual(theme, window.shell, "08-threats.md") is manual, "one for each window"
    assert manual.panel.chapter == "08-threats.md"


@pytest.mark.parametrize("width", [700, 911, 1366, 1920])
def test_there_is_room_in_narrow_windows(window: MainWindow, theme: Theme, width: int) -> None:
    window.resize(width, 600)
    sheet = show_manual(theme, window, "02-passphrase.md")
    QApplication.processEvents()
    assert sheet.panel.text.width() >= 260
    assert sheet.panel.geometry().right() <= window.width()
    document = sheet.panel.text.document()
    assert document.size().width() <= sheet.panel.text.viewport().width() + 1
