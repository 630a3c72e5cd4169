"""The settings: the program's own, kept at once; the vault's; the chain of its journal."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.vaults import new_session

from tsguard.errors import VaultDamaged, WriteFailed
from tsguard.gui.pages.settings import SettingsPage
from tsguard.gui.program_settings import ProgramSettings
from tsguard.gui.session_model import SessionModel
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.theme import Mode
from tsguard.services.cabinet import EVIDENCE_LIMIT_CHOICES
from tsguard.services.quick_unlock import QuickUnlock
from tsguard.services.settings import Recent, Settings, load_settings, save_settings


@pytest.fixture
def model(tmp_path, app):
    model = SessionModel(new_session(tmp_path, choose=False))
    yield model
    model.session.close()


@pytest.fixture
def page(qtbot, theme, model, store, tasks, tmp_path):
    page = SettingsPage(theme, model, store, tasks, QuickUnlock(tmp_path / "keys"))
    page.resize(1166, 720)
    qtbot.addWidget(page)
    page.show()
    page.open_at("")
    return page


def test_appearance_is_in_force_and_saved_at_once(qtbot, theme, store):
    settings = ProgramSettings(theme, store)
    qtbot.addWidget(settings)
    settings.appearance.chosen.emit(Mode.DARK)
    assert theme.dark
    assert load_settings(store.file).appearance == "dark"
    theme.set_mode(Mode.LIGHT)


def test_recent_files_off_forgets_them(qtbot, theme, store):
    store.put(Settings().opened(Path("/v/x.tsg")))
    settings = ProgramSettings(theme, store)
    qtbot.addWidget(settings)
    settings.recent.click()
    assert store.value == Settings(remember_recent=False)
    settings.recent.click()
    assert store.value.remember_recent


def test_an_unknown_appearance_follows_the_system(tmp_path):
    save_settings(tmp_path / "s.json", Settings(appearance="sepia"))
    assert SettingsStore(tmp_path / "s.json").mode is Mode.SYSTEM


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b'{"recent": [{"path": 1, "opened_at": "2026-01-01"}]}',
        b'{"recent": [{"path": "x"}]}',
        b'{"remember_recent": "yes"}',
        b'{"window": 7}',
    ],
)
def test_settings_of_another_shape_are_the_defaults(tmp_path, data):
    file = tmp_path / "s.json"
    file.write_bytes(data)
    assert load_settings(file) == Settings()


def test_settings_keep_what_they_know_of_another_version(tmp_path):
    file = tmp_path / "s.json"
    file.write_text(
        '{"later": 1, "recent": [{"path": "/v/𠮷.tsg", "opened_at": "2026-01-01T00:00:00Z"}]}',
        encoding="utf-8",
    )
    (recent,) = load_settings(file).recent
    assert recent == Recent("/v/𠮷.tsg", recent.opened_at)


def test_the_limit_of_evidence_is_stored_in_the_vault(qtbot, page, model):
    with qtbot.waitSignal(model.saved):
        page.limit.chosen.emit(EVIDENCE_LIMIT_CHOICES[0])
    assert model.session.cabinet.limit == EVIDENCE_LIMIT_CHOICES[0]
    assert page.limit.value() == EVIDENCE_LIMIT_CHOICES[0]


def test_a_limit_that_is_not_stored_stays_as_it_was(qtbot, page, model, monkeypatch):
    def fail(_size: int) -> None:
        raise WriteFailed(model.session.path, "test")

    monkeypatch.setattr(model.session.cabinet, "set_limit", fail)
    before = page.limit.value()
    with qtbot.waitSignal(model.failed):
        page.limit.combo.setCurrentIndex(0)
        page.limit.combo.activated.emit(0)
    assert page.limit.value() == before


def test_the_journal_is_walked_and_the_result_said(page, model, monkeypatch):
    page.verify.click()
    assert page.verdict.isVisible()
    assert "首尾相扣" in page.verdict.accessibleName()

    def broken() -> int:
        raise VaultDamaged(model.session.path, "journal")

    monkeypatch.setattr(model.session.file, "verify_journal", broken)
    page.verify.click()
    assert "有损坏" in page.verdict.accessibleName()


def test_facts_follow_the_vault(page, model):
    assert page._facts["journal"].text().startswith("1条")
    page.limit.chosen.emit(EVIDENCE_LIMIT_CHOICES[1])
    assert page._facts["journal"].text().startswith("2条")
    assert f"末条摘要{model.session.file.journal_head[:8]}" in page._facts["journal"].text()


def test_the_numbers_of_the_recovery_sheet_stand_there_too(page, model):
    before = model.session.file.key_id
    assert page._facts["numbers"].text() == f"保险库编号{model.session.file.lineage}，钥匙编号{before}"
    model.session.file.change_passphrase("另一个口令-staple")
    model.saved.emit()
    assert before not in page._facts["numbers"].text()
    assert model.session.file.key_id in page._facts["numbers"].text()


def test_narrow_windows_get_one_column(page):
    page.fold(1000)
    assert page._columns.direction() == page._columns.Direction.TopToBottom
    page.fold(1400)
    assert page._columns.direction() == page._columns.Direction.LeftToRight
