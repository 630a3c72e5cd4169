"""The real window on Windows' own platform plug-in, and real messages to it; prints what came of it as JSON.

Run in a process of its own, since the tests' own Qt has no screen. Nothing here knows what is right.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Callable
from ctypes import wintypes
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "windows"

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from support.vaults import QUICK, new_session, reopened
from tsguard.gui.app import Application
from tsguard.gui.frame.program_identity import claim
from tsguard.gui.frame.title_bar import CAPTION_COLOUR, DARK_MODE, attributes, set_attribute
from tsguard.gui.locking import windows_messages
from tsguard.gui.locking.privacy import set_hidden
from tsguard.gui.main_window import MainWindow
from tsguard.gui.opening import Opener
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.theme import Mode, Theme
from tsguard.services.session import Session

WM_QUERYENDSESSION, WM_ENDSESSION, WM_GETICON = 0x11, 0x16, 0x7F
SUSPEND, RESUMED, UNLOCKED, LOCKED = 0x4, 0x7, 0x8, 0x7
TYPED = "打到一半𬭎"


class Run:
    """One window, and what is found about it."""

    def __init__(self, folder: Path) -> None:
        self.found: dict[str, Any] = {"claimed": claim()}
        self.app = Application(["tsguard"])
        self.file = folder / "settings.json"
        self.store = SettingsStore(self.file)
        self.store.put(replace(self.store.value, backup_automatic=False))
        self.window = MainWindow(
            Theme(self.app, Mode.DARK), self.store, Opener(folder / "samples", {"profiles": QUICK})
        )
        self.window.resize(1200, 700)
        self.window.show()
        QTest.qWait(400)
        self.handle = int(self.window.winId())
        self.user32 = ctypes.WinDLL("user32")
        self.user32.SendMessageW.argtypes = [
            wintypes.HWND,
            ctypes.c_uint,
            wintypes.WPARAM,
            wintypes.LPARAM,
        ]
        self.user32.SendMessageW.restype = ctypes.c_ssize_t
        self.session = new_session(folder, "XIC")

    def look(self) -> None:
        """What Windows knows of the window."""
        found, window = self.found, self.handle
        found["platform"] = QGuiApplication.platformName()
        found["window"] = bool(self.user32.IsWindow(wintypes.HWND(window)))
        if not found["window"]:
            return
        found["icons"] = [bool(self.send(WM_GETICON, size)) for size in (0, 1)]
        dark = attributes(self.window._theme.color("ground"), dark=True)
        found["title"] = [set_attribute(window, *each) for each in dark]
        found["known"] = [DARK_MODE, CAPTION_COLOUR]
        found["hidden"] = [set_hidden(window, True), set_hidden(window, False), set_hidden(0, True)]
        context = self.user32.GetThreadDpiAwarenessContext
        context.restype = ctypes.c_void_p
        aware = self.user32.GetAwarenessFromDpiAwarenessContext
        aware.argtypes = [ctypes.c_void_p]
        found["dpi"] = int(aware(context()))

    def send(self, message: int, word: int, more: int = 0) -> int:
        """Send a message as Windows does, and wait for the answer."""
        return int(self.user32.SendMessageW(self.handle, message, word, more))

    def open(self) -> Session:
        """Open the vault in the window, with something half typed."""
        self.window.start.opened.emit(self.session)
        QTest.qWait(600)  # the system is listened to from then on
        self.window.shell.go("checklist:HRM-05")
        self.window.shell.page("checklist").items.card._note.area.setPlainText(TYPED)
        return self.session

    def lock_by(self, name: str, message: int, word: int, prepare: Callable[[], object] = bool) -> None:
        """Send a message to the open vault's window and see what became of it before the answer came."""
        session = self.open()
        prepare()
        answer = self.send(message, word)
        closed, said = session.closed, self.window.start.notice.text()
        if not closed:
            self.window.lock()
            QTest.qWait(100)
        self.session = reopened(session)
        note = self.session.answer("HRM-05").note if closed else ""
        self.found[name] = {"answer": answer, "closed": closed, "said": said, "kept": note == TYPED}

    def capture(self) -> None:
        """Switch the guard on, and see what the window says of it."""
        self.window.start.say("")
        self.store.put(replace(self.store.value, screenshots_blocked=True))
        on, said = self.store.value.screenshots_blocked, self.window.start.notice.text()
        affinity = wintypes.DWORD()
        self.user32.GetWindowDisplayAffinity(wintypes.HWND(self.handle), ctypes.byref(affinity))
        self.found["capture"] = {"on": on, "said": said, "affinity": affinity.value}
        self.store.put(replace(self.store.value, screenshots_blocked=False))

    def end(self) -> None:
        """Windows ends: it asks, is answered, and says so; the program has to leave its loop."""
        QTimer.singleShot(0, lambda: self.send(WM_ENDSESSION, 1))
        QTimer.singleShot(10_000, lambda: self.app.exit(99))
        self.found["left"] = self.app.exec()


def main(folder: Path) -> None:
    """Do all of it."""
    run = Run(folder)
    run.look()
    if run.found["window"]:
        power, session = windows_messages.WM_POWERBROADCAST, windows_messages.WM_WTSSESSION_CHANGE
        run.lock_by("suspend", power, SUSPEND)
        run.lock_by("resume", power, RESUMED)
        run.lock_by("lock", session, LOCKED)
        run.lock_by("unlock", session, UNLOCKED)
        run.lock_by("menu", power, SUSPEND, lambda: QMenu(run.window).popup(run.window.pos()))
        run.capture()
        run.lock_by("query", WM_QUERYENDSESSION, 0)
        run.found["placed"] = bool(SettingsStore(run.file).value.window)
        run.session.close()
        run.end()
    print(json.dumps(run.found), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
