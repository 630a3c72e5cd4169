"""What is said when a vault is opened: by its code, from an odd place, in an older state than before."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.vaults import PASSPHRASE, new_session

from tsguard.domain.scales import Verdict
from tsguard.gui.main_window import MainWindow
from tsguard.gui.settings_store import SettingsStore
from tsguard.services import recovery
from tsguard.services.settings import Settings


def unlock(qtbot: QtBot, window: MainWindow, path: Path, passphrase: str = PASSPHRASE) -> None:
    window.start.choose(path)
    card = window.start.card
    card.passphrase.line.setText(passphrase)
    with qtbot.waitSignal(window.unlocked):
        qtbot.keyClick(card.passphrase.line, Qt.Key.Key_Return)
    QApplication.processEvents()


def said(window: MainWindow) -> str:
    assert window.shell is not None
    return " ".join(f"{each.title}{each.text}" for each in window.shell.messages.messages)


def lock(qtbot: QtBot, window: MainWindow) -> None:
    window.lock()
    qtbot.waitUntil(lambda: not window.tasks.busy)


def make(folder: Path) -> Path:
    session = new_session(folder, "XIC")
    session.close()
    return session.path


def test_nothing_is_said_where_all_is_as_it_was(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = make(tmp_path / "a")
    unlock(qtbot, window, path)
    lock(qtbot, window)
    unlock(qtbot, window, path)
    assert "旧" not in said(window)
    assert "恢复码" not in said(window)


def test_the_recovery_code_opens_and_a_new_passphrase_is_offered(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    session = new_session(tmp_path / "a", "XIC")
    code = " ".join(recovery.groups(session))
    session.close()
    window.start.choose(session.path)
    card = window.start.card
    card.proof.other.click()
    card.proof.code.area.setPlainText(code)
    with qtbot.waitSignal(window.unlocked):
        card.unlock.click()
    QApplication.processEvents()
    assert "用恢复码打开" in said(window)
    assert window.shell is not None
    (offer,) = [each for each in window.shell.messages.messages if each.key == "by-code"]
    offer.actions[0].run()
    page = window.shell.page("settings")
    assert page.keys.passphrase.isVisible()  # type: ignore[attr-defined]
    assert not card.proof.by_code
    assert not card.proof.code.text()


def test_the_code_of_another_vault_is_said_to_be_one(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    other = new_session(tmp_path / "b", choose=False)
    code = " ".join(recovery.groups(other))
    other.close()
    window.start.choose(make(tmp_path / "a"))
    card = window.start.card
    card.proof.other.click()
    card.proof.code.area.setPlainText(code)
    card.unlock.click()
    qtbot.waitUntil(lambda: bool(card.proof.code.error))
    assert "没有写错，但打不开" in card.proof.code.error
    assert window.shell is None


def test_an_older_copy_in_its_place_is_noticed(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = make(tmp_path / "a")
    older = tmp_path / "older"
    shutil.copy(path, older)
    unlock(qtbot, window, path)
    assert window.shell is not None
    window.shell.model.answer("ORG-01", Verdict.MET)
    lock(qtbot, window)
    shutil.copy(older, path)
    unlock(qtbot, window, path)
    assert "比这台电脑" in said(window)
    assert "少" in said(window)
    # It is the state of this computer from now on.
    lock(qtbot, window)
    unlock(qtbot, window, path)
    assert "比这台电脑" not in said(window)


def test_not_where_nothing_shall_be_remembered(
    qtbot: QtBot, window: MainWindow, store: SettingsStore, tmp_path: Path
) -> None:
    store.put(Settings(remember_recent=False))
    path = make(tmp_path / "a")
    unlock(qtbot, window, path)
    lock(qtbot, window)
    assert not store.file.with_name("seen.json").exists()


def test_the_place_is_spoken_of_once(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = make(tmp_path / "Nutstore" / "我的坚果云")
    unlock(qtbot, window, path)
    assert "同步文件夹" in said(window)
    lock(qtbot, window)
    unlock(qtbot, window, path)
    assert "同步文件夹" not in said(window)
