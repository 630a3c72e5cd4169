"""Backups that nobody asks for: made of the closed vault at locking, before the window goes."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.vaults import PASSPHRASE, QUICK, new_session

from tsguard.domain.secret_points import SecretPoint
from tsguard.gui.main_window import MainWindow
from tsguard.services import backup_files, backups, restore
from tsguard.services.backup_files import Places
from tsguard.services.backup_plan import Backup, Reason
from tsguard.services.session import Session
from tsguard.store import migrations


@pytest.fixture
def open_window(window: MainWindow, tmp_path: Path) -> MainWindow:
    window._store.put(replace(window._store.value, backup_automatic=True))
    window.start.opened.emit(new_session(tmp_path / "vault", "XIC"))
    return window


def session_of(window: MainWindow) -> Session:
    assert window.shell is not None
    return window.shell.model.session


def made(window: MainWindow) -> tuple[Backup, ...]:
    return backup_files.list_backups(backup_files.places_of(window._store.value, window._store.file))


def idle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.tasks.busy)
    qtbot.wait(10)


def test_locking_makes_one_behind_the_start_page(open_window: MainWindow, qtbot: QtBot) -> None:
    session = session_of(open_window)
    session.points.add(SecretPoint(name="配方"))
    open_window.lock()
    assert session.closed
    assert open_window.start.isVisible()
    idle(qtbot, open_window)
    (found,) = made(open_window)
    assert found.reason is Reason.AUTOMATIC
    held = dict(restore.verify(found.path, PASSPHRASE, profiles=QUICK).facts.counts)
    assert held["secret_point"] == 1


def test_it_can_be_opened_again_at_once(open_window: MainWindow, qtbot: QtBot) -> None:
    path = session_of(open_window).path
    open_window.lock()
    open_window.start.choose(path)
    open_window.start.unlocking.unlock(PASSPHRASE)
    qtbot.waitUntil(lambda: open_window.shell is not None)
    idle(qtbot, open_window)
    assert len(made(open_window)) == 1


def test_closing_waits_for_it(open_window: MainWindow, qtbot: QtBot) -> None:
    open_window.close()
    assert open_window.shell is None
    qtbot.waitUntil(lambda: not open_window.isVisible())
    assert len(made(open_window)) == 1


def test_whoever_stops_it_is_told(open_window: MainWindow, qtbot: QtBot) -> None:
    path = session_of(open_window).path
    # Holds the worker, so that the backup has not been made when it is stopped.
    door = threading.Event()
    open_window.tasks._executor().submit(door.wait, 30)
    open_window.lock()
    assert open_window._keeper is not None
    open_window._keeper.cancel()
    door.set()
    idle(qtbot, open_window)
    assert "没有备份" in open_window.start.notice.text()
    assert not made(open_window)
    open_window.start.opened.emit(Session.open(path, PASSPHRASE, profiles=QUICK))
    open_window._keeper.look()
    idle(qtbot, open_window)
    assert open_window.shell is not None
    assert [message.key for message in open_window.shell.messages.messages][-1:] == ["backups"]


def test_switched_off_there_is_none(open_window: MainWindow, qtbot: QtBot) -> None:
    store = open_window._store
    store.put(replace(store.value, backup_automatic=False))
    open_window.lock()
    idle(qtbot, open_window)
    assert not made(open_window)


def test_a_sample_is_never_backed_up(window: MainWindow, qtbot: QtBot) -> None:
    window._store.put(replace(window._store.value, backup_automatic=True))
    window.start.opened.emit(new_session(window._opener.sample_root / "x", "XIC"))
    window.lock()
    idle(qtbot, window)
    assert not made(window)


def test_one_that_fails_says_why_and_the_vault_is_locked(
    open_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "backups").write_bytes(b"")
    session = session_of(open_window)
    open_window.lock()
    idle(qtbot, open_window)
    assert session.closed
    assert "备份没有做成" in open_window.start.notice.text()


def test_the_first_session_hears_nothing_and_a_week_without_the_folder_one_line(
    open_window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, store = open_window, open_window._store
    store.put(replace(store.value, backup_folder=str(tmp_path / "stick")))
    keeper = window._backups()

    def lines() -> int:
        keeper.look()
        idle(qtbot, window)
        assert window.shell is not None
        return sum(message.key == "backups" for message in window.shell.messages.messages)

    assert lines() == 0
    past = datetime.now(UTC) - timedelta(days=8)
    places = Places(backup_files.backups_root(store.file), tmp_path / "stick")
    backups.back_up(session_of(window).file, places, clock=lambda: past)
    assert lines() == 1
    assert window.shell is not None
    window.shell.unsay("backups")
    assert lines() == 0


def test_a_large_vault_is_backed_up_while_one_works(
    open_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = open_window._backups()
    keeper.while_working()
    idle(qtbot, open_window)
    assert not made(open_window)
    monkeypatch.setattr(backups, "SMALL", 1)
    keeper.while_working()
    idle(qtbot, open_window)
    assert len(made(open_window)) == 1
    keeper.while_working()
    idle(qtbot, open_window)
    assert len(made(open_window)) == 1


def test_a_vault_of_older_tables_is_backed_up_before_they_are_changed(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = new_session(tmp_path / "vault", "XIC")
    session.close()
    number = len(migrations.MIGRATIONS) + 1
    more = (*migrations.MIGRATIONS, migrations.Migration(number, "more", lambda _database: None))
    monkeypatch.setattr(migrations, "MIGRATIONS", more)
    monkeypatch.setattr(migrations.migrate, "__defaults__", (more,))
    monkeypatch.setattr(migrations.check_version, "__defaults__", (more,))
    window._opener.open(session.path, PASSPHRASE).close()
    window._opener.taken()
    assert [each.reason for each in made(window)] == [Reason.BEFORE_UPGRADE]
