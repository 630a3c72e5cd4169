"""清单内容 in the settings: which of the publisher's content is used, a file opened, the pack put away.

Knows nothing of a vault.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from tsguard.errors import TSGuardError
from tsguard.gui.packs.desk import PackDesk
from tsguard.gui.tasks import Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.messages import Note
from tsguard.gui.widgets.signs import Severity
from tsguard.i18n import _
from tsguard.services import content
from tsguard.services.explain import explain
from tsguard.services.packs import SUFFIX, Packs
from tsguard.services.visible import visible


class PackPart(QWidget):
    """The part.

    Attributes:
        desk: Shows a file that is opened.
        used: Which content is used.
        open: Asks for a file.
        drop: Goes back to what came with the program; hidden where that is used.
        note: Why a pack is not used; hidden where nothing is wrong.

    Signals:
        changed(): Other content is used now.
    """

    changed = Signal()

    def __init__(self, theme: Theme, host: QWidget, packs: Packs, tasks: Tasks) -> None:
        """Make it.

        Args:
            theme: Where colours come from.
            host: What a file's panel is laid over.
            packs: The packs of this computer.
            tasks: Checks files.
        """
        super().__init__()
        self._packs = packs
        self.desk = PackDesk(theme, host, packs, tasks)
        self.desk.changed.connect(self._moved)
        self.used = Text(theme, "", "small", "ink2", wrap=True)
        self.note = Note(theme, Severity.WARNING, "")
        self.note.hide()
        self.open = Button(theme, _("打开清单更新…"), icon="folder_open")
        self.open.clicked.connect(self._browse)
        self.drop = Button(theme, _("停用，用回随程序发布的"), "link")
        self.drop.clicked.connect(self._drop)
        about = _("发布者签名的清单更新文件（.tsgpack），不联网；也可以把文件拖到窗口上。使用前先列出改动。")
        self.setLayout(
            column(
                Text(theme, _("清单内容"), "subtitle"),
                self.used,
                self.note,
                row(self.open, self.drop, None),
                Text(theme, about, "caption", "ink3", wrap=True),
                gap=6,
            )
        )

    def refresh(self) -> None:
        """Show which content is used; reads it where nobody has done so yet."""
        content.shipped()
        current, trouble = self._packs.current, self._packs.trouble
        if current is None:
            self.used.set_text(_("用的是随程序发布的清单。"))
        else:
            words = _("用的是清单更新第{number}号，{day}，{publisher}。")
            self.used.set_text(
                words.format(
                    number=current.number, day=current.day.isoformat(), publisher=visible(current.publisher)
                )
            )
        self.drop.setVisible(current is not None)
        self.note.setVisible(trouble is not None)
        if trouble is not None:
            self.note.say(Severity.WARNING, str(explain(trouble)))

    def _browse(self) -> None:
        kinds = f"{_('清单更新')} (*{SUFFIX})"
        name, _kind = QFileDialog.getOpenFileName(self, _("打开清单更新"), "", kinds)
        if name:
            self.desk.open(Path(name))

    def _drop(self) -> None:
        try:
            self._packs.drop()
        except TSGuardError as error:
            self.note.say(Severity.ERROR, str(explain(error)))
            self.note.show()
            return
        self._moved()
        self.open.setFocus()

    def _moved(self) -> None:
        self.refresh()
        self.changed.emit()
