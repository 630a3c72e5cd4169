"""Starting the window: the application, its language, typeface and colours, and what catches a bug."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, Qt, QTranslator, Signal
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from tsguard import __version__
from tsguard.gui import fonts, icons
from tsguard.gui.collecting import Collector
from tsguard.gui.crash import CrashHook
from tsguard.gui.frame.dropped_file import taken
from tsguard.gui.frame.program_identity import claim
from tsguard.gui.main_window import MainWindow
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.theme import Theme
from tsguard.services.settings import stay_in, this_place


class Application(QApplication):
    """The application; on macOS the system hands over files as events.

    Signals:
        file_wanted(str): The person opened this file in the system's file manager.
    """

    file_wanted = Signal(str)

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self.setApplicationName("tsguard")
        self.setApplicationVersion(__version__)
        self.setDesktopFileName("tsguard")
        self.setWindowIcon(icons.application_icon())
        self.setStyle("Fusion")
        self._words = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._words.load("qtbase_zh_CN", folder):
            self.installTranslator(self._words)
        fonts.install()

    def event(self, event: QEvent, /) -> bool:
        """Take files the system hands over."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_wanted.emit(event.file())
            return True
        return super().event(event)


def run(arguments: Sequence[str]) -> int:
    """Show the window until it is closed.

    Args:
        arguments: The program's own name, then perhaps Qt's options and the path of a vault.

    Returns:
        The exit code.
    """
    place = this_place()
    stay_in(place)
    claim()
    # 125, 150 and 175 percent as they are; rounded to whole factors they would be too small or too large.
    rounding = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(rounding)
    app = Application(arguments)
    collector = Collector(app)
    store = SettingsStore(place)
    theme = Theme(app, store.mode)
    window = MainWindow(theme, store)
    hook = CrashHook(theme, window)
    hook.install()

    def open_file(name: str) -> None:
        window.open_path(Path(name))

    app.file_wanted.connect(open_file)
    for name in app.arguments()[1:]:
        if taken(Path(name)):
            open_file(name)
    window.show()
    code = app.exec()
    hook.uninstall()
    collector.stop()
    if window.tasks.stuck:
        # A reader of a file from outside is still at it, and would be destroyed under its own feet.
        os._exit(code)
    return code
