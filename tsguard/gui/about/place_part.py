"""Where the program's own things lie: said in the settings, with a way to that folder."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, row
from tsguard.i18n import _
from tsguard.services.settings import Place


def place_words(place: Place, *, kept: bool) -> str:
    """What it means for the person where the settings lie.

    Args:
        place: Where.
        kept: Whether anything can be written there.
    """
    if not place.portable:
        return _("设置、自己的模块和本机备份放在这台电脑上您自己的用户文件夹里。")
    if not kept:
        return not_kept_words()
    return _(
        "便携模式：设置、自己的模块和备份都放在软件旁边的“{folder}”文件夹里，跟着软件走，"
        "不写进这台电脑的用户文件夹。系统自己可能记下用过的文件名，软件管不到。"
    ).format(folder=place.folder.name)


def not_kept_words() -> str:
    """What a portable program says where nothing can be written beside it."""
    return _(
        "便携模式：软件所在的盘或文件夹不能写入，设置只在这一次有效，关掉就没有了；"
        "看示例、用别的程序查看佐证也做不了，少量临时文件会放在这台电脑上，用完就删。"
        "把软件文件夹拷到能写入的U盘或硬盘上就好。"
    )


class PlacePart(QWidget):
    """Mode, path, and a button to the folder.

    Attributes:
        path: The folder, in words.
        open: Shows it in the system's file manager.
    """

    def __init__(
        self, theme: Theme, store: SettingsStore, launch: Callable[[QUrl], bool] = QDesktopServices.openUrl
    ) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            store: Knows the place.
            launch: Hands a folder to the system.
        """
        super().__init__()
        self._folder, self._launch = store.place.folder, launch
        self.path = Text(theme, str(self._folder), "small", wrap=True)
        self.open = Button(theme, _("打开所在文件夹"), icon="folder_open")
        self.open.clicked.connect(self._open)
        self.open.setEnabled(store.kept)
        said = place_words(store.place, kept=store.kept)
        self.setLayout(
            column(
                Text(theme, _("设置放在哪里"), "subtitle"),
                Text(theme, said, "caption", "ink3", wrap=True),
                self.path,
                row(self.open, None),
                gap=6,
            )
        )

    def _open(self) -> None:
        folder = self._folder  # not there before anything was ever kept in it
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        self._launch(QUrl.fromLocalFile(str(folder)))
