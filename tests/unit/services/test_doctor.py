"""Who examines: remembers the class and the day, and nothing else."""

from __future__ import annotations

import json

from support.vaults import PASSPHRASE, QUICK, new_session

from tsguard.services.doctor import Doctor
from tsguard.services.health import Outcome
from tsguard.services.seen import Standing
from tsguard.services.settings import Settings, save_settings


def _silent(_done: int, _total: int) -> None:
    pass


def test_the_day_of_the_last_examination(tmp_path):
    doctor = Doctor(tmp_path / "settings.json", QUICK)
    session = new_session(tmp_path / "v", "XIC")
    assert doctor.last_check(session) is None
    assert doctor.compare(session).standing is Standing.UNKNOWN
    found = doctor.examine_open(session, _silent, lambda: False)
    last = doctor.last_check(session)
    assert last is not None
    assert (last.outcome, last.at) == (Outcome.SOUND.value, found.at)
    assert doctor.compare(session).standing is Standing.UNCHANGED
    session.remember_place("results")
    assert doctor.compare(session).standing is Standing.NEWER
    doctor.remember(session)
    assert doctor.last_check(session) == last
    written = (tmp_path / "seen.json").read_text()
    assert set(json.loads(written)["states"][0]) == {
        "vault", "head", "length", "at", "outcome", "checked_at"
    }  # fmt: skip
    session.close()


def test_where_opened_vaults_are_not_remembered_nothing_is(tmp_path):
    save_settings(tmp_path / "settings.json", Settings(remember_recent=False))
    doctor = Doctor(tmp_path / "settings.json", QUICK)
    session = new_session(tmp_path / "v", "XIC")
    assert doctor.examine_open(session, _silent, lambda: False).outcome is Outcome.SOUND
    assert doctor.last_check(session) is None
    assert not (tmp_path / "seen.json").exists()
    session.close()


def test_from_outside_to_a_new_vault(tmp_path):
    doctor = Doctor(tmp_path / "settings.json", QUICK)
    session = new_session(tmp_path / "v", "XIC")
    session.close()
    assert doctor.outside(session.path).vault
    assert doctor.examine(session.path, PASSPHRASE, _silent, lambda: False).outcome is Outcome.SOUND
    done = doctor.salvage(session.path, PASSPHRASE, tmp_path / "n.tsg", PASSPHRASE, _silent, lambda: False)
    assert not done.lost
