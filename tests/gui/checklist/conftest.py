"""The checklist page on a real vault with an empty checklist, opened at HRM-05."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tsguard.domain.enterprise import Enterprise
from tsguard.gui.pages.checklist import ChecklistPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.services.content import choose_modules
from tsguard.services.session import Session
from tsguard.store.kdf import KdfProfile

CHEAP = {1: KdfProfile(memory=8, iterations=1, lanes=1)}
TODAY = date(2026, 11, 23)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = Session.create(
        tmp_path / "v.tsg",
        "passphrase 商业",
        Enterprise(name="珠海示例公司"),
        today=lambda: TODAY,
        profiles=CHEAP,
    )
    choose_modules(made, ["XIC"])
    yield made
    if not made.closed:
        made.close()


@pytest.fixture
def model(session: Session) -> SessionModel:
    return SessionModel(session)


@pytest.fixture
def tasks(app: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, model: SessionModel, tasks: Tasks) -> ChecklistPage:
    made = ChecklistPage(theme, model, tasks)
    qtbot.addWidget(made)
    theme.apply(made)
    made.resize(1166, 720)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.open_at("HRM-05")
    return made
