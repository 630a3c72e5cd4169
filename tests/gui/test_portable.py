"""Portable mode in the window: what is said, and that nothing is left in the profile."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot
from support.vaults import QUICK, new_session

from tsguard.gui.about.place_part import PlacePart, place_words
from tsguard.gui.keys.section import KeysSection
from tsguard.gui.main_window import MainWindow
from tsguard.gui.opening import Opener
from tsguard.gui.pages.start import StartPage
from tsguard.gui.private_folder import private_root
from tsguard.gui.session_model import SessionModel
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.messages import Note
from tsguard.services.quick_unlock import QuickUnlock
from tsguard.services.settings import PORTABLE_FOLDER, Place, load_settings, this_place
from tsguard.store.user_secret import Keeper

PROFILE = ("HOME", "LOCALAPPDATA", "APPDATA", "USERPROFILE")
XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The frozen program on a stick, and an empty profile."""
    folder = tmp_path / "U盘 㵘" / "tsguard"
    folder.mkdir(parents=True)
    (folder / "portable").touch()
    (tmp_path / "profile").mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "tsguard.exe"))
    for name in PROFILE:
        monkeypatch.setenv(name, str(tmp_path / "profile"))
    for name in XDG:
        monkeypatch.delenv(name, raising=False)
    return folder


def texts(part: object) -> str:
    """All that is to be read in a widget."""
    return "\n".join(each.text() for each in part.findChildren(Text))


def start_page(qtbot: QtBot, theme: Theme, tasks: Tasks, store: SettingsStore) -> StartPage:
    page = StartPage(theme, store, tasks, Opener(options={"profiles": QUICK}))
    qtbot.addWidget(page)
    page.resize(1366, 720)
    page.show()
    return page


def test_nothing_is_written_into_the_profile(qtbot: QtBot, theme: Theme, stick: Path, tmp_path: Path) -> None:
    store = SettingsStore()
    assert store.place.portable
    assert store.kept
    window = MainWindow(theme, store, Opener(options={"profiles": QUICK}))
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(window.unlocked, timeout=60_000):
        window.start.show_sample()
    window.lock()
    session = new_session(tmp_path / "库", "XIC")
    window.start.opened.emit(session)
    store.put(replace(store.value, appearance="dark"))
    window.lock()
    qtbot.waitUntil(lambda: not window._backups().busy, timeout=60_000)
    window.close()
    qtbot.waitUntil(window.isHidden, timeout=60_000)
    data = stick / PORTABLE_FOLDER
    assert load_settings(data / "settings.json").recent[0].path == str(session.path.absolute())
    assert list((data / "backups").rglob("*.tsg")), "the vault was backed up, beside the program"
    assert list((tmp_path / "profile").rglob("*")) == []
    assert list((data / "private").iterdir()) == [], "the sample is gone"


def test_copies_in_clear_lie_beside_the_program(stick: Path) -> None:
    assert private_root() == stick / PORTABLE_FOLDER / "private"


def test_the_start_page_says_the_mode(qtbot: QtBot, theme: Theme, tasks: Tasks, stick: Path) -> None:
    page = start_page(qtbot, theme, tasks, SettingsStore(this_place()))
    assert "便携模式" in texts(page)
    assert [note for note in page.findChildren(Note) if note.isVisible()] == []


def test_an_installed_program_says_nothing_of_it(
    qtbot: QtBot, theme: Theme, tasks: Tasks, store: SettingsStore
) -> None:
    assert "便携" not in texts(start_page(qtbot, theme, tasks, store))


def test_where_nothing_can_be_kept_the_start_page_says_so_and_settings_hold_for_this_run(
    qtbot: QtBot, theme: Theme, tasks: Tasks, stick: Path
) -> None:
    (stick / PORTABLE_FOLDER).touch()
    store = SettingsStore()
    assert not store.kept
    page = start_page(qtbot, theme, tasks, store)
    (note,) = [note for note in page.findChildren(Note) if note.isVisible()]
    assert "设置只在这一次有效" in note.accessibleName()
    store.put(replace(store.value, appearance="dark", lock_after_minutes=5))
    assert store.value.lock_after_minutes == 5
    assert SettingsStore().value.lock_after_minutes == 10, "nothing was written anywhere"


@pytest.mark.parametrize(
    ("portable", "kept", "said"),
    [(False, True, "用户文件夹"), (True, True, f"“{PORTABLE_FOLDER}”"), (True, False, "不能写入")],
)
def test_the_words_for_each_mode(portable: bool, kept: bool, said: str) -> None:
    place = Place(Path("/p") / PORTABLE_FOLDER / "settings.json", portable=portable)
    words = place_words(place, kept=kept)
    assert said in words
    assert ("便携模式" in words) is portable


def test_the_settings_show_the_folder_and_open_it(
    qtbot: QtBot, theme: Theme, store: SettingsStore, tmp_path: Path
) -> None:
    opened: list[QUrl] = []
    part = PlacePart(theme, store, lambda url: bool(opened.append(url)))
    qtbot.addWidget(part)
    assert part.path.text() == str(tmp_path)
    part.open.click()
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path]


def test_a_folder_that_is_not_there_yet_opens_the_one_above(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    opened: list[QUrl] = []
    store = SettingsStore(tmp_path / "a" / "b" / "settings.json")
    part = PlacePart(theme, store, lambda url: bool(opened.append(url)))
    qtbot.addWidget(part)
    part.open.click()
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path]


class _Kept:
    """A keeper, for systems that have none."""

    def protect(self, material: bytes, bound_to: bytes) -> bytes | None:
        return material + bound_to

    def reveal(self, protected: bytes, bound_to: bytes) -> bytes | None:
        return protected.removesuffix(bound_to)


@pytest.mark.parametrize("travels", [False, True])
def test_keys_of_one_computer_do_not_travel(
    qtbot: QtBot, theme: Theme, model: SessionModel, tasks: Tasks, tmp_path: Path, travels: bool
) -> None:
    keeper: Keeper = _Kept()
    quick = QuickUnlock(tmp_path / "keys", keeper, travels=travels)
    section = KeysSection(theme, model, tasks, quick)
    qtbot.addWidget(section)
    section.show()
    assert section.keep.isVisible() is not travels
    assert ("便携模式" in section._about.text()) is travels
    assert section._about.isVisible()
    assert quick.keep(model.session.file) is not travels
