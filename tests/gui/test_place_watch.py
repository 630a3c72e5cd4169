"""A file that was changed on disk: said in the window, not overwritten, and what was open saved beside it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.vaults import PASSPHRASE, QUICK, new_session

from tsguard.domain.scales import Verdict
from tsguard.gui.main_window import MainWindow
from tsguard.services.session import Session


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Session:
    session = new_session(tmp_path / "同步 盘", "XIC")
    window.start.opened.emit(session)
    return session


def said(window: MainWindow) -> str:
    assert window.shell is not None
    return " ".join(f"{each.title}{each.text}" for each in window.shell.messages.messages)


def replace_file(path: Path) -> bytes:
    """As a network drive's program does: an older copy, moved into its place."""
    foreign = b"TSG" + os.urandom(8189)
    other = path.with_name("other")
    other.write_bytes(foreign)
    other.replace(path)
    return foreign


def test_a_quiet_look_finds_nothing(window: MainWindow, opened: Session) -> None:
    assert window.shell is not None
    window.shell.place_watch.look()
    assert "换掉" not in said(window)


def test_the_next_answer_is_not_written_over_it(window: MainWindow, opened: Session) -> None:
    assert window.shell is not None
    window.shell.model.answer("ORG-01", Verdict.MET)
    foreign = replace_file(opened.path)
    window.shell.model.answer("ORG-02", Verdict.MET)
    assert opened.answer("ORG-02").verdict is None
    assert "换掉" in said(window)
    window.lock()
    assert window.shell is None
    assert opened.path.read_bytes() == foreign
    notice = window.start.notice.text()
    assert "另存为" in notice
    (saved,) = [each for each in opened.path.parent.glob("*.tsg") if each != opened.path]
    assert saved.name in notice
    again = Session.open(saved, PASSPHRASE, profiles=QUICK)
    assert again.answer("ORG-01").verdict is Verdict.MET
    again.file.verify_journal()
    again.close()
    assert not list(opened.path.parent.glob("*-wal"))


def test_also_for_a_person_who_only_reads(window: MainWindow, opened: Session) -> None:
    assert window.shell is not None
    replace_file(opened.path)
    window.shell.place_watch.look()
    assert "换掉" in said(window)


def test_a_folder_that_is_gone(window: MainWindow, opened: Session) -> None:
    assert window.shell is not None
    shutil.rmtree(opened.path.parent)
    window.shell.place_watch.look()
    assert "不在原来的位置" in said(window)
    window.lock()
    assert window.shell is None
    assert "不在原来的位置" in window.start.notice.text()
