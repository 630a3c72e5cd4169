"""The backups of all vaults, for a vault that is lost or can't be opened; restoring from one of them.

Needs no open vault; the list needs no passphrase.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from tsguard.errors import TSGuardError
from tsguard.gui.backups.columns import lost_columns
from tsguard.gui.backups.restore_sheet import RestoreSheet, Subject
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Progress, Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.empty import EmptyState
from tsguard.gui.widgets.layout import column, holder
from tsguard.gui.widgets.panels import Sheet, SidePanel
from tsguard.gui.widgets.table import DataTable
from tsguard.i18n import _
from tsguard.services import backup_files
from tsguard.services.backup_files import Places
from tsguard.services.backup_plan import Backup
from tsguard.services.doctor import Doctor
from tsguard.services.restore import Restored

_WIDTH = 640


class LostSheet(Sheet):
    """The list; made for one visit, and thrown away when it is closed.

    Signals:
        restored(object): The ``Path`` of a vault that can be opened now.
    """

    restored = Signal(object)

    def __init__(
        self, theme: Theme, host: QWidget, tasks: Tasks, store: SettingsStore, options: Mapping[str, Any]
    ) -> None:
        """Make it; ``look_for`` brings it into sight.

        Args:
            theme: Where colours come from.
            host: The page it is laid over.
            tasks: Runs what takes time.
            store: Says where backups lie.
            options: Further arguments of ``services.restore``, such as cheap key profiles.
        """
        self._tasks, self._store, self._options = tasks, store, options
        self._vault: Path | None = None
        self._why: TSGuardError | None = None
        self._elsewhere: Path | None = None
        self._look: Progress | None = None
        self.sheet: RestoreSheet | None = None
        self.about = Text(theme, "", "small", "ink2", wrap=True)
        self.table = DataTable(theme, lost_columns(), name=_("备份"), key=lambda each: each.path)
        self.table.row_chosen.connect(self._chosen)
        self.table.row_opened.connect(self.restore)
        self.empty = EmptyState(
            theme,
            "archive",
            _("这台电脑上没有找到备份"),
            _("备份若存在U盘或别的文件夹里，请从那里找；拷出来的.tsg文件可以直接打开。"),
            [],
        )
        self.go_on = Button(theme, _("从它恢复"), "primary")
        self.go_on.clicked.connect(self._restore_chosen)
        self.other = Button(theme, _("到别的文件夹找"), icon="folder_open")
        self.other.clicked.connect(self._browse)
        body = column(self.about, 12, self.table, self.empty, None, gap=0)
        foot = (self.other, None, self.go_on)
        panel = SidePanel(theme, _("从备份恢复"), holder(body), width=0, foot=foot)
        super().__init__(theme, host, panel, width=_WIDTH)
        self._host = host
        panel.closed.connect(self.dismiss)

    def look_for(self, vault: Path | None = None, why: TSGuardError | None = None) -> None:
        """Come into sight with the backups there are; those of the vault first.

        Args:
            vault: The file that is lost or can't be opened; None where the person only looks.
            why: Why it can't be opened.
        """
        self._vault, self._why = vault, why
        self.refresh()
        self.open()

    def refresh(self) -> None:
        """Look again, in another thread: a network drive that is gone answers after minutes."""
        if self._look is not None:
            self._look.cancel()
        places = backup_files.places_of(self._store.value, self._store.file)
        if self._elsewhere is not None:
            places = Places(places.local, self._elsewhere)
        self.table.hide()
        self.empty.hide()
        self.about.set_text(_("正在查找备份"))
        self.about.show()
        self._chosen(None)
        self._look = self._tasks.run(
            lambda _progress: backup_files.list_backups(places), self._show, _let_be, looks=True
        )

    def _show(self, found: tuple[Backup, ...]) -> None:
        stem = self._vault.stem if self._vault is not None else ""
        mine = sorted(found, key=lambda each: each.stem != stem)
        self.table.set_rows(tuple(mine))
        self.table.setFixedHeight(self.table.content_height())
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        words = _("恢复时先列出备份里有什么；要用做备份时的口令或恢复码。默认另存为新文件，不动现有的文件。")
        self.about.set_text(words)
        self.about.setVisible(bool(found))
        self._chosen(None)

    def restore(self, backup: Backup) -> None:
        """Lay the sheet over this one that restores from a backup."""
        if not backup.sound:
            return
        # A file that may well open is left alone here; the page of the open vault compares it.
        lost = self._vault is not None and (self._why is not None or not self._vault.exists())
        mine = self._vault is not None and lost and backup.stem == self._vault.stem
        subject = Subject(
            backup,
            backup_files.places_of(self._store.value, self._store.file),
            self._store.value.backup_budget,
            vault=self._vault if mine else None,
            lost=self._why,
            options=self._options,
        )
        self.sheet = RestoreSheet(self._theme, self._host, self._tasks, subject)
        self.sheet.restored.connect(self._done)
        self.sheet.replaced.connect(self._replaced)
        self.dismiss()
        self.sheet.open()

    def _replaced(self, done: Restored) -> None:
        if self.sheet is not None:
            # The person chose this state: at the next opening it is no surprise.
            Doctor(self._store.file).expect(self.sheet.subject.backup.lineage, done.facts)
        self._done(done)

    def _done(self, done: Restored) -> None:
        if self.sheet is not None:
            self.sheet.dismiss()
        self.restored.emit(done.path)

    def _chosen(self, value: Any) -> None:
        self.go_on.setEnabled(isinstance(value, Backup) and value.sound)

    def _restore_chosen(self) -> None:
        if isinstance(backup := self.table.value(), Backup):
            self.restore(backup)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("备份所在的文件夹"))
        if chosen:
            self._elsewhere = Path(chosen)
            self.refresh()


def _let_be(_error: TSGuardError) -> None:
    """A look that was stopped for a newer one."""
