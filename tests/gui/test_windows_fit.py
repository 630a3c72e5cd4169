"""What Windows needs of the window, as far as it can be told everywhere."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QByteArray, QPoint, QRect
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support import program_icons
from support.vaults import QUICK, reopened

import tsguard
from tsguard.gui import icons
from tsguard.gui.frame import program_identity, title_bar
from tsguard.gui.locking import privacy
from tsguard.gui.locking.auto_lock import Reason
from tsguard.gui.locking.words import why_locked
from tsguard.gui.main_window import MainWindow
from tsguard.gui.opening import Opener
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.theme import Theme
from tsguard.services.session import Session

ON_WINDOWS = sys.platform == "win32"


class TestName:
    def test_windows_takes_a_name_of_this_shape(self) -> None:
        """Company.Product: letters, digits and points, no spaces, at most 128 characters."""
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)+", program_identity.APP_ID)
        assert len(program_identity.APP_ID) <= 128

    def test_only_windows_takes_it(self) -> None:
        assert program_identity.claim() is ON_WINDOWS

    def test_an_executable_of_its_own_is_its_name(self) -> None:
        assert not program_identity.claim("tsguard.Other", frozen=True)

    @pytest.mark.skipif(not ON_WINDOWS, reason="only Windows has it")
    def test_windows_gives_it_back(self) -> None:
        import ctypes

        program_identity.claim()
        told = ctypes.c_wchar_p()
        shell = ctypes.WinDLL("shell32")
        assert shell.GetCurrentProcessExplicitAppUserModelID(ctypes.byref(told)) == 0
        assert told.value == program_identity.APP_ID


class TestIcons:
    @pytest.mark.parametrize("name", ["tsguard", "vault"])
    def test_the_icon_has_every_size_that_windows_asks_for(self, name: str) -> None:
        with Image.open(program_icons.folder() / f"{name}.ico") as kept:
            assert kept.info["sizes"] == {(size, size) for size in program_icons.SIZES}

    @pytest.mark.usefixtures("app")
    @pytest.mark.parametrize("name", ["tsguard", "vault"])
    def test_what_is_kept_is_what_the_drawings_give(self, name: str) -> None:
        """Smoothing may differ by a shade between versions of Qt."""
        with Image.open(program_icons.folder() / f"{name}.ico") as kept:
            for size in program_icons.SIZES:
                drawn = program_icons.rendered(name, size)
                frame = kept.ico.getimage((size, size)).convert("RGBA")
                pairs = zip(frame.tobytes(), drawn.tobytes(), strict=True)
                assert sum(abs(a - b) for a, b in pairs) / (4 * size * size) < 3, size

    @pytest.mark.parametrize("size", program_icons.SIZES)
    def test_the_keyhole_is_seen_at_every_size(self, size: int) -> None:
        """White within the shield's colour, at 16 pixels too."""
        picture = program_icons.rendered("tsguard", size)
        middle = [picture.getpixel((x, size * 7 // 16)) for x in range(size)]
        assert min(sum(each[:3]) for each in middle if each[3] > 200) < 300
        assert max(sum(each[:3]) for each in middle if each[3] > 200) > 690

    @pytest.mark.usefixtures("app")
    def test_the_window_takes_pictures_of_its_own_for_small_and_large(self) -> None:
        sizes = {(size.width(), size.height()) for size in icons.application_icon().availableSizes()}
        assert {(16, 16), (32, 32), (256, 256)} <= sizes


class TestTitleBar:
    @pytest.mark.parametrize(
        ("colour", "dark", "value"),
        [("#102030", True, 0x302010), ("#FFFFFF", False, 0xFFFFFF), ("#0000FF", False, 0xFF0000)],
    )
    def test_windows_is_told_the_colour_blue_first(self, colour: str, dark: bool, value: int) -> None:
        told = dict(title_bar.attributes(QColor(colour), dark=dark))
        assert told == {title_bar.DARK_MODE: int(dark), title_bar.CAPTION_COLOUR: value}

    @pytest.mark.skipif(ON_WINDOWS, reason="Windows has such title bars")
    def test_elsewhere_there_is_no_such_thing(self) -> None:
        assert not title_bar.set_attribute(1, title_bar.DARK_MODE, 1)


class TestCapture:
    @pytest.fixture
    def refusing(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
        """A system that hides no window; it is what wine and some remote desktops do."""
        asked: list[tuple[int, bool]] = []

        class Refusing(privacy.CaptureGuard):
            def __init__(self, app, parent=None) -> None:
                super().__init__(app, lambda *each: bool(asked.append(each)), parent)

        monkeypatch.setattr(privacy, "CaptureGuard", Refusing)
        return asked

    def test_a_refusal_is_said_and_the_tick_is_off_again(
        self, window: MainWindow, store: SettingsStore, refusing: list[tuple[int, bool]]
    ) -> None:
        store.put(replace(store.value, screenshots_blocked=True))
        assert refusing[0] == (int(window.winId()), True)
        assert not store.value.screenshots_blocked
        assert "仍然拍得到" in window.start.notice.text()

    @pytest.mark.usefixtures("refusing")
    def test_over_an_open_vault_it_is_said_there(
        self, window: MainWindow, store: SettingsStore, session: Session
    ) -> None:
        window.start.opened.emit(session)
        store.put(replace(store.value, screenshots_blocked=True))
        assert any("仍然拍得到" in each.title for each in window.shell.messages.messages)
        assert not store.value.screenshots_blocked

    def test_where_windows_does_it_nothing_is_said(self, app: QApplication, qtbot: QtBot) -> None:
        widget = QWidget()
        qtbot.addWidget(widget)
        widget.show()
        guard = privacy.CaptureGuard(app, lambda _window, _hidden: True)
        assert guard.set_on(True)
        assert guard.set_on(True), "a second time is nothing new"
        assert guard.set_on(False)

    @pytest.mark.skipif(ON_WINDOWS, reason="Windows can")
    def test_elsewhere_nothing_is_hidden(self) -> None:
        assert not privacy.set_hidden(1, True)


class TestTheEnd:
    """``commitDataRequest``: what Qt makes of WM_QUERYENDSESSION and of a desktop's session manager."""

    def test_what_is_being_typed_is_stored_and_the_vault_closed(
        self, app: QApplication, window: MainWindow, store: SettingsStore, session: Session
    ) -> None:
        window.start.opened.emit(session)
        window.shell.go("checklist:HRM-05")
        window.shell.page("checklist").items.card._note.area.setPlainText("打到一半𬭎")
        store.put(store.value.placed(""))
        app.commitDataRequest.emit(None)
        assert session.closed
        assert why_locked(Reason.ENDING) in window.start.notice.text()
        assert store.value.window, "its place is remembered"
        again = reopened(session)
        assert again.answer("HRM-05").note == "打到一半𬭎"
        again.close()

    def test_work_that_runs_is_not_cut_off_but_what_is_typed_is_stored(
        self, qtbot: QtBot, app: QApplication, window: MainWindow, session: Session
    ) -> None:
        import threading

        window.start.opened.emit(session)
        window.shell.go("checklist:HRM-05")
        window.shell.page("checklist").items.card._note.area.setPlainText("打到一半")
        goes_on = threading.Event()
        window.tasks.run(lambda _progress: goes_on.wait(30), lambda _done: None)
        try:
            app.commitDataRequest.emit(None)
            assert not session.closed
            assert session.answer("HRM-05").note == "打到一半"
        finally:
            goes_on.set()
            qtbot.waitUntil(lambda: not window.tasks.busy)

    def test_no_backup_is_begun_that_would_be_cut_off(
        self, app: QApplication, window: MainWindow, store: SettingsStore, session: Session
    ) -> None:
        store.put(replace(store.value, backup_automatic=True))
        window.start.opened.emit(session)
        app.commitDataRequest.emit(None)
        assert session.closed
        assert not window._backups().busy

    def test_on_the_start_page_nothing_happens(self, app: QApplication, window: MainWindow) -> None:
        app.commitDataRequest.emit(None)
        assert window.shell is None
        assert window.start.notice.text() == ""


class TestPlace:
    @pytest.mark.parametrize("at", [QPoint(5000, 300), QPoint(-4000, 100), QPoint(100, 9000)])
    def test_a_window_from_a_screen_that_is_gone_comes_back_into_sight(
        self, qtbot: QtBot, theme: Theme, tmp_path: Path, at: QPoint
    ) -> None:
        elsewhere = QWidget()
        qtbot.addWidget(elsewhere)
        elsewhere.setGeometry(QRect(at, elsewhere.size()))
        elsewhere.resize(700, 500)
        elsewhere.show()
        where = bytes(elsewhere.saveGeometry().toBase64().data()).decode("ascii")
        elsewhere.hide()
        store = SettingsStore(tmp_path / "settings.json")
        store.put(store.value.placed(where))
        window = MainWindow(theme, store, Opener(tmp_path / "samples", {"profiles": QUICK}))
        qtbot.addWidget(window)
        window.show()
        screen = QGuiApplication.primaryScreen().availableGeometry()
        shown = window.frameGeometry().intersected(screen)
        assert shown.width() >= 200
        assert screen.top() <= window.geometry().top() <= screen.bottom() - 50
        window.tasks.close()

    @pytest.mark.parametrize("where", ["", "kein base64 ü", "AAAA", "AdnQywADAAA="])
    def test_a_place_that_is_not_understood_is_the_first_one(
        self, qtbot: QtBot, theme: Theme, tmp_path: Path, where: str
    ) -> None:
        store = SettingsStore(tmp_path / "settings.json")
        store.put(store.value.placed(where))
        window = MainWindow(theme, store, Opener(tmp_path / "samples", {"profiles": QUICK}))
        qtbot.addWidget(window)
        assert not window.restoreGeometry(QByteArray())
        assert window.width() >= 640
        window.tasks.close()


class TestSource:
    """What may not stand in the code."""

    SOURCES = sorted(Path(tsguard.__file__).parent.rglob("*.py"))

    @pytest.mark.parametrize(
        "banned",
        [
            "DontUseNativeDialog",
            "AA_DontUseNativeDialogs",
            "AA_DisableHighDpiScaling",
            "DontUseNativeMenuBar",
        ],
    )
    def test_file_dialogs_and_scaling_are_the_system_s_own(self, banned: str) -> None:
        assert [file.name for file in self.SOURCES if banned in file.read_text(encoding="utf-8")] == []

    def test_scales_between_whole_numbers_are_not_rounded(self, app: QApplication) -> None:
        assert app.highDpiScaleFactorRoundingPolicy().name == "PassThrough"
