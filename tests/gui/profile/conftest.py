"""The profile page, with a folder for content of the person's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.vaults import new_session

from tsguard.gui.pages.profile import ProfilePage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.services.session import Session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where own content is kept; not there before the first file is."""
    return tmp_path / "settings" / "checklists"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = new_session(tmp_path, choose=False)
    yield made
    if not made.closed:
        made.close()


@pytest.fixture
def make_page(
    qtbot: QtBot, theme: Theme, session: Session, tasks: Tasks, folder: Path
) -> Callable[[], ProfilePage]:
    """Builds the page anew, as after another unlock."""

    def make() -> ProfilePage:
        made = ProfilePage(theme, SessionModel(session), tasks, folder)
        made.model.setParent(made)
        qtbot.addWidget(made)
        made.resize(1166, 688)
        made.show()
        return made

    return make


@pytest.fixture
def page(make_page: Callable[[], ProfilePage]) -> ProfilePage:
    return make_page()
