"""The page 快速自测 in a window of its own, its keys, and what stands on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tsguard.domain.scales import Verdict
from tsguard.gui.pages.quick import QuickPage
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.services.session import Session

ASKED = ("ORG-01", "IDC-01", "HRM-05", "HRM-06")
"""IDC-01 and HRM-05 are vetoes; ORG-01 may be answered 不适用."""
REASON = "由法定代表人直接负责"


def shown(qtbot: QtBot, theme: Theme, made: QuickPage) -> QuickPage:
    qtbot.addWidget(made)
    theme.apply(made)
    made.resize(1166, 720)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.take_keyboard()
    return made


def press(page: QuickPage, key: Qt.Key | str) -> None:
    """A key where the keyboard is."""
    QTest.keyClick(page.window().focusWidget() or page, key)


def at(page: QuickPage) -> str:
    return page.item.id if page.item else ""


def chosen(page: QuickPage) -> list[Verdict]:
    return [each for each, button in page.question.choices.buttons.items() if button.chosen]


def words(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(Text) if not label.isHidden())


def verdict(session: Session, item: str) -> Verdict | None:
    return session.answer(item).verdict
