"""After a lock no word of the vault lives on, in Qt or in Python, however the vault was worked on."""

from __future__ import annotations

import gc
import secrets
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard
from pytestqt.qtbot import QtBot
from support import hunting, planting
from support.vaults import QUICK, new_session

from tsguard.domain.enterprise import Enterprise
from tsguard.gui.crash import CrashHook
from tsguard.gui.locking.auto_lock import Reason
from tsguard.gui.main_window import MainWindow
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.theme import Theme
from tsguard.services import recovery
from tsguard.services.content import choose_modules
from tsguard.services.session import Session
from tsguard.store.secret import RawKey


@pytest.fixture
def mark() -> str:
    """Made here, so that no constant of the program or of a test is taken for it."""
    return "".join(map(chr, (0x9E11, 0x9DDF))) + secrets.token_hex(6)


def opened(window: MainWindow, folder: Path, mark: str) -> None:
    session = new_session(folder / "库", "XIC", name=f"{mark}企业")
    window.start.opened.emit(session)


def work(window: MainWindow, qtbot: QtBot, folder: Path, mark: str) -> None:
    assert window.shell is not None
    planting.work(window.shell, qtbot, folder, mark)


def lock(window: MainWindow, qtbot: QtBot) -> None:
    assert window.shell is not None
    with qtbot.waitSignals([window.shell.destroyed, window.locked]):
        window.lock_unasked(Reason.IDLE)
    gc.collect()


def test_no_word_of_the_vault_lives_on(
    qtbot: QtBot,
    window: MainWindow,
    store: SettingsStore,
    tmp_path: Path,
    mark: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The offscreen platform knows of no owner.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    opened(window, tmp_path, mark)
    work(window, qtbot, tmp_path, mark)
    seen, held = set(hunting.in_qt(mark)), hunting.in_python(mark)
    assert {"clipboard Clipboard", "QUndoStack.undo", "QTextDocument.document"} <= seen
    assert len(seen) > 15
    assert len(held) > 50
    del held
    lock(window, qtbot)
    assert hunting.in_qt(mark) == []
    left = hunting.in_python(mark)
    assert left == [], "\n".join(hunting.keepers(left, at) for at in range(min(len(left), 5)))
    assert mark not in store.file.read_text(encoding="utf-8")


@pytest.mark.parametrize("sheet", ["passphrase", "proof", "code", "drill"])
def test_no_passphrase_and_no_code_lives_on(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, mark: str, sheet: str
) -> None:
    """Each sheet of keys is left open with what was typed into it, or shown on it."""
    passphrase = f"{mark}口令"
    session = Session.create(tmp_path / "甲.tsg", passphrase, Enterprise(name="甲"), profiles=QUICK)
    choose_modules(session, ())
    # Five characters of the code: what is hunted must not itself be what somebody holds.
    part = recovery.groups(session)[4][:5]
    window.start.opened.emit(session)
    del session
    hunted = planting.leave_keys_open(window.shell, qtbot, sheet, passphrase, mark, part)
    assert hunting.in_qt(hunted)
    del passphrase
    lock(window, qtbot)
    assert hunting.in_qt(hunted) == []
    left = hunting.in_python(hunted)
    assert left == [], "\n".join(hunting.keepers(left, at) for at in range(min(len(left), 5)))
    assert not [each for each in gc.get_objects() if isinstance(each, RawKey)]


def test_an_error_that_left_a_slot_keeps_nothing(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, mark: str
) -> None:
    opened(window, tmp_path, mark)

    def fail() -> None:
        words = f"{mark}口供"
        raise ValueError(words)

    try:
        fail()
    except ValueError as error:
        sys.last_value, sys.last_type, sys.last_traceback = error, type(error), error.__traceback__
    assert any("口供" in str(each) for each in hunting.in_python(mark))
    lock(window, qtbot)
    assert hunting.in_python(mark) == []


def test_a_bug_whose_dialog_is_still_open_keeps_nothing(
    qtbot: QtBot, window: MainWindow, theme: Theme, tmp_path: Path, mark: str
) -> None:
    opened(window, tmp_path, mark)
    hook = CrashHook(theme, window)

    def fail(words: str) -> None:
        raise ValueError(words)

    try:
        fail(f"{mark}口供")
    except ValueError as error:
        hook.caught.emit(error)
    qtbot.waitUntil(lambda: hook._dialog is not None)
    lock(window, qtbot)
    assert hook._dialog is None
    assert hunting.in_python(mark) == []
