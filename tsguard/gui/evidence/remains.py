"""Copies in clear that another program still holds: tried again until they are gone, and told of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from tsguard.gui.private_folder import PrivateFolder
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.dialogs import Choice, Dialog
from tsguard.i18n import _

_EVERY_MS = 3000
_KNOWN = "known"


class Remains(QObject):
    """Folders that could not be taken away; it lives with the window, longer than the vault is open.

    Says nothing of what lies in them: the vault may be locked by then.
    """

    def __init__(self, theme: Theme, window: QWidget, folders: Sequence[PrivateFolder], *, say: bool) -> None:
        """Go on trying.

        Args:
            theme: Where colours come from.
            window: Its owner.
            folders: What could not be taken away.
            say: Whether the person is told here.
        """
        super().__init__(window)
        self._theme, self._window = theme, window
        self._folders = list(folders)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.try_again)
        self._timer.start()
        if say:
            QTimer.singleShot(0, self, self._tell)

    @property
    def count(self) -> int:
        """How many are left."""
        return len(self._folders)

    def try_again(self) -> None:
        """Try once more; it goes with the last of them."""
        self._folders = [folder for folder in self._folders if not folder.wipe()]
        if not self._folders:
            self._timer.stop()
            self.deleteLater()

    def _tell(self) -> None:
        self.try_again()
        if not self._folders or not self._window.isVisible():
            return
        title = _("还有{count}份没有加密的副本开着").format(count=self.count)
        text = _(
            "其他程序正占着它们，暂时清除不了。请关掉那些程序；"
            "这里每隔几秒会再试，退出以后，下次启动时也会清除。"
        )
        known = Choice(_KNOWN, _("知道了"))
        Dialog(self._theme, self._window, title, text, (known,), safe=_KNOWN).open()
