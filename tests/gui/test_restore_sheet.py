"""Restoring where the vault is lost or can't be opened: the sheet as the start page lays it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.vaults import PASSPHRASE, QUICK

from tsguard.domain.secret_points import SecretPoint
from tsguard.errors import VaultDamaged
from tsguard.gui.backups.restore_sheet import RestoreSheet, Subject
from tsguard.gui.tasks import Tasks
from tsguard.gui.theme import Theme
from tsguard.services import backup_files, backups, recovery
from tsguard.services.backup_files import Places
from tsguard.services.session import Session


def idle(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.busy)
    qtbot.wait(10)


@pytest.mark.parametrize("by_code", [False, True], ids=["passphrase", "code"])
@pytest.mark.parametrize("lost", [True, False])
def test_a_lost_or_damaged_vault_comes_back(
    qtbot: QtBot, theme: Theme, tasks: Tasks, session: Session, tmp_path: Path, lost: bool, by_code: bool
) -> None:
    session.points.add(SecretPoint(name="配方"))
    places = Places(tmp_path / "backups")
    backups.back_up(session.file, places)
    code = " ".join(recovery.groups(session))
    session.close()
    if lost:
        session.path.unlink()
    else:
        session.path.write_bytes(session.path.read_bytes()[:9000])
    (backup,) = backup_files.list_backups(places)  # of all vaults, without any passphrase
    host = QWidget()
    host.resize(1366, 720)
    qtbot.addWidget(host)
    host.show()
    sheet = RestoreSheet(
        theme,
        host,
        tasks,
        Subject(
            backup,
            places,
            vault=session.path,
            lost=None if lost else VaultDamaged(session.path, "length"),
            options={"profiles": QUICK},
        ),
    )
    sheet.open()
    assert sheet.asking.isVisible()
    if by_code:
        sheet.proof.other.click()
        assert host.focusWidget() is sheet.proof.code.area
        sheet.proof.code.area.setPlainText(code)
    else:
        sheet.passphrase.line.setText(PASSPHRASE)
    sheet.look()
    idle(qtbot, tasks)
    assert sheet.seen.isVisible()
    assert not sheet.table.isVisible()
    done: list[object] = []
    sheet.replaced.connect(done.append)
    sheet.replace()
    idle(qtbot, tasks)
    assert len(done) == 1
    again = Session.open(session.path, PASSPHRASE, profiles=QUICK)
    assert [point.name for point in again.points] == ["配方"]
    again.close()
    aside = [path.name for path in session.path.parent.glob("*换下的*.tsg")]
    assert len(aside) == (0 if lost else 1)
