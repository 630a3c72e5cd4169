"""The backups page on a real vault: making, checking, restoring, deleting; and its settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

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
from tsguard.services.session import Session

NEW = "新的-口令-staple"


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, model: SessionModel, tasks: Tasks, store: SettingsStore) -> BackupsPage:
    made = BackupsPage(theme, model, tasks, store)
    made.resize(1100, 720)
    qtbot.addWidget(made)
    made.show()
    return made


def idle(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.busy)
    qtbot.wait(10)


def back_up(session: Session, page: BackupsPage, reason: Reason = Reason.ASKED) -> Path:
    moment = datetime(2026, 11, 1, 8, len(backup_files.list_backups(page.places)), tzinfo=UTC)
    path = backups.back_up(session.file, page.places, reason, clock=lambda: moment).facts[0].path
    page.refresh()
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
    assert "stick" in page.warned.accessibleName()
    page.back_up()
    idle(qtbot, tasks)
    assert len(page.table.shown()) == 1
    assert "现在不在" in page.said.accessibleName()
    assert SettingsStore(store.file).value.backup_folder == str(tmp_path / "stick")


def test_the_list_tells_which_passphrase_opens_each(
    page: BackupsPage, session: Session, qtbot: QtBot
) -> None:
    back_up(session, page)
    session.file.change_passphrase(NEW)
    back_up(session, page)
    words = [page.table.rows.cell(row, 2).text for row in range(2)]
    assert words == ["现在的口令", "旧口令"]
    page.ask_delete_older()
    dialog().button("delete").click()
    qtbot.waitUntil(lambda: len(page.table.shown()) == 1)
    assert page.table.shown()[0].key_id == session.file.key_id


def test_nothing_is_deleted_without_an_answer(page: BackupsPage, session: Session) -> None:
    path = back_up(session, page)
    page.table.selectRow(0)
    page.delete_button.click()
    dialog().reject()
    assert path.exists()


def test_checking_finds_a_good_and_a_damaged_one(
    page: BackupsPage, session: Session, qtbot: QtBot, tasks: Tasks
) -> None:
    path = back_up(session, page)
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
    back_up(session, page)
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


def test_replacing_asks_and_locks(page: BackupsPage, session: Session, qtbot: QtBot, tasks: Tasks) -> None:
    back_up(session, page)
    session.points.add(SecretPoint(name="新"))
    page.restore(page.table.shown()[0])
    sheet = page.sheet
    assert sheet is not None
    idle(qtbot, tasks)
    sheet.instead.click()
    dialog().button("keep").click()
    assert not session.closed
    sheet.instead.click()
    with qtbot.waitSignal(page.lock_wanted):
        dialog().button("replace").click()
    assert session.closed
    now = Session.open(session.path, PASSPHRASE, profiles=QUICK)
    assert len(now.points) == 0
    now.close()


def test_an_older_passphrase_is_asked_for_and_a_wrong_one_said(
    page: BackupsPage, session: Session, qtbot: QtBot, tasks: Tasks
) -> None:
    back_up(session, page)
    session.file.change_passphrase(NEW)
    page.refresh()
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


@pytest.mark.parametrize("width", [640, 1366])
def test_it_folds(page: BackupsPage, session: Session, width: int) -> None:
    back_up(session, page)
    page.resize(width, 700)
    page.fold(width)
    assert page.settings.isVisibleTo(page)
