"""Passphrase and recovery code in the settings of a vault: what can be done, each in a sheet of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tsguard.gui.keys.keep_panel import KeepPanel
from tsguard.gui.keys.paper_note import PaperNote
from tsguard.gui.keys.passphrase_panel import PassphrasePanel
from tsguard.gui.keys.recovery_panel import DrillPanel, RecoveryPanel
from tsguard.gui.session_model import SessionModel
from tsguard.gui.settings_store import SettingsStore
from tsguard.gui.tasks import Tasks
from tsguard.gui.text import Text
from tsguard.gui.theme import Theme
from tsguard.gui.widgets.buttons import Button
from tsguard.gui.widgets.choices import Tick
from tsguard.gui.widgets.layout import column, row
from tsguard.gui.widgets.panels import Sheet, SidePanel
from tsguard.i18n import _
from tsguard.services.quick_unlock import QuickUnlock

_WIDTH = 460


class KeysSection(QWidget):
    """Three doors, and where the system can keep a key, a tick.

    Attributes:
        passphrase: Changes it.
        recovery: Shows the recovery code.
        drill: Proves it.
        left_paper: Reminds of a printed sheet's file that was left behind.
    """

    def __init__(
        self,
        theme: Theme,
        model: SessionModel,
        tasks: Tasks,
        quick: QuickUnlock,
        store: SettingsStore | None = None,
    ) -> None:
        """Make the section.

        Args:
            theme: Where colours come from.
            model: The open session.
            tasks: Does what takes time.
            quick: The keys that this computer keeps.
            store: Says where the backups round a new passphrase go; None makes none.
        """
        super().__init__()
        self._theme, self._model, self._quick = theme, model, quick
        self.passphrase = PassphrasePanel(theme, model, tasks, store)
        self.recovery = RecoveryPanel(theme, model, tasks)
        self.drill = DrillPanel(theme, model, tasks)
        self.keeping = KeepPanel(theme, model, tasks)
        self.keeping.proven.connect(self._kept)
        self._sheets: dict[QWidget, Sheet] = {}
        change = Button(theme, _("更改口令"), icon="key")
        code = Button(theme, _("恢复码"), icon="shield_keyhole")
        prove = Button(theme, _("验证恢复码"), icon="checkmark")
        change.clicked.connect(self.change_passphrase)
        code.clicked.connect(self.show_code)
        prove.clicked.connect(self.prove_code)
        self.passphrase.changed.connect(self._changed)
        self.passphrase.refused.connect(self._refused)
        self.passphrase.code_wanted.connect(self.show_code)
        self.recovery.drill_wanted.connect(self.prove_code)
        self.left_paper = PaperNote(theme)
        self.recovery.paper_left.connect(self.left_paper.remind)
        self.keep = Tick(theme, _("在这台电脑上用我的Windows账户解锁，不再问口令"))
        self.keep.clicked.connect(self._keep)
        words = _("谁能用您的Windows账户，谁就能打开这个保险库。默认不开；换口令后要重新打开。")
        self._about = Text(theme, words, "caption", "ink3", wrap=True)
        if quick.withheld:
            self._about.set_text(
                _(
                    "便携模式下每次都要输口令：Windows保管的钥匙只在一台电脑的一个账户里有用，"
                    "不跟着软件走，所以这里不记。"
                )
            )
        explained = _("口令忘了，只有恢复码能打开。做好后写在纸上封存。")
        self.setLayout(
            column(
                Text(theme, _("口令与恢复码"), "subtitle"),
                8,
                row(change, code, prove, None, gap=8),
                6,
                Text(theme, explained, "caption", "ink3", wrap=True),
                6,
                self.left_paper,
                6,
                row(self.keep, None),
                self._about,
                gap=0,
            )
        )
        # Only inside the layout: shown without a parent, each would be a window of its own for a moment.
        self.keep.setVisible(quick.available)
        self._about.setVisible(quick.available or quick.withheld)
        self.refresh()

    def refresh(self) -> None:
        """Show whether the system keeps the key."""
        if not self._model.session.closed:
            self.keep.setChecked(self._quick.keeps(self._model.session.file))

    def change_passphrase(self, *, by_code: bool = False) -> None:
        """Lay the form over the page.

        Args:
            by_code: Ask for the recovery code first, not for the passphrase.
        """
        self.passphrase.begin(by_code=by_code)
        self._open(self.passphrase, _("更改口令"))

    def show_code(self) -> None:
        """Lay the recovery code over the page, behind the question for the passphrase."""
        self.recovery.begin()
        self._open(self.recovery, _("恢复码"))

    def prove_code(self) -> None:
        """Lay the drill over the page."""
        self.drill.begin()
        self._open(self.drill, _("验证恢复码"))

    def _open(self, panel: PassphrasePanel | RecoveryPanel | DrillPanel | KeepPanel, title: str) -> None:
        for other in self._sheets.values():
            other.dismiss()
        if panel not in self._sheets:
            side = SidePanel(self._theme, title, panel, width=0)
            sheet = self._sheets[panel] = Sheet(self._theme, self.window(), side, width=_WIDTH)
            side.closed.connect(sheet.dismiss)
            # What was typed or shown does not wait behind a closed sheet.
            sheet.closed.connect(panel.begin)
        self._sheets[panel].open()

    def _refused(self) -> None:
        # That the old passphrase is still in force must be seen, also by somebody who closed the sheet.
        self._sheets[self.passphrase].open()

    def _changed(self, old_key: str) -> None:
        # Which passphrase is in force must be seen, also by somebody who closed the sheet meanwhile.
        self._sheets[self.passphrase].open()
        self._quick.forget(old_key)
        self._model.saved.emit()
        self.refresh()

    def _keep(self, on: bool) -> None:
        if on:
            # A colleague at an unlocked computer must not.
            self.keeping.begin()
            self._open(self.keeping, _("用Windows账户解锁"))
        else:
            self._quick.forget(self._model.session.file.key_id)
        self.refresh()

    def _kept(self) -> None:
        kept = self._quick.keep(self._model.session.file)
        if kept:
            self._sheets[self.keeping].dismiss()
        else:
            self.keeping.proof.refuse(_("Windows没有答应，还是用口令解锁。"))
        self.refresh()
