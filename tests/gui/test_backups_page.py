"""The backups page on a real vault: making, checking, restoring, deleting; and its settings."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.vaults import PASSPHRASE, QUICK

from tsguard.domain.secret_points import SecretPoint
from tsguard.gui.pages.backups import BackupsPage
from tsguard.gui.session_model import SessionModel
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.dialogs import Dialog
from tsguard.services import backup_files, backups
from tsguard.services.backup_plan import Reason
from tsguard.services.doctor import Doctor
from tsguard.services.seen import Standing
from tsguard.services.session import Session

NEW = "新的-口令-staple"


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, model: SessionModel, tasks: Tasks, store: SettingsStore) -> BackupsPage:
    made = BackupsPage(theme, model, tasks, store)
    made.resize(1100, 720)
    qtbot.addWidget(made)
    made.show()
    idle(qtbot, tasks)
    return made


def idle(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.busy and not tasks.looking)
    qtbot.wait(10)
    qtbot.waitUntil(lambda: not tasks.busy and not tasks.looking)


def back_up(session: Session, page: BackupsPage, qtbot: QtBot, reason: Reason = Reason.ASKED) -> Path:
    moment = datetime(2026, 11, 1, 8, len(backup_files.list_backups(page.places)), tzinfo=UTC)
    path = backups.back_up(session.file, page.places, reason, clock=lambda: moment).facts[0].path
    with qtbot.waitCallback() as shown:
        page.refresh(shown)
    return path


def dialog() -> Dialog:
    return next(
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, Dialog) and widget.isVisible()
    )


def test_without_any_it_says_what_to_do(page: BackupsPage) -> None:
    assert page.empty.isVisible()
    assert not page.table.isVisible()


def test_one_press_makes_a_proven_one(page: BackupsPage, qtbot: QtBot, tasks: Tasks) -> None:
    assert not page.make.isVisible()
    page.empty.findChild(Button).click()
    assert not page.make.isEnabled()
    idle(qtbot, tasks)
    (made,) = page.table.shown()
    assert made.reason is Reason.ASKED
    assert page.table.value() == made
    assert page.said.isVisible()
    assert page.make.isEnabled()
    assert page.make.isVisible()
    page.make.click()
    idle(qtbot, tasks)
    assert len(page.table.shown()) == 2


def test_a_folder_that_is_gone_is_said_and_the_local_one_made(
    page: BackupsPage, qtbot: QtBot, tasks: Tasks, store: SettingsStore, tmp_path: Path
) -> None:
    store.put(replace(store.value, backup_folder=str(tmp_path / "stick")))
    idle(qtbot, tasks)
    assert "stick" in page.warned.accessibleName()
    page.back_up()
    idle(qtbot, tasks)
    assert len(page.table.shown()) == 1
    assert "已备份到这台电脑" in page.said.accessibleName()
    # Said once, with what to do about it.
    assert "现在不在" not in page.said.accessibleName()
    assert "现在不在" in page.warned.accessibleName()
    assert "插上U盘" in page.warned.accessibleName()
    assert SettingsStore(store.file).value.backup_folder == str(tmp_path / "stick")


def test_the_list_tells_which_passphrase_opens_each(
    page: BackupsPage, session: Session, qtbot: QtBot
) -> None:
    back_up(session, page, qtbot)
    session.file.change_passphrase(NEW)
    back_up(session, page, qtbot)
    words = [page.table.rows.cell(row, 2).text for row in range(2)]
    assert words == ["现在的口令", "旧口令"]
    page.ask_delete_older()
    dialog().button("delete").click()
    qtbot.waitUntil(lambda: len(page.table.shown()) == 1)
    assert page.table.shown()[0].key_id == session.file.key_id


def test_nothing_is_deleted_without_an_answer(page: BackupsPage, session: Session, qtbot: QtBot) -> None:
    path = back_up(session, page, qtbot)
    page.table.selectRow(0)
    page.delete_button.click()
    dialog().reject()
    assert path.exists()


def test_checking_finds_a_good_and_a_damaged_one(
    page: BackupsPage, session: Session, qtbot: QtBot, tasks: Tasks
) -> None:
    path = back_up(session, page, qtbot)
    page.verify(page.table.shown()[0])
    idle(qtbot, tasks)
    assert "打得开" in page.said.accessibleName()
    content = bytearray(path.read_bytes())
    content[-300] ^= 0xFF
    path.write_bytes(content)
    page.verify(page.table.shown()[0])
    idle(qtbot, tasks)
    assert "损坏" in page.said.accessibleName()


def test_restoring_shows_first_what_differs(
    page: BackupsPage, session: Session, qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    back_up(session, page, qtbot)
    session.points.add(SecretPoint(name="新"))
    page.restore(page.table.shown()[0])
    sheet = page.sheet
    assert sheet is not None
    assert not sheet.new_file.isEnabled()
    idle(qtbot, tasks)
    assert [each.subject for each in sheet.table.shown()] == ["秘点SP-0001"]
    sheet.save_to(tmp_path / "新文件.tsg")
    idle(qtbot, tasks)
    copy = Session.open(tmp_path / "新文件.tsg", PASSPHRASE, profiles=QUICK)
    assert len(copy.points) == 0
    copy.close()
    assert len(session.points) == 1
    sheet.dismiss()
    assert not sheet.table.shown()


def test_replacing_asks_and_locks(
    page: BackupsPage, session: Session, qtbot: QtBot, tasks: Tasks, store: SettingsStore
) -> None:
    back_up(session, page, qtbot)
    session.points.add(SecretPoint(name="新"))
    Doctor(store.file).remember(session)
    page.restore(page.table.shown()[0])
    sheet = page.sheet
    assert sheet is not None
    idle(qtbot, tasks)
    sheet.instead.click()
    dialog().button("keep").click()
    assert not session.closed
    sheet.instead.click()
    with qtbot.waitSignal(page.lock_wanted) as told:
        dialog().button("replace").click()
    assert session.closed
    assert "换下" in told.args[0]
    now = Session.open(session.path, PASSPHRASE, profiles=QUICK)
    assert len(now.points) == 0
    # What the person has just chosen is not warned of as an older file.
    assert Doctor(store.file).compare(now).standing is Standing.UNCHANGED
    now.close()


def test_an_older_passphrase_is_asked_for_and_a_wrong_one_said(
    page: BackupsPage, session: Session, qtbot: QtBot, tasks: Tasks
) -> None:
    back_up(session, page, qtbot)
    session.file.change_passphrase(NEW)
    page.refresh()
    idle(qtbot, tasks)
    page.restore(page.table.shown()[0])
    sheet = page.sheet
    assert sheet is not None
    assert sheet.asking.isVisible()
    sheet.passphrase.line.setText("falsch falsch")
    sheet.look()
    idle(qtbot, tasks)
    assert sheet.passphrase.error
    sheet.passphrase.line.setText(PASSPHRASE)
    sheet.look()
    idle(qtbot, tasks)
    assert sheet.seen.isVisible()
    assert sheet.passphrase.text() == ""


def test_settings_are_kept(page: BackupsPage, store: SettingsStore, tmp_path: Path) -> None:
    page.settings.automatic.click()
    page.settings.put_folder(tmp_path)
    page.settings.budget.chosen.emit(1024**3)
    kept = SettingsStore(store.file).value
    assert (kept.backup_automatic, kept.backup_folder, kept.backup_budget) == (
        True,
        str(tmp_path),
        1024**3,
    )
    page.settings.leave.click()
    assert not SettingsStore(store.file).value.backup_folder


def test_a_folder_that_does_not_answer_holds_nobody_up(
    page: BackupsPage, session: Session, qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = back_up(session, page, qtbot)
    answers = threading.Event()
    whose: list[bool] = []

    def slow(*given: Any) -> Any:
        whose.append(threading.current_thread() is threading.main_thread())
        answers.wait(20)
        return listed(*given)

    listed = backup_files.list_backups
    monkeypatch.setattr(backup_files, "list_backups", slow)
    page.open_at("")
    page.open_at("")
    assert [each.path for each in page.table.shown()] == [path]
    other = BackupsPage(page.theme, page.model, tasks, page._store)
    qtbot.addWidget(other)
    other.show()
    assert not other.empty.isVisible()  # nobody knows yet
    assert not other.table.isVisible()
    answers.set()
    idle(qtbot, tasks)
    assert whose
    assert not any(whose)
    assert other.table.isVisible()


@pytest.mark.parametrize("width", [640, 1366])
def test_it_folds(page: BackupsPage, session: Session, qtbot: QtBot, width: int) -> None:
    back_up(session, page, qtbot)
    page.resize(width, 700)
    page.fold(width)
    assert page.settings.isVisibleTo(page)
