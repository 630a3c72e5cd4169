"""The choices about locking: kept, in force at once, and never weaker than the default by a damaged file."""

from __future__ import annotations

import json

import pytest

from tsguard.gui.program_settings import ProgramSettings
from tsguard.services.settings import LOCK_AFTER_CHOICES, Settings, load_settings, save_settings


def test_the_defaults_lock():
    made = Settings()
    assert made.lock_after_minutes == 10
    assert made.lock_with_system
    assert not made.lock_when_minimised
    assert not made.screenshots_blocked


@pytest.mark.parametrize("minutes", LOCK_AFTER_CHOICES)
def test_each_choice_is_kept(tmp_path, minutes):
    made = Settings(
        lock_after_minutes=minutes, lock_with_system=False, lock_when_minimised=True, screenshots_blocked=True
    )
    save_settings(tmp_path / "s.json", made)
    assert load_settings(tmp_path / "s.json") == made


@pytest.mark.parametrize("value", [7, -1, 10**9, "0", None, 0.5, [10], {}])
def test_a_number_nobody_could_choose_is_the_default(tmp_path, value):
    file = tmp_path / "s.json"
    file.write_text(json.dumps({"lock_after_minutes": value}), encoding="utf-8")
    assert load_settings(file).lock_after_minutes == 10


@pytest.fixture
def form(qtbot, theme, store):
    made = ProgramSettings(theme, store)
    qtbot.addWidget(made)
    return made


def test_a_choice_is_saved_at_once_and_shown_again(form, store):
    form.lock_after.combo.setCurrentIndex(LOCK_AFTER_CHOICES.index(0))
    form.lock_after.combo.activated.emit(LOCK_AFTER_CHOICES.index(0))
    form.with_system.click()
    form.when_minimised.click()
    saved = load_settings(store.file)
    assert (saved.lock_after_minutes, saved.lock_with_system, saved.lock_when_minimised) == (0, False, True)
    store.put(Settings())
    assert form.lock_after.value() == 10
    assert form.with_system.isChecked()
    assert not form.when_minimised.isChecked()


def test_every_control_has_a_name(form):
    for control in (form.lock_after.combo, form.with_system, form.when_minimised, form.no_capture):
        assert control.accessibleName()
