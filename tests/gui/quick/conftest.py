"""The page 快速自测 on a real vault with four questions, opened at the first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.questions import edited, freeze, presets, with_questions
from support.quick_page import ASKED, REASON, shown
from support.vaults import new_session

from tsguard.gui.pages.quick import QuickPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.theme import Theme
from tsguard.services.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = new_session(tmp_path, "XIC")
    asked = with_questions(made.checklist, {item: f"{item}做到了吗？" for item in ASKED})
    freeze(
        made,
        edited(
            asked,
            {"ORG-01": {"may_not_apply": True}},
            presets=presets({"ORG-01": REASON}, {"IDC-01": "由归口部门每半年清一次。"}),
        ),
    )
    yield made
    if not made.closed:
        made.close()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, model: SessionModel) -> QuickPage:
    return shown(qtbot, theme, QuickPage(theme, model))
