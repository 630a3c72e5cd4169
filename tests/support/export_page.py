"""What tests of 报告与申报 do with the page."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tsguard.domain.scales import Verdict
from tsguard.gui.pages.export import ExportPage
from tsguard.gui.session_model import SessionModel

SECRET = "玄武白虎"
"""The name of a secret point."""


def idle(qtbot: QtBot, page: ExportPage) -> None:
    """Wait until nothing is made, written or drawn."""
    prepare = page.prepare

    def quiet() -> bool:
        return not (prepare.making.busy or prepare.papers.busy)

    qtbot.waitUntil(quiet, timeout=120_000)


def links(part: QWidget, word: str) -> list[QPushButton]:
    """The buttons of that word that can be seen."""
    return [each for each in part.findChildren(QPushButton) if each.text() == word and not each.isHidden()]


def shown_words(part: QWidget) -> str:
    """What the labels say that can be seen when the part is."""
    return "\n".join(each.text() for each in part.findChildren(QLabel) if each.isVisibleTo(part))


def leak(model: SessionModel, secret: str) -> str:
    """Write a protected string where a submission prints it; the item's id."""
    item = next(each for each in model.session.checklist.items() if each.not_applicable_when)
    answer = model.session.answer(item.id)
    reason = f"只有{secret}项目涉及这一条"
    model.put_answer(replace(answer, verdict=Verdict.NOT_APPLICABLE, reason=reason))
    return item.id
