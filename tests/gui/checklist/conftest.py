"""The checklist page on a real vault with an empty checklist, opened at HRM-05."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tsguard.gui.pages.checklist import ChecklistPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme


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
