"""Undo of a choice of modules restores the very texts of before; the settings lie where they always lay."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from support.vaults import new_session

from tsguard.gui.session_model import SessionModel
from tsguard.services.module_books import skeleton
from tsguard.services.own_content import shelf
from tsguard.services.settings import own_folder, settings_file


@pytest.fixture
def model(tmp_path, app):
    model = SessionModel(new_session(tmp_path / "vault", "XIC"))
    yield model
    model.session.close()


def test_undo_and_redo_restore_what_was_frozen(model, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "pcb.yaml").write_bytes(skeleton("PCB", "线路板"))
    model.choose_modules(["UPCB"], shelf(own))
    first = model.session.assessment
    (own / "pcb.yaml").write_bytes(skeleton("PCB", "线路板").replace(b"weight: 3", b"weight: 5"))
    model.choose_modules(["UPCB", "XIC"], shelf(own), renew=True)
    second = model.session.assessment
    assert model.session.item("UPCB-01").weight == 5
    (own / "pcb.yaml").unlink()
    model.undo()
    assert model.session.assessment == first
    assert model.session.item("UPCB-01").weight == 3
    model.undo()
    assert model.session.assessment.modules == ("XIC",)
    model.redo()
    model.redo()
    assert model.session.assessment == second, "though its file is gone"


def test_a_module_that_is_not_there_is_told_and_changes_nothing(model, qtbot):
    before = model.session.assessment
    with qtbot.waitSignal(model.failed):
        model.choose_modules(["UXYZ"])
    assert model.session.assessment == before
    assert not model.undo_stack.canUndo()


def test_the_settings_lie_where_qt_says(monkeypatch, tmp_path):
    for value in (str(tmp_path), "", "relative"):
        monkeypatch.setenv("XDG_CONFIG_HOME", value)
        qt = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
        assert settings_file() == Path(qt) / "tsguard" / "settings.json"
    assert own_folder(tmp_path / "settings.json") == tmp_path / "checklists"
