"""The window's part of the self-test: the real window on the self-test's vault, without anybody at it.

It opens, unlocks with the passphrase, shows every page, locks and closes. Whatever raises meanwhile, in a
slot too, fails the check in which it happened. It touches no settings but the self-test's own.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from tsguard.assets import resources
from tsguard.i18n import _
from tsguard.services.program_facts import Fact
from tsguard.services.self_test import Bench, Check, Unexpected

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from tsguard.gui.main_window import MainWindow

_SETTLE_S = 0.1
_SIZE = (1366, 720)
_LEAST_COLOURS = 12
"""On a page there is text in several sizes, smoothed: far more than this."""
_STEP = 3
"""Every how many pixels one is looked at."""
_RARE = "𬭎㵘䶮𠮷"


class WindowCheck:
    """What ``services.self_test.Window`` asks for."""

    def __init__(self, patience: float = 60.0) -> None:
        """Make it.

        Args:
            patience: Seconds that a step may take.
        """
        self._patience = patience

    def facts(self) -> Iterable[Fact]:
        """Qt and its binding."""
        import PySide6  # noqa: PLC0415 - a library that does not load is an answer
        from PySide6.QtCore import qVersion  # noqa: PLC0415

        return [("Qt", qVersion()), ("PySide6", PySide6.__version__)]

    def checks(self, bench: Bench, platform: str) -> Iterator[Check]:
        """One check for each step and each page."""
        # Before Qt is loaded; where it is, it has its platform.
        os.environ["QT_QPA_PLATFORM"] = platform
        from tsguard.gui.frame.page_table import PAGES  # noqa: PLC0415 - a library that does not load

        walk = _Walk(bench, self._patience)
        hook = sys.excepthook
        sys.excepthook = walk.note
        try:
            yield Check("window-open", _("打开窗口"), walk.open)
            yield Check("window-drawing", _("画出文字和图标"), walk.draw)
            yield Check("window-unlock", _("在窗口里解锁"), walk.unlock)
            for entry in PAGES:
                title = _("页面“{page}”").format(page=entry.title())
                yield Check(f"page-{entry.target}", title, partial(walk.page, entry.target))
            yield Check("window-lock", _("锁定并关闭窗口"), walk.lock)
        finally:
            sys.excepthook = hook


class _Walk:
    """The window, from opening to closing."""

    def __init__(self, bench: Bench, patience: float) -> None:
        self._bench, self._patience = bench, patience
        self._app: QApplication
        self._window: MainWindow | None = None
        self._raised: list[BaseException] = []

    def note(self, _kind: type[BaseException], error: BaseException, _at: TracebackType | None) -> None:
        """Remember what was raised in a slot; stands where Python's hook does."""
        self._raised.append(error)

    # --- steps ------------------------------------------------------------------------------------

    def open(self) -> str:
        """Show the start page."""
        from PySide6.QtCore import qVersion  # noqa: PLC0415
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415

        from tsguard.gui.app import Application  # noqa: PLC0415
        from tsguard.gui.main_window import MainWindow  # noqa: PLC0415
        from tsguard.gui.opening import Opener  # noqa: PLC0415
        from tsguard.gui.settings_store import SettingsStore  # noqa: PLC0415
        from tsguard.gui.theme import Mode, Theme  # noqa: PLC0415

        there = QApplication.instance()
        self._app = there if isinstance(there, QApplication) else Application(sys.argv[:1])
        store = SettingsStore(self._bench.settings)
        store.put(replace(store.value, backup_automatic=False))
        self._window = MainWindow(Theme(self._app, Mode.LIGHT), store, Opener(self._bench.folder / "private"))
        self._window.resize(*_SIZE)
        self._window.show()
        self._wait(_SETTLE_S)
        colours = self._picture("start")
        words = _("Qt {version}，平台{platform}，{colours}种颜色")
        return words.format(version=qVersion(), platform=self._app.platformName(), colours=colours)

    def draw(self) -> str:
        """Every icon leaves ink, and so do the rare characters, each another."""
        from PySide6.QtCore import QRectF, Qt  # noqa: PLC0415
        from PySide6.QtGui import QColor, QImage, QPainter  # noqa: PLC0415

        from tsguard.gui import fonts, icons  # noqa: PLC0415

        self._shown()
        names = sorted(path.stem for path in (resources() / "icons").glob("*.svg"))
        for name in names:
            picture = icons.pixmap(name, QColor("black"), 32).toImage()
            if not any(_ink(picture)):
                raise Unexpected(_("图标{name}画得出").format(name=name), _("是空的"))
        font = fonts.font()
        font.setPixelSize(40)
        drawn = set()
        for character in f"{_RARE}字\U0010fffd":  # the last one is no character: its box
            image = QImage(60, 60, QImage.Format.Format_ARGB32)
            image.fill(0)
            painter = QPainter(image)
            painter.setFont(font)
            painter.drawText(QRectF(0, 0, 60, 60), Qt.AlignmentFlag.AlignCenter, character)
            painter.end()
            drawn.add(bytes(image.constBits()))
        if len(drawn) != len(_RARE) + 2:
            raise Unexpected(_("{characters}各不相同").format(characters=_RARE), _("有的画成了同一个方框"))
        words = _("{count}个图标，字体{families}")
        return words.format(count=len(names), families=_("、").join(fonts.families()))

    def unlock(self) -> str:
        """Open the vault as a person does, by its passphrase in the field."""
        window = self._shown()
        window.open_path(self._bench.vault)
        window.start.card.passphrase.line.setText(self._bench.passphrase)
        window.start.card.unlock.click()
        self._until(lambda: window.shell is not None, _("保险库已打开"))
        self._wait(_SETTLE_S)
        assert window.shell is not None  # noqa: S101 - waited for
        return window.shell.current

    def page(self, target: str) -> str:
        """Show a page; it is not blank."""
        window = self._shown()
        if window.shell is None:
            raise Unexpected(_("保险库已打开"), _("没有打开"))
        window.shell.go(target)
        self._wait(_SETTLE_S)
        self._until(lambda: not window.tasks.busy, _("页面已载入"))
        if window.shell is None or window.shell.current != target:
            raise Unexpected(target, window.shell.current if window.shell else "")
        return _("{colours}种颜色").format(colours=self._picture(target))

    def lock(self) -> str:
        """Lock and close; the vault is one file again and nothing raised."""
        window = self._shown()
        window.lock()
        self._until(lambda: window.shell is None, _("保险库已锁定"))
        window.close()
        self._until(lambda: not window.isVisible(), _("窗口已关闭"))
        window.deleteLater()
        self._wait(_SETTLE_S)
        return self._bench.lock()

    # --- inside -----------------------------------------------------------------------------------

    def _shown(self) -> MainWindow:
        if self._window is None:
            raise Unexpected(_("窗口已打开"), _("没有打开"))
        return self._window

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._app.processEvents()
            time.sleep(0.005)
        self._raise()

    def _until(self, done: Callable[[], bool], expected: str) -> None:
        until = time.monotonic() + self._patience
        while not done():
            if time.monotonic() > until:
                raise Unexpected(expected, _("等了{seconds}秒还没有").format(seconds=round(self._patience)))
            self._wait(0.02)

    def _raise(self) -> None:
        """What was raised in a slot; Qt goes on after it."""
        if self._raised:
            error = self._raised[0]
            self._raised.clear()
            raise error

    def _picture(self, name: str) -> int:
        """How many colours the window shows; the picture is kept as one of the papers."""
        from PySide6.QtCore import QBuffer, QByteArray, QIODevice  # noqa: PLC0415
        from PySide6.QtGui import QImageWriter  # noqa: PLC0415

        image = self._shown().grab().toImage()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not QImageWriter(buffer, QByteArray(b"PNG")).write(image):
            raise Unexpected(_("截图能存成PNG"), _("不能"))
        self._bench.papers[f"窗口-{name}.png"] = bytes(buffer.data().data())
        found = {
            image.pixel(x, y) for x in range(0, image.width(), _STEP) for y in range(0, image.height(), _STEP)
        }
        if len(found) < _LEAST_COLOURS:
            raise Unexpected(_("画面上有内容"), _("{colours}种颜色").format(colours=len(found)))
        return len(found)


def _ink(image: QImage) -> Iterator[bool]:
    for x in range(image.width()):
        for y in range(image.height()):
            yield image.pixelColor(x, y).alpha() > 0
