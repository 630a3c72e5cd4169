"""One start in a process of its own: ours, a bare window's, or ours unlocked."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def rss_mb() -> float:
    """Resident memory of this process in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def bare() -> None:
    """A window with one line of Chinese text, until it is painted."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QLabel

    app = QApplication(sys.argv[:1])
    label = QLabel("商业秘密保护自评")

    class Painted(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() is QEvent.Type.Paint:
                QTimer.singleShot(0, app.quit)
            return False

    watcher = Painted()
    label.installEventFilter(watcher)
    label.resize(1366, 720)
    label.show()
    app.exec()


def ours() -> None:
    """The program's own start, until the start page is painted."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from tsguard.gui import app as program

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() is QEvent.Type.Paint and watched.isWidgetType():
                QTimer.singleShot(0, program.Application.quit)
            return False

    watcher = Painted()

    class Watched(program.Application):
        def exec(self) -> int:  # type: ignore[override]
            for window in self.topLevelWidgets():
                window.installEventFilter(watcher)
            return super().exec()

    program.Application = Watched  # type: ignore[misc]
    program.run(sys.argv[:1])


def unlocked(vault: str) -> float:
    """The program with the sample open on the checklist, idle."""
    import time

    from support.vaults import PASSPHRASE, QUICK

    from tsguard.gui.app import Application
    from tsguard.gui.main_window import MainWindow
    from tsguard.gui.settings_store import SettingsStore
    from tsguard.gui.theme import Theme
    from tsguard.services.session import Session

    app = Application(sys.argv[:1])
    store = SettingsStore(Path(vault).with_name("settings.json"))
    window = MainWindow(Theme(app, store.mode), store)
    window.show()
    app.processEvents()
    window.start.opened.emit(Session.open(Path(vault), PASSPHRASE, profiles=QUICK))
    assert window.shell is not None
    window.shell.go("checklist")
    until = time.monotonic() + 1
    while time.monotonic() < until:
        app.processEvents()
    resident = rss_mb()
    window.shell.model.lock()
    return resident


if __name__ == "__main__":
    measured = {"bare": bare, "ours": ours, "unlocked": unlocked}[sys.argv[1]](*sys.argv[2:])
    print(json.dumps({"rss_mb": measured or rss_mb()}))
