"""The page 报告与申报 on a real vault, with a secret point whose name may leak."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.export_page import SECRET
from support.vaults import new_session

from tsguard.domain.secret_points import SecretPoint
from tsguard.gui.pages.export import ExportPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.services.content import choose_modules
from tsguard.services.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Without an assessment, which the page must do without."""
    made = new_session(tmp_path, choose=False)
    yield made
    if not made.closed:
        made.close()


@pytest.fixture
def model(session: Session) -> SessionModel:
    choose_modules(session, ["XIC"])
    session.points.add(SecretPoint(id="", enterprise="", name=SECRET))
    return SessionModel(session)


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, model: SessionModel, tasks: Tasks) -> ExportPage:
    made = ExportPage(theme, model, tasks)
    theme.apply(made)
    made.resize(1166, 720)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that temporary files go to."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder
