"""A file that can't be opened: examined and salvaged, or restored from a backup, all from the start page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from support.vaults import PASSPHRASE, QUICK, new_session

from tsguard.domain.answers import Answer
from tsguard.domain.scales import Verdict
from tsguard.gui.main_window import MainWindow
from tsguard.gui.settings_store import SettingsStore
from tsguard.services import backup_files, backups
from tsguard.services.session import Session


@pytest.fixture
def vault(tmp_path: Path, store: SettingsStore) -> Path:
    """A vault with one answer, and a backup of it where the window looks for backups."""
    session = new_session(tmp_path / "企业 一", "XIC")
    session.put_answer(Answer("ORG-01", verdict=Verdict.MET))
    backups.back_up(session.file, backup_files.places_of(store.value, store.file))
    session.close()
    return session.path


def try_to_open(qtbot: QtBot, window: MainWindow, path: Path) -> str:
    window.start.choose(path)
    card = window.start.card
    card.passphrase.line.setText(PASSPHRASE)
    qtbot.keyClick(card.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(card.passphrase.error))
    return card.way.text() if card.way.isVisible() else ""


def test_a_damaged_file_is_examined_and_salvaged(qtbot: QtBot, window: MainWindow, vault: Path) -> None:
    content = bytearray(vault.read_bytes())
    content[100] ^= 1
    vault.write_bytes(content)
    assert try_to_open(qtbot, window, vault) == "检查与修复"
    window.start.card.way.click()
    sheet = window.start.unlocking.ways.health
    assert sheet.sheet.isVisible()
    sheet.proof.passphrase.line.setText(PASSPHRASE)
    sheet.start.click()
    qtbot.waitUntil(sheet.repair.isVisible, timeout=20_000)
    new = vault.with_name("修好的.tsg")
    sheet.salvage_to(new)
    qtbot.waitUntil(sheet.open.isVisible, timeout=20_000)
    sheet.open.click()
    assert window.start.card.path == new
    again = Session.open(new, PASSPHRASE, profiles=QUICK)
    assert again.answer("ORG-01").verdict is Verdict.MET
    again.close()
    assert vault.read_bytes() == bytes(content)


def test_a_damaged_file_with_content_lost_is_rather_restored(
    qtbot: QtBot, window: MainWindow, vault: Path
) -> None:
    # The journal goes with the answers, so it can't stand in for them.
    content = bytearray(vault.read_bytes())
    content[len(content) // 4 :] = bytes(len(content) - len(content) // 4)
    vault.write_bytes(content)
    assert try_to_open(qtbot, window, vault) == "检查与修复"
    window.start.card.way.click()
    sheet = window.start.unlocking.ways.health
    sheet.proof.passphrase.line.setText(PASSPHRASE)
    sheet.start.click()
    qtbot.waitUntil(sheet.backup.isVisible, timeout=20_000)
    sheet.backup.click()
    lost = window.start.unlocking.ways.lost
    assert not sheet.sheet.isVisible()
    assert lost.isVisible()
    qtbot.waitUntil(lost.table.isVisible)
    lost.restore(lost.table.shown()[0])
    assert lost.sheet is not None
    # What can't be opened is put aside and replaced.
    assert lost.sheet.instead.isVisible()


def test_a_lost_file_comes_back_from_its_backup(qtbot: QtBot, window: MainWindow, vault: Path) -> None:
    vault.unlink()
    assert try_to_open(qtbot, window, vault) == "从备份恢复"
    window.start.card.way.click()
    lost = window.start.unlocking.ways.lost
    assert lost.isVisible()
    qtbot.waitUntil(lost.table.isVisible)
    (backup,) = lost.table.shown()
    lost.restore(backup)
    sheet = lost.sheet
    assert sheet is not None
    sheet.passphrase.line.setText(PASSPHRASE)
    sheet.look()
    qtbot.waitUntil(sheet.new_file.isEnabled, timeout=20_000)
    # Nothing is there to be replaced: neither said nor asked about.
    assert sheet.instead.text() == "放回原来的位置"
    assert "打不开" not in sheet.note.accessibleName()
    with qtbot.waitSignal(lost.restored, timeout=20_000):
        sheet.instead.click()
    assert window.start.card.path == vault
    assert not window.start.card.passphrase.error
    assert not window.start.card.passphrase.text()
    assert not window.start.card.way.isVisible()
    assert vault.name in window.start.notice.text()
    again = Session.open(vault, PASSPHRASE, profiles=QUICK)
    assert again.answer("ORG-01").verdict is Verdict.MET
    again.close()


def test_the_backups_of_all_vaults_can_be_seen_without_any_file(
    qtbot: QtBot, window: MainWindow, vault: Path
) -> None:
    window.start.unlocking.look_for_backups()
    assert window.start.unlocking.ways.lost.isVisible()
    assert not window.start.unlocking.ways.lost.go_on.isEnabled()


def test_without_any_backup_it_says_where_else_to_look(qtbot: QtBot, window: MainWindow) -> None:
    window.start.unlocking.look_for_backups()
    lost = window.start.unlocking.ways.lost
    qtbot.waitUntil(lost.empty.isVisible)
    assert not lost.table.isVisible()


def test_a_wrong_passphrase_offers_no_other_way(qtbot: QtBot, window: MainWindow, vault: Path) -> None:
    window.start.choose(vault)
    card = window.start.card
    card.passphrase.line.setText("not this one")
    qtbot.keyClick(card.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(card.passphrase.error))
    assert not card.way.isVisible()
