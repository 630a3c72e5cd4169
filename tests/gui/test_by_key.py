"""The whole window without a mouse: every stop of the keyboard has a name, is seen, and can be left again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QLabel, QWidget
from support.vaults import PASSPHRASE, QUICK, new_session

from tsguard.domain.scales import Verdict
from tsguard.gui.frame.page_table import PAGES
from tsguard.gui.frame.shell import Shell
from tsguard.gui.main_window import MainWindow
from tsguard.gui.widgets.buttons import Button
from tsguard.services.sample import create_sample

WIDTHS = (1366, 860)
PLACES = (
    "profile",
    "quick",
    "quick:picture",
    "checklist:HRM-05",
    "checklist:IDC-10",
    "results",
    "results:units:HRM",
    "results:measures",
    "results:sectors",
    "results:gaps",
    "rectification",
    "rectification:R-0006",
    "points",
    "evidence",
    "application",
    "application:highlights",
    "export",
    "export:issued",
    "verify",
    "settings",
)


@pytest.fixture
def shell(window: MainWindow, tmp_path: Path) -> Shell:
    window.start.opened.emit(create_sample(tmp_path / "示芯.tsg", PASSPHRASE, profiles=QUICK))
    assert window.shell is not None
    return window.shell


def stops(window: QWidget) -> list[QWidget]:
    """Everything that Tab can come to now."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not (isinstance(widget.parent(), QAbstractScrollArea) and widget.objectName().startswith("qt_"))
    ]


def nameless(window: QWidget) -> list[str]:
    labelled = {label.buddy() for label in window.findChildren(QLabel) if label.buddy() is not None}
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in stops(window)
        if not widget.accessibleName().strip() and widget not in labelled
    ]


def walk(window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Where that key leads, until it comes round."""
    went: list[QWidget] = []
    for _step in range(400):
        at = QApplication.focusWidget()
        assert at is not None
        if at in went:
            break
        went.append(at)
        QTest.keyClick(at, key)
    assert len(went) < 400
    return went


def test_the_start_page_and_its_steps(window: MainWindow, tmp_path: Path) -> None:
    assert nameless(window) == []
    session = new_session(tmp_path / "一", choose=False)
    session.close()
    window.start.choose(session.path)
    assert nameless(window) == []
    window.show_settings()
    assert nameless(window) == []
    assert window._settings is not None
    window._settings.dismiss()
    window.start.begin_new()
    page = window.start._create
    assert page is not None
    page.name_field.line.setText("甲")
    for _step in range(3):
        assert nameless(window) == []
        page.go_on()
        page.path_field.line.setText(str(tmp_path / "新.tsg"))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_stop_has_a_name(window: MainWindow, shell: Shell, width: int) -> None:
    window.resize(width, 720)
    for place in PLACES:
        shell.go(place)
        QApplication.processEvents()
        assert nameless(window) == [], place
    session = shell.model.session
    shell.go(f"points:{next(iter(session.points)).id}")
    assert nameless(window) == []
    shell.go(f"evidence:{next(iter(session.cabinet)).id}")
    assert nameless(window) == []
    shell.show_keys()
    assert nameless(window) == []


def test_the_list_of_keys_promises_only_what_there_is(window: MainWindow, shell: Shell) -> None:
    """There is no Alt+10: of the pages, nine have a key."""
    shell.show_keys()
    said = [label.text() for label in shell.findChildren(QLabel) if label.isVisibleTo(shell)]
    listed = next(each for each in said if each.startswith("企业档案、"))
    for figure, title in zip(range(1, 10), listed.split("、"), strict=True):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + figure), Qt.KeyboardModifier.AltModifier)
        assert PAGES[figure - 1].title() == title
        assert shell.current == PAGES[figure - 1].target
    assert "Alt+1–9" in said
    assert "查看表里选中的佐证文件" in said


def test_the_forms_in_the_card(window: MainWindow, shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    shell.go("checklist:ORG-07")
    page = shell.page("checklist")
    shell.model.answer("ORG-07", Verdict.NOT_APPLICABLE)
    assert nameless(window) == []
    shell.model.answer("ORG-07", Verdict.UNKNOWN)
    part = page.items.card.evidence
    for show in (lambda: part.offer_files([file]), part.register_paper, part.offer_links):
        show()
        QApplication.processEvents()
        assert nameless(window) == []


def test_an_empty_vault(window: MainWindow, tmp_path: Path) -> None:
    window.start.opened.emit(new_session(tmp_path / "空", choose=False))
    assert window.shell is not None
    for place in (
        "profile",
        "checklist",
        "results",
        "rectification",
        "points",
        "evidence",
        "export",
        "export:issued",
        "verify",
        "settings",
    ):
        window.shell.go(place)
        QApplication.processEvents()
        assert nameless(window) == [], place


@pytest.mark.parametrize("place", PLACES)
def test_tab_comes_to_everything_and_round(window: MainWindow, shell: Shell, place: str) -> None:
    shell.go(place)
    QApplication.processEvents()
    first = next(widget for widget in stops(window) if window.isAncestorOf(widget))
    first.setFocus(Qt.FocusReason.TabFocusReason)
    went = walk(window)
    assert all(widget.isVisible() for widget in went)
    # Of a group of radio buttons and of the navigation one is a stop; arrows lead on from there.
    missed = [widget for widget in stops(window) if widget not in went and not grouped(widget, went)]
    assert [f"{type(widget).__name__} {widget.accessibleName()}" for widget in missed] == []
    if len(went) > 1:
        back = walk(window, Qt.Key.Key_Backtab)
        assert set(back) == set(went)


def grouped(widget: QWidget, went: list[QWidget]) -> bool:
    """Whether arrows lead to it from a sibling that Tab came to."""
    same = [other for other in went if other.parent() is widget.parent() and type(other) is type(widget)]
    return bool(same) and not isinstance(widget, QAbstractItemView)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_as_space_does(shell: Shell, key: Qt.Key) -> None:
    shell.go("results")
    page = shell.page("results")
    link = next(each for each in page.hero.findChildren(Button) if each.text() == "HRM-13")
    QTest.keyClick(link, key)
    assert shell.place() == "checklist:HRM-13"
    fold = shell.page("checklist").beside._folds["why"][0]
    assert fold.is_open
    QTest.keyClick(fold._head, key)
    assert not fold.is_open
    shell.go("results")
    QTest.keyClick(page.hero.vetoes._signs[0], key)
    assert shell.place() == f"checklist:{page.hero.vetoes._signs[0].item}"


def test_the_keyboard_is_in_the_page_after_unlocking(window: MainWindow, tmp_path: Path) -> None:
    session = new_session(tmp_path / "二", "XIC")
    window.start.opened.emit(session)
    at = QApplication.focusWidget()
    assert at is not None
    QTest.keyClick(at, Qt.Key.Key_2)
    assert session.answer("ORG-01").verdict is Verdict.PARTLY
    for place in (
        "profile",
        "results",
        "rectification",
        "points",
        "evidence",
        "export",
        "export:issued",
        "verify",
        "settings",
    ):
        assert window.shell is not None
        window.shell.go(place)
        window.shell.take_keyboard()
        at, page = QApplication.focusWidget(), window.shell.stack.currentWidget()
        assert at is not None
        assert page.isAncestorOf(at), place
