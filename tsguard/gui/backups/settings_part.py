"""How backups are made by themselves: on or off, a second folder, how much room. Knows nothing of a vault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.choices import ComboField, Tick
from tsguard.gui.widgets.layout import column, row
from tsguard.i18n import _
from tsguard.services.backup_files import backups_root
from tsguard.services.settings import BACKUP_BUDGET_CHOICES
from tsguard.services.visible import visible

_GIB = 1024**3
_MIB = 1024**2


class BackupSettings(QWidget):
    """Each choice is in force and saved at once; whoever shows it listens to the store."""

    def __init__(self, theme: Theme, store: SettingsStore) -> None:
        super().__init__()
        self._store = store
        self.automatic = Tick(theme, _("锁定时自动备份"))
        self.automatic.clicked.connect(self._set_automatic)
        self.local = Text(theme, "", "small", "ink2", wrap=True)
        self.folder = Text(theme, "", "small", "ink2", wrap=True)
        self.choose = Button(theme, _("选择文件夹"))
        self.choose.clicked.connect(self.browse)
        self.leave = Button(theme, _("不再存到那里"), "link")
        self.leave.clicked.connect(self._leave)
        self.budget = ComboField(
            theme,
            _("一个保险库的备份最多占"),
            [(size, _size(size)) for size in BACKUP_BUDGET_CHOICES],
            help=_("每个文件夹各算各的；再多就从最早的清理起，最近两份总会留着。旧口令的备份不算在内。"),
        )
        self.budget.chosen.connect(self._set_budget)
        kept = _("最近3份都留，再按天留7份、按周留4份、按月留12份。每份写完都打开核对过，才会清理更早的。")
        self.setLayout(
            column(
                Text(theme, _("自动备份"), "subtitle"),
                row(self.automatic, None),
                Text(theme, _("内容没有变就不备份。"), "caption", "ink3", wrap=True),
                Text(theme, kept, "caption", "ink3", wrap=True),
                14,
                Text(theme, _("存在哪里"), "subtitle"),
                self.local,
                8,
                Text(theme, _("再存一份到别处"), "body_b"),
                self.folder,
                row(self.choose, self.leave, None),
                14,
                self.budget,
                gap=6,
            )
        )
        store.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the settings as they are."""
        value = self._store.value
        self.automatic.setChecked(value.backup_automatic)
        self.local.set_text(visible(backups_root(self._store.file)))
        empty = _("还没有选。电脑坏了或丢了，这里的备份也就没了；建议选一个U盘或网络盘上的文件夹。")
        self.folder.set_text(visible(value.backup_folder) or empty)
        self.choose.set_text(_("换一个文件夹") if value.backup_folder else _("选择文件夹"))
        self.leave.setVisible(bool(value.backup_folder))
        self.budget.set_value(value.backup_budget)

    def browse(self) -> None:
        """Let the person choose the second folder."""
        start = self._store.value.backup_folder or QStandardPaths.writableLocation(
            QStandardPaths.StandardLocation.DocumentsLocation
        )
        name = QFileDialog.getExistingDirectory(self, _("备份也存到哪个文件夹"), start)
        if name:
            self.put_folder(Path(name))

    def put_folder(self, folder: Path) -> None:
        """Send backups there as well, from the next one on."""
        self._store.put(replace(self._store.value, backup_folder=str(folder)))

    def _leave(self) -> None:
        self._store.put(replace(self._store.value, backup_folder=""))
        self.choose.setFocus()

    def _set_automatic(self, on: bool) -> None:
        self._store.put(replace(self._store.value, backup_automatic=on))

    def _set_budget(self, size: int) -> None:
        self._store.put(replace(self._store.value, backup_budget=size))


def _size(size: int) -> str:
    return f"{size // _GIB}GB" if size >= _GIB else f"{size // _MIB}MB"
