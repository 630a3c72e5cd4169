"""Nothing plain on disk after a working day in the window: everything it could write to is read through."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support import planting
from support.vaults import new_session

from tsguard.gui.locking.auto_lock import Reason
from tsguard.gui.main_window import MainWindow
from tsguard.gui.settings_store import SettingsStore

MARK = "绝密𬭎㵘䶮𠮷PLAINWINDOW7"
CODES = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
PLACES = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that a person has, in one folder."""
    for name in PLACES:
        place = tmp_path / name.lower()
        place.mkdir()
        monkeypatch.setenv(name, str(place))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmpdir"))


def plain(folder: Path) -> list[str]:
    """Files that hold the mark, or are named by it."""
    forms = [MARK.encode(code) for code in CODES] + ["PLAINWINDOW7".encode(code) for code in CODES]
    found = []
    for root, _folders, files in os.walk(folder):
        for name in files:
            path = Path(root, name)
            content = path.read_bytes() + os.fsencode(str(path.relative_to(folder)))
            found += [str(path) for form in forms if form in content][:1]
    return found


def test_the_look_sees(tmp_path: Path) -> None:
    for at, code in enumerate(CODES):
        (tmp_path / f"planted-{at}").write_bytes(b"\xff" * 4097 + MARK.encode(code))
    (tmp_path / f"{MARK}.tmp").touch()
    assert len(plain(tmp_path)) == len(CODES) + 1


def test_nothing_after_a_working_day(
    qtbot: QtBot,
    window: MainWindow,
    store: SettingsStore,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    outside = tmp_path_factory.mktemp("the persons own files")
    session = new_session(tmp_path / "库", "XIC", name=f"{MARK}企业")
    window.start.opened.emit(session)
    assert window.shell is not None
    planting.work(window.shell, qtbot, outside, MARK)
    assert plain(outside), "the work was done"
    assert plain(tmp_path) == []
    with qtbot.waitSignal(window.locked):
        window.lock_unasked(Reason.IDLE)
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert plain(tmp_path) == []
    assert any(tmp_path.rglob("*.tsg"))
    assert store.file.exists()
